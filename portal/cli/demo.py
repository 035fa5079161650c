"""cli: the demonstration: a whole fictitious county on one port, from one word."""
import os
import socket
import sys
from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import config, keys, migrations
from portal.actions import calendars, guides, places, words
from portal.cli.publish import publish_all
from portal.cli.steps import said_plainly, step
from portal.db import Database
from portal.models.guides import GuideRevision
from portal.rules.calendar_seed import SOURCE, seed
from portal.rules.guide import yaml
from portal.sample.county import county, guide_files

PASSWORD = "qinghe-demo"


@click.command()
@click.option("--port", default=8000, show_default=True, help="端口 Port")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 Address to listen on")
@click.option("--only-prepare", is_flag=True, help="只准备，不运行 Prepare, and do not serve")
def demo(port: int, host: str, only_prepare: bool) -> None:
    """虚构的青禾县：建库、载入、发布、运行 A fictitious county: make the database, load, publish, serve."""
    os.environ["BANSHI_DEMO"] = "1"
    os.environ.setdefault("BANSHI_PUBLIC_URL", f"http://localhost:{port}")
    if not only_prepare and not _free(host, port):
        click.echo(f"端口 {port} 已被占用，请换一个：./banshi demo --port {port + 1}\n"
                   f"Port {port} is taken; use another: ./banshi demo --port {port + 1}", err=True)
        sys.exit(2)
    with said_plainly():
        settings = config.load(os.environ)
        people = _prepare(settings)
        # The worker makes the papers while people read; one that somebody asks for sooner is made at once.
        publish_all(settings, papers="first" if only_prepare else "none", settle=only_prepare)
    _tell(settings, people)
    if not only_prepare:
        from portal.cli.serve import run

        run(settings, host, port)


class Account(NamedTuple):
    """A member of the sample staff, `at` a department, a township's or village's with the place before it."""

    username: str
    roles: list[str]
    at: str


def _prepare(settings: config.Config) -> list[Account]:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not Path(settings.keys).exists():
        keys.create(Path(settings.keys), demo=True)
    database = Database(settings.database)
    with step("建立数据库", "Making the database"):
        migrations.migrate(database)
    with step("载入示例县", "Loading the sample county"), database.writing() as db:
        shape = county()
        places.settle(db, shape)
        people = places.hire(db, shape, lambda: PASSWORD).staff
        calendars.keep(db, seed(), SOURCE)
        now = datetime.now(UTC)
        words.begin(db, shape.synonyms, now)
        for file in guide_files():
            _load(db, file, now)
        db.commit()
        people = [Account(staff.username, [role.role for role in staff.roles],
                          " ".join((*((staff.place.name,) if staff.place.parent_id else ()), staff.department.name if staff.department else "")))
                  for staff in people]
    database.dispose()
    return people


def _load(db: Session, file: Traversable, now: datetime) -> None:
    """Puts a sample guide in force, unless it was before: what somebody tried in the demonstration stays when it is
    started again."""
    guide = yaml.load(file.read_text("utf-8"))
    if db.scalar(select(GuideRevision.id).where(GuideRevision.digest == guides.digest_of(yaml.plain(guide))).limit(1)) is None:
        revision, _ = guides.draft(db, guide, file.name.removesuffix(".yaml"), now, file.name)
        guides.publish(db, revision, now)


def _tell(settings: config.Config, people: list[Account]) -> None:
    click.echo(f"\n  打开 Open    {settings.public_url}/")
    click.echo(f"  工作人员 Staff {settings.public_url}/desk    密码都是 password for all: {PASSWORD}\n")
    for at, accounts in groupby(sorted(people, key=lambda one: one.at), key=lambda one: one.at):
        click.echo(f"    {at}: " + "; ".join(f"{one.username} ({', '.join(one.roles)})" for one in accounts))
    click.echo("\n    window 收件、受理、发证、送达 receives, accepts, hands over; reviewer 审查 examines; head 决定 decides")
    click.echo("    editor, legal, checker, approver, publisher 指南从编写到公布 the steps of a guide from draft to public")
    click.echo("\n  改一份指南，在另一个终端 To change a guide, in another terminal: BANSHI_DEMO=1 ./banshi guides enact FILE")
    click.echo("  这是虚构的示例县，不要录入真实信息。 This county is invented: enter no real data. 按 Ctrl-C 结束 Ctrl-C ends it.\n")


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
