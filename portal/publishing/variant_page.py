"""publishing: one situation of a guide on a page of its own: what to bring, how long, the stages with their chart, fees and
results of it alone, to be passed on and printed; applying from here takes the answers along that lead here."""
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.publishing import addresses
from portal.publishing.blocks import EN_WORDS, ZH_WORDS, Drawn, Row, Section, Words
from portal.publishing.edition import PublishedGuide
from portal.publishing.guide_page import summary
from portal.publishing.guide_parts import contact_section
from portal.publishing.guide_variant import Reader, intro, variant_section
from portal.publishing.said import Said, english
from portal.rules import situations
from portal.rules.guide.document import Guide, Variant


@dataclass(frozen=True)
class VariantPage:
    """Plain values for `variant_body.html`."""

    address: str
    title: Said
    variant: Said
    blocks: tuple
    """When it is this situation, and a note on it."""
    summary: tuple[Row, ...]
    sections: tuple[Section, ...]
    words: Words
    links: dict[str, Said]
    report: Said
    whole: Said
    """Leads to the guide with everything."""
    drawn: Drawn | None = None
    """Summary and sections, where they were drawn before."""


def keys(guide: Guide) -> tuple[str, ...]:
    """The variants that have pages of their own: all where there are several."""
    return tuple(one.key for one in guide.variants) if len(guide.variants) > 1 else ()


def answers(guide: Guide) -> dict[str, dict[str, str | bool]]:
    """For each variant that the questions lead to, the answers that lead there."""
    return situations.implied(situations.questions(guide))


def variant_page(guide: PublishedGuide, reader: Reader, variant: Variant, known: Mapping[str, str | bool]) -> VariantPage:
    """The page of one of several variants; `known` are the answers that lead to it."""
    drawn = variant_section(reader, variant, {})
    return replace(
        head(guide, reader, variant, known),
        summary=summary(reader, guide.file.offerings, [variant], addresses.guide(guide.slug, reader.locale)),
        sections=tuple(one for one in (*drawn.sections, contact_section(reader)) if one),
    )


def head(guide: PublishedGuide, reader: Reader, variant: Variant, known: Mapping[str, str | bool]) -> VariantPage:
    """The same without summary and sections."""
    slug, locale, t = guide.slug, reader.locale, reader.t
    return VariantPage(
        address=addresses.variant(slug, variant.key, locale),
        title=reader.s(reader.guide.item.name),
        variant=reader.s(variant.name),
        blocks=intro(reader, variant),
        summary=(),
        sections=(),
        words=EN_WORDS if english(locale) else ZH_WORDS,
        links={
            "home": Said(t("首页", "Home"), href=addresses.home(locale)),
            "guides": Said(t("办事指南", "Guides"), href=addresses.guides(locale)),
            "apply": Said(t("在线申请", "Apply online"), href=addresses.apply(slug, locale, answers=known)),
            "track": Said(t("查办件进度", "Follow a case"), href=addresses.track(locale)),
        },
        report=Said(t("指南有错？告诉我们", "Something wrong here? Tell us"), href=addresses.report(slug, locale, f"documents.{variant.key}")),
        whole=Said(t("指南全文：条件、办理地点、依据和其他情形", "The whole guide: conditions, places, legal basis and the other situations"),
                   href=addresses.guide(slug, locale)),
    )
