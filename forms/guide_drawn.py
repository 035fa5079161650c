"""forms: the fields of a guide as a template draws them: one control a field, with its words, choices, mistakes and findings.

A control has an `id`, which is also its name in the form, and `at`, the place in the file that it writes: a mistake or a finding
stands beside the control of its place, or of the nearest place around it.
"""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms import guide_conditions as conditions
from forms import guide_values as values
from forms.guide_conditions import Questions
from forms.guide_fields import NAMES, Field
from portal.rules.conditions import ORDERED, WORDS, Operator
from portal.rules.guide.codes import FieldType
from portal.rules.guide.helping import help_for
from portal.rules.guide.text import Text

CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)
MAYBE = (("true", Text(zh="是", en="Yes")), ("false", Text(zh="否", en="No")))
GONE = Text(zh="（已删去）", en="(removed)")
OPERATORS = {one: Text(zh=words.zh.format(label="", value="…"), en=words.said("en").format(label="", value="…").strip())
             for one, words in WORDS.items()}
GIVEN = Text(zh="已填写", en="is given")

Choice = tuple[str, Text, bool]


@dataclass
class Control:
    """`kind` is the field's, or *row* of a list, *node* of a condition. `value` is what was typed."""

    kind: str
    id: str
    at: str
    label: Text
    help: Text | None = None
    value: Any = None
    choices: list[Choice] = field(default_factory=list)
    required: bool = False
    blank: bool = False
    long: bool = False
    refers: str = ""
    of: list["Control"] = field(default_factory=list)
    open: bool = True
    first: bool = False
    last: bool = False
    title: Text | None = None
    copied: str = ""
    """Of a new row, the key of the one that it is a copy of."""
    sentence: Text | None = None
    mistakes: list[Text] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    remarks: list[Any] = field(default_factory=list)

    def walk(self) -> Iterable["Control"]:
        yield self
        for one in self.of:
            yield from one.walk()


@dataclass(frozen=True)
class Around:
    """What the fields of a section refer to: the guide's questions, and rows by the names of their lists (key, name)."""

    questions: Questions
    rows: Mapping[str, list[tuple[str, Text]]]


def draw(one: Field, typed: Any, id: str, at: str, around: Around, in_group: bool = False) -> Control:
    """The control of a field with everything inside it."""
    control = Control(one.kind, id, at, one.label, help_for(one.path), typed, required=not one.optional, long=one.long, refers=one.refers)
    match one.kind:
        case "choice":
            control.choices = [(value, words, value == typed) for value, words in one.choices]
            control.blank = in_group or one.default is None
        case "choices" | "days":
            control.choices = [(value, words, value in typed) for value, words in one.choices]
        case "maybe":
            control.choices, control.blank = [(value, words, value == typed) for value, words in MAYBE], True
        case "ref" | "refs":
            control.choices = _references(one, typed, around)
            control.blank = True
        case "group":
            control.of = [draw(inner, typed[inner.name], f"{id}-{inner.name}", f"{at}/{inner.name}", around, True) for inner in one.of]
            for inner in control.of:
                inner.required = False
        case "lines":
            control.of = [draw(one.item, row, f"{id}-{index}", f"{at}/{number}", around)
                          for index, number, row in _numbered(typed, lambda row: values.blank(one.item, row))]
            _ends(control.of)
        case "rows":
            control.of = [_row(one, row, f"{id}-{index}", f"{at}/{number}", around)
                          for index, number, row in _numbered(typed, lambda row: values.blank_row(one, row))]
            _ends(control.of)
        case "condition":
            control.of = [_node(typed, id, at, around)] if typed is not None else []
    return control


def place(controls: list[Control], mistakes: Iterable[tuple[str, Text]] = (), findings: Iterable[tuple[str, Any]] = (),
          remarks: Iterable[tuple[str, Any]] = ()) -> list[Text]:
    """Puts mistakes, findings and remarks, each with its place, beside their controls; returns the mistakes that have none."""
    found = {one.at: one for control in controls for one in control.walk() if one.kind != "node"}
    loose = []
    for at, said in mistakes:
        near = _nearest(found, at)
        if near is None:
            loose.append(said)
        elif said not in near.mistakes:
            near.mistakes.append(said)
    for at, finding in findings:
        if near := _nearest(found, at):
            near.findings.append(finding)
    for at, remark in remarks:
        if near := _nearest(found, at):
            near.remarks.append(remark)
    return loose


