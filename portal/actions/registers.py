"""actions: numbers without a gap, taken in the transaction of the act that uses them."""
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.models.vouchers import Register


def take(db: Session, name: str, year: int) -> int:
    """The next number of a register, from 1. Two at once wait for each other; a rolled back act gives its number back."""
    statement = (update(Register).where(Register.name == name, Register.year == year)
                 .values(last=Register.last + 1).returning(Register.last))
    connection = db.connection()  # a counter is no object of the session's: nothing has to be flushed before it
    number = connection.scalar(statement)
    if number is None:
        _open(db, name, year)
        number = connection.scalar(statement)
    return number


def _open(db: Session, name: str, year: int) -> None:
    if db.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert
    db.connection().execute(insert(Register).values(name=name, year=year, last=0).on_conflict_do_nothing())
