"""cli: guides of others come in. `banshi import PATH…` makes drafts of them and says element by element what was found."""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from portal.cli.paths import shown
from portal.cli.steps import said_plainly
from portal.rules.guide import yaml
from portal.rules.importing import sources
from portal.rules.importing.report import Report
from portal.rules.importing.sheets import reading
from portal.rules.importing.sources import ENDINGS, MAX_BYTES, Imported, Refused

SHOWN = 120
"""Characters of an unplaced text that the list shows; the draft and the JSON hold it whole."""


@click.command("import", epilog="例 Example: banshi import guides/ --dry-run --json")
@click.argument("paths", nargs=-1, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只报告，不写入数据库 Report only, write nothing to the database")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告 Print the report as JSON")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="把草稿另存为 YAML 的文件夹 Write the drafts as YAML into this folder")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help="写出一个空的 Excel 模板 Write an empty XLSX template")
def importing(paths: tuple[Path, ...], dry_run: bool, as_json: bool, out: Path | None, template: Path | None) -> None:
    """把已有的办事指南导入为草稿 Make drafts of guides that are there already.

    PATH 是文件或文件夹：结构化 JSON、网页正文（.txt、.html，或 JSON 里的 text）、本系统的 .yaml，以及表格（.xlsx、.xls、.ods、.csv：
    本系统的模板，或以国家字段为表头的表）。逐项报告哪些要素已放入、哪些没有；表格里的错误逐个写明工作表、行和单元格，有错的指南
    整份不导入。放不下的文字保留在草稿里。有错误时退出码为 1，其余照常导入。

    PATH is a file or a folder: structured JSON, the text of a published page (.txt, .html, or `text` in JSON), our own .yaml, or
    a table (.xlsx, .xls, .ods, .csv: our template, or one with the national fields as headings). What was found and what was
    not is told element by element, what is wrong in a table by sheet, row and cell; a guide with a mistake is not imported at
    all. Text without a place is kept in the draft. Exit code 1 where there was an error; the others are imported all the same.
    """
    if template is not None:
        _template(template)
    elif not paths:
        raise click.UsageError("请给出要导入的文件或文件夹。 Name the files or folders to import.")
    if not paths:
        return
    rows = [(path, row) for path in paths for file in _files(path) for path, row in _read(file)]
    with said_plainly(), _stored():
        kept = Counter() if dry_run else _keep(rows)
        if out is not None:
            _write(rows, out)
    reports = [row.report for _, row in rows]
    if as_json:
        click.echo(json.dumps([report.plain() for report in reports], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([*map(_said, reports), _sum(reports, kept, dry_run)]))
    sys.exit(any(report.errors for report in reports))


def _files(path: Path) -> Iterator[Path]:
    """The file named, or the guide files in the folder named, by name; the folder itself where it holds none."""
    if not path.is_dir():
        yield path
        return
    try:
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS | reading.ENDINGS and not one.is_dir()
                       and not any(part.startswith(".") for part in one.relative_to(path).parts))
    except OSError:
        found = []
    yield from found or [path]


