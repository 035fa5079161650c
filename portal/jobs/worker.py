"""jobs: the worker, one process beside the web: a thread for each line of the outbox, one for guides that go live at a set
time, one for workbooks that editors hand in, and huey for the timetable."""
import threading
from datetime import UTC, datetime

from portal import logs
from portal.jobs import Tools, booklets, calendars, importing, items, nightly, outbox, releases
from portal.publishing import publications

PAUSE = 0.5
"""Seconds between two looks at the outbox."""
BOOKLETS = 2
"""Seconds between two looks for booklets that were asked for."""
RELEASES = 5
"""Seconds between two looks for guides whose time has come."""

log = logs.get()


def run(tools: Tools, stop: threading.Event) -> None:
    """Works until `stop` is set; what was begun is finished first, as is what an earlier process began to publish."""
    publications.tidy(tools.config.data / "site")
    lines = [threading.Thread(target=_keep_draining, args=(tools, line, stop), name=line.topic) for line in outbox.LINES]
    lines.append(threading.Thread(target=_keep_binding, args=(tools, stop), name="booklets"))
    lines.append(threading.Thread(target=_keep_releasing, args=(tools, stop), name="releases"))
    lines.append(threading.Thread(target=_keep_importing, args=(tools, stop), name="imports"))
    consumer = nightly.timetable(tools).create_consumer(workers=1, check_worker_health=False)
    # Its loops run in threads; `start` would take the signals, which are the caller's.
    loops = [consumer.scheduler, *(process for _, process in consumer.worker_threads)]
    for thread in [*lines, *loops]:
        thread.start()
    log.info("worker.started", count=len(lines))
    stop.wait()
    consumer.stop_flag.set()
    for thread in [*lines, *loops]:
        thread.join()
    log.info("worker.stopped")


def _keep_draining(tools: Tools, line: outbox.Line, stop: threading.Event) -> None:
    ready = False
    while not stop.is_set():
        try:
            if not ready:
                line.make_ready(tools)
                ready = True
            done = outbox.drain(tools, line, datetime.now(UTC))
        except Exception as error:  # the database is away, the disk is full: the outbox waits, and the thread lives on
            log.error("worker.outbox", problem=type(error).__name__.lower(), exc_info=error)
            done = 0
        if not done:
            stop.wait(PAUSE)


def _keep_binding(tools: Tools, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            done = booklets.make_ordered(tools)
        except Exception as error:  # as above: orders wait
            log.error("worker.booklets", problem=type(error).__name__.lower(), exc_info=error)
            done = 0
        if not done:
            stop.wait(BOOKLETS)


def _keep_releasing(tools: Tools, stop: threading.Event) -> None:
    rest = calendars.Rest()
    while not stop.is_set():
        try:
            releases.release(tools, datetime.now(UTC))
            items.turn(tools, datetime.now(UTC))
            calendars.follow(tools, datetime.now(UTC), rest)
        except Exception as error:  # as above: what is due waits for it
            log.error("worker.releases", problem=type(error).__name__.lower(), exc_info=error)
        stop.wait(RELEASES)


def _keep_importing(tools: Tools, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            importing.work(tools, lambda: datetime.now(UTC), stop.is_set)
        except Exception as error:  # as above: what was handed in waits for it
            log.error("worker.imports", problem=type(error).__name__.lower(), exc_info=error)
        stop.wait(PAUSE)
