"""queries: what is to be looked at so that guides stay right: a row for each reason, with its guide and the element."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.people import Staff
from portal.models.places import Department
from portal.models.staying import GuideCheck, GuideFinding, GuideLook, LawMark, LinkState
from portal.publishing.edition import LastCheck
from portal.queries.shelf import visible
from portal.rules import staying
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer
from portal.rules.staying import Kind
from portal.rules.workflow import ON_ITS_WAY

PAGE = 50
_Force, _Way = aliased(GuideRevision, name="in_force"), aliased(GuideRevision, name="way")


@dataclass(frozen=True)
class Row:
    """A reason to look at a guide. `draft` is the revision that can be edited now, if any; `element` is a JSON Pointer."""

    kind: Kind
    slug: str
    name: str
    department: Text | None
    revision: int
    draft: int | None
    element: str
    subject: str | None
    words: Text


@dataclass(frozen=True)
class Listed:
    rows: list[Row]
    total: int
    counts: Mapping[Kind, int]


def listed(db: Session, who: Officer, today: date, *, kind: Kind | None = None, department: int | None = None, slug: str | None = None,
           page: int | None = 1) -> Listed:
    """A page of the reasons, or all of them where `page` is None; how many there are of each kind, whatever kind is asked for."""
    reasons = _reasons(today).subquery()
    mine = [visible(who)]
    if department is not None:
        mine.append(Item.department_id == department)
    if slug is not None:
        mine.append(Item.slug == slug)
    of_items = select(reasons.c.kind, func.count()).join(Item, Item.id == reasons.c.item_id).where(*mine).group_by(reasons.c.kind)
    counts = {Kind(name): number for name, number in db.execute(of_items)}
    if kind is not None:
        mine.append(reasons.c.kind == kind.value)
    order = case({one.value: number for number, one in enumerate(Kind)}, value=reasons.c.kind)
    asked = (
        select(reasons, Item.slug, Item.name, Department.name.label("department"), Department.name_en, _Force.id.label("force"), _Way.id.label("way"))
        .join(Item, Item.id == reasons.c.item_id).outerjoin(Department, Item.department_id == Department.id)
        .join(_Force, and_(_Force.item_id == Item.id, _Force.state == RevisionState.PUBLISHED))
        .outerjoin(_Way, and_(_Way.item_id == Item.id, _Way.state.in_(ON_ITS_WAY)))
        .where(*mine).order_by(order, reasons.c.day, Item.name, Item.id, reasons.c.element))
    if page is not None:
        asked = asked.limit(PAGE).offset((page - 1) * PAGE)
    rows = [_row(one) for one in db.execute(asked)]
    return Listed(rows, sum(counts.values()) if kind is None else counts.get(kind, 0), counts)


def count(db: Session, who: Officer, today: date) -> int:
    """How many reasons there are to look at a guide of this person's."""
    reasons = _reasons(today).subquery()
    return db.scalar(select(func.count()).select_from(reasons).join(Item, Item.id == reasons.c.item_id).where(visible(who)))


def marks(db: Session) -> list[tuple[LawMark, int]]:
    """The laws that are marked as changed, with the number of guides in force that name each."""
    named = (select(func.count(GuideFinding.item_id.distinct())).where(GuideFinding.kind == staying.NAMED_LAW, GuideFinding.subject == LawMark.law)
             .correlate(LawMark).scalar_subquery())
    return [(mark, number) for mark, number in db.execute(select(LawMark, named).where(LawMark.settled_at.is_(None)).order_by(LawMark.made_at.desc()))]


def laws(db: Session) -> list[tuple[str, int]]:
    """Every law that guides in force name, with how many, the most named first."""
    number = func.count(GuideFinding.item_id.distinct())
    rows = db.execute(select(GuideFinding.subject, number).where(GuideFinding.kind == staying.NAMED_LAW)
                      .group_by(GuideFinding.subject).order_by(number.desc(), GuideFinding.subject))
    return [(law, many) for law, many in rows]


def last_checks(db: Session, item_ids: list[int]) -> dict[int, LastCheck]:
    """Who of the owning department last found that the guide in force holds: by the act of checking, or by the fact check on its
    way; by item."""
    if not item_ids:
        return {}
    acts = (select(GuideCheck.item_id, GuideCheck.made_at, Department.name, Department.name_en)
            .join(Staff, GuideCheck.staff_id == Staff.id).join(Department, Staff.department_id == Department.id)
            .join(GuideRevision, GuideCheck.revision_id == GuideRevision.id)
            .where(GuideRevision.state == RevisionState.PUBLISHED, GuideCheck.item_id.in_(item_ids)))
    before = aliased(GuideStep)
    confirmed = exists().where(before.revision_id == GuideStep.revision_id, before.state == RevisionState.FACT_CHECK, before.id < GuideStep.id)
    steps = (select(GuideRevision.item_id, GuideStep.at, Department.name, Department.name_en)
             .join(GuideStep, GuideStep.revision_id == GuideRevision.id).join(Staff, GuideStep.staff_id == Staff.id)
             .join(Department, Staff.department_id == Department.id)
             .where(GuideRevision.state == RevisionState.PUBLISHED, GuideRevision.item_id.in_(item_ids),
                    GuideStep.state == RevisionState.FACT_CHECK, confirmed))
    found: dict[int, LastCheck] = {}
    for item_id, at, name, name_en in sorted((*db.execute(acts), *db.execute(steps)), key=lambda row: row[1]):
        found[item_id] = LastCheck(legal_day(at), Text(zh=name, en=name_en or None))
    return found


