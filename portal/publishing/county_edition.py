"""publishing: an edition straight from a county file and guide files, without a database: for previews and tests."""
from collections.abc import Iterable
from datetime import UTC, date, datetime

from portal.publishing.edition import Change, ChangeKind, Edition, PlaceFacts, PublishedGuide
from portal.rules.county import County
from portal.rules.guide.document import GuideFile


def edition(county: County, files: Iterable[tuple[str, GuideFile]], public_url: str, on: date) -> Edition:
    """The guides as first revisions, published `on` that day; `files` are (name without suffix, guide file)."""
    divisions = {one.code: one for one in county.divisions}
    guides = tuple(PublishedGuide(file.guide.item.code or name, file, 1, on) for name, file in files)
    return Edition(
        guides=guides,
        authority=county.authority.name,
        public_url=public_url.rstrip("/"),
        departments={one.name.zh: one.name for one in county.departments},
        places={
            one.division: PlaceFacts(
                divisions[one.division].name, one.name, one.address, one.telephone, tuple(county.hours[one.hours]),
                divisions[one.division].tier, divisions[one.division].parent,
            )
            for one in county.places
        },
        telephone=county.authority.telephone,
        complaints=county.authority.complaints,
        notice=county.authority.notice,
        sample=county.sample,
        changes=tuple(Change(one.slug, one.file.guide.item.name, one.revision, ChangeKind.NEW, datetime(on.year, on.month, on.day, tzinfo=UTC))
                      for one in guides),
    )
