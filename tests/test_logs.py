"""logs: names, numbers and messages are planted everywhere, and none may come out."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from portal import logs

SECRETS = ("张三", "11010519491231002X", "13800138000", "secret")


@pytest.fixture
def lines():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_a_line_holds_what_is_allowed(lines):
    logs.get().info("case.accepted", case=12, route="/track/<code>", status=302, duration_ms=12.5)
    (line,) = lines()
    timestamp = line.pop("timestamp")
    assert timestamp.endswith("Z")
    assert line == {
        "event": "case.accepted",
        "level": "info",
        "case": 12,
        "route": "/track/<code>",
        "status": 302,
        "duration_ms": 12.5,
    }


def test_other_keys_and_other_shapes_do_not_come_out(lines):
    log = logs.get()
    log.info("case.accepted", name="张三", answers={"id": SECRETS[1]}, case="张三")
    log.info("case.accepted", case=13800138000, application="138 0013 8000", item=SECRETS[1], place=[1])
    log.info(f"受理了张三的申请 {SECRETS[1]}")
    log.info(f"accepted {SECRETS[1]}")
    log.info("tracking", problem="7HJ2K-CDF3X", route="Zhang San", said=f"call {SECRETS[2]}")
    told = lines()
    assert [line["event"] for line in told] == ["case.accepted"] * 2 + ["withheld"] * 2 + ["tracking"]
    assert [line["dropped"] for line in told] == [3, 4, 1, 1, 3]
    assert not any(secret in json.dumps(line, ensure_ascii=False) for line in told for secret in SECRETS)


def test_an_exception_tells_its_type_and_place_and_not_its_message(lines):
    try:
        try:
            raise KeyError("张三")
        except KeyError as error:
            raise ValueError(f"secret {SECRETS[1]}") from error
    except ValueError:
        logs.get().exception("job.failed", job="publish")
        logging.getLogger("sqlalchemy.engine").exception("failed with secret")
    for line in lines():
        types = [one["type"] for one in line["exception"]]
        assert types == ["builtins.ValueError", "builtins.KeyError"]
        assert line["exception"][0]["at"][0].startswith("tests/test_logs.py:")
        assert not any(secret in json.dumps(line, ensure_ascii=False) for secret in SECRETS)


def test_a_library_s_line_loses_its_arguments(lines):
    logging.getLogger("werkzeug").warning("refused %s at %d", "张三 secret", 7)
    logging.getLogger("weasyprint").warning(f"no glyph for {SECRETS[0]} secret")
    logging.getLogger("granian").info("Starting workers")
    told = lines()
    assert [line["said"] for line in told] == ["refused at", "", "Starting workers"]
    assert [line["logger"] for line in told] == ["werkzeug", "weasyprint", "granian"]
    assert not any(secret in json.dumps(line, ensure_ascii=False) for line in told for secret in SECRETS)


@given(
    st.dictionaries(
        st.sampled_from([*sorted(logs.KEYS - {"exception"}), "name"]), st.text() | st.integers() | st.none()
    )
)
def test_nothing_but_plain_words_comes_through(event):
    kept = logs.allow(None, "info", dict(event))
    assert set(kept) <= logs.KEYS | {"dropped"}
    json.dumps(kept).encode("ascii")
    assert all(str(value).isascii() for value in kept.values())
