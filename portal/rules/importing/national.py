"""rules/importing: structured guides: fields under their national names, tables for materials, stages, laws, windows."""
from collections.abc import Mapping
from typing import Any

from portal.rules.guide.text import Text
from portal.rules.importing import beside, characters, fees, headings, laws, papers, people, results, steps
from portal.rules.importing.characters import flat
from portal.rules.importing.draft import Draft
from portal.rules.importing.elements import LATE, place
from portal.rules.importing.headings import PAGE
from portal.rules.importing.rows import Column, as_words, known

# What a collector writes about a guide, in the order of `ABOUT`: no field of the guide itself.
TITLES = ("title", "标题")
ABOUT = {"id", "place", "area_code", "level", "source", "complete", "oddities", "script", *TITLES}
TABLES: tuple[tuple[str, str, Mapping[str, Column]], ...] = (
    ("申请材料", "材料名称", papers.COLUMNS), ("办理环节", "步骤", steps.COLUMNS), ("设定依据", "法律法规名称", laws.COLUMNS),
    ("行政复议与行政诉讼", "部门", people.COLUMNS), ("收费", "收费项目名称", fees.COLUMNS), ("常见问题", "问", beside.QUESTIONS),
    ("通办范围", "通办类型", beside.REGIONS), ("特别程序", "总时限", beside.SPECIAL), ("审批结果", "样本", results.COLUMNS),
)
STAGES = ("办理流程", "网上办理流程")
"""Procedures that a source may give as a table of stages."""
WHEN = "适用情形"
LOOSE = {None, "咨询方式", "办公电话", "联系方式", "办理地点", "办理时间", "事项编码", "网办地址", "收费"}
"""What a group of fields may hold that is about somebody else: an agency's address and telephone make no guide."""
UNITS = {"法定办结时限": ("法定办结时限单位", "anticipate_type"), "承诺办结时限": ("承诺办结时限单位", "promise_type")}


def is_guide(value: Any) -> bool:
    """Whether the value is a structured guide: named fields, at least one of which is an element."""
    if not isinstance(value, Mapping):
        return False
    fields = _fields(value)
    given = [(element, said) for label, said in fields if (element := _element(label, said))]
    # A list of fields says what each is called; it is no guide.
    described = sum(isinstance(said, str) and headings.exact(said.partition("(")[0]) == element for element, said in given)
    own = any(_element(str(label), said) for part in (value, value.get("fields")) if isinstance(part, Mapping) for label, said in part.items())
    named = any(element == "事项名称" for element, _ in given) or any(label in TITLES for label, _ in fields)
    return bool(given) and (own or named) and (described < 3 or described * 2 < len(given))


def names_itself(value: Mapping[str, Any]) -> bool:
    """Whether the value is one whole guide rather than a wrapper around some: it has fields, or an item's name."""
    if isinstance(value.get("fields"), Mapping):
        return is_guide(value)
    named = any(_element(label, said) == "事项名称" and isinstance(said, str) and said.strip() for label, said in _fields(value))
    return named and is_guide(value)


def read(value: Mapping[str, Any]) -> Draft:
    """The draft of a structured guide. A field of the source's own system is kept under its name."""
    draft = Draft()
    everything = _fields(value)
    given = _with_units([(label, said) for label, said in everything if label not in TITLES])
    named = any(_element(label, said) == "事项名称" for label, said in given)
    for late in (False, True):
        for label, said in given:
            element = _element(label, said)
            if (element in LATE) == late:
                _put(draft, label, element, said)
    steps.complete(draft)
    titles = [value.get(key) for key in TITLES] + [said for label, said in everything if label in TITLES]
    for title in (as_words(said).strip() for said in titles if said):
        if named:
            _keep_title(draft, title)
        elif title:
            draft.at("事项名称", "事项名称")
            place(draft, "事项名称", title)
            named = True
    about(draft, value)
    return draft


def _keep_title(draft: Draft, title: str) -> None:
    """A title that says another thing than the name."""
    name = draft.get("item.name")
    if name is None or not characters.same_letters(name.zh, title):
        draft.extra(TITLES[1], title)


def about(draft: Draft, value: Mapping[str, Any]) -> None:
    """What the collector says: place, address of the page, and the rest under its name."""
    for key in ("place", "area_code", "level", "complete", "oddities"):
        said = as_words(value.get(key, "")).strip()
        if not said:
            continue
        if key == "place":
            _put_place(draft, said)
        else:
            draft.extra(key, said)
    source = value.get("source")
    if isinstance(source, Mapping):
        address = next((said for name in ("origin", "url") if str(said := source.get(name, "")).startswith("http")), None)
        draft.put("provenance.url", address)
        draft.extra("source", as_words(source))
    elif source:
        draft.extra("source", as_words(source))


