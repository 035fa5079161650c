"""uploads: which files are taken from strangers, and what is left of them.

JPEG, PNG, HEIC and PDF up to 10 MB, told by their bytes and never by their name. A picture is drawn anew,
so that position, EXIF and hidden formats are gone; a PDF that could act is refused. The work is done in a
process of its own under limits (`sandbox/`), so that a bomb kills that process alone.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import puremagic

from portal.rules.problems import Problem
from portal.uploads import room

MAX_BYTES = 10 << 20
SANDBOX = Path(__file__).with_name("sandbox")
PATIENCE = 20
"""Seconds until a sandbox that makes no end is killed; it has 6 of processor time."""
PATIENCE_WITH_TABLES = 150

_PICTURES = {"image/jpeg", "image/png", "image/heic", "image/heif"}
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}

_SENTENCES = {
    "busy": (
        "现在上传的人很多，这个文件没有收下。请过十几秒再按一次上传。",
        "Many files are coming in just now, and this one was not taken. Press upload again in some seconds.",
    ),
    "too_often": (
        "短时间内上传得太多，这个文件没有收下。请过十分钟再传，或者把材料带到窗口。",
        "Too many files in a short time, and this one was not taken. Go on in ten minutes, or bring the papers to a window.",
    ),
    "empty": (
        "这个文件是空的，请重新选择文件上传。",
        "This file is empty; choose it again.",
    ),
    "too_large": (
        "文件超过 10 MB。请压缩后再上传，或分成几份。",
        "The file is larger than 10 MB. Make it smaller, or send it in parts.",
    ),
    "kind": (
        "只收照片（JPEG、PNG、HEIC）和 PDF。请拍照上传，或把文件另存为 PDF。",
        "Only photos (JPEG, PNG, HEIC) and PDF are taken. Take a photo of the paper, or save the file as PDF.",
    ),
    "broken": (
        "文件打不开，可能没有传完整或已损坏。请重新拍照，或重新导出后再上传。",
        "The file cannot be opened; it may be incomplete or damaged. Take the photo again, or export the file again.",
    ),
    "too_many_pixels": (
        "图片尺寸太大，无法处理。请用手机普通模式重拍，或缩小后再上传。",
        "The picture has too many pixels. Take it again in the phone's normal mode, or make it smaller.",
    ),
    "too_heavy": (
        "文件内容过于复杂，无法安全检查。请打印后拍照，或另存为较简单的 PDF 再上传。",
        "The file is too complex to be checked safely. Print it and take a photo, or save it as a simpler PDF.",
    ),
    "encrypted": (
        "这个 PDF 设了密码或权限保护，工作人员打不开。请去掉保护后再上传，或打印后拍照上传。",
        "This PDF is protected by a password or permissions. Remove the protection, or print it and take photos.",
    ),
    "active": (
        "这个 PDF 里有脚本、动态表单或会自动执行的内容，为了安全不能接收。请用“打印为 PDF”另存后再上传。",
        "This PDF holds scripts, dynamic forms or other active content and cannot be taken. Print it to a new PDF.",
    ),
    "attached": (
        "这个 PDF 里夹带了其他文件，为了安全不能接收。请把夹带的文件单独上传，或用“打印为 PDF”另存后再上传。",
        "This PDF carries other files inside and cannot be taken. Send those by themselves, or print it to a new PDF.",
    ),
    "huge_page": (
        "这个 PDF 的页面尺寸大得不正常。请按 A4 等常用纸张重新导出后再上传。",
        "A page of this PDF is abnormally large. Export it again on a usual paper size, such as A4.",
    ),
}


class UploadProblem(Problem):
    """A file that is not taken; `code` is `upload.` and a key of the sentences above."""

    def __init__(self, word: str):
        zh, en = _SENTENCES.get(word, _SENTENCES["broken"])
        self.word = word
        super().__init__(f"upload.{word}", f"{zh}已填写的内容没有丢失。", f"{en} Nothing that was filled in is lost.")


@dataclass(frozen=True)
class Cleaned:
    """What may be kept. `pages` is set for a PDF, `width` and `height` (pixels) for a picture."""

    media_type: str
    extension: str
    data: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def read(stream: BinaryIO) -> bytes:
    """The bytes of an upload, never more than the limit in memory. Raises UploadProblem."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UploadProblem("too_large")
    return data


def clean(data: bytes, folder: Path) -> Cleaned:
    """The upload as it may be kept: HEIC becomes JPEG, JPEG and PNG are drawn anew, PDF stays as it is.

    Takes a tenth of a second to a few. Raises UploadProblem, with the word `busy` where the room (`room.py`, whose
    locks lie in `folder`) is full.
    """
    if not data:
        raise UploadProblem("empty")
    if len(data) > MAX_BYTES:
        raise UploadProblem("too_large")
    kind = _kind(data)
    try:
        with room.place(folder):
            facts, out = sandboxed("picture" if kind in _PICTURES else "pdf", data)
    except room.Full as full:
        raise UploadProblem("busy") from full
    media_type = facts.pop("type")
    return Cleaned(media_type, _EXTENSIONS[media_type], out or data, **facts)


def _kind(data: bytes) -> str:
    try:
        found = [one.mime_type for one in puremagic.magic_string(data[:4096])]
    except (puremagic.PureError, ValueError):
        found = []
    if data[4:12] in (b"ftypmif1", b"ftypmsf1"):  # how some phones begin a HEIC; puremagic does not know it
        found = ["image/heif"]
    for kind in found:
        if kind in _PICTURES or kind == "application/pdf":
            return kind
    raise UploadProblem("kind")


def sandboxed(kind: str, data: bytes) -> tuple[dict, bytes]:
    """What the sandbox makes of the bytes: its facts and what follows them. Raises UploadProblem; its word may be one that
    only the caller has a sentence for."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(SANDBOX), kind],
            input=data,
            capture_output=True,
            timeout=PATIENCE_WITH_TABLES if kind == "workbook" else PATIENCE,
            # One memory arena: threads of a decoder would reserve address space that the limit counts.
            env={"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UploadProblem("too_heavy") from error
    if done.returncode == 3:
        raise UploadProblem(done.stdout.decode().strip())
    if done.returncode < 0:
        raise UploadProblem("too_heavy")
    if done.returncode:
        raise UploadProblem("broken")
    facts, _, out = done.stdout.partition(b"\n")
    return json.loads(facts), out
