"""queries: is this installation fit to serve real people? Asks and changes nothing; a finding says its remedy."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from portal import config as configs
from portal import keys, migrations
from portal.config import Config, ConfigProblem
from portal.db import Database
from portal.publishing import journals, publications, reports
from portal.queries.calendars import calendar
from portal.queries.machine import Finding, fail, ok, warn
from portal.rules.calendar_seed import seed

LITTLE_SPACE, TOO_LITTLE_SPACE = 1 << 30, 100 << 20  # bytes
MAKE = (
    "试用请运行 ./banshi demo；正式运行请运行 ./banshi migrate。",
    "To try it run ./banshi demo; to run it for real, ./banshi migrate.",
)


def findings(environ: Mapping[str, str], today: date) -> Iterator[Finding]:
    """Settings with the public address, folders, database, keys and calendar. `today` is the legal day."""
    config, finding = _settings(environ)
    yield finding
    if config is None:
        return
    yield _folder("folder", config.data, "数据目录", "The data folder", "BANSHI_DATA")
    if "://" not in config.files:
        yield _folder("files", Path(config.files), "文件目录", "The folder of files", "BANSHI_FILES")
    finding, years = _database(config)
    yield finding
    yield _keys(config)
    yield _calendar(years, today)
    yield _published(config.data / "site")


def _settings(environ: Mapping[str, str]) -> tuple[Config | None, Finding]:
    try:
        config = configs.load(environ)
    except ConfigProblem as problem:
        zh, en = f"设置 {problem.code} 不能用", f"The setting {problem.code} cannot stand"
        finding = fail("settings", zh, en, (problem.text.zh, problem.text.en))
        if problem.code != "BANSHI_PUBLIC_URL":
            return None, finding
        # A wrong address says nothing about the rest, so the rest is looked at as well.
        return _settings({**environ, "BANSHI_PUBLIC_URL": "https://address.invalid"})[0], finding
    mode = ("演示", "demonstration") if config.demo else ("正式运行", "for real")
    zh = f"设置可用（{mode[0]}），公开地址 {config.public_url}"
    return config, ok("settings", zh, f"The settings hold ({mode[1]}), public address {config.public_url}")


def _folder(check: str, where: Path, zh_name: str, en_name: str, setting: str) -> Finding:
    # A folder that is not there yet is made where its nearest parent may be written.
    place = next(folder for folder in (where, *where.absolute().parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=place, buffering=0) as file:
            file.write(b"banshi")
        free = shutil.disk_usage(place).free
    except OSError as error:
        remedy = (
            f"请更改其属主或权限，或用 {setting} 指定别的目录。",
            f"Change its owner or mode, or name another folder with {setting}.",
        )
        zh, en = f"{zh_name} {where} 不可写（{error.strerror}）", f"{en_name} {where} cannot be written ({error.strerror})"
        return fail(check, zh, en, remedy)
    size = f"{free / 2**30:.1f} GB"
    zh, en = f"{zh_name} {where} 可写，余 {size}", f"{en_name} {where} can be written, {size} free"
    remedy = ("请在这块磁盘上腾出空间。", "Make room on this disk.")
    if free < TOO_LITTLE_SPACE:
        return fail(check, zh, en, remedy)
    return warn(check, zh, en, remedy) if free < LITTLE_SPACE else ok(check, zh, en)


def _database(config: Config) -> tuple[Finding, frozenset[int]]:
    """The finding, and the years whose notice is known to the database, or to the seed where there is none yet."""
    database = Database(config.database)
    try:
        if database.sqlite and not Path(database.url.database).exists():
            # Looking must not make it: an empty file would pass for a database.
            return fail("database", "还没有数据库", "There is no database yet", MAKE), seed().years
        if migrations.revision(database.engine) != migrations.newest():
            zh, en = "数据库的版本与程序不符", "The database is not of this release"
            return fail("database", zh, en, MAKE), seed().years
        with database.reading() as session:
            years = calendar(session).years
    except (SQLAlchemyError, OSError) as error:
        # The address may hold a password, and so may the driver's sentence: only the kind of error is told.
        kind = type(error).__name__
        remedy = (
            "请检查 BANSHI_DATABASE，并确认数据库已启动、账号可登录。数据没有改动。",
            "Check BANSHI_DATABASE, that the server runs and that the account may sign in. Nothing was changed.",
        )
        zh, en = f"数据库连不上（{kind}）", f"The database cannot be reached ({kind})"
        return fail("database", zh, en, remedy), seed().years
    finally:
        database.dispose()
    kind = database.url.get_backend_name()
    return ok("database", f"数据库可用（{kind}）", f"The database answers ({kind})"), years


def _keys(config: Config) -> Finding:
    try:
        ring = keys.load(config.keys, demo=config.demo)
    except keys.KeyProblem as problem:
        said = problem.text
        return fail("keys", "加密密钥不能用", "The encryption keys cannot be used", (said.zh, said.en))
    return ok("keys", f"密钥完好，当前 {ring.current}", f"The keys are well-formed, {ring.current} is current")


def _calendar(years: frozenset[int], today: date) -> Finding:
    missing = [str(year) for year in (today.year, today.year + 1) if year not in years]
    if not missing:
        return ok("calendar", f"节假日安排已知至 {max(years)} 年", f"The calendar is official up to {max(years)}")
    zh = f"没有 {'、'.join(missing)} 年的节假日安排，期限只是暂定"
    en = f"No official calendar for {', '.join(missing)}: due dates there are provisional"
    remedy = (
        "国务院的通知（通常在十一月）发布后，由管理员在工作台“工作日历”里照通知写上，或者运行 ./banshi calendar import 年份 文件。"
        "在此之前照常办理，期限标“暂定”；写上以后自动重算。",
        "Once the State Council's notice is out, usually in November, an administrator enters it at the desk, under working days, or run "
        "./banshi calendar import YEAR FILE. Until then work goes on, with such dates marked provisional; then they are computed anew.",
    )
    return warn("calendar", zh, en, remedy)


def _published(root: Path) -> Finding:
    failure = reports.failure(journals.home(root))
    if failure:
        again = ("解决后运行 ./banshi publish。", "Mend it, then ./banshi publish.")
        return fail("publications", f"上一次发布没有成功：{failure.reason.zh}", f"The last publication failed: {failure.reason.said('en')}", again)
    held, number = publications.held(root), journals.number(root)
    if held:
        again = ("运行 ./banshi publish 后，等着的改动一并上网。", "./banshi publish shows what waits.")
        return warn("publications", f"网站保持在放回的第 {held.back_to} 次发布上，新公布的指南暂不上网",
                    f"The site is held at publication {held.back_to}, which was put back: guides that are published now wait", again)
    if not number:
        return ok("publications", "网站还没有发布过", "The site was not published yet")
    return ok("publications", f"网站展示的是第 {number} 次发布", f"The site shows publication {number}")
