"""Graphs for tests: what lint lets through (no circle, back only to what comes before, every wait can be met)."""
from hypothesis import strategies as st

from portal.rules.guide.document import Variant

FIELD = "answer"
KINDS = ["examine", "site_check", "special", "publicise", "decide", "certify", "deliver", "pay", "other", "help_first"]
ENDS = ["granted", "refused", "not_needed", "not_accepted", "withdrawn"]


@st.composite
def variants(draw) -> Variant:
    """A variant with intake stages first, then layers of stages that run side by side."""
    stages = [{"key": f"in{at}", "name": "收件", "kind": kind, "waits_for": [f"in{at - 1}"] if at else []}
              for at, kind in enumerate(draw(st.sampled_from([[], ["accept"], ["receive", "accept"]])))]
    before = [row["key"] for row in stages]
    first = before[-1:]
    for layer in range(draw(st.integers(0, 4))):
        rows = [draw(_stage(f"s{layer}{at}", first, before)) for at in range(draw(st.integers(1, 3)))]
        stages += rows
        before += [row["key"] for row in rows]
    return Variant.model_validate({"stages": stages})


@st.composite
def _stage(draw, key: str, first: list[str], before: list[str]) -> dict:
    waits = draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else []
    row = {"key": key, "name": key, "kind": draw(st.sampled_from(KINDS)), "waits_for": sorted({*waits, *first})}
    if draw(st.integers(0, 3)) == 0:
        row["when"] = {"field": FIELD, "value": draw(st.booleans())}
    outcomes = [{"key": "on", "name": "通过"}]
    if draw(st.booleans()):
        outcomes.append({"key": "end", "name": "结束", "leads": "end", "end": draw(st.sampled_from(ENDS))})
    if row["waits_for"] and draw(st.booleans()):
        outcomes.append({"key": "back", "name": "退回", "leads": "back", "to": draw(st.sampled_from(row["waits_for"]))})
    return row | ({"outcomes": outcomes} if draw(st.booleans()) else {})
