"""What is cleared away at night: drafts past their day with their key and files, and stored files without a row."""
import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from portal.actions import answers as answering
from portal.actions import applications, uploads, vouchers
from portal.jobs import leftovers
from portal.models.applications import Application, ApplicationState, UploadedFile
from portal.models.cases import Case
from portal.models.vouchers import Voucher
from portal.queries import applications as asking
from portal.queries import guides
from portal.storage import StorageProblem
from portal.uploads import Cleaned
from tests.actions.cases import RESTAURANT, acting, in_force, sample, submitted
from tests.conftest import NOW

LATER = NOW + timedelta(days=30)
PICTURE = Cleaned("image/jpeg", "jpg", b"picture of a plan", width=1, height=1)
FOOD = "food-business-licence"


def draft(tools, ring, files=1, now=NOW) -> int:
    """A draft with answers and files; its number."""
    with tools.database.writing() as db:
        act = acting(db, ring, now=now)
        item = guides.item(db, FOOD) or in_force(db, sample(FOOD), FOOD)
        application = applications.start(act, guides.in_force(db, item.id), None, "zh-Hans", os.urandom(32))
        applications.save_page(act, application, "all", ["org_name"], {"org_name": "青溪小馆"}, {}, seen=0, by=1)
        for _ in range(files):
            place = uploads.store(application.id, answering.data_key(application, act.ring), PICTURE, tools.storage)
            uploads.add(act, application, "layout", "plan.jpg", PICTURE, place)
        db.commit()
        return application.id


def read(tools, application_id) -> Application:
    with tools.database.reading() as db:
        return db.get_one(Application, application_id)


def rows(tools) -> int:
    with tools.database.reading() as db:
        return db.scalar(select(func.count()).select_from(UploadedFile))


def in_store(tools) -> list[str]:
    return sorted(tools.storage.names())


def grow_old(tools, *places) -> None:
    """Makes stored files two days old."""
    for place in places or in_store(tools):
        os.utime(tools.config.data / "files" / place, times=(0, (datetime.now(UTC) - timedelta(days=2)).timestamp()))


def sweep(tools) -> int:
    return leftovers.sweep(tools, datetime.now(UTC))


def test_a_draft_past_its_day_goes_with_its_key_and_its_files(tools, ring):
    late, fresh = draft(tools, ring, files=2), draft(tools, ring, now=NOW + timedelta(seconds=1))
    with tools.database.reading() as db:
        resume = applications.content_of(db.get_one(Application, late), tools.keys)["resume"]
    assert leftovers.erase(tools, LATER) == 1
    gone, kept = read(tools, late), read(tools, fresh)
    assert gone.state == ApplicationState.ERASED and gone.wrapped_key is None and gone.answers_sealed is None
    assert gone.resume_digest is None and kept.state == ApplicationState.DRAFT and kept.wrapped_key
    assert rows(tools) == len(in_store(tools)) == 1
    with tools.database.reading() as db:
        assert applications.find(db, tools.keys, resume, NOW) is None and asking.application(db, late, NOW) is None
    assert leftovers.erase(tools, LATER) == 0, "again is no harm"


def test_a_draft_past_its_day_is_gone_for_everybody_before_the_night(tools, ring):
    number = draft(tools, ring)
    with tools.database.reading() as db:
        application = db.get_one(Application, number)
        code = applications.content_of(application, tools.keys)["resume"]
        for now, there in ((LATER - timedelta(seconds=1), True), (LATER, False)):
            assert (applications.find(db, tools.keys, code, now) is not None) is there
            assert (asking.application(db, number, now) is not None) is there
            assert bool(asking.drafts(db, [number], application.item_id, now)) is there


def test_a_draft_that_is_saved_again_is_kept(tools, ring):
    number = draft(tools, ring)
    with tools.database.writing() as db:
        act = acting(db, ring, now=LATER - timedelta(minutes=1))
        applications.choose(act, db.get_one(Application, number), "layout", "window")
        db.commit()
    assert leftovers.erase(tools, LATER) == 0 and len(in_store(tools)) == 1


def test_what_was_submitted_is_never_erased(tools, ring):
    with tools.database.writing() as db:
        submitted(db, ring, sample("open-restaurant"), RESTAURANT)
        db.execute(update(Application).values(expires_at=NOW))
        db.commit()
    assert leftovers.erase(tools, LATER + timedelta(days=9)) == 0


def test_stopped_between_rows_and_files_the_sweep_finishes(tools, ring, monkeypatch):
    draft(tools, ring, files=3)
    calls = []

    def deleted(place):
        calls.append(place)
        raise StorageProblem("storage.down", "x", "x")

    with monkeypatch.context() as down:
        down.setattr(tools.storage, "delete", deleted)
        with pytest.raises(StorageProblem):
            leftovers.erase(tools, LATER)
    assert len(calls) == 1 and rows(tools) == 0 and len(in_store(tools)) == 3
    assert sweep(tools) == 0, "they are too young yet"
    grow_old(tools)
    assert sweep(tools) == 3 and in_store(tools) == [] and sweep(tools) == 0


def test_the_sweep_leaves_what_a_row_names_and_what_is_young(tools, ring, monkeypatch):
    monkeypatch.setattr(leftovers, "AT_ONCE", 2)
    draft(tools, ring, files=3)
    with tools.database.writing() as db:
        case_id = submitted(db, ring, sample("open-restaurant"), RESTAURANT, slug="other").id
        case = db.get_one(Case, case_id)
        voucher = db.scalar(select(Voucher).where(Voucher.case_id == case_id))
        if voucher is not None:
            vouchers.keep(voucher, b"%PDF", answering.data_key(case.application, tools.keys), tools.storage, NOW)
        db.commit()
    named = in_store(tools)
    orphans = [tools.storage.put(b"left behind") for _ in range(3)]
    grow_old(tools)
    young = tools.storage.put(b"being uploaded now")
    assert sweep(tools) == 3
    assert in_store(tools) == sorted([*named, young]) and not set(orphans) & set(in_store(tools))


def test_a_file_that_was_taken_back_goes_even_if_its_deletion_was_missed(tools, ring):
    draft(tools, ring)
    with tools.database.writing() as db:
        uploads.remove(acting(db, ring), db.scalar(select(UploadedFile)))
        db.commit()
    grow_old(tools)
    assert sweep(tools) == 1 and in_store(tools) == []
