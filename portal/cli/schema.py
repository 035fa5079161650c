"""cli: what a guide file may hold: its JSON Schema, or the table of its elements and the surfaces that show them."""

import json
import os

import click

from portal.rules.guide.elements import as_markdown
from portal.rules.guide.schema import guide_schema


@click.command()
@click.option("--elements", is_flag=True, help="要素与展示面对照表（Markdown） The table element × surface, as Markdown")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="表格用的语言（默认看 LANG）Language; default from LANG")
def schema(elements: bool, lang: str | None) -> None:
    """指南文件的格式 The form of a guide file, as JSON Schema (draft 2020-12)."""
    if elements:
        click.echo(as_markdown("en" if (lang or os.environ.get("LANG", "zh")[:2]) == "en" else "zh-Hans"), nl=False)
        return
    click.echo(json.dumps(guide_schema(), ensure_ascii=False, indent=1))
