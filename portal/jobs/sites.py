"""jobs: the pages and papers that a published guide owes. Many guides at once are drawn at once; again is no harm.

Pages come first, also those of a guide that is published while the papers of others are made: papers take a hundred
times as long, and one that is not made yet is made for who asks for it.
"""
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from portal.actions import outbox
from portal.jobs import Tools, whole
from portal.models.guides import Item
from portal.models.outbox import OutboxRow, Topic
from portal.publishing import journals, papers, publications, site
from portal.publishing.edition import Edition
from portal.queries import editions


def publish_guides(tools: Tools, payloads: list[dict[str, Any]]) -> None:
    """Draws the changed guides into the site that is shown, then makes their papers. Raises what MkDocs raises, and
    PressProblem: the old pages stay."""
    with tools.database.reading() as db:
        seen = outbox.last(db, Topic.PUBLISH_GUIDE)
    root = tools.config.data / "site"
    changed, owed, number = draw(tools, payloads)

    def look_up(done: int, total: int) -> None:
        nonlocal seen
        late, seen = _since(tools, seen)
        if late:
            draw(tools, late)

    papers.make(changed, owed, root, number, look_up)


def draw(tools: Tools, payloads: list[dict[str, Any]]) -> tuple[Edition, list[papers.Paper], int]:
    """The pages of the changed guides and the lists that name them; the whole site where only that will do. Papers that
    are kept are shown, stale ones go. Gives the edition of these guides alone, the papers that are to be made, and the
    number of the publication. Raises `publications.Held` while an earlier site is shown."""
    root = tools.config.data / "site"
    owed: list[papers.Paper] = []

    def ask() -> Edition:
        with tools.database.reading() as db:
            return editions.edition(db, tools.config)

    with tools.database.reading() as db:
        slugs = set(db.scalars(select(Item.slug).where(Item.id.in_([payload["item_id"] for payload in payloads]))))
    with publications.door(root):  # nobody shows an older edition while this one is drawn
        publications.stop_if_held(root)
        edition = ask()
        changed = _only(edition, slugs)
        if site.refresh(edition, slugs, root, finish=lambda stage: owed.extend(papers.renew(changed, papers.folder_of(root), stage))):
            return changed, owed, journals.number(root)
    shown = whole.publish(ask, root, unless_held=True)
    owed = [paper for paper in shown.missing if paper.first and paper.guide.slug in slugs]
    return _only(shown.edition, slugs), owed, shown.number


def _only(edition: Edition, slugs: set[str]) -> Edition:
    return replace(edition, guides=tuple(guide for guide in edition.guides if guide.slug in slugs))


def _since(tools: Tools, seen: int) -> tuple[list[dict[str, Any]], int]:
    """What came into the outbox after this row, and the last row now. It stays there: its papers are still owed."""
    with tools.database.reading() as db:
        rows = db.execute(select(OutboxRow.id, OutboxRow.payload).order_by(OutboxRow.id)
                          .where(OutboxRow.topic == Topic.PUBLISH_GUIDE, OutboxRow.id > seen)).all()
    return [row.payload for row in rows], max([seen, *(row.id for row in rows)])
