"""The tracker's sentences: every state says what stands, who acts and by when, in both languages, and nothing else."""
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.models.cases import CaseState
from portal.rules.guide.codes import End
from portal.rules.guide.text import Text
from portal.rules.papers import TITLES
from portal.rules.progress import PAPERS, PROBLEMS, Doing, Standing, progress

BUREAU, HALL = Text(zh="市场监管局", en="Market Bureau"), Text(zh="政务大厅", en="the Hall")
DAY = date(2026, 3, 2)


def standing(state, **rest) -> Standing:
    given = {"decision": None, "today": DAY, "arrived_on": DAY, "acceptance_due_on": DAY + timedelta(7), "department": BUREAU,
             "place": HALL, "due_on": DAY + timedelta(10), "accepted_on": DAY}
    return Standing(state=state, **given | rest)


def test_submitted():
    found = progress(standing("submitted"))
    assert found.who.zh == "市场监管局（政务大厅）" and found.by.zh == "2026年3月9日" and found.by.en == "9 March 2026"
    assert "不用做什么" in found.yours.zh


def test_not_answered_in_time_counts_as_accepted():
    """Administrative Licensing Law, article 32 (1) no. 4."""
    found = progress(standing("submitted", today=DAY + timedelta(8)))
    assert "自2026年3月2日收到材料之日起就算受理" in found.sentence.zh and "since 2 March 2026" in found.sentence.en


def test_accepted_by_law_says_so():
    found = progress(standing("accepted", deemed=True))
    assert "自2026年3月2日收到材料之日起依法即为受理" in found.sentence.zh and "by law your application counts as accepted" in found.sentence.en


def test_correction_names_everything():
    found = progress(standing("correction", wanted=[(Text(zh="平面图", en="Plan"), "missing"), (Text(zh="身份证"), "outdated")]))
    assert found.sentence.zh == "材料需要补正：平面图（缺少）；身份证（已过有效期）。" and found.who.zh == "您"


def test_stages_side_by_side_are_both_named():
    doing = [Doing(Text(zh="核查"), BUREAU), Doing(Text(zh="会签"), Text(zh="消防大队"))]
    found = progress(standing("accepted", doing=doing))
    assert "“核查、会签”" in found.sentence.zh and found.who.zh == "市场监管局、消防大队"
    assert found.by.zh == "2026年3月12日"


def test_a_clock_that_stands_is_said():
    found = progress(standing("accepted", doing=[Doing(Text(zh="听证"), BUREAU, counted=False)]))
    assert "依法不计入办理期限" in found.sentence.zh


def test_late_and_provisional():
    found = progress(standing("accepted", today=DAY + timedelta(11), provisional=True))
    assert found.by.zh.endswith("（暂定）") and "已经超过承诺的日期" in found.yours.zh


@pytest.mark.parametrize("end", [End.GRANTED, End.REFUSED])
def test_decided(end):
    found = progress(standing("decided", decision=end, delivery_due_on=DAY + timedelta(14), ways=[Text(zh="窗口领取", en="Pick-up")]))
    assert ("准予" in found.sentence.zh) is (end is End.GRANTED) and found.by.zh == "2026年3月16日" and "窗口领取" in found.yours.zh


@pytest.mark.parametrize("end", list(End))
def test_closed(end):
    found = progress(standing("closed", decision=end, closed_on=DAY))
    assert "2026年3月2日" in found.sentence.zh and found.who is None and found.by is None


def test_every_paper_has_its_name():
    assert set(PAPERS) == set(TITLES) and all(name.en for name in PAPERS.values())


@given(state=st.sampled_from([str(state) for state in CaseState]), end=st.sampled_from(list(End)), late=st.booleans(),
       stages=st.lists(st.tuples(st.sampled_from(["审查", "决定"]), st.booleans()), max_size=3),
       wanted=st.lists(st.tuples(st.just(Text(zh="材料")), st.sampled_from(sorted(PROBLEMS))), max_size=3))
def test_every_state_speaks_both_languages(state, end, late, stages, wanted):
    found = progress(standing(state, decision=end, closed_on=DAY, today=DAY + timedelta(30 if late else 0), wanted=wanted,
                              doing=[Doing(Text(zh=name), BUREAU, counted) for name, counted in stages]))
    for text in (found.title, found.sentence, found.yours, *filter(None, (found.who, found.by))):
        assert text.zh and text.said("en") and "None" not in text.zh + text.said("en")
