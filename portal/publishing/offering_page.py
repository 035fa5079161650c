"""publishing: a guide as one township or village offers it. One text serves the whole county: what all places share is
drawn once a guide and language, and each place adds only what is its own: its role in plain words, window, hours,
telephone, and documents where a rule allows them. The guide's own page is the county's.
"""
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from portal.publishing import addresses, guide_page, offices
from portal.publishing import pages as drawing
from portal.publishing.blocks import EN_WORDS, ZH_WORDS, GuidePage, Row, Section, Table, facts, row, section, texts
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_variant import Reader, documents_table
from portal.publishing.said import Said, english, say
from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Offering

_DECIDING, _TAKING = frozenset({Role.DECIDES}), frozenset({Role.DECIDES, Role.RECEIVES})


@dataclass(frozen=True)
class OfferingPage:
    """What a place adds to a guide, as plain values. The first of `links` is the one that most readers want."""

    path: str
    title: Said
    place: Said
    description: str
    crumbs: tuple[Said, ...]
    heading: str
    rows: tuple[Row, ...]
    links: tuple[Said, ...]
    documents: Table | None
    documents_title: str
    documents_lead: str
    codes: tuple[Row, ...]
    codes_title: str
    sample: str | None
    joint: str


class Near(NamedTuple):
    """For who is at a place: who decides, and who takes applications in, in words; empty where she is told of neither."""

    decides: str
    takes: str


class Doers:
    """The places of a guide by what they do."""

    def __init__(self, guide: PublishedGuide):
        self._department = guide.file.guide.item.department
        self._having: dict[frozenset[Role], dict[str | None, Offering]] = {}
        for roles in (_DECIDING, _TAKING):
            having = [one for one in guide.file.offerings if roles.intersection(one.roles)]
            self._having[roles] = {one.place: one for one in reversed(having)}  # of several at a place the first

    def near(self, reader: Reader, offering: Offering) -> Near:
        """What the page of the offering says of others."""
        roles = frozenset(offering.roles)
        return Near(self._nearest(reader, offering, _DECIDING) if Role.RECEIVES in roles and Role.DECIDES not in roles else "",
                    "" if roles & _TAKING else self._nearest(reader, offering, _TAKING))

    def _nearest(self, reader: Reader, offering: Offering, roles: frozenset[Role]) -> str:
        """Who has one of the roles: the nearest place above, the only one that does, else the department."""
        having, places, at = self._having[roles], reader.edition.places, offering.place
        while place := places.get(at or ""):
            if at in having:
                return str(offices.called(reader, having[at]))
            at = place.parent
        if len(having) == 1:
            return str(offices.called(reader, *having.values()))
        return str(reader.department(self._department) or reader.t("县级部门", "the county's department"))


def offered(guide: PublishedGuide, edition: Edition) -> list[Offering]:
    """The guide's offerings that have a page of their own: those in townships and villages of this county."""
    return [one for one in guide.file.offerings if offices.has_page(edition, one.place)]


def address(edition: Edition, slug: str, code: str, locale: str) -> str:
    """Where a reader finds what the place offers of the guide: its own page, or the guide's where it has none."""
    return addresses.offering(slug, code, locale) if offices.has_page(edition, code) else addresses.guide(slug, locale)


def body(view: OfferingPage, shared: Markup) -> Markup:
    """The body of an offering's page around what all places share."""
    return drawing.body("offering", page=view, common=shared)


def page(guide: PublishedGuide, offering: Offering, edition: Edition, locale: str, near: "Near") -> OfferingPage:
    """What the place adds to the guide, for a reader of `locale`."""
    reader = Reader(locale, guide.file.guide, edition)
    t, s, slug, code = reader.t, reader.s, guide.slug, offering.place
    item = guide.file.guide.item
    title, place = s(item.name), offices.called(reader, offering)
    rows = own(reader, offering, near)
    takes = bool(_TAKING & set(offering.roles))
    links = (
        Said(t("在这里申请", "Apply here") if takes else t("在线申请", "Apply online"), href=addresses.apply(slug, locale, code)),
        Said(t("本页打印版（PDF）", "Print version (PDF)"), href=addresses.offering_paper(slug, code, locale)),
        Said(t("全县通用指南", "The guide of the whole county"), href=addresses.guide(slug, locale)),
        Said(t("这个办理点还能办什么", "What else this place does"), href=addresses.place(code, locale)),
        Said(t("指南有错？告诉我们", "Something wrong here? Tell us"), href=addresses.report(slug, locale, f"place:{code}")),
    )
    return OfferingPage(
        path=addresses.offering(slug, code, locale),
        title=title,
        place=place,
        description=t(f"在{place}怎么办：", f"How to do it at {place}: ") + " ".join(map(str, rows[0].values)),
        crumbs=(Said(t("首页", "Home"), href=addresses.home(locale)), Said(t("办事指南", "Guides"), href=addresses.guides(locale)),
                replace(title, href=addresses.guide(slug, locale))),
        heading=t(f"在{place}", f"At {place}"),
        rows=rows,
        links=links,
        documents=documents_table(reader, offering.documents),
        documents_title=t("这里另需的材料", "Also asked for here"),
        documents_lead=t("在这里办，除下面共用的材料外，还要带：", "To apply here, bring these besides the documents listed below for all places:"),
        codes=offices.codes(reader, offering),
        codes_title=t("实施主体和编码", "Body and codes"),
        sample=guide_page.sample_notice(edition, locale) if guide.file.guide.provenance.sample and not edition.sample else None,
        joint=(EN_WORDS if english(locale) else ZH_WORDS).joint,
    )


