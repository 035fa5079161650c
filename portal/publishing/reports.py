"""publishing: how far a whole publication or a putting back is, and why the last one failed, where doctor, the commands and
the desk find it. Nothing that anybody typed is in it: guides are public, and the reason is a sentence or the program's own error."""
import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import TemplateError

from portal.publishing import locks
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

FAILURE, NOT_BACK, PROGRESS = "failure.json", "not-back.json", "progress.json"
"""Why the last publication failed, until one succeeds; why one was not put back, until one is or a whole one succeeds."""
PAUSE = 0.3
"""Seconds between two notes of how far it is."""


@dataclass(frozen=True)
class Failure:
    at: datetime
    reason: Text


@dataclass(frozen=True)
class Progress:
    """Of a whole publication, counted in guides; or of putting back the one numbered `back_to`, counted in files."""

    begun: datetime
    done: int
    total: int
    back_to: int | None = None


def failure(folder: Path, name: str = FAILURE) -> Failure | None:
    """Why the last publication failed, or the last putting back; None where it did not."""
    told = _read(folder / name)
    if told:
        return Failure(datetime.fromisoformat(told["at"]), Text(**told["reason"]))
    return _broken_off(folder) if name == FAILURE else None


def _broken_off(folder: Path) -> Failure | None:
    left = _read(folder / PROGRESS)
    if left and not locks.taken(folder, locks.BUILDING):
        if left.get("back_to"):
            return Failure(datetime.fromisoformat(left["begun"]), Text(
                zh=f"放回第{left['back_to']}次发布时被中断：进程被结束或断电。展示的网站是完整的。在工作台要求的，后台工作程序启动后接着办；用命令办的，请再运行一次。",
                en=f"Putting back publication {left['back_to']} was broken off: its process was ended, or the power went. The site that is shown is whole. "
                   "What the desk asked for is done when the worker starts again; a command is to be given again."))
        return Failure(datetime.fromisoformat(left["begun"]), Text(
            zh=f"全站发布做到第{left['done']}项指南（共{left['total']}项）时被中断：进程被结束或断电。旧网站保持不变，请再发布一次。",
            en=f"The whole publication was broken off at guide {left['done']} of {left['total']}: its process was ended, or the power went. "
               "The old site is as it was; publish again."))
    return None


def running(folder: Path) -> Progress | None:
    """How far the whole publication, or the putting back, is that runs just now; None where none runs."""
    told = _read(folder / PROGRESS) if locks.taken(folder, locks.BUILDING) else None
    return Progress(datetime.fromisoformat(told["begun"]), told["done"], told["total"], told.get("back_to")) if told else None


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Keeps the reason of an error inside, and lets it pass."""
    try:
        yield
    except BaseException as error:
        _write(folder / FAILURE, {"at": _now(), "reason": reason(error).model_dump()})
        raise


def forget(folder: Path, *, back: bool = False) -> None:
    """A publication succeeded: what failed before is no matter any longer; with `back` also what was not put back."""
    for name in (FAILURE, NOT_BACK) if back else (FAILURE,):
        (folder / name).unlink(missing_ok=True)


def not_back(folder: Path, number: int, error: BaseException) -> None:
    """Keeps why the publication of this number was not put back, that somebody at the desk asked for."""
    why = reason(error)
    said = Text(zh=f"第 {number} 次发布没有放回。{why.zh}", en=f"Publication {number} was not put back. {why.said('en')}")
    _write(folder / NOT_BACK, {"at": _now(), "reason": said.model_dump()})


@contextmanager
def counting(folder: Path, back_to: int | None = None) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be told how many of how many are done: guides, or files where a publication is put back. An ended
    process leaves its last number behind."""
    begun, last = _now(), 0.0

    def keep(done: int, total: int) -> None:
        _write(folder / PROGRESS, {"begun": begun, "done": done, "total": total, "back_to": back_to})

    keep(0, 0)

    def count(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PAUSE:
            last = time.monotonic()
            keep(done, total)

    try:
        yield count
    finally:
        (folder / PROGRESS).unlink(missing_ok=True)


def reason(error: BaseException) -> Text:
    """The error in words, with what helps."""
    if isinstance(error, Problem):
        return error.text
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text(zh="磁盘已满，新网站没有写完。旧网站保持不变。请清理磁盘后再办一次。",
                    en="The disk is full, and the new site was not written to its end. The old site is as it was. Make room and do it again.")
    if isinstance(error, KeyboardInterrupt):
        return Text(zh="发布被人中断。旧网站保持不变，请再办一次。", en="Somebody broke the publication off. The old site is as it was; do it again.")
    what = f"{type(error).__name__}: {str(error)[:300]}"
    if isinstance(error, TemplateError):
        return Text(zh=f"网页模板出错，旧网站保持不变。请把这一行交给维护人员：{what}",
                    en=f"A template of the pages failed; the old site is as it was. Give this line to who maintains the program: {what}")
    return Text(zh=f"发布出错，旧网站保持不变。请把这一行交给维护人员：{what}",
                en=f"The publication failed; the old site is as it was. Give this line to who maintains the program: {what}")


def _read(file: Path) -> dict | None:
    try:
        return json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _write(file: Path, told: dict) -> None:
    """In one stroke; where the disk is full there is no note, and the publication goes its way."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        os.replace(aside, file)
    except OSError:
        aside.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat()
