"""What a place may say of a guide, by whom, and what becomes of it when the county's text changes."""
import pytest
from pydantic import ValidationError

from portal.rules import offerings as rules
from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Hours, Offering
from portal.rules.permissions import Officer, acting_roles
from tests.rules.guides import good_file

COUNTY, TOWN, VILLAGE, OTHER = "990421000000", "990421101000", "990421101202", "990421102000"


def officer(division: str, *roles: str) -> Officer:
    return Officer(1, 1, division, acting_roles(roles, division))


@pytest.mark.parametrize(("who", "kept"), [
    (officer(COUNTY, "editor"), {TOWN, VILLAGE, OTHER}), (officer(COUNTY, "admin"), {TOWN, VILLAGE, OTHER}),
    (officer(COUNTY, "head"), set()), (officer(COUNTY, "window"), set()),
    (officer(TOWN, "editor"), {TOWN, VILLAGE}), (officer(TOWN, "head"), {TOWN, VILLAGE}), (officer(TOWN, "window"), set()),
    (officer(VILLAGE, "editor"), {VILLAGE}), (officer(VILLAGE, "helper"), set()), (officer("990521000000", "editor"), set()),
])
def test_who_keeps_which_place(who, kept):
    assert {code for code in (COUNTY, TOWN, VILLAGE, OTHER) if rules.keeps(who, code)} == kept


def test_an_editor_of_a_township_is_none_of_the_countys_texts():
    assert officer(TOWN, "editor", "checker").roles == {"keeper", "checker"}
    assert officer(COUNTY, "editor").roles == {"editor"}


def offering(**more) -> Offering:
    return Offering.model_validate({"place": TOWN, "roles": ["receives"]} | more)


def test_what_the_text_leaves_as_it_was_stays_as_the_place_has_it():
    before, there = offering(), offering(note="周三下午下村", roles=["advises"])
    assert rules.carried(before, there, before) == there
    assert rules.carried(before, None, before) is None, "the place gave it up"
    assert rules.carried(None, there, None) == there, "the place took it up itself"


def test_what_the_text_says_anew_is_taken_from_it_element_by_element():
    before, there = offering(local_code="A1"), offering(local_code="A1", note="周三下午下村")
    assert rules.carried(before, there, offering(local_code="A2")) == offering(local_code="A2", note="周三下午下村")
    assert rules.carried(None, there, offering(roles=["decides"])).roles == [Role.DECIDES]
    assert rules.carried(None, None, offering()) == offering()
    assert rules.carried(before, there, None) is None, "the county took it away"


def test_a_place_says_nothing_but_its_own():
    changed = rules.changed(offering(local_code="A1"), {"note": {"zh": "后院"}, "local_code": "B9", "place": OTHER})
    assert changed == offering(local_code="A1", note="后院")
    assert rules.changed(changed, {"note": None}) == offering(local_code="A1")


def test_a_document_of_the_place_needs_the_rule_that_allows_it():
    paper = {"key": "local", "name": "村民小组意见", "necessity": "required", "source": "applicant", "originals": 1, "medium": "paper"}
    assert [one.rule for one in rules.faults(good_file(), offering(documents=[paper]))] == ["L-DOC-12"]
    assert rules.faults(good_file(), offering(documents=[paper | {"basis": "青禾县示例办法第三条"}])) == []
    again = paper | {"name": good_file().guide.variants[0].documents[0].name.model_dump(), "basis": "某条"}
    assert [one.rule for one in rules.faults(good_file(), offering(documents=[again]))] == ["L-OFFER-08"]


def test_townships_mostly_receive_and_villages_mostly_help():
    assert Role.RECEIVES in rules.usual(TOWN) and Role.FILES_FOR_PEOPLE in rules.usual(VILLAGE) and Role.RECEIVES not in rules.usual(VILLAGE)


@pytest.mark.parametrize("day", ["00-10", "13-01", "5-1", "02-32"])
def test_a_season_begins_and_ends_on_a_month_and_a_day(day):
    with pytest.raises(ValidationError):
        Hours.model_validate({"since": day, "until": "12-31", "spans": [{"opens": "08:30", "closes": "12:00"}]})
