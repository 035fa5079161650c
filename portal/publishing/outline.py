"""publishing: the outline of a built site, a file in it: what it was made from, so that the next change knows what it touches.

It names the county and the code by a digest, every guide by what its card was made from and the pages it has, and
everything else by a digest of what it says.
"""
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from portal.publishing.edition import Edition

NAME = "outline.json"
TEMPLATES = Path(__file__).parents[2] / "templates"
THEME = Path(__file__).parents[2] / "site_docs" / "theme"


@dataclass
class Outline:
    """`written` are the addresses of the hand-written pages, `fronts` title, description and words of the front ones; `guides` and `notices` have under the guide's address its key
    and the addresses of its pages."""

    around: str
    written: list[str] = field(default_factory=list)
    front: str = ""
    fronts: dict[str, list[str]] = field(default_factory=dict)
    guides: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    notices: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


    def told(self) -> bytes:
        """The file."""
        return (json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def read(folder: Path) -> Outline | None:
    """The outline of the site in the folder; None where it has none, or one of another release."""
    try:
        return Outline(**json.loads((folder / NAME).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def around(edition: Edition) -> str:
    """A digest of what every page may say that stands in no guide: the county, and the code and templates that draw it."""
    county = edition.around()
    told = repr((county.authority, county.public_url, county.telephone, county.complaints, county.notice, county.sample,
                 sorted(county.departments.items()), sorted(county.places.items())))
    return hashlib.sha256(f"{told} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    files = [*Path(__file__).parent.glob("*.py"), *TEMPLATES.glob("_*.html"), *(TEMPLATES / "site").glob("*.html"), *THEME.rglob("*.html"),
             Path(__file__).parents[1] / "static" / "banshi.css"]
    for file in sorted(files):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
