"""The ledger of routes: who owns each, and who may come. A route without a row is refused at start.

*Holder*: the route asks for one object, and answers 404 to everybody whose session does not hold it, or who
does not bring its code. Staff routes name the roles; which departments and divisions, their queries say.
"""
from typing import NamedTuple

from portal.models.people import StaffRoleName as Role

ANYONE, HOLDER, STAFF = "anyone", "holder", "staff"
HANDS = frozenset({Role.EDITOR, Role.LEGAL, Role.CHECKER, Role.APPROVER, Role.PUBLISHER, Role.ADMIN})
EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
KEEPERS = frozenset({"keeper", Role.HEAD, Role.EDITOR, Role.ADMIN})
"""Who keeps what places offer; which places are whose, `rules.offerings.keeps` says."""
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
    "applications.apply": Rule("applications", ANYONE),
    "applications.start": Rule("applications", ANYONE),
    "applications.resume": Rule("applications", ANYONE),
    "applications.resume_post": Rule("applications", ANYONE),
    "applications.overview": Rule("applications", HOLDER),
    "applications.proceed": Rule("applications", HOLDER),
    "answers.page": Rule("applications", HOLDER),
    "answers.save": Rule("applications", HOLDER),
    "documents.documents": Rule("applications", HOLDER),
    "documents.upload": Rule("applications", HOLDER),
    "documents.choose": Rule("applications", HOLDER),
    "documents.remove": Rule("applications", HOLDER),
    "documents.file": Rule("applications", HOLDER),
    "submissions.check": Rule("applications", HOLDER),
    "submissions.carry_over": Rule("applications", HOLDER),
    "submissions.move": Rule("applications", HOLDER),
    "submissions.send": Rule("applications", HOLDER),
    "submissions.receipt": Rule("applications", HOLDER),
    "tracker.look": Rule("tracker", ANYONE),
    "tracker.look_post": Rule("tracker", ANYONE),
    "tracker.show": Rule("tracker", HOLDER),
    "tracker.sign_in": Rule("tracker", HOLDER),
    "tracker.sign_in_post": Rule("tracker", HOLDER),
    "tracker.paper": Rule("tracker", HOLDER),
    "withdrawals.withdraw": Rule("withdrawals", HOLDER),
    "withdrawals.withdraw_post": Rule("withdrawals", HOLDER),
    "corrections.correction": Rule("corrections", HOLDER),
    "corrections.upload": Rule("corrections", HOLDER),
    "corrections.bring": Rule("corrections", HOLDER),
    "corrections.remove": Rule("corrections", HOLDER),
    "corrections.section": Rule("corrections", HOLDER),
    "corrections.save": Rule("corrections", HOLDER),
    "corrections.send": Rule("corrections", HOLDER),
    "desk.queue": Rule("desk", STAFF),
    "cases.show": Rule("desk", OFFICERS),
    "cases.file": Rule("desk", OFFICERS),
    "cases.paper": Rule("desk", OFFICERS),
    "acts.accept": Rule("desk", OFFICERS),
    "acts.correct": Rule("desk", OFFICERS),
    "acts.correct_post": Rule("desk", OFFICERS),
    "acts.refuse": Rule("desk", OFFICERS),
    "acts.refuse_post": Rule("desk", OFFICERS),
    "acts.finish": Rule("desk", OFFICERS),
    "acts.deliver": Rule("desk", OFFICERS),
    "acts.renew_pin": Rule("desk", OFFICERS),
    "shelf.items": Rule("guides", STAFF),
    "items.lives": Rule("guides", STAFF),
    "items.show": Rule("guides", STAFF),
    "items.propose": Rule("guides", HANDS),
    "items.propose_post": Rule("guides", HANDS),
    "items.step": Rule("guides", HANDS),
    "revisions.show": Rule("guides", STAFF),
    "revisions.elements": Rule("guides", STAFF),
    "importing.start": Rule("guides", EDITORS),
    "importing.hand_in": Rule("guides", EDITORS),
    "importing.template": Rule("guides", EDITORS),
    "importing.show": Rule("guides", EDITORS),
    "importing.import_post": Rule("guides", EDITORS),
    "importing.drop": Rule("guides", EDITORS),
    "importing.report": Rule("guides", EDITORS),
    "revisions.compare": Rule("guides", STAFF),
    "revisions.move": Rule("guides", HANDS),
    "revisions.remark": Rule("guides", HANDS),
    "revisions.remark_post": Rule("guides", HANDS),
    "revisions.settle": Rule("guides", HANDS),
    "past.page": Rule("guides", ANYONE),
    "past.paper": Rule("guides", ANYONE),
    "previews.page": Rule("guides", STAFF),
    "previews.form": Rule("guides", STAFF),
    "previews.chart": Rule("guides", STAFF),
    "previews.paper": Rule("guides", STAFF),
    "reports.write": Rule("guides", ANYONE),
    "reports.send": Rule("guides", ANYONE),
    "reports.look": Rule("guides", ANYONE),
    "reports.look_post": Rule("guides", ANYONE),
    "reports.listed": Rule("guides", HANDS),
    "reports.show": Rule("guides", HANDS),
    "reports.answer": Rule("guides", HANDS),
    "editing.contents": Rule("guides", EDITORS),
    "editing.section": Rule("guides", EDITORS),
    "editing.save": Rule("guides", EDITORS),
    "editing.look": Rule("guides", EDITORS),
    "offerings.places": Rule("offerings", KEEPERS),
    "offerings.place": Rule("offerings", KEEPERS),
    "offerings.edit": Rule("offerings", KEEPERS),
    "offerings.save": Rule("offerings", KEEPERS),
    "offerings.withdraw": Rule("offerings", KEEPERS),
    "adopting.choose": Rule("offerings", KEEPERS),
    "adopting.adopt": Rule("offerings", KEEPERS),
    "adopting.guides_for_below": Rule("offerings", KEEPERS),
    "adopting.spread": Rule("offerings", KEEPERS),
    "adopting.spread_post": Rule("offerings", KEEPERS),
    "accounts.sign_in": Rule("accounts", ANYONE),
    "accounts.sign_in_post": Rule("accounts", ANYONE),
    "accounts.sign_out": Rule("accounts", STAFF),
    "accounts.leave": Rule("accounts", ANYONE),
    "accounts.left": Rule("accounts", ANYONE),
}

WITHOUT_TOKEN = frozenset({"accounts.sign_in_post", "applications.start", "applications.resume_post", "public.language", "reports.send", "reports.look_post",
                           "tracker.look_post", "tracker.sign_in_post"})
"""Posts that need no session's token: they change nothing that belongs to a session's owner. The origin is checked."""
