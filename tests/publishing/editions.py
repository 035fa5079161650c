"""Editions for tests of publishing: the good guide of the schema's tests, alone or beside others, in an invented county."""
from datetime import date
from functools import cache

from portal.publishing import county_edition
from portal.publishing.edition import Edition, PublishedGuide
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


@cache
def sample_edition(*names: str) -> Edition:
    """The sample county with these guides of it, or with all."""
    files = [(slug, file) for slug, file in samples().items() if not names or slug in names]
    return county_edition.edition(county(), files, URL, DAY)
