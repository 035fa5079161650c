"""cli: publishing. Pages first, shown in one stroke; then the papers, in one process a core."""
import getpass
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from jinja2 import TemplateError

from portal import config
from portal.actions import outbox
from portal.cli.paths import shown
from portal.cli.steps import counted, list_errors, said_plainly
from portal.db import Database
from portal.models.outbox import Topic
from portal.publishing.edition import Edition
from portal.queries import editions
from portal.rules.calendar import legal_day
from portal.rules.problems import Problem


@click.command()
@click.option("--from", "source", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="直接用目录里的指南 YAML 预览，不读数据库，须同时用 --to Preview the guide files of a folder, without the database; "
              "needs --to")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False),
              help="输出目录（默认为数据目录下的 site） The folder; by default `site` in the data folder")
@click.option("--papers", type=click.Choice(["all", "first", "none"]), default="all", show_default=True,
              help="生成哪些 PDF：全部；先做中文指南和空白表格，其余有人要时再做；都不做 Which PDFs to make now: all; the Chinese "
              "guides and blank forms, and the others when somebody asks for them; none")
def publish(source: Path | None, target: Path | None, papers: str) -> None:
    """发布网站：网页、流程图、PDF Publish the site: pages, flowcharts, PDFs.

    新网站全部生成后才替换旧网站；失败时旧网站不变。The new site replaces the old one when it is whole; if anything fails the
    old one stays.
    """
    with said_plainly():
        settings = config.load(os.environ)
        if source is None and target is None:
            publish_all(settings, papers, by=getpass.getuser())
            return
        live = settings.data / "site"
        if source and (target is None or target.resolve() == live.resolve()):
            raise Problem("publish.preview", "--from 只用来预览，请用 --to 给出另一个目录；正式公布请先 ./banshi guides enact，再 ./banshi publish。"
                          "没有改动任何内容。", "--from is for a look: name another folder with --to. To publish for real, "
                          "./banshi guides enact and then ./banshi publish. Nothing was changed.")
        edition = _from_folder(source, settings) if source else _edition_of(Database(settings.database), settings)
    _publish(lambda: edition, (target or live).absolute(), papers)


def publish_all(settings: config.Config, papers: str = "first", *, settle: bool = True, by: str | None = None) -> None:
    """The guides in force into the data folder. `papers` first: those that most people ask for, and the portal makes the
    others when it is asked. What the outbox asked for until then is done with it, unless it is left to the worker
    (`settle` false)."""
    database = Database(settings.database)
    try:
        with database.reading() as db:
            until = outbox.last(db, Topic.PUBLISH_GUIDE)
        _publish(lambda: _edition_of(database, settings), settings.data / "site", papers, by)
        if settle:
            with database.writing() as db:
                outbox.cross_out(db, Topic.PUBLISH_GUIDE, until, datetime.now(UTC))
                db.commit()
    finally:
        database.dispose()


def _edition_of(database: Database, settings: config.Config) -> Edition:
    with database.reading() as db:
        return editions.edition(db, settings)


def _from_folder(folder: Path, settings: config.Config) -> Edition:
    """The guides of the folder, if lint finds no error in any; otherwise the command ends with the list of them."""
    from portal.cli.lint import check
    from portal.publishing import county_edition
    from portal.rules.guide import yaml
    from portal.rules.lint import ERROR
    from portal.sample.county import county

    files = sorted(folder.glob("*.y*ml"))
    if not files:
        raise Problem("publish.empty", f"{folder} 里没有 .yaml 文件，没有改动任何内容。", f"{folder} holds no .yaml file; nothing was changed.")
    wrong = {file: errors for file in files if (errors := [one for one in check(file) if one.level == ERROR])}
    for file, errors in wrong.items():
        list_errors(shown(file), errors)
    if wrong:
        click.echo("没有改动任何内容。 Nothing was changed.", err=True)
        sys.exit(1)
    guides = [(file.stem, yaml.load(file.read_text("utf-8"))) for file in files]
    return county_edition.edition(county(), guides, settings.public_url, legal_day(datetime.now(UTC)))


def _publish(ask: Callable[[], Edition], root: Path, papers: str, by: str | None = None) -> None:
    from pdfs.engine import PressProblem
    from portal.jobs import whole
    from portal.publishing import papers as press
    from portal.publishing import reports, requested

    begun, kept = time.monotonic(), press.folder_of(root)
    try:
        with counted("指南网页 pages of guides") as count:
            shown = whole.publish(ask, root, by, count=count, with_papers=papers != "none")
    except (OSError, TemplateError) as error:
        said = reports.reason(error)
        click.echo(f"{said.zh}\n{said.said('en')}", err=True)
        sys.exit(1)
    click.echo(f"  {len(shown.edition.slugs)}项指南的网页已发布（第 {shown.number} 次发布） The pages of {len(shown.edition.slugs)} guides "
               f"are published (publication {shown.number}), {time.monotonic() - begun:.0f} s")
    if papers == "none":
        return
    missing = [paper for paper in shown.missing if papers == "all" or paper.first]
    try:
        with counted("PDF papers") as count:
            press.make(shown.edition, missing, root, shown.number, count)
    except PressProblem as problem:
        click.echo(f"  网页已发布，PDF 没有生成：The pages are published, the PDFs are not:\n  {problem}", err=True)
        sys.exit(1)
    requested.sweep(shown.edition, kept)
    press.sweep(shown.every, kept)
    click.echo(f"  新生成 PDF {len(missing)} 份，其余沿用或在有人要时生成 {len(missing)} papers made, the others kept or made when asked for, "
               f"{time.monotonic() - begun:.0f} s")
