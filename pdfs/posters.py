"""pdfs: the poster of a place, one A3 sheet for its wall, set as large as what it says allows.

Columns are filled here and not by the layout engine, which takes many times as long to balance them.
"""
from collections.abc import Iterator, Mapping
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from pypdf import PdfReader

from pdfs import engine
from pdfs.pictures import qr

WIDTH, ROOM = 269, 280
"""Millimetres between the margins, and a little more than between head and foot: whether it fits, the layout says."""
POINT = 0.353
"""Millimetres."""


class Size(NamedTuple):
    """A size of type in points, which is also a class of `css/poster.css`, and how many columns it stands in."""

    points: int
    columns: int

    def height(self, name: str, facts: str) -> float:
        """About how high a line with its facts is, in millimetres."""
        em, width = self.points * POINT, WIDTH / self.columns - 8
        return em * (1.35 * ceil(_ems(name) * em / width) + 0.9 * ceil(_ems(facts) * 0.68 * em / width) + 0.3)

    @property
    def heading(self) -> float:
        return self.points * POINT * 1.75


SIZES = (Size(40, 1), Size(34, 1), Size(29, 1), Size(24, 2), Size(21, 2), Size(18, 2), Size(16, 2), Size(14, 2), Size(14, 3), Size(13, 3), Size(12, 3),
         Size(12, 4), Size(11, 4), Size(10, 4), Size(9, 4), Size(8, 4))


def render(poster: Mapping[str, Any]) -> bytes:
    """The PDF of a poster, always one page. `poster` has the values of `templates/print/poster.html`; `groups` is what it
    lists, `fewer` what it lists where there is no room for that: titles with themes, themes with lines of a name and its
    facts. Raises PressProblem where even that needs more than a page, and NoGlyph: no wall shows a box in a name."""
    picture = qr(poster["address"])
    for groups in (poster["groups"], poster["fewer"]):
        for size in SIZES:
            laid = [{"title": group["title"], "columns": _columns(group["themes"], size)} for group in groups]
            if sum(_height(group, size) for group in laid) > ROOM:
                continue
            pdf = engine.pdf(engine.page("poster.html", {"poster": poster, "groups": laid, "qr": picture, "size": size}), ("paper", "poster"), official=True)
            if len(PdfReader(BytesIO(pdf)).pages) == 1:
                return pdf
    raise engine.PressProblem(f"“{poster['title']}”的海报一张纸放不下。 The poster of {poster['title']} does not fit on one sheet.")


def _columns(themes: list[dict], size: Size) -> list[list[dict]]:
    """The themes in columns of about the same height, in their order; a long theme goes on in the next column."""
    parts = [part for theme in themes for part in _parts(theme, size)]
    share = max(sum(high for high, *_ in parts) / size.columns, *(high for high, *_ in parts)) if parts else 0
    columns: list[list[dict]] = [[] for _ in range(size.columns)]
    at, filled = 0, 0.0
    for high, title, line in parts:
        if filled + high / 2 > share and at < size.columns - 1:
            at, filled = at + 1, 0.0
        if not columns[at] or columns[at][-1]["title"] != title:
            columns[at].append({"title": title, "lines": []})
        columns[at][-1]["lines"].append(line)
        filled += high
    return columns


def _parts(theme: dict, size: Size) -> Iterator[tuple[float, str, tuple[str, str]]]:
    for at, line in enumerate(theme["lines"]):
        yield size.height(*line) + (size.heading if at == 0 and theme["title"] else 0), theme["title"], line


def _height(group: dict, size: Size) -> float:
    columns = [sum(size.heading * bool(theme["title"]) + sum(size.height(*line) for line in theme["lines"]) for theme in column)
               for column in group["columns"]]
    return max(columns, default=0) + size.points * POINT * 1.5 + 8


def _ems(text: str) -> float:
    """How wide a text is, in its own size: letters take about half of what a Chinese character takes."""
    return sum(0.55 if sign.isascii() else 1 for sign in text)
