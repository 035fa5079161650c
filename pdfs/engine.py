"""pdfs: the engine. WeasyPrint, loaded when the first paper is asked for; no network; fonts checked before they fail.

One font configuration and the parsed style sheets are kept per process. Papers are tagged (PDF/UA-1), carry title
and language, and the same input gives the same bytes.
"""
import ctypes
import gc
import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates"
SHEETS = HERE / "css"
SUBSETTER = "libharfbuzz-subset.so.0"
PROBE = "办"
"""A simplified character that a Japanese or Korean font lacks."""


RARE_FONTS = "apt-get install fonts-noto-cjk fonts-hanazono"
"""The first has the characters of the state's list, the second those of Unicode's extensions A to F."""


class PressProblem(RuntimeError):
    """A paper cannot be printed: fonts or libraries are missing, or it is not whole in itself."""


class NoGlyph(PressProblem):
    """No font of this machine has these characters, so a box would stand in their place."""

    def __init__(self, characters: str):
        named = "、".join(f"{one}（U+{ord(one):04X}）" for one in characters)
        super().__init__(f"本机没有能印“{named}”的字体，文书没有印出。请运行：{RARE_FONTS}。"
                         f" No font here has {named}, so the paper was not printed. Run: {RARE_FONTS}")
        self.characters = characters


def page(template: str, values: Mapping[str, Any]) -> str:
    """The HTML of `templates/print/<template>`. A missing value is an error, and every value is escaped."""
    return environment().get_template(f"print/{template}").render(**values)


def pdf(html: str, sheets: tuple[str, ...] = ("paper",), *, official: bool = False, fields: str = "") -> bytes:
    """The PDF of a whole page, with style sheets of `pdfs/css`. Raises PressProblem where no Chinese can be printed, or a
    picture lay elsewhere; for an official paper also NoGlyph: none goes out with a box for a part of a name. With `fields`,
    a style sheet for them, inputs become fields that are filled in on screen."""
    check()
    tools = _tools()
    try:
        with boxes_printed() as boxes:
            made = tools.weasyprint.HTML(string=html, url_fetcher=tools.fetcher).write_pdf(
                font_config=tools.fonts, stylesheets=[*(_sheet(name) for name in sheets), *([_css(fields)] if fields else ())],
                pdf_variant="pdf/ua-1", pdf_forms=bool(fields),
            )
    except tools.fetching_problem as error:
        raise PressProblem(f"Error fetching: {error}") from error
    if official and boxes:
        raise NoGlyph("".join(boxes))
    return made


@cache
def environment() -> Environment:
    """The templates of the papers: everything escaped, a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )


@cache
def check() -> None:
    """Raises PressProblem where a paper would come out without its characters, or take forty times as long."""
    try:
        ctypes.CDLL(SUBSETTER)
    except OSError as error:
        raise PressProblem(
            "缺少 libharfbuzz-subset，无法生成 PDF。请运行：apt-get install libharfbuzz-subset0。"
            " libharfbuzz-subset is missing, so no PDF is made. Run: apt-get install libharfbuzz-subset0"
        ) from error
    tools = _tools()
    with boxes_printed() as boxes:
        tools.weasyprint.HTML(string=f'<html lang="zh-Hans"><p>{PROBE}', url_fetcher=tools.fetcher).write_pdf()
    if boxes:
        raise PressProblem(
            "没有中文字体，PDF 会印成方框。请运行：apt-get install fonts-wqy-zenhei。"
            " There is no Chinese font; papers would show boxes. Run: apt-get install fonts-wqy-zenhei"
        )


def make_ready() -> None:
    """Loads now what the first paper of a process would wait for: WeasyPrint, fonts, style sheets. Raises PressProblem as `pdf`."""
    pdf(f'<html lang="zh-Hans"><title>{PROBE}</title><p>{PROBE}', ("paper", "guide"))


@cache
def fingerprint() -> str:
    """What the bytes of a paper depend on besides its values: style sheets, templates, versions, fonts."""
    digest = hashlib.sha256()
    for file in sorted([*SHEETS.glob("*.css"), *(TEMPLATES / "print").glob("*.html"), *(TEMPLATES / "site").glob("_*.html")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for package in ("weasyprint", "fonttools", "pydyf", "segno"):
        digest.update(f"{package} {version(package)}\n".encode())
    digest.update("\n".join(_fonts_at_hand()).encode())
    return digest.hexdigest()


class _Tools:
    """WeasyPrint and what is made once of it."""

    def __init__(self):
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

        class Fetcher(URLFetcher):
            """Papers are made of what they are given: nothing is fetched, by no protocol."""

            def fetch(self, url, headers=None):
                if url.startswith("data:"):
                    return super().fetch(url, headers)
                raise FatalURLFetchingError(f"a paper asked for {url[:60]}")

        logging.getLogger("fontTools").setLevel(logging.WARNING)
        # A document is a hundred thousand objects that stay to its end: looking through them again and again takes a tenth of its time.
        gc.set_threshold(100_000, 20, 50)
        self.weasyprint = weasyprint
        self.fetching_problem = FatalURLFetchingError
        self.fonts = FontConfiguration()
        self.fetcher = Fetcher(allowed_protocols=["data"])


@cache
def _tools() -> _Tools:
    return _Tools()


def _sheet(name: str):
    return _css((SHEETS / f"{name}.css").read_text("utf-8"))


@lru_cache(maxsize=16)
def _css(text: str):
    tools = _tools()
    return tools.weasyprint.CSS(string=text, font_config=tools.fonts, url_fetcher=tools.fetcher)


@contextmanager
def boxes_printed() -> Iterator[dict[str, None]]:
    """The characters, in their order, for which this thread's printing finds no glyph in any font: WeasyPrint prints a box
    and says so in its log alone. Raises PressProblem where nobody would hear it."""
    found: dict[str, None] = {}
    ours = threading.get_ident()

    class Listener(logging.Handler):
        def emit(self, record):
            if record.thread == ours and ".notdef" in str(record.msg) and record.args:
                found[record.args[0]] = None

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.setLevel(logging.WARNING)
    logger.disabled = False
    if not logger.isEnabledFor(logging.WARNING):
        raise PressProblem("日志被整个关闭，缺字查不出来，没有印出。请打开日志。 All logging is off, so missing characters go unseen; "
                           "nothing was printed. Turn logging on.")
    logger.addHandler(listener)
    try:
        yield found
    finally:
        logger.removeHandler(listener)


def _fonts_at_hand() -> list[str]:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts",
               Path.home() / ".local/share/fonts")
    return sorted(f"{file.name} {file.stat().st_size}" for folder in folders if folder.is_dir()
                  for file in folder.rglob("*") if file.suffix.lower() in (".ttf", ".ttc", ".otf", ".otc"))
