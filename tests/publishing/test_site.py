"""The public site: whole or not at all, every link leads somewhere, no script, and a policy that allows only what is there."""
import base64
import gzip
import hashlib
import re
from pathlib import Path

import html5lib
import pytest

from portal.publishing import site, style
from tests.publishing.editions import URL, edition, published, sample_edition

PORTAL = ("/apply/", "/track", "/search", "/static/", "/pdf/")
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
                assert (where / "index.html").is_file(), (name, link)


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
        assert len(gzip.compress(text.encode())) <= 12 * 1024
        assert len(set(re.findall('href="(/guides/[^"]+)"', text))) <= 2, "itself, and its places"


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
    mapped = set(re.findall(r"<loc>([^<]+)</loc>", (built / "sitemap.xml").read_text("utf-8")))
    pages = {f"{URL}/{name.removesuffix('index.html')}" for name in html(built) if name.endswith("index.html")}
    assert mapped == pages
    assert gzip.decompress((built / "sitemap.xml.gz").read_bytes()) == (built / "sitemap.xml").read_bytes()


def test_a_second_build_gives_the_same_bytes_in_a_new_folder(built):
    again = site.publish(sample_edition(*NAMES), built.parent)
    assert again != built and (built.parent / "current").resolve() == again
    assert html(again) == html(built)


def test_a_build_that_fails_leaves_the_old_site(tmp_path):
    old = site.publish(edition(), tmp_path)

    def fall(folder: Path) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        site.publish(edition(), tmp_path, finish=fall)
    assert (tmp_path / "current").resolve() == old
    assert sorted(one.name for one in tmp_path.iterdir()) == ["1", "current"]


def test_old_editions_are_cleared_away(tmp_path):
    for _ in range(5):
        site.publish(edition(), tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.isdigit()) == ["3", "4", "5"]


def test_a_changed_guide_is_drawn_into_the_shown_site_to_the_same_bytes(tmp_path):
    old, new = published(), published()
    plain = new.file.model_dump(mode="json", by_alias=True)
    plain["guide"]["item"]["name"] = {"zh": "改过名字的事项", "en": "A renamed item"}
    new = published(type(new.file).model_validate(plain))
    site.publish(edition(old), tmp_path / "a")
    assert site.refresh(edition(new), {"green"}, tmp_path / "a")
    site.publish(edition(new), tmp_path / "b")
    assert html(tmp_path / "a/current/") == html(tmp_path / "b/current/")
    assert "改过名字的事项" in (tmp_path / "a/current/guides/green/index.html").read_text("utf-8")
    assert not list((tmp_path / "a").rglob("*.part"))


def test_a_guide_that_comes_or_goes_needs_the_whole_build(tmp_path):
    assert not site.refresh(edition(), {"green"}, tmp_path)
    site.publish(edition(), tmp_path)
    assert not site.refresh(edition(published(), published(slug="other")), {"other"}, tmp_path)


def test_an_address_with_foreign_signs_is_quoted(tmp_path):
    site.publish(edition(published(slug="a b")), tmp_path)
    assert 'href="/apply/a%20b"' in (tmp_path / "current/guides/a b/index.html").read_text("utf-8")
