"""keys: personal data under lock.

A data key per application (and per party) seals its fields and files; a master key of the installation
wraps the data keys. Destroying one wrapped key erases everything under it, in the backups too. The master
keys live in a file that is neither in the database nor in its backup.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.rules.problems import Problem

KEY_BYTES, NONCE_BYTES, ID_BYTES = 32, 12, 8
_WRAPPED, _SEALED = b"\x01", b"\x02"
_PURPOSE = re.compile(r"[a-z][a-z0-9_.]{0,63}", re.ASCII)


class KeyProblem(Problem):
    """Keys that are missing, unsafe or wrong, or a ciphertext that is not what it claims to be."""


@dataclass(frozen=True, repr=False)
class DataKey:
    """The key of one application or party. It never prints itself."""

    id: bytes
    secret: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"DataKey({self.id.hex()})"


def new_data_key() -> DataKey:
    return DataKey(secrets.token_bytes(ID_BYTES), secrets.token_bytes(KEY_BYTES))


def seal(key: DataKey, plain: bytes | str, context: str) -> bytes:
    """`plain` under AES-256-GCM. `context` (`table.column:row`) is bound to it, so that a ciphertext moved to
    another row or column does not open."""
    return _lock(key.secret, _SEALED + key.id, plain.encode() if isinstance(plain, str) else plain, context)


def open_(key: DataKey, sealed: bytes, context: str) -> bytes:
    """What was sealed. Raises KeyProblem where the key, the context or the bytes are not those of sealing."""
    head = _SEALED + key.id
    if not sealed.startswith(head):
        raise _not_ours()
    return _unlock(key.secret, head, sealed, context)


def open_text(key: DataKey, sealed: bytes, context: str) -> str:
    """The text that was sealed, as `open_`."""
    return open_(key, sealed, context).decode()


def digest(key: DataKey, data: bytes) -> str:
    """A keyed digest, for chained records: worthless to who has not the key, and to all once it is destroyed."""
    return hmac.digest(key.secret, b"digest\0" + data, hashlib.sha256).hex()


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The master keys by id, the current one, and the key of the blind indexes."""

    masters: Mapping[str, bytes]
    current: str
    blind_key: bytes
    demo: bool = False

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self.masters)}; current {self.current})"

    def wrap(self, key: DataKey) -> bytes:
        """The data key under the current master key, to be stored beside what it seals."""
        name = self.current.encode()
        return _lock(self.masters[self.current], _WRAPPED + bytes([len(name)]) + name, key.id + key.secret, "data key")

    def unwrap(self, wrapped: bytes) -> DataKey:
        """Raises KeyProblem where the master key is not on the ring, or the bytes were changed."""
        master, head = self._master_of(wrapped)
        plain = _unlock(master, head, wrapped, "data key")
        return DataKey(plain[:ID_BYTES], plain[ID_BYTES:])

    def is_current(self, wrapped: bytes) -> bool:
        """Whether a wrapped key needs no `rewrap`."""
        return self.masters[self.current] is self._master_of(wrapped)[0]

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same data key under the current master key: rotation touches no sealed field."""
        return self.wrap(self.unwrap(wrapped))

    def blind(self, value: str, purpose: str) -> str:
        """A keyed digest by which equal values are found: 64 hexadecimal digits. The caller normalises the value;
        another `purpose` (`party.number`) gives another digest, so that columns cannot be joined."""
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError("a purpose is a dotted lower-case name")
        return hmac.digest(self.blind_key, f"{purpose}\0{value}".encode(), hashlib.sha256).hex()

    def with_new_master(self) -> Self:
        """The ring with one more master key, which is the current one from now on."""
        name = f"k{len(self.masters) + 1}"
        return replace(self, masters={**self.masters, name: secrets.token_bytes(KEY_BYTES)}, current=name)

    def _master_of(self, wrapped: bytes) -> tuple[bytes, bytes]:
        if len(wrapped) < 2 or wrapped[:1] != _WRAPPED or len(head := wrapped[: 2 + wrapped[1]]) != 2 + wrapped[1]:
            raise _not_ours()
        name = head[2:].decode("ascii", "replace")
        if name not in self.masters:
            raise KeyProblem(
                "keys.unknown",
                f"密钥文件里没有主密钥“{name}”。数据没有丢失：请把当时的密钥文件放回来。",
                f"The key file lacks the master key {name!r}. Nothing is lost: put the key file of that time back.",
            )
        return self.masters[name], head


def create(path: Path, *, demo: bool = False) -> KeyRing:
    """A new ring in a new file, readable by its owner alone. Raises FileExistsError: keys are never overwritten."""
    ring = KeyRing({"k1": secrets.token_bytes(KEY_BYTES)}, "k1", secrets.token_bytes(KEY_BYTES), demo)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, ring)
    return ring


def rotate(path: Path, *, demo: bool = False) -> KeyRing:
    """Put one more master key into the file and make it the current one; the old ones stay, to unwrap."""
    ring = load(path, demo=demo).with_new_master()
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    _write(aside, ring)
    aside.replace(path)
    return ring


def load(source: str | Path, *, demo: bool) -> KeyRing:
    """The ring from a file's path, or from its text where that comes in the environment (it begins with `{`).

    Raises KeyProblem for a file that is missing, that others may read, that makes no ring, or that was made
    for the demonstration while `demo` is false.
    """
    text = str(source) if str(source).lstrip().startswith("{") else _read(Path(source))
    ring = _parsed(text)
    if ring.demo and not demo:
        raise KeyProblem(
            "keys.demo",
            "这是演示用的密钥，正式运行不能使用。请用 ./banshi keys new 生成正式密钥，并另行妥善备份。",
            "These keys were made for the demonstration and must not protect real people. "
            "Make real ones with ./banshi keys new, and keep a copy in a safe place.",
        )
    return ring


def _read(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(
            "keys.missing",
            f"读不到密钥文件 {path}。首次安装请用 ./banshi keys new 生成；若已有数据，请放回原来的密钥文件，不要新建。",
            f"The key file {path} cannot be read. On a first installation make it with ./banshi keys new; "
            "where there are data already, put the old file back and make none.",
        ) from error
    if mode & 0o077:
        raise KeyProblem(
            "keys.permissions",
            f"密钥文件 {path} 别的用户也能读取。请运行 chmod 600 {path}。",
            f"Others may read the key file {path}. Run: chmod 600 {path}",
        )
    return text


def _parsed(text: str) -> KeyRing:
    try:
        data = json.loads(text)
        masters = {name: b64decode(secret, validate=True) for name, secret in data["masters"].items()}
        ring = KeyRing(masters, data["current"], b64decode(data["blind"], validate=True), data["demo"])
        sound = all(re.fullmatch(r"[a-z0-9]{1,32}", name, re.ASCII) for name in masters) and ring.current in masters
        if not sound or {len(one) for one in (*masters.values(), ring.blind_key)} != {KEY_BYTES}:
            raise ValueError
        if type(ring.demo) is not bool:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # The cause may carry a piece of the file, so it is cut off.
        del error
        raise KeyProblem(
            "keys.malformed",
            "密钥文件内容不完整或被改动过。请从备份放回原来的密钥文件。",
            "The key file is incomplete or was changed. Put the old one back from its copy.",
        ) from None
    return ring


def _write(path: Path, ring: KeyRing) -> None:
    data = {
        "demo": ring.demo,
        "current": ring.current,
        "masters": {name: b64encode(secret).decode() for name, secret in ring.masters.items()},
        "blind": b64encode(ring.blind_key).decode(),
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(data, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _lock(secret: bytes, head: bytes, plain: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(secret).encrypt(nonce, plain, head + context.encode())


def _unlock(secret: bytes, head: bytes, sealed: bytes, context: str) -> bytes:
    start = len(head) + NONCE_BYTES
    try:
        return AESGCM(secret).decrypt(sealed[len(head) : start], sealed[start:], head + context.encode())
    except (InvalidTag, ValueError) as error:
        raise _not_ours() from error


def _not_ours() -> KeyProblem:
    return KeyProblem(
        "keys.sealed",
        "加密内容与密钥或所在位置不符，可能被改动过；没有显示任何内容。请联系运维人员核对备份。",
        "An encrypted value does not belong to this key or this place, or was changed; nothing of it is shown. "
        "Ask the operators to compare the backup.",
    )
