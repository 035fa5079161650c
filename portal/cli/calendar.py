"""cli: the calendar of working days: which years are known, what a file would change, and a year kept from it."""
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from portal import config
from portal.actions import calendars
from portal.cli.steps import said_plainly
from portal.db import Database
from portal.queries import calendars as asking
from portal.rules.calendar import legal_day
from portal.rules.calendar_seed import seed
from portal.rules.calendar_year import Difference, calendar_of, compare, doubts, of_year, read

YEAR = click.IntRange(1949, 2199)
WORDS = {True: "班 on", False: "休 off"}


@click.group()
def calendar() -> None:
    """工作日历 The calendar of working days."""


@calendar.command("list")
def listed() -> None:
    """列出各年：通知是否公布、天数、来源 The years: whether the notice is out, how many days, from where."""
    database = _database()
    with database.reading() as db:
        for row, off, on in asking.years(db, legal_day(datetime.now(UTC)).year - 3):
            state = "已公布 official" if row.official else "暂定 provisional"
            click.echo(f"{row.year}  {state}  休 off {off}  调休上班 on {on}  {row.source}")
    database.dispose()


@calendar.command()
@click.argument("year", type=YEAR)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(year: int, file: Path) -> None:
    """一个文件会改动什么，和随程序的日历有什么不同 What a file would change, and how it differs from the program's calendar.

    有不同则退出 1。Ends with 1 where it differs from the program's calendar.
    """
    database = _database()
    if _compared(database, year, _read(file, year), True):
        sys.exit(1)


@calendar.command("import")
@click.argument("year", type=YEAR)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", required=True, help="来源，如通知的文号 Where it is from, such as the notice's number")
@click.option("--reason", required=True, help="为什么改 Why it is changed")
@click.option("--not-official", is_flag=True, help="通知还没有公布 The notice is not out yet")
@click.option("--yes", is_flag=True, help="不再询问 Do not ask")
def import_(year: int, file: Path, source: str, reason: str, not_official: bool, yes: bool) -> None:
    """核对后按文件保存一年 Keep a year as a file says, after a look at what differs."""
    database, days = _database(), _read(file, year)
    _compared(database, year, days, not not_official)
    if not yes:
        click.confirm("核对过了，保存吗 Compared; keep it?", abort=True)
    with said_plainly(), database.writing() as db:
        changed = calendars.change(db, None, year, days, not not_official, source, reason, datetime.now(UTC))
        db.commit()
    database.dispose()
    if changed:
        click.echo(f"已保存 {'、'.join(map(str, changed))} 年。后台会重算没有办结的办件的日期。 "
                   f"Kept {', '.join(map(str, changed))}. The worker computes the dates of open cases anew.")
    else:
        click.echo("和已有的一样，没有改动。 The same as before; nothing was changed.")


def _database() -> Database:
    with said_plainly():
        return Database(config.load(os.environ).database)


def _read(file: Path, year: int):
    with said_plainly():
        return read(file.read_text("utf-8-sig", "replace"), year)


def _compared(database: Database, year: int, days, official: bool) -> bool:
    """Prints what differs; whether the program's own calendar knows the year and does not agree."""
    mine = calendar_of(of_year(days.items(), year), {year})
    with database.reading() as db:
        kept = asking.one_year(db, year)
    _print("和现在的日历比 Compared with the calendar as it is:", compare(year, mine, calendar_of(dict(kept.days), {year})))
    for day, special in sorted(days.items()):
        if day.year != year:
            click.echo(f"  {day}  {WORDS[special.working]}")
    package = seed()
    known = package.is_official(date(year, 1, 1))
    differs = compare(year, mine, package) if known else []
    if known:
        _print("和随程序的日历比 Compared with the calendar that comes with the program:", differs)
    else:
        click.echo("随程序的日历还没有这一年，请对照通知原文。 The program's calendar does not have this year; compare the notice itself.")
    for one in doubts(year, of_year(days.items(), year), official):
        click.echo(f"? {one.zh} {one.said('en')}")
    return bool(differs)


def _print(heading: str, rows: list[Difference]) -> None:
    click.echo(heading if rows else f"{heading} 没有不同 no difference")
    for one in rows:
        click.echo(f"  {one.day}  {WORDS[one.here]} ← {WORDS[one.there]}")
