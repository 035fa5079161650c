"""The questions that lead to a variant: whatever is answered, they end where the guide itself says."""
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules import filling, situations
from portal.rules.conditions import fields
from portal.rules.guide.document import Guide
from tests.rules.guides import good_guide
from tests.samples import samples

OPTIONS = ("a", "b", "c")
FIELDS = {
    "pick": {"type": "choice", "options": [{"value": one, "label": one.upper()} for one in OPTIONS]},
    "many": {"type": "choices", "options": [{"value": one, "label": one.upper()} for one in OPTIONS]},
    "yes": {"type": "yes_no"},
    "size": {"type": "number", "minimum": 0, "maximum": 100},
    "born": {"type": "date"},
    "word": {"type": "text"},
}
VALUES = {
    "pick": st.sampled_from(OPTIONS),
    "many": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True),
    "yes": st.booleans(),
    "size": st.one_of(st.integers(0, 100), st.sampled_from([10, 20, 20.5, 30])),
    "born": st.sampled_from([date(2026, 1, day).isoformat() for day in range(1, 8)]),
    "word": st.sampled_from(["x", "y", "z"]),
}
COMPARED = {
    "pick": st.one_of(*(st.fixed_dictionaries({"field": st.just("pick"), "op": st.just(op), "value": st.sampled_from(OPTIONS)})
                        for op in ("equals", "differs")),
                      st.fixed_dictionaries({"field": st.just("pick"), "op": st.just("in"),
                                             "value": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True)})),
    "many": st.fixed_dictionaries({"field": st.just("many"), "op": st.sampled_from(["equals", "differs"]), "value": st.sampled_from(OPTIONS)}),
    "yes": st.fixed_dictionaries({"field": st.just("yes"), "op": st.just("equals"), "value": st.booleans()}),
    "size": st.fixed_dictionaries({"field": st.just("size"), "op": st.sampled_from(["equals", "at_least", "at_most", "more_than", "less_than"]),
                                   "value": st.sampled_from([10, 20, 30])}),
    "born": st.fixed_dictionaries({"field": st.just("born"), "op": st.sampled_from(["at_least", "at_most", "more_than", "less_than"]),
                                   "value": st.sampled_from([date(2026, 1, day).isoformat() for day in (2, 3, 6)])}),
    "word": st.fixed_dictionaries({"field": st.just("word"), "op": st.sampled_from(["equals", "differs"]), "value": st.sampled_from(["x", "y"])}),
}


def conditions(keys: list[str]):
    one = st.one_of(*(COMPARED[key] for key in keys), *(st.just({"field": key, "op": "given"}) for key in keys))
    return st.recursive(one, lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner})), max_leaves=4)


