"""cli: the county file: places, departments, windows and staff of an installation."""
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from portal import config
from portal.actions import calendars, places, words
from portal.cli.steps import said_plainly
from portal.db import Database
from portal.rules.calendar_seed import SOURCE, seed
from portal.rules.county import County
from portal.rules.guide import yaml


@click.group()
def county() -> None:
    """机构和区划 Places, departments and staff."""


@county.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load(file: Path) -> None:
    """从 YAML 文件载入区划、部门、窗口和人员 Load places, departments, windows and staff from a YAML file.

    再次载入会更新：新人员各得一个初始密码，只显示这一次；文件里没有的人员停用。
    Again updates: new staff get a first password each, shown this once; staff who are not in the file cannot sign in any more.
    """
    try:
        shape = County.model_validate(yaml.read(file.read_text("utf-8")))
    except (yaml.NotYaml, ValidationError, UnicodeDecodeError) as error:
        click.echo(f"{file} 不是机构文件，没有改动任何内容。 {file} is no county file; nothing was changed.\n{error}", err=True)
        sys.exit(2)
    with said_plainly():
        database = Database(config.load(os.environ).database)
    with database.writing() as db:
        places.settle(db, shape)
        hired = places.hire(db, shape, lambda: secrets.token_urlsafe(9))
        calendars.keep(db, seed(), SOURCE)
        words.begin(db, shape.synonyms, datetime.now(UTC))
        db.commit()
    click.echo(f"{len(shape.divisions)} 个区划 places, {len(shape.departments)} 个部门 departments, {len(hired.staff)} 名人员 staff")
    for username, password in hired.first.items():
        click.echo(f"{username}  初始密码 first password: {password}")
    for staff in hired.left:
        click.echo(f"{staff.username}  不在文件里，已停用 not in the file, can no longer sign in")


@county.command()
@click.argument("username")
@click.password_option("--password", prompt="新密码 New password")
def password(username: str, password: str) -> None:
    """给一名人员设新密码 Set a new password for one of the staff."""
    from sqlalchemy import delete, select

    from portal.actions.accounts import hash_password
    from portal.models.people import Staff
    from portal.models.sessions import WebSession

    with said_plainly():
        database = Database(config.load(os.environ).database)
    with database.writing() as db:
        staff = db.scalar(select(Staff).where(Staff.username == username))
        if staff is None:
            click.echo(f"没有“{username}”这个用户，没有改动。 There is no user “{username}”; nothing was changed.", err=True)
            sys.exit(2)
        staff.password_hash = hash_password(password)
        db.execute(delete(WebSession).where(WebSession.staff_id == staff.id))
        db.commit()
    click.echo("已设置；该用户的其他登录都已退出。 Set; the user's other sessions are ended.")
