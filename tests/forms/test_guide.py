"""A section of a guide as a form: what goes in comes out the same, mistakes stand beside their fields, rows move and get keys."""
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from forms.guide import SectionForm
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS
from tests.forms.guide_sending import sent
from tests.rules.guides import good_file, good_guide
from tests.rules.planting import planted
from tests.samples import SLUGS, sample

CHARACTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\r"), min_size=1, max_size=12)
WORDS = CHARACTERS.map(str.strip).filter(bool)
TEXTS = st.one_of(WORDS, st.fixed_dictionaries({"zh": WORDS, "en": WORDS}), st.just("第一段\n第二段"))
VALUES = st.one_of(st.booleans(), st.integers(-999, 999), st.decimals(-9, 9, places=2).map(float), WORDS)
COMPARISONS = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from(["action", "area", "agent", "until"]), "op": st.sampled_from(["equals", "differs", "at_least"]),
                           "value": VALUES}),
    st.fixed_dictionaries({"field": st.sampled_from(["action", "name"]), "op": st.just("in"), "value": st.lists(VALUES, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"field": st.just("telephone"), "op": st.just("given")}))
CONDITIONS = st.recursive(COMPARISONS, lambda inner: st.one_of(
    st.lists(inner, min_size=1, max_size=3).map(lambda rows: {"all": rows}), st.lists(inner, min_size=1, max_size=3).map(lambda rows: {"any": rows}),
    inner.map(lambda one: {"not": one})), max_leaves=5)
KEEPS = {"guide", "item", "offerings", "unplaced", "name", "label", "law", "title", "body", "question", "answer", "reason", "roles", "spans", "opens",
         "closes", "results", "stages", "documents", "unit", "amount", "times", "key", "value", "field", "op", "to", "waits_for", "produces", "leads", "end", "kind", "type", "options", "when", "fields", "variants"}


def form_of(file: GuideFile, key: str) -> SectionForm:
    return SectionForm.of(file, sections.part(file, key))


def come_back(file: GuideFile) -> None:
    """Every section, open and folded, through the names of its form and back into the document."""
    document = file.model_dump(mode="json")
    for unfold in (True, False):
        made = document
        for part in sections.parts(file):
            shown = SectionForm.of(file, part, sections.taken(document, part))
            made = sections.put(made, part, SectionForm.sent(file, part, sent(shown, unfold)).values())
        assert GuideFile.model_validate(made) == file


@pytest.mark.parametrize("slug", SLUGS, ids="{}.yaml".format)
def test_every_section_of_every_sample_comes_back_as_it_was(slug):
    come_back(sample(slug))


@pytest.mark.parametrize("path", [row.path for row in ELEMENTS if row.path.rpartition(".")[2] not in ("key", "value") or row.path == "extras.value"])
def test_every_element_comes_back(path):
    file = planted(path).file
    part = sections.part_at(file, "/" + path.replace(".", "/").replace("variants/", "variants/1/"))
    if part is not None:
        assert SectionForm.sent(file, part, sent(SectionForm.of(file, part), True)).whole() == file


def changed(draw, value, name=""):
    """The plain value with some texts replaced, some optional parts taken out, some rows in another order."""
    if (isinstance(value, dict) and "zh" in value) or (isinstance(value, str) and name in TEXTUAL):
        return draw(TEXTS) if draw(st.integers(0, 4)) == 0 else value
    if isinstance(value, dict):
        return {key: changed(draw, inner, key) for key, inner in value.items() if key in KEEPS or draw(st.integers(0, 9)) > 0}
    if isinstance(value, list):
        rows = [changed(draw, inner, name) for inner in value]
        return draw(st.permutations(rows)) if draw(st.booleans()) and name not in KEEPS else rows
    return value


TEXTUAL = {"name", "label", "title", "summary", "scope", "conditions", "aliases", "rights", "duties", "note", "requirements", "answer", "basis", "law"}


@st.composite
def guides(draw) -> GuideFile:
    plain = changed(draw, good_guide())
    for variant in plain["guide"]["variants"]:
        for rows in (variant.get("documents", []), variant.get("fees", [])):
            for row in rows:
                if draw(st.integers(0, 2)) == 0:
                    row["when"] = draw(CONDITIONS)
    try:
        return GuideFile.model_validate(plain)
    except ValidationError:
        reject()


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(guides())
def test_random_guides_come_back(file):
    come_back(file)


@pytest.mark.parametrize("rubbish", ["垃圾", "-1", "9" * 40, "1e400", "\x00\x01", "<b>&", "²", "true", "{}", "2026-99-99", "NaN", "∞"])
def test_rubbish_in_every_field_is_refused_in_words_or_taken(rubbish):
    file = good_file()
    for part in sections.parts(file):
        fields = sent(SectionForm.of(file, part), True)
        keeps = ("-n", "-k", "-json", "-w")
        form = SectionForm.sent(file, part, MultiDict((name, value if name.endswith(keeps) else rubbish) for name, value in fields.items(multi=True)))
        whole = form.whole()
        _, loose = form.draw()
        assert whole is not None or form.wrong, part.key
        assert all(one.said.zh and one.said.en for one in form.wrong) and isinstance(loose, list)
        assert "\x00" not in str(form.values())


def test_signs_that_nobody_sees_are_left_out_of_what_was_typed():
    file = good_file()
    form = SectionForm.sent(file, sections.part(file, "item"), MultiDict({**sent(SectionForm.of(file, sections.part(file, "item")), True).to_dict(),
                                                                      "item_name": "电话\u202e1230\u2066\x00"}))
    assert form.whole().guide.item.name.zh == "电话1230"