def paper(guide: PublishedGuide, offering: Offering, edition: Edition, locale: str) -> GuidePage:
    """The same on paper: the guide's whole document with the place's own at its head."""
    reader = Reader(locale, guide.file.guide, edition)
    view, t = guide_page.facts(_placeless(guide), edition, locale, whole=True), reader.t
    near = Doers(guide).near(reader, offering)
    local = documents_table(reader, offering.documents)
    codes = offices.codes(reader, offering)
    head: list[Section] = [
        section("here-documents", t("这里另需的材料", "Also asked for here"), local),
        section("here-codes", t("实施主体和编码", "Body and codes"), facts(*codes)),
    ]
    elsewhere = section("places", t("其他办理点", "Other places"), texts([Said(t(
        f"其他办理点的地址和时间见网页：{edition.public_url}{addresses.guide(guide.slug, locale)}",
        f"Other places with address and hours are on the web page: {edition.public_url}{addresses.guide(guide.slug, locale)}"))]))
    return replace(
        view,
        title=replace(view.title, text=f"{view.title} · {offices.called(reader, offering)}"),
        summary=(*(_unlinked(one) for one in own(reader, offering, near)), *view.summary),
        sections=(*(one for one in head if one), *view.sections, *([elsewhere] if len(guide.file.offerings) > 1 else [])),
        address=edition.public_url + addresses.offering(guide.slug, offering.place, locale),
    )


def own(reader: Reader, offering: Offering, near: "Near") -> tuple[Row, ...]:
    """What is the place's own, row by row: what it does for the reader, where, when, whom to ring."""
    t, s, locale, edition = reader.t, reader.s, reader.locale, reader.edition
    place = edition.places[offering.place]
    above = edition.places.get(place.parent or "")
    where = [Said(str(offices.called(reader, offering)), offices.called(reader, offering).lang, addresses.place(offering.place, locale))]
    if above is not None and above.tier in offices.TIERS:
        where.append(say(above.name, locale))
    rows = (
        row(t("在这里可以", "What you can do here"), *_roles(reader, offering, near)),
        row(t("办理点", "Place"), *where),
        *offices.windows(reader, offering),
        row(t("另需材料", "Also bring"), *(s(one.name) for one in offering.documents)),
        row(t("说明", "Note"), s(offering.note)),
    )
    return tuple(one for one in rows if one)


def _roles(reader: Reader, offering: Offering, near: "Near") -> tuple[Said, ...]:
    """What the place's roles mean for the reader: where the papers go, who decides, where the result is."""
    t, roles = reader.t, frozenset(offering.roles)
    said = []
    if Role.DECIDES in roles:
        said.append(t("在这里交材料，由这里决定。", "Hand in your application here; it is decided here."))
    elif Role.RECEIVES in roles:
        said.append(t(f"在这里交材料；由{near.decides}决定。", f"Hand in your application here; {near.decides} decides."))
    if Role.HANDS_OUT in roles:
        said.append(t("结果可以在这里领。", "The result can be collected here."))
    if Role.FILES_FOR_PEOPLE in roles:
        said.append(t("不会填、不方便的，这里有人帮您填表、代您递交。", "If you need help, somebody here fills in the form with you and sends it for you."))
    if Role.ADVISES in roles:
        said.append(t("不清楚的可以在这里问。", "You can ask here."))
    if not roles & _TAKING:
        said.append(t(f"这里不收材料：网上申请，或者交到{near.takes}。", f"Applications are not taken in here: apply online, or at {near.takes}."))
    return tuple(Said(one) for one in said)


def _placeless(guide: PublishedGuide) -> PublishedGuide:
    return replace(guide, file=guide.file.model_copy(update={"offerings": []}))


def _unlinked(one: Row) -> Row:
    """A row of a paper, which leads nowhere."""
    return replace(one, values=tuple(replace(value, href=None) for value in one.values),
                   groups=tuple((name, tuple(replace(value, href=None) for value in said)) for name, said in one.groups))
