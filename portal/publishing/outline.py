"""publishing: the outline of a built site, a file in it: what it was made from, so that the next change knows what it touches.

It names the county and the code by a digest, every guide by what its card was made from and the pages it has, and
everything else by a digest of what it says.
"""
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic_core import from_json, to_json

from portal.publishing import addresses
from portal.publishing.cards import EN, ZH, pair
from portal.publishing.edition import Edition

NAME = "outline.json"
TEMPLATES = Path(__file__).parents[2] / "templates"
RULES = Path(__file__).parents[1] / "rules"
THEME = Path(__file__).parents[2] / "site_docs" / "theme"


@dataclass
class Outline:
    """`written` are the addresses of the hand-written pages, `fronts` title, description and words of the front ones. `guides`
    has under the guide's address its key and its pages, as `tails` writes them; `notices` the addresses of the pages."""

    around: str
    written: list[str] = field(default_factory=list)
    beside: str = ""
    """A digest of all that the pages beside the guides say."""
    front: str = ""
    fronts: dict[str, list[str]] = field(default_factory=dict)
    guides: dict[str, tuple[str, str]] = field(default_factory=dict)
    notices: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


    def told(self) -> bytes:
        """The file."""
        return to_json({name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in sorted(vars(self).items())}) + b"\n"


def read(folder: Path) -> Outline | None:
    """The outline of the site in the folder; None where it has none, or one of another release."""
    try:
        return Outline(**from_json((folder / NAME).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def tails(slug: str, paths: Iterable[str]) -> str:
    """The addresses of a guide's pages in a few characters: a district has tens of thousands. Each stands once, for both
    languages, without what all begin with; the guide's own page is the dot."""
    base = addresses.guide(slug, ZH)
    return " ".join(path.removeprefix(base) or "." for path in paths if path.startswith(base))


def paths(slug: str, tails: str) -> list[str]:
    """The addresses again."""
    return [base + ("" if tail == "." else tail) for base in (addresses.guide(slug, ZH), addresses.guide(slug, EN)) for tail in tails.split()]


_around: tuple[Edition, str] | None = None
"""The last county whose digest was asked for: mostly the next change finds it as it was."""


def around(edition: Edition) -> str:
    """A digest of what every page may say that stands in no guide: the county, and the code and templates that draw it."""
    global _around
    county = edition.around()
    if _around is None or not _same(_around[0], county):
        _around = county, _digest(county)
    return _around[1]


def _same(one: Edition, other: Edition) -> bool:
    return one.places is other.places and one.departments is other.departments and replace(one, notes={}) == replace(other, notes={})


def _digest(edition: Edition) -> str:
    tables: dict[int, str] = {}
    """Timetables in words, each once: many places share one."""
    places = []
    for code, one in sorted(edition.places.items()):
        if id(one.hours) not in tables:
            tables[id(one.hours)] = repr(one.hours)
        places.append((code, *map(pair, (one.name, one.centre, one.address)), one.name.en, one.centre and one.centre.en, one.telephone, one.tier,
                       one.parent, one.partner, tables[id(one.hours)]))
    told = repr((edition.authority, edition.public_url, edition.telephone, edition.complaints, edition.notice, edition.sample,
                 [(name, text.zh, text.en) for name, text in sorted(edition.departments.items())], places))
    return hashlib.sha256(f"{told} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    files = [*Path(__file__).parent.glob("*.py"), *RULES.rglob("*.py"), *TEMPLATES.glob("_*.html"), *(TEMPLATES / "site").glob("*.html"), *THEME.rglob("*.html"),
             Path(__file__).parents[1] / "static" / "banshi.css"]
    for file in sorted(files):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
