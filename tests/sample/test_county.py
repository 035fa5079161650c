"""The sample county is complete, meets itself, and cannot be taken for a real one."""
from collections import Counter

import pytest
from pydantic import ValidationError
from stdnum.cn import uscc

from portal.rules.guide.codes import Tier
from portal.sample.county import County, county
from tests.samples import samples


@pytest.fixture(scope="module")
def qinghe():
    return county()


def test_has_one_hall_twelve_centres_and_forty_stations(qinghe):
    assert Counter(place.kind for place in qinghe.places) == {"hall": 1, "centre": 12, "station": 40}
    assert Counter(division.tier for division in qinghe.divisions) == {Tier.COUNTY: 1, Tier.TOWNSHIP: 12, Tier.VILLAGE: 40}
    assert {place.division for place in qinghe.places} == {division.code for division in qinghe.divisions}


def test_each_division_lies_in_its_parent(qinghe):
    tiers = {division.code: division.tier for division in qinghe.divisions}
    for division in qinghe.divisions:
        digits = {Tier.COUNTY: 6, Tier.TOWNSHIP: 9, Tier.VILLAGE: 12}[division.tier]
        assert division.code == division.code[:digits].ljust(12, "0")
        if division.tier is not Tier.COUNTY:
            assert division.code.startswith(division.parent[:6 if tiers[division.parent] is Tier.COUNTY else 9])


def test_twelve_departments_handle_items_at_windows_of_their_own(qinghe):
    handling = [department for department in qinghe.departments if department.role == "handles"]
    assert len(handling) == 12
    numbers = [window.number for department in handling for window in department.windows]
    assert len(numbers) == len(set(numbers)) and all(department.windows for department in qinghe.departments)


def test_codes_have_the_form_of_real_ones_and_belong_to_nobody(qinghe):
    bodies = [qinghe.authority.credit_code, *(department.credit_code for department in qinghe.departments)]
    assert len(bodies) == len(set(bodies))
    assert all(uscc.is_valid(code) and code[2:8] == "990421" for code in bodies)
    assert all(division.code.startswith("990421") for division in qinghe.divisions)
    telephones = [place.telephone for place in qinghe.places] + [department.telephone for department in qinghe.departments]
    assert all(number.startswith("0680-") and len(number) == 12 for number in telephones)
    assert len(telephones) == len(set(telephones))


def test_every_role_has_an_account_and_every_department_can_accept_and_decide(qinghe):
    assert {role for person in qinghe.staff for role in person.roles} == {
        "window", "reviewer", "head", "supervisor", "editor", "legal", "checker", "approver", "publisher", "admin", "helper",
    }
    assert len({person.username for person in qinghe.staff}) == len(qinghe.staff)
    for department in qinghe.departments:
        if department.role == "supervision":
            continue
        roles = {role for person in qinghe.staff if person.department == department.name.zh for role in person.roles}
        assert {"window", "reviewer", "head"} <= roles, department.name.zh


def test_the_seasons_of_a_timetable_cover_the_year_once(qinghe):
    for rows in qinghe.hours.values():
        summer, winter = rows
        assert (summer.since, summer.until, winter.since, winter.until) == ("05-01", "09-30", "10-01", "04-30")


def test_a_place_in_no_division_is_refused(qinghe):
    values = qinghe.model_dump(mode="json")
    values["places"][0]["division"] = "990421999000"
    with pytest.raises(ValidationError, match="division_unknown"):
        County.model_validate(values)


def test_a_timetable_of_a_day_that_its_month_does_not_have_is_refused(qinghe):
    values = qinghe.model_dump(mode="json")
    next(iter(values["hours"].values()))[0]["since"] = "02-30"
    with pytest.raises(ValidationError, match="day_unknown"):
        County.model_validate(values)


def test_every_word_of_people_leads_to_a_guide_that_it_does_not_find_by_itself(qinghe):
    """What the list says is true of the guides: their names or aliases have the offices' words, and none has the people's."""
    items = [file.guide.item for file in samples().values()]
    names = [" ".join((item.name.zh, *(alias.zh for alias in item.aliases))) for item in items]
    assert len(qinghe.synonyms) > 10
    for word, means in qinghe.synonyms.items():
        assert not any(word in name for name in names), word
        assert all(any(mean in name for name in names) for mean in means), (word, means)


def test_a_word_that_would_not_work_is_refused(qinghe):
    with pytest.raises(ValidationError, match="synonym_unfit"):
        County.model_validate(qinghe.model_dump() | {"synonyms": {"低保": ["低保"]}})
