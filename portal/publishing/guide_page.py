"""publishing: a guide as its readers see it. The summary first, in plain words, then every element of the document.

The page, the preview at the desk and the paper are drawn from this one value.
"""
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from portal.publishing import addresses, place_lines
from portal.publishing.blocks import EN_WORDS, ZH_WORDS, GuidePage, Row, Section, row
from portal.publishing.blocks import facts as fact_rows
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_parts import (
    basis_section,
    conditions_section,
    contact_section,
    form_section,
    how_section,
    item_section,
    questions_section,
    rights_section,
)
from portal.publishing.guide_situations import situations_section
from portal.publishing.guide_variant import Reader, by_variant, copies, variant_section
from portal.publishing.offices import first_place, places, too_many
from portal.publishing.said import Said, day, english, page_lang, yuan
from portal.rules.guide.codes import Necessity
from portal.rules.guide.document import Variant
from portal.rules.guide.offering import Offering

SHORT_LIST = 12
"""So many documents stand in the summary; the rest is in the table."""


class Part(NamedTuple):
    """A part of the page that is drawn apart: its name, how its sections are made from the guide, and what they say besides."""

    name: str
    make: Callable[[PublishedGuide, Reader], Sequence[Section | None]]
    told: tuple = ()


def facts(guide: PublishedGuide, edition: Edition, locale: str, whole: bool = False) -> GuidePage:
    """The guide as plain values for a reader of `locale`, ready for the templates of page and paper.

    A page shows the first of many places and leads to the rest; a paper, which leads nowhere, has the whole list.
    """
    reader, offerings = Reader(locale, guide.file.guide, edition), guide.file.offerings
    return replace(
        head(guide, edition, locale, whole),
        summary=summary(reader, offerings, guide.file.guide.variants),
        sections=tuple(one for part in parts(guide, whole) for one in part.make(guide, reader) if one),
        places=places(reader, offerings, slug=guide.slug) if too_many(offerings) and not whole else None,
    )


def parts(guide: PublishedGuide, whole: bool = False, version: tuple[str, str] | None = None) -> list[Part]:
    """The parts of the page, in order. With `version` it stands for the revision's number and day."""
    def at(guide: PublishedGuide, reader: Reader) -> Section:
        held, rest = guide.file.offerings, Said("", href=addresses.places(guide.slug, reader.locale))
        return place_lines.places(reader, held) if whole else places(reader, held, rest, guide.slug)

    return [
        Part("situations", lambda guide, reader: [situations_section(reader, guide.slug, linked=not whole)]),
        *_variants(guide, whole),
        Part("conditions", lambda _, reader: [conditions_section(reader)]),
        Part("how", lambda _, reader: [how_section(reader)]),
        Part("places", lambda guide, reader: [at(guide, reader)]),
        Part("form", lambda guide, reader: [form_section(reader, _links(guide, reader))]),
        Part("questions", lambda _, reader: [questions_section(reader)]),
        Part("basis", lambda _, reader: [basis_section(reader)]),
        Part("rights", lambda _, reader: [rights_section(reader)]),
        Part("contact", lambda _, reader: [contact_section(reader)]),
        Part("item", lambda guide, reader: [item_section(reader, *(version or _version(guide, reader)))]),
    ]


def head(guide: PublishedGuide, edition: Edition, locale: str, whole: bool = False) -> GuidePage:
    """The same without summary and sections."""
    document = guide.file.guide
    reader = Reader(locale, document, edition)
    t, s = reader.t, reader.s
    revision, published = _version(guide, reader)
    item = document.item
    badges = [s(item.kind.text) if item.kind else None, s(item.handling.text) if item.handling else None,
              reader.department(item.department)]
    return GuidePage(
        locale=locale,
        lang=page_lang(locale),
        slug=guide.slug,
        title=s(item.name),
        aliases=tuple(s(alias) for alias in item.aliases),
        badges=tuple(badge for badge in badges if badge),
        lead=s(document.summary),
        summary=(),
        sections=(),
        places=None,
        sample=sample_notice(edition, locale) if document.provenance.sample or edition.sample else None,
        revision=revision,
        published=published,
        checked=None if whole else last_checked(reader, guide),
        address=edition.public_url + addresses.guide(guide.slug, locale),
        authority=edition.authority.said(locale),
        edition=t(f"{revision}，{published}", f"{revision}, {published}"),
        words=EN_WORDS if english(locale) else ZH_WORDS,
        links=_links(guide, reader),
    )


