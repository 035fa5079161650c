"""rules: codes that people carry: to look at a case, to resume a draft, and the PIN to act.

The alphabet has 23 characters, none of which looks like another (no 0 O Q, 1 I L, Z for 2, S for 5, G for
6, B for 8, U for V) and no vowel, so that no word arises. 23 is prime: with weights that are different
and not zero modulo 23, one check character detects every wrong character and every swap of any two.
Randomness comes in as bytes; nothing here draws any.
"""

from collections.abc import Iterator

from portal.rules.problems import Problem
from portal.rules.typed import folded

ALPHABET = "23456789CDFHJKMNPRTVWXY"
BASE = len(ALPHABET)
TRACKING, RESUME = 10, 16
"""Lengths with the check character: 40.7 and 67.8 random bits."""
RANDOM_BYTES = 24
"""What each of the functions below wants; so much more than a code holds that every code is equally likely."""
_LOOKS_LIKE = {"Z": "2", "S": "5", "G": "6", "B": "8", "U": "V"}


class TrackingProblem(Problem):
    """A code that was mistyped: `code` ends in `.length`, `.character` or `.check`."""


def tracking_code(random: bytes) -> str:
    """A new tracking code, as stored: 9 characters and their check character, without hyphens."""
    return _code(random, TRACKING)


def resume_code(random: bytes) -> str:
    """A new code to resume a draft with, as stored: 15 characters and their check character."""
    return _code(random, RESUME)


def shown(code: str) -> str:
    """A code in groups, as it is printed and read out: `23456-789CD`, and fours for the longer one."""
    size = 5 if len(code) == TRACKING else 4
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def read_tracking_code(typed: str) -> str:
    """A typed tracking code as stored, whatever its case, hyphens, spaces and width. Raises TrackingProblem."""
    return _read(typed, TRACKING, "tracking", "查询码", "The tracking code")


def read_resume_code(typed: str) -> str:
    """A typed resume code as stored, as `read_tracking_code` does. Raises TrackingProblem."""
    return _read(typed, RESUME, "resume", "续填码", "The resume code")


def pin(random: bytes) -> str:
    """A new PIN of six digits, never six equal ones nor a run like 123456 or 654321."""
    _enough(random)
    refused = sorted({*_runs(), *(digit * 6 for digit in "0123456789")})
    number = int.from_bytes(random) % (10**6 - len(refused))
    for one in refused:
        number += number >= int(one)
    return f"{number:06d}"


def read_pin(typed: str) -> str:
    """A typed PIN in its one form. Raises TrackingProblem where it is not six digits."""
    digits = folded(typed)
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        raise TrackingProblem(
            "pin.length",
            "办理密码是 6 位数字，印在回执上；忘了可到窗口重取。",
            "The PIN has 6 digits and stands on the receipt; a window gives a new one if it is lost.",
        )
    return digits


def _runs() -> Iterator[str]:
    for run in ("01234567890", "09876543210"):
        yield from (run[at : at + 6] for at in range(len(run) - 5))


def _enough(random: bytes) -> None:
    if len(random) < RANDOM_BYTES:
        raise ValueError(f"a code needs {RANDOM_BYTES} random bytes")


def _code(random: bytes, length: int) -> str:
    _enough(random)
    number = int.from_bytes(random)
    body = ""
    for _ in range(length - 1):
        number, digit = divmod(number, BASE)
        body += ALPHABET[digit]
    return body + _check(body)


def _check(body: str) -> str:
    """The character that makes the sum of place times value a multiple of 23; its own weight is minus one,
    which no place up to the 21st shares."""
    return ALPHABET[sum(place * ALPHABET.index(one) for place, one in enumerate(body, 1)) % BASE]


def _read(typed: str, length: int, kind: str, zh: str, en: str) -> str:
    code = folded(typed)
    if wrong := next((one for one in code if one not in ALPHABET), None):
        near = _LOOKS_LIKE.get(wrong)
        raise TrackingProblem(
            f"{kind}.character",
            f"{zh}里没有“{wrong}”这个字符" + (f"，是不是“{near}”？" if near else "。") + "请对照回执重新输入。",
            f"{en} never has the character {wrong!r}"
            + (f"; is it {near!r}? " if near else ". ")
            + "Compare it with the paper.",
        )
    if len(code) != length:
        raise TrackingProblem(
            f"{kind}.length",
            f"{zh}是 {length} 位，现在是 {len(code)} 位，请对照回执补齐或删去多余的字符。",
            f"{en} has {length} characters, this has {len(code)}. Compare it with the paper.",
        )
    if _check(code[:-1]) != code[-1]:
        raise TrackingProblem(
            f"{kind}.check",
            f"{zh}有字符不对或顺序颠倒，请对照回执重新输入。",
            f"{en} has a wrong character, or two in the wrong order. Compare it with the paper.",
        )
    return code
