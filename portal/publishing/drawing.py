"""publishing: boxes and lines as an SVG that stays legible on a phone 360 px wide.

Graphviz finds the places, in process; the SVG is written here, so that it holds nothing but boxes, lines and
escaped text, and the same input gives the same bytes. Colours are attributes in the SVG itself: papers ignore the
style sheet of their page there, and a page with a strict policy needs no hash for them.
"""
import json
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import pairwise

import pygraphviz

from portal.publishing.wrapping import width, wrap

WIDEST = 355
"""User units. A phone of 360 px leaves 328 for the picture: 13 units of type are 12 px there."""
BOX_WIDTHS = (200, 164, 132, 108, 96)
LABEL_ROOM = 72
NARROW = 110
GAP = 8.6
NAME_SIZE, SMALL_SIZE, LEADING, PADDING = 15, 13, 1.35, 7
FONTS = "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,WenQuanYi Zen Hei,sans-serif"
PAINT = {  # fill, line, type, dashes
    "plain": ("#ffffff", "#14466b", "#1d2730", ""),
    "special": ("#fff6e0", "#8a5a00", "#1d2730", "5 3"),
    "conditional": ("#ffffff", "#14466b", "#1d2730", "5 3"),
    "start": ("#14466b", "#14466b", "#ffffff", ""),
    "granted": ("#e3f1e8", "#1a6b3c", "#14532d", ""),
    "ended": ("#f3f4f6", "#52606d", "#1d2730", ""),
    "done": ("#e3f1e8", "#1a6b3c", "#14532d", ""),
    "current": ("#14466b", "#14466b", "#ffffff", ""),
    "waiting": ("#ffffff", "#6b7a88", "#1d2730", ""),
    "skipped": ("#f3f4f6", "#6b7a88", "#52606d", "2 3"),
}
ARROWS = {"on": "#52606d", "back": "#8a5a00"}
_graphviz = threading.Lock()  # the library keeps state of its own and is not safe for threads


@dataclass(frozen=True)
class Box:
    key: str
    classes: str
    paint: str
    name: str
    small: tuple[str, ...] = ()
    end: bool = False


@dataclass(frozen=True)
class Line:
    tail: str
    head: str
    classes: str
    label: str = ""
    back: bool = False
    side: bool = False
    """The head stands beside the tail where there is room."""


@dataclass(frozen=True)
class Chart:
    """What is to be drawn: plain and hashable, so that the same drawing is made once."""

    title: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Shape:
    """A box with its lines of type and its size."""

    box: Box
    size: float
    name: tuple[str, ...]
    small: tuple[str, ...]
    width: float
    height: float


@lru_cache(maxsize=1024)
def drawn(chart: Chart, prefix: str) -> str:
    """The chart as an SVG element; every id begins with `prefix`."""
    chart, shapes, placed = _placed(chart)
    high = placed["high"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-labelledby="{prefix}-title"'
        f' viewBox="0 0 {_n(placed["wide"])} {_n(high)}" width="{_n(placed["wide"])}" height="{_n(high)}">'
        f'<title id="{prefix}-title">{escape(chart.title)}</title>'
        + "".join(
            f'<marker id="{prefix}-{name}" viewBox="0 0 8 6" refX="8" refY="3" markerWidth="8" markerHeight="6"'
            f' orient="auto"><path d="M0,0L8,3L0,6z" fill="{colour}"/></marker>'
            for name, colour in ARROWS.items() if name == "on" or any(line.back for line in chart.lines)
        )
        + f'<g font-family="{FONTS}" font-size="{SMALL_SIZE}" text-anchor="middle">'
    ]
    for kind, colour in ARROWS.items():
        drawn_lines = [
            _line(line, placed["lines"][number], high, colour)
            for number, line in enumerate(chart.lines) if number in placed["lines"] and line.back == (kind == "back")
        ]
        if drawn_lines:
            dash = ' stroke-dasharray="4 3"' if kind == "back" else ""
            parts.append(f'<g fill="none" stroke="{colour}"{dash} marker-end="url(#{prefix}-{kind})">')
            parts += [path for path, _ in drawn_lines]
            parts += ["</g>", *(label for _, label in drawn_lines)]
    for number, shape in enumerate(shapes):
        parts.append(_box(shape, placed["boxes"][number], high, f"{prefix}-{shape.box.key}"))
    return "".join(parts) + "</g></svg>"


