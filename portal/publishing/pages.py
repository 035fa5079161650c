"""publishing: templates into HTML. Plain values in, everything escaped, a missing value is an error."""
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.publishing.blocks import GuidePage, Row, Section, Words
from portal.publishing.frame import Frame

TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def environment() -> Environment:
    """The templates of page and paper, apart from Flask's and from MkDocs', which escapes nothing."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )


def guide_body(page: GuidePage, preview: bool = False) -> Markup:
    """The body of a guide's page; a preview leads nowhere, so it has no buttons."""
    return _draw("site/guide_body.html", page=page, preview=preview)


def body(template: str, **values) -> Markup:
    """The body of another page of the site: `home`, `index` or `unavailable`."""
    return _draw(f"site/{template}_body.html", **values)


def rows(held: Iterable[Row], words: Words) -> Markup:
    """Rows of facts, as the summary of a guide."""
    return environment().get_template("site/_blocks.html").module.rows(held, words.joint)


def section(part: Section, words: Words) -> Markup:
    """A section of a guide."""
    return environment().get_template("site/_guide.html").module.section(part, words)


def header(frame: Frame) -> Markup:
    return _draw("_header.html", frame=frame)


def footer(frame: Frame) -> Markup:
    return _draw("_footer.html", frame=frame)


def _draw(template: str, **values) -> Markup:
    return Markup(environment().get_template(template).render(**values))
