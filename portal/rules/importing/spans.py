"""rules/importing: what a page says about time, in its roles: the law's limit, the office's promise, a stage's share.

法定 and 承诺 decide wherever they stand; without them the heading does; under a plain 办理时限 the office promises.
"""
import re
from typing import Any

from portal.rules.importing import characters, limits, places, steps
from portal.rules.importing.draft import Draft
from portal.rules.importing.limits import PROMISED, STATUTORY
from portal.rules.importing.numbering import split
from portal.rules.importing.rows import as_words

LABELS = {STATUTORY: "法定办结时限", PROMISED: "承诺办结时限"}
_STAGE = re.compile(r"^([^:：,，。\d]{2,10})[:：]\s*(.+)$", re.DOTALL)
_WHOLE = re.compile(r"时限|期限|时间|办理|总")


def put(heading: str):
    """A way to place limits under a heading: 法定办结时限, 承诺办结时限, or one without a role (empty)."""
    def place(draft: Draft, value: Any) -> None:
        element = draft.element
        said = as_words(value).strip()
        default = next((role for role, label in LABELS.items() if label == heading), None)
        if characters.says_none(said):
            role = default or PROMISED
            draft.at(element if default else LABELS[role], LABELS[role])
            draft.none(f"variant.{role}", said)
            return
        parts = [said] if default else split(said)
        for part in parts:
            roles = limits.by_role(part)
            for role, words in roles.items():
                _put_one(draft, words, role or default, element if default else "", named=bool(set(roles) - {""}))

    return place


def _put_one(draft: Draft, said: str, role: str | None, element: str, named: bool) -> None:
    """One limit with its words. Beside a named one, an unnamed limit is nobody's."""
    if role is None and (stage := _STAGE.match(said)) and not _WHOLE.search(stage[1]) and limits.read(stage[2]):
        draft.at("办理环节", "办理环节")
        steps.add(draft, stage[1].strip(), stage[2].strip("。；; "))
        return
    if role is None and named:
        draft.leave(said)
        return
    label = LABELS[role or PROMISED]
    draft.at(element if element and (label == element or role is None) else element or label, label)
    places.limit(f"variant.{role or PROMISED}").put(draft, said)
