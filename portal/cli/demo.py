"""cli: the demonstration: a whole fictitious county on one port, from one word."""
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from portal import config, keys, migrations
from portal.actions import calendars, guides, places
from portal.cli.publish import publish_all
from portal.cli.steps import said_plainly, step
from portal.db import Database
from portal.rules.calendar_seed import seed
from portal.rules import workflow
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


def _prepare(settings: config.Config) -> list[tuple]:
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
        calendars.keep(db, seed(), "chinesecalendar")
        now = datetime.now(UTC)
        for file in guide_files():
            revision, added = guides.draft(db, yaml.load(file.read_text("utf-8")), file.name.removesuffix(".yaml"), now, file.name)
            if added:
                guides.publish(db, revision, now)
        db.commit()
        people = [(staff.username, staff.name, [role.role for role in staff.roles],
                   staff.department.name if staff.department else "") for staff in people]
    database.dispose()
    return people


def _tell(settings: config.Config, people: list) -> None:
    click.echo(f"\n  打开 Open    {settings.public_url}/")
    click.echo(f"  工作人员 Staff {settings.public_url}/desk    密码都是 password for all: {PASSWORD}\n")
    hands = [one for one in people[12:] if set(one[2]) <= set(workflow.ROLES)]
    for username, name, roles, department in [*people[:12], *hands]:
        click.echo(f"    {username:<20}{name}  {department}  {'、'.join(roles)}")
    click.echo(f"    … 共 {len(people)} 个账号，见 portal/sample/county.yaml   {len(people)} accounts in all\n")
    click.echo("  这是虚构的示例县，不要录入真实信息。 This county is invented: enter no real data. 按 Ctrl-C 结束 Ctrl-C ends it.\n")


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
