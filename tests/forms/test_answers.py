"""The questions of a guide as a form: whatever is sent, each field is valid or says why, and shows what was typed."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.answers import questions
from tests.samples import samples

TODAY = date(2026, 3, 2)
FIELDS = {}
for _file in samples().values():
    for _field in _file.guide.all_fields():
        FIELDS.setdefault((_field.type, bool(_field.options), _field.minimum, _field.maximum, _field.required), _field)
"""One question of each shape that the sample guides have."""


@pytest.fixture(scope="module")
def inside(tmp_path_factory, settled, ring):
    """A request, whose language the sentences are in."""
    from portal import create_app
    from portal.config import load

    folder = tmp_path_factory.mktemp("forms")
    app = create_app(load({"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)}))
    with app.test_request_context():
        yield


@given(data=st.data())
def test_whatever_is_sent(inside, data):
    field = data.draw(st.sampled_from(list(FIELDS.values())))
    typed = data.draw(st.lists(st.text(max_size=80), max_size=3))
    form = questions([field], "zh-Hans", TODAY, sent=MultiDict([(f"a-{field.key}", one) for one in typed]))
    valid, one = form.validate(), form[field.key]
    assert valid == (not one.errors)
    assert all(one.errors) and (valid or one.errors)
    if field.key in form.values():
        assert field.key not in form.typed()
    elif any(word.strip() for word in typed) and not valid and one.typed:
        assert form.typed()[field.key] == one.typed, "what was typed is kept"
    assert isinstance(one.shown, str)


def test_what_is_stored_is_shown_again(inside):
    kinds = {field.type: field for field in FIELDS.values()}
    form = questions([kinds["date"], kinds["yes_no"], kinds["money"]], "zh-Hans", TODAY, values={
        kinds["date"].key: "2026-03-02", kinds["yes_no"].key: False, kinds["money"].key: "12.50"})
    assert form[kinds["date"].key].shown == "2026-03-02" and form[kinds["date"].key].input_type == "date"
    assert form[kinds["yes_no"].key].typed == ["false"] and form[kinds["money"].key].shown == "12.50"


def test_a_day_that_is_none_is_shown_as_it_was_typed(inside):
    field = next(field for field in FIELDS.values() if field.type == "date")
    form = questions([field], "en", TODAY, typed={field.key: ["下星期三"]})
    assert form[field.key].input_type == "text" and form[field.key].shown == "下星期三"
    assert "not a date" in form[field.key].errors[0]


def test_a_long_text_is_kept_although_it_cannot_be_taken(inside):
    field = next(field for field in FIELDS.values() if field.type == "text")
    form = questions([field], "zh-Hans", TODAY, sent=MultiDict([(f"a-{field.key}", "长" * 900)]))
    assert not form.validate() and form.typed()[field.key] == ["长" * 900]
