"""cli: the catalogue, what departments handle that has no guide yet: a list comes in, and goes out as it came."""
import json
import os
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from portal import config
from portal.actions import catalogue as acting
from portal.cli.paths import shown
from portal.cli.steps import said_plainly, step
from portal.db import Database
from portal.publishing import catalogue_files
from portal.queries import catalogue as asking
from portal.rules.catalogue import reading
from portal.rules.catalogue.shapes import Catalogue, NoList

MOST_BYTES = 30_000_000
SHOWN = 20
"""So many lines of a kind are printed; JSON has them all."""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def catalogue() -> None:
    """事项目录：还没有指南的事项也在内 The catalogue of items, also of those that have no guide yet."""


@catalogue.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只报告，不写入数据库 Report only, write nothing to the database")
@click.option("--drop-gone", is_flag=True, help="清单里没有了的事项从目录中去掉 Take out of the catalogue what the list does not have any more")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告 Print the report as JSON")
def load(file: Path, dry_run: bool, drop_gone: bool, as_json: bool) -> None:
    """从 .json、.xlsx 或 .csv 载入事项清单 Load a list of items from .json, .xlsx or .csv.

    按部门、主项和原有顺序保留；编码相同的已有指南与之相连，不重复；再次载入只改变动过的。有一行有错，就一行也不载入。清单里没有了的只报告，不删除。

    Departments, headings and order stay as they are; a guide of the same code is joined, not doubled; again changes only what has
    changed. With an error in one row none is loaded. What the list does not have any more is told, not deleted.
    """
    with said_plainly():
        found = _read(file)
        if found.errors:
            _report({"errors": found.errors, "notes": found.notes}, as_json)
            sys.exit(1)
        database = Database(config.load(os.environ).database)
        with nullcontext() if as_json else step("载入目录", "Loading the catalogue"), database.writing() as db:
            told = acting.load(db, found.entries, drop_gone=drop_gone)
            if told.new or told.changed or told.dropped:
                acting.tell_site(db, datetime.now(UTC))
            if not dry_run:
                db.commit()
        database.dispose()
    numbers = {name: getattr(told, name) for name in ("new", "changed", "same", "joined", "dropped")}
    gone = [f"{one.department} {one.name}" for one in told.gone]
    _report({"rows": len(found.entries), **numbers, "gone": gone, "errors": [], "notes": found.notes, "dry_run": dry_run}, as_json)


@catalogue.command()
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """把目录导出为 .json、.xlsx 或 .csv，可原样再载入 Export the catalogue, to be loaded again without a difference."""
    with said_plainly():
        write = catalogue_files.WRITERS.get(file.suffix.lower())
        if write is None:
            raise NoList("catalogue.ending", "只能导出为 .json、.xlsx、.csv 文件，没有写任何文件。", "Only .json, .xlsx and .csv can be written; nothing was.")
        database = Database(config.load(os.environ).database)
        with database.reading() as db:
            entries = asking.entries(db)
        database.dispose()
        try:
            file.write_bytes(write(entries))
        except OSError as error:
            raise NoList("catalogue.unwritten", f"写不了“{shown(file)}”：{error.strerror}。请换一个位置。",
                         f"“{shown(file)}” cannot be written: {error.strerror}. Choose another place.") from error
    click.echo(f"{len(entries)} 个事项已导出。 {len(entries)} items were exported.")


def _read(file: Path) -> Catalogue:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise NoList("catalogue.size", f"文件超过 {MOST_BYTES // 1_000_000} MB，没有打开。请分开载入。",
                         f"The file is larger than {MOST_BYTES // 1_000_000} MB and was not opened. Divide it.")
        return reading.read(file.name, file.read_bytes())
    except OSError as error:
        raise NoList("catalogue.unread", f"读不了“{shown(file)}”：{error.strerror}。没有改动任何内容。",
                     f"“{shown(file)}” cannot be read: {error.strerror}. Nothing was changed.") from error


def _report(told: dict, as_json: bool) -> None:
    if as_json:
        plain = {name: [{"zh": one.zh, "en": one.said("en")} for one in value] if name in ("errors", "notes") else value for name, value in told.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for name, zh, en in (("errors", "错误", "error"), ("notes", "提示", "note")):
        _lines([f"  {zh} {en}: {one.zh}\n      {one.said('en')}" for one in told[name]])
    if told["errors"]:
        click.echo(f"有 {len(told['errors'])} 处错误，没有改动任何内容。 {len(told['errors'])} errors; nothing was changed.")
        return
    _lines([f"  清单里没有了 not in the list any more: {one}" for one in told["gone"]])
    written = ("只是试运行，未写入数据库 dry run, nothing written" if told["dry_run"] else
               "运行中的网站自己更新；没有运行时，请运行 ./banshi publish。A site that is being served follows by itself; where none is, run ./banshi publish.")
    click.echo(f"共 rows {told['rows']}：新增 new {told['new']}，更新 changed {told['changed']}，未变 unchanged {told['same']}，"
               f"已有指南 with a guide {told['joined']}，清单里没有了 gone {len(told['gone'])}，去掉 taken out {told['dropped']}\n{written}")


def _lines(lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(line)
    if len(lines) > SHOWN:
        click.echo(f"  …… 还有 and {len(lines) - SHOWN} more (--json)")
