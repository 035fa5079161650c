"""rules: what has to be looked at so that a guide stays right: what it says that may have gone stale, and when it is due.

Facts in, findings out: the day, the document, what the web answered. Whether a law was really changed, and whether a telephone
is still answered, only people know; they are told where to look.
"""
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.rules.guide.codes import Checked
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text, every
from portal.rules.lint import Finding, lint
from portal.rules.lint.repealed import bare

INTERVAL = timedelta(days=365)
"""An example, not a law: a guide that says no day of its own is to be checked once a year."""
BROKEN_AFTER = 3
"""A link is dead when it failed so often in a row: a server may be down for a night."""


class Kind(StrEnum):
    """What a row of the list is about, in the order of the list."""

    REVIEW = "review"
    LAW = "law"
    LINK = "link"
    TELEPHONE = "telephone"
    LINT = "lint"


KINDS = {
    Kind.REVIEW: Text(zh="该复核了", en="Check is due"),
    Kind.LAW: Text(zh="依据可能过时", en="Legal basis may be stale"),
    Kind.LINK: Text(zh="链接打不开", en="Dead link"),
    Kind.TELEPHONE: Text(zh="电话写法不对", en="Telephone looks wrong"),
    Kind.LINT: Text(zh="核查提示", en="Other findings"),
}
NAMED_LAW, NAMED_LINK = "named_law", "named_link"
"""Kinds of rows that say only that the guide names a law or a link."""
FAULTS = {
    "timeout": Text(zh="没有在限定时间内回应", en="gave no answer in time"),
    "unreachable": Text(zh="连不上", en="cannot be reached"),
    "inside": Text(zh="指向内部网络，没有访问", en="leads into an inside network and was not asked"),
    "redirects": Text(zh="转来转去没有终点", en="leads on without an end"),
    "unfit": Text(zh="不是网址", en="is no address of the web"),
}
_TELEPHONES = {"L-CONTACT-03", "L-CONTACT-04", "L-CONTACT-06"}
_LAWS = {f"L-BASIS-0{number}" for number in range(1, 8)}
"""Rules of lint whose findings are about telephones, and about laws."""


@dataclass(frozen=True)
class Found:
    """A row: `subject` the law or the address it is about, `element` its JSON Pointer, `words` what is wrong; none where the
    guide merely names it."""

    kind: str
    element: str
    subject: str | None = None
    words: Text | None = None


def found(file: GuideFile, today: date, directory: Collection[str]) -> list[Found]:
    """What a look at the guide finds, and the laws and links it names."""
    rows = [Found(_kind(one), one.at, None, Text(zh=f"{one.message.zh}{one.remedy.zh}", en=f"{one.message.said('en')} {one.remedy.said('en')}"))
            for one in lint(file, directory=directory)]
    for number, basis in enumerate(file.guide.legal_basis):
        at = f"/guide/legal_basis/{number}"
        rows.append(Found(NAMED_LAW, at, law_name(basis.law.zh)))
        if basis.state is Checked.NOT_CHECKED:
            rows.append(Found(Kind.LAW, f"{at}/state", law_name(basis.law.zh), Text(
                zh=f"“{basis.law.zh}”还没有对照原文核对。", en=f"“{basis.law.said('en')}” was not checked against its text.")))
        if basis.effective_on and basis.effective_on > today:
            rows.append(Found(Kind.LAW, f"{at}/effective_on", law_name(basis.law.zh), Text(
                zh=f"“{basis.law.zh}”要到{basis.effective_on.isoformat()}才施行。",
                en=f"“{basis.law.said('en')}” is in force only from {basis.effective_on.isoformat()}.")))
    rows += [Found(NAMED_LINK, at, url) for at, url in links(file)]
    return rows


def law_name(name: str) -> str:
    """A law by the name that all ways of writing it share."""
    return bare(name)


def links(file: GuideFile) -> list[tuple[str, str]]:
    """Every address of the web in the guide, each once, with the place of the first."""
    seen: dict[str, str] = {}
    for at, value in every(str, file.guide, "/guide"):
        if re.match(r"https?://", value) and value not in seen:
            seen[value] = at
    return [(at, url) for url, at in seen.items()]


def said_of(answer: str) -> Text:
    """What a link answered, in words."""
    if answer in FAULTS:
        return FAULTS[answer]
    return Text(zh=f"回答 {answer}", en=f"answers {answer}")


def _kind(finding: Finding) -> Kind:
    if finding.rule in _TELEPHONES:
        return Kind.TELEPHONE
    return Kind.LAW if finding.rule in _LAWS else Kind.LINT
