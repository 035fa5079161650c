"""rules/importing: what became of a source, element by element: found, missing, unplaced."""
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.rules.guide.document import GuideFile
from portal.rules.importing.draft import Draft
from portal.rules.importing.elements import CORE
from portal.rules.importing.national import ABOUT


@dataclass
class Report:
    """One draft of one file, or the error that kept it from being one. Sentences are Chinese and English."""

    file: str
    title: str | None = None
    code: str | None = None
    found: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    at: str | None = None
    """Where in a workbook the guide stands."""
    cells: list[dict[str, Any]] = field(default_factory=list)
    """Of a workbook: what was told of single cells, in sheet, row and column (`sheets.cells.Told.plain`)."""

    def plain(self) -> dict[str, object]:
        """The report as plain values; what only workbooks have is left out elsewhere."""
        return {name: value for name, value in asdict(self).items() if value or name not in ("at", "cells")}


def report(name: str, draft: Draft, file: GuideFile) -> Report:
    """The report of a draft. An element is found where all its claims hold on the finished document; a table where all its
    columns do. Missing is what the source names without it being found, and what no guide can be without."""
    failed = dict.fromkeys([*draft.refused, *(claim.element for claim in draft.claims if not claim.holds(file))])
    failed |= dict.fromkeys(element.partition("/")[0] for element in failed)
    named = dict.fromkeys(part for claim in draft.claims for part in (claim.element.partition("/")[0], claim.element))
    found = [element for element in named if element not in failed]
    cores = {claim.core for claim in draft.claims if claim.element.partition("/")[0] not in failed} | _limits_of_results(file)
    # A plain 办理时限 goes by the name of the limit that stands under it; the core says where there is none.
    missing = dict.fromkeys([*failed, *(element for element in draft.empty if element not in (*found, "办理时限"))])
    missing |= dict.fromkeys(core for core, serving in CORE.items() if not cores & set(serving))
    return Report(name, file.guide.item.name.zh, code_of(file), found, list(missing), _unplaced(file))


def code_of(file: GuideFile) -> str | None:
    """The code by which the guide is known: the basic one, else the offering's, else a local one."""
    offering = file.offerings[0] if file.offerings else None
    item = file.guide.item
    return item.code or (offering and (offering.implementation_code or offering.business_code)) or item.local_code


def _limits_of_results(file: GuideFile) -> set[str]:
    results = [row for variant in file.guide.variants for row in variant.results]
    return {"承诺办结时限"} if results and all(row.limit for row in results) else set()


def _unplaced(file: GuideFile) -> list[str]:
    extras = [f"{extra.name}：{extra.value}" for extra in file.guide.extras if extra.name not in ABOUT]
    return [*file.unplaced, *extras]
