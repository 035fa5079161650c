"""rules/guide: whom to ask, whom to complain to, and where to seek a remedy."""
from portal.rules.guide.codes import RemedyKind
from portal.rules.guide.text import Model, Text


class Contact(Model):
    name: Text | None = None
    telephone: str | None = None
    address: Text | None = None
    url: str | None = None
    email: str | None = None
    official_account: Text | None = None
    note: Text | None = None


class Remedy(Model):
    kind: RemedyKind
    body: Text
    address: Text | None = None
    telephone: str | None = None
    url: str | None = None
    note: Text | None = None


class Question(Model):
    question: Text
    answer: Text
