"""queries: which notices of a case were told, which are owed, and since when."""
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.models.base import written_out
from portal.models.cases import Case, CaseStage, Notice, NoticeKind, Service, ServiceState
from portal.rules import permissions
from portal.rules.permissions import Officer
from portal.rules.serving import AT_HER_DOOR

_TRIES = select(Notice, Service).join(Service, Service.notice_id == Notice.id).order_by(Service.id)


def tries(db: Session, case_id: int) -> Sequence[Row[tuple[Notice, Service]]]:
    """Every try to tell a notice of the case, oldest first, with those that are owed."""
    return db.execute(_TRIES.where(Notice.case_id == case_id)).all()


def owed(db: Session, case_id: int) -> Sequence[Row[tuple[Notice, Service]]]:
    """The notices of the case that nobody was told yet."""
    return db.execute(_TRIES.where(Notice.case_id == case_id, Service.state == ServiceState.DUE)).all()


def one(db: Session, case_id: int, service_id: int) -> Row[tuple[Notice, Service]] | None:
    """The try of that number, if it is of a notice of the case."""
    return db.execute(_TRIES.where(Notice.case_id == case_id, Service.id == service_id)).one_or_none()


def failures(db: Session, notice_id: int) -> list[str]:
    """Why tries to tell the notice at the party's hand or address failed, in order."""
    return list(db.scalars(select(Service.failure).where(Service.notice_id == notice_id, Service.state == ServiceState.FAILED,
                                                     Service.channel.in_(AT_HER_DOOR))
                           .order_by(Service.id)))


def waits_for(who: Officer) -> ColumnElement[bool]:
    """Where a notice is owed that the officer may tell; of closed cases too."""
    if who.department_id is None or not permissions.SERVES & who.desks:
        return and_(False)
    owed = select(Notice.case_id).join(Service, Service.notice_id == Notice.id).where(Service.state == written_out(ServiceState.DUE))
    counter = exists().where(CaseStage.case_id == Case.id, CaseStage.department_id == who.department_id,
                             CaseStage.desk.in_(permissions.SERVES))
    return and_(Case.id.in_(owed), or_(Case.department_id == who.department_id, counter))


def told_on(db: Session, case_id: int, kinds: Sequence[NoticeKind]) -> date | None:
    """The day on which the latest notice of these kinds counts as told; None where it is not, or there is none."""
    return db.scalar(
        select(Service.served_on).join(Notice, Service.notice_id == Notice.id)
        .where(Notice.case_id == case_id, Notice.kind.in_(kinds), Service.state == ServiceState.SERVED)
        .order_by(Notice.id.desc(), Service.id).limit(1))
