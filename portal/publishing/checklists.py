"""publishing: the checklist of a guide: for each situation a page to tick off: what to bring, how many, original or copy, where
it is to be had; how long it takes, what it costs, where to go and whom to ring."""
from dataclasses import dataclass, replace

from portal.publishing import addresses
from portal.publishing.blocks import EN_WORDS, ZH_WORDS, Row, Words, row
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_page import sample_notice, summary
from portal.publishing.guide_variant import Reader, copies
from portal.publishing.said import Said, day, english, page_lang
from portal.rules.guide.codes import Necessity
from portal.rules.guide.document import Variant
from portal.rules.guide.documents import Document


@dataclass(frozen=True)
class Line:
    """A document to tick off; `notes` say when it is needed and what it must be."""

    name: Said
    notes: tuple[Said, ...]
    copies: Said | None
    source: Said | None


@dataclass(frozen=True)
class List:
    """The page of a situation, with the address of what it is taken from. `name` is None for a guide's only situation."""

    name: Said | None
    when: Said | None
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    address: str


@dataclass(frozen=True)
class Checklist:
    """The values of `templates/print/list.html`."""

    lang: str
    title: Said
    heading: str
    authority: str
    edition: str
    sample: str | None
    lists: tuple[List, ...]
    columns: tuple[str, ...]
    nothing: str
    words: Words


def checklist(guide: PublishedGuide, edition: Edition, locale: str) -> Checklist:
    """The checklist for a reader of `locale`, a page for each situation."""
    document = guide.file.guide
    reader = Reader(locale, document, edition)
    t = reader.t
    return Checklist(
        lang=page_lang(locale),
        title=reader.s(document.item.name),
        heading=t("材料清单", "What to bring"),
        authority=edition.authority.said(locale),
        edition=t(f"第{guide.revision}版，{day(guide.published, locale)}", f"No. {guide.revision}, {day(guide.published, locale)}"),
        sample=sample_notice(edition, locale) if document.provenance.sample or edition.sample else None,
        lists=tuple(_list(reader, guide, one) for one in document.variants),
        columns=(t("备好打勾", "Ready"), t("材料", "Document"), t("份数", "Copies"), t("从哪里来", "Where from")),
        nothing=t("这种情形不用带材料。", "Nothing needs to be brought in this case."),
        words=EN_WORDS if english(locale) else ZH_WORDS,
    )


def _list(reader: Reader, guide: PublishedGuide, variant: Variant) -> List:
    several = len(guide.file.guide.variants) > 1
    path = addresses.variant(guide.slug, variant.key, reader.locale) if several else addresses.guide(guide.slug, reader.locale)
    bring = reader.t("要带什么", "What to bring")
    places = reader.edition.public_url + addresses.guide(guide.slug, reader.locale)
    rows = [one for one in summary(reader, guide.file.offerings, [variant], places) if one.label != bring]
    for contacts, label in ((reader.guide.enquiries, reader.t("咨询", "Enquiries")), (reader.guide.complaints, reader.t("投诉", "Complaints"))):
        rows.append(row(label, *(Said(" ".join(part for part in (str(reader.s(one.name) or ""), one.telephone) if part))
                                 for one in contacts if one.telephone)))
    return List(
        name=reader.s(variant.name) if several else None,
        when=reader.condition(variant.when),
        lines=tuple(_line(reader, one) for one in variant.documents if not one.exempt),
        rows=tuple(one for one in rows if one),
        address=reader.edition.public_url + path,
    )


def _line(reader: Reader, document: Document) -> Line:
    t, s = reader.t, reader.s
    when = reader.condition(document.when)
    notes = (
        Said(t(f"{when}时需要", f"only when {when}")) if when else None,
        s(document.when_note), s(document.requirements),
        Said(t("可以不交", "not required")) if document.necessity is Necessity.OPTIONAL else None,
        Said(t("可以后补", "may follow later")) if document.necessity is Necessity.LATER else None,
        Said(t("可以签承诺书代替", "a signed commitment will do")) if document.commitment else None,
        Said(t("可以出示电子证照", "an electronic certificate will do")) if document.e_certificate else None,
    )
    source = [str(one) for one in (s(document.source.text) if document.source else None, s(document.source_note)) if one]
    return Line(s(document.name), tuple(replace(one, text=one.text.rstrip("。.")) for one in notes if one), copies(reader, document) or s(document.copies_note),
                Said(t("：", ": ").join(source)) if source else None)
