"""Items that changed, on the public site: a notice at the old address, the text of a suspended guide below it, addresses that
lead on, the log with its figures, the feed, the open data, the map."""
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal.publishing import changes, notices, site
from portal.publishing.edition import Change, Edition, Notice
from portal.publishing.publications import Whole
from portal.rules import item_words
from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text
from portal.rules.item_words import Successor
from portal.rules.items import Life
from tests.publishing.editions import sample_edition
from tests.publishing.test_site import html

SINCE, AT = date(2026, 3, 1), datetime(2026, 3, 1, 2, tzinfo=UTC)
NAMES = ("food-business-licence", "subsistence-allowance", "open-restaurant", "temporary-identity", "senior-allowance")
REASON, BASIS = Text(zh="上位法修改", en="The law was changed"), Text(zh="某省人民政府令第1号")


def changed(edition: Edition) -> Edition:
    """Of five guides one is suspended, one cancelled, one merged into another, and two stay."""
    slugs = {guide.file.guide.item.name.zh: guide.slug for guide in edition.guides}
    by = {guide.slug: guide for guide in edition.guides}
    suspended, cancelled, merged, into, _ = slugs.values()
    to = Successor(into, by[into].file.guide.item.name)
    told = {
        suspended: item_words.Change(Life.SUSPENDED, SINCE, REASON, BASIS, until=date(2026, 12, 31), body=Text(zh="县政务大厅综合窗口")),
        cancelled: item_words.Change(Life.CANCELLED, SINCE, REASON, BASIS),
        merged: item_words.Change(Life.MERGED, SINCE, REASON, BASIS, successor=to),
    }
    log = tuple(Change(slug, by[slug].file.guide.item.name, number, one.life, AT, one) for number, (slug, one) in enumerate(told.items(), 1))
    old = item_words.Change(Life.TAKEN_OVER, date(2025, 5, 1), REASON, BASIS, body=Text(zh="平川市商务局"), tier=Tier.CITY)
    log += (Change(into, by[into].file.guide.item.name, 9, Life.TAKEN_OVER, datetime(2025, 5, 1, tzinfo=UTC), old),)
    return replace(
        edition, guides=tuple(guide for guide in edition.guides if guide.slug not in told),
        notices=tuple(Notice(slug, by[slug].file.guide.item.name, 1, SINCE, REASON, one, by[slug] if slug == suspended else None,
                             into if slug == merged else None) for slug, one in told.items()),
        notes={into: (item_words.came(by[merged].file.guide.item.name, told[merged]),)}, log=log, changes=log)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return changed(sample_edition(*NAMES))


@pytest.fixture(scope="module")
def built(tmp_path_factory, edition) -> Path:
    folder = tmp_path_factory.mktemp("changed") / "site"
    site.build(edition, Whole(folder))
    return folder


def page(built: Path, notice: Notice, locale: str = "") -> str:
    return (built / locale / "guides" / notice.slug / "index.html").read_text("utf-8")


def test_each_address_says_what_happened_since_when_and_on_what_basis(built, edition):
    for notice in edition.notices:
        text = page(built, notice)
        assert item_words.sentence(notice.life).zh in text and BASIS.zh in text and REASON.zh in text and notice.name.zh in text
        english = page(built, notice, "en")
        assert item_words.sentence(notice.life).en in english and REASON.en in english
        assert "立法法" in text and "Legislation Law" in english


def test_a_suspended_guide_stays_to_be_read_and_leads_to_nothing_that_is_not_there(built, edition):
    suspended, cancelled, merged = edition.notices
    text = page(built, suspended)
    assert "暂停期间不能照此申请" in text and "<table" in text and "县政务大厅综合窗口" in text
    assert not re.search(rf'href="(/apply|/pdf)/{re.escape(suspended.slug)}', text)
    assert "<table" not in page(built, cancelled) and "<table" not in page(built, merged)
    assert not list((built / "pdf").glob("*")) if (built / "pdf").is_dir() else True


