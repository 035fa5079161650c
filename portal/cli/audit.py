"""cli: is the record whole? Checks every chain and every seal, and names the first broken link of each."""
import os
import sys

import click

from portal import config
from portal.cli.steps import said_plainly
from portal.db import Database


@click.group()
def audit() -> None:
    """办件记录的完整性 Whether the record of the cases is whole."""


@audit.command()
def verify() -> None:
    """核对每个办件的记录链和每晚的封存 Check the chain of every case and every nightly seal.

    完整则退出 0；有断裂则逐条列出，退出 1。Ends with 0 where all is whole, with 1 and a line for each broken chain where not.
    """
    from portal.queries import record

    with said_plainly():
        database = Database(config.load(os.environ).database)
    with database.reading() as db:
        cases, events, seals = record.counts(db)
        found = 0
        for broken in record.broken(db):
            found += 1
            where = f"办件 {broken.case}" if broken.case else "封存"
            what = f"case {broken.case}" if broken.case else "seals"
            click.echo(f"✗ {where}：第 {broken.link} 环断裂  {what}: link {broken.link} is broken")
    database.dispose()
    if found:
        click.echo(f"{found} 处断裂，请从备份核对。 Broken in {found} places; compare the backup.")
        sys.exit(1)
    click.echo(f"✓ 完整：{cases} 个办件，{events} 条记录，{seals} 次封存。 Whole: {cases} cases, {events} events, {seals} seals.")
