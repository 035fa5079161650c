"""publishing: where things lie. Paths of the public site, of the papers, and of the portal's pages it leads to."""
import re
from collections.abc import Mapping
from urllib.parse import quote

from portal.publishing.said import english

ANSWER = "a-"
"""What begins the name of an answer in the address of the page before applying, as it does in the form."""

_AT = re.compile(r"((?:en/)?guides/[^/]+)/at/[0-9A-Za-z]+/?(?:index\.html)?")


def _base(locale: str) -> str:
    return "/en/" if english(locale) else "/"


def _language(locale: str) -> str:
    # The portal keeps the language in a cookie; who comes from an English page brings the wish along.
    return "?lang=en" if english(locale) else ""


def home(locale: str) -> str:
    return _base(locale)


def page(name: str, locale: str) -> str:
    """A hand-written page or an index: `page("rights", "en")` is `/en/rights/`."""
    return f"{_base(locale)}{name}/"


def guide(slug: str, locale: str) -> str:
    return f"{_base(locale)}guides/{quote(slug)}/"


def places(slug: str, locale: str) -> str:
    """All places of a guide that has too many for its page."""
    return f"{guide(slug, locale)}places/"


def offering(slug: str, code: str, locale: str) -> str:
    """A guide as the place of this division code offers it."""
    return f"{guide(slug, locale)}at/{quote(code)}/"


def variant(slug: str, key: str, locale: str) -> str:
    """One situation of a guide that has several."""
    return f"{guide(slug, locale)}for/{quote(key)}/"


def guide_offered(path: str) -> str | None:
    """The path of the guide, of which the path in the site is that of an offering's page; None where it is of no such page."""
    found = _AT.fullmatch(path)
    return found[1] if found else None


def guides(locale: str) -> str:
    return f"{_base(locale)}guides/"


def guide_paper(slug: str, locale: str) -> str:
    """The guide in print; a paper has one address for good."""
    return f"/pdf/{quote(slug)}{'.en' if english(locale) else ''}.pdf"


def offering_paper(slug: str, code: str, locale: str) -> str:
    """The same in print; made when it is asked for."""
    return f"/pdf/{quote(slug)}.at-{quote(code)}{'.en' if english(locale) else ''}.pdf"


def one_page(slug: str, locale: str) -> str:
    """The guide on one side of one sheet."""
    return f"/pdf/{quote(slug)}.one{'.en' if english(locale) else ''}.pdf"


def checklist(slug: str, locale: str) -> str:
    """What to bring, to tick off."""
    return f"/pdf/{quote(slug)}.list{'.en' if english(locale) else ''}.pdf"


def blank_form(slug: str) -> str:
    return f"/pdf/{quote(slug)}.form.pdf"


def filled_sample(slug: str) -> str:
    return f"/pdf/{quote(slug)}.sample.pdf"


def place(code: str, locale: str) -> str:
    """The page of a place, by its division code."""
    return page(f"places/{quote(code)}", locale)


def data(name: str) -> str:
    """A file of the open data: `data("guides.json")` is `/data/guides.json`."""
    return f"/data/{quote(name)}"


def sheet(name: str) -> str:
    """A list as a workbook, which is made when it is asked for."""
    return f"/data/sheets/{quote(name)}.xlsx"


def poster(code: str, locale: str) -> str:
    """The poster of a place, by its division code; made when it is asked for."""
    return f"/pdf/place-{quote(code)}{'.en' if english(locale) else ''}.pdf"


def booklet(kind: str, name: str, locale: str) -> str:
    """The guides of a department or theme, by its part of the address, or of a place, by its division code; made when asked for."""
    return f"/pdf/booklet-{kind}-{quote(name)}{'.en' if english(locale) else ''}.pdf"


def directory(locale: str) -> str:
    """The directory of places and telephones in print; made when it is asked for."""
    return f"/pdf/places{'.en' if english(locale) else ''}.pdf"


def apply(slug: str, locale: str, place: str | None = None, answers: Mapping[str, str | bool] = {}) -> str:
    """Where an application begins; with the division code of a place, that one, or the one above that takes it in, is chosen.
    `answers` are choices that were made on the way, by the question's key."""
    chosen = f"place={quote(place)}" if place else ""
    told = [f"{ANSWER}{key}={quote(str(value).lower() if isinstance(value, bool) else value)}" for key, value in answers.items()]
    asked = "&".join(part for part in (_language(locale).removeprefix("?"), chosen, *told) if part)
    return f"/apply/{quote(slug)}{'?' if asked else ''}{asked}"


def report(slug: str, locale: str, element: str = "") -> str:
    """Where a reader says what is wrong with a guide; `element` is the place in it, as `queries.reports` names it."""
    asked = "&".join(part for part in (_language(locale).removeprefix("?"), f"element={quote(element, safe=':/')}" if element else "") if part)
    return f"/report/{quote(slug)}{'?' if asked else ''}{asked}"


def track(locale: str) -> str:
    return f"/track{_language(locale)}"


def search(locale: str) -> str:
    return f"/search{_language(locale)}"
