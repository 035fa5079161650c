"""actions: the county's places, departments, windows and staff, taken from its county file; again is no harm."""
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.actions.accounts import hash_password
from portal.models.people import Staff, StaffRole
from portal.models.places import Department, Place, Window
from portal.models.sessions import WebSession
from portal.rules.county import County


def settle(db: Session, county: County) -> None:
    """Brings places, departments and windows into line with the file; rows are known by code and name."""
    hours = {key: [row.model_dump(mode="json", exclude_defaults=True) for row in rows] for key, rows in county.hours.items()}
    places = {place.code: place for place in db.scalars(select(Place))}
    centres = {centre.division: centre for centre in county.places}
    for division in county.divisions:
        place = places.get(division.code)
        if place is None:
            place = places[division.code] = Place(code=division.code)
            db.add(place)
        place.tier, place.partner = division.tier, False
        place.name, place.name_en = division.name.zh, division.name.en
        place.parent = places[division.parent] if division.parent else None
        centre = centres.get(division.code)
        if centre is not None:
            place.centre, place.centre_en = centre.name.zh, centre.name.en
            place.address, place.telephone = centre.address.zh, centre.telephone
            place.hours = hours[centre.hours]
    root = places[county.authority.division]
    notice = county.authority.notice if county.sample else None
    root.notice, root.notice_en = (notice.zh, notice.en) if notice else (None, None)
    db.flush()
    _departments(db, county, root, hours)


class Hired(NamedTuple):
    """The staff of the file; the first passwords of the new ones by username; and who is not in the file any more."""

    staff: list[Staff]
    first: dict[str, str]
    left: list[Staff]


def hire(db: Session, county: County, new_password: Callable[[], str]) -> Hired:
    """Brings the staff into line with the file. Who is there already keeps her password; who is not in the file is
    signed out and cannot sign in again, but stays in the record of what she did."""
    departments = dict(db.execute(select(Department.name, Department.id)).all())
    places = dict(db.execute(select(Place.code, Place.id)).all())
    known = {staff.username: staff for staff in db.scalars(select(Staff))}
    first: dict[str, str] = {}
    hashed = cache(hash_password)  # the sample's staff share one password, and hashing is slow by intent
    for person in county.staff:
        staff = known.get(person.username)
        if staff is None:
            first[person.username] = new_password()
            staff = known[person.username] = Staff(username=person.username, password_hash=hashed(first[person.username]))
            db.add(staff)
        staff.active = True
        staff.name, staff.name_en = person.name.zh, person.name.en
        staff.department_id, staff.place_id = departments[person.department], places[person.division]
        have = {role.role for role in staff.roles}
        staff.roles += [StaffRole(role=role) for role in person.roles if role not in have]
        staff.roles[:] = [role for role in staff.roles if role.role in person.roles]
    left = [staff for staff in known.values() if staff.active and staff.username not in {person.username for person in county.staff}]
    for staff in left:
        staff.active = False
    db.flush()
    db.execute(delete(WebSession).where(WebSession.staff_id.in_([staff.id for staff in left])))
    return Hired([known[person.username] for person in county.staff], first, left)


def _departments(db: Session, county: County, root: Place, hours: dict) -> None:
    known = {department.name: department for department in db.scalars(select(Department))}
    for shape in county.departments:
        department = known.get(shape.name.zh)
        if department is None:
            department = known[shape.name.zh] = Department(name=shape.name.zh)
            db.add(department)
        department.name_en, department.credit_code = shape.name.en, shape.credit_code
        department.telephone, department.complaint_telephone = shape.telephone, shape.complaints
        department.of_townships = shape.role == "townships"
    db.flush()
    db.execute(delete(Window).where(Window.place_id == root.id))
    db.add_all(
        Window(place_id=root.id, department_id=known[shape.name.zh].id, name=window.name.zh, name_en=window.name.en,
               telephone=window.telephone or shape.telephone, hours=hours[shape.hours])
        for shape in county.departments for window in shape.windows)
    db.flush()