def _put_place(draft: Draft, said: str) -> None:
    """The place of the offering, or of the one that the page names shortly: 果子园乡 is 安徽省六安市金寨县果子园乡."""
    others = draft.get("others.offerings", [])
    for index, offering in enumerate(others):
        if said.endswith(offering.place_name.zh):
            others[index] = offering.model_copy(update={"place_name": Text(zh=said)})
            return
    if not draft.put("offering.place_name", Text(zh=said)):
        draft.extra("place", said)


def _fields(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Label and value of every field: those under `fields`, and what stands beside it."""
    return [(label, said) for key, label, said in _gathered(value)[0] if key not in ABOUT]


def _gathered(value: Mapping[str, Any]) -> tuple[list[tuple[str, str, Any]], bool]:
    """Path of keys, label and value of every field, and whether one of them is an element. Fields that were put together under a heading of the
    source's own (基本信息, data) stand as if it were not there."""
    found: list[tuple[str, str, Any]] = []
    holds = False
    for key, said in value.items():
        label = characters.clean(str(key))
        element = _element(label, said)
        if isinstance(said, Mapping) and element is None:
            inner, told = _gathered(said)
            told = told and (label.isascii() or not {_element(name, one) for _, name, one in inner} <= LOOSE)
            if key == "fields" or told:
                found += [(f"{key}/{path}", name, one) for path, name, one in inner]
                holds |= told
                continue
        found.append((str(key), label, said))
        holds |= element is not None
    return found, holds


def _with_units(given: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Limits whose unit stands in a field of its own are read together with it."""
    by_name = {flat(label).lower(): said for label, said in given}
    joined = []
    used = set()
    for label, said in given:
        element = headings.exact(label)
        unit = next((name for name in UNITS.get(element or "", ()) if as_words(by_name.get(name, ""))), None)
        if isinstance(said, Mapping) and element in UNITS and len(said) == 2:
            said = _amount(said)
        if unit is not None and flat(as_words(said)).replace(".", "").isdigit():
            words = {"1": "工作日", "2": "天", "3": "个月"}.get(flat(as_words(by_name[unit])), as_words(by_name[unit]))
            said = f"{as_words(said)}{words}"
            used.add(unit)
        joined.append((label, said))
    return [(label, said) for label, said in joined if flat(label).lower() not in used]


def _amount(said: Mapping[str, Any]) -> Any:
    """A number and its unit that stand in fields of their own inside the limit."""
    number, unit = sorted(map(as_words, said.values()), key=lambda word: not word.replace(".", "").isdecimal())
    return f"{number}{unit}" if number.replace(".", "").isdecimal() and not unit.replace(".", "").isdecimal() else said


def _element(label: str, said: Any) -> str | None:
    """The element of a field: by its label, else by the headings of its table."""
    element = headings.exact(label)
    rows = [row for row in said if isinstance(row, Mapping)] if isinstance(said, list) else []
    if element in (None, "中介服务") and rows and any(flat(str(name)) == "中介服务事项名称" for name in rows[0]):
        return "中介服务清单"
    if element is not None:
        return None if element == PAGE else element
    if not rows:
        return None
    if beside.is_window(rows[0]):
        return "办理窗口"
    fits: list[tuple[int, int, str]] = []
    for element, needed, columns in TABLES:
        names = [known(columns, str(name)) for name in rows[0]]
        if needed in names and sum(name is not None for name in names) * 2 >= len(names):
            # Tables share words such as 类型; the one that knows more of them, and by their own names, is meant.
            fits.append((sum(name is not None for name in names), sum(flat(str(name)) in columns for name in rows[0]), element))
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _rows(element: str | None, said: Any) -> Any:
    """The rows of a table that stand one inside another: under a name of their own, numbered, by situation, or a single one."""
    if not isinstance(said, Mapping) or not said:
        return said
    if all(str(key).isdecimal() for key in said):
        return list(said.values())
    columns = next((columns for name, _, columns in TABLES if name == ("办理环节" if element in STAGES else element)), None)
    if columns is None:
        return said
    if all(isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows) for rows in said.values()):
        if len(said) == 1:
            return next(iter(said.values()))
        if element == "申请材料":
            return [{**row, WHEN: name} for name, rows in said.items() for row in rows]
    return [said] if sum(known(columns, str(label)) is not None for label in said) * 2 >= len(said) else said


def _put(draft: Draft, label: str, element: str | None, said: Any) -> None:
    said = _rows(element, said)
    words = as_words(said)
    if element is None:
        if not characters.trivial(words):
            draft.at(label, label)
            draft.refused.append(label)
            draft.extra(label, words)
        return
    # A table under a key of the program that wrote the file goes by its Chinese name.
    draft.at(element if label.isascii() else label, element)
    if characters.trivial(words) and not characters.says_none(words):
        if not isinstance(said, (list, Mapping)):
            draft.empty.append(draft.element)
    else:
        place(draft, element, said)
