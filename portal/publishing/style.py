"""publishing: the style sheet as the public site carries it, inline and without comments, and the policy that allows it."""
import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHEET = Path(__file__).parents[1] / "static" / "banshi.css"
SITE_TOO, PORTAL_ONLY = "/* ==== site ==== */", "/* ==== portal ==== */"
MATERIAL = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>|(?<=<html lang="zh-Hans") class="no-js"|(?<=<html lang="en") class="no-js"'
    r'|(?<=<body) dir="ltr"| class="md-(?:container|main|main__inner md-grid)"| data-md-component="[a-z]+"')
"""What the theme's frame keeps for its scripts, of which our pages have none."""
MAIN, FOOT = '<div id="main"', "<footer"
"""Between these the page is ours: the search for the theme's leavings, which is slow, is for what stands around it."""
SPARED = re.compile(r'</(?:li|d[td])>|(?<=<svg) xmlns="[^"]*"|(?<=<g) (?:font-family|id)="[^"]*"(?: class="[^"]*")?|(?<=<path) class="[^"]*"')
"""What a chart needs as a picture of its own or where a case is followed, and has from the page, or nobody asks for, here; and
the ends of rows, which HTML lets be left out."""
BREAKS = re.compile(r">\s*\n\s*<")
INLINE = re.compile(r"<(style|script)(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)


@cache
def guide_css() -> str:
    """The part of the sheet that a guide's page needs."""
    return _small(SHEET.read_text("utf-8").partition(SITE_TOO)[0])


@cache
def page_css() -> str:
    """The part of the sheet that every other page of the site needs."""
    return _small(SHEET.read_text("utf-8").partition(PORTAL_ONLY)[0])


def tight(html: str) -> str:
    """The page without what the theme keeps for its scripts, and without the line breaks that templates leave behind."""
    before, main, rest = html.partition(MAIN)
    body, foot, after = rest.rpartition(FOOT)
    return BREAKS.sub("><", MATERIAL.sub("", before) + main + SPARED.sub("", body) + foot + MATERIAL.sub("", after))


def _small(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", text)


def inline_parts(html: str) -> set[tuple[str, str]]:
    """What a page has inline, as (`style` or `script`, text)."""
    return {(tag, text) for tag, text in INLINE.findall(html) if text.strip()}


def policy(parts: Iterable[tuple[str, str]]) -> str:
    """The Content-Security-Policy that allows these inline parts by their hash, and nothing else."""
    hashes: dict[str, list[str]] = {"style": [], "script": []}
    for tag, text in sorted(parts):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[tag].append(f"'sha256-{digest}'")
    rules = [
        "default-src 'none'",
        " ".join(["style-src 'self'", *hashes["style"]]),
        " ".join(["script-src", *(hashes["script"] or ["'none'"])]),
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return "; ".join(rules)
