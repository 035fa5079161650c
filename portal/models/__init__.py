"""models: remembers. One file a noun; importing this package makes every table known to the metadata."""
from portal.models import (
    applications,
    calendars,
    cases,
    catalogue,
    certificates,
    charges,
    editing,
    extensions,
    guides,
    importing,
    messages,
    outbox,
    people,
    places,
    readers,
    search,
    sessions,
    staying,
    vouchers,
)
from portal.models.base import Base

__all__ = [
    "Base", "applications", "calendars", "cases", "catalogue", "certificates", "charges", "editing", "extensions",
    "guides", "importing", "messages", "outbox", "people", "places", "readers", "search", "sessions", "staying", "vouchers",
]