def _reasons(today: date):
    """One row a reason: item, kind, element, subject, words in both languages, and a day to sort by. What was found in a
    revision that is in force no more says nothing of the one that is."""
    now = select(GuideLook.item_id).join(GuideRevision, GuideRevision.id == GuideLook.revision_id).where(GuideRevision.state == RevisionState.PUBLISHED)
    checked = (select(func.max(GuideCheck.checked_on)).where(GuideCheck.item_id == GuideLook.item_id, GuideCheck.revision_id == GuideLook.revision_id)
               .correlate(GuideLook).scalar_subquery())
    last = func.coalesce(checked, GuideLook.checked_on)
    fresh = today - staying.INTERVAL
    late = or_(
        and_(GuideLook.review_due <= today, or_(checked.is_(None), checked < GuideLook.review_due)),
        and_(or_(last.is_(None), last <= fresh), or_(GuideLook.review_due.is_(None), GuideLook.review_due <= today)))
    review = select(GuideLook.item_id, literal(Kind.REVIEW.value).label("kind"), literal("/guide/provenance").label("element"), null().label("subject"),
                    null().label("words"), null().label("words_en"), func.coalesce(GuideLook.review_due, last).label("day")).where(late, GuideLook.item_id.in_(now))
    told = select(GuideFinding.item_id, GuideFinding.kind, GuideFinding.element, GuideFinding.subject, GuideFinding.words, GuideFinding.words_en,
                  null().label("day")).where(GuideFinding.words.is_not(None), GuideFinding.item_id.in_(now))
    dead = (select(GuideFinding.item_id, literal(Kind.LINK.value), GuideFinding.element, GuideFinding.subject, LinkState.answer, null(), null())
            .join(LinkState, LinkState.url == GuideFinding.subject)
            .where(GuideFinding.kind == staying.NAMED_LINK, LinkState.failures >= staying.BROKEN_AFTER, GuideFinding.item_id.in_(now)))
    published = (select(func.max(GuideRevision.published_at)).where(GuideRevision.item_id == GuideFinding.item_id,
                 GuideRevision.state == RevisionState.PUBLISHED).correlate(GuideFinding).scalar_subquery())
    since = exists().where(GuideCheck.item_id == GuideFinding.item_id, GuideCheck.made_at > LawMark.made_at)
    changed = (select(GuideFinding.item_id, literal(Kind.LAW.value), GuideFinding.element, GuideFinding.subject,
                      literal("marked"), LawMark.words, LawMark.changed_on)
               .join(LawMark, LawMark.law == GuideFinding.subject)
               .where(GuideFinding.kind == staying.NAMED_LAW, LawMark.settled_at.is_(None), published < LawMark.made_at, ~since, GuideFinding.item_id.in_(now)))
    return union_all(review, told, dead, changed)


def _row(one) -> Row:
    kind = Kind(one.kind)
    department = Text(zh=one.department, en=one.name_en or None) if one.department else None
    return Row(kind, one.slug, one.name, department, one.force, one.way, one.element, one.subject, _words(kind, one))


def _words(kind: Kind, one) -> Text:
    if kind is Kind.REVIEW:
        when = _day(one.day)
        return Text(zh=f"{when}到期" if when else "从未核对过", en=f"due since {when}" if when else "never checked")
    if kind is Kind.LINK:
        said = staying.said_of(one.words)
        return Text(zh=f"{one.subject} {said.zh}", en=f"{one.subject} {said.said('en')}")
    if one.words == "marked":
        more = one.words_en or ""
        return Text(zh=f"《{one.subject}》{_day(one.day)}有变动{'：' if more else ''}{more}", en=f"《{one.subject}》 changed on {_day(one.day)}{': ' if more else ''}{more}")
    return Text(zh=one.words, en=one.words_en)


def _day(value: date | str | None) -> str:
    """A union knows no types on SQLite: a day comes as it is stored."""
    return value.isoformat() if isinstance(value, date) else value or ""


def departments(db: Session) -> list[tuple[int, Text]]:
    """The departments whose guides were looked at."""
    rows = db.execute(select(Department.id, Department.name, Department.name_en).where(
        exists().where(Item.department_id == Department.id, GuideLook.item_id == Item.id)).order_by(Department.name))
    return [(row.id, Text(zh=row.name, en=row.name_en or None)) for row in rows]


def visible_item(db: Session, who: Officer, slug: str) -> Item | None:
    """The item of that address, where this person sees it."""
    return db.scalar(select(Item).where(Item.slug == slug, visible(who)))
