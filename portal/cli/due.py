"""cli: by when. `banshi due 2025-01-20 5` prints the last day of a limit, alone on the first line, then its proof."""

import os
import re
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from pathlib import Path

import click

from portal.rules.calendar import Calendar
from portal.rules.calendar_seed import seed
from portal.rules.deadlines import DeadlineProblem, Due, Stop
from portal.rules.deadlines import due as due_by
from portal.rules.guide.codes import StopReason, Unit

HERE = "本机安装的日历 the installation's own"
SEED = "随程序的日历 the one that comes with the program"
RULES = """\
规则 Rules
  起始日不计入，次日为第一日（民法典第二百零一条；行政许可法第四十二条）
    The first day is not counted, the next one is the first (Civil Code 201; Administrative Licensing Law 42)
  期限以工作日计，不含法定节假日，调休上班日计入（行政许可法第八十二条）
    Working days leave out public holidays; make-up working days count (Administrative Licensing Law 82)
  不计入的时段，首尾两日均不计入（行政许可法第四十五条）
    Of a stop both ends are left out (Administrative Licensing Law 45)
  按月计算的，到期月的对应日届满，没有对应日的为月末（民法典第二百零二条）
    A month ends on the same day, or on the month's last (Civil Code 202)
  按日、按月计算的，末日是休息日的顺延（民法典第二百零三条）
    Calendar days and months that end on a day off move to the next working day (Civil Code 203)
  小时按办公时间，八小时为一个工作日；小数相加后一次进位；零为当日
    Hours are office hours, eight to a working day; fractions add up and are rounded up once; zero is the same day"""


@click.command(epilog="例 Example: banshi due 2025-01-20 5 --stop 2025-01-22:2025-01-24 --reason inspection")
@click.argument("start")
@click.argument("amount")
@click.option("--unit", default=Unit.WORKDAY.value, show_default=True, help=f"期限单位 unit: {', '.join(Unit)}")
@click.option("--stop", "stops", multiple=True, metavar="FROM:TO", help="不计入的时段 A span not counted")
@click.option("--reason", "reasons", multiple=True, help=f"其理由 Its reason: {', '.join(StopReason)}…")
@click.option("--explain", is_flag=True, help="另列所依据的规则 Print the rules and their articles too")
def due(start: str, amount: str, unit: str, stops: tuple[str, ...], reasons: tuple[str, ...], explain: bool) -> None:
    """期限算到哪一天 By when: the last day of a limit of AMOUNT that starts on START (YYYY-MM-DD).

    第一行是到期日，其后逐日说明计入与否。The first line is the date, then every day with why it counted or not.
    """
    try:
        if len(reasons) > len(stops):
            raise DeadlineProblem(
                "due.reasons",
                "理由（--reason）比时段（--stop）多，请逐一对应。",
                "There are more reasons than stops; give one --stop for each.",
            )
        spans = [_stop(one, reason) for one, reason in zip_longest(stops, reasons, fillvalue="")]
        days, kept = _calendar()
        found = due_by(_day(start), _amount(amount), unit, days, spans)
    except DeadlineProblem as problem:
        click.echo(f"{problem.text.zh}\n{problem.text.en}", err=True)
        sys.exit(2)
    click.echo(found.date)
    _print_proof(found)
    if explain:
        click.echo(RULES)
        click.echo(f"日历 Calendar: {HERE if kept else SEED}")


def _calendar() -> tuple[Calendar, bool]:
    """The installation's calendar and True where there is one, else the one that comes with the program."""
    from portal import config

    try:
        settings = config.load({"BANSHI_PUBLIC_URL": "https://banshi.invalid", **{name: value for name, value in os.environ.items() if value}})
    except config.ConfigProblem:
        return seed(), False
    kept = _kept(settings.database)
    return (kept, True) if kept and kept.years else (seed(), False)


def _kept(url: str) -> Calendar | None:
    """The calendar in a database; None where there is no such database, or no calendar in it. None is made."""
    from sqlalchemy.exc import SQLAlchemyError

    from portal.db import Database
    from portal.queries import calendars

    database = Database(url)
    if database.sqlite and not Path(database.url.database or "").is_file():
        return None
    try:
        with database.reading() as db:
            return calendars.calendar(db)
    except SQLAlchemyError:
        return None
    finally:
        database.dispose()


def _day(typed: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", typed, re.ASCII):
            raise ValueError
        return date.fromisoformat(typed)
    except ValueError as error:
        raise DeadlineProblem(
            "due.day",
            f"“{typed}”不是日期，请写成 2025-01-20 的样子。",
            f"{typed!r} is not a date; write it like 2025-01-20.",
        ) from error


def _amount(typed: str) -> Decimal:
    try:
        return Decimal(typed)
    except InvalidOperation as error:
        raise DeadlineProblem(
            "due.amount",
            f"“{typed}”不是数字，请写 5 或 0.5 这样的数。",
            f"{typed!r} is not a number; write one like 5 or 0.5.",
        ) from error


def _stop(typed: str, reason: str) -> Stop:
    first, colon, last = typed.partition(":")
    if not colon:
        raise DeadlineProblem(
            "due.stop",
            f"时段“{typed}”须写成 起始日:结束日，如 2025-01-22:2025-01-24。",
            f"The stop {typed!r} must be FROM:TO, like 2025-01-22:2025-01-24.",
        )
    return Stop(_day(first), _day(last), reason)


def _print_proof(found: Due) -> None:
    if found.provisional:
        click.echo("暂定：所涉年份的放假通知尚未公布。Provisional: the holidays of that year are not announced yet.")
    number = 0
    for day in found.proof:
        number += day.counted
        why = day.said()
        click.echo(f"{day.date}  {number if day.counted else '-':>3}  {why.zh}  {why.said('en')}")
