"""rules/guide: an offering, one item as handled at one place: role, codes, window, hours, what is only its own."""
from calendar import monthrange
from typing import Annotated

from pydantic import Field, StringConstraints

from portal.rules.guide.codes import Role
from portal.rules.guide.documents import Document
from portal.rules.guide.text import Code, Model, Text

MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""The first release took a 30th of February, so that one may be stored; `there_is` tells it, and nobody can write it now."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


def there_is(day: MonthDay) -> bool:
    """Whether its month has the day in some year: the last of February stands for every year."""
    month, number = map(int, day.split("-"))
    return number <= monthrange(2024, month)[1]


class Span(Model):
    opens: Clock
    closes: Clock


class Hours(Model):
    """Opening hours of one season; without dates they hold all year. Days are ISO weekdays, 1 is Monday."""

    season: Text | None = None
    since: MonthDay | None = None
    until: MonthDay | None = None
    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)] = [1, 2, 3, 4, 5]
    spans: Annotated[list[Span], Field(min_length=1)]


class Window(Model):
    name: Text | None = None
    address: Text | None = None
    telephone: str | None = None
    hours: list[Hours] = []
    hours_note: Text | None = None
    """Hours in the words of the office, where they cannot be said in `hours`."""
    directions: Text | None = None


class Offering(Model):
    place: Code | None = None
    """The division code of the place, 12 digits."""
    place_name: Text | None = None
    roles: Annotated[list[Role], Field(min_length=1)] = [Role.DECIDES]
    implementation_code: Code | None = None
    """31 characters: body 18, tier 1, basic code 12."""
    business_code: Code | None = None
    """33 characters: the implementation code and the business item."""
    local_code: Code | None = None
    body: Text | None = None
    body_code: Code | None = None
    in_hall: bool | None = None
    windows: list[Window] = []
    documents: list[Document] = []
    """Documents asked for here alone, where a local rule allows it."""
    note: Text | None = None
