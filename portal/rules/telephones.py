"""rules: what a telephone number looks like. Its shape alone: whether it exists only a call can tell."""

import re
import unicodedata
from typing import NamedTuple

from portal.rules.problems import Problem

MOBILE, LANDLINE, SERVICE, SHORT = "mobile", "landline", "service", "short"

_NOISE = re.compile(r"[\s()（）\-\u2010-\u2015\u2212\u30fc]+")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE | re.ASCII)
_SHAPES = (
    (MOBILE, re.compile(r"()(1[3-9]\d{9})", re.ASCII)),
    (SERVICE, re.compile(r"()([48]00\d{7})", re.ASCII)),
    # Beijing and nine more have two-digit area codes and eight digits; all others three, and seven or eight.
    (LANDLINE, re.compile(r"(010|02\d)([2-9]\d{7})", re.ASCII)),
    (LANDLINE, re.compile(r"(0[3-9]\d{2})([2-9]\d{6,7})", re.ASCII)),
    (SHORT, re.compile(r"()(1[0-2]\d{1,3}|9[56]\d{3,4})", re.ASCII)),
)


class TelephoneProblem(Problem):
    """What was typed has not the shape of a telephone number."""


class Telephone(NamedTuple):
    """`kind` is mobile, landline, service (400 and 800) or short (12345); `area` is empty but for a landline."""

    kind: str
    area: str
    number: str
    extension: str = ""

    def __str__(self) -> str:
        local = f"{self.area}-{self.number}" if self.area else self.number
        return f"{local}转{self.extension}" if self.extension else local


def telephone(typed: str) -> Telephone:
    """One telephone number as typed, in its parts; `+86` and `0086` before it are left out. Raises TelephoneProblem."""
    text = unicodedata.normalize("NFKC", typed).strip()
    extension = ""
    if found := _EXTENSION.search(text):
        text, extension = text[: found.start()], found[1]
    elif found := re.fullmatch(r"(0\d{2,3}-\d{7,8})-(\d{1,6})", text, re.ASCII):
        text, extension = found.groups()
    digits = _NOISE.sub("", text)
    if international := re.match(r"(?:\+|00)86", digits):
        digits = digits[international.end() :]
        if not digits.startswith(("0", "400", "800")) and not re.fullmatch(r"1\d{10}", digits, re.ASCII):
            digits = "0" + digits
    for kind, shape in _SHAPES:
        if match := shape.fullmatch(digits):
            return Telephone(kind, *match.groups(), extension)
    if re.fullmatch(r"[2-9]\d{6,7}", digits, re.ASCII):
        raise TelephoneProblem(
            "telephone.area",
            "固定电话请加区号，写成“区号-号码”。",
            "Write a landline number with its area code: area code, hyphen, number.",
        )
    raise TelephoneProblem(
        "telephone.shape",
        "这不像电话号码：手机 11 位，固定电话写区号和号码，一栏只写一个。",
        "This does not look like a telephone number: a mobile has 11 digits, a landline its area code and number; "
        "one number only.",
    )