def _version(guide: PublishedGuide, reader: Reader) -> tuple[str, str]:
    """The number of the revision, and the day on which it came into force, in words."""
    return reader.t(f"第{guide.revision}版", f"No. {guide.revision}"), day(guide.published, reader.locale)


def last_checked(reader: Reader, guide: PublishedGuide) -> str | None:
    """When and by whom the guide was last checked: by its department since it is in force, or as its document says."""
    came = reader.guide.provenance
    on, by = (guide.checked.on, guide.checked.by) if guide.checked else (came.checked_on, came.checked_by)
    if on is None or (guide.checked and came.checked_on and came.checked_on > on):
        on, by = came.checked_on, came.checked_by
    if on is None:
        return None
    said = reader.t(f"{day(on, reader.locale)}核对", f"Last checked on {day(on, reader.locale)}")
    return said + (reader.t("，", ", by ") + by.said(reader.locale) if by else "")


def sample_notice(edition: Edition, locale: str) -> str:
    """The line that every page and paper of a sample carries."""
    if edition.notice:
        return edition.notice.said(locale)
    return Reader(locale, None, edition).t(
        "这是示例内容，不对应任何真实机构，不能作为办事依据。",
        "This is sample content. It belongs to no real office and is no basis for any application.",
    )


def _variants(guide: PublishedGuide, whole: bool) -> list[Part]:
    """On the page each of several variants is a part, leads to its own page, and where it is folded away its chart is there."""
    variants = guide.file.guide.variants
    if whole or len(variants) == 1:
        return [Part("variants", lambda guide, reader: _together(reader))]
    return [Part(f"variant {one.key}", lambda guide, reader, one=one, first=one is variants[0]: [_folded(reader, guide.slug, one, first)],
                 (one, one is variants[0])) for one in variants]


def _folded(reader: Reader, slug: str, variant: Variant, first: bool) -> Section:
    """One of several: only the first is open, and has its chart here."""
    alone = Said(reader.t("单看这种情形和流程图", "This situation alone, with its flowchart"), href=addresses.variant(slug, variant.key, reader.locale))
    return replace(variant_section(reader, variant, {} if first else None, alone), folds=True, opened=first)


def _together(reader: Reader) -> list[Section]:
    """A section for each variant; the parts of an only one stand for themselves."""
    drawn: dict[str, Said] = {}
    found = [variant_section(reader, one, drawn) for one in reader.guide.variants]
    if len(found) > 1:
        return [replace(one, folds=True, opened=one is found[0]) for one in found]
    only = found[0]
    named = fact_rows(row(reader.t("情形", "Case"), only.title))
    return [Section("case", Said(reader.t("适用情形", "Which case")), (named, *only.blocks)), *only.sections]


def _links(guide: PublishedGuide, reader: Reader) -> dict[str, Said]:
    t, locale, slug = reader.t, reader.locale, guide.slug
    links = {
        "home": Said(t("首页", "Home"), href=addresses.home(locale)),
        "guides": Said(t("办事指南", "Guides"), href=addresses.guides(locale)),
        "places": Said(t("全部办理点", "All places"), href=addresses.places(slug, locale)),
        "apply": Said(t("在线申请", "Apply online"), href=addresses.apply(slug, locale)),
        "track": Said(t("查办件进度", "Follow a case"), href=addresses.track(locale)),
        "paper": Said(t("打印版（PDF）", "Print version (PDF)"), href=addresses.guide_paper(slug, locale)),
        "one": Said(t("一页版", "On one page"), href=addresses.one_page(slug, locale)),
        "list": Said(t("材料清单", "Checklist"), href=addresses.checklist(slug, locale)),
    }
    links["report"] = Said(t("指南有错？告诉我们", "Something wrong here? Tell us"), href=addresses.report(slug, locale))
    if guide.file.guide.form:
        links["form"] = Said(t("空白表格（PDF）", "Blank form (PDF)"), href=addresses.blank_form(slug))
        links["filled"] = Said(t("填写样表（PDF）", "Filled sample (PDF)"), href=addresses.filled_sample(slug))
    return links


def summary(reader: Reader, offerings: list[Offering], variants: list[Variant], page: str = "") -> tuple[Row, ...]:
    """What everybody asks first, in a few rows; for these offerings and variants of the guide. `page` has the places where this
    one has not."""
    return tuple(one for one in _summary(reader, offerings, variants, f"{page}#places") if one)


