"""queries: readers' reports as the desk lists them: whose they are to answer, and the element that each is about, in words."""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, lazyload

from portal.models.guides import GuideRevision, Item
from portal.models.people import Staff
from portal.models.places import Department, Place
from portal.models.readers import Report
from portal.queries.shelf import visible
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from portal.rules.guide.outline import called, chain, outline
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer
from portal.rules.workflow import ON_ITS_WAY

PAGE = 30
PLACE = "place:"
"""What begins an element that is an offering: the place's division code follows."""
WHOLE = Text(zh="整份指南", en="The whole guide")


@dataclass(frozen=True)
class Row:
    """A report with its item; `draft` is the revision that can be edited now, if any."""

    report: Report
    item: Item
    revision: GuideRevision
    draft: int | None


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    total: int


def listed(db: Session, who: Officer, *, settled: bool = False, department: int | None = None, page: int = 1) -> Found:
    """A page of the reports that this person may see: open ones oldest first, settled ones newest first."""
    mine = [_hers(who), Report.answered_at.is_not(None) if settled else Report.answered_at.is_(None)]
    if department is not None:
        mine.append(Item.department_id == department)
    order = Report.answered_at.desc() if settled else Report.made_at
    total = db.scalar(_joined(select(func.count())).where(*mine))
    return Found(_rows(db, *mine, order=order, limit=PAGE, offset=(page - 1) * PAGE), total)


def one(db: Session, who: Officer, report_id: int) -> Row | None:
    """The report of that number, where this person may see it."""
    return next(iter(_rows(db, _hers(who), Report.id == report_id)), None)


def waiting(db: Session, who: Officer) -> int:
    """How many reports wait for an answer that this person may give."""
    return db.scalar(_joined(select(func.count())).where(_hers(who), Report.answered_at.is_(None)))


def named(db: Session, file: GuideFile, element: str | None) -> Text:
    """The element of a report in words."""
    if not element:
        return WHOLE
    if element.startswith(PLACE):
        place = db.scalar(select(Place).where(Place.code == element.removeprefix(PLACE)))
        return Text(zh=f"在{place.centre or place.name}办理", en=f"As handled at {place.centre_en or place.name_en or place.name}") if place else WHOLE
    if element.startswith("/"):
        return called(chain(outline(file), element))
    part = sections.part(file, element)
    if part is None:
        return WHOLE
    if part.variant is None:
        return part.title
    return Text(zh=f"{part.title.zh}（{part.variant.zh}）", en=f"{part.title.said('en')} ({part.variant.said('en')})")


def _hers(who: Officer) -> ColumnElement[bool]:
    """An examiner of a department sees what is said of its items; who keeps the guides sees all."""
    if who.roles & {"editor", "admin", "legal", "approver", "publisher"}:
        return visible(who)
    return visible(who) & (Item.department_id == (who.department_id or 0))


def _joined(asked):
    return asked.select_from(Report).join(GuideRevision, Report.revision_id == GuideRevision.id).join(Item, GuideRevision.item_id == Item.id)


def _rows(db: Session, *where, order=Report.id, limit: int = 1, offset: int = 0) -> list[Row]:
    draft = (select(func.max(GuideRevision.id).filter(GuideRevision.state.in_(ON_ITS_WAY))).where(GuideRevision.item_id == Item.id)
             .correlate(Item).scalar_subquery())
    rows = db.execute(_joined(select(Report, Item, GuideRevision, draft)).options(joinedload(Item.department), lazyload(GuideRevision.item))
                      .where(*where).order_by(order, Report.id).limit(limit).offset(offset))
    return [Row(*row) for row in rows]


def answerer(db: Session, report: Report) -> Staff | None:
    """Who answered."""
    return db.get(Staff, report.answered_by_id) if report.answered_by_id else None


def departments(db: Session) -> list[Department]:
    """The departments about whose items there are reports."""
    asked = _joined(select(Item.department_id).distinct())
    return list(db.scalars(select(Department).where(Department.id.in_(asked)).order_by(Department.name)))
