"""publishing: an edition, everything the site and the papers are made from, as plain values from the caller.

The caller asks the database, or reads a folder; nothing below knows which. Lists are made of the edition's cards; parsed
guides are at hand only where somebody draws them.
"""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol, Self

from portal.publishing import cards
from portal.publishing.cards import Card
from portal.rules import item_words
from portal.rules.guide.codes import Tier
from portal.rules.guide.document import GuideFile
from portal.rules.guide.offering import Hours
from portal.rules.guide.text import Text
from portal.rules.items import Life

TAKEN = 8
"""So many guides are taken from stock at a time."""


@dataclass(frozen=True)
class PublishedGuide:
    """A guide with its offerings, as of one revision. `slug` is its address: the basic code or a short name."""

    slug: str
    file: GuideFile
    revision: int
    published: date
    checked: "LastCheck | None" = None
    key: str | None = None
    """What says that nothing that is shown of the guide has changed; None where the guide itself must say it."""

    @cached_property
    def card(self) -> Card:
        return cards.card(self.slug, self.file, self.revision, self.published, self.key)


@dataclass(frozen=True)
class LastCheck:
    """When a guide in force was last found to hold, and by which department."""

    on: date
    by: Text


class Stock(Protocol):
    """Where the guides of an edition stand that are too many to be held: they are taken a few at a time, by their
    addresses. It can be handed to another process."""

    slugs: tuple[str, ...]

    def take(self, slugs: Sequence[str]) -> list[PublishedGuide]:
        """The guides of these addresses, by address; those that are there."""

    def cards(self) -> tuple[Card, ...]:
        """The cards of all guides, by address. Those that were made before are kept in this process."""

    def keep(self, cards: Iterable[Card]) -> None:
        """Cards that somebody else has made."""


@dataclass(frozen=True)
class PlaceFacts:
    """What is known of a place, for offerings that name no window of their own."""

    name: Text
    centre: Text | None = None
    address: Text | None = None
    telephone: str | None = None
    hours: tuple[Hours, ...] = ()
    tier: Tier | None = None
    parent: str | None = None
    """The division code of the place above."""
    partner: bool = False
    """An office elsewhere, which takes part in cases of this county."""


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Change:
    """What happened to a guide: its revision of this number went live, or was withdrawn, at that time. Of a change in the
    item's life `revision` is the change's own number, `kind` the life, and `life` says the rest."""

    slug: str
    name: Text
    revision: int
    kind: ChangeKind | Life
    at: datetime
    life: item_words.Change | None = None


@dataclass(frozen=True)
class Notice:
    """What stands at the address of a guide that is not in force: it was withdrawn, or its item changed (`life`). `words` is
    the reason; `guide` the text that stays to be read while an item is suspended; `leads_to` the item whose page people
    are sent on to by themselves."""

    slug: str
    name: Text
    revision: int
    on: date
    words: Text
    life: item_words.Change | None = None
    guide: PublishedGuide | None = None
    leads_to: str | None = None


@dataclass(frozen=True)
class CatalogueRow:
    """An item that a department handles, as the county's list has it; `slug` is the guide's address where one is in force."""

    name: str
    department: Text
    main_item: str | None = None
    slug: str | None = None
    link: str | None = None
    telephone: str | None = None


@dataclass(frozen=True)
class Edition:
    """`guides` are those at hand: all, or some where the others stand in stock. `public_url` has no slash at its end;
    `departments` and `places` are by name and by division code; `changes` are the latest, newest first."""

    guides: tuple[PublishedGuide, ...]
    authority: Text
    public_url: str
    departments: Mapping[str, Text] = field(default_factory=dict)
    places: Mapping[str, PlaceFacts] = field(default_factory=dict)
    telephone: str | None = None
    complaints: str | None = None
    notice: Text | None = None
    sample: bool = False
    notices: tuple[Notice, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    """What stands above a guide that is in force, by its address: what was merged into it, where it was handed down."""
    log: tuple[Change, ...] = ()
    """Every change in the life of an item, newest first."""
    catalogue: tuple[CatalogueRow, ...] = ()
    """What the departments say they handle, with a guide or without, in the order of their list."""
    stock: Stock | None = None
    listed: tuple[Card, ...] | None = None
    """The cards of all guides in force, where somebody has them."""

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """A card for every guide in force, by address."""
        if self.listed is not None:
            return self.listed
        return self.stock.cards() if self.stock else tuple(guide.card for guide in self.guides)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The addresses of all guides in force."""
        return self.stock.slugs if self.stock else tuple(guide.slug for guide in self.guides)

    def every(self) -> Iterator[PublishedGuide]:
        """All guides in force, one after the other: who holds none holds few."""
        if not self.stock:
            yield from self.guides
            return
        for at in range(0, len(self.slugs), TAKEN):
            yield from self.stock.take(self.slugs[at:at + TAKEN])

    def some(self, slugs: set[str]) -> Iterator[PublishedGuide]:
        """The guides of these addresses that are in force, from those at hand or from stock, a few at a time."""
        here = {guide.slug: guide for guide in self.guides if guide.slug in slugs}
        yield from here.values()
        missing = sorted(slugs - here.keys()) if self.stock else []
        for at in range(0, len(missing), TAKEN):
            yield from self.stock.take(missing[at:at + TAKEN])

    def around(self) -> Self:
        """The county and the notes alone: what a page or paper says that does not stand in the guide."""
        return replace(self, guides=(), listed=(), stock=None, notices=(), changes=(), log=(), catalogue=())

    def department(self, name: str) -> Text:
        """A department by its name, with its English where the directory has it."""
        return self.departments.get(name) or Text(zh=name)
