"""jobs: the pages and papers that a published guide owes. Many guides at once are drawn at once; again is no harm.

Pages come first, also those of a guide that is published while the papers of others are made: papers take a hundred
times as long, and one that is not made yet is made for who asks for it.
"""
import gc
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from portal import logs
from portal.actions import outbox
from portal.jobs import Tools, whole
from portal.models.outbox import OutboxRow, Topic
from portal.publishing import journals, papers, publications, putting_back, reports, site
from portal.publishing.edition import Edition
from portal.queries import editions, history, stocks
from portal.rules.problems import Problem

BACK = "back"
"""What a row has that asks for an earlier publication."""

log = logs.get()


def make_ready(tools: Tools) -> None:
    """What every change needs is made before the first one comes: the cards of all guides. They stay, so the collector of
    memory, which would stop a change for a tenth of a second to look through them, is told to leave them alone."""
    with tools.database.reading() as db:
        editions.edition(db, tools.config).stock.cards()
    gc.collect()
    gc.freeze()


def publish_guides(tools: Tools, payloads: list[dict[str, Any]]) -> None:
    """Draws the changed guides into the site that is shown, then makes their papers; or puts an earlier publication back.
    Raises what MkDocs raises, and PressProblem: the old pages stay."""
    if BACK in payloads[0]:
        _put_back(tools, payloads[0])
        return
    with tools.database.reading() as db:
        seen = outbox.last(db, Topic.PUBLISH_GUIDE)
    root = tools.config.data / "site"
    changed, owed, number = draw(tools, payloads)

    def look_up(done: int, total: int) -> None:
        nonlocal seen
        late, seen = _since(tools, seen)
        if any(BACK in one for one in late):
            raise publications.Held("publications.back", "有人要求放回较早的网站，先办放回；其余的等重新发布。",
                                    "Somebody asked for an earlier site, which is put back first; the others wait until it is published again.")
        if late:
            draw(tools, late)

    papers.make(changed, owed, root, number, look_up)


def _put_back(tools: Tools, asked: dict[str, Any]) -> None:
    """What fails is told at the desk and not tried again: nobody expects the site to turn hours later. What was killed is."""
    root = tools.config.data / "site"
    with tools.database.reading() as db:
        by = history.name(db, asked["by"])
    try:
        putting_back.back(root, asked[BACK], by, seen=asked["newest"])
    except Exception as error:  # the disk is full, the publication is not kept any longer
        log.error("publications.back", problem=(error.code if isinstance(error, Problem) else type(error).__name__).lower(), exc_info=error)
        reports.not_back(journals.home(root), asked[BACK], error)


def draw(tools: Tools, payloads: list[dict[str, Any]]) -> tuple[Edition, list[papers.Paper], int]:
    """The pages of the changed guides and the lists that name them, or changed themselves; the whole site where only that will do, or where
    somebody at the desk asked for it. Papers that are kept are shown, stale ones go. Gives the edition of these guides
    alone, the papers that are to be made, and the number of the publication. Raises `publications.Held` while an earlier
    site is shown and nobody asked."""
    root = tools.config.data / "site"
    owed: list[papers.Paper] = []

    def ask(slugs: set[str] = frozenset()) -> Edition:
        with tools.database.reading() as db:
            edition = editions.edition(db, tools.config)
            return replace(edition, guides=stocks.taken(db, sorted(slugs), edition.stock.keys)) if slugs else edition

    asked_by = [payload["whole"] for payload in payloads if "whole" in payload]
    with tools.database.reading() as db:
        slugs = history.addresses(db, [payload["item_id"] for payload in payloads if "item_id" in payload])
        by = history.name(db, asked_by[0]) if asked_by else history.publishers(db, slugs)
    if asked_by:
        shown = whole.publish(ask, root, by)
        return shown.edition, [paper for paper in shown.missing if paper.first], shown.number
    with publications.door(root):  # nobody shows an older edition while this one is drawn
        publications.stop_if_held(root)
        edition = ask(slugs)
        changed = replace(edition.around(), guides=edition.guides)
        if site.refresh(edition, slugs, root, lambda stage: owed.extend(papers.renew(changed, papers.folder_of(root), stage)), by):
            return changed, owed, journals.number(root)
    shown = whole.publish(ask, root, by, unless_held=True)
    return shown.edition, [paper for paper in shown.missing if paper.first and paper.slug in slugs], shown.number


def _since(tools: Tools, seen: int) -> tuple[list[dict[str, Any]], int]:
    """What came into the outbox after this row, and the last row now. It stays there: its papers are still owed."""
    with tools.database.reading() as db:
        rows = db.execute(select(OutboxRow.id, OutboxRow.payload).order_by(OutboxRow.id)
                          .where(OutboxRow.topic == Topic.PUBLISH_GUIDE, OutboxRow.id > seen)).all()
    return [row.payload for row in rows], max([seen, *(row.id for row in rows)])
