"""views: speaks. One blueprint a noun; GET and POST are two small functions, the commit is the last line before a redirect."""
from portal.views import (
    accounts,
    acts,
    adopting,
    answers,
    applications,
    cases,
    catalogue,
    corrections,
    desk,
    documents,
    editing,
    extensions,
    importing,
    items,
    offerings,
    past,
    previews,
    public,
    publications,
    reports,
    revisions,
    serving,
    shelf,
    staying,
    submissions,
    tracker,
    withdrawals,
    words,
)

BLUEPRINTS = [
    public.pages, accounts.pages, applications.pages, answers.pages, documents.pages, submissions.pages,
    tracker.pages, corrections.pages, withdrawals.pages, desk.pages, cases.pages, acts.pages, serving.pages, extensions.pages, editing.pages,
    shelf.pages, importing.pages, items.pages, offerings.pages, adopting.pages, revisions.pages, previews.pages, past.pages, reports.pages, staying.pages,
    catalogue.pages, words.pages, publications.pages,
]
"""`public` comes first in the list; its route for the site's files matches only what no other route does."""
