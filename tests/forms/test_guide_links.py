"""Removing a stage in the editor leaves nothing dangling: who waited for it waits on, ways back lead on or are said; and a new
situation begins as a copy of another."""
import pytest

from forms.guide import SectionForm
from portal.rules.guide import sections
from portal.rules.guide.stages import Leads
from tests.forms.guide_sending import sent
from tests.rules.guides import good_file


def stages_form() -> SectionForm:
    file = good_file()
    return SectionForm.of(file, sections.part(file, "stages.first"))


def at(form: SectionForm, key: str) -> int:
    rows = form.typed["variants_stages"]
    return next(number for number, row in enumerate(rows) if (row["fields"] if row["open"] else row["plain"])["key"] == key)


def keys() -> list[str]:
    return [stage.key for stage in good_file().guide.variant("first").stages]


@pytest.mark.parametrize("unfold", [False, True], ids=["folded", "open"])
@pytest.mark.parametrize("key", keys())
def test_whichever_stage_is_removed_nothing_dangles_or_it_is_said(key, unfold):
    file = good_file()
    form = SectionForm.sent(file, sections.part(file, "stages.first"), sent(stages_form(), unfold))
    before = {stage.key: stage for stage in file.guide.variant("first").stages}
    form.act(f"remove:variants_stages:{at(form, key)}")
    rows = form.values()["variants.stages"]
    left = {row["key"] for row in rows}
    assert key not in left and len(left) == len(before) - 1
    for row in rows:
        assert set(row.get("waits_for") or ()) <= left
        waited = key in before[row["key"]].waits_for
        assert set(row.get("waits_for") or ()) == set(before[row["key"]].waits_for) - {key} | (set(before[key].waits_for) if waited else set())
        assert {one.get("to") for one in row.get("outcomes") or ()} - {None} <= left
    touched = sum(key in one.waits_for for one in before.values()) + sum(
        one.leads is Leads.BACK and one.to == key for stage in before.values() if stage.key != key for one in stage.outcomes)
    assert len(form.told) == touched and all(one.zh and one.en for one in form.told)
    chosen_anew = [one for one in form.told if "另选" in one.zh]
    assert (form.whole() is None) == bool(chosen_anew) or not chosen_anew


def test_other_buttons_change_nothing_beside_their_row():
    form = stages_form()
    for button in ("add:variants_stages", "down:variants_stages:0", "open:variants_stages:0"):
        form.act(button)
        assert form.told == []


def test_a_situation_begins_as_a_copy_with_all_that_stands_on_other_pages():
    file = good_file()
    part = sections.part(file, "situations")
    form = SectionForm.of(file, part)
    form.act("copy:variants:0")
    again = SectionForm.sent(file, part, sent_with_copy(form))
    made = again.whole()
    assert made is not None, again.wrong
    first, new, second = made.guide.variants
    assert (first.key, second.key) == tuple(one.key for one in file.guide.variants) and new.key not in (first.key, second.key)
    assert new.name.zh == f"{first.name.zh}（新）" and new.model_copy(update={"key": first.key, "name": first.name}) == first


def test_a_copy_of_a_copy_and_a_new_one_without():
    file = good_file()
    form = SectionForm.of(file, sections.part(file, "situations"))
    form.act("copy:variants:1")
    form.act("copy:variants:2")
    form.act("add:variants")
    form.typed["variants"][-1]["fields"]["name"] = {"zh": "另一种", "en": "Another"}
    form = SectionForm.sent(file, form.part, sent_with_copy(form))
    made = form.whole()
    assert [len(one.stages) for one in made.guide.variants[1:]] == [len(file.guide.variants[1].stages)] * 3 + [0]
    with pytest.raises(LookupError):
        form.act("copy:situations:0")


def sent_with_copy(form: SectionForm):
    """What a browser sends: of a copied row also the key of the one that it is a copy of."""
    found = sent(form)
    for number, row in enumerate(form.typed["variants"]):
        if row["open"] and row.get("from"):
            found.add(f"variants-{number}-from", row["from"])
    return found
