"""Drafts on both engines: opened, saved, resumed, brought to a newer guide, and sent once."""
import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal import keys
from portal.actions import answers as answering
from portal.actions import applications, uploads, vouchers
from portal.actions.accounts import hash_password, matches
from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case
from portal.models.guides import GuideRevision, Item, ItemLife
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import applications as asking
from portal.queries import guides
from portal.rules import tracking
from portal.rules.calendar import legal_day
from portal.storage import Storage
from portal.uploads import Cleaned
from tests.actions.cases import acting, in_force, sample
from tests.conftest import NOW

FOOD = "food-business-licence"
ANSWERS = {"matter": "new", "org_name": "青溪小馆", "legal_name": "李青溪", "legal_id": "990421198505122011",
           "contact_phone": "0680-5552345", "premises_address": "云岭大道56号", "area": 85, "business_type": "catering",
           "items": ["hot"], "online_orders": False, "safety_officer": "何丰年", "staff_number": 6}
WAYS = {"layout": "window", "rules": "later", "health": "commit", "id_card": "window"}
RANDOM = bytes(range(32))


@pytest.fixture
def act(db, ring):
    return acting(db, ring)


def draft(act) -> Application:
    item = in_force(act.db, sample(FOOD), FOOD)
    revision = guides.in_force(act.db, item.id)
    place = asking.where(act.db, item.id, guides.guide_of(revision))[0]
    return applications.start(act, revision, asking.offering(act.db, item.id, place.revision_id), "zh-Hans", os.urandom(32))


def filled(act, **other) -> Application:
    application = draft(act)
    answers = ANSWERS | other
    applications.save_page(act, application, "all", list(answers), answers, {}, seen=0, by=1)
    for key, way in WAYS.items():
        applications.choose(act, application, key, way)
    return application


def send(act, application):
    pin = tracking.pin(os.urandom(32))
    return applications.submit(act, application, os.urandom(32), pin, hash_password(pin)), pin


def test_a_draft_is_found_by_its_code_alone(act):
    application = draft(act)
    code = applications.content_of(application, act.ring)["resume"]
    assert applications.find(act.db, act.ring, code, NOW).id == application.id
    assert applications.find(act.db, act.ring, code[:-1] + ("2" if code[-1] != "2" else "3"), NOW) is None
    assert code not in application.resume_digest and application.expires_at == NOW + timedelta(days=30)


def test_a_page_keeps_values_and_what_cannot_stand(act):
    application = draft(act)
    applications.save_page(act, application, "one", ["area", "org_name"], {"org_name": "青溪"}, {"area": ["很大"]}, seen=0, by=1)
    content = applications.content_of(application, act.ring)
    assert content["answers"] == {"org_name": "青溪"} and content["typed"] == {"area": ["很大"]}
    applications.save_page(act, application, "one", ["area"], {"area": 5}, {}, seen=1, by=1)
    content = applications.content_of(application, act.ring)
    assert content["answers"] == {"org_name": "青溪", "area": 5} and content["typed"] == {}


def test_another_session_that_saved_meanwhile_is_told(act):
    application = draft(act)
    applications.save_page(act, application, "one", ["area"], {"area": 5}, {}, seen=0, by=1)
    with pytest.raises(applications.Overtaken):
        applications.save_page(act, application, "one", ["area"], {"area": 6}, {}, seen=0, by=2)
    applications.save_page(act, application, "one", ["area"], {"area": 7}, {}, seen=0, by=1)
    applications.save_page(act, application, "one", ["area"], {"area": 8}, {}, seen=2, by=2)


def test_saving_keeps_the_draft_longer(act):
    application = draft(act)
    act.now = NOW + timedelta(days=9)
    applications.save_page(act, application, "one", [], {}, {}, seen=0, by=1)
    assert application.expires_at == NOW + timedelta(days=39)


def test_more_than_an_application_holds_is_refused(act):
    application = draft(act)
    with pytest.raises(applications.ApplicationProblem) as problem:
        applications.save_page(act, application, "one", ["a"], {"a": "长" * 200_000}, {}, seen=0, by=1)
    assert problem.value.code == "application.full"
    assert applications.content_of(application, act.ring)["answers"] == {}


def test_sending_keeps_what_counts_and_opens_the_case(act):
    application = filled(act, platform="不该算的平台")
    case, pin = send(act, application)
    content = answering.read(application, answering.data_key(application, act.ring))
    assert "platform" not in content["answers"] and content["documents"] == WAYS | {"application": "form"}
    assert set(content) == {"answers", "documents"}
    assert application.state == ApplicationState.SUBMITTED and application.resume_digest is None
    assert case.variant_key == "new" and matches(application.pin_hash, pin) and not matches(application.pin_hash, "000000")
    voucher = act.db.scalar(select(Voucher).where(Voucher.case_id == case.id, Voucher.kind == VoucherKind.RECEIPT))
    facts = vouchers.facts_of(voucher, answering.data_key(application, act.ring))
    assert facts["pin"] == pin
    assert "从业人员健康证明（书面承诺）" in facts["listed"]["lines"] and "营业执照" not in str(facts["listed"])


