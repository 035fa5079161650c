"""Errors of a guide file: each fault has its place in the file and a sentence that names element and remedy."""
import ast
import inspect
import pkgutil
import re
import string
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.rules import conditions, guide
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.errors import CODES, plain_loc, problems
from tests.rules.guides import good_guide

GUIDE = "guide:\n  item: {name: 事项}\n"
VARIANT = GUIDE + "  variants:\n  - "


def faults(text):
    with pytest.raises((ValidationError, yaml.NotYaml)) as caught:
        yaml.load(text)
    return problems(caught.value)


def raised_codes():
    """Every code that a module of the schema raises, as ValueError or as a fault of YAML."""
    modules = [conditions, *(import_module(f"portal.rules.guide.{one.name}") for one in pkgutil.iter_modules(guide.__path__))]
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ValueError", "NotYaml", "_fault"):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


def test_every_code_of_the_schema_has_a_sentence():
    raised = set(raised_codes())
    assert len(raised) > 15
    assert raised <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_sentences_stand_in_both_languages_with_the_same_words(code):
    what_zh, what_en, remedy_zh, remedy_en = CODES[code]
    assert re.search("[一-鿿]", what_zh)
    for zh, en in ((what_zh, what_en), (remedy_zh, remedy_en)):
        assert zh and en

        def words(text):
            return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}

        assert words(zh) == words(en)


@pytest.mark.parametrize(("text", "at", "code"), [
    (VARIANT + "{key: A}", "/guide/variants/0/key", "string_pattern_mismatch"),
    (VARIANT + "{promised: {amount: 0.3}}", "/guide/variants/0/promised", "limit_not_quarters"),
    (VARIANT + "{promised: {unit: day}}", "/guide/variants/0/promised", "limit_without_amount"),
    (VARIANT + "{promised: {unit: on_the_spot, amount: 1}}", "/guide/variants/0/promised", "limit_spot_with_amount"),
    (VARIANT + "{promised: {amount: 五}}", "/guide/variants/0/promised/amount", "number"),
    (VARIANT + "{promised: {amount: 5, unit: 工作日}}", "/guide/variants/0/promised/unit", "enum"),
    (VARIANT + "{not_counted: [{reason: rule}]}", "/guide/variants/0/not_counted/0", "stop_without_rule"),
    (VARIANT + "{free: maybe}", "/guide/variants/0/free", "bool"),
    (VARIANT + "{'a/b~c~1': 1}", "/guide/variants/0/a~1b~0c~01", "extra_forbidden"),
    (VARIANT + "{documents: [{key: a}]}", "/guide/variants/0/documents/0/name", "missing"),
    (VARIANT + "{documents: [{key: a, name: ''}]}", "/guide/variants/0/documents/0/name", "string_too_short"),
    (VARIANT + "{documents: [{key: a, name: 表, originals: 100}]}", "/guide/variants/0/documents/0/originals", "bounds"),
    (VARIANT + "{documents: [{key: a, name: 表, main: true, necessity: later}]}", "/guide/variants/0/documents/0", "main_document_later"),
    (VARIANT + "{documents: [{key: a, name: 表}, {key: a, name: 书}]}", "/guide/variants/0", "key_twice"),
    (VARIANT + "{stages: [{key: a, name: 受理, waits_for: [b]}]}", "/guide/variants/0", "stage_unknown"),
    (VARIANT + "{stages: [{key: a, name: 受理, produces: [b]}]}", "/guide/variants/0", "result_unknown"),
    (VARIANT + "{stages: [{key: a, name: 受理, counted: false}]}", "/guide/variants/0/stages/0", "stop_without_reason"),
    (VARIANT + "{stages: [{key: a, name: 受理, stop_reason: test}]}", "/guide/variants/0/stages/0", "stop_reason_on_counted"),
    (VARIANT + "{stages: [{key: a, name: 受理, outcomes: [{key: x, name: 好, leads: back}]}]}",
     "/guide/variants/0/stages/0/outcomes/0", "outcome_back_without_stage"),
    (VARIANT + "{stages: [{key: a, name: 受理, outcomes: [{key: x, name: 好, leads: end}]}]}",
     "/guide/variants/0/stages/0/outcomes/0", "outcome_end_without_kind"),
    (VARIANT + "{when: {field: a, value: 1}}", "/guide", "condition_field_unknown"),
    (VARIANT + "{when: {field: a}}", "/guide/variants/0/when", "condition_value_unfit"),
    (VARIANT + "{when: {field: a, op: given, value: 1}}", "/guide/variants/0/when", "condition_value_unused"),
    (VARIANT + "{when: {field: a, op: more, value: 1}}", "/guide/variants/0/when/op", "enum"),
    (VARIANT + "{when: {all: [{field: A, value: 1}]}}", "/guide/variants/0/when/all/0/field", "string_pattern_mismatch"),
    (VARIANT + "{when: {not: {any: [{not: {field: A, value: 1}}]}}}", "/guide/variants/0/when/not/any/0/not/field",
     "string_pattern_mismatch"),
    (VARIANT + "{when: {any: [{field: a, value: {}}]}}", "/guide/variants/0/when/any/0/value", "condition_value"),
    (VARIANT + "{when: 5}", "/guide/variants/0/when", "condition"),
    (VARIANT + "5", "/guide/variants/0", "model_type"),
    (GUIDE + "  variants: []", "/guide/variants", "too_short"),
    (GUIDE + "  variants: {}", "/guide/variants", "list_type"),
    (VARIANT + "{}\n  situations: [{key: a, label: 问, type: choice}]", "/guide/situations/0", "field_options"),
    (VARIANT + "{}\n  situations: [{key: a, label: 问, minimum: 2, maximum: 1}]", "/guide/situations/0", "field_bounds"),
    (VARIANT + "{}\n  provenance: {checked_on: 2026年1月1日}", "/guide/provenance/checked_on", "date"),
    (VARIANT + "{}\n  summary: {en: only English}", "/guide/summary", "missing"),
    (VARIANT + "{}\n  summary: [a]", "/guide/summary", "string_type"),
    (VARIANT + "{}\n  summary: {zh: 好, en: ''}", "/guide/summary/en", "string_too_short"),
    (VARIANT + "{}\n  schema_version: 2", "/guide/schema_version", "literal_error"),
    (VARIANT + "{}\nofferings: [{place: 990421000000}]", "/offerings/0/place", "code_is_number"),
    ("guide: 5", "/guide", "model_type"),
    ("guide: {", "", "yaml_broken"),
])  # fmt: skip
def test_each_fault_has_its_place_and_its_code(text, at, code):
    assert (at, code) in [(row.at, row.code) for row in faults(text)]