def _placed(chart: Chart) -> tuple[Chart, list[_Shape], dict]:
    """The first layout that fits: wide boxes before narrow ones, three side by side before two before one, and lines
    that lead back drawn before they are only written into their boxes."""
    best = None
    for per_row, one in ((3, chart), (3, _back_written(chart)), (2, _back_written(chart)), (1, _back_written(chart))):
        rows, across = _rows(one, per_row)
        rooms = [room for room in BOX_WIDTHS if across * (room + GAP) <= WIDEST] or BOX_WIDTHS[-1:]
        for room in rooms:
            shapes = [_shape(box, room) for box in one.boxes]
            placed = _graph(one, shapes, rows)
            if placed["wide"] <= WIDEST:
                return one, shapes, placed
            if best is None or placed["wide"] < best[2]["wide"]:
                best = (one, shapes, placed)
    return best


def _back_written(chart: Chart) -> Chart:
    names = {box.key: box.name for box in chart.boxes}
    written = {box.key: [f"{line.label} → {names[line.head]}" for line in chart.lines if line.back and line.tail == box.key]
               for box in chart.boxes}
    return replace(
        chart,
        boxes=tuple(replace(box, small=(*box.small, *written[box.key])) for box in chart.boxes),
        lines=tuple(line for line in chart.lines if not line.back),
    )


def _shape(box: Box, room: float) -> _Shape:
    room = min(room, 108) if box.end else room
    inner = room - 2 * PADDING
    size = NAME_SIZE if room > NARROW or box.end else SMALL_SIZE
    name = wrap(box.name, size, inner)
    small = tuple(line for text in box.small for line in wrap(text, SMALL_SIZE, inner))
    widest = max(
        [width(line, size) * 1.04 for line in name] + [width(line, SMALL_SIZE) for line in small]
    )
    high = LEADING * (size * len(name) + SMALL_SIZE * len(small)) + 2 * PADDING
    return _Shape(box, size, name, small, min(room, widest + 2 * PADDING) if box.end else room, max(high, 36))


