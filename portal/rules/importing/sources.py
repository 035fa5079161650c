"""rules/importing: a file's bytes become drafts with their reports, or one clear error. Nothing here reads a file."""
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.errors import problems
from portal.rules.importing import html, national, page, wrappers
from portal.rules.importing.draft import Draft
from portal.rules.importing.own import report_of_own
from portal.rules.importing.report import Report, report
from portal.rules.problems import Problem

ENDINGS = {".json", ".yaml", ".yml", ".txt", ".html", ".htm"}
MAX_BYTES = 5_000_000
MAX_LINE, MAX_LINES, MAX_DEPTH, MAX_GUIDES, MAX_ERRORS = 20_000, 5_000, 14, 500, 20
_USUAL = re.compile(r"[\n\r\t -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


class Imported(NamedTuple):
    """A draft with its report; `file` is None where there is an error in its stead."""

    report: Report
    file: GuideFile | None


class Refused(Problem):
    """A file that is no guide."""


def read(name: str, data: bytes, stem: str) -> list[Imported]:
    """The drafts of one file. `name` goes into the reports, `stem` names an item that the source does not name.

    Never raises for what a file holds: an error is a report without a draft.
    """
    try:
        return list(_read(name, data, stem))
    except Refused as refusal:
        return [Imported(refused(name, refusal), None)]
    except (RecursionError, MemoryError):
        return [Imported(refused(name, problem("deep")), None)]


def refused(name: str, refusal: Problem) -> Report:
    """The report of a file that became no draft."""
    return Report(name, errors=[f"{refusal.text.zh} {refusal.text.said('en')}"])


def _read(name: str, data: bytes, stem: str) -> Iterator[Imported]:
    text = decode(data)
    ending = name[name.rfind("."):].lower() if "." in name else ""
    if ending in (".yaml", ".yml"):
        yield _own(name, lambda: yaml.load(text))
    elif ending == ".json":
        yield from _json(name, text, stem)
    elif ending in (".html", ".htm"):
        body, title = html.read(text)
        yield from _page(name, body, None, stem, window_title=title)
    else:
        yield from _page(name, text, None, stem)


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8 with or without its mark, UTF-16 with one, or GB 18030. Raises Refused."""
    if not data.strip():
        raise problem("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and not data.startswith(b"\xff\xfe\x00\x00"):
        encodings = ("utf-16",)
    elif b"\0" in data:
        encodings = tuple(name for name in ("utf-16-le", "utf-16-be") if _is_text(data, name))
        if not encodings:
            raise problem("binary")
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or len(_CONTROL.findall(text)) * 50 > len(text):
            raise problem("binary")
        return text
    raise problem("encoding")


def _is_text(data: bytes, encoding: str) -> bool:
    """Whether the bytes are words in an encoding that has no mark of its own at their beginning."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return len(_USUAL.findall(text)) * 10 >= len(text) * 9


def _json(name: str, text: str, stem: str) -> Iterator[Imported]:
    try:
        value = wrappers.unpacked(json.loads(text, parse_constant=_no_number))
    except RecursionError:
        raise problem("deep") from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise problem("json", line=line or 1) from None
    _check(value)
    values = wrappers.guides(value)
    if len(values) > MAX_GUIDES:
        raise problem("many")
    if not values or not all(map(wrappers.kind, values)):
        raise problem("shape")
    for one in values:
        kind = wrappers.kind(one)
        if kind == "own":
            yield _own(name, lambda one=one: GuideFile.model_validate(one))
        elif kind == "page":
            title = one.get("title")
            yield from _page(name, one["text"], title if isinstance(title, str) else None, stem, one)
        else:
            yield _finish(name, national.read(one), stem)


def _no_number(word: str) -> None:
    """NaN and Infinity, which JSON does not know."""
    raise ValueError(word)


def _check(value: Any) -> None:
    """Refuses what is nested too deep or has a string that is too long to be anybody's words."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level if isinstance(outer, (dict, list))
                 for inner in (outer.values() if isinstance(outer, dict) else outer)]
        for said in level:
            if isinstance(said, str):
                _check_lines(said)
        if not level:
            return
    raise problem("deep")


def _check_lines(text: str) -> None:
    if text.count("\n") > MAX_LINES:
        raise problem("lines", most=MAX_LINES)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise problem("line", line=number, most=MAX_LINE)


def _page(name: str, text: str, title: str | None, stem: str, wrapper: dict[str, Any] | None = None,
          window_title: str | None = None) -> Iterator[Imported]:
    _check_lines(text)
    drafts = page.read(text, title, window_title)
    if not drafts:
        raise problem("nothing")
    for draft in drafts:
        if wrapper:
            national.about(draft, wrapper)
        yield _finish(name, draft, stem)


def _finish(name: str, draft: Draft, stem: str) -> Imported:
    file = draft.finish(stem)
    return Imported(report(name, draft, file), file)


def _own(name: str, load) -> Imported:
    """A file in our own format is a draft as it is; what is wrong in it is told place by place."""
    try:
        file = load()
    except (yaml.NotYaml, ValidationError) as error:
        said = [f"{row.at + ' ' if row.at else ''}{row.message.zh} {row.message.said('en')}" for row in problems(error)]
        return Imported(Report(name, errors=said[:MAX_ERRORS]), None)
    return Imported(report_of_own(name, file), file)


_SAID = {
    "empty": ("文件是空的，没有导入。", "The file is empty; nothing was imported."),
    "binary": ("文件不是文字（含有二进制内容），没有导入。请换成 .json、.yaml、.txt 或 .html 文本。",
               "The file is no text, it holds binary data; nothing was imported. Give a .json, .yaml, .txt or .html text."),
    "encoding": ("文件的编码认不出，没有导入。请另存为 UTF-8。",
                 "The file's encoding is not known; nothing was imported. Save it as UTF-8."),
    "json": ("第{line}行不是正确的 JSON，没有导入。请改正后再导入。",
             "Line {line} is no valid JSON; nothing was imported. Correct it and import again."),
    "deep": ("内容套得太深，没有指南会这样，没有导入。", "The content is nested too deep for a guide; nothing was imported."),
    "shape": ("JSON 里不是指南：应有事项的字段（fields 或事项名称等），或网页正文（text）。没有导入。",
              "The JSON holds no guide: it needs fields (`fields`, or labels such as 事项名称) or the text of a page (`text`). "
              "Nothing was imported."),
    "many": ("一个文件里的指南太多，没有导入。请拆开。", "The file holds too many guides; nothing was imported. Split it."),
    "line": ("第{line}行超过{most}个字，不像指南，没有导入。",
             "Line {line} has more than {most} characters, which is no guide; nothing was imported."),
    "lines": ("文字超过{most}行，不像指南，没有导入。", "The text has more than {most} lines, which is no guide; nothing was imported."),
    "nothing": ("没有认出任何指南要素（如申请材料、办理流程、设定依据），没有导入。",
                "No element of a guide was recognised (such as documents, procedure or legal basis); nothing was imported."),
    "rows": ("表格超过 {most} 行或单元格太多，没有导入。请拆成几个文件。",
             "The table has more than {most} rows, or too many cells; nothing was imported. Split it into several files."),
    "csv": ("CSV 第{line}行读不出来（引号可能没有配对），没有导入。请在表格软件里另存为 .xlsx 再导入。",
            "Line {line} of the CSV cannot be read, a quotation mark may be missing; nothing was imported. Save it as .xlsx and import that."),
    "workbook": ("文件打不开：不是电子表格，或已经损坏，没有导入。请在表格软件里另存为 .xlsx 再导入。",
                 "The file cannot be opened: it is no workbook, or it is damaged; nothing was imported. Save it as .xlsx and import that."),
    "locked": ("工作簿设了打开密码，没有导入。请去掉密码另存后再导入。",
               "The workbook is protected by a password; nothing was imported. Save it without one and import that."),
    "heavy": ("工作簿解开后太大，不像指南的表格，没有导入。请删去图片和用不到的工作表，或拆成几个文件。",
              "The workbook is too large when unpacked; nothing was imported. Remove pictures and sheets that are not needed, or split it."),
    "busy": ("正在处理别的文件，这个文件没有读。请过十几秒再试。", "Other files are being read; this one was not. Try again in some seconds."),
    "template": ("模板里还没有填写指南，示例行不导入。请在“指南”表里一行填一份。",
                 "No guide was filled into the template; its example is not imported. Fill in a row of the sheet 指南 for each guide."),
    "sheets": ("工作簿里没有认出指南：要有表头，如“事项名称”“基本编码”“申请材料”，或用本系统的模板（./banshi import --template 文件.xlsx）。没有导入。",
               "No guide was recognised in the workbook: it needs a row of headings such as 事项名称, 基本编码, 申请材料, or the template "
               "(./banshi import --template FILE.xlsx). Nothing was imported."),
    "size": ("文件超过 {most} MB，不像指南，没有读，也没有导入。",
             "The file is larger than {most} MB, which no guide is; it was neither read nor imported."),
    "gone": ("找不到这个文件，或它不是普通文件，没有导入。", "There is no such file, or it is no regular file; nothing was imported."),
    "closed": ("文件打不开（{reason}），没有导入。请核对权限。", "The file cannot be opened ({reason}); nothing was imported. Check its permissions."),
    "disk": ("写不了 {path}（{reason}），没有存下草稿。请核对数据目录或 --out 的文件夹。",
             "{path} cannot be written ({reason}); no draft was kept. Check the data folder, or the one of --out."),
    "database": ("数据库用不了（{reason}），没有存下草稿。请运行 ./banshi doctor。",
                 "The database cannot be used ({reason}); no draft was kept. Run ./banshi doctor."),
    "folder": ("文件夹里没有可导入的文件（.json、.yaml、.txt、.html、.xlsx、.csv）。", "The folder holds no file to import (.json, .yaml, .txt, .html, .xlsx, .csv)."),
}


def problem(code: str, **words: Any) -> Refused:
    """The refusal of that code, its sentences filled with the words."""
    zh, en = _SAID[code]
    return Refused(f"import.{code}", zh.format(**words), en.format(**words))