def test_a_sentence_names_the_element_with_the_rows_it_stands_in():
    row = faults(VARIANT + "{documents: [{key: a, name: 表, necessity: 必要}]}")[0]
    assert row.message.zh == (
        "情形第1项的材料第1项的必要性的值“必要”不在列表里。改成以下之一：required, optional, later。"
    )
    assert row.message.en.startswith("necessity, document 1, situation 1 has the value “必要”")


@pytest.mark.parametrize(("text", "name"), [
    (VARIANT + "{nmae: 一般}", "name"),
    (VARIANT + "{documents: [{key: a, name: 表, necesity: required}]}", "necessity"),
    ("gude: {}", "guide"),
    (VARIANT + "{}\n  legal_bases: []", "legal_basis"),
    (VARIANT + "{}\n  provenance: {checked: 1}", "checked_on"),
])  # fmt: skip
def test_a_misspelt_element_is_told_its_nearest_name(text, name):
    row = next(row for row in faults(text) if row.code == "extra_forbidden")
    assert f"是不是 {name}？" in row.remedy.zh
    assert f"Did you mean {name}?" in row.remedy.en


def test_an_unknown_element_is_told_what_may_stand_there():
    row = faults(VARIANT + "{stages: [{key: a, name: 受理, xyz: 1}]}")[0]
    assert "waits_for" in row.remedy.zh


def test_unknown_keys_are_named():
    assert "“b”" in faults(VARIANT + "{stages: [{key: a, name: 受理, waits_for: [b]}]}")[0].message.zh


def test_each_place_is_told_once():
    rows = faults(VARIANT + "{when: {field: a, op: in, value: {}}}")
    assert len({row.at for row in rows}) == len(rows)


def test_tags_of_unions_are_no_part_of_a_place():
    assert plain_loc(("guide", "variants", 0, "when", "all", "all", 1, "not", "not", "field", "field")) == [
        "guide", "variants", 0, "when", "all", 1, "not", "field"]  # fmt: skip
    assert plain_loc(("guide", "form", 0, "fields", 1, "label", "zh")) == ["guide", "form", 0, "fields", 1, "label"]


WRONG = st.one_of(st.none(), st.booleans(), st.integers(), st.text("ab1。/~ ", max_size=5), st.just([]), st.just({}), st.just({"zh": 1}))


@settings(deadline=None)
@given(st.data())
def test_any_value_in_any_place_gives_sentences_or_a_guide(data):
    plain = good_guide()
    at = plain
    while True:
        key = data.draw(st.sampled_from(range(len(at)) if isinstance(at, list) else sorted(at)))
        if not isinstance(at[key], (dict, list)) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(WRONG)
    try:
        GuideFile.model_validate(plain)
    except ValidationError as error:
        for row in problems(error):
            assert row.at.startswith("/")
            assert row.message.zh and row.message.en
            assert "{" not in row.what.zh + row.what.en
