"""rules/lint: whether a guide may be published. Errors stop it, warnings do not.

One file a noun, each with its table of rules; `lint` goes through them all.
"""
from collections.abc import Collection
from datetime import date

from portal.rules.guide.document import GuideFile
from portal.rules.lint import (
    access,
    basis,
    conditions,
    contacts,
    documents,
    fees,
    item,
    licence,
    limits,
    offerings,
    results,
    stages,
    stops,
    variants,
)
from portal.rules.lint.findings import ERROR, WARNING, Finding, Rule, Subject

NOUNS = (
    item, licence, basis, variants, conditions, documents, stages, limits, stops, fees, results, access, contacts, offerings,
)  # fmt: skip
RULES: list[Rule] = [rule for noun in NOUNS for rule in noun.RULES]

__all__ = ["ERROR", "RULES", "WARNING", "Finding", "Rule", "lint"]


def lint(file: GuideFile, today: date | None = None, directory: Collection[str] | None = None) -> list[Finding]:
    """What is wrong with the guide, errors first. `today` is the legal day; without it no review date is compared.
    `directory` are the names of the departments that can be handed a stage; without it none is looked up."""
    subject = Subject(file, today, directory)
    found = [finding for rule in RULES for finding in rule.findings(subject)]
    return sorted(found, key=lambda finding: finding.level != ERROR)
