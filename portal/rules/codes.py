"""rules: the long official codes, of what an office handles and of a single case.

Implementation code: credit code of the body 18 + tier 1 + basic code 12, and 2 more for a business item.
Official case number: implementation code 31 + the day as YYYYMMDD + a sequence of 4.
"""

import re
from dataclasses import dataclass
from datetime import date

from portal.rules.guide.text import Text
from portal.rules.identities import IdentityProblem, credit_code
from portal.rules.problems import Problem
from portal.rules.typed import folded

LAST_OF_A_DAY = 9999


class CodeProblem(Problem):
    """An implementation code or case number that is not built as the standard says."""


@dataclass(frozen=True)
class ImplementationCode:
    """An offering's code in its parts. `warning` is set where the body's code is no valid credit code: small
    stations have provisional ones, so that is told and never refused."""

    code: str
    warning: Text | None = None

    @property
    def body(self) -> str:
        return self.code[:18]

    @property
    def tier(self) -> str:
        """1 state … 4 county, 5 township, 6 village (the `code` of the document's Tier)."""
        return self.code[18]

    @property
    def basic(self) -> str:
        return self.code[19:31]

    @property
    def business(self) -> str:
        """The business item's two characters, or an empty string."""
        return self.code[31:]


def implementation_code(typed: str) -> ImplementationCode:
    """The code as typed, in its one form. Raises CodeProblem where its length or its make-up is wrong."""
    code = folded(typed)
    if len(code) not in (31, 33):
        raise CodeProblem(
            "implementation_code.length",
            f"实施编码应为 31 位（办理项为 33 位），现在是 {len(code)} 位，请对照事项库核对。",
            f"An implementation code has 31 characters (33 for a business item), this has {len(code)}; "
            "compare it with the item register.",
        )
    if not re.fullmatch(r"[0-9A-Z]{18}[1-6][0-9A-Z]{12}([0-9A-Z]{2})?", code, re.ASCII):
        raise CodeProblem(
            "implementation_code.characters",
            "实施编码由 18 位主体代码、1 位层级（1 至 6）和 12 位基本编码组成，只用数字和字母，请核对。",
            "An implementation code is the body's 18 characters, a tier from 1 to 6 and the basic code's 12, "
            "digits and letters only; compare it.",
        )
    try:
        credit_code(code[:18])
    except IdentityProblem:
        warning = Text(
            zh=f"主体代码“{code[:18]}”不是有效的统一社会信用代码，可能是临时代码，正式代码下来后请更换。",
            en=f"The body's code {code[:18]} is no valid credit code, perhaps a provisional one. Replace it in time.",
        )
        return ImplementationCode(code, warning)
    return ImplementationCode(code)


def case_number(code: ImplementationCode, day: date, sequence: int) -> str:
    """The official number, 43 characters, of the `sequence`-th case (from 1) that an offering takes on a legal day.

    Raises CodeProblem beyond the 9999th: the standard has no number for it.
    """
    if not 1 <= sequence <= LAST_OF_A_DAY:
        raise CodeProblem(
            "case_number.sequence",
            f"同一事项一天最多编 {LAST_OF_A_DAY} 个办件号，当天的号已用完，请次日再办理。",
            f"One item has at most {LAST_OF_A_DAY} case numbers a day and they are used up; go on the next day.",
        )
    return f"{code.code[:31]}{day:%Y%m%d}{sequence:04d}"
