"""Lint: every rule finds what breaks it, and lets pass what just does not."""
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.rules.guide.document import GuideFile
from portal.rules.lint import ERROR, RULES, WARNING, lint
from tests.rules.guides import DEPARTMENT, good_file, good_guide
from tests.rules.lint_cases import CASES, DROP

TODAY = date(2026, 11, 22)
DIRECTORY = {DEPARTMENT, "青禾县公安局", "邻县公安局"}


def changed(change):
    """The good guide with the change made."""
    file = good_guide()
    for path, value in sorted(change.items(), key=lambda row: row[1] is DROP):
        names = path.replace("v0", "variants/0").replace("v1", "variants/1").split("/")
        at = file if names[0] in ("offerings", "unplaced") else file["guide"]
        for name in names[:-1]:
            at = at[int(name) if isinstance(at, list) else name]
        last = int(names[-1]) if isinstance(at, list) else names[-1]
        if value is DROP:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value
    return GuideFile.model_validate(file)


def codes(change):
    return {finding.rule for finding in lint(changed(change), TODAY, DIRECTORY)}


def test_good_guide_has_no_fault():
    assert lint(good_file(), TODAY, DIRECTORY) == []


def test_nobody_is_looked_up_without_a_directory_and_an_owner_outside_it_informs():
    stranger = {"v1/stages/2/department": "青禾县公安"}
    assert lint(changed(stranger), TODAY) == []
    owner = {"item/department": "外县住建局", "v0/stages/0/department": "外县住建局"}
    assert lint(changed(owner), TODAY, DIRECTORY) == []
    found = next(one for one in lint(changed(stranger), TODAY, DIRECTORY))
    assert "交通影响审查" in found.message.zh and "青禾县公安" in found.message.zh and "Review of traffic" in found.message.en


def test_every_rule_has_a_case_for_and_against():
    assert set(CASES) == {rule.code for rule in RULES}


def test_codes_are_stable_words_and_stand_once():
    found = [rule.code for rule in RULES]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"L-[A-Z]+-\d\d", code) for code in found)
    assert {rule.level for rule in RULES} == {ERROR, WARNING}


@pytest.mark.parametrize("code", CASES)
def test_finds_what_breaks_the_rule(code):
    assert code in codes(CASES[code][0])


@pytest.mark.parametrize("code", CASES)
def test_lets_pass_what_just_does_not(code):
    assert code not in codes(CASES[code][1])


@pytest.mark.parametrize("code", CASES)
def test_findings_point_into_the_file_and_are_said_in_both_languages(code):
    file = changed(CASES[code][0])
    plain = file.model_dump(mode="json", by_alias=True)
    for finding in lint(file, TODAY, DIRECTORY):
        at = plain
        for name in finding.at.split("/")[1:]:
            at = at[int(name)] if isinstance(at, list) else (at or {}).get(name)
        for words in (finding.message, finding.remedy):
            assert words.zh and words.en and "{" not in words.zh + words.en
            assert re.search("[一-鿿]", words.zh)


def test_errors_come_first():
    levels = [finding.level for finding in lint(changed({"summary": DROP, "delivery": [], "questions": []}), TODAY)]
    assert levels == sorted(levels)


def test_without_a_day_no_review_is_due():
    file = changed({"provenance/review_due": "2026-11-03"})
    assert lint(file) == []
    assert [finding.rule for finding in lint(file, TODAY)] == ["L-BASIS-09"]


CUT = (None, True, False, 0, 7, "无", "中华人民共和国", "2026-02-30", "on_the_spot", "month", "back", "accept", [], {})


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_lint_goes_through_any_guide_that_the_schema_takes(data):
    plain = good_guide()
    for _ in range(data.draw(st.integers(1, 3))):
        at, key = plain, "guide"
        while isinstance(at[key], (dict, list)) and at[key] and data.draw(st.integers(0, 3)):
            at = at[key]
            key = data.draw(st.sampled_from(range(len(at)) if isinstance(at, list) else sorted(at)))
        at[key] = data.draw(st.sampled_from(CUT))
    try:
        file = GuideFile.model_validate(plain)
    except ValidationError:
        return
    assert all(finding.message.zh and finding.remedy.en for finding in lint(file, TODAY))


def test_a_licence_does_not_stop_for_a_reason_that_nobody_names():
    document = good_guide()
    document["guide"]["variants"][0]["not_counted"] = [{"reason": "other", "limit": {"amount": 60}}]
    assert "L-LIMIT-16" in {finding.rule for finding in lint(GuideFile.model_validate(document))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_sentences_name_elements_as_the_editor_sees_them_and_no_inner_key(rule):
    for said in (rule.message, rule.remedy):
        zh, en = (re.sub(r"\{\w+\}|\./banshi [a-z ]+", "", words) for words in (said.zh, said.said("en")))
        assert not re.search("[a-z]{2,}", zh), zh
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|<|: \[?(true|false|[a-z]+\])", en), en
