"""Correcting what a notice names: each paper is called by its name, on every page that tells of it."""
import io

import pytest
from sqlalchemy import func, select

from portal import web
from portal.actions import cases, guides
from portal.models.applications import UploadedFile
from portal.models.guides import Offering
from portal.models.places import Place
from portal.rules import tracking
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.uploads import Cleaned
from portal.views import documents
from tests.actions.cases import RESTAURANT, in_force, sample, submitted
from tests.views.officers import at_desk, do, file_case, look

HALL = "990421000000"


@pytest.fixture
def local_case(app, ring, monkeypatch):
    """A case at a place that asks for a paper of its own, which the notice asks for again."""
    monkeypatch.setattr(guides, "lint", lambda *of, **more: [])
    plain = yaml.plain(sample("open-restaurant"))
    own = {"key": "secret_local_key", "name": {"zh": "本地平面图", "en": "Local map"}}
    next(one for one in plain["offerings"] if one["place"] == HALL)["documents"] = [own]
    file = GuideFile.model_validate(plain)
    with app.extensions["banshi"].database.writing() as db:
        item = in_force(db, file, "local")
        place_id = db.scalar(select(Offering.place_id).join(Place).where(
            Offering.item_id == item.id, Place.code == HALL))
        case_id = submitted(db, ring, file, RESTAURANT, slug="local", place_id=place_id).id
        db.commit()
    wanted = [cases.Wanted("secret_local_key", "missing", "请补")]
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.ask_correction(act, case, wanted))
    return look(app, case_id)


def test_a_paper_of_the_place_alone_is_called_by_its_name(app, client, local_case, monkeypatch):
    pages = {"tracker": client.get(f"/track/{tracking.shown(local_case.tracking_code)}"),
             "desk": at_desk(app, "shichang.window").get(f"/desk/cases/{local_case.id}")}
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    pages["correction"] = client.get(f"/applications/{local_case.application_id}/correction")
    for name, page in pages.items():
        assert "本地平面图" in page.text and ">secret_local_key" not in page.html, name
    assert "材料需要补正：本地平面图（缺少）" in pages["tracker"].text


def test_a_question_that_hangs_on_another_comes_at_once_with_htmx_and_nothing_counts_as_corrected(app, client, ring, monkeypatch):
    with app.extensions["banshi"].database.writing() as db:
        case_id = submitted(db, ring, sample("open-restaurant"), RESTAURANT, slug="plain").id
        db.commit()
    section = next(one for one in sample("open-restaurant").guide.form if any(field.key == "has_sign" for field in one.fields))
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.ask_correction(act, case, [cases.Wanted(section.key, "wrong", "改")]))
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    number = look(app, case_id).application_id
    page = client.get(f"/applications/{number}/correction/sections/{section.key}")
    form = page.form("保存")
    assert "a-sign_size" in form.data
    piece = client.submit(form.set(**{"a-has_sign": "false"}), **{"HX-Request": "true", "HX-Target": "questions"})
    names = {field.get("name") for field in piece.all("input")}
    assert "<html" not in piece.html and "a-sign_size" not in names and "a-has_sign" in names
    assert "已修改" not in client.get(f"/applications/{number}/correction").text


def test_a_file_that_comes_in_after_the_office_went_on_is_not_taken(app, client, ring, monkeypatch):
    """A photo is being looked at while another device sends the corrected papers and the window accepts them."""
    case_id = file_case(app, ring)
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.ask_correction(act, case, [cases.Wanted("layout", "wrong", "改")]))
    monkeypatch.setattr(web, "holds", lambda application_id: True)

    def meanwhile(data, folder):
        do(app, ring, "shichang.window", case_id, lambda act, case: (cases.resubmit(act, case), cases.accept(act, case)))
        return Cleaned("image/jpeg", "jpg", b"picture")

    monkeypatch.setattr(documents.cleaning, "clean", meanwhile)
    application_id = look(app, case_id).application_id
    form = client.get(f"/applications/{application_id}/correction").form("上传")
    assert "已受理" in client.submit(form.set(file=(io.BytesIO(b"x"), "photo.jpg"))).text
    with app.extensions["banshi"].database.reading() as db:
        assert db.scalar(select(func.count()).select_from(UploadedFile)) == 0
    assert look(app, case_id).state == "accepted"
