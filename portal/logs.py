"""logs: JSON lines on standard error that hold no personal data, by an allow-list and not by care.

Our own lines are an event's constant name with values under known keys, each of a known shape. Lines of
libraries keep their constant template and lose its arguments. Of an exception its type and its places in
the code are told, never its message: a message may quote what somebody typed.
"""

import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog

_WORD = re.compile(r"[a-z0-9_.:/<>+-]{0,120}", re.ASCII)
"""Lower case without spaces: no name in two words, no tracking code, nothing Chinese."""
_NUMBER = re.compile(r"(?:\d[ -]?){10}\d", re.ASCII)
"""Eleven digits in a row are a telephone or an identity number, whatever the key says."""
_SHAPES = {
    "event": re.compile(r"[a-z][a-z0-9_.]{0,79}", re.ASCII),
    "timestamp": re.compile(r"[0-9T:.-]+Z", re.ASCII),
    "logger": re.compile(r"[A-Za-z0-9_.]{1,80}", re.ASCII),
    "method": re.compile(r"[A-Z]{1,10}", re.ASCII),
    "said": re.compile(r"[A-Za-z0-9_.:/, -]{0,120}", re.ASCII),
}
KEYS = frozenset(_SHAPES) | {
    *("level", "exception", "request", "route", "status", "duration_ms", "statements", "bytes", "count", "process"),
    *("job", "outbox", "run", "attempt", "problem", "item", "guide", "revision", "offering", "place", "account", "staff"),
    *("application", "case", "stage", "voucher", "certificate", "charge", "message"),
}
"""Under any other key nothing gets through. `application`, `case` and the like hold the rows' own numbers, `route` the
rule with its placeholders, `problem` the code of a Problem."""

# They write constant words of their own; of all others only a template with arguments is constant.
_PLAIN_TALKERS = ("granian", "_granian", "huey")
_CHATTY = ("weasyprint.progress", "fontTools", "huey")
"""They tell each step of what went well; only their warnings are kept."""


def configure(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Send our lines and those of all libraries to `stream` (standard error). Call once, before the first line."""
    stream = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _moment,
            _exception,
            allow,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_LibraryLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.INFO))
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def get() -> Any:
    """A logger: `log.info("case.accepted", case=12)`. The event is a constant name, never a text with values in it."""
    return structlog.get_logger()


def allow(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The structlog processor that lets through known keys with values of known shapes, and counts the rest."""
    kept = {key: value for key, value in event.items() if key in KEYS and _harmless(key, value)}
    if dropped := len(event) - len(kept):
        kept["dropped"] = dropped
    kept.setdefault("event", "withheld")
    return kept


def _harmless(key: str, value: Any) -> bool:
    if key == "exception":
        return isinstance(value, list)  # made by `_exception`, of types and places alone
    if value is None or isinstance(value, bool):
        return True
    if not isinstance(value, (int, float, str)):
        return False
    return bool(_SHAPES.get(key, _WORD).fullmatch(str(value))) and not _NUMBER.search(str(value))


def _moment(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    event["timestamp"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return event


def _exception(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """`exc_info` as a list, from the exception to its first cause, of `{"type", "at": ["file:line function"]}`."""
    given = event.pop("exc_info", None)
    event.pop("exception", None)
    if not given:
        return event
    error = given if isinstance(given, BaseException) else (given if isinstance(given, tuple) else sys.exc_info())[1]
    chain: list[dict[str, Any]] = []
    while error is not None and len(chain) < 8:
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        chain.append({"type": kind, "at": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]})
        error = error.__cause__ or error.__context__
    if chain:
        event["exception"] = chain
    return event


def _short(filename: str) -> str:
    """From the package on: where the installation lies is nobody's business."""
    return re.sub(r"^.*/(?:site-packages/|python3[^/]*/|(?=(?:portal|forms|pdfs|tests)/))", "", filename)


class _LibraryLine(logging.Formatter):
    """A library's line: the template without its arguments, and of an exception what `_exception` keeps."""

    def format(self, record: logging.LogRecord) -> str:
        constant = record.args or record.name.split(".")[0] in _PLAIN_TALKERS
        words = re.sub(r"%(\([a-z_]+\))?[-#0-9.+]*[a-zA-Z]", " ", str(record.msg)) if constant else ""
        event = {
            "event": "library",
            "logger": record.name,
            "level": record.levelname.lower(),
            "said": " ".join(re.sub(r"[^A-Za-z0-9_.:/, -]", " ", words).split())[:120],
            "exc_info": record.exc_info,
        }
        renderer = structlog.processors.JSONRenderer()
        return renderer(None, "", allow(None, "", _exception(None, "", _moment(None, "", event))))
