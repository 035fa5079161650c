"""config: what an installation may set, all of it in the environment, and nothing anywhere else.

The table of settings in the operators' manual is made from this class, so a setting cannot be undocumented.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.rules.guide.text import Text
from portal.rules.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
"""A relative data folder lies beside the program, wherever a command is typed."""


class ConfigProblem(Problem):
    """A setting that cannot stand. `code` is the name of its variable."""


def _setting(name: str, default: str, zh: str, en: str) -> Any:
    # Two may hold a password or keys, so none prints itself: a traceback must not tell them.
    return field(repr=False, metadata={"name": name, "default": default, "text": Text(zh=zh, en=en)})


@dataclass(frozen=True)
class Config:
    """The settings of one installation. Where a default names `{data}`, the data folder is put in."""

    data: Path = _setting(  # noqa: RUF009 a dataclass field like the others
        "BANSHI_DATA",
        "instance",
        "数据目录：数据库、文件、密钥和发布的网站都在其中；演示默认用其下的 demo。",
        "The folder of everything that is kept: database, files, keys and the published site; the demonstration "
        "takes `demo` in it unless a folder is named.",
    )
    database: str = _setting(
        "BANSHI_DATABASE",
        "sqlite:///{data}/banshi.sqlite",
        "数据库地址：sqlite:///… 或 postgresql://…。",
        "The database: sqlite:///… or postgresql://….",
    )
    files: str = _setting(
        "BANSHI_FILES",
        "{data}/files",
        "上传和签发的文件（加密）存放处：目录，或 s3://桶/前缀。",
        "Where uploaded and issued files lie, encrypted: a folder, or s3://bucket/prefix.",
    )
    keys: str = _setting(
        "BANSHI_KEYS",
        "{data}/keys.json",
        "主密钥文件（权限 600），也可直接给出其内容。请与数据分开备份。",
        "The file of the master keys (mode 600), or its text itself. Back it up apart from the data.",
    )
    public_url: str = _setting(
        "BANSHI_PUBLIC_URL",
        "http://localhost:8000",
        "公开地址，印在二维码和文书上。正式运行必须设置，不能是 localhost。",
        "The public address, printed in QR codes and on papers. Outside the demo it must be set, and not to localhost.",
    )
    authority: str = _setting(
        "BANSHI_AUTHORITY",
        "",
        "发文机关名称，印在文书上；留空则用区划树的根。",
        "The name of the issuing authority on papers; empty means the root of the tree of places.",
    )
    proxies: int = _setting(
        "BANSHI_PROXIES",
        "0",
        "前面有几层可信的反向代理；用来认出访客地址以限制频率。",
        "How many trusted reverse proxies stand before the portal, to know a visitor's address when throttling.",
    )
    demo: bool = _setting(
        "BANSHI_DEMO",
        "0",
        "演示：1 为演示，允许 localhost 和演示密钥。绝不可用于真实办件。",
        "1 for the demonstration, which may use localhost and the demo's keys. Never for real cases.",
    )

    @property
    def secure(self) -> bool:
        """Whether the public address is https, and cookies may be held to it."""
        return self.public_url.startswith("https:")


def settings() -> list[Field[Any]]:
    """Every setting; its `metadata` has `name`, `default` and `text`."""
    return list(fields(Config))


def load(environ: Mapping[str, str]) -> Config:
    """The settings from the environment. An empty variable counts as not set. Raises ConfigProblem for the first
    that cannot stand."""
    given = {one.name: environ.get(one.metadata["name"], "").strip() or one.metadata["default"] for one in settings()}
    demo = _yes_or_no("BANSHI_DEMO", given["demo"])
    # The demonstration never shares a folder with real cases, unless somebody names one.
    data = ROOT / given["data"] / ("demo" if demo and not environ.get("BANSHI_DATA", "").strip() else "")
    here = {name: value.replace("{data}", str(data)) for name, value in given.items()}
    return Config(
        data=data,
        database=_database(here["database"]),
        files=here["files"],
        keys=here["keys"],
        public_url=_public_url(here["public_url"], demo),
        authority=here["authority"],
        proxies=_count("BANSHI_PROXIES", here["proxies"]),
        demo=demo,
    )


def is_local(host: str) -> bool:
    """Whether only the machine itself reaches `host`."""
    if host == "localhost" or host.endswith((".localhost", ".localdomain")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _public_url(value: str, demo: bool) -> str:
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").rstrip(".")
        plain = parts.scheme in ("http", "https") and host and parts.path in ("", "/") and parts.port != 0
        plain = plain and not (parts.query or parts.fragment or parts.username or re.search(r"[\s\\]", value))
    except ValueError:
        plain = False
    if not plain:
        raise ConfigProblem(
            "BANSHI_PUBLIC_URL",
            f"BANSHI_PUBLIC_URL 须是完整网址而不带路径，如 https://banshi.example.cn，现在是“{value}”。",
            f"BANSHI_PUBLIC_URL must be a full address without a path, like https://banshi.example.cn, not {value!r}.",
        )
    if is_local(host) and not demo:
        raise ConfigProblem(
            "BANSHI_PUBLIC_URL",
            f"BANSHI_PUBLIC_URL 是“{value}”，印在文书上别人打不开。请设为正式网址。演示请用 ./banshi demo；"
            "给演示改指南等，在命令前加 BANSHI_DEMO=1，如 BANSHI_DEMO=1 ./banshi guides list。",
            f"BANSHI_PUBLIC_URL is {value!r}: on papers nobody else could open it. Set the real address; "
            "for the demonstration run ./banshi demo, and put BANSHI_DEMO=1 before other commands that are for it, "
            "as in BANSHI_DEMO=1 ./banshi guides list.",
        )
    return f"{parts.scheme}://{parts.netloc}"


def _database(value: str) -> str:
    if value.startswith("sqlite:///") and len(value) > 10 and not value.endswith(":memory:"):
        return value
    if re.match(r"postgresql(\+psycopg)?://|postgres://", value):
        return re.sub(r"^[^:]+", "postgresql+psycopg", value)
    # The address may hold a password, so it is not repeated.
    raise ConfigProblem(
        "BANSHI_DATABASE",
        "BANSHI_DATABASE 须以 sqlite:///（接文件）或 postgresql:// 开头。",
        "BANSHI_DATABASE must begin with sqlite:/// (and name a file) or postgresql://.",
    )


def _yes_or_no(name: str, value: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if value.lower() not in known:
        raise ConfigProblem(name, f"{name} 只能是 1 或 0，现在是“{value}”。", f"{name} is 1 or 0, not {value!r}.")
    return known[value.lower()]


def _count(name: str, value: str) -> int:
    if not re.fullmatch(r"\d", value, re.ASCII):
        raise ConfigProblem(
            name,
            f"{name} 须是 0 到 9 的整数，现在是“{value}”。",
            f"{name} is a whole number from 0 to 9, not {value!r}.",
        )
    return int(value)
