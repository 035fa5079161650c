"""What nobody can write into a guide now, and what an earlier release stored all the same is read."""
import pytest
from pydantic import ValidationError

from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.mistakes import mistakes
from portal.rules.guide.offering import there_is
from portal.rules.guide.written import LONGEST, LONGEST_NAME, checked
from portal.rules.lint import lint
from tests.rules.guides import good_file, good_guide

SEASON = "/offerings/0/windows/0/hours/0/since"


def stored(day: str = "02-29", **guide) -> GuideFile:
    """The guide as the first release stored it."""
    plain = good_guide()
    plain["guide"] |= guide
    hours = {"since": day, "until": "12-31", "spans": [{"opens": "08:30", "closes": "12:00"}]}
    plain["offerings"][0]["windows"] = [{"name": "一号窗口", "hours": [hours]}]
    return GuideFile.model_validate(plain)


@pytest.mark.parametrize(("day", "is_one"), [("02-29", True), ("04-30", True), ("12-31", True), ("02-30", False), ("02-31", False), ("04-31", False),
                                             ("06-31", False), ("09-31", False), ("11-31", False)])
def test_a_season_begins_and_ends_on_days_that_there_are(day, is_one):
    file = stored(day)
    assert there_is(day) == is_one and [one.at for one in lint(file) if one.rule == "L-OFFER-09"] == [SEASON] * (not is_one)
    if is_one:
        assert checked(file) is file and yaml.load(yaml.dump(file)) == file
        return
    with pytest.raises(ValidationError) as refused:
        yaml.load(yaml.dump(file))
    [said] = mistakes(refused.value)
    assert (said.at, said.code) == (SEASON, "day_unknown") and "这一天不存在" in said.said.zh and "its month does not have" in said.said.en


@pytest.mark.parametrize(("path", "most"), [("summary", LONGEST), ("scope", LONGEST)])
def test_a_text_without_end_is_refused_and_one_as_long_as_may_be_is_not(path, most):
    assert checked(stored(**{path: {"zh": "长" * most, "en": "x" * most}}))
    with pytest.raises(ValidationError) as refused:
        checked(stored(**{path: {"zh": "短", "en": "x" * (most + 1)}}))
    [said] = mistakes(refused.value)
    assert said.at == f"/guide/{path}/en" and str(most) in said.said.zh and str(most) in said.said.en


def test_a_name_is_shorter_than_a_text():
    item = good_guide()["guide"]["item"]
    assert checked(stored(item=item | {"name": "名" * LONGEST_NAME}))
    with pytest.raises(ValidationError):
        checked(stored(item=item | {"name": "名" * (LONGEST_NAME + 1)}))


def test_only_what_is_written_is_looked_at_and_what_an_import_left_over_may_be_long():
    file = stored("02-30")
    assert checked(file, ["/guide"]) is file and checked(file, ["/offerings/1", "/offerings/01"]) is file
    with pytest.raises(ValidationError):
        checked(file, ["/guide", "/offerings/0"])
    left = good_file().model_dump(mode="json") | {"unplaced": ["长" * (LONGEST + 1)]}
    assert checked(GuideFile.model_validate(left))
