"""publishing: the questions that lead a reader to her situation, as links and folded lists: no script, no form."""
from portal.publishing import addresses
from portal.publishing.blocks import Entries, Section, Ways, section
from portal.publishing.guide_parts import question
from portal.publishing.guide_variant import Reader
from portal.publishing.said import Said
from portal.rules import situations
from portal.rules.guide.codes import FieldType
from portal.rules.situations import Asked, Found


def situations_section(reader: Reader, slug: str, linked: bool = True) -> Section:
    """The questions that choose the variant. `linked`: every answer leads on, in the end to the page of a variant or to whom to
    ask; what a single question with options decides stands beside its options."""
    guide, t = reader.guide, reader.t
    first = situations.questions(guide) if linked and len(guide.variants) > 1 else None
    links: dict[str, str] = {}
    if first and _plain(first, reader):
        links = {way.value: addresses.variant(slug, way.leads.variant, reader.locale) for way in first.ways}
    entries = tuple(question(reader, one, links if first and one.key == first.key else {}) for one in guide.situations)
    asked = _ways(reader, slug, first) if first and not links else None
    return section("situations", t("先看属于哪种情形", "Which situation is yours"), asked, Entries(entries) if entries else None)


def _plain(first: Asked, reader: Reader) -> bool:
    """Whether there is one question with one choice, and a variant for each."""
    kinds = {field.key: field.type for field in reader.guide.situations}
    return kinds.get(first.key) is FieldType.CHOICE and all(
        isinstance(way.leads, Found) and way.leads.variant and way.exact for way in first.ways)


def _ways(reader: Reader, slug: str, asked: Asked) -> Ways:
    found = []
    for way in asked.ways:
        said = reader.s(way.said)
        if isinstance(way.leads, Asked):
            found.append((said, _ways(reader, slug, way.leads)))
        elif way.leads.variant:
            name = reader.s(reader.guide.variant(way.leads.variant).name)
            arrow = Said(f"{said} → {name}", said.lang or name.lang, addresses.variant(slug, way.leads.variant, reader.locale))
            found.append((arrow, None))
        else:
            found.append((_nowhere(reader, said), None))
    return Ways(reader.s(asked.label), tuple(found))


def _nowhere(reader: Reader, said: Said) -> Said:
    """The guide has nothing for this answer: whom to ask."""
    whom = "" if reader.guide.enquiries else reader.edition.telephone or ""
    words = reader.t(f"{said}：本指南没有这种情形，请先咨询{whom}", f"{said}: this guide has no such case; please ask first {whom}".rstrip())
    return Said(words, said.lang, "#contact" if reader.guide.enquiries else None)