@st.composite
def guides(draw) -> Guide:
    """Any few questions, some asked only after others, and variants with any conditions on them."""
    keys = draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=3, unique=True))
    fields = []
    for at, key in enumerate(keys):
        field = {"key": key, "label": key, "required": draw(st.booleans()), **FIELDS[key]}
        if at and draw(st.booleans()):
            field["when"] = draw(conditions(keys[:at]))
        fields.append(field)
    variants = [{"key": f"v{at}", "name": f"第{at}种", "when": draw(conditions(keys))} for at in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        variants.append({"key": "rest", "name": "其余"})
    item = good_guide()["guide"]["item"]
    return Guide.model_validate({"item": item, "situations": fields, "variants": variants})


def deciding(guide: Guide) -> list:
    """The conditions on which the variant hangs: those of the variants, of the questions in these, and so on. What another
    question is asked for does not cut the answers."""
    asked, found = {field.key: field.when for field in guide.situations}, [variant.when for variant in guide.variants]
    for condition in found:  # grows while it is gone through
        found.extend(asked[key] for key in sorted(fields(condition)) if asked[key] not in found)
    return found


def followed(guide: Guide, step, answers: dict):
    """Where the questions end for who answers so: at each the way whose value the conditions take for the answer."""
    while isinstance(step, situations.Asked):
        key, answer = step.key, answers.get(step.key)
        tests = [test for condition in deciding(guide) for test in situations.comparisons(condition) if test.field == key]
        told = [way for way in step.ways if (way.value is None) == (answer is None) and (way.value == answer if way.exact else all(
            test.holds({key: way.value}) == test.holds({key: answer}) for test in tests))]
        assert told and all(way.leads == told[0].leads for way in told), (key, answer, step.ways)
        step = told[0].leads
    return step.variant


@settings(max_examples=120, deadline=None)
@given(guides(), st.data())
def test_whatever_is_answered_leads_to_the_variant_that_the_guide_gives(guide, data):
    first = situations.questions(guide)
    for _ in range(6):
        answers = {}
        for field in guide.situations:
            answer = data.draw(VALUES[field.key] if field.required else st.one_of(st.none(), VALUES[field.key]))
            if answer is not None:
                answers[field.key] = answer
        chosen = guide.variant_for(filling.counting(guide, answers))
        if first is not None:
            assert followed(guide, first, filling.counting(guide, answers)) == (chosen.key if chosen else None)


def test_a_threshold_of_another_question_does_not_cut_the_answers():
    guide = Guide.model_validate({"item": good_guide()["guide"]["item"], "situations": [
        {"key": "size", "label": "面积", **FIELDS["size"], "required": False},
        {"key": "pick", "label": "种类", **FIELDS["pick"], "when": {"field": "size", "value": 10}}],
        "variants": [{"key": "stated", "when": {"field": "size", "op": "given"}}]})
    first = situations.questions(guide)
    assert [way.leads.variant for way in first.ways] == ["stated", None]
    for answers in ({"size": 10}, {"size": 11}, {}):
        chosen = guide.variant_for(filling.counting(guide, answers))
        assert followed(guide, first, answers) == (chosen.key if chosen else None)


@settings(max_examples=40, deadline=None)
@given(guides())
def test_what_is_taken_along_to_the_form_leads_to_the_same_variant_by_every_way(guide):
    first = situations.questions(guide)
    for key, given_ in situations.implied(first).items():
        assert all(one.items() >= given_.items() for variant, one in situations.ends(first) if variant == key)


def test_every_sample_guide_with_several_variants_asks_its_way_to_each():
    for file in samples().values():
        guide = file.guide
        if len(guide.variants) > 1:
            first = situations.questions(guide)
            assert first is not None, file.name
            assert {variant for variant, _ in situations.ends(first)} >= {one.key for one in guide.variants}, file.name


def test_an_amount_is_asked_as_the_ranges_that_differ():
    guide = Guide.model_validate({"item": good_guide()["guide"]["item"], "situations": [{"key": "size", "label": "面积", "type": "number"}], "variants": [
        {"key": "small", "when": {"field": "size", "op": "less_than", "value": 20}}, {"key": "large"}]})
    first = situations.questions(guide)
    assert [(way.said.zh, way.said.en, way.leads.variant) for way in first.ways] == [
        ("小于20", "less than 20", "small"), ("不小于20", "at least 20", "large")]


def test_a_guide_whose_conditions_compare_words_by_size_is_not_asked_step_by_step():
    guide = Guide.model_validate({"item": good_guide()["guide"]["item"], "situations": [{"key": "word", "label": "名称", "type": "text"}], "variants": [
        {"key": "one", "when": {"field": "word", "op": "at_least", "value": "3"}}, {"key": "two"}]})
    assert situations.questions(guide) is None


def test_an_address_tells_answers_and_nothing_that_does_not_fit():
    guide = Guide.model_validate({"item": good_guide()["guide"]["item"], "situations": [
        {"key": "pick", "label": "种类", **FIELDS["pick"]}, {"key": "yes", "label": "是否", "type": "yes_no", "when": {"field": "pick", "value": "a"}}],
        "variants": [{"key": "one", "when": {"all": [{"field": "pick", "value": "a"}, {"field": "yes", "value": True}]}}, {"key": "rest"}]})
    assert situations.chosen(guide, {"pick": "a", "yes": "true", "other": "x"}) == {"pick": "a", "yes": True}
    assert situations.chosen(guide, {"pick": "nothing", "yes": "true"}) == {}, "what is not asked does not count"
    first = situations.questions(guide)
    assert situations.followed(first, {"pick": "a", "yes": True}) == situations.Found("one")
    assert situations.followed(first, {"pick": "b"}) == situations.Found("rest")
    assert situations.followed(first, {"pick": "a"}).key == "yes"
