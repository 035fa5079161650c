"""cli: the last twenty publications of the site: which there were, why the last one failed, and any of them put back."""
import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from portal import config
from portal.cli.steps import counted, said_plainly
from portal.publishing import journals, publications, putting_back, reports
from portal.publishing.journals import Kind, Publication
from portal.rules.calendar import SHANGHAI

KINDS = {Kind.CHANGE: "更新指南 change", Kind.WHOLE: "整站 whole", Kind.BACK: "放回 put back"}
LISTS = "更新清单 lists"
"""A change that no guide is in, as when the catalogue was loaded."""
MANY = 4


@click.group("publications", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 Print JSON")
@click.pass_context
def listed(context: click.Context, as_json: bool) -> None:
    """最近二十次发布：何时、哪些指南、何人、多大 The last twenty publications: when, which guides, by whom, what size.

    用 back 可以把其中任何一次放回。Any of them is put back by `back`.
    """
    if context.invoked_subcommand is not None:
        return
    with said_plainly():
        root = _site()
    kept = journals.latest(root)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in kept], ensure_ascii=False, indent=1))
        return
    for turn, one in enumerate(kept):
        click.echo(f"{one.number:>5}  {_clock(one.at)}  {_what(one)}  {one.files} 个文件 files, {one.size / 1024:.0f} KB"
                   f"{f'  {one.by}' if one.by else ''}{'' if turn else '  ← 现在展示 shown now'}")
    if not kept:
        click.echo("还没有发布过。运行 ./banshi publish。 Nothing was published yet; ./banshi publish does.")
    elif publications.held(root):
        click.echo(HELD)
    not_back, failure = (reports.failure(journals.home(root), name) for name in (reports.NOT_BACK, reports.FAILURE))
    if not_back:
        click.echo(f"（{_clock(not_back.at)}）{not_back.reason.zh}\n  {not_back.reason.said('en')}")
    if failure:
        click.echo(f"上一次发布没有成功（{_clock(failure.at)}） The last publication failed:\n  {failure.reason.zh}\n  {failure.reason.said('en')}")


@listed.command()
@click.argument("number", type=int)
def back(number: int) -> None:
    """把网站恢复成第 NUMBER 次发布之后的样子 Show the site as it was after publication NUMBER.

    恢复的网站会一直保持，新的改动暂不上网，直到运行 ./banshi publish。It stays: changes wait until ./banshi publish.
    """
    try:
        with said_plainly(), counted("文件 files") as count:
            done = putting_back.back(_site(), number, by=getpass.getuser(), count=count)
    except OSError as error:
        said = reports.reason(error)
        click.echo(f"{said.zh}\n{said.said('en')}", err=True)
        sys.exit(1)
    click.echo(f"已放回第 {number} 次发布的网站（这是第 {done.number} 次发布，换了 {done.files} 个文件）。\n"
               f"The site of publication {number} is shown again (this is publication {done.number}, {done.files} files are others).\n{HELD}")


HELD = ("网站现在保持在放回的内容上：新公布的指南暂不上网，也不会丢失；运行 ./banshi publish 后一并展示。\n"
        "The site is held at what was put back: guides that are published now wait, and none is lost; ./banshi publish shows them all.")


def _site() -> Path:
    return config.load(os.environ).data / "site"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _what(one: Publication) -> str:
    guides = "、".join(one.guides[:MANY]) + (f" … ({len(one.guides)})" if len(one.guides) > MANY else "")
    said = LISTS if one.kind == Kind.CHANGE and not guides else KINDS[one.kind]
    return said + (f"：{guides}" if guides else "") + (f" ← {one.back_to}" if one.back_to else "")


def _plain(one: Publication) -> dict:
    return {"number": one.number, "kind": one.kind, "at": one.at.isoformat(), "guides": one.guides, "by": one.by, "back_to": one.back_to,
            "files": one.files, "size": one.size}
