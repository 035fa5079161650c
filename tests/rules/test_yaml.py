"""YAML: what a guide is goes out and comes back without loss; what hides from a reader is refused."""
import json
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.rules.conditions import All, Any_, Comparison, Not
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Model, Text
from tests.rules.guides import good_file

CONDITIONS = {All, Any_, Not, Comparison}
KEYS = st.sampled_from(["a", "b", "c1"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=12)
PLAIN = TEXTS.map(str.strip).filter(bool)
AWKWARD = st.sampled_from([
    "no", "on", "null", "~", "0123", "1e3", "14:30", "2024-01-01", "true", "- a", "a: b", "#", "'", '"', "*a", "&a", "!x",
    "是", "12", "-1.50", "%", "@", "`", "|", ">", "{", "[", "?", "<<", "=", "𠮷", "a\n b", "a \nb", "：", "\u2028x", "\ufeffx",
])  # fmt: skip
CODES = st.from_regex(r"[0-9A-Z]{1,18}", fullmatch=True)
CHOSEN: dict[str, st.SearchStrategy] = {
    "since": st.sampled_from(["05-01", "10-01"]), "until": st.sampled_from(["09-30", "04-30"]),
    "opens": st.sampled_from(["08:30", "14:00"]), "closes": st.sampled_from(["12:00", "24:00"]),
    "key": KEYS, "field": KEYS, "value": st.booleans() | st.integers(-99, 99) | AWKWARD,
    "code": CODES, "place": CODES, "amount": st.integers(0, 400).map(lambda n: n / 4), "number": st.integers(0, 99),
    # What points to another row is drawn empty: a random name would point nowhere.
    "waits_for": st.just([]), "produces": st.just([]), "when": st.none(), "outcomes": st.just([]), "counted": st.just(True),
    "stop_reason": st.none(), "minimum": st.none(), "main": st.just(False),
}


def strategy(annotation: Any, name: str) -> st.SearchStrategy:
    """Values, as YAML holds them, for an element of that name and type."""
    if (name in CHOSEN and annotation is not Text and get_origin(annotation) is not list) or name in ("when", "waits_for", "produces", "outcomes"):
        return CHOSEN.get(name, st.nothing())
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of([strategy(one, name) for one in args])
    if origin is Annotated:
        return strategy(args[0], name)
    if origin is list:
        return st.lists(strategy(args[0], name), min_size=1, max_size=2)
    if origin is Literal:
        return st.sampled_from(args)
    if annotation is NoneType:
        return st.none()
    if annotation is Text:
        words = PLAIN | AWKWARD.map(str.strip)
        return words | st.fixed_dictionaries({"zh": words, "en": words})
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return model(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([one.value for one in annotation])
    simple = {bool: st.booleans(), int: st.integers(1, 7), str: PLAIN | AWKWARD, date: st.dates(date(1950, 1, 1)).map(str)}
    return simple[annotation]


def model(kind: type[Model]) -> st.SearchStrategy:
    required = {name: strategy(field.annotation, name) for name, field in kind.model_fields.items() if field.is_required()}
    optional = {name: strategy(field.annotation, name) for name, field in kind.model_fields.items() if not field.is_required()}
    return st.fixed_dictionaries(required, optional=optional)


def valid(plain: dict[str, Any]) -> GuideFile | None:
    try:
        return GuideFile.model_validate(plain)
    except ValidationError:
        return None


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_any_part_of_a_guide_comes_back_as_it_went_out(data):
    plain = {"guide": {"item": {"name": "事项"}, "variants": [{}]}}
    name = data.draw(st.sampled_from([*GuideFile.model_fields["guide"].annotation.model_fields, "offerings", "unplaced"]))
    at, kind = (plain, GuideFile) if name in ("offerings", "unplaced") else (plain["guide"], GuideFile.model_fields["guide"].annotation)
    at[name] = data.draw(strategy(kind.model_fields[name].annotation, name))
    file = valid(plain)
    if file is not None:
        written = yaml.dump(file)
        assert yaml.load(written) == file
        assert yaml.dump(yaml.load(written)) == written
        assert GuideFile.model_validate_json(json.dumps(yaml.plain(file))) == file


def test_the_good_guide_comes_back():
    file = good_file()
    assert yaml.load(yaml.dump(file)) == file
    assert yaml.plain(file)["guide"]["variants"][1]["stages"][0]["limit"] == {"amount": 0.5}


@settings(deadline=None)
@given(AWKWARD | PLAIN)
def test_a_text_that_looks_like_something_else_stays_a_text(word):
    guide = {"item": {"name": "事项"}, "variants": [{}], "summary": word, "conditions": [{"zh": "条件", "en": word}]}
    file = valid({"guide": guide})
    if file is not None:
        again = yaml.load(yaml.dump(file)).guide
        assert again.summary.zh == word.strip()
        assert again.conditions[0].en == word.strip()


@pytest.mark.parametrize(("text", "code", "line"), [
    ("", "yaml_no_mapping", None),
    ("- a", "yaml_no_mapping", None),
    ("a: [", "yaml_broken", 2),
    ("a: 1\na: 2", "yaml_key_twice", 2),
    ("a: &x 1\nb: *x", "yaml_alias", 2),
    ("a: !!python/object/apply:os.getcwd []", "yaml_broken", 1),
    ("a: 1\n---\nb: 2", "yaml_broken", 2),
    ("guide: " + "[" * 100_000, "yaml_too_deep", 1),
    ("a: " + "{a: " * 100, "yaml_too_deep", 1),
    ("a" * 1_000_001, "yaml_too_long", None),
    ("a: \x00", "yaml_broken", None),
    ("? [a, b]\n: c", "yaml_broken", 1),
    ("? {a: b}\n: c", "yaml_broken", 1),
    ("a: !!bool maybe", "yaml_broken", None),
    ("a: !!int ''", "yaml_broken", None),
    ("a: !!timestamp never", "yaml_broken", None),
])  # fmt: skip
def test_what_is_no_plain_yaml_is_refused_with_its_place(text, code, line):
    with pytest.raises(yaml.NotYaml) as caught:
        yaml.read(text)
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "0123", "0x1f", "1_000", "14:30", "2024-01-01", "1e3", ".5", "12:30:45"])
def test_words_that_yaml_1_1_would_turn_stay_words(word):
    assert yaml.read(f"a: {word}") == {"a": word}


@settings(deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("utf-8", "replace")))
def test_any_text_is_read_or_refused(text):
    try:
        assert isinstance(yaml.read(text), dict)
    except yaml.NotYaml as error:
        assert error.code
