"""views: lists in pages: which page is asked for, and by which words."""
from flask import request

LAST = 10_000


def turned() -> int:
    """The page that is asked for, from 1 on."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST)


def query() -> str:
    """The words that are looked for: at most 60 characters, and none that nobody sees."""
    return "".join(sign for sign in request.args.get("q", "") if sign.isprintable()).strip()[:60]