def _rows(chart: Chart, per_row: int) -> tuple[list[list[str]], int]:
    """Stages that would stand side by side, in even rows of at most `per_row`, where they do not fit in one; and how
    many then stand side by side at most."""
    ends = {box.key for box in chart.boxes if box.end}
    forward = [(line.tail, line.head) for line in chart.lines if not line.back and not line.side]
    beside = {line.head for line in chart.lines if line.side}
    rank = {box.key: 0 for box in chart.boxes}
    for _ in chart.boxes:
        for tail, head in forward:
            rank[head] = max(rank[head], min(rank[tail] + 1, len(chart.boxes)))
    levels: dict[int, list[str]] = {}
    for box in chart.boxes:
        if box.key not in beside:
            levels.setdefault(rank[box.key], []).append(box.key)
    rows, across = [], 1
    for keys in levels.values():
        count = -(-len(keys) // per_row)
        size = -(-len(keys) // count)
        across = max(across, min(size, len(set(keys) - ends)))
        if count > 1:
            rows.append([])  # rows of different levels do not follow one another
            rows += [keys[at:at + size] for at in range(0, len(keys), size)]
    return rows, across


def _graph(chart: Chart, shapes: list[_Shape], rows: list[list[str]]) -> dict:
    number = {shape.box.key: at for at, shape in enumerate(shapes)}
    dot = ["digraph{nodesep=0.12;ranksep=0.28;node[shape=box,fixedsize=true,label=\"\"];edge[arrowsize=0.6];"]
    dot += [f"n{at}[width={shape.width / 72:.4f},height={shape.height / 72:.4f}];" for at, shape in enumerate(shapes)]
    for at, line in enumerate(chart.lines):
        marks = [f'id="{at}"']
        if line.label:
            # Graphviz knows no Chinese font here: it is told the size of the label instead of the label.
            label = wrap(line.label, SMALL_SIZE, LABEL_ROOM)
            wide = max(width(part, SMALL_SIZE) for part in label) + 6
            room = f'WIDTH="{wide:.0f}" HEIGHT="{LEADING * SMALL_SIZE * len(label):.0f}"'
            marks.append(f'label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" {room}><TR><TD></TD></TR></TABLE>>')
        if line.back:
            marks.append("constraint=false")
        elif not line.side:
            marks.append("weight=4")
        dot.append(f"n{number[line.tail]}->n{number[line.head]}[{','.join(marks)}];")
        if line.side:
            dot.append(f"{{rank=same;n{number[line.tail]};n{number[line.head]}}}")
    for upper, lower in pairwise(rows):
        dot.append("{rank=same;" + ";".join(f"n{number[key]}" for key in lower) + "}")
        if upper and lower:
            dot.append(f"n{number[upper[0]]}->n{number[lower[0]]}[style=invis,weight=0];")
    with _graphviz:
        answer = json.loads(pygraphviz.AGraph(string="".join(dot) + "}").draw(format="json0", prog="dot"))
    left, bottom, right, top = (float(part) for part in answer["bb"].split(","))
    return {
        "wide": right - left + 4,
        "high": top - bottom + 4,
        "boxes": {int(node["name"][1:]): _points(node["pos"])[0] for node in answer["objects"] if "pos" in node},
        "lines": {int(edge["id"]): edge for edge in answer.get("edges", ()) if "id" in edge},
    }


def _points(text: str) -> list[tuple[float, float]]:
    return [tuple(float(part) for part in point.split(",")[-2:]) for point in text.split()]


def _n(value: float) -> str:
    # Whole units: half a unit is not seen, and digits are what does not compress.
    return f"{value:.0f}"


def _line(line: Line, edge: dict, high: float, colour: str) -> tuple[str, str]:
    """The path and its label."""
    points = [(x + 2, high - 2 - y) for x, y in _points(edge["pos"])]
    tip, (start, *curve) = points[0], points[1:]
    across = [abs(point[0] - start[0]) for point in (*curve, tip)]
    down = [abs(point[1] - start[1]) for point in (*curve, tip)]
    if max(across) < 1:
        path = f"M{_n(start[0])},{_n(start[1])}V{_n(tip[1])}"
    elif max(down) < 1:
        path = f"M{_n(start[0])},{_n(start[1])}H{_n(tip[0])}"
    else:
        path = _curve([(round(x), round(y)) for x, y in (start, *curve, tip)])
    text = ""
    if line.label:
        x, y = _points(edge["lp"])[0]
        rows = wrap(line.label, SMALL_SIZE, LABEL_ROOM)
        top = high - 2 - y - LEADING * SMALL_SIZE * len(rows) / 2
        spans = "".join(
            f'<tspan x="{_n(x + 2)}" y="{_n(top + SMALL_SIZE * (LEADING * at - 0.32))}">{escape(row)}</tspan>'
            for at, row in enumerate(rows, 1)
        )
        text = f'<text fill="{colour}">{spans}</text>'
    return f'<path class="{line.classes}" d="{path}"/>', text


def _curve(points: list[tuple[int, int]]) -> str:
    """From the first point by threes to the last but one, straight to the last; by steps, whose digits are few."""
    (x, y), steps = points[0], []
    for at in range(1, len(points) - 1, 3):
        steps += [f"{px - x},{py - y}" for px, py in points[at:at + 3]]
        x, y = points[at + 2]
    last = points[-1]
    return f"M{points[0][0]},{points[0][1]}c{' '.join(steps)}l{last[0] - x},{last[1] - y}".replace(" -", "-")


def _box(shape: _Shape, centre: tuple[float, float], high: float, name: str) -> str:
    fill, stroke, ink, dashes = PAINT[shape.box.paint]
    corner = min(16, shape.height / 2) if shape.box.end else 4
    top = -LEADING * (shape.size * len(shape.name) + SMALL_SIZE * len(shape.small)) / 2
    rows = []
    for text in shape.name:
        top += shape.size * LEADING
        place = f'x="0" y="{_n(top - shape.size * 0.32)}"'
        rows.append(f'<tspan {place} font-size="{shape.size}" font-weight="600">{escape(text)}</tspan>')
    for text in shape.small:
        top += SMALL_SIZE * LEADING
        rows.append(f'<tspan x="0" y="{_n(top - SMALL_SIZE * 0.32)}">{escape(text)}</tspan>')
    frame = (
        f'<rect x="{_n(-shape.width / 2)}" y="{_n(-shape.height / 2)}" width="{_n(shape.width)}"'
        f' height="{_n(shape.height)}" rx="{_n(corner)}" fill="{fill}" stroke="{stroke}"'
        + (f' stroke-dasharray="{dashes}"' if dashes else "")
        + (' stroke-width="2.5"' if shape.box.paint == "current" else "") + "/>"
    )
    return (
        f'<g id="{name}" class="{shape.box.classes}" transform="translate({_n(centre[0] + 2)},{_n(high - 2 - centre[1])})">'
        f'{frame}<text fill="{ink}">{"".join(rows)}</text></g>'
    )
