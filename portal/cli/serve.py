"""cli: the server: granian with the portal, and the worker beside it. Both end when either is told to, or dies."""
import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
from flask import Flask

from portal import config, create_app, logs, migrations
from portal.cli.steps import said_plainly
from portal.config import Config
from portal.db import Database
from portal.publishing import publications
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

ROOT = Path(__file__).parents[2]
NAMES = (Text(zh="网页服务", en="The web server"), Text(zh="后台工作", en="The worker"))
PATIENCE = 30
"""Seconds that each part has to finish what it does."""


@click.command()
@click.option("--port", default=8000, show_default=True, help="端口 Port")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 Address to listen on")
@click.option("--workers", default=2, show_default=True, help="网页进程数 Web processes")
@click.option("--worker/--no-worker", "beside", default=True, show_default=True,
              help="同时运行打印和发布 Run the worker beside it")
def serve(port: int, host: str, workers: int, beside: bool) -> None:
    """运行门户和后台工作 Run the portal and its worker. Ctrl-C 结束 ends both."""
    with said_plainly():
        settings = config.load(os.environ)
        ready(settings)
    run(settings, host, port, workers=workers, beside=beside)


def application() -> Flask:
    """The portal as a server loads it. What stands after the start is garbage never: without this, walking through it
    all stopped every request of the process for 150 ms now and then."""
    app = create_app()
    gc.collect()
    gc.freeze()
    return app


def ready(settings: Config) -> None:
    """Raises Problem, with its remedy, where the installation must not serve: no keys, no database, or an older one."""
    from portal import keys

    keys.load(settings.keys, demo=settings.demo)
    database = Database(settings.database)
    try:
        if database.sqlite and not Path(database.url.database).exists():
            raise _unready("还没有数据库", "There is no database yet")
        if migrations.revision(database.engine) != migrations.newest():
            raise _unready("数据库的版本与程序不符", "The database is not of this release")
    finally:
        database.dispose()


def run(settings: Config, host: str, port: int, *, workers: int = 2, beside: bool = True) -> None:
    """Serves until a signal comes or a part dies; the other part is then ended, and what was begun is finished."""
    logs.configure()
    publications.tidy(settings.data / "site")
    commands = [_web(host, port, workers)] + ([[sys.executable, "-m", "portal", "worker"]] if beside else [])
    parts = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: stopped.append(number))
    while not stopped and all(part.poll() is None for part in parts):
        time.sleep(0.1)
    died = [] if stopped else [part for part in parts if part.returncode is not None]
    for part in died:
        _tell(NAMES[parts.index(part)], part.returncode)
    for part in parts:
        if part.poll() is None:
            part.send_signal(signal.SIGTERM)
    for part in parts:
        _end(part)
    sys.exit(1 if died else 0)


def _web(host: str, port: int, workers: int) -> list[str]:
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
            "--blocking-threads", "4", "--no-ws", "--factory", "--respawn-failed-workers", "--log-level", "warning",
            "--workers-kill-timeout", "20", "portal.cli.serve:application"]


def _tell(name: Text, code: int) -> None:
    """Says which part died, so that nobody takes the end of all for one that was asked for."""
    zh, en = (f"被信号 {-code} 结束", f"was ended by signal {-code}") if code < 0 else (f"退出，代码 {code}", f"left with code {code}")
    click.echo(f"{name.zh}意外{zh}，服务随之停止；已经保存的都在，没办完的重新运行后接着办。请再次运行；反复发生的，看日志和 ./banshi doctor。\n"
               f"{name.said('en')} {en} unasked, so the service stops. What was saved is safe, and what was begun goes on at the next start. "
               "Start it again; where it happens again, see the log and ./banshi doctor.", err=True)


def _end(part: subprocess.Popen) -> None:
    try:
        part.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        part.kill()
        part.wait()


def _unready(zh: str, en: str) -> Problem:
    return Problem("serve.database", f"{zh}。正式运行请先运行 ./banshi migrate；试用请运行 ./banshi demo。",
                   f"{en}. To run it for real, first run ./banshi migrate; to try it run ./banshi demo.")
