"""cli/bench: a guide's PDF, warm, against bare WeasyPrint on the same HTML with the same style sheets."""
import io

import weasyprint
from pypdf import PdfReader

from pdfs import engine, guides
from portal.cli.bench.figures import Figure, at_most, at_most_times, interleaved, median, one_core, p95
from portal.config import Config
from portal.db import Database
from portal.publishing import guide_page
from portal.queries import editions

SLUGS = ("food-business-licence", "senior-allowance")
ROUNDS = 3
GUIDES = frozenset(SLUGS)


def measure(settings: Config) -> list[Figure]:
    database = Database(settings.database)
    with database.reading() as db:
        edition = editions.edition(db, settings, list(SLUGS))
    database.dispose()
    pages = [guide_page.facts(guide, edition, "zh-Hans", whole=True) for guide in edition.guides]
    with one_core():
        papers = {page.slug: guides.render(page) for page in pages}  # the first of a process warms it
        ours, theirs = [], []
        for page in pages:
            html = guides.html(page)
            a, b = interleaved(lambda page=page: guides.render(page), lambda html=html: bare(html), ROUNDS)
            ours, theirs = [*ours, median(a)], [*theirs, median(b)]
    heaviest = max(2 * len(pdf) / max(2, len(PdfReader(io.BytesIO(pdf)).pages)) for pdf in papers.values())
    return [
        at_most_times("guide PDF, warm, median", median(ours), "ms", 1.2, median(theirs)),
        at_most_times("guide PDF, warm, slowest of the guides", max(ours), "ms", 1.2, max(theirs)),
        at_most("guide PDF, p95", p95(ours), "ms", 500, p95(theirs)),
        at_most("guide PDF, bytes for two pages", heaviest / 1024, "KB", 100),
    ]


def bare(html: str) -> bytes:
    """The paper by WeasyPrint as it comes."""
    sheets = [weasyprint.CSS(string=(engine.SHEETS / f"{name}.css").read_text("utf-8")) for name in ("paper", "guide")]
    return weasyprint.HTML(string=html).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
