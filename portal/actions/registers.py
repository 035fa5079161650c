"""actions: numbers without a gap, taken in the transaction of the act that uses them."""
from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from portal.models.vouchers import Register

_NEXT = (update(Register).where(Register.name == bindparam("of_name"), Register.year == bindparam("of_year"))
         .values(last=Register.last + 1).returning(Register.last))


def take(db: Session, name: str, year: int) -> int:
    """The next number of a register, from 1. Two at once wait for each other; a rolled back act gives its number back."""
    connection = db.connection()  # a counter is no object of the session's: nothing has to be flushed before it
    of = {"of_name": name, "of_year": year}
    number = connection.scalar(_NEXT, of)
    if number is None:
        _open(db, name, year)
        number = connection.scalar(_NEXT, of)
    return number


def _open(db: Session, name: str, year: int) -> None:
    if db.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert
    db.connection().execute(insert(Register).values(name=name, year=year, last=0).on_conflict_do_nothing())
