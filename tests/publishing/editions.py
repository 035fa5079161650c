"""Editions for tests of publishing: the good guide of the schema's tests, alone or beside others, in an invented county."""
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from markupsafe import Markup

from portal.publishing import county_edition, guide_page, offering_page, pages, variant_page
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_variant import Reader
from portal.publishing.offering_page import OfferingPage
from portal.publishing.variant_page import VariantPage
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.sample.county import county
from tests.rules.guides import good_file
from tests.samples import samples

DAY = date(2026, 3, 2)
URL = "https://banshi.example.cn"


def published(file: GuideFile | None = None, slug: str = "green") -> PublishedGuide:
    return PublishedGuide(slug, file or good_file(), 3, DAY)


def edition(*guides: PublishedGuide, sample: bool = False) -> Edition:
    return Edition(guides or (published(),), Text(zh="测县", en="Test County"), URL, telephone="0680-5550100", sample=sample)


def variant_pages(guide: PublishedGuide, edition: Edition, locale: str) -> Iterator[VariantPage]:
    """The page of every variant of a guide that has several."""
    document = guide.file.guide
    known = variant_page.answers(document)
    for one in document.variants if variant_page.keys(document) else ():
        yield variant_page.variant_page(guide, Reader(locale, document, edition), one, known.get(one.key, {}))


def offering_pages(guide: PublishedGuide, edition: Edition, locale: str) -> Iterator[tuple[OfferingPage, Markup]]:
    """Every offering's page of a guide, its values with its body."""
    shared, doers = offering_common(guide, edition, locale), offering_page.Doers(guide)
    for one in offering_page.offered(guide, edition):
        view = offering_page.page(guide, one, edition, locale, doers.near(Reader(locale, guide.file.guide, edition), one))
        yield view, offering_page.body(view, shared)


def offering_common(guide: PublishedGuide, edition: Edition, locale: str) -> Markup:
    """What all places share."""
    placeless = replace(guide, file=guide.file.model_copy(update={"offerings": []}))
    return pages.body("offering_common", page=guide_page.facts(placeless, edition, locale))


@cache
def sample_edition(*names: str) -> Edition:
    """The sample county with these guides of it, or with all."""
    files = [(slug, file) for slug, file in samples().items() if not names or slug in names]
    return county_edition.edition(county(), files, URL, DAY)
