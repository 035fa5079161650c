"""rules: which heading of a list means what, and how its levels and rows become entries. Errors say where and what to do."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.rules.catalogue.entries import Entry, linked_code
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

HEADINGS: dict[str, tuple[str, ...]] = {
    "department": ("department", "部门", "实施主体", "单位", "责任部门", "主管部门", "dept", "dept_name", "deptName"),
    "main_item": ("main_item", "主项", "主项名称", "大项", "group", "mainItem"),
    "name": ("name", "事项名称", "名称", "事项", "子项名称", "办理项名称", "item_name", "itemName", "title"),
    "basic_code": ("basic_code", "基本编码", "国家基本编码", "basicCode"),
    "implementation_code": ("implementation_code", "实施编码", "实施清单编码", "implementationCode"),
    "source_code": ("source_code", "编码", "事项编码", "code", "item_code", "itemCode"),
    "kind": ("kind", "事项类型", "类型", "item_type", "itemType"),
    "link": ("link", "网址", "链接", "办事指南链接", "url", "href"),
}
"""What a list may call each; the first stands in JSON that goes out, the second in tables."""
FIELDS = {word: name for name, words in HEADINGS.items() for word in words}
LEVELS = ("items", "sub_items", "children", "subItems", "事项", "子项", "data", "rows", "list", "departments")
CODES = ("basic_code", "implementation_code", "source_code")
LONGEST = {"name": 300, "department": 100, "main_item": 300, "link": 2000}
LONGEST_OTHER = 1000
MOST = 50_000
DEPTH = 6


class NoList(Problem):
    """The file is no list of this kind at all."""


@dataclass
class Catalogue:
    """What a file holds. Where there are errors nothing of it may be kept; notes say what was odd and how it was taken."""

    entries: list[Entry] = field(default_factory=list)
    errors: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """Cells by the names of `HEADINGS` or by the list's own, and where they stand."""

    where: Text
    cells: Mapping[str, Any]


def from_json(value: Any) -> Catalogue:
    """Entries of a JSON list in levels or in rows. Raises NoList where there is none in it."""
    found = Catalogue()
    rows = list(_leaves(value, {}, (), found))
    if not rows and not found.errors:
        raise NoList("catalogue.no_list", "文件里没有找到事项。需要的是部门、主项、事项三层的 JSON，或一行一个事项的列表，每个事项有“name”（事项名称）。",
                     "No items were found in the file. Wanted is JSON in the levels department, main item, items, or a list of rows; each item has a “name”.")
    return taken(rows, found)


def taken(rows: list[Row], found: Catalogue | None = None) -> Catalogue:
    """Entries of rows. All rows get the same further columns, so that a table and JSON hold the same."""
    found = found or Catalogue()
    if len(rows) > MOST:
        raise NoList("catalogue.too_many", f"清单有 {len(rows)} 行，一次最多 {MOST} 行，请分开载入。",
                     f"The list has {len(rows)} rows; at most {MOST} are taken at once: divide it.")
    extra = list(dict.fromkeys(name for row in rows for name in row.cells if name not in HEADINGS))
    seen: dict[str, Text] = {}
    for row in rows:
        entry = _entry(row, extra, found)
        if entry is None:
            continue
        if entry.code and (before := seen.setdefault(entry.code, row.where)) is not row.where:
            found.notes.append(Text(zh=f"{row.where.zh}：编码“{entry.code}”与{before.zh}相同，两行都保留。",
                                    en=f"{row.where.said('en')}: the code “{entry.code}” stands at {before.said('en')} too; both rows are kept."))
        found.entries.append(entry)
    return found


def _entry(row: Row, extra: list[str], found: Catalogue) -> Entry | None:
    errors = len(found.errors)
    cells = {name: _text(row, name, value, found) for name, value in row.cells.items()}
    for name, zh, en in (("name", "事项名称", "name"), ("department", "部门", "department")):
        if not cells.get(name) and len(found.errors) == errors:
            found.errors.append(Text(zh=f"{row.where.zh}：没有{zh}。请补上，或删去这一行。", en=f"{row.where.said('en')}: there is no {en}. Add it, or leave the row out."))
    if len(found.errors) > errors:
        return None
    entry = Entry(**{name: cells.get(name) or ("" if name in ("name", "department") else None) for name in HEADINGS},
                  more={name: cells.get(name, "") for name in extra})
    if entry.link and not entry.address:
        found.notes.append(Text(zh=f"{row.where.zh}：“{entry.link[:60]}”不是网址，照原样保留，网页上不做成链接。",
                                en=f"{row.where.said('en')}: “{entry.link[:60]}” is no address; it is kept as it is and not linked."))
    if (entry.kind and entry.item_kind is None) or (entry.link and "itemCode=" in entry.link and not linked_code(entry.link)):
        found.notes.append(Text(zh=f"{row.where.zh}：事项类型或链接里的编码认不出，照原样保留。",
                                en=f"{row.where.said('en')}: the kind, or the code in the link, is not known; kept as it is."))
    return entry


