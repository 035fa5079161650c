"""What people entrust lies nowhere in the clear: a case is walked through the web, then everything kept is searched."""
import base64
import io
import logging
from datetime import datetime
from pathlib import Path

import pytest
import structlog

from portal import logs
from portal.jobs import Tools, nightly
from portal.models.outbox import OutboxRow
from portal.models.vouchers import Voucher
from portal.publishing import vouchers as printing
from portal.queries import applications
from tests.conftest import NOW
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import at_desk, carry_through

NAME, SHOP, PHONE, IDENTITY = "欧阳植音", "植音小馆", "0680-5559731", "990421198812242013"
WRONG = "0" if IDENTITY[-1] != "0" else "1"
ADDRESS, WISH = "云岭大道植音巷七号", "植音请补一张平面图"
ANSWERS = {"a-org_name": SHOP, "a-legal_name": NAME, "a-legal_id": IDENTITY, "a-contact_phone": PHONE}
PREMISES = {**walks.PREMISES, "a-premises_address": ADDRESS}
FILE_NAME = "植音身份证照片.jpg"
NUMBER = 1
"""The application's: the first that the portal takes."""
OFFICERS = ("shichang.window", "shichang.head", "shichang.review")
SECRETS = (NAME, SHOP, PHONE, IDENTITY, ADDRESS, WISH, "植音", PHONE.replace("-", ""), IDENTITY[:14])


def forms_of(secret: str) -> dict[str, bytes]:
    """The secret as it could lie about: in plain encodings, escaped as in JSON, and in base64 at each of three offsets."""
    plain = secret.encode()
    found = {"utf-8": plain, "utf-16": secret.encode("utf-16-le"), "utf-16 big": secret.encode("utf-16-be"),
             "gb18030": secret.encode("gb18030"), "json": secret.encode("unicode_escape"), "hex": plain.hex().encode()}
    for offset in range(3):
        # Of a text in the middle of others only the whole groups of three bytes look the same.
        coded = base64.b64encode(b"\0" * offset + plain)[4 if offset else 0:]
        found[f"base64+{offset}"] = coded[: len(coded) // 4 * 4 - 4]
    return {how: data for how, data in found.items() if len(data) >= 6}


def leaks(data: bytes) -> list[str]:
    return [f"{secret} as {how}" for secret in SECRETS for how, form in forms_of(secret).items() if form in data]


@pytest.fixture
def log():
    """What would stand in the log, at its most talkative."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure(stream, level=logging.DEBUG)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def corrected(client: Inspector, code: str) -> None:
    """The applicant brings what she was asked for, and sends it."""
    page = client.get(f"/applications/{NUMBER}/correction")
    form = walks.form_to(page, "/layout/files")
    form.data["file"] = walks.photo(FILE_NAME, "blue")
    page = client.submit(client.submit(form).form("提交补正"))
    assert NAME not in client.get(f"/track/{code}").html


def nightly_work(app, monkeypatch) -> None:
    """What is due at night is queued, done, and queued again; one of the tasks fails over what it was working on."""
    huey = nightly.timetable(Tools.of(app.extensions["banshi"].config))
    with monkeypatch.context() as broken:
        broken.setattr(nightly, "seal", lambda tools: (_ for _ in ()).throw(RuntimeError(f"{NAME} {IDENTITY}")))
        for again in (False, True):
            for minute in (10, 20, 40):
                for task in huey.read_periodic(datetime(2026, 3, 2, 18, minute)):
                    huey.enqueue(task)
            while not again and (task := huey.dequeue()) is not None:
                huey.execute(task)
    assert huey.pending_count() == 3


@pytest.fixture
def walked(app, published, log, monkeypatch):
    """A case from its first page over an error, a correction and its decision to its delivery, its papers and the nights after."""
    published(walks.FOOD)
    client = Inspector(app)
    page = walks.begin(client)
    page = walks.save(client, page, **{"a-matter": "new"})
    walks.save(client, page, status=422, **{**ANSWERS, "a-legal_id": IDENTITY[:-1] + WRONG})
    page = walks.save(client, page, **ANSWERS)
    page = walks.save(client, page, **PREMISES)
    page = walks.save(client, page, **{"a-safety_officer": NAME, "a-staff_number": "6"})
    walks.upload(client, page, "layout", walks.photo(FILE_NAME))
    page = walks.give(client, page)
    with monkeypatch.context() as broken:
        broken.setattr(applications, "filled", lambda *of, **_: (_ for _ in ()).throw(RuntimeError(f"{NAME} {IDENTITY}")))
        client.get(f"/applications/{walks.number_of(page)}/check", status=500)
    receipt = walks.send(client, page)
    code, _pin = walks.codes(receipt)
    assert NAME not in client.get(f"/track/{code}").html
    window = at_desk(app, "shichang.window")
    page = window.get("/desk")
    case = next(href for href in page.links().values() if href and href.startswith("/desk/cases/"))
    assert NAME not in page.html and IDENTITY not in page.html and PHONE not in page.html
    assert IDENTITY not in window.get(case).html and PHONE not in window.get(case).html, "masked at the desk, too"
    window.get(f"/search?q={NAME}")
    window.get(f"/desk?q={IDENTITY}")
    client.get(f"/track/{IDENTITY}", status=404)
    walks.ask_correction(app, code, ("layout", "wrong", WISH))
    corrected(client, code)
    carry_through(app, int(case.rpartition("/")[2]), *OFFICERS, opinion=WISH)
    nightly_work(app, monkeypatch)
    parts = app.extensions["banshi"]
    with parts.database.reading() as db:
        numbers = [voucher.id for voucher in db.query(Voucher)]
    for number in numbers:
        assert printing.issued(parts.database, parts.keys, parts.storage, number, NOW).startswith(b"%PDF")
    return app


def test_nothing_that_is_kept_tells_a_person(walked, log):
    parts = walked.extensions["banshi"]
    folder = Path(parts.config.data)
    kept = [file for file in folder.rglob("*") if file.is_file()]
    assert not {file.name: told for file in kept if (told := leaks(file.read_bytes()))}
    assert {"banshi.sqlite", "banshi.sqlite-wal", "jobs.sqlite"} <= {file.name for file in kept}, "the write-ahead log was searched as well"
    assert len([file for file in kept if "files" in file.parts]) >= 3, "and the upload, and the printed papers"
    told = log.getvalue()
    assert "request.failed" in told, "the log was listening"
    assert not leaks(told.encode())
    with parts.database.reading() as db:
        rows = list(db.query(OutboxRow))
        assert rows and all(isinstance(value, int) for row in rows for value in row.payload.values()), "ids alone"


def test_the_search_finds_each_form_of_a_secret():
    for secret in (NAME, IDENTITY):
        for how, form in forms_of(secret).items():
            assert leaks(b"before" + form + b"after"), how
    assert leaks(base64.b64encode(f'{{"name": "{NAME}", "x": 1}}'.encode()))


def test_the_search_finds_what_a_database_holds(app):
    parts = app.extensions["banshi"]
    with parts.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE place SET notice = ?", (NAME,))
        db.commit()
    assert any(leaks(file.read_bytes()) for file in Path(parts.config.data).glob("banshi.sqlite*"))
