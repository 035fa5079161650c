"""cli: the key file. `banshi keys new` makes it, once; without it nothing personal can be stored or read.

`rotate` puts a new master key into it, and `rewrap` brings the data keys under it.
"""

import os
import sys
from pathlib import Path

import click

from portal import config
from portal import keys as keeping
from portal.actions.rotation import rewrap as rewrap_all
from portal.cli.steps import said_plainly, step
from portal.db import Database
from portal.keys import create


@click.group()
def keys():
    """主密钥 The master keys."""


@keys.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
def new(path: Path | None) -> None:
    """生成新的密钥文件（默认 BANSHI_KEYS） Make a new key file, by default where BANSHI_KEYS says.

    已有的文件不会被覆盖。A file that is there is never overwritten.
    """
    try:
        if path is None:
            path = Path(config.load(os.environ).keys)
        create(path)
    except config.ConfigProblem as problem:
        _fail(problem.text.zh, problem.text.en)
    except FileExistsError:
        _fail(f"{path} 已经存在，没有改动。", f"{path} is there already and was left as it is.")
    except OSError as error:
        _fail(f"{path} 写不进去：{error.strerror}。", f"{path} cannot be written: {error.strerror}.")
    click.echo(f"已生成 Made: {path}")
    click.echo("请另存一份到安全的地方，与数据库备份分开：丢了密钥，加密的内容再也打不开。")
    click.echo(
        "Keep a copy in a safe place, apart from the database's backup: without it nothing sealed can be opened."
    )


@keys.command()
def rotate() -> None:
    """更换主密钥：先停止程序 Put a new master key in force; stop the program first.

    旧主密钥留在文件里，旧备份仍能打开。The old ones stay in the file, so that old backups open.
    """
    with said_plainly():
        settings = config.load(os.environ)
        if settings.keys.lstrip().startswith("{"):
            _fail("BANSHI_KEYS 是密钥内容而不是文件，不能就地更换。", "BANSHI_KEYS holds the keys' text, no file, so they cannot be changed in place.")
        ring = keeping.rotate(Path(settings.keys), demo=settings.demo)
    click.echo(f"当前主密钥 Current master key: {ring.current}")
    _rewrap(settings, ring)
    click.echo("请把密钥文件再另存一份，然后启动程序。 Copy the key file to its safe place again, then start the program.")


@keys.command()
def rewrap() -> None:
    """补完中断的更换 Complete a rotation that was interrupted; stop the program first."""
    with said_plainly():
        settings = config.load(os.environ)
        ring = keeping.load(settings.keys, demo=settings.demo)
    _rewrap(settings, ring)


def _rewrap(settings: config.Config, ring: keeping.KeyRing) -> None:
    database = Database(settings.database)
    with said_plainly(), step("改由当前主密钥包裹", "Wrapping the data keys anew"), database.writing() as db:
        count = rewrap_all(db, ring)
        db.commit()
    database.dispose()
    click.echo(f"已改 Changed: {count}")


def _fail(zh: str, en: str) -> None:
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(2)