def _summary(reader: Reader, offerings: list[Offering], variants: list[Variant], rest: str):
    document, t, s = reader.guide, reader.t, reader.s
    audiences = [s(one.text) for one in document.item.audiences]
    yield row(t("谁可以办", "Who"), *audiences, s(document.scope))
    yield _to_bring(reader, variants)
    yield _not_to_bring(reader, variants)
    yield by_variant(reader, t("多久办好", "How long"), {one.key: _how_long(reader, one) for one in variants})
    yield by_variant(reader, t("多少钱", "What it costs"), {one.key: _cost(reader, one) for one in variants})
    yield row(t("在哪里办", "Where"), *first_place(reader, offerings, rest))


def _to_bring(reader: Reader, variants: list[Variant]) -> Row | None:
    """What every variant asks for once, then under each variant's name what it asks for besides."""
    t = reader.t
    bring = {one.key: _bring(reader, one) for one in variants}
    if len(set(bring.values())) == 1 or not all(bring.values()):
        return by_variant(reader, t("要带什么", "What to bring"), bring)
    shared = tuple(said for said in bring[variants[0].key] if all(said in row_ for row_ in bring.values()))
    groups = [(Said(t("都要带", "In every case")), shared)] if shared else []
    for variant in variants:
        besides = tuple(said for said in bring[variant.key] if said not in shared)
        groups.append((reader.s(variant.name), besides or (Said(t("不用另带", "Nothing more")),)))
    return Row(t("要带什么", "What to bring"), groups=tuple(groups))


def _bring(reader: Reader, variant: Variant) -> tuple[Said, ...]:
    asked = [one for one in variant.documents if not one.exempt and one.necessity is not Necessity.OPTIONAL]
    said = []
    for document in asked[:SHORT_LIST]:
        name, notes = reader.s(document.name), []
        if document.copies:
            notes.append(str(copies(reader, document)))
        if document.when or document.when_note:
            notes.append(reader.t("视情形", "in some cases"))
        if document.necessity is Necessity.LATER:
            notes.append(reader.t("可以后补", "may follow later"))
        tail = reader.t("，", ", ").join(notes)
        said.append(Said(f"{name}{reader.t('（', ' (')}{tail}{reader.t('）', ')')}", name.lang) if tail else name)
    if len(asked) > SHORT_LIST:
        rest = len(asked) - SHORT_LIST
        said.append(Said(reader.t(f"另有{rest}项，见材料表", f"and {rest} more, see the table"),
                         href=f"#{variant.key}-documents"))
    if variant.documents and not asked:
        said.append(Said(reader.t("不用带材料", "Nothing")))
    return tuple(said)


def _not_to_bring(reader: Reader, variants: list[Variant]) -> Row | None:
    names = {reader.s(one.name): None for variant in variants for one in variant.documents if one.exempt}
    return row(reader.t("不用带", "No need to bring"), *names)


def _how_long(reader: Reader, variant: Variant) -> tuple[Said, ...]:
    """The promise beside the law's limit; where a result takes another time, each result with its own."""
    limit = variant.promise or variant.statutory
    if limit is None:
        return ()
    said = limit.said(reader.locale)
    if limit.amount and variant.promise:
        said = reader.t(f"受理后{said}", f"{said} from acceptance")
    if variant.promise and variant.statutory and variant.statutory.said(reader.locale) != limit.said(reader.locale):
        law = variant.statutory.said(reader.locale)
        said += reader.t(f"（法律规定最长{law}）", f" (by law at most {law})")
    own = [(reader.s(result.name), result.limit.said(reader.locale)) for result in variant.results if result.limit]
    if all(words == limit.said(reader.locale) for _, words in own):
        own = []
    return (Said(said), *(Said(f"{name}{reader.t('：', ': ')}{words}", name.lang) for name, words in own))


def _cost(reader: Reader, variant: Variant) -> tuple[Said, ...]:
    if variant.free:
        return (Said(reader.t("不收费", "Free")),)
    colon = reader.t("：", ": ")
    said = []
    for fee in variant.fees:
        name = reader.s(fee.name)
        amount = yuan(fee.fen, reader.locale) if fee.fen is not None else ""
        amount = amount or (fee.standard.said(reader.locale) if fee.standard else "")
        said.append(Said(f"{name}{colon}{amount}" if amount else str(name), name.lang))
    return tuple(said)
