"""cli/bench: the whole site against MkDocs with an empty theme through Markdown, its memory, and a guide's page against Material's."""
import gzip
import multiprocessing
import re
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from portal.cli.bench import markdown
from portal.cli.bench.figures import Figure, at_most, at_most_times, interleaved, median, one_core
from portal.config import Config
from portal.db import Database
from portal.publishing import site
from portal.publishing.edition import Edition
from portal.publishing.publications import Whole
from portal.queries import editions

ROUNDS = 2
KB = 1024
GUIDES = None


def measure(settings: Config) -> list[Figure]:
    database = Database(settings.database)
    with database.reading() as db:
        edition = editions.edition(db, settings)
    database.dispose()
    with tempfile.TemporaryDirectory(prefix="banshi-bench-site-") as name, one_core():
        folder = Path(name)
        built = site.build(edition, Whole(folder / "ours"))
        pages = _as_markdown(folder / "ours", folder / "docs")
        ours, theirs = interleaved(
            lambda: site.build(edition, Whole(folder / "ours")), lambda: bare(folder), ROUNDS)
        whole = at_most_times(f"full publish, {pages} pages", median(ours), "ms", 0.5, median(theirs))
        return [whole, _memory(edition, folder), *_first_view(folder, edition, built)]


def _memory(edition: Edition, folder: Path) -> Figure:
    """The build in a process of its own, whose memory is then all that it took."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        peak = pool.submit(_peak, edition, folder / "ours").result()
    return at_most("full publish, peak memory of the pages' build", peak / KB, "MB", 400)


def _peak(edition: Edition, folder: Path) -> int:
    """Builds the site; the most memory that this process ever held, in KB."""
    site.build(edition, Whole(folder))
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def _as_markdown(ours: Path, docs: Path) -> int:
    """Every page of ours as a Markdown file at the same path; gives their number."""
    pages = sorted(ours.rglob("index.html"))
    for page in pages:
        target = docs / page.relative_to(ours).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown.of(page.read_text("utf-8")), "utf-8")
    return len(pages)


def bare(folder: Path) -> None:
    """The Markdown in `folder/docs` by MkDocs with an empty theme."""
    theme = folder / "theme"
    theme.mkdir(exist_ok=True)
    (theme / "main.html").write_text(
        "<!doctype html><title>{{ page.title }}</title><main>{{ page.content }}</main>\n", "utf-8")
    _build(folder, {"theme": {"name": None, "custom_dir": str(theme)}, "plugins": [],
                    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": False}}]}, "bare")


def _build(folder: Path, settings: dict, name: str) -> Path:
    file = folder / f"{name}.yml"
    file.write_text(yaml.safe_dump({
        "site_name": "yardstick", "docs_dir": str(folder / "docs"), "site_dir": str(folder / name),
        "validation": {"links": {"absolute_links": "ignore", "unrecognized_links": "ignore", "not_found": "ignore",
                                 "anchors": "ignore"}}, **settings}), "utf-8")
    mkdocs_build(load_config(str(file)))
    return folder / name


def _first_view(folder: Path, edition: Edition, built: site.Site) -> list[Figure]:
    """The heaviest guide's page as it comes over the line, against the same page as Material makes it, search index apart."""
    sizes = {slug: _packed(folder / "ours" / "guides" / slug / "index.html") for slug in edition.slugs}
    slug = max(sizes, key=sizes.get)
    html = (folder / "ours" / "guides" / slug / "index.html").read_text("utf-8")
    material = _build(folder, {"theme": {"name": "material", "font": False, "language": "zh"}, "plugins": ["search"],
                               "use_directory_urls": True, "nav": [{"guide": f"guides/{slug}/index.md"}]}, "material")
    page = material / "guides" / slug / "index.html"
    linked = re.findall(r'(?:<link[^>]*rel="stylesheet"[^>]*href|<script[^>]*src)="([^"]+)"', page.read_text("utf-8"))
    theirs = _packed(page) + sum(_packed((page.parent / one).resolve()) for one in linked)
    requests = 1 + len(set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*(?:href|src)="(/[^"]+)"', html)))
    return [
        at_most("guide page, first view, compressed", sizes[slug] / KB, "KB", 12, theirs / KB),
        at_most("guide page, median, compressed", median(sizes.values()) / KB, "KB", 12, theirs / KB),
        at_most("guide page, requests", requests, "requests", 2, 1 + len(linked)),
        at_most("guide page, scripts", html.count("<script"), "scripts", 0, len(linked)),
    ]


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))
