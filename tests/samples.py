"""The guides of the sample county, each read once in a process: a guide file is immutable, and reading one takes 25 ms."""
from functools import cache

from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.sample.county import guide_files

SLUGS = tuple(file.name.removesuffix(".yaml") for file in guide_files())


@cache
def text(slug: str) -> str:
    """The file as it lies there."""
    return next(one for one in guide_files() if one.name == f"{slug}.yaml").read_text("utf-8")


@cache
def sample(slug: str) -> GuideFile:
    return yaml.load(text(slug))


def samples() -> dict[str, GuideFile]:
    """All of them, by slug."""
    return {slug: sample(slug) for slug in SLUGS}
