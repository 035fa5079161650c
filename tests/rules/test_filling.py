"""What is asked, what counts, what is missing, and what a newer guide changes."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import filling
from portal.rules.guide.codes import Necessity
from portal.rules.guide.document import Guide
from portal.rules.guide.documents import Document
from tests.samples import samples


def guide(**parts) -> Guide:
    return Guide.model_validate({"item": {"name": "一事"}, "variants": [{}], **parts})


def question(key, when=None, required=True):
    return {"key": key, "label": key, "required": required} | ({"when": when} if when else {})


def given_(key):
    return {"field": key, "op": "given"}


CHAIN = guide(form=[{"key": "one", "title": "一", "fields": [question("a"), question("b", given_("a")), question("c", given_("b"))]}])


def test_an_answer_counts_only_where_its_question_is_asked():
    assert filling.counting(CHAIN, {"a": "1", "b": "2", "c": "3"}) == {"a": "1", "b": "2", "c": "3"}
    assert filling.counting(CHAIN, {"b": "2", "c": "3"}) == {}, "what hangs on nothing falls, link after link"


def test_a_condition_may_look_forward():
    forward = guide(form=[{"key": "one", "title": "一", "fields": [question("a", given_("b")), question("b")]}])
    assert filling.counting(forward, {"a": "1", "b": "2"}) == {"a": "1", "b": "2"}


def test_a_circle_comes_to_an_end():
    circle = guide(form=[{"key": "one", "title": "一", "fields": [
        question("a", {"not": given_("b")}), question("b", given_("a"))]}])
    filling.counting(circle, {"a": "1", "b": "2"})


def test_a_page_on_which_nothing_is_asked_is_none():
    hidden = guide(form=[{"key": "one", "title": "一", "fields": [question("a")]},
                         {"key": "two", "title": "二", "fields": [question("b", given_("a"))]}])
    assert [page.key for page in filling.pages(hidden, {})] == ["one"]
    assert [page.key for page in filling.pages(hidden, {"a": "1"})] == ["one", "two"]


def document(**parts) -> Document:
    return Document.model_validate({"key": "paper", "name": "一纸", **parts})


@pytest.mark.parametrize("parts, ways", [
    ({}, ["upload", "window"]), ({"exempt": True}, []), ({"commitment": True}, ["upload", "window", "commit"]),
    ({"necessity": Necessity.LATER}, ["upload", "window", "later"]), ({"necessity": Necessity.OPTIONAL}, ["upload", "window", "none"]),
])
def test_how_a_document_may_be_given(parts, ways):
    assert filling.ways(document(**parts)) == ways


def test_how_a_document_is_given_as_things_stand():
    assert filling.way_of(document(), False, None, 0) is None
    assert filling.way_of(document(), False, "window", 1) == "upload", "files go before a choice"
    assert filling.way_of(document(), False, "later", 0) is None, "what is not offered is no answer"
    assert filling.way_of(document(), False, "upload", 0) is None, "a choice without a file is none"
    assert filling.way_of(document(), True, None, 0) == "form"
    assert filling.way_of(document(necessity="optional"), False, None, 0) == "none"


def test_the_form_itself_is_the_application_and_no_commitment():
    papers = [{"key": "letter", "name": "承诺书", "kind": "form", "trust": "D"}, {"key": "form", "name": "申请表", "kind": "form"}]
    sections = [{"key": "one", "title": "一", "fields": [question("a")]}]
    one = guide(form=sections, variants=[{"documents": papers}])
    assert filling.the_form(one, one.variants[0]) == "form"
    assert filling.the_form(guide(variants=[{"documents": papers}]), one.variants[0]) is None, "without questions there is no form"


def test_what_is_missing():
    paper = document(necessity="required")
    rows = filling.missing(CHAIN, {"a": "1"}, [paper], {"paper": None})
    assert [(row.page, row.key) for row in rows] == [("one", "b"), ("the-documents", "paper")]
    assert filling.missing(CHAIN, {"a": "1", "b": "2", "c": "3"}, [paper], {"paper": "window"}) == []


def test_the_documents_of_a_place_come_after_those_of_the_guide():
    variant = guide(variants=[{"documents": [{"key": "paper", "name": "一纸"}]}]).variants[0]
    asked = filling.documents(variant, [document(name="别的"), document(key="local", name="本地")], {})
    assert [row.name.zh for row in asked] == ["一纸", "本地"]


CHOICE = {"key": "kind", "label": "种类", "type": "choice", "options": [{"value": "x", "label": "甲"}, {"value": "y", "label": "乙"}]}


def test_a_newer_guide():
    before = guide(form=[{"key": "one", "title": "一", "fields": [CHOICE, question("old")]}],
                   variants=[{"documents": [{"key": "paper", "name": "旧纸"}]}])
    after = guide(form=[{"key": "one", "title": "一", "fields": [CHOICE | {"options": CHOICE["options"][1:]}, question("new")]}],
                  variants=[{"documents": [{"key": "sheet", "name": "新纸"}]}])
    found = filling.difference(before, after, {"kind": "x", "old": "1"})
    assert [text.zh for text in found.new] == ["new", "新纸"]
    assert [text.zh for text in found.gone] == ["old", "旧纸"]
    assert [text.zh for text in found.changed] == ["种类"]
    assert filling.carried(before, after, {"kind": "x", "old": "1"}) == {}
    assert filling.carried(before, after, {"kind": "y"}) == {"kind": "y"}
    assert not filling.difference(before, before, {"kind": "x"})


GUIDES = {f"{slug}.yaml": file.guide for slug, file in samples().items()}


@pytest.mark.parametrize("name", sorted(GUIDES))
def test_every_sample_guide_can_be_filled_in(name):
    """By always taking the first option there is a way to a variant, whose pages and documents can be said."""
    one, answers = GUIDES[name], {}
    for _ in range(4):
        for field in filling.asked(list(one.all_fields()), filling.counting(one, answers)):
            plain = {"yes_no": True, "number": field.maximum or 100_000}.get(field.type, "1")
            answers.setdefault(field.key, field.options[0].value if field.options else plain)
    facts = filling.counting(one, answers)
    variant = one.variant_for(facts)
    assert variant is not None
    asked = filling.documents(variant, [], facts)
    assert not filling.missing(one, facts, asked, {row.key: "window" for row in asked})


@given(st.dictionaries(st.sampled_from([field.key for field in GUIDES["food-business-licence.yaml"].all_fields()]),
                       st.sampled_from(["new", "change", "layout", "true", True, False, "canteen", 5])))
def test_what_counts_is_settled(answers):
    one = GUIDES["food-business-licence.yaml"]
    facts = filling.counting(one, answers)
    assert filling.counting(one, facts) == facts
    assert set(facts) <= {field.key for field in filling.asked(list(one.all_fields()), facts)}
