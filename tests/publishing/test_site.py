"""The public site: whole or not at all, every link leads somewhere, no script, and a policy that allows only what is there."""
import base64
import gzip
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from portal.publishing import site, style
from portal.publishing.edition import Edition
from portal.publishing.offices import SHOWN
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from tests.publishing.editions import URL, edition, published, sample_edition
from tests.rules.guides import good_guide

PORTAL = ("/apply/", "/report/", "/resume", "/track", "/search", "/static/", "/pdf/", "/data/sheets/")
"""Paths that the portal answers."""
NAMES = ("food-business-licence", "open-restaurant", "senior-allowance")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("site")
    return site.publish(sample_edition(*NAMES), root)


def html(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in sorted(folder.rglob("*.html"))}


def test_every_guide_and_every_written_page_stands_in_both_languages(built):
    codes = [guide.slug for guide in sample_edition(*NAMES).guides]
    for page in ("", "guides/", "departments/", "themes/", "audiences/", "tiers/", "how-to-apply/", "rights/", "accessibility/",
                 "about/", *(f"guides/{code}/" for code in codes)):
        for base, lang in (("", "zh-Hans"), ("en/", "en")):
            text = (built / base / page / "index.html").read_text("utf-8")
            assert re.search(f'<html lang="{lang}"', text), page
            assert f'<link rel="alternate" hreflang="en" href="{URL}/en/{page}">' in text


def test_pages_are_valid_and_have_one_heading(built):
    for name, text in html(built).items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        # The theme's own frame has an attribute or two that strict parsers know better; ours must bring no other fault.
        assert not parser.errors, (name, parser.errors[:2])
        assert len(re.findall(r"<h1[ >]", text)) == 1, name
        assert not re.search(r"\{\{|\{%", text), name


def test_every_link_leads_somewhere(built):
    for name, text in html(built).items():
        ids = set(re.findall(r' id="([^"]+)"', text))
        for link in re.findall(r'(?:href|action)="([^"]*)"', text):
            if link.startswith(("http", "tel:", "data:")) or link.startswith(PORTAL):
                continue
            path, _, anchor = link.partition("#")
            if not path:
                assert anchor in ids, (name, link)
            else:
                where = built / path.lstrip("/") if path.startswith("/") else (built / name).parent / path
                assert (where / "index.html").is_file() or where.is_file(), (name, link)


def test_there_is_no_script_and_one_style_a_page(built):
    inline = set()
    for name, text in html(built).items():
        assert "<script" not in text and not re.search(r'\sstyle="|\son[a-z]+="', text), name
        parts = style.inline_parts(text)
        assert [tag for tag, _ in parts] == ["style"], name
        inline |= parts
    assert len(inline) == 2, "the guides' sheet and that of the other pages"
    policy = (built / "csp.txt").read_text("utf-8")
    for _, text in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy and policy.count("sha256-") == 2 and "script-src 'none'" in policy


def test_nothing_of_the_theme_is_sent(built):
    assert not list(built.rglob("*.js")) and not list(built.rglob("*.css")) and not (built / "assets").exists()
    assert "fonts.g" not in "".join(html(built).values())


def test_a_guide_is_small_and_carries_no_list_of_pages(built):
    for guide in sample_edition(*NAMES).guides:
        text = (built / "guides" / guide.slug / "index.html").read_text("utf-8")
        assert len(gzip.compress(text.encode())) <= 12 * 1024 - 200, "a guide may grow a little before it must be made smaller"
        others = {link for link in re.findall('href="(/guides/[^"]+)"', text) if not link.startswith(f"/guides/{guide.slug}/for/")}
        at = {link for link in others if link.startswith(f"/guides/{guide.slug}/at/")}
        assert len(others - at) <= 2 and len(at) <= SHOWN + 2, "itself, its variants, and its places, of which it shows the first"


def test_a_guide_at_a_place_is_as_small(built):
    found = list(built.glob("**/guides/*/at/*/index.html"))
    assert len(found) > 100 and max(len(gzip.compress(file.read_bytes())) for file in found) <= 12 * 1024


def test_the_search_field_asks_the_portal_and_the_indexes_are_beside_it(built):
    text = (built / "index.html").read_text("utf-8")
    assert 'action="/search"' in text and 'href="/guides/"' in text
    assert 'name="lang" value="en"' in (built / "en/index.html").read_text("utf-8")
    resting = (built / "unavailable.html").read_text("utf-8")
    assert 'href="/guides/"' in resting and 'href="/en/departments/"' in resting


def test_every_page_of_a_sample_county_says_so(built):
    notice = sample_edition(*NAMES).notice
    assert all(notice.zh in text or notice.en in text for text in html(built).values())


