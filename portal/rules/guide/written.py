"""rules/guide: what is refused in what is written now, while a guide that an earlier release stored with it is still read: days
that their month does not have, and texts longer than anybody reads.
"""
from collections.abc import Collection, Iterator

from pydantic import ValidationError
from pydantic_core import InitErrorDetails

from portal.rules.guide.document import GuideFile
from portal.rules.guide.offering import Hours, there_is
from portal.rules.guide.text import every

LONGEST, LONGEST_NAME = 10_000, 500
"""Characters of a text, and of a name: generous, for texts of real guides have hundreds of them."""
NAMES = {"name", "label", "title", "place_name", "season", "telephone"}
LANGUAGES = {"zh", "en"}
_LATER = "/unplaced"
"""What an import could not place is only taken out again, and may be as long as the source has it."""


def checked(file: GuideFile, under: Collection[str] = ("",)) -> GuideFile:
    """The file as it is. Raises pydantic's ValidationError where something is refused at or below one of these JSON Pointers."""
    found = [row for at, row in _refused(file) if any(at == one or at.startswith(f"{one}/") for one in under)]
    if found:
        raise ValidationError.from_exception_data("GuideFile", found)
    return file


def _refused(file: GuideFile) -> Iterator[tuple[str, InitErrorDetails]]:
    for at, said in every(str, file):
        name = next(word for word in reversed(at.split("/")) if word not in LANGUAGES and not word.isdigit())
        most = LONGEST_NAME if name in NAMES else LONGEST
        if len(said) > most and not at.startswith(_LATER):
            yield at, InitErrorDetails(type="string_too_long", loc=_loc(at), input=said, ctx={"max_length": most})
    for at, hours in every(Hours, file):
        for name in ("since", "until"):
            day = getattr(hours, name)
            if day and not there_is(day):
                where = f"{at}/{name}"
                yield where, InitErrorDetails(type="value_error", loc=_loc(where), input=day, ctx={"error": ValueError("day_unknown")})


def _loc(at: str) -> tuple[str | int, ...]:
    return tuple(int(word) if word.isdigit() else word for word in at.split("/")[1:])
