"""Mistakes of an editor are told in words of the form: no name of a program, no YAML, in both languages."""
import re

import pytest
from pydantic import ValidationError

from portal.rules.guide.document import GuideFile
from portal.rules.guide.errors import CODES
from portal.rules.guide.mistakes import SENTENCES, mistakes
from portal.rules.guide.text import Text
from tests.rules.guides import good_guide


def told(change) -> list:
    plain = good_guide()
    change(plain["guide"])
    with pytest.raises(ValidationError) as refused:
        GuideFile.model_validate(plain)
    return mistakes(refused.value, {"agent": Text(zh="是否委托", en="An agent")})


def test_the_sentences_are_of_faults_that_there_are():
    assert set(SENTENCES) <= set(CODES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_sentence_names_a_programmers_word(code):
    zh, en = SENTENCES[code]
    bare = re.sub(r"\{\w+\}", "", zh)
    assert not re.search(r"[a-z]{3,}", bare) and not re.search(r"\b(key|op|field|true|false|yaml)\b", en.lower().replace("the same key", ""))


@pytest.mark.parametrize(("change", "at", "zh", "en"), [
    (lambda guide: guide["item"].pop("name"), "/guide/item/name", "请填写事项名称。", "Give the name."),
    (lambda guide: guide["variants"][0]["promised"].update(amount=0.3), "/guide/variants/0/promised", "四分之一", "quarters"),
    (lambda guide: guide["variants"][0]["documents"][0].update(originals=100), "/guide/variants/0/documents/0/originals", "原件份数超出了范围，请填 ≤ 99 的数。",
     "≤ 99"),
    (lambda guide: guide["item"].update(takes_effect="明天"), "/guide/item/takes_effect", "2026-01-31", "2026-01-31"),
    (lambda guide: guide["form"][0]["fields"].pop(2), "/guide", "“是否委托”", "“An agent”"),
    (lambda guide: guide["variants"][1]["documents"][3]["when"].update(value=None), "/guide/variants/1/documents/3/when", "请填写用来比较的内容", "compared with"),
])
def test_a_mistake_says_what_to_do(change, at, zh, en):
    one = told(change)[0]
    assert one.at == at and zh in one.said.zh and en in one.said.en


def test_a_question_that_conditions_use_is_named_by_its_key_for_the_page():
    assert told(lambda guide: guide["form"][0]["fields"].pop(2))[0].about == "agent"
