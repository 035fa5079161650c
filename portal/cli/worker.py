"""cli: the worker: prints papers, publishes what changed, seals the record. `serve` runs it as well."""
import os
import signal
import threading

import click

from portal import config, logs
from portal.cli.steps import said_plainly


@click.command()
def worker() -> None:
    """打印文书、发布变动、封存记录 Print papers, publish changes, seal the record. Ctrl-C 结束 ends it."""
    from portal.jobs import Tools
    from portal.jobs.worker import run

    with said_plainly():
        tools = Tools.of(config.load(os.environ))
    logs.configure()
    os.nice(10)  # people's pages go before papers
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(tools, stop)
    tools.database.dispose()
