"""cli: may this guide be published. `banshi lint FILE…` says what is wrong in a guide file, where, and the remedy."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import click
from pydantic import ValidationError

from portal.cli.paths import shown
from portal.rules.calendar import legal_day
from portal.rules.guide import yaml
from portal.rules.guide.errors import problems
from portal.rules.guide.text import Text
from portal.rules.lint import ERROR, RULES, Finding
from portal.rules.lint import lint as lint_guide
from portal.rules.lint.findings import blank

MAX_BYTES = 4_000_000
"""No guide of at most `yaml.MAX_CHARACTERS` characters is larger; a larger file is refused unread."""
ENDINGS = {".yaml", ".yml"}
LEVELS = {"error": Text(zh="错误", en="error"), "warning": Text(zh="提醒", en="warning")}
SCHEMA = "L-SCHEMA"
FILE = "L-FILE"
OWN = {
    FILE: (
        Text(zh="文件读不了：不存在、太大、是空文件夹或不是 UTF-8 文字。",
             en="The file cannot be read: missing, too large, an empty folder, or no UTF-8 text."),
        Text(zh="换成指南的 .yaml 文件。", en="Name a guide's .yaml file."),
        Text(zh="文件", en="Files"),
    ),
    SCHEMA: (
        Text(zh="要素的名称、类型或取值不合指南的格式。", en="Names, types or values of elements do not have a guide's form."),
        Text(zh="对照 ./banshi schema 改正。", en="Correct them after ./banshi schema."),
        Text(zh="指南文件的格式", en="The form of guide files"),
    ),
}


@click.command(epilog="例 Example: banshi lint portal/sample/guides --json")
@click.argument("paths", nargs=-1, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 Print JSON")
@click.option("--rules", "rules", is_flag=True, help="列出全部规则及其出处 List all rules with their source")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="说明用的语言（默认看 LANG）Language; default from LANG")
def lint(paths: tuple[Path, ...], as_json: bool, rules: bool, lang: str | None) -> None:
    """核查指南能否公布 May a guide be published? FILE is a guide's YAML file, or a folder of them.

    有错误（error）的指南不能公布，退出码为 1；提醒（warning）不影响。An error stops publication (exit 1), a warning does not.
    """
    locale = "en" if (lang or os.environ.get("LANG", "zh")[:2]) == "en" else "zh-Hans"
    if rules:
        click.echo(_rules_as_json(locale) if as_json else _rules(locale))
        return
    if not paths:
        raise click.UsageError("请写出要核查的文件或文件夹。 Name the files or folders to check.")
    files = list(_files(paths))
    found = [(file, finding) for file in files for finding in check(file)]
    click.echo(_as_json(found, locale) if as_json else _report(found, len(files), locale))
    sys.exit(any(finding.level == ERROR for _, finding in found))


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and every guide file in the folders named, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS) or [path]
        else:
            yield path


def check(path: Path) -> list[Finding]:
    """What is wrong with one file, also where it cannot be read or is no guide."""
    try:
        if path.is_dir():
            return [_unread("文件夹里没有 .yaml 文件。", "The folder holds no .yaml file.", "换一个文件夹。", "Name another folder.")]
        if not path.is_file():
            return [_unread("找不到这个文件，或它不是普通文件。", "There is no such file, or it is no regular file.",
                            "核对文件名和所在文件夹。", "Check its name and folder.")]  # fmt: skip
        if path.stat().st_size > MAX_BYTES:
            return [_unread(f"文件超过 {MAX_BYTES // 1_000_000} MB，不像指南，没有读。",
                            f"The file is larger than {MAX_BYTES // 1_000_000} MB, which no guide is; it was not read.",
                            "确认文件对不对。", "Check that it is the right file.")]  # fmt: skip
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        return [_unread(f"文件读不了（{reason}）。", f"The file cannot be read ({reason}).",
                        "核对文件的权限。", "Check its permissions.")]  # fmt: skip
    except UnicodeDecodeError:
        return [_unread("文件不是 UTF-8 编码的文字。", "The file is no UTF-8 text.",
                        "另存为 UTF-8 编码的 .yaml 文件。", "Save it as a .yaml file in UTF-8.")]  # fmt: skip
    try:
        guide = yaml.load(text)
    except (ValidationError, yaml.NotYaml) as error:
        return [Finding(SCHEMA, ERROR, row.at, row.what, row.remedy) for row in problems(error)]
    return lint_guide(guide, legal_day(datetime.now(UTC)))


def _unread(zh: str, en: str, remedy_zh: str, remedy_en: str) -> Finding:
    return Finding(FILE, ERROR, "", Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en))


def _as_json(found: list[tuple[Path, Finding]], locale: str) -> str:
    rows = [
        {
            "file": shown(file),
            "rule": finding.rule,
            "level": finding.level,
            "at": finding.at,
            "message": finding.message.said(locale),
            "remedy": finding.remedy.said(locale),
        }
        for file, finding in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _report(found: list[tuple[Path, Finding]], count: int, locale: str) -> str:
    lines = []
    for file, rows in groupby(found, key=lambda row: row[0]):
        lines.append(shown(file))
        for _, finding in rows:
            lines.append(f"  {LEVELS[finding.level].said(locale)} {finding.rule} {finding.at}")
            lines.append(f"      {finding.message.said(locale)}")
            lines.append(f"      → {finding.remedy.said(locale)}")
        lines.append("")
    errors = sum(finding.level == ERROR for _, finding in found)
    warnings = len(found) - errors
    said = Text(
        zh=f"核查 {count} 个文件：{errors} 处错误，{warnings} 处提醒。",
        en=f"{count} file(s) checked: {errors} error(s), {warnings} warning(s).",
    )
    return "\n".join([*lines, said.said(locale)])


def _rule_rows(locale: str) -> list[dict[str, str]]:
    own = [
        {
            "rule": code,
            "level": ERROR,
            "source": source.said(locale),
            "message": says.said(locale),
            "remedy": remedy.said(locale),
        }
        for code, (says, remedy, source) in OWN.items()
    ]
    return own + [
        {
            "rule": rule.code,
            "level": rule.level,
            "source": rule.source.said(locale),
            "message": blank(rule.message).said(locale),
            "remedy": blank(rule.remedy).said(locale),
        }
        for rule in RULES
    ]


def _rules_as_json(locale: str) -> str:
    return json.dumps(_rule_rows(locale), ensure_ascii=False, indent=1)


def _rules(locale: str) -> str:
    levels = {level: word.said(locale) for level, word in LEVELS.items()}
    return "\n".join(
        f"{row['rule']:<14}{levels[row['level']]}  {row['message']}\n{'':<14}→ {row['remedy']}\n{'':<14}[{row['source']}]"
        for row in _rule_rows(locale)
    )
