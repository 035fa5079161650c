"""languages: Chinese first, complete English. Decides the reader's language and compiles the catalogue.

The language is the one in the address (`?lang=en`, which the site's English pages use, and which then goes along
with every link); else the cookie, set when a reader chooses a language or posts a form in one; else what the browser
asks for; else Chinese.
Catalogues are kept as text; the compiled one is made beside the data whenever the text is newer.
"""
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, request
from flask_babel import Babel, get_domain, ngettext

from portal.config import Config

ZH, EN = "zh-Hans", "en"
COOKIE = "lang"
CATALOGUE = Path(__file__).parent / "translations" / "en.po"


def current() -> str:
    """The language of this request: `zh-Hans` or `en`."""
    if "lang" not in g:
        chosen = _in_address() or request.cookies.get(COOKIE)
        g.lang = chosen if chosen in (ZH, EN) else _asked()
    return g.lang


def choose(response, language: str) -> None:
    """Keeps the reader's language on her device for a year."""
    response.set_cookie(COOKIE, language, max_age=365 * 86400, samesite="Lax", httponly=True)


def set_up(app: Flask, config: Config) -> None:
    folder = compiled(config.data / "translations")
    app.config.update(BABEL_TRANSLATION_DIRECTORIES=str(folder), BABEL_DEFAULT_LOCALE="zh_Hans")
    Babel(app, locale_selector=lambda: "en" if current() == EN else "zh_Hans", default_timezone="Asia/Shanghai")
    app.url_defaults(_go_along)
    app.after_request(_remember)
    app.jinja_env.globals.update(lang=current)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_said, ngettext, newstyle=True)


def _said(text: str) -> str:
    """A template's sentence. The Chinese is the text itself; only English is looked up."""
    return text if current() == ZH else get_domain().get_translations().ugettext(text)


def _in_address() -> str | None:
    asked = request.args.get("lang")
    return asked if asked in (ZH, EN) else None


def _go_along(endpoint: str, values: dict) -> None:
    if endpoint != "static" and request and _in_address():
        values.setdefault("lang", _in_address())


def _remember(response):
    if request.method == "POST" and _in_address() and request.endpoint != "public.language":
        choose(response, _in_address())
    return response


def compiled(folder: Path) -> Path:
    """The folder of compiled catalogues, made anew where the text is newer; two processes at once do no harm."""
    target = folder / "en" / "LC_MESSAGES" / "messages.mo"
    if not target.exists() or target.stat().st_mtime < CATALOGUE.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("rb") as source:
            catalogue = read_po(source, locale="en")
        handle, aside = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            write_mo(file, catalogue)
        os.replace(aside, target)
    return folder


def _asked() -> str:
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-Hans", "en", "en-US", "en-GB"], default="zh")
    return EN if best.startswith("en") else ZH
