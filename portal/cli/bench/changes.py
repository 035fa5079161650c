"""cli/bench: one guide is changed, and fifty at once: from the file to the pages that are shown, and the changed guide's PDF."""
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pdfs import guides as printing
from portal.actions import guides
from portal.cli.bench import markdown, papers, site
from portal.cli.bench.figures import Figure, at_most, milliseconds, one_core, p95
from portal.config import Config
from portal.jobs import Tools, sites
from portal.publishing import guide_page
from portal.publishing import papers as press
from portal.publishing.edition import Edition
from portal.queries import editions
from portal.queries import guides as asking
from portal.rules.guide.document import GuideFile

ROUNDS, MANY, PRINTED = 12, 50, 2
GUIDES = None


def measure(settings: Config) -> list[Figure]:
    tools = Tools.of(settings)
    try:
        with tempfile.TemporaryDirectory(prefix="banshi-bench-changes-") as name, one_core():
            return _measured(tools, Path(name))
    finally:
        tools.database.dispose()


def _measured(tools: Tools, folder: Path) -> list[Figure]:
    with tools.database.reading() as db:
        edition = editions.edition(db, tools.config)
    slugs = list(edition.slugs)
    sites.make_ready(tools)
    sites.draw(tools, change(tools, slugs[:1], 0))  # the first builds the site
    pages, bare, printed, plain = [], [], [], []
    for turn in range(1, ROUNDS + 1):
        slug, owed = slugs[turn % len(slugs)], []
        pages.append(milliseconds(lambda slug=slug, owed=owed, turn=turn: owed.append(sites.draw(tools, change(tools, [slug], turn)))))
        bare.append(bare_page(tools, slug, folder))
        if turn <= PRINTED:
            changed, wanted, _ = owed[0]
            printed += [milliseconds(lambda changed=changed, one=one: press.render(changed, one)) for one in wanted if one.kind == "guide"]
            html = html_of(changed)
            plain.append(milliseconds(lambda html=html: papers.bare(html)))
    many = milliseconds(lambda: sites.draw(tools, change(tools, slugs[:MANY], ROUNDS + 1)))
    return [
        at_most("publish one changed guide, page, lists and search, p95", p95(pages), "ms", 100, p95(bare)),
        at_most("publish one changed guide, its PDF, p95", p95(printed), "ms", 500, p95(plain)),
        at_most(f"publish {MANY} changed guides, all pages", many, "ms", 1000),
    ]


def change(tools: Tools, slugs: list[str], turn: int) -> list[dict[str, int]]:
    """A word is added to the summary of the guides, and they are put in force; what the outbox then says."""
    with tools.database.writing() as db:
        owed = [{"item_id": _put(db, one, turn)} for one in asking.published(db, slugs)]
        db.commit()
    return owed


def _put(db: Session, guide: asking.Published, turn: int) -> int:
    plain = guide.file.model_dump(mode="json", by_alias=True)
    summary = plain["guide"]["summary"] or {"zh": ""}
    zh = summary if isinstance(summary, str) else summary["zh"]
    plain["guide"]["summary"] = {"zh": f"{zh.partition('〔')[0]}〔{turn}〕"}
    now = datetime.now(UTC)
    revision, _ = guides.draft(db, GuideFile.model_validate(plain), guide.slug, now)
    guides.publish(db, revision, now)
    return guide.item_id


def bare_page(tools: Tools, slug: str, folder: Path) -> float:
    """Milliseconds that MkDocs with an empty theme takes for the one page of the guide."""
    page = tools.config.data / "site" / "current" / "guides" / slug / "index.html"
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "docs" / "index.md").write_text(markdown.of(page.read_text("utf-8")), "utf-8")
    return milliseconds(lambda: site.bare(folder))


def html_of(edition: Edition) -> str:
    view = guide_page.facts(edition.guides[0], edition, "zh-Hans", whole=True)
    return printing.html(view)
