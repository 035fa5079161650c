"""cli: the budgets of the design measured on this machine, each beside its yardstick of the same run.

One file a yardstick. Everything happens in a scratch folder; the installation is neither read nor changed.
"""
import importlib
import json
import time

import click

from portal.cli.bench import district
from portal.cli.bench.figures import Figure
from portal.cli.bench.scratch import installation

YARDSTICKS = {
    "pages": ("portal.cli.bench.pages", "网页的字节数和查询数", "bytes and statements of pages"),
    "tracker": ("portal.cli.bench.tracker", "进度页每秒请求数", "tracker pages a second"),
    "writes": ("portal.cli.bench.writes", "八人同时提交", "submissions of eight writers"),
    "search": ("portal.cli.bench.search", "搜索", "search"),
    "papers": ("portal.cli.bench.papers", "指南 PDF", "the guides' PDFs"),
    "changes": ("portal.cli.bench.changes", "改一份、改五十份指南", "one guide changed, fifty changed"),
    "line": ("portal.cli.bench.slow_line", "慢速线路上的指南页", "a guide's page on a slow line"),
    "site": ("portal.cli.bench.site", "发布网站", "publishing the site"),
}
"""Word: module with `measure(settings) -> list of Figure` and the names of the `GUIDES` it needs (None: all), and what
it measures."""


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON")
@click.option("--only", type=click.Choice(list(YARDSTICKS)), multiple=True, help="只测这些 Only these; may be repeated")
@click.pass_context
def bench(context: click.Context, as_json: bool, only: tuple[str, ...]) -> None:
    """性能预算：本机实测，与同一次运行的标尺对照 The budgets, measured here beside their yardsticks.

    全部约四分钟；不读也不改现有安装。 About four minutes for all; the installation is neither read nor changed.
    """
    if context.invoked_subcommand:
        return
    figures: list[Figure] = []
    chosen = {word: importlib.import_module(YARDSTICKS[word][0]) for word in only or YARDSTICKS}
    needed = [module.GUIDES for module in chosen.values()]
    _say("准备示例县 preparing the sample county")
    with installation(None if None in needed else frozenset().union(*needed)) as settings:
        for word, module in chosen.items():
            _say("{} {}".format(*YARDSTICKS[word][1:]))
            figures += module.measure(settings)
    _say("")
    _print(figures, as_json)


@bench.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON")
@click.option("--guides", "number", type=click.IntRange(40), default=district.GUIDES, show_default=True,
              help="指南项数；较少时办理点仍按比例 How many guides; with fewer, offerings in proportion")
def publish(as_json: bool, number: int) -> None:
    """全区规模的发布：1,391 项指南、13,519 个办理项 Publishing at district scale: 1,391 guides, 13,519 offerings.

    在临时目录里生成，约二十分钟；不读也不改现有安装。 In a scratch folder, about twenty minutes; the installation is neither
    read nor changed.
    """
    module = importlib.import_module("portal.cli.bench.publish")
    with district.district(number, lambda done, total: _say(f"指南 guides {done}/{total}")) as settings:
        figures = module.measure(settings, _say)
    _say("")
    _print(figures, as_json)


def _print(figures: list[Figure], as_json: bool) -> None:
    click.echo(json.dumps([figure._asdict() for figure in figures], ensure_ascii=False, indent=1) if as_json else _table(figures))


def _table(figures: list[Figure]) -> str:
    lines = [("", "name", "value", "yardstick", "unit", "budget")]
    lines += [
        ("✓" if one.holds else "✗", one.name, f"{one.value:g}", "" if one.yardstick is None else f"{one.yardstick:g}",
         one.unit, one.budget) for one in figures
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


_begun = time.monotonic()


def _say(words: str) -> None:
    click.echo(f"[{time.monotonic() - _begun:4.0f} s] {words}" if words else f"[{time.monotonic() - _begun:4.0f} s]", err=True)
