"""queries: the body in whose name a case's papers go out."""
from typing import NamedTuple

from sqlalchemy.orm import Session

from portal.models.cases import Case
from portal.models.places import Place, PlaceTier
from portal.queries import guides
from portal.rules.county import government
from portal.rules.guide.codes import BodyNature, StageKind


class Body(NamedTuple):
    """Its name, and the mark that the numbers of its papers begin with."""

    name: str
    register: str


def issuing(db: Session, case: Case) -> Body:
    """The body that has the power to decide (Administrative Licensing Law, article 22): the owner of the item where it
    decides too, else the one that does, unless it was entrusted and decides in the owner's name (article 24). What
    townships decide goes out in the name of the township's own government.
    """
    guide = guides.guide_of(case.guide_revision)
    variant = guide.variant(case.variant_key)
    deciding = [] if guide.item.body_nature is BodyNature.ENTRUSTED else [
        row.department for row in case.stages if variant.stage(row.key).kind is StageKind.DECIDE]
    department = deciding[0] if deciding and case.department not in deciding else case.department
    township = _township(db, case.place_id) if department.of_townships else None
    if township is None:
        return Body(department.name, f"{department.id:02d}")
    return Body(government(township.name), f"{department.id:02d}-{township.code[6:9]}")


def _township(db: Session, place_id: int) -> Place | None:
    place = db.get(Place, place_id)
    while place is not None and place.tier != PlaceTier.TOWNSHIP:
        place = place.parent
    return place
