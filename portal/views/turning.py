"""views: lists in pages: which page is asked for, and by which words."""
from flask import request

from portal.addressing import LARGEST

LAST = 10_000


def turned() -> int:
    """The page that is asked for, from 1 on."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST)


def department() -> int | None:
    """The department whose rows are asked for; None for all, and for what is no number of one."""
    asked = request.args.get("department", type=int)
    return asked if asked is not None and 0 < asked <= LARGEST else None


def query() -> str:
    """The words that are looked for: at most 60 characters, and none that nobody sees."""
    return "".join(sign for sign in request.args.get("q", "") if sign.isprintable()).strip()[:60]
