"""What is typed becomes a value, and a row gets its key from its name, once."""
import pytest
from werkzeug.datastructures import MultiDict

from forms import guide_conditions, guide_values
from forms.guide import SectionForm
from forms.guide_conditions import Question
from forms.guide_fields import fields_of
from portal.rules.guide import sections
from portal.rules.guide.text import Text
from tests.forms.guide_sending import sent
from tests.rules.guides import good_file


def form_of(key: str) -> SectionForm:
    return SectionForm.of(good_file(), sections.part(good_file(), key))


def field(key: str, path: str):
    found = next(one for one in fields_of(sections.BY_KEY[key]) if path.startswith(one.path))
    for name in path.removeprefix(found.path).split(".")[1:]:
        found = next(one for one in found.of if one.name == name)
    return found


@pytest.mark.parametrize(("section", "path", "typed", "value"), [
    ("fees", "variants.fees.fen", "１２．５０", 1250), ("fees", "variants.fees.fen", "1,200", 120000), ("fees", "variants.fees.fen", "0", 0),
    ("fees", "variants.fees.fen", "十元", "十元"), ("fees", "variants.fees.fen", "0.125", "0.125"), ("fees", "variants.fees.fen", " ", None),
    ("limits", "variants.promised.amount", "0.25", 0.25), ("limits", "variants.promised.amount", "５", 5), ("limits", "variants.promised.amount", "5天", "5天"),
    ("item", "item.takes_effect", "2026年1月5日", "2026-01-05"), ("item", "item.takes_effect", "2026/12/31", "2026-12-31"),
    ("item", "item.takes_effect", "明天", "明天"), ("item", "item.takes_effect", "", None),
    ("item", "item.annual_check", "", None), ("item", "item.annual_check", "false", False), ("item", "item.annual_check", "true", True),
])
def test_what_is_typed_becomes_a_value_or_stays_for_the_schema_to_refuse(section, path, typed, value):
    assert guide_values.plain(field(section, path), typed, {}) == value


def add(form: SectionForm, place: str, **typed) -> None:
    row = form.act(f"add:{place}")
    *_, last = row.split("-")
    fields = form.typed[place][int(last)]["fields"]
    fields |= typed


def again(form: SectionForm) -> SectionForm:
    return SectionForm.sent(form.file, form.part, sent(form))


def test_keys_come_from_english_else_from_pinyin_and_differ():
    form = form_of("documents.first")
    for zh, en in (("营业执照", "Business licence"), ("营业执照副本", ""), ("另一份", "Business licence"), ("《》", "")):
        add(form, "variants_documents", name={"zh": zh, "en": en})
    keys = [row["fields"]["key"] for row in again(form).typed["variants_documents"][6:]]
    assert keys == ["business_licence", "ying_ye_zhi_zhao_fu_ben", "business_licence_2", "document"]


def test_a_key_stays_when_the_name_changes():
    form = form_of("documents.first")
    form.act("open:variants_documents:0")
    form.typed["variants_documents"][0]["fields"]["name"] = {"zh": "全新的名字", "en": "A new name"}
    assert again(form).whole().guide.variants[1].documents[0].key == "form"


def test_a_question_gets_a_key_that_no_other_question_has():
    form = form_of("situations")
    add(form, "situations", label={"zh": "面积多大", "en": "Area"})
    assert again(form).typed["situations"][1]["fields"]["key"] == "area_2"


def test_a_row_that_was_added_and_left_is_no_row():
    form = form_of("documents.first")
    add(form, "variants_documents")
    assert again(form).whole() == good_file()


def test_places_behind_a_blank_row_are_right():
    form = form_of("contacts")
    form.act("add:remedies")
    form.act("up:remedies:2")
    form.act("up:remedies:1")
    form.typed["remedies"][2]["fields"]["body"] = {"zh": "", "en": "Court"}
    assert form.whole() is None
    controls, _ = form.draw()
    wrong = [inner for one in controls for inner in one.walk() if inner.mistakes]
    assert [(one.id, one.at) for one in wrong] == [("remedies-2-body", "/guide/remedies/1/body")]


def test_a_comparison_becomes_a_group_and_a_group_a_comparison():
    one = {"w-k": "all", "w-f": "area", "w-o": "more_than", "w-v": "20", "w-w": "20"}
    node = guide_conditions.read(MultiDict(one), "w")
    assert node["kind"] == "all" and node["parts"][0]["field"] == "area"
    back = {"w-k": "field", "w-n": "1", "w-0-k": "field", "w-0-f": "area", "w-0-o": "given"}
    assert guide_conditions.read(MultiDict(back), "w")["field"] == "area"


def test_another_question_begins_anew_unless_its_answer_was_typed_too():
    sent = {"w-k": "field", "w-f": "agent", "w-o": "more_than", "w-v": "20", "w-w": "20", "w-q": "area more_than"}
    assert guide_conditions.read(MultiDict(sent), "w") == guide_conditions.fresh("agent")
    assert guide_conditions.read(MultiDict(sent | {"w-v": "30"}), "w")["value"] == ["30"]
    assert guide_conditions.read(MultiDict(sent | {"w-f": "area"}), "w")["op"] == "more_than"


@pytest.mark.parametrize(("kind", "typed", "value"), [("number", "20", 20), ("number", "2.5", 2.5), ("yes_no", "true", True), ("text", "20", "20"),
                                                      ("choice", "first", "first"), ("number", "许多", "许多")])
def test_what_is_compared_with_has_the_type_of_its_question(kind, typed, value):
    node = guide_conditions.fresh("q") | {"value": [typed]}
    assert guide_conditions.plain(node, {"q": Question(Text(zh="问"), kind)})["value"] == value


def test_what_nobody_touched_keeps_its_type():
    node = guide_conditions.shown({"field": "q", "op": "in", "value": ["1", 1.5, True]})
    assert guide_conditions.plain(node, {"q": Question(Text(zh="问"), "number")})["value"] == ["1", 1.5, True]


def test_buttons_of_a_condition():
    form = form_of("fees.first")
    place = "variants_fees-0-when"
    form.act(f"add:{place}")
    form.act(f"add:{place}")
    form.act(f"up:{place}:2")
    node = form.typed["variants_fees"][0]["fields"]["when"]
    assert [part["field"] for part in node["parts"]] == ["area", "", ""]
    form.act(f"remove:{place}:0")
    form.act(f"remove:{place}")
    assert form.typed["variants_fees"][0]["fields"]["when"] is None
    form.act(f"add:{place}")
    assert form.typed["variants_fees"][0]["fields"]["when"]["kind"] == "field"


@pytest.mark.parametrize("button", ["add:nothing", "up:variants_fees", "open:variants_fees-0-name:0", "sing:variants_fees:0", "up:variants_fees:x"])
def test_a_button_that_is_none_of_ours(button):
    with pytest.raises((LookupError, ValueError)):
        form_of("fees.first").act(button)
