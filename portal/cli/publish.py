"""cli: publishing. Pages first, shown in one stroke; then the papers, in one process a core."""
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from portal import config
from portal.cli.steps import said_plainly
from portal.publishing.edition import Edition
from portal.rules.calendar import legal_day


@click.command()
@click.option("--from", "source", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="直接用目录里的指南 YAML 预览，不读数据库 Preview the guide files of a folder, without the database")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False),
              help="输出目录（默认为数据目录下的 site） The folder; by default `site` in the data folder")
@click.option("--papers/--no-papers", default=True, show_default=True, help="是否同时生成 PDF Make the PDFs too")
def publish(source: Path | None, target: Path | None, papers: bool) -> None:
    """发布网站：网页、流程图、PDF Publish the site: pages, flowcharts, PDFs.

    新网站全部生成后才替换旧网站；失败时旧网站不变。The new site replaces the old one when it is whole; if anything fails the
    old one stays.
    """
    with said_plainly():
        settings = config.load(os.environ)
        edition = _from_folder(source, settings) if source else _from_database(settings)
    _publish(edition, (target or settings.data / "site").absolute(), papers)


def publish_all(settings: config.Config) -> None:
    """The guides in force, pages and papers, into the data folder."""
    _publish(_from_database(settings), settings.data / "site", papers=True)


def _from_database(settings: config.Config) -> Edition:
    from portal.db import Database
    from portal.queries import editions

    database = Database(settings.database)
    try:
        with database.reading() as db:
            return editions.edition(db, settings)
    finally:
        database.dispose()


def _from_folder(folder: Path, settings: config.Config) -> Edition:
    from pydantic import ValidationError

    from portal.publishing import county_edition
    from portal.rules.guide import yaml
    from portal.rules.problems import Problem
    from portal.sample.county import county

    files = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            files.append((file.stem, yaml.load(file.read_text("utf-8"))))
        except (yaml.NotYaml, ValidationError) as error:
            raise Problem("publish.file", f"{file} 不是合格的指南，请运行 ./banshi lint {file} 看哪里不对。",
                          f"{file} is no valid guide; run ./banshi lint {file} to see what is wrong.") from error
    return county_edition.edition(county(), files, settings.public_url, legal_day(datetime.now(UTC)))


def _publish(edition: Edition, root: Path, papers: bool) -> None:
    from pdfs.engine import PressProblem
    from portal.publishing import papers as press
    from portal.publishing import site

    begun = time.monotonic()
    kept = root / "papers"
    wanted = [paper for guide in edition.guides for paper in press.papers(edition, guide)] if papers else []
    missing: list[press.Paper] = []
    click.echo(f"  发布{len(edition.guides)}项指南 Publishing {len(edition.guides)} guides")
    folder = site.publish(edition, root, finish=lambda new: missing.extend(press.lay_out(wanted, kept, new)),
                          progress=_slowly("网页 pages"))
    click.echo(f"  网页已发布 The pages are published, {time.monotonic() - begun:.0f} s")
    if not papers:
        return
    counted = _slowly("PDF papers")
    try:
        press.make(edition, missing, kept, folder, lambda done, number: counted(f"{done}/{number}"))
    except PressProblem as problem:
        click.echo(f"  网页已发布，PDF 没有生成：The pages are published, the PDFs are not:\n  {problem}", err=True)
        sys.exit(1)
    press.sweep(wanted, kept)
    click.echo(f"  PDF {len(wanted)} 份（新生成 {len(missing)} 份） {len(wanted)} papers, {len(missing)} of them new, "
               f"{time.monotonic() - begun:.0f} s")


def _slowly(what: str) -> Callable[[str], None]:
    """Prints how far it is, every two seconds at most."""
    last = time.monotonic()

    def say(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= 2:
            last = time.monotonic()
            click.echo(f"  … {what} {line}")

    return say
