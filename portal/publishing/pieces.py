"""publishing: what was drawn of a guide, kept for its next drawing, so that a change costs what it touches.

A *piece* is drawn from the guide through `Seen`, which writes down what was read of it. It is drawn again where one of these
elements, or what the piece was told besides, is another. The pieces of a guide lie in one file beside the site, under a digest
of the county around them and of the code and templates that draw: others mean that all is drawn anew, and so does a file that
is missing or broken. What is kept changes no byte of a page; without a folder nothing is kept.
"""
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from portal.publishing import disk, drawing
from portal.publishing.drawing import Chart
from portal.publishing.edition import PublishedGuide
from portal.publishing.frame_cut import Frames
from portal.publishing.publications import Stage
from portal.rules.guide.text import Model

FOLDER, END = "pieces", ".json.z"
LIBRARIES = " ".join(map(version, ("jinja2", "markupsafe", "pygraphviz")))
"""Those that draw, by their versions. The rules and templates that do are in the digest of the county."""
INSIDE = frozenset({"file", "guide", "item", "access", "provenance"})
"""Parts of a guide that are always there, whose elements are read one by one; any other is read whole."""


class Seen:
    """Stands for a guide or a part of it while a piece is drawn; `read` gets the way to each element that is read.

    Raises AttributeError for what is no element, nor made of elements: a piece that asked for it would not be drawn again.
    """

    __slots__ = ("_of", "_read", "_way")

    def __init__(self, of: Any, read: set[str], way: str = ""):
        self._of, self._read, self._way = of, read, way

    def __getattr__(self, name: str) -> Any:
        of = self._of
        if name in _elements(type(of)):
            if name in INSIDE:
                return Seen(getattr(of, name), self._read, f"{self._way}{name}.")
            self._read.add(f"{self._way}{name}")
            return getattr(of, name)
        made = vars(type(of)).get(name)
        if isinstance(made, FunctionType) and not name.startswith("_"):
            return MethodType(made, self)
        raise AttributeError(f"{type(of).__name__}.{name} is not to be read while a piece is drawn")


class Piece(NamedTuple):
    """`read` are the ways to what it was drawn from, `told` a digest of that, `made` what was drawn, as JSON has it; `holds` are
    the charts in it, by name."""

    read: list[str]
    told: str
    made: Any
    holds: list[str]


@dataclass(frozen=True)
class Kept:
    """Where the pieces of guides lie, and a digest of all that they are drawn with."""

    folder: Path
    around: str

    def of(self, slug: str) -> dict[str, Piece]:
        """The pieces of a guide, by name; none where they were drawn with something else."""
        try:
            head, held = from_json(zlib.decompress((self.folder / f"{slug}{END}").read_bytes()))
            return {name: Piece(*one) for name, one in held.items()} if head == [slug, self.around] else {}
        except (OSError, ValueError, TypeError, AttributeError, zlib.error):
            return {}

    def keep(self, slug: str, pieces: dict[str, Piece]) -> None:
        with suppress(FileNotFoundError):  # a whole build sweeps just now: the next drawing keeps them
            disk.keep(self.folder / f"{slug}{END}", zlib.compress(to_json([[slug, self.around], pieces]), 1))

    def forget(self, slug: str) -> None:
        """Throws away the pieces of a guide that is gone."""
        (self.folder / f"{slug}{END}").unlink(missing_ok=True)

    def sweep(self, slugs: Iterable[str]) -> None:
        """Throws away all that is not of one of these guides."""
        names = {f"{slug}{END}" for slug in slugs}
        for file in self.folder.glob("*"):
            if file.name not in names:
                file.unlink(missing_ok=True)


class Pieces:
    """The pieces of one guide while it is drawn."""

    def __init__(self, guide: PublishedGuide, kept: Kept | None = None):
        self._guide = guide
        self._kept = kept
        self._had = kept.of(guide.slug) if kept else {}
        self._used: dict[str, Piece] = {}
        self._holds: list[str] = []
        self._elements: dict[str, bytes] = {}
        self._told: dict[int, bytes] = {}

    def drawn(self, name: str, draw: Callable[[PublishedGuide], Any], *told: Any) -> Any:
        """What `draw` makes of the guide: plain lists, texts and numbers, as JSON has them. `told` is all that it says besides
        what it reads of the guide that it is given, and besides the county."""
        for held in (self._used, self._had):
            had = held.get(name)
            if had and had.told == self._digest(had.read, told):
                for one in had.holds:
                    self._used[one] = held[one]
                self._used[name] = had
                return had.made
        read: set[str] = set()
        self._holds = []
        made = draw(Seen(self._guide, read))
        ways = sorted(read)
        self._used[name] = Piece(ways, self._digest(ways, told), made, self._holds)
        return made

    def chart(self, chart: Chart, prefix: str) -> str:
        """The chart as `drawing.drawn` draws it."""
        name = f"chart {_hash(repr((chart, prefix)).encode())}"
        piece = self._used.get(name) or self._had.get(name) or Piece([], "", drawing.drawn(chart, prefix), [])
        self._used[name] = piece
        self._holds.append(name)
        return piece.made

    def keep(self) -> None:
        """The file of the guide holds what this drawing used, and nothing else."""
        if self._kept and self._used != self._had:
            self._kept.keep(self._guide.slug, self._used)

    def _digest(self, ways: list[str], told: tuple) -> str:
        return _hash(b"".join([*map(self._element, ways), *map(self._part, told)]))

    def _element(self, way: str) -> bytes:
        if way not in self._elements:
            self._elements[way] = _short(way.encode() + to_json(attrgetter(way)(self._guide)))
        return self._elements[way]

    def _part(self, told: Any) -> bytes:
        """Of what a piece is told: parts of the guide are told again and again."""
        if not isinstance(told, Model):
            return _short(to_json(told))
        if id(told) not in self._told:
            self._told[id(told)] = _short(to_json(told))
        return self._told[id(told)]


def beside(stage: Stage, frames: Frames) -> Kept | None:
    """Where the pieces of guides lie that are drawn onto the stage in these frames; None where the stage is no site's."""
    return Kept(stage.root / FOLDER, f"{frames.around} {LIBRARIES}") if stage.root else None


@cache
def _elements(kind: type) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind)) if is_dataclass(kind) else frozenset(kind.model_fields)


def _short(told: bytes) -> bytes:
    return blake2b(told, digest_size=16).digest()


def _hash(told: bytes) -> str:
    return _short(told).hex()
