"""rules/importing/sheets: what the tables say of one item, as `national` takes it, and where each of its words stood."""
from dataclasses import dataclass, field
from typing import Any

from portal.rules.guide.text import Text
from portal.rules.importing import national
from portal.rules.importing.rows import known
from portal.rules.importing.sheets import aliases, checking
from portal.rules.importing.sheets.cells import Spot, Told
from portal.rules.importing.sheets.columns import NAMES, TABLES, Meaning


@dataclass
class Item:
    """What the tables say of one item. `fields` are labels with their words, `parts` rows of tables by element; `spots` say
    where each stood."""

    at: Spot
    fields: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    places: dict[str, list[Spot]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    rows: list[tuple] = field(default_factory=list)

    @property
    def name(self) -> str | None:
        return next((said for label, said in self.fields.items() if aliases.element(label) in NAMES), None)

    @property
    def code(self) -> str | None:
        known_as = {aliases.element(label): said for label, said in self.fields.items()}
        return next((known_as[name] for name in ("基本编码", "实施编码", "业务办理项编码", "事项编码") if name in known_as), None)


def put(item: Item, one: Meaning, words: str, spot: Spot, *, again: bool) -> None:
    label = one.element if one.element and (one.element in NAMES or aliases.element(one.heading) != one.element) else one.heading
    if one.element and national.headings.exact(label) != one.element and one.element not in NAMES:
        label = one.element
    if aliases.plain(one.heading) in aliases.ADDRESS:
        label = "原文地址"
    if again and label in item.fields and item.fields[label] != words:
        if one.element in checking.THEMES:
            # One portal lists an item once under each of its themes.
            item.fields[label] = "、".join(dict.fromkeys([*item.fields[label].split("、"), words]))
            return
        if one.element is not None:
            item.told.append(Told(spot, Text(
                zh=f"与同一事项的另一行不一致：{item.spots[label].said().zh}写的是“{item.fields[label][:40]}”。请改成一致，或者给两个事项不同的编码。",
                en=f"Differs from another row of the same item: {item.spots[label].said().en} says “{item.fields[label][:40]}”. Make them alike, "
                   "or give the two items codes of their own.")))
            return
    add(item, label, words, spot)


def add(item: Item, label: str, words: str, spot: Spot) -> None:
    """Keeps words under a label; a second column of the same name gets a number, which headings do not mind."""
    name, number = label, 1
    while name in item.fields:
        if item.fields[name] == words:
            return
        number += 1
        name = f"{label}({number})"
    item.fields[name], item.spots[name] = words, spot


def add_parts(item: Item, element: str, cells: dict[Meaning, str], at: Spot) -> None:
    """A row of a part, or several where each cell has as many lines."""
    lines = {one: [line.strip() for line in words.split("\n") if line.strip()] for one, words in cells.items()}
    needed = TABLES[element][0] if element in TABLES else None
    head = next((one for one in cells if one.part == needed), None)
    count = len(lines[head]) if head is not None else 1
    together = count > 1 and all(len(found) in (count, 0) for found in lines.values())
    rows = [{one.heading: lines[one][number] for one in cells if lines[one]} for number in range(count)] if together else [
        {one.heading: words for one, words in cells.items()}]
    if element not in TABLES:
        rows = [{one.part or one.heading: words for one, words in cells.items()}]
        for row in rows:
            item.parts.setdefault(element, []).append(row)
            item.places.setdefault(element, []).append(at)
        return
    columns = TABLES[element][1]
    for row in rows:
        named = {heading if known(columns, heading) else _heading(cells, heading): words for heading, words in row.items()}
        if named in item.parts.get(element, []):
            continue
        item.parts.setdefault(element, []).append(named)
        item.places.setdefault(element, []).append(at)


def _heading(cells: dict[Meaning, str], heading: str) -> str:
    return next((one.part for one in cells if one.heading == heading and one.part), heading)
