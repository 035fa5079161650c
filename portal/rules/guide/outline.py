"""rules/guide: a guide file as a tree of elements in words, in the order of the file, each with its label and its place.

What staff read when they read element by element: remarks and findings are tied to its places, and two of these trees
are compared. What is at its default, and what only programs read, has no line.
"""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from portal.rules import conditions
from portal.rules.conditions import All, Any_, Comparison, Not
from portal.rules.guide.codes import Listed
from portal.rules.guide.document import GuideFile, Variant
from portal.rules.guide.elements import label
from portal.rules.guide.errors import pointer
from portal.rules.guide.forms import Option
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Model, Text

UNREAD = frozenset({"schema_version", "key"})
NAMES = ("name", "title", "label", "law", "question", "kind", "reason", "place_name", "season", "body")
"""What a row is called: the first of these that it has."""
KEYS = ("key", "value", "place", "law")
"""What a row is known by when two revisions are compared, if it has one."""
YES, NO = Text(zh="是", en="Yes"), Text(zh="否", en="No")
IN_ENGLISH = Text(zh="{}（英文）", en="{} (English)")


@dataclass(frozen=True)
class Node:
    """An element: a value in words, or a group or a row with elements of its own. `at` is its JSON Pointer; a row has an
    `identity`, and a list of rows says so."""

    at: str
    label: Text
    value: Text | None = None
    name: Text | None = None
    identity: tuple[str, ...] = ()
    listed: bool = False
    children: tuple["Node", ...] = ()

    def leaves(self) -> Iterator["Node"]:
        """Every value below, in order, the node's own first."""
        if self.value is not None:
            yield self
        for child in self.children:
            yield from child.leaves()

    def every(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.every()


@dataclass(frozen=True)
class _Words:
    """The names by which a guide's keys are said: its questions in conditions, a variant's stages and results."""

    labels: Mapping[str, Text] = field(default_factory=dict)
    options: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)


def outline(file: GuideFile) -> Node:
    """The tree of the file."""
    words = _Words(file.guide.labels(), file.guide.option_labels())
    return Node("", Text(zh="指南文件", en="the guide file"), children=tuple(_fields(file, (), "", words)))


def chain(root: Node, at: str) -> list[Node]:
    """The nodes that lead from below the root to the place, or as near to it as the tree goes: for what is missing, the
    group where it belongs. The unnamed guide itself is left out."""
    found, node = [], root
    while child := next((one for one in node.children if at == one.at or at.startswith(one.at + "/")), None):
        if child.at != "/guide":
            found.append(child)
        node = child
    return found


def called(nodes: list[Node]) -> Text:
    """A place in words: 情形“新办” › 材料“身份证” › 材料名称."""
    shown = [node for node in nodes if node is nodes[-1] or not (node.listed or node.value)]
    said = [(_called(node, "zh-Hans"), _called(node, "en")) for node in shown]
    return Text(zh=" › ".join(zh for zh, _ in said) or "整份指南", en=" › ".join(en for _, en in said) or "the whole guide")


def exists(root: Node, at: str) -> bool:
    """Whether the tree has an element at just that place."""
    return any(node.at == at for node in root.every())


def _called(node: Node, locale: str) -> str:
    said = node.label.said(locale)
    if node.name is None:
        return said
    return f"{said} “{node.name.said(locale)}”" if locale == "en" else f"{said}“{node.name.zh}”"


def _fields(model: Model, loc: tuple, path: str, words: _Words) -> Iterator[Node]:
    if isinstance(model, Variant):
        words = replace(words, names={row.key: row.name for row in (*model.stages, *model.results)})
    unread = UNREAD | {"value"} if isinstance(model, Option) else UNREAD
    for name, shape in type(model).model_fields.items():
        value = getattr(model, name)
        if name in unread or value is None or value == [] or value == shape.get_default(call_default_factory=True):
            continue
        inner = f"{path}.{name}".removeprefix(".").removeprefix("guide.")
        yield from _element(value, (*loc, name), inner, label(inner), words)


def _element(value: Any, loc: tuple, path: str, said: Text, words: _Words) -> Iterator[Node]:
    at = pointer(loc)
    if isinstance(value, list) and isinstance(value[0], Model):
        rows = tuple(_row(one, (*loc, number), path, words) for number, one in enumerate(value))
        yield Node(at, said, listed=True, children=rows)
    elif isinstance(value, Limit):
        inner = [one for one in _fields(value, loc, path, words) if one.at.endswith("/explanation")]
        yield Node(at, said, value=Text(zh=value.said("zh-Hans"), en=value.said("en")), children=tuple(inner))
    elif isinstance(value, Text):
        yield Node(at, said, value=Text(zh=value.zh), children=_english(at, said, value))
    elif isinstance(value, Comparison | All | Any_ | Not):
        yield Node(at, said, value=conditions.sentence(value, words.labels, words.options))
    elif isinstance(value, Model):
        yield Node(at, said, children=tuple(_fields(value, loc, path, words)))
    else:
        yield Node(at, said, value=_said(value, loc[-1], words))


def _row(value: Model, loc: tuple, path: str, words: _Words) -> Node:
    said, at = label(path), pointer(loc)
    if isinstance(value, Text):
        return Node(at, said, value=Text(zh=value.zh), identity=(value.zh, ""), children=_english(at, said, value))
    name = next((found for one in NAMES if (found := getattr(value, one, None)) is not None), None)
    name = name if isinstance(name, Text) else name.text if isinstance(name, Listed) else Text(zh=str(name)) if name else None
    key = next((str(found) for one in KEYS if (found := getattr(value, one, None)) is not None), "")
    return Node(at, said, name=name, identity=(key, name.zh if name else ""), children=tuple(_fields(value, loc, path, words)))


def _english(at: str, said: Text, value: Text) -> tuple[Node, ...]:
    label = Text(zh=IN_ENGLISH.zh.format(said.zh), en=IN_ENGLISH.en.format(said.said("en")))
    return (Node(f"{at}/en", label, value=Text(zh=value.en)),) if value.en else ()


def _said(value: Any, name: str, words: _Words) -> Text:
    if isinstance(value, list):
        parts = [_said(one, name, words) for one in value]
        return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.said("en") for part in parts))
    if isinstance(value, Listed):
        return value.text
    if isinstance(value, bool):
        return YES if value else NO
    if name == "fen":
        return Text(zh=f"{value / 100:.2f}元", en=f"{value / 100:.2f} yuan")
    if isinstance(value, str) and value in words.names and name in ("waits_for", "produces", "to"):
        return words.names[value]
    return Text(zh=value.isoformat() if isinstance(value, date) else str(value) or "—")
