"""cli: what is wrong with this machine and this installation, and what helps. Ends with 1 where anything failed."""

import json
import os
import sys
from datetime import UTC, datetime

import click

from portal.queries import installation, machine
from portal.queries.machine import Finding
from portal.rules.calendar import legal_day

MARKS = {"ok": "✓ 好 ok  ", "warn": "! 注意 warn", "fail": "✗ 错误 FAIL"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON")
def doctor(as_json: bool) -> None:
    """检查本机与本装置是否齐备，逐项给出补救办法。

    Check this machine and this installation, with the remedy of whatever is wrong.
    """
    here = list(machine.findings())
    ours = list(installation.findings(os.environ, legal_day(datetime.now(UTC))))
    if as_json:
        click.echo(json.dumps([_plain(one) for one in here + ours], ensure_ascii=False, indent=1))
    else:
        _print("本机 This machine", here)
        _print("本装置 This installation", ours)
        click.echo(_summary(here, ours))
    sys.exit(any(one.level == "fail" for one in here + ours))


def _plain(finding: Finding) -> dict:
    found, remedy = (text and {"zh": text.zh, "en": text.en} for text in (finding.found, finding.remedy))
    return {"check": finding.check, "level": finding.level, "found": found, "remedy": remedy}


def _print(title: str, findings: list[Finding]) -> None:
    click.echo(title)
    for one in findings:
        click.echo(f"  {MARKS[one.level]}  {one.found.zh}\n      {one.found.en}")
        if one.remedy:
            click.echo(f"      → {one.remedy.zh}\n      → {one.remedy.en}")
    click.echo()


def _summary(here: list[Finding], ours: list[Finding]) -> str:
    if any(one.level == "fail" for one in here):
        return "请先按上面的箭头补救本机。 First mend this machine as the arrows say."
    if any(one.level == "fail" for one in ours):
        return (
            "本机齐备，可以试用：./banshi demo。正式运行前请补救上面标“错误”的各项。\n"
            "This machine is ready to try it: ./banshi demo. Before running it for real, mend what failed above."
        )
    return "可以运行。 Ready to run."
