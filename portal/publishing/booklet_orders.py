"""publishing: booklets that were asked for and are not made yet, a small file each. Who asks again meanwhile finds the order and how
far it is; the worker makes them one after another, and an order outlives whoever was at it.
"""
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.publishing import disk
from portal.publishing.booklet_kinds import WAYS

NAMED = re.compile(r"pdf/booklet-(department|theme|place)-([0-9a-z-]+?)(\.en)?\.pdf")
ENDING = ".json"


@dataclass(frozen=True)
class Order:
    """A booklet by its kind, its name and its language; `done` of `number` chapters are printed, or `failed` says in both languages
    why it cannot be made."""

    kind: str
    name: str
    locale: str
    done: int = 0
    number: int = 0
    failed: tuple[str, str] | None = None

    @property
    def path(self) -> str:
        """Its address in the site."""
        return f"pdf/booklet-{self.kind}-{self.name}{'.en' if self.locale == 'en' else ''}.pdf"


def named(path: str) -> Order | None:
    """The booklet that lies at this path in the site, or None where none may."""
    found = NAMED.fullmatch(path)
    return Order(found[1], found[2], "en" if found[3] else "zh-Hans") if found else None


def page_of(order: Order) -> str:
    """The page of the site beside which the booklet stands; there is a booklet only where there is the page."""
    return f"{WAYS[order.kind]}/{order.name}/index.html"


def place(order: Order, kept: Path) -> Order:
    """Orders the booklet, or gives the order that there is. One that failed is told once and may be placed again."""
    file = _file(order, kept)
    told = _read(file)
    if told is None:
        write(order, kept)
    elif told.failed:
        file.unlink(missing_ok=True)
    return told or order


def open_orders(kept: Path) -> Iterator[Order]:
    """The orders that nobody has fulfilled, oldest first."""
    files = sorted(((file.stat().st_mtime, file.name, file) for file in _folder(kept).glob(f"*{ENDING}")), key=lambda row: row[:2])
    for _, _, file in files:
        told = _read(file)
        if told and not told.failed:
            yield told


def write(order: Order, kept: Path) -> None:
    """How far the order is, in one stroke."""
    disk.keep(_file(order, kept), json.dumps(asdict(order), ensure_ascii=False).encode())


def cross_out(order: Order, kept: Path) -> None:
    _file(order, kept).unlink(missing_ok=True)


def _read(file: Path) -> Order | None:
    try:
        told = json.loads(file.read_text("utf-8"))
        return Order(**{**told, "failed": tuple(told["failed"]) if told["failed"] else None})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _file(order: Order, kept: Path) -> Path:
    return _folder(kept) / f"{Path(order.path).stem}{ENDING}"


def _folder(kept: Path) -> Path:
    return kept / "booklets" / "orders"
