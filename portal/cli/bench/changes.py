"""cli/bench: one guide is changed, and fifty at once: from the press that puts them in force to the pages that are shown, and
the changed guide's PDF.

As in an office, another process presses than draws: who draws has parsed nothing of what is new. Search shows a change with
the press itself, which is measured apart.
"""
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pdfs import engine
from pdfs import guides as printing
from portal.actions import guides
from portal.cli.bench import markdown, papers, site
from portal.cli.bench.figures import Figure, at_most, milliseconds, one_core, p95
from portal.config import Config
from portal.jobs import Tools, sites
from portal.models.guides import GuideRevision
from portal.publishing import guide_page
from portal.publishing import papers as paper
from portal.publishing.edition import Edition
from portal.queries import editions
from portal.queries import guides as asking
from portal.rules.guide.document import GuideFile

ROUNDS, MANY, PRINTED = 12, 50, 2
GUIDES = None


Payloads = list[dict[str, int]]
Press = Callable[[list[str], int], tuple[float, Payloads]]
"""Changes the guides of these addresses; gives the milliseconds that it took and what the outbox then says."""


def measure(settings: Config) -> list[Figure]:
    tools = Tools.of(settings)
    try:
        with tempfile.TemporaryDirectory(prefix="banshi-bench-changes-") as name, office(settings) as press:
            return _measured(tools, press, Path(name))
    finally:
        tools.database.dispose()


def _measured(tools: Tools, press: Press, folder: Path) -> list[Figure]:
    with tools.database.reading() as db:
        edition = editions.edition(db, tools.config)
    slugs = list(edition.slugs)
    sites.make_ready(tools)
    engine.make_ready()  # the worker does both when it starts
    sites.draw(tools, press(slugs[:1], 0)[1])  # the first builds the site
    pages, bare, printed, plain = [], [], [], []
    with one_core():
        for turn in range(1, ROUNDS + 1):
            slug, owed = slugs[turn % len(slugs)], []
            payloads = press([slug], turn)[1]
            pages.append(milliseconds(lambda owed=owed, payloads=payloads: owed.append(sites.draw(tools, payloads))))
            bare.append(bare_page(tools, slug, folder))
            if turn <= PRINTED:
                changed, wanted, _ = owed[0]
                printed += [milliseconds(lambda changed=changed, one=one: paper.render(changed, one)) for one in wanted if one.kind == "guide"]
                html = html_of(changed)
                plain.append(milliseconds(lambda html=html: papers.bare(html)))
    payloads = press(slugs[:MANY], ROUNDS + 1)[1]
    many = milliseconds(lambda: sites.draw(tools, payloads))
    return [
        at_most("publish one changed guide, page, lists and search, p95", p95(pages), "ms", 100, p95(bare)),
        at_most("publish one changed guide, its PDF, p95", p95(printed), "ms", 500, p95(plain)),
        at_most(f"publish {MANY} changed guides, all pages", many, "ms", 1000),
    ]


@contextmanager
def office(settings: Config) -> Iterator[Press]:
    """Somebody at a desk, in a process of their own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as desk:
        yield lambda slugs, turn: desk.submit(_pressed, settings, slugs, turn).result()


def _pressed(settings: Config, slugs: list[str], turn: int) -> tuple[float, Payloads]:
    """A word is added to the summary of the guides, and they are put in force."""
    tools, now = Tools.of(settings), datetime.now(UTC)
    with tools.database.writing() as db:
        drafts = [(one.item_id, _draft(db, one, turn, now)) for one in asking.published(db, slugs)]
        begun = time.perf_counter()
        for _, revision in drafts:
            guides.publish(db, revision, now)
        db.commit()
        took = (time.perf_counter() - begun) * 1000
    tools.database.dispose()
    return took, [{"item_id": item_id} for item_id, _ in drafts]


def _draft(db: Session, guide: asking.Published, turn: int, now: datetime) -> GuideRevision:
    plain = guide.file.model_dump(mode="json", by_alias=True)
    summary = plain["guide"]["summary"] or {"zh": ""}
    zh = summary if isinstance(summary, str) else summary["zh"]
    plain["guide"]["summary"] = {"zh": f"{zh.partition('〔')[0]}〔{turn}〕"}
    return guides.draft(db, GuideFile.model_validate(plain), guide.slug, now)[0]


def bare_page(tools: Tools, slug: str, folder: Path) -> float:
    """Milliseconds that MkDocs with an empty theme takes for the one page of the guide."""
    page = tools.config.data / "site" / "current" / "guides" / slug / "index.html"
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "docs" / "index.md").write_text(markdown.of(page.read_text("utf-8")), "utf-8")
    return milliseconds(lambda: site.bare(folder))


def html_of(edition: Edition) -> str:
    view = guide_page.facts(edition.guides[0], edition, "zh-Hans", whole=True)
    return printing.html(view)
