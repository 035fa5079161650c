"""queries: places, departments and windows that a query names, by their name or their telephone; and the townships to choose from."""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, bindparam, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.places import Department, Place, PlaceTier, Window
from portal.rules import search
from portal.rules.guide.text import Text

MOST = 6
DIGITS = 5
"""A telephone is looked for by so many digits or more."""
_Above = aliased(Place, name="above")
_OWNS = exists().where(Item.department_id == Department.id, GuideRevision.item_id == Item.id, GuideRevision.state == RevisionState.PUBLISHED)


@dataclass(frozen=True)
class Office:
    """`kind` is place, department or window. `code` is a place's division code; `above` the place that it belongs to.
    `has_page` says whether the site has a page of it."""

    kind: str
    code: str | None
    name: Text
    above: Text | None
    telephone: str | None
    address: str | None
    has_page: bool


@dataclass(frozen=True)
class Chosen:
    """The townships to choose from, by division code; the place that was chosen, and the codes of it and all above it."""

    townships: list[tuple[str, Text]]
    telephone: str | None = None
    """The county's own."""
    place: tuple[str, Text] | None = None
    codes: tuple[str, ...] = ()


def named(db: Session, query: str) -> list[Office]:
    """The offices that the query names, shortest name first; at most `MOST`."""
    folded = "".join(sign for sign in search.fold(query) if sign.isprintable())
    words = "".join(filter(str.isalnum, folded))
    if len(words) < 2:
        return []
    digits = "".join(filter(str.isdigit, folded))
    rows = db.execute(_NAMED, {"words": words, "spaced": " ".join(folded.split()), "digits": digits if len(digits) >= DIGITS else "-", "most": MOST})
    return [Office(row.kind, row.code, Text(zh=row.name, en=row.name_en), Text(zh=row.above, en=row.above_en) if row.above else None, row.telephone,
                   row.address, bool(row.has_page)) for row in rows]


def chosen(db: Session, code: str | None) -> Chosen:
    """What can be chosen, and what was; a code that is none of a place chooses nothing."""
    rows = db.execute(_TOWNSHIPS, {"code": code or ""}).all()
    townships = [(row.code, Text(zh=row.name, en=row.name_en)) for row in rows if row.tier == PlaceTier.TOWNSHIP]
    mine = next((row for row in rows if row.code == code), None)
    telephone = next((row.telephone for row in rows if row.tier == PlaceTier.COUNTY), None)
    if mine is None:
        return Chosen(townships, telephone)
    codes = tuple(one for one in (mine.code, mine.above, mine.top) if one)
    return Chosen(townships, telephone, (mine.code, Text(zh=mine.name, en=mine.name_en)), codes)


def _says(name: ColumnElement, *others: ColumnElement, telephone: ColumnElement, whole: ColumnElement | bool = True) -> ColumnElement[bool]:
    """Whether the query names it: a part of its name, its whole name within the query, its English, or its telephone."""
    words, spaced = bindparam("words", type_=String), bindparam("spaced", type_=String)
    within = words.contains(name, autoescape=False) & whole if whole is not True else words.contains(name)
    return or_(name.contains(words), within, *(func.lower(other).contains(spaced) for other in others),
               func.replace(telephone, "-", "").contains(bindparam("digits", type_=String)))


def _statement():
    place = (select(literal("place").label("kind"), Place.code, Place.name, Place.name_en, _Above.name.label("above"), _Above.name_en.label("above_en"),
                    Place.telephone, Place.address, literal(1).label("has_page"))
             .outerjoin(_Above, Place.parent_id == _Above.id)
             .where(_says(Place.name, Place.name_en, telephone=Place.telephone, whole=Place.tier != PlaceTier.COUNTY)))
    none = cast(null(), String)
    department = select(literal("department"), none, Department.name, Department.name_en, none, none, Department.telephone, none,
                        func.coalesce(_OWNS, False).cast(_INTEGER)).where(_says(Department.name, Department.name_en, telephone=Department.telephone))
    window = (select(literal("window"), Place.code, Window.name, Window.name_en, func.coalesce(Place.centre, Place.name), func.coalesce(Place.centre_en, Place.name_en),
                     Window.telephone, Place.address, literal(1))
              .join(Place, Window.place_id == Place.id).where(_says(Window.name, Window.name_en, telephone=Window.telephone)))
    every = union_all(place, department, window).subquery()
    return select(every).order_by(func.length(every.c.name), every.c.kind, every.c.code).limit(bindparam("most"))


_INTEGER = Place.id.type
_NAMED = _statement()
_Top = aliased(Place, name="top")
_TOWNSHIPS = (select(Place.code, Place.name, Place.name_en, Place.tier, Place.telephone, _Above.code.label("above"), _Top.code.label("top"))
              .outerjoin(_Above, Place.parent_id == _Above.id).outerjoin(_Top, _Above.parent_id == _Top.id)
              .where(or_(Place.tier.in_((PlaceTier.COUNTY, PlaceTier.TOWNSHIP)), Place.code == bindparam("code")), ~Place.partner).order_by(Place.code))
