"""queries: is this machine fit for what every use needs? Asks and changes nothing; a finding says its remedy."""

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pdfs import engine
from portal.rules.guide.text import Text

# The library that must load, and the Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libXrender.so.1": "libxrender1",
    "libXext.so.6": "libxext6",
}
NEWEST_TRIED = (3, 14)
# A simplified character that Japanese and Korean fonts lack, and one of people's names beyond the first plane.
COMMON, RARE = "办", "\U0002cd0a"


class Finding(NamedTuple):
    """`check` is a stable word, `level` one of ok, warn, fail; a remedy stands beside all but ok."""

    check: str
    level: str
    found: Text
    remedy: Text | None = None


def ok(check: str, zh: str, en: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", Text(zh=zh, en=en))


def warn(check: str, zh: str, en: str, remedy: tuple[str, str]) -> Finding:
    """It runs, but something is not as it should be."""
    return Finding(check, "warn", Text(zh=zh, en=en), Text(zh=remedy[0], en=remedy[1]))


def fail(check: str, zh: str, en: str, remedy: tuple[str, str]) -> Finding:
    """It cannot run, or must not."""
    return Finding(check, "fail", Text(zh=zh, en=en), Text(zh=remedy[0], en=remedy[1]))


def findings() -> Iterator[Finding]:
    """Python, the libraries and fonts of the papers, the page script."""
    yield _python(sys.version_info[:3])
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    yield _libraries(missing)
    # WeasyPrint does not even load without Pango; without the third library it is only slow.
    if not set(missing) - {"libharfbuzz-subset0"}:
        yield from _fonts()
    yield _script(Path(__file__).parents[1] / "static" / "vendor" / "htmx.min.js")


def shown(character: str) -> tuple[bool, list[str]]:
    """Whether a PDF of this one character shows it (no box in its place), and the fonts that the PDF carries."""
    import weasyprint

    fonts: set[str] = set()

    def collect(document, pdf):
        # b"/ABCDEF+WenQuanYi-Zen-Hei-Medium": the letters before the plus mark a subset.
        names = (one["BaseFont"] for one in pdf.objects if isinstance(one, dict) and "BaseFont" in one)
        fonts.update(name.decode().partition("+")[2] for name in names)

    with engine.boxes_printed() as boxes:
        weasyprint.HTML(string=f'<html lang="zh-Hans"><p>{character}</p>').write_pdf(finisher=collect)
    return not boxes, sorted(fonts)


def _python(version: tuple[int, int, int]) -> Finding:
    name = "Python {}.{}.{}".format(*version)
    if version[:2] <= NEWEST_TRIED:
        return ok("python", name, name)
    tried = "{}.{}".format(*NEWEST_TRIED)
    return warn(
        "python",
        f"{name}，尚未试过",
        f"{name}, which was not tried",
        (
            f"如有异常，请安装 3.11 至 {tried} 之一，设 BANSHI_PYTHON 为它的名称，删除 .venv，再运行 ./banshi。",
            f"Should it misbehave, install one of 3.11 to {tried}, set BANSHI_PYTHON to its name, remove .venv, run ./banshi.",
        ),
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(names: str) -> tuple[str, str]:
    command = f"apt-get install --no-install-recommends {names}"
    return f"请以管理员身份运行：{command}", f"As administrator run: {command}"


def _libraries(missing: list[str]) -> Finding:
    if not missing:
        return ok("libraries", "Pango 和 harfbuzz-subset 可用", "Pango and harfbuzz-subset load")
    names = " ".join(missing)
    zh, en = f"制作文书所需的系统库缺失：{names}", f"Libraries that the papers need are missing: {names}"
    return fail("libraries", zh, en, _install(names))


def _fonts() -> Iterator[Finding]:
    good, fonts = shown(COMMON)
    if not good:
        zh, en = f"没有中文字体：试印“{COMMON}”得到空框", f"No Chinese font: {COMMON} prints as a box"
        yield fail("font", zh, en, _install("fonts-wqy-zenhei"))
        return
    yield ok("font", f"中文可印，字体 {'、'.join(fonts)}", f"Chinese prints, in {', '.join(fonts)}")
    if not shown(RARE)[0]:
        zh = "人名中的生僻字印不出：网页打印稿会成为空框，文书则不印出，等装好字体再印"
        en = "Rare characters of people's names do not print: guides would show boxes, and vouchers wait until there is a font"
        yield warn("rare-characters", zh, en, _install("fonts-noto-cjk fonts-hanazono"))


def _script(path: Path) -> Finding:
    if path.is_file():
        return ok("htmx", "网页脚本就位", "The page script is in its place")
    remedy = ("再运行一次 ./banshi 即会补上。", "Run ./banshi again: it puts it there.")
    return fail("htmx", "网页脚本 htmx 不在", "The page script htmx is not there", remedy)
