"""cli: the editor's shelf: which guides there are, their text, and the act that puts one in force."""
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal import config
from portal.actions import guides as acting
from portal.cli.lint import check
from portal.cli.steps import list_errors, said_plainly
from portal.db import Database
from portal.models.guides import GuideRevision, RevisionState
from portal.queries import drafts
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.lint import ERROR, Finding
from portal.rules.workflow import ON_ITS_WAY, STOPS, Stop


@click.group()
def guides() -> None:
    """办事指南：有哪些、内容、生效 The guides: which there are, their text, in force or not."""


@guides.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 Print JSON")
def listed(as_json: bool) -> None:
    """全部事项及其生效版本和草稿 All items, with the revision in force and the draft."""
    with _session(writes=False) as db:
        rows = drafts.shelf(db)
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = f"第{row.in_force}版生效 in force" if row.in_force else ""
        draft = f"第{row.draft}版草稿 draft" if row.draft else ""
        click.echo(f"{row.slug}  {row.name}  {'、'.join(filter(None, (state, draft)))}")
    click.echo(f"{len(rows)} 个事项 items")


@guides.command()
@click.argument("slug")
def show(slug: str) -> None:
    """打印最新版本的 YAML，可存成文件来改 Print the newest revision as YAML, to be edited in a file."""
    with _session(writes=False) as db:
        revision = drafts.newest(db, slug)
    if revision is None:
        _fail(f"没有“{slug}”这个事项。用 ./banshi guides list 查看。", f"There is no item “{slug}”; ./banshi guides list shows them.")
    click.echo(yaml.dump(GuideFile.model_validate(revision.document)), nl=False)


@guides.command()
@click.argument("slugs", nargs=-1, metavar="SLUG…")
@click.option("--xlsx", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件 Write to this file")
def export(slugs: tuple[str, ...], xlsx: Path) -> None:
    """把最新版本写成导入模板的样子；不写事项就是全部 Write the newest revisions in the layout of the import template; all, unless items are named."""
    from portal.publishing import workbooks
    from portal.rules.importing.sheets.writing import TooLong

    with _session(writes=False) as db:
        wanted = {slug: drafts.newest(db, slug) for slug in slugs or [row.slug for row in drafts.shelf(db)]}
        files = [GuideFile.model_validate(revision.document) for revision in wanted.values() if revision is not None]
    if unknown := [slug for slug in slugs if wanted[slug] is None]:
        _fail(f"没有“{unknown[0]}”这个事项，没有写文件。", f"There is no item “{unknown[0]}”; no file was written.")
    try:
        xlsx.write_bytes(workbooks.export(files))
    except TooLong as problem:
        _fail(f"“{problem.args[0]}”有一处文字超过表格单元格能放的长度，没有写文件。请用 ./banshi guides show 导出它。",
              f"A text of “{problem.args[0]}” is longer than a cell can be; no file was written. Export it by ./banshi guides show.")
    except OSError as problem:
        _fail(f"{xlsx} 写不了（{problem.strerror}）。", f"{xlsx} cannot be written ({problem.strerror}).")
    click.echo(f"{len(files)} 份指南已写入 {xlsx}。 {len(files)} guides are in {xlsx}.")


@guides.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE|SLUG…")
def enact(names: tuple[str, ...]) -> None:
    """让指南生效：YAML 文件、文件夹，或已有草稿的事项 Put guides in force: YAML files, folders, or items with a draft.

    有一份没通过核查，就一份也不生效。If lint finds an error in one, none is put in force.

    运行中的网站几秒钟内自己更新；没有运行时，再运行 ./banshi publish。A site that is being served follows by itself within
    seconds; where none is, run ./banshi publish.
    """
    count, now = 0, datetime.now(UTC)
    with _session(writes=True) as db:
        for name, revision in _wanted(db, names, now):
            try:
                acting.publish(db, revision, now)
            except acting.NotPublishable as problem:
                _refuse(name, problem.findings)
            count += 1
        db.commit()
    click.echo(f"{count} 份指南已生效。运行中的网站几秒钟内自己更新；没有运行时，请运行 ./banshi publish。\n{count} guides are in force. A site that is "
               "being served follows by itself within seconds; where none is, run ./banshi publish.")


@guides.command()
@click.argument("slug")
def drop(slug: str) -> None:
    """丢弃一份草稿，生效的版本不受影响 Throw a draft away; what is in force stays."""
    with _session(writes=True) as db:
        revision = drafts.draft(db, slug)
        if revision is None:
            _fail(f"“{slug}”没有草稿，没有改动。", f"“{slug}” has no draft; nothing was changed.")
        acting.drop(db, revision)
        db.commit()
    click.echo("草稿已丢弃。 The draft is gone.")


@contextmanager
def _session(*, writes: bool) -> Iterator[Session]:
    with said_plainly():
        database = Database(config.load(os.environ).database)
    with database.session(writes=writes) as db:
        yield db
    database.dispose()


def _wanted(db: Session, names: tuple[str, ...], now: datetime) -> Iterator[tuple[str, GuideRevision]]:
    """The drafts meant by the names; a file becomes one first. What is in force already in the same words is left out."""
    for name in names:
        path = Path(name)
        if not path.exists():
            revision = drafts.draft(db, name)
            newest = drafts.newest(db, name)
            if revision is None and newest is not None and newest.state in ON_ITS_WAY:
                _free(newest)
            if revision is None:
                _fail(f"“{name}”既不是文件，也不是有草稿的事项，没有改动。", f"“{name}” is neither a file nor an item with a draft; nothing was changed.")
            yield name, revision
            continue
        for file in sorted(path.glob("*.y*ml")) if path.is_dir() else [path]:
            if errors := [finding for finding in check(file) if finding.level == ERROR]:
                _refuse(str(file), errors)
            try:
                revision, _added = acting.draft(db, yaml.load(file.read_text("utf-8")), file.stem, now, file.name)
            except acting.OnItsWay as problem:
                _fail(problem.text.zh, problem.text.said("en"))
            if revision.published_at is None:
                yield str(file), _free(revision)


def _free(revision: GuideRevision) -> GuideRevision:
    """The draft, unless it is on its way through the desk: there the steps decide, and no command goes past them."""
    if revision.state != RevisionState.DRAFT:
        now = STOPS[Stop(revision.state)]
        _fail(f"“{revision.item.name}”第{revision.number}版正在工作台上办理（{now.zh}），没有改动。请在工作台公布或退回。",
              f"Revision {revision.number} of “{revision.item.name}” is on its way at the desk ({now.en}); nothing was changed. "
              "Publish it there, or send it back.")
    return revision


def _refuse(name: str, findings: list[Finding]) -> None:
    list_errors(name, findings)
    click.echo("没有改动任何内容。 Nothing was changed.", err=True)
    sys.exit(1)


def _fail(zh: str, en: str) -> None:
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(2)
