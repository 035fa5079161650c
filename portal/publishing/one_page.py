"""publishing: a guide on one side of one sheet: what everybody asks first, then what there is room for.

The rule for a guide that is too long, in this order: smaller type, never below nine points; then what is asked least is left out,
part by part; then lists and long texts keep their beginnings. What is left out is named at the foot, with the address of all.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portal.publishing.blocks import Facts, GuidePage, Row, Section, row
from portal.publishing.said import Said, english

CUTS = ((8, 200, 8), (5, 90, 5), (3, 45, 3), (1, 30, 0))
"""How many entries a list keeps, how many characters a text, how many situations a row; each shorter than the one before."""
LONG = 2
"""An English text takes about so many times the letters."""


@dataclass(frozen=True)
class OnePage:
    """`left_out` names what had no room; `cut` says that texts stand with their beginnings alone."""

    page: GuidePage
    rows: tuple[Row, ...]
    parts: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    cut: bool = False


def one_page(page: GuidePage) -> list[OnePage]:
    """The guide from everything that a sheet may hold down to what every sheet does; `page` is the guide in print."""
    page = leading_out(page)
    parts = _parts(page)
    order = [key for key in ("questions", "errors", "must", "how", "steps", "contact") if key in parts]
    shown = list(parts)
    found = [OnePage(page, page.summary, tuple(parts.values()))]
    for key in order:
        shown.remove(key)
        gone = tuple(str(parts[one].title) for one in parts if one not in shown)
        found.append(OnePage(page, page.summary, tuple(parts[one] for one in shown), gone))
    shortest = replace(found[-1], cut=True)
    for entries, letters, groups in CUTS:
        letters *= LONG if english(page.locale) else 1
        found.append(replace(shortest, page=_headed(page, letters), rows=tuple(_cut(one, entries, letters, groups, page) for one in page.summary)))
    return found


def leading_out(page: GuidePage) -> GuidePage:
    """The page where what it leads to stands on no sheet beside it: the links of its summary lead to the web."""
    return replace(page, summary=tuple(_led(one, page.address) for one in page.summary))


def _led(one: Row, address: str) -> Row:
    """The row with its links into the guide leading to the page of all."""
    def led(said: Said) -> Said:
        return replace(said, href=address + said.href) if said.href and said.href.startswith("#") else said

    return replace(one, values=tuple(led(said) for said in one.values),
                   groups=tuple((name, tuple(led(said) for said in values)) for name, values in one.groups))


def _parts(page: GuidePage) -> dict[str, Section]:
    """What follows the summary, in its order on the sheet, as far as the guide has it."""
    known = {one.key: one for one in _all(page.sections)}
    found = {}
    if steps := _steps(page, known):
        found["steps"] = steps
    for key in ("how", "must", "errors", "questions", "contact"):
        if key in known and (part := _brief(known[key], key)):
            found[key] = part
    return found


def _steps(page: GuidePage, known: dict[str, Section]) -> Section | None:
    """The stages in a line, for each situation; those of several with the same stages stand once."""
    rows: dict[tuple, list[Said]] = {}
    for whole in page.sections:
        for part in ([*whole.sections] if whole.folds else [whole]):
            for flow in (one for one in part.blocks if one.kind == "flow"):
                line = tuple(_step(step, page) for step in flow.steps)
                rows.setdefault(line, []).append(whole.title)
    if not rows:
        return None
    title = next(part.title for part in known.values() if any(one.kind == "flow" for one in part.blocks))
    comma = page.words.joint
    return Section("steps", title, tuple(
        Facts((Row(comma.join(str(one) for one in names) if len(rows) > 1 else str(title), (Said(" → ".join(line)),)),)) for line, names in rows.items()))


def _step(step, page: GuidePage) -> str:
    told = [str(one) for one in (step.limit,) if one]
    return f"{step.name}{page.words.open}{page.words.comma.join(told)}{page.words.close}" if told else str(step.name)


def _brief(part: Section, key: str) -> Section:
    """A part without what lies below it; of the ways to apply the first rows, of the contacts those below the heading."""
    if key == "contact":
        return replace(part, sections=tuple(replace(one, sections=()) for one in part.sections))
    if key == "how":
        held = [row for one in part.blocks if one.kind == "facts" for row in one.rows[:6]]
        return replace(part, blocks=tuple(Facts(tuple(held[at:at + 3])) for at in range(0, len(held), 3)), sections=())
    return replace(part, sections=())


def _cut(one: Row, entries: int, letters: int, groups: int, page: GuidePage) -> Row:
    whole = Said("见指南全文" if not english(page.locale) else "see the whole guide")
    if one.groups:
        kept = tuple((_short(name, letters), tuple(_short(said, letters) for said in values[:entries])) for name, values in one.groups[:groups])
        rest = (whole,) if len(one.groups) > groups else ()
        return replace(one, groups=(*kept, *((Said("…"), rest) for _ in rest))) if kept else row(one.label, whole)
    rest = (whole,) if len(one.values) > entries else ()
    return replace(one, values=(*(_short(said, letters) for said in one.values[:entries]), *rest))


def _headed(page: GuidePage, letters: int) -> GuidePage:
    """The page with a head that has its room: a lead cut as other texts are, few other names."""
    return replace(page, title=_short(page.title, 3 * letters), lead=_short(page.lead, letters) if page.lead else None, aliases=())


def _short(said: Said, letters: int) -> Said:
    return replace(said, text=f"{said.text[:letters]}…") if len(said.text) > letters else said


def _all(sections: Iterable[Section]) -> Iterator[Section]:
    for one in sections:
        yield one
        yield from _all(one.sections)
