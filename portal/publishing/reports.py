"""publishing: how far a whole publication is, and why the last publication failed, where doctor, the commands and the desk
find it. Nothing that anybody typed is in it: guides are public, and the reason is a sentence or the program's own error."""
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

FAILURE, PROGRESS = "failure.json", "progress.json"
PAUSE = 0.3
"""Seconds between two notes of how far it is."""


@dataclass(frozen=True)
class Failure:
    at: datetime
    reason: Text


@dataclass(frozen=True)
class Progress:
    begun: datetime
    done: int
    total: int


def failure(folder: Path) -> Failure | None:
    """Why the last publication failed; None where it did not."""
    told = _read(folder / FAILURE)
    if told:
        return Failure(datetime.fromisoformat(told["at"]), Text(**told["reason"]))
    left = _read(folder / PROGRESS)
    if left and not locks.taken(folder, locks.BUILDING):
        return Failure(datetime.fromisoformat(left["begun"]), Text(
            zh=f"全站发布做到第{left['done']}项指南（共{left['total']}项）时被中断：进程被结束或断电。旧网站保持不变，请再发布一次。",
            en=f"The whole publication was broken off at guide {left['done']} of {left['total']}: its process was ended, or the power went. "
               "The old site is as it was; publish again."))
    return None


def running(folder: Path) -> Progress | None:
    """How far the whole publication is that runs just now; None where none runs."""
    told = _read(folder / PROGRESS) if locks.taken(folder, locks.BUILDING) else None
    return Progress(datetime.fromisoformat(told["begun"]), told["done"], told["total"]) if told else None


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Keeps the reason of an error inside, and lets it pass."""
    try:
        yield
    except BaseException as error:
        _write(folder / FAILURE, {"at": _now(), "reason": reason(error).model_dump()})
        raise


def forget(folder: Path) -> None:
    """A publication succeeded: what failed before is no matter any longer."""
    (folder / FAILURE).unlink(missing_ok=True)


@contextmanager
def counting(folder: Path) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be told how many of how many guides are done. An ended process leaves its last number behind."""
    begun, last = _now(), 0.0
    _write(folder / PROGRESS, {"begun": begun, "done": 0, "total": 0})

    def count(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PAUSE:
            last = time.monotonic()
            _write(folder / PROGRESS, {"begun": begun, "done": done, "total": total})

    try:
        yield count
    finally:
        (folder / PROGRESS).unlink(missing_ok=True)


def reason(error: BaseException) -> Text:
    """The error in words, with what helps."""
    if isinstance(error, Problem):
        return error.text
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text(zh="磁盘已满，新网站没有写完。旧网站保持不变。请清理磁盘后再发布一次。",
                    en="The disk is full, and the new site was not written to its end. The old site is as it was. Make room and publish again.")
    if isinstance(error, KeyboardInterrupt):
        return Text(zh="发布被人中断。旧网站保持不变，请再发布一次。", en="Somebody broke the publication off. The old site is as it was; publish again.")
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
