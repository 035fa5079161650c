"""queries: which notices of a case were told, which are owed, and since when."""
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.models.cases import Notice, NoticeKind, Service, ServiceState

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
    """Why tries to tell the notice failed, in order."""
    return list(db.scalars(select(Service.failure).where(Service.notice_id == notice_id, Service.state == ServiceState.FAILED)
                           .order_by(Service.id)))


def told_on(db: Session, case_id: int, kinds: Sequence[NoticeKind]) -> date | None:
    """The day on which the latest notice of these kinds counts as told; None where it is not, or there is none."""
    return db.scalar(
        select(Service.served_on).join(Notice, Service.notice_id == Notice.id)
        .where(Notice.case_id == case_id, Notice.kind.in_(kinds), Service.state == ServiceState.SERVED)
        .order_by(Notice.id.desc(), Service.id).limit(1))
