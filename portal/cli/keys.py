"""cli: the key file. `banshi keys new` makes it, once; without it nothing personal can be stored or read."""

import os
import sys
from pathlib import Path

import click

from portal import config
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


def _fail(zh: str, en: str) -> None:
    click.echo(f"{zh}\n{en}", err=True)
    sys.exit(2)
