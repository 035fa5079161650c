"""actions: corrections: what the applicant does about each paper of a one-time notice, before she sends it all."""
from collections.abc import Mapping, Sequence
from typing import Any

from portal import keys
from portal.actions import answers as answering
from portal.actions.acting import Acting, of
from portal.models.applications import Application
from portal.models.cases import Case, Notice
from portal.rules import filling
from portal.rules.problems import Problem


class OtherVariant(Problem):
    """The corrected answers would make it another situation, with other stages and papers."""


def attend(act: Acting, application: Application, notice: Notice, paper: str, way: str) -> None:
    """Marks a paper of the notice as dealt with: uploaded, brought to the window, or answered anew."""
    key = answering.data_key(application, act.ring)
    content = answering.read(application, key)
    done = content.get("corrected", {"notice": notice.id, "papers": {}})
    if done["notice"] != notice.id:
        done = {"notice": notice.id, "papers": {}}
    content["corrected"] = {**done, "papers": {**done["papers"], paper: way}}
    if way == filling.WINDOW:
        content["documents"] = {**content["documents"], paper: way}
    answering.write(application, key, content)
    application.changed_at = act.now


def neglect(act: Acting, application: Application, notice: Notice, paper: str) -> None:
    """Takes the mark back: what was done about the paper is gone again."""
    key = answering.data_key(application, act.ring)
    content = answering.read(application, key)
    done = content.get("corrected", {"notice": notice.id, "papers": {}})
    content["corrected"] = {**done, "papers": {name: way for name, way in done["papers"].items() if name != paper}}
    answering.write(application, key, content)
    application.changed_at = act.now


def amend(act: Acting, application: Application, case: Case, notice: Notice, section: str, asked: Sequence[str],
          values: Mapping[str, Any]) -> None:
    """Puts new answers into a section that the notice names. Raises OtherVariant: nothing was changed."""
    guide, variant = of(case)
    key = answering.data_key(application, act.ring)
    content = answering.read(application, key)
    new = {name: value for name, value in content["answers"].items() if name not in asked} | dict(values)
    chosen = guide.variant_for(filling.counting(guide, new))
    if chosen is None or chosen.key != variant.key:
        raise OtherVariant(
            "correction.variant", "这样改会变成另一种办理情形，材料和流程都不同，不能在这里改。原来的回答没有动；请打咨询电话，或者撤回后重新申请。",
            "With this answer it would be another situation with other papers and stages, so it cannot be changed here. "
            "Nothing was changed; ring the enquiry number, or withdraw and apply anew.")
    content["answers"] = new
    answering.write(application, key, content)
    attend(act, application, notice, section, filling.FORM)


def attended(application: Application, ring: keys.KeyRing, notice: Notice) -> dict[str, str]:
    """How each paper of the notice was dealt with so far."""
    done = answering.read(application, answering.data_key(application, ring)).get("corrected")
    return done["papers"] if done and done["notice"] == notice.id else {}


def open_papers(application: Application, ring: keys.KeyRing, notice: Notice) -> list[str]:
    """The papers of the notice that nothing was done about."""
    done = attended(application, ring, notice)
    return [paper for paper, _ in notice.content["papers"] if paper not in done]
