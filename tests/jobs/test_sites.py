"""A published guide's pages and papers follow by themselves, and a whole publication settles what was owed."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cli.publish import publish_all
from portal.jobs import outbox
from portal.models.outbox import OutboxRow, Topic
from portal.publishing import papers
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

PUBLISHING = next(line for line in outbox.LINES if line.topic == Topic.PUBLISH_GUIDE)
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SLUG = "temporary-identity"


def owed(tools) -> int:
    with tools.database.reading() as db:
        return db.scalar(select(func.count()).select_from(OutboxRow).where(
            OutboxRow.topic == Topic.PUBLISH_GUIDE, OutboxRow.done_at.is_(None)))


def put(tools, file, now=NOW) -> None:
    with tools.database.writing() as db:
        in_force(db, file, SLUG, now)
        db.commit()


def test_a_changed_guide_reaches_the_page_by_itself(tools):
    file = sample(SLUG)
    put(tools, file)
    publish_all(tools.config, papers="none")
    assert owed(tools) == 0
    page = tools.config.data / "site" / "current" / "guides" / SLUG / "index.html"
    summary = with_summary(file, "改了一个字的说明")
    put(tools, summary, NOW + timedelta(days=1))
    assert owed(tools) == 1 and "改了一个字的说明" not in page.read_text()
    PUBLISHING.handle(tools, [{"item_id": 1}])
    assert "改了一个字的说明" in page.read_text()
    assert (page.parents[2] / "pdf" / f"{SLUG}.pdf").read_bytes().startswith(b"%PDF")


def test_a_guide_published_while_papers_are_made_does_not_wait_for_them(tools, monkeypatch):
    """As at the first start of the demonstration, whose papers take minutes."""
    file, page = sample(SLUG), tools.config.data / "site" / "current" / "guides" / SLUG / "index.html"
    put(tools, file)
    publish_all(tools.config, papers="none", settle=False)
    shown: list[bool] = []

    def render(edition, paper):
        if not shown:
            put(tools, with_summary(file, "改了一个字的说明"), NOW + timedelta(days=1))
        shown.append("改了一个字的说明" in page.read_text())
        return b"%PDF"

    monkeypatch.setattr(papers, "render", render)
    assert outbox.drain(tools, PUBLISHING, NOW + timedelta(days=1)) == 1
    assert shown == [False, True], "drawn between two papers"
    assert owed(tools) == 1, "its papers are still owed"
    assert outbox.drain(tools, PUBLISHING, NOW + timedelta(days=1)) == 1 and owed(tools) == 0


def test_the_first_guide_builds_the_site(tools):
    put(tools, sample(SLUG))
    assert outbox.drain(tools, PUBLISHING, NOW + timedelta(days=1)) == 1
    assert (tools.config.data / "site" / "current" / "guides" / SLUG / "index.html").is_file()
    assert owed(tools) == 0


def with_summary(file, words: str):
    summary = file.guide.summary.model_copy(update={"zh": words})
    return file.model_copy(update={"guide": file.guide.model_copy(update={"summary": summary})})
