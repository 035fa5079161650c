"""In whose name papers go out: the body that decides, and of townships the one in which the case lies."""
import pytest
from sqlalchemy import select

from portal.models.places import Place
from portal.models.vouchers import Voucher
from portal.queries import bodies
from portal.rules.county import government
from tests.actions.cases import RESTAURANT, sample, submitted

HOMESTEAD = {"build": "new", "applicant_name": "林小满", "applicant_id": "11010519491231002X"}


@pytest.fixture
def homestead(db, ring):
    place = db.scalar(select(Place).where(Place.name == "云岭镇"))
    return submitted(db, ring, sample("rural-homestead"), HOMESTEAD, place_id=place.id)


def test_what_a_township_decides_goes_out_in_its_name_from_its_own_register(db, homestead):
    body = bodies.issuing(db, homestead)
    assert body.name == "云岭镇人民政府" and body.register.endswith("-101")
    [receipt] = db.scalars(select(Voucher).where(Voucher.case_id == homestead.id))
    assert receipt.number.startswith(f"{body.register}收字〔2026〕第0001号")


def test_the_owner_decides_in_its_own_name(db, ring):
    case = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
    assert bodies.issuing(db, case).name == case.department.name


def test_who_is_entrusted_decides_in_the_name_of_the_owner(db, ring):
    file = sample("rural-homestead")
    item = file.guide.item.model_copy(update={"body_nature": "entrusted"})
    file = file.model_copy(update={"guide": file.guide.model_copy(update={"item": item})})
    file = type(file).model_validate(file.model_dump(mode="json"))
    place = db.scalar(select(Place).where(Place.name == "云岭镇"))
    case = submitted(db, ring, file, HOMESTEAD, place_id=place.id)
    assert bodies.issuing(db, case).name == case.department.name


@pytest.mark.parametrize(("township", "name"), [
    ("云岭镇", "云岭镇人民政府"), ("河湾乡", "河湾乡人民政府"), ("东门街道", "东门街道办事处"), ("东门街道办事处", "东门街道办事处")])
def test_the_government_of_a_township(township, name):
    assert government(township) == name
