"""The ledger of routes: who owns each, and who may come. A route without a row is refused at start.

*Holder*: the route asks for one object, and answers 404 to everybody whose session does not hold it, or who
does not bring its code. Staff routes name the roles; which departments and divisions, their queries say.
"""
from typing import NamedTuple

from portal.models.people import StaffRoleName as Role

ANYONE, HOLDER, STAFF = "anyone", "holder", "staff"
OFFICERS = frozenset({Role.WINDOW, Role.REVIEWER, Role.HEAD, Role.SUPERVISOR, Role.ADMIN})


class Rule(NamedTuple):
    owner: str
    who: str | frozenset[str]


RULES: dict[str, Rule] = {
    "static": Rule("public", ANYONE),
    "public.home": Rule("public", ANYONE),
    "public.site": Rule("public", ANYONE),
    "public.search": Rule("public", ANYONE),
    "public.language": Rule("public", ANYONE),
    "public.health": Rule("operations", ANYONE),
    "accounts.sign_in": Rule("accounts", ANYONE),
    "accounts.sign_in_post": Rule("accounts", ANYONE),
    "accounts.sign_out": Rule("accounts", STAFF),
}

WITHOUT_TOKEN = frozenset({"accounts.sign_in_post", "public.language"})
"""Posts that need no session's token: they change nothing that belongs to a session's owner. The origin is checked."""
