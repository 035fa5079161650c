"""queries: places, departments and windows that a query names, by their name or their telephone; and the townships and villages to choose from."""
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


Named = tuple[str, Text]
"""A place's division code and its name."""


@dataclass(frozen=True)
class Chosen:
    """The townships to choose from; the place that was chosen, and the codes of it and all above it. Where that is a township
    or lies in one: its code, and its villages to choose from."""

    townships: list[Named]
    telephone: str | None = None
    """The county's own."""
    place: Named | None = None
    codes: tuple[str, ...] = ()
    township: str | None = None
    villages: tuple[Named, ...] = ()


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


def chosen(db: Session, code: str | None, below: str | None = None) -> Chosen:
    """What can be chosen, and what was: the place of this code, or of the code `below` where that lies in it. A code that is
    none of a place chooses nothing."""
    rows = {row.code: row for row in db.execute(_CHOICES, {"code": code or ""})}
    townships = [_named(row) for row in rows.values() if row.tier == PlaceTier.TOWNSHIP]
    telephone = next((row.telephone for row in rows.values() if row.tier == PlaceTier.COUNTY), None)
    mine, lower = rows.get(code or ""), rows.get(below or "")
    if mine is None:
        return Chosen(townships, telephone)
    if lower is not None and lower.above == mine.code:
        mine = lower
    codes = tuple(one for one in (mine.code, mine.above, mine.top) if one)
    township = next((one for one in codes if rows.get(one) and rows[one].tier == PlaceTier.TOWNSHIP), None)
    villages = tuple(_named(row) for row in rows.values() if township and row.above == township)
    return Chosen(townships, telephone, _named(mine), codes, township, villages)


def _named(row) -> Named:
    return row.code, Text(zh=row.name, en=row.name_en)


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
_OF = select(Place.parent_id).where(Place.code == bindparam("code"), Place.tier == PlaceTier.VILLAGE).scalar_subquery()
_CHOICES = (select(Place.code, Place.name, Place.name_en, Place.tier, Place.telephone, _Above.code.label("above"), _Top.code.label("top"))
            .outerjoin(_Above, Place.parent_id == _Above.id).outerjoin(_Top, _Above.parent_id == _Top.id)
            .where(or_(Place.tier.in_((PlaceTier.COUNTY, PlaceTier.TOWNSHIP)), Place.code == bindparam("code"),
                       (Place.tier == PlaceTier.VILLAGE) & or_(_Above.code == bindparam("code"), Place.parent_id == _OF)), ~Place.partner).order_by(Place.code))
"""The county, its townships, the place of the code, and the villages of the township that it is or lies in."""