def test_every_link_of_a_changed_site_leads_somewhere(built):
    portal = ("/search", "/track", "/apply", "/static/", "/pdf/", "/data/sheets/", "/language", "/report/", "/resume")
    for name, text in html(built).items():
        for href in re.findall(r'href="(/[^"#?]*)', text):
            if not href.startswith(portal):
                target = built / href.strip("/")
                assert target.is_file() or (target / "index.html").is_file(), (name, href)


def test_a_merged_address_leads_on_and_counts_no_more(built, edition):
    _, cancelled, merged = edition.notices
    assert f'<link rel="canonical" href="{edition.public_url}/guides/{merged.leads_to}/">' in page(built, merged)
    assert f'href="/guides/{merged.leads_to}/"' in page(built, merged) and "http-equiv" not in page(built, merged)
    table = (built / notices.REDIRECTS).read_text("utf-8")
    for old, new in {
        f"/guides/{merged.slug}/": f"/guides/{merged.leads_to}/", f"/guides/{merged.slug}/at/990421101000/": f"/guides/{merged.leads_to}/",
        f"/en/guides/{merged.slug}/": f"/en/guides/{merged.leads_to}/", f"/pdf/{merged.slug}.pdf": f"/pdf/{merged.leads_to}.pdf",
        f"/pdf/{merged.slug}.en.pdf": f"/pdf/{merged.leads_to}.en.pdf", f"/data/guides/{merged.slug}.json": f"/data/guides/{merged.leads_to}.json",
        f"/guides/{cancelled.slug}/at/990421101000/": f"/guides/{cancelled.slug}/", f"/pdf/{cancelled.slug}.pdf": f"/guides/{cancelled.slug}/",
        f"/pdf/{cancelled.slug}.form.pdf": f"/guides/{cancelled.slug}/", f"/pdf/{cancelled.slug}9.pdf": None,
        f"/guides/{merged.slug}x/": None, f"/guides/{cancelled.slug}/": None, "/": None,
    }.items():
        assert notices.target(table, old) == new, old
    addresses = "".join(file.read_text("utf-8") for file in (built / "sitemaps").iterdir())
    assert f"/guides/{merged.slug}/<" not in addresses and f"/guides/{cancelled.slug}/<" in addresses
    into = (built / "guides" / merged.leads_to / "index.html").read_text("utf-8")
    assert f"原来的“{merged.name.zh}”自2026年3月1日起并入本事项" in into


def test_lists_have_only_what_is_in_force(built, edition):
    gone = [notice.slug for notice in edition.notices]
    for name in ("guides", "departments", "fees", "places"):
        for file in (built / name).rglob("index.html"):
            if file.parent.name not in gone:
                assert not [slug for slug in gone if f"/guides/{slug}/" in file.read_text("utf-8")], file
    assert not [slug for slug in gone if slug in (built / "data" / "guides.json").read_text("utf-8")]


def test_the_log_counts_by_year_and_is_given_away(built):
    text = (built / "changes" / "index.html").read_text("utf-8")
    assert "2026年3月1日" in text and BASIS.zh in text and 'href="/changes/2025/"' in text and "已取消" in text
    assert "原由平川市商务局（市级）办理" in (built / "changes" / "2025" / "index.html").read_text("utf-8")
    rows = json.loads((built / "data" / "item-changes.json").read_text("utf-8"))["rows"]
    assert [row["since"] for row in rows] == ["2026-03-01"] * 3 + ["2025-05-01"] and rows[0]["until"] == "2026-12-31"
    assert 'href="/changes/"' in (built / "lists" / "index.html").read_text("utf-8")


def test_the_feed_tells_what_happened_to_items(edition):
    feed = changes.feed(edition, "zh-Hans").decode()
    assert "暂停办理：" in feed and "依据：某省人民政府令第1号" in feed and feed.count("#suspended-1</id>") == 1
    assert "Suspended from 1 March 2026" in changes.feed(edition, "en").decode()


def test_a_site_where_nothing_changed_says_so(tmp_path):
    site.build(sample_edition("senior-allowance"), Whole(tmp_path / "site"))
    assert "还没有变动" in (tmp_path / "site" / "changes" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / notices.REDIRECTS).read_bytes() == b""
