"""publishing: the processes that draw and print for this one, one a core.

They are forked from one that was started fresh and has loaded what all of them need, and nothing else: a server's threads
and open database are no part of them, they begin at once, and what is loaded stands in memory once. It waits for the next
pool until the process that asked for it ends.
"""
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

LOADED = ["portal.jobs.whole", "portal.queries.stocks", "pypinyin"]
"""What is loaded for all: of the rooms above, by name, what is handed to them comes from there."""


def pool(enter: Callable[..., None] | None = None, *told: object) -> ProcessPoolExecutor:
    """A pool of as many processes as may work at once; each begins with `enter(*told)`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return ProcessPoolExecutor(cores(), context, _enter, (os.sched_getaffinity(0), enter, told))


def _enter(cores: set[int], enter: Callable[..., None] | None, told: tuple) -> None:
    os.sched_setaffinity(0, cores)  # those of who asks now, not of who asked first
    gc.freeze()  # the collector writes on all that it looks through, and what is written on is shared no longer
    _end_with_parent()
    if enter:
        enter(*told)


def _end_with_parent() -> None:
    """The process ends when who started it is gone, even by force; otherwise it would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cores() -> int:
    """How many processes may work at once."""
    return len(os.sched_getaffinity(0))
