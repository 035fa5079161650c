"""cli/bench: a figure beside its budget, and how two things are timed against each other."""
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple


class Figure(NamedTuple):
    """`budget` is a sentence for readers; `holds` is what it comes to. `yardstick` is in the same unit, of the same run."""

    name: str
    value: float
    unit: str
    yardstick: float | None
    budget: str
    holds: bool


def at_most(name: str, value: float, unit: str, limit: float, yardstick: float | None = None) -> Figure:
    """A figure that must not pass a limit; the yardstick, if any, stands beside it only."""
    return Figure(name, round(value, 2), unit, _rounded(yardstick), f"≤ {limit:g} {unit}", value <= limit)


def at_most_times(name: str, value: float, unit: str, factor: float, yardstick: float, or_limit: float | None = None) -> Figure:
    """A figure that may be so many times its yardstick at most, or stay under a limit of its own."""
    holds = value <= factor * yardstick or (or_limit is not None and value <= or_limit)
    budget = f"≤ {factor:g} × yardstick" + (f" or ≤ {or_limit:g} {unit}" if or_limit is not None else "")
    return Figure(name, round(value, 2), unit, round(yardstick, 2), budget, holds)


def at_least_share(name: str, value: float, unit: str, share: float, yardstick: float) -> Figure:
    """A figure that reaches its share of the yardstick at least."""
    return Figure(name, round(value, 2), unit, round(yardstick, 2), f"≥ {share:.0%} of yardstick", value >= share * yardstick)


def exactly(name: str, value: float, unit: str, wanted: float) -> Figure:
    return Figure(name, round(value, 4), unit, None, f"= {wanted:g} {unit}", value == wanted)


def interleaved(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each call of both, in turns (A B A B), so that a busy moment of the machine meets both."""
    a, b = [], []
    for _ in range(rounds):
        a.append(milliseconds(ours))
        b.append(milliseconds(theirs))
    return a, b


def milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def computed(call: Callable[[], object]) -> float:
    """Milliseconds that this process computes for it, whatever else the machine does meanwhile."""
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


median = statistics.median


@contextmanager
def one_core() -> Iterator[None]:
    """This process, and those that it starts meanwhile, on the first core that it may use."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