def named(one: Field, row: dict[str, Any]) -> Text | None:
    """What a row is called: by the first of its fields that says so."""
    held = row["fields"] if row["open"] else row["plain"]
    inner = {each.name: each for each in one.of}
    return next((said for name in NAMES if name in inner and (said := _said(inner[name], held.get(name)))), None)


def _said(one: Field, held: Any) -> Text | None:
    if one.kind == "choice":
        return next((words for value, words in one.choices if value == held), None)
    if isinstance(held, dict):
        zh, en = (held.get("zh") or "").strip(), (held.get("en") or "").strip()
        return Text(zh=zh or en, en=en or None) if zh or en else None
    return Text(zh=held.strip()) if isinstance(held, str) and held.strip() else None


def _row(one: Field, row: dict[str, Any], id: str, at: str, around: Around) -> Control:
    control = Control("row", id, at, one.label, open=row["open"], title=named(one, row), copied=row.get("from", "") if row["open"] else "")
    if row["open"]:
        control.of = [draw(inner, row["fields"][inner.name], f"{id}-{inner.name}", f"{at}/{inner.name}", around) for inner in one.of]
        _not_itself(control.of, row["fields"].get("key"))
    else:
        control.value = values.folded(row["plain"])
    return control


def _not_itself(controls: list[Control], key: str | None) -> None:
    """A row does not refer to itself, unless it does already."""
    for control in controls:
        if control.refers and control.choices and control.kind == "refs":
            control.choices = [one for one in control.choices if one[0] != key or one[2]]


def _numbered(rows: list, is_blank) -> list[tuple[int, int, Any]]:
    """(index in the form, index in the file, row): rows in which nothing stands are not in the file."""
    number, found = 0, []
    for index, row in enumerate(rows):
        found.append((index, number, row))
        number += not is_blank(row)
    return found


def _ends(rows: list[Control]) -> None:
    if rows:
        rows[0].first = rows[-1].last = True


def _references(one: Field, typed: Any, around: Around) -> list[Choice]:
    chosen = [typed] if isinstance(typed, str) else typed
    rows = list(around.rows.get(one.refers, ()))
    known = {key for key, _ in rows}
    rows += [(key, GONE) for key in chosen if key and key not in known]
    return [(key, words, key in chosen) for key, words in rows]


def _node(node: conditions.Node, id: str, at: str, around: Around) -> Control:
    control = Control("node", id, at, Text(zh="条件", en="condition"), value=node)
    if node["kind"] != "field":
        control.of = [_node(part, f"{id}-{index}", at, around) for index, part in enumerate(node["parts"])]
        _ends(control.of)
        return control
    question = around.questions.get(node["field"])
    shown = node["op"]
    listed = [(key, one.label, key == node["field"]) for key, one in around.questions.items()]
    if node["field"] and question is None:
        listed.append((node["field"], GONE, True))
    control.choices = listed
    control.of = [_operators(question, shown, id, at), _compared(question, node, id, at)]
    return control


def _operators(question: conditions.Question | None, shown: str, id: str, at: str) -> Control:
    ordered = question is None or question.type in (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE)
    offered = [one for one in Operator if ordered or one not in ORDERED or one == shown]
    words = [(one.value, GIVEN if one is Operator.GIVEN else OPERATORS[one], one == shown) for one in offered]
    return Control("node", f"{id}-o", at, Text(zh="比较方式", en="comparison"), choices=words)


def _compared(question: conditions.Question | None, node: conditions.Node, id: str, at: str) -> Control:
    """What a comparison compares with, as the question would be answered."""
    several, typed = node["op"] == Operator.IN, node["value"]
    offered: list[tuple[str, Text]] = []
    if question is not None and question.type in CHOOSING:
        offered = list(question.options)
    elif question is not None and question.type == FieldType.YES_NO:
        offered = list(MAYBE)
    kind = "none" if node["op"] == Operator.GIVEN else "line"
    if offered and kind != "none":
        offered += [(one, Text(zh=one)) for one in typed if one not in dict(offered)]
        kind = "choices" if several else "choice"
    elif several and kind != "none":
        kind = "area"
    label = Text(zh="比较的内容", en="compared with")
    return Control(kind, f"{id}-v", at, label, value=typed, choices=[(value, words, value in typed) for value, words in offered])


def _nearest(found: Mapping[str, Control], at: str) -> Control | None:
    while at:
        if at in found:
            return found[at]
        at = at.rpartition("/")[0]
    return None
