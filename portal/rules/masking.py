"""rules: personal data as a screen may show it: enough to recognise one's own, too little to learn another's.

Whatever is masked was typed by a person and may be misshapen; a shape that is not known is hidden whole.
"""

import re

from portal.rules.telephones import LANDLINE, MOBILE, TelephoneProblem, telephone

_SEPARATORS = "·・•. -"


def masked_id(number: str) -> str:
    """`421***********123X`: the province's place and the end, never the date of birth. Other identity
    numbers keep their last two characters if they are long enough to."""
    if re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return f"{number[:3]}{'*' * 11}{number[-4:]}"
    return "*" * (len(number) - 2) + number[-2:] if len(number) >= 8 else "*" * len(number)


def masked_name(name: str) -> str:
    """`张**`: the first character, stars for the others, and the dots and spaces of longer names."""
    name = name.strip()
    return (
        name[:1] + "".join(one if one in _SEPARATORS else "*" for one in name[1:]) if len(name) > 1 else "*" * len(name)
    )


def masked_phone(number: str) -> str:
    """`138****5678`, `0999-*****67`; anything else is hidden whole."""
    try:
        found = telephone(number)
    except TelephoneProblem:
        return "*" * len(number)
    if found.kind == MOBILE:
        return f"{found.number[:3]}****{found.number[-4:]}"
    hidden = "*" * (len(found.number) - 2) + found.number[-2:]
    return f"{found.area}-{hidden}" if found.kind == LANDLINE else hidden
