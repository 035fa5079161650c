"""rules: the numbers by which the state knows people and organisations.

Checked are form and check digit, never existence. Places of issue are not looked up: every published
table of them lacks some that are on valid cards.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from portal.rules.problems import Problem
from portal.rules.typed import folded

_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"
OLDEST = 130
"""Nobody alive was born longer ago; in years."""


class IdentityProblem(Problem):
    """A resident ID number or credit code that cannot be right."""


@dataclass(frozen=True, repr=False)
class ResidentID:
    """A citizen's ID number (GB 11643): 17 digits and a check character. It never prints itself."""

    number: str

    @property
    def born(self) -> date:
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    def age_on(self, day: date) -> int:
        """Full years on a legal day. Someone born on 29 February is a year older on 1 March."""
        born = self.born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __repr__(self) -> str:
        return "ResidentID(…)"


def resident_id(typed: str, today: date) -> ResidentID:
    """The number as typed, in its one form. `today` is the legal day, for birth dates that are still to come.

    The check character is ISO 7064 MOD 11-2. First digits 1 to 8 are the provinces with Hong Kong, Macao and
    Taiwan, 9 stands on foreigners' permanent residence cards. Raises IdentityProblem.
    """
    number = folded(typed)
    if len(number) != 18:
        raise IdentityProblem(
            "resident_id.length",
            f"居民身份证号应为 18 位，现在是 {len(number)} 位，请对照证件逐位核对。",
            f"A resident ID number has 18 characters, this has {len(number)}; compare it with the card.",
        )
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number, re.ASCII):
        raise IdentityProblem(
            "resident_id.characters",
            "居民身份证号前 17 位是数字，最后一位是数字或 X，请检查有没有多打的字。",
            "A resident ID number is 17 digits, then a digit or X; look for a character that does not belong.",
        )
    if _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11] != number[17]:
        raise IdentityProblem(
            "resident_id.check",
            "居民身份证号有一位或几位不对（校验不通过），请对照证件逐位核对。",
            "One or more characters of the resident ID number are wrong (its check fails); compare it with the card.",
        )
    found = ResidentID(number)
    try:
        plausible = 0 <= found.age_on(today) <= OLDEST and found.born <= today
    except ValueError:
        plausible = False
    if not plausible:
        raise IdentityProblem(
            "resident_id.birth",
            "居民身份证号第 7 至 14 位不是可能的出生日期，请对照证件核对。",
            "Characters 7 to 14 of the resident ID number are not a possible date of birth; compare it with the card.",
        )
    return found


def credit_code(typed: str) -> str:
    """A unified social credit code (GB 32100) in its one form: 18 characters, the last a check character.

    The first two, the registering body and the kind, may be letters (`N2` is a village's own cooperative,
    `G1` a foreign organisation). Raises IdentityProblem.
    """
    code = folded(typed)
    if len(code) != 18:
        raise IdentityProblem(
            "credit_code.length",
            f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请对照营业执照或登记证书核对。",
            f"A credit code has 18 characters, this has {len(code)}; compare it with the registration certificate.",
        )
    if not re.fullmatch(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}", code, re.ASCII):
        raise IdentityProblem(
            "credit_code.characters",
            "统一社会信用代码只用数字和除 I、O、S、V、Z 外的字母，第 3 至 8 位是数字，请核对有没有认错的字符。",
            "A credit code uses digits and letters without I, O, S, V and Z, and digits only in places 3 to 8; "
            "look for a character that was misread.",
        )
    if uscc.calc_check_digit(code[:17]) != code[17]:
        raise IdentityProblem(
            "credit_code.check",
            "统一社会信用代码有一位或几位不对（校验不通过），请对照营业执照或登记证书核对。",
            "One or more characters of the credit code are wrong (its check fails); compare it with the certificate.",
        )
    return code