def test_the_map_names_every_page(built):
    parts = re.findall(r"<loc>([^<]+)</loc>", (built / "sitemap.xml").read_text("utf-8"))
    mapped = [one for part in parts for one in re.findall(r"<loc>([^<]+)</loc>", (built / part.removeprefix(URL + "/")).read_text("utf-8"))]
    assert len(mapped) == len(set(mapped)) and len(parts) == len(list((built / "sitemaps").iterdir()))
    pages = {f"{URL}/{name.removesuffix('index.html')}" for name in html(built) if name.endswith("index.html")}
    assert set(mapped) == pages
    assert gzip.decompress((built / "sitemap.xml.gz").read_bytes()) == (built / "sitemap.xml").read_bytes()


def test_a_second_build_gives_the_same_bytes_in_a_new_folder(built, tmp_path):
    for number in ("1", "2"):
        folder = site.publish(sample_edition(*NAMES), tmp_path)
        assert folder == tmp_path / number == (tmp_path / "current").resolve()
        assert html(folder) == html(built)


def test_a_build_that_fails_leaves_the_old_site(tmp_path):
    old = site.publish(edition(), tmp_path)

    def fall(folder: Path) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        site.publish(edition(), tmp_path, finish=fall)
    assert (tmp_path / "current").resolve() == old
    assert sorted(one.name for one in tmp_path.iterdir()) == ["1", "current", "pieces", "publications"]


def test_old_folders_are_cleared_away(tmp_path):
    for _ in range(3):
        site.publish(edition(), tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["3", "current", "pieces", "publications"]


def with_item(**elements) -> GuideFile:
    plain = good_guide()
    plain["guide"]["item"] |= elements
    return GuideFile.model_validate(plain)


def with_documents() -> GuideFile:
    plain = good_guide()
    plain["guide"]["variants"][0]["documents"].append({"key": "more", "name": "另一份材料", "originals": 1})
    return GuideFile.model_validate(plain)


def with_places(number: int) -> GuideFile:
    plain = good_guide()
    plain["offerings"] = [{"place": f"99042110{at}000", "place_name": f"第{at}个办理点", "roles": ["advises"]}
                          for at in range(1, number + 1)]
    return GuideFile.model_validate(plain)


BESIDE = published(slug="beside"), published(with_item(department="另一个局", person_themes=["其他"]), slug="other")
OWN_PAGES = {
    "name": published(with_item(name={"zh": "改过名字的事项", "en": "A renamed item"})),
    "documents": published(with_documents()),
    "revision": replace(published(), revision=9),
    "places": published(with_places(9)),
}
OTHER_LISTS = {
    "theme": published(with_item(person_themes=["其他"])), "new theme": published(with_item(person_themes=["婚姻登记"])),
    "no theme": published(with_item(person_themes=[], organisation_themes=[])),
    "audience": published(with_item(audiences=["authority"])), "tier": published(with_item(tiers=["village"])),
    "department": published(with_item(department="另一个局")),
}


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def followed(old: Edition, new: Edition, folder: Path) -> bool:
    """What the worker does after a change of the guide, which must come to the same as a whole build; whether the
    change was drawn into the shown site."""
    site.publish(old, folder / "a")
    drawn = site.refresh(new, {"green"}, folder / "a")
    if not drawn:
        site.publish(new, folder / "a")
    site.publish(new, folder / "b")
    assert everything(folder / "a/current/") == everything(folder / "b/current/")
    assert not list((folder / "a").rglob("*.part"))
    return drawn


@pytest.mark.parametrize("change", OWN_PAGES)
def test_a_changed_guide_is_drawn_into_the_shown_site_to_the_same_bytes(tmp_path, change):
    assert followed(edition(published(), *BESIDE), edition(OWN_PAGES[change], *BESIDE), tmp_path)


@pytest.mark.parametrize("change", OTHER_LISTS)
def test_a_guide_that_changes_its_lists_leaves_none_behind(tmp_path, change):
    assert followed(edition(published(), *BESIDE), edition(OTHER_LISTS[change], *BESIDE), tmp_path)


def test_a_guide_that_comes_or_goes_comes_to_all_lists(tmp_path):
    assert not site.refresh(edition(), {"green"}, tmp_path)
    assert followed(edition(*BESIDE), edition(published(), *BESIDE), tmp_path / "comes")
    assert followed(edition(published(), *BESIDE), edition(*BESIDE), tmp_path / "goes")


def test_a_county_that_changed_is_built_anew(tmp_path):
    county = edition()
    site.publish(county, tmp_path)
    for other in (replace(county, telephone="0680-5550199"), replace(county, departments={"甲局": Text(zh="甲局", en="Bureau A")})):
        assert not site.refresh(other, {"green"}, tmp_path)
    assert site.refresh(county, {"green"}, tmp_path)


def test_an_address_with_foreign_signs_is_quoted(tmp_path):
    site.publish(edition(published(slug="a b")), tmp_path)
    assert 'href="/apply/a%20b"' in (tmp_path / "current/guides/a b/index.html").read_text("utf-8")
