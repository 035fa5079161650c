"""cli: how a command shows that it works, and how it says no."""
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from portal.rules.lint import Finding
from portal.rules.problems import Problem


@contextmanager
def step(zh: str, en: str) -> Iterator[None]:
    """Prints the step, a dot every two seconds while it lasts, and how long it took."""
    click.echo(f"  {zh} {en} …", nl=False)
    begun, over = time.monotonic(), threading.Event()

    def show() -> None:
        while not over.wait(2):
            click.echo(".", nl=False)
            sys.stdout.flush()

    shower = threading.Thread(target=show, daemon=True)
    shower.start()
    try:
        yield
    except BaseException:
        click.echo(" 失败 failed")
        raise
    finally:
        over.set()
        shower.join()
    click.echo(f" 完成 done, {time.monotonic() - begun:.0f} s")


@contextmanager
def said_plainly() -> Iterator[None]:
    """A Problem ends the command with its sentence in both languages and exit code 2, without a traceback."""
    try:
        yield
    except Problem as problem:
        click.echo(f"{problem.text.zh}\n{problem.text.said('en')}", err=True)
        sys.exit(2)


def list_errors(name: str, findings: Iterable[Finding]) -> None:
    """Prints what keeps a guide from being published, each with its remedy, in both languages."""
    click.echo(name, err=True)
    for finding in findings:
        click.echo(f"  {finding.rule} {finding.at}\n      {finding.message.zh}\n      {finding.message.said('en')}", err=True)
        click.echo(f"      → {finding.remedy.zh}\n      → {finding.remedy.said('en')}", err=True)


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be told how many of how many are done: a bar on a terminal, elsewhere a line every two seconds at most."""
    if not sys.stdout.isatty():
        slowly = _slowly(what)
        yield lambda done, total: slowly(f"{done}/{total}")
        return
    with click.progressbar(length=1, label=f"  {what}", show_pos=True) as bar:

        def count(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield count


def _slowly(what: str) -> Callable[[str], None]:
    """Prints how far it is, every two seconds at most."""
    last = time.monotonic()

    def say(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= 2:
            last = time.monotonic()
            click.echo(f"  … {what} {line}")

    return say