def test_what_was_sent_cannot_be_changed(act):
    application = filled(act)
    send(act, application)
    for change in (lambda: applications.save_page(act, application, "one", [], {}, {}, seen=0, by=1),
                   lambda: applications.choose(act, application, "layout", "later"), lambda: send(act, application),
                   lambda: applications.move_to(act, application, None)):
        with pytest.raises(applications.AlreadySent):
            change()
    assert act.db.scalar(select(func.count()).select_from(Case)) == 1


def test_of_two_that_send_at_once_one_is_told(database, ring):
    """Both have read the draft; on SQLite the gate puts one after the other, so the second reads what the first wrote."""
    with database.writing() as db:
        number = filled(acting(db, ring)).id
        db.commit()
    first, second = database.session(writes=True), Session(database.engine)
    stale = second.get_one(Application, number)
    assert stale.state == ApplicationState.DRAFT
    second.commit()
    send(acting(first, ring), first.get_one(Application, number))
    first.commit()
    with pytest.raises((StaleDataError, applications.AlreadySent)):
        send(acting(second, ring), stale)
        second.commit()
    second.rollback()
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Case)) == 1
    first.close()
    second.close()


def test_what_is_missing_is_not_sent(act):
    application = filled(act)
    applications.choose(act, application, "layout", "upload")
    with pytest.raises(applications.NotComplete) as problem:
        send(act, application)
    assert [row.key for row in problem.value.missing] == ["layout"]


def test_the_guide_in_force_counts(act):
    application = filled(act)
    file = sample(FOOD)
    guide = file.guide.model_copy(update={"summary": file.guide.conditions[0]})
    in_force(act.db, file.model_copy(update={"guide": guide}), FOOD)
    with pytest.raises(applications.NewerGuide):
        send(act, application)
    applications.carry_over(act, application, guides.in_force(act.db, application.item_id))
    case, _ = send(act, application)
    assert case.guide_revision_id == act.db.scalar(select(func.max(GuideRevision.id)))


def test_an_item_that_ended_takes_nothing_in(act):
    application = filled(act)
    item = act.db.get_one(Item, application.item_id)
    item.life, item.life_since, item.life_reason = ItemLife.CANCELLED, legal_day(act.now), "取消"
    act.db.flush()
    with pytest.raises(applications.ItemClosed, match="不再收新的申请"):
        send(act, application)


def test_a_place_that_left_takes_nothing_in(act):
    application = filled(act)
    application.offering_revision.offering.withdrawn = True
    act.db.flush()
    with pytest.raises(applications.PlaceGone):
        send(act, application)


def test_a_file_is_sealed_and_counts(act, tmp_path):
    application, storage = filled(act), Storage(tmp_path / "files")
    ours = answering.data_key(application, act.ring)
    file = Cleaned("image/jpeg", "jpg", b"picture of a plan", width=1, height=1)
    place = uploads.store(application.id, ours, file, storage)
    row = uploads.add(act, application, "layout", "C:\\我的\\平面图.HEIC", file, place)
    assert uploads.name_of(row, ours) == "平面图.jpg" and uploads.bytes_of(row, ours, storage) == b"picture of a plan"
    assert b"picture" not in storage.get(place) and "平面图".encode() not in row.name_sealed
    found = asking.filled(application, applications.content_of(application, act.ring), asking.files(act.db, application.id))
    assert found.given["layout"] == "upload"
    uploads.remove(act, row)
    act.db.flush()
    assert asking.files(act.db, application.id) == {}


def test_there_is_room_for_so_many_files(act):
    application = draft(act)
    rows = [uploads.UploadedFile(document_key="layout", size=1 << 20) for _ in range(uploads.MOST)]
    with pytest.raises(uploads.TooMany):
        uploads.check_room("layout", 1, rows)
    uploads.check_room("other", 1, rows)
    with pytest.raises(uploads.TooMany):
        uploads.check_room("other", uploads.FULLEST, rows)
    assert application.id


def test_another_applications_key_opens_nothing(act, tmp_path):
    application, storage = draft(act), Storage(tmp_path / "files")
    file = Cleaned("image/png", "png", b"x")
    place = uploads.store(application.id, answering.data_key(application, act.ring), file, storage)
    row = uploads.add(act, application, "layout", "a.png", file, place)
    with pytest.raises(keys.KeyProblem):
        uploads.bytes_of(row, keys.new_data_key(), storage)
