"""jobs: the pages and papers that a published guide owes. Many guides at once are drawn at once; again is no harm."""
from typing import Any

from sqlalchemy import select

from portal.jobs import Tools
from portal.models.guides import Item
from portal.publishing import papers, site
from portal.queries import editions


def publish_guides(tools: Tools, payloads: list[dict[str, Any]]) -> None:
    """Draws the changed guides into the site that is shown, then their papers; builds the site anew where only that
    will do. Raises what MkDocs raises, and PressProblem: the old pages stay."""
    root = tools.config.data / "site"
    with tools.database.reading() as db:
        slugs = set(db.scalars(select(Item.slug).where(Item.id.in_([payload["item_id"] for payload in payloads]))))
        edition = editions.edition(db, tools.config)
        changed = editions.edition(db, tools.config, sorted(slugs))
    if not (root / "current").is_dir() or not site.refresh(edition, slugs, root):
        every = [paper for guide in edition.guides for paper in papers.papers(edition, guide)]
        site.publish(edition, root, finish=lambda new: papers.lay_out(every, root / "papers", new))
    papers.renew(changed, root)
