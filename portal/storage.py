"""storage: bytes under names that say nothing.

A local folder, or S3 by its address (credentials come from the usual AWS variables). Names are random and
made here, never from what a person typed. What comes in is sealed already (`portal.keys`): this room
knows no keys. Once `put` has returned, the bytes outlast a power cut.
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from portal.rules.problems import Problem

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}")
_CHECKED = b"banshi"


class StorageProblem(Problem):
    """The store cannot be reached (`storage.down`), or lacks what should be in it (`storage.missing`)."""


class Storage:
    """The place of all files. `where` is a folder, or an address like `s3://bucket/prefix`."""

    def __init__(self, where: str | Path):
        self._folder = None if "://" in str(where) else Path(where).absolute()
        if self._folder is None:
            self._store: ObjectStore = from_url(str(where))
        else:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store = LocalStore(self._folder)

    def put(self, data: bytes) -> str:
        """Keep `data` under a new name, which is returned: `ab/` and 30 more hexadecimal digits."""
        name = secrets.token_hex(16)
        key = f"{name[:2]}/{name[2:]}"
        try:
            # Written aside, then given its name: nobody ever reads half a file.
            obstore.put(self._store, key, data, mode="create" if self._folder else "overwrite")
            self._make_durable(key)
        except (BaseError, OSError) as error:
            raise _down() from error
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a name. Raises StorageProblem; ValueError for a name that `put` did not make."""
        _check(key)
        try:
            return obstore.get(self._store, key).bytes().to_bytes()
        except FileNotFoundError as error:
            raise StorageProblem(
                "storage.missing",
                "这份文件在存储中找不到了。其他内容没有丢失，请联系运维人员从备份恢复。",
                "This file is not in the store. Nothing else is lost; ask the operators to restore it from the backup.",
            ) from error
        except (BaseError, OSError) as error:
            raise _down() from error

    def delete(self, key: str) -> None:
        """Remove a file; one that is gone already is no error, so that a job may try again."""
        _check(key)
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise _down() from error

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """Every name in the store, or those written before a moment: for finding files that no row speaks of."""
        try:
            for page in obstore.list(self._store):
                yield from (one["path"] for one in page
                            if _KEY.fullmatch(one["path"]) and (before is None or one["last_modified"] < before))
        except (BaseError, OSError) as error:
            raise _down() from error

    def check(self) -> None:
        """Write, read and remove a small file. Raises StorageProblem where one of the three fails."""
        key = self.put(_CHECKED)
        if self.get(key) != _CHECKED:
            raise _down()
        self.delete(key)

    def _make_durable(self, key: str) -> None:
        if self._folder is None:
            return
        path = self._folder / key
        for one in (path, path.parent, self._folder):
            handle = os.open(one, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _check(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("not a name that the storage made")


def _down() -> StorageProblem:
    return StorageProblem(
        "storage.down",
        "暂时无法存取文件。已填写的内容没有丢失，请稍后再试；若一直如此，请联系运维人员检查存储空间和权限。",
        "Files cannot be stored or read just now. Nothing that was filled in is lost; try again later. "
        "If it stays so, ask the operators to check the storage's space and permissions.",
    )
