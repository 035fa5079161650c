"""queries: is this machine, and this installation, fit to run? Asks and changes nothing; every finding says its remedy."""

import ctypes
import hashlib
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from portal import config as configs
from portal import keys
from portal.config import Config, ConfigProblem
from portal.db import Database
from portal.queries.calendars import calendar
from portal.rules.calendar_seed import seed
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

OK, WARN, FAIL = "ok", "warn", "fail"
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
NEWEST_TRIED = (3, 14)
# A simplified character that Japanese and Korean fonts lack; and one of names, in no font of one plane.
COMMON, RARE = "办", "\U0002cd0a"
LITTLE_SPACE, TOO_LITTLE_SPACE = 1 << 30, 100 << 20  # bytes


class Finding(NamedTuple):
    """`check` is a stable word, `level` one of ok, warn, fail; a remedy stands beside all but ok."""

    check: str
    level: str
    found: Text
    remedy: Text | None = None


def machine() -> Iterator[Finding]:
    """What every use needs: Python, the libraries and fonts of the papers, the page script."""
    yield _python()
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    yield _libraries(missing)
    # WeasyPrint does not even load without Pango.
    yield from _fonts() if not set(missing) - {"libharfbuzz-subset0"} else []
    yield _script()


def installation(environ: Mapping[str, str], today: date) -> Iterator[Finding]:
    """What running for real people needs. `today` is the legal day."""
    config, finding = _settings(environ)
    yield finding
    if config is None:
        return
    yield _folder(config.data)
    database, years = _database(config)
    yield database
    yield _keys(config)
    yield _years(years, today)


def _python() -> Finding:
    version = "{}.{}.{}".format(*sys.version_info)
    found = Text(zh=f"Python {version}", en=f"Python {version}")
    if sys.version_info[:2] <= NEWEST_TRIED:
        return Finding("python", OK, found)
    tried = "{}.{}".format(*NEWEST_TRIED)
    return Finding("python", WARN, found, Text(
        zh=f"只在 3.11 至 {tried} 上试过。如有异常，请安装其中之一，设 BANSHI_PYTHON 为它的名称，再运行 ./banshi。",
        en=f"Only 3.11 to {tried} were tried. Should it misbehave, install one of them, set BANSHI_PYTHON to its name, "
        "and run ./banshi again.",
    ))  # fmt: skip


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _libraries(missing: list[str]) -> Finding:
    if not missing:
        return Finding("libraries", OK, Text(zh="Pango 和 harfbuzz-subset 可用", en="Pango and harfbuzz-subset load"))
    names = " ".join(missing)
    return Finding(
        "libraries",
        FAIL,
        Text(zh=f"制作文书所需的系统库缺失：{names}", en=f"Libraries that the papers need are missing: {names}"),
        _install(names),
    )


def _install(names: str) -> Text:
    command = f"apt-get install --no-install-recommends {names}"
    return Text(zh=f"请以管理员身份运行：{command}", en=f"As administrator run: {command}")


def glyphs(character: str) -> tuple[bool, list[str]]:
    """Whether a PDF of this one character shows it, and the fonts that the PDF carries."""
    import weasyprint

    fonts: set[str] = set()
    said: list[str] = []

    def collect(document, pdf):
        # b"/ABCDEF+WenQuanYi-Zen-Hei-Medium": the letters before the plus mark a subset.
        names = (one["BaseFont"] for one in pdf.objects if isinstance(one, dict) and "BaseFont" in one)
        fonts.update(name.decode().partition("+")[2] for name in names)

    class Listener(logging.Handler):
        def emit(self, record):
            said.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        weasyprint.HTML(string=f'<html lang="zh-Hans"><p>{character}</p>').write_pdf(finisher=collect)
    finally:
        logger.removeHandler(listener)
    return not any(".notdef" in one for one in said), sorted(fonts)


def _fonts() -> Iterator[Finding]:
    shown, fonts = glyphs(COMMON)
    names = "、".join(fonts)
    if not shown:
        yield Finding(
            "font",
            FAIL,
            Text(zh=f"没有中文字体：试印“{COMMON}”得到空框", en=f"No Chinese font: {COMMON} prints as a box"),
            _install("fonts-wqy-zenhei"),
        )
        return
    yield Finding("font", OK, Text(zh=f"中文字体可印：{names}", en=f"Chinese prints, in {', '.join(fonts)}"))
    if not glyphs(RARE)[0]:
        yield Finding(
            "rare-characters",
            WARN,
            Text(zh="人名中的生僻字印不出（会成为空框）", en="Rare characters of names print as boxes"),
            _install("fonts-noto-cjk"),
        )


def _script() -> Finding:
    path = Path(__file__).parents[1] / "static" / "vendor" / "htmx.min.js"
    if path.is_file():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return Finding("htmx", OK, Text(zh=f"网页脚本就位（{digest}）", en=f"The page script is in its place ({digest})"))
    return Finding(
        "htmx",
        FAIL,
        Text(zh="网页脚本 htmx 不在", en="The page script htmx is not there"),
        Text(zh="再运行一次 ./banshi 即会补上。", en="Run ./banshi again: it puts it there."),
    )


def _settings(environ: Mapping[str, str]) -> tuple[Config | None, Finding]:
    try:
        config = configs.load(environ)
    except ConfigProblem as problem:
        wrong = Text(zh=f"设置 {problem.code} 不能用", en=f"The setting {problem.code} cannot stand")
        finding = Finding("settings", FAIL, wrong, problem.text)
        if problem.code != "BANSHI_PUBLIC_URL":
            return None, finding
        # A wrong address says nothing about the rest, so the rest is looked at as well.
        return configs.load({**environ, "BANSHI_PUBLIC_URL": "https://address.invalid"}), finding
    mode = Text(zh="演示", en="demonstration") if config.demo else Text(zh="正式", en="for real")
    return config, Finding(
        "settings",
        OK,
        Text(zh=f"设置可用（{mode.zh}），公开地址 {config.public_url}", en=f"Settings hold ({mode.en}), address {config.public_url}"),
    )


def _folder(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"banshi")
    except OSError as error:
        return Finding(
            "folder",
            FAIL,
            Text(zh=f"数据目录 {data} 不可写：{error.strerror}", en=f"The data folder {data} cannot be written: {error.strerror}"),
            Text(
                zh="请更改其属主或权限，或用 BANSHI_DATA 指定别的目录。",
                en="Change its owner or mode, or name another with BANSHI_DATA.",
            ),
        )
    free = shutil.disk_usage(place).free
    level = FAIL if free < TOO_LITTLE_SPACE else WARN if free < LITTLE_SPACE else OK
    found = Text(
        zh=f"数据目录 {data} 可写，余 {free / 2**30:.1f} GB", en=f"Data folder {data}: writable, {free / 2**30:.1f} GB free"
    )
    if level == OK:
        return Finding("folder", OK, found)
    return Finding("folder", level, found, Text(zh="请腾出空间。", en="Make room on this disk."))
