"""cli: the manuals for staff, operators and developers, built by MkDocs into a folder of their own.

They are no part of the public site. Their tables come from the code, see `manual_parts`.
"""
import logging
import os
from pathlib import Path

import click

from portal import config
from portal.cli.steps import said_plainly, step

CONFIG = Path(__file__).parents[2] / "site_docs" / "developers" / "manual.yml"


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="输出目录（默认为数据目录下的 manual） The folder; by default `manual` in the data folder")
def manual(folder: Path | None) -> None:
    """生成工作人员、运维、开发手册 Build the manuals for staff, operators and developers."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    if folder is None:
        with said_plainly():
            folder = config.load(os.environ).data / "manual"
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # a notice of Material's makers to theme users; our pin keeps `mkdocs<2`
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with step("生成手册", "Building the manuals"):
        build(load_config(str(CONFIG), site_dir=str(folder.absolute()), strict=True))
    click.echo(f"打开 Open: {folder.absolute() / 'index.html'}")