def _read(path: Path) -> Iterator[tuple[Path, Imported]]:
    """The drafts of one file, or the error in its stead. A file that is too large is not opened."""
    name = shown(path)
    try:
        if path.is_dir():
            raise sources.problem("folder")
        if not path.is_file():
            raise sources.problem("gone")
        most = reading.MAX_BYTES if reading.is_table(name) else MAX_BYTES
        if path.stat().st_size > most:
            raise sources.problem("size", most=most // 1_000_000)
        data = path.read_bytes()
    except Refused as refusal:
        yield path, Imported(sources.refused(name, refusal), None)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield path, Imported(sources.refused(name, sources.problem("closed", reason=reason)), None)
    else:
        if reading.is_table(name):
            yield from ((path, row) for row in _table(name, data))
        else:
            yield from ((path, row) for row in sources.read(name, data, Path(name).stem))


def _table(name: str, data: bytes) -> Iterator[Imported]:
    """The drafts of a workbook or CSV, with a bar while they are read."""
    from portal.uploads import workbooks

    try:
        count, rows = reading.each(name, workbooks.read(name, data, Path(tempfile.gettempdir())), Path(name).stem)
    except Refused as refusal:
        yield Imported(sources.refused(name, refusal), None)
        return
    with _bar(rows, count, f"读取 reading {Path(name).name}") as shown_rows:
        yield from shown_rows


def _bar(rows: Iterable, count: int, label: str):
    """A progress bar on a terminal; nothing where the output goes elsewhere."""
    return click.progressbar(rows, length=count, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def _template(path: Path) -> None:
    """Writes the template; a file that is there stays as it is."""
    from portal.publishing import workbooks

    try:
        with path.open("xb") as file:
            file.write(workbooks.template())
    except FileExistsError:
        raise click.UsageError(f"{path} 已经存在，没有覆盖。请换个文件名。 {path} exists and was not overwritten; choose another name.") from None
    except OSError as error:
        raise click.UsageError(f"{path} 写不了（{error.strerror}）。 {path} cannot be written ({error.strerror}).") from None
    click.echo(f"模板已写入 {path}。填好后运行 ./banshi import {path} --dry-run。\nThe template is in {path}. Fill it in, then run ./banshi import {path} --dry-run.")


def _keep(rows: list[tuple[Path, Imported]]) -> Counter:
    """Keeps the drafts in the database, which is made where there is none; one commit. Nothing is opened for nothing."""
    if not any(row.file for _, row in rows):
        return Counter()
    from portal import config, migrations
    from portal.actions.guides import OnItsWay
    from portal.actions.importing import Kept, keep, slug_of
    from portal.db import Database

    # An import prints no paper, so that it can come before the public address is decided.
    given = {name: value for name, value in os.environ.items() if value.strip()}
    settings = config.load({"BANSHI_PUBLIC_URL": "https://not-set.invalid"} | given)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database)
    if migrations.revision(database.engine) is None:
        migrations.migrate(database)
    counts: Counter = Counter()
    here: dict[str, dict] = {}
    now = datetime.now(UTC)
    with database.writing() as db:
        for _, row in _shown(rows):
            if row.file is None:
                continue
            # Two guides of one item in one run, of which the second would take the first one's place.
            slug, plain = slug_of(row.file), yaml.plain(row.file)
            said, kept = _taken(row.report), Kept.TAKEN
            if here.setdefault(slug, plain) == plain:
                try:
                    kept = keep(db, row.file, Path(row.report.file).name, now)
                except OnItsWay as problem:
                    said = f"{problem.text.zh} {problem.text.said('en')}"
            counts[kept.value] += 1
            if kept is Kept.TAKEN:
                row.report.errors.append(said)
        db.commit()
    database.dispose()
    return counts


def _shown(rows: list[tuple[Path, Imported]]) -> Iterator[tuple[Path, Imported]]:
    with _bar(rows, len(rows), "写入 writing") as shown_rows:
        yield from shown_rows


@contextmanager
def _stored() -> Iterator[None]:
    """What a disk or a database answers in place of keeping the drafts, as a Problem; the database keeps all of a run or nothing."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except OSError as error:
        raise sources.problem("disk", path=error.filename or "", reason=error.strerror or str(error)) from error
    except DBAPIError as error:
        raise sources.problem("database", reason=str(error.orig).strip().partition("\n")[0]) from error


def _taken(report: Report) -> str:
    name = report.code or report.title
    return (f"“{name}”已有另一份草稿（来自别的文件，或这次导入的前一份），没有覆盖它。请先发布或删去那份草稿，或把两份合为一个文件。 "
            f"“{name}” has another draft, from another file or earlier in this run, which was not overwritten. "
            "Publish or drop that draft first, or make one file of both.")


def _write(rows: list[tuple[Path, Imported]], out: Path) -> None:
    """Writes each draft as YAML; a second draft of the same name gets a number."""
    out.mkdir(parents=True, exist_ok=True)
    taken: Counter = Counter()
    for path, row in rows:
        if row.file is not None:
            taken[path.stem] += 1
            number = f"-{taken[path.stem]}" if taken[path.stem] > 1 else ""
            (out / f"{path.stem}{number}.yaml").write_text(yaml.dump(row.file), "utf-8")


def _said(report: Report) -> str:
    lines = [report.file + (f"  {report.at}" if report.at else "")]
    if report.title:
        lines.append(f"  {report.title}" + (f"（{report.code}）" if report.code else ""))
        lines.append(f"  已放入 found {len(report.found)}: {'、'.join(one for one in report.found if '/' not in one)}")
    if report.missing:
        lines.append(f"  没有 missing {len(report.missing)}: {'、'.join(report.missing)}")
    if report.unplaced:
        lines.append(f"  未能放入、已保留 unplaced, kept {len(report.unplaced)}:")
        lines += [f"    · {_short(text)}" for text in report.unplaced]
    lines += [f"  注意 note: {_cell(one)}" for one in report.cells if not one["error"]]
    lines += [f"  错误 error: {sentence}" for sentence in report.errors]
    return "\n".join(lines) + "\n"


def _cell(one: dict) -> str:
    return f"{one['sheet']} {one['cell'] or one['row'] or ''}: {one['zh']} {one['en']}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"


def _sum(reports: list[Report], kept: Counter, dry_run: bool) -> str:
    drafts, wrong = sum(report.title is not None for report in reports), sum(bool(report.errors) for report in reports)
    if dry_run:
        written = "未写入数据库 nothing written"
    else:
        written = f"新增 new {kept['new']}，更新 changed {kept['changed']}，未变 unchanged {kept['same']}"
    return f"草稿 drafts: {drafts}；{written}；有错误 with errors: {wrong}"
