"""cli: booklets: the guides of a department, a theme or a place in one file, to be printed and bound."""
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from portal import config
from portal.cli.steps import said_plainly
from portal.db import Database
from portal.publishing.booklet_kinds import WAYS
from portal.queries import editions
from portal.rules.calendar import legal_day
from portal.rules.problems import Problem


@click.command()
@click.argument("kind", metavar="department|theme|place", type=click.Choice(list(WAYS)))
@click.argument("name", metavar="NAME")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到这个 PDF 文件 The PDF file to write")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 Language")
def booklet(kind: str, name: str, target: Path, lang: str) -> None:
    """把一个部门、主题或办理点的办事指南装订成一册 PDF Bind the guides of a department, theme or place into one PDF.

    NAME：部门或主题的名称（也可用网页地址里的拼音），办理点用区划代码。有封面、目录、页码和书签；印过的章节留着，再印只印变动的。
    NAME is the name of the department or theme, or its part of the page's address; the division code of a place. With cover, contents,
    page numbers and bookmarks; chapters are kept, and only what changed is printed again.
    """
    with said_plainly():
        settings = config.load(os.environ)
        if not target.parent.is_dir():
            raise Problem("booklet.folder", f"没有 {target.parent} 这个目录，没有生成任何内容。", f"There is no folder {target.parent}; nothing was made.")
        database = Database(settings.database)
        try:
            with database.reading() as db:
                edition = editions.edition(db, settings)
        finally:
            database.dispose()
        from pdfs.engine import PressProblem  # loads a layout engine
        from portal.publishing import booklets, papers

        wanted = booklets.booklet(edition, kind, name, "en" if lang == "en" else "zh-Hans")
        if wanted is None:
            raise Problem("booklet.none", f"没有“{name}”，或者它没有办事指南，没有生成任何内容。部门和主题的名称见网站“按部门找”“按主题找”。",
                          f"There is no “{name}”, or it has no guide; nothing was made. The site's lists by department and by theme have the names.")
        try:
            with click.progressbar(length=len(wanted.chapters), label=f"  {wanted.title}", file=sys.stderr) as bar:
                file = booklets.make(edition, wanted, papers.folder_of(settings.data / "site"), legal_day(datetime.now(UTC)),
                                     lambda done, number: bar.update(done - bar.pos))
        except PressProblem as problem:
            click.echo(str(problem), err=True)
            sys.exit(1)
        shutil.copyfile(file, target)
        click.echo(f"  {target}  {len(wanted.chapters)}项 guides, {target.stat().st_size // 1024} KB")
