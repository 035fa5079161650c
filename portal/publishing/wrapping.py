"""publishing: how wide a text is, and where it breaks, without a font at hand.

A Chinese character is one em, anything else about 0.53; breaks fall between Chinese characters or at spaces.
"""
import unicodedata
from functools import lru_cache

NEVER_FIRST = "，。、；：？！）》」』】”’／%,.;:?!)]}"
NEVER_LAST = "（《「『【“‘([{"
SLACK = 1.1
"""A word may stand over a little before it is cut: the widths are estimates on the safe side."""


def width(text: str, size: float) -> float:
    """The width of one line in the units of `size`."""
    return size * sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.53 for sign in text)


@lru_cache(maxsize=4096)
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in lines that fit into `room`; a word longer than a line is cut."""
    lines, line = [], ""
    for piece in _pieces(text):
        if width((line + piece).rstrip(), size) <= room or not line:
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
        while width(line.rstrip(), size) > room * SLACK and len(line) > 1:
            cut = next(at for at in range(len(line), 0, -1) if at == 1 or width(line[:at], size) <= room * SLACK)
            lines.append(line[:cut])
            line = line[cut:]
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text.replace("\n", " "):
        wide = unicodedata.east_asian_width(sign) in "WF"
        joins = pieces and (
            sign in NEVER_FIRST
            or pieces[-1][-1] in NEVER_LAST
            or (not wide and unicodedata.east_asian_width(pieces[-1][-1]) not in "WF" and pieces[-1][-1] not in " -–")
        )
        if joins:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