def _text(row: Row, name: str, value: Any, found: Catalogue) -> str:
    """A cell as text on one line; an error where it can be none."""
    called = HEADINGS.get(name, (name, name))[1]
    if value is None:
        return ""
    if name in CODES and isinstance(value, int | float):
        found.errors.append(Text(zh=f"{row.where.zh}：{called}“{value}”是数字格式，前面的零可能已经丢了。请改成文本格式，重新填上编码。",
                                 en=f"{row.where.said('en')}: the code “{value}” is a number, so zeros before it may be lost. Make it a text and enter it again."))
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list | dict):
        found.errors.append(Text(zh=f"{row.where.zh}：“{called}”应是文字，现在是一组内容。请改成一段文字。",
                                 en=f"{row.where.said('en')}: “{called}” should be a text and holds several things. Make it one text."))
        return ""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(text) > longest:
        found.errors.append(Text(zh=f"{row.where.zh}：“{called}”有 {len(text)} 个字，最多 {longest} 个。请缩短。",
                                 en=f"{row.where.said('en')}: “{called}” has {len(text)} characters, at most {longest} are taken. Shorten it."))
    return text


def _leaves(value: Any, above: dict[str, Any], path: tuple[int, ...], found: Catalogue) -> Iterator[Row]:
    """The items of a value, each with what the levels above say of it."""
    where = _where(path)
    if len(path) > DEPTH:
        raise NoList("catalogue.deep", "清单的层数太多，请整理成部门、主项、事项三层。", "The list has too many levels; make it department, main item, item.")
    if isinstance(value, str) and path:
        yield Row(where, {**above, "name": value})
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _leaves(one, above, (*path, number), found)
    elif isinstance(value, dict):
        told = {FIELDS.get(str(name), str(name)): one for name, one in value.items()}
        below = next((name for name in LEVELS if isinstance(value.get(name), list)), None)
        if below is None and value and not told.keys() & HEADINGS.keys() and all(isinstance(one, list | dict) for one in value.values()):
            level = "main_item" if "department" in above else "department"
            for number, (name, one) in enumerate(value.items(), 1):
                yield from _leaves(one, above | {level: name}, (*path, number), found)
            return
        if below is None:
            yield Row(where, above | told)
            return
        level = {name: told[name] for name in ("department", "main_item") if name in told}
        if "name" in told:
            level.setdefault("main_item" if "department" in above or "department" in level else "department", told["name"])
        if not value[below] and "main_item" in level:
            found.notes.append(Text(zh=f"{where.zh}：主项“{level['main_item']}”下面没有事项，作为一个事项载入。",
                                    en=f"{where.said('en')}: nothing stands below “{level['main_item']}”, which is taken as an item."))
            yield Row(where, above | level | {"name": level["main_item"]})
        elif not value[below]:
            found.notes.append(Text(zh=f"{where.zh}：下面没有事项，没有载入。", en=f"{where.said('en')}: nothing stands below it; it was left out."))
        yield from _leaves(value[below], above | level, path, found)
    elif path:
        found.errors.append(Text(zh=f"{where.zh}：不是事项。请写成有“name”（事项名称）的对象。", en=f"{where.said('en')}: this is no item. Write an object with a “name”."))


def _where(path: tuple[int, ...]) -> Text:
    """“第2个部门第1组第5项”, by how deep it stands."""
    if len(path) == 3:
        return Text(zh="第{}个部门第{}组第{}项".format(*path), en="department {}, group {}, item {}".format(*path))
    return Text(zh="第" + "-".join(map(str, path)) + "项" if path else "文件", en="item " + "-".join(map(str, path)) if path else "file")
