"""A guide as one place offers it: one text for the county, and around it what is the place's own, in plain words."""
from dataclasses import replace

import html5lib
import pytest

from portal.publishing import offering_page, site
from portal.publishing.edition import PublishedGuide
from portal.rules.guide.codes import Role
from portal.rules.guide.document import GuideFile
from portal.rules.guide.offering import Offering
from tests.publishing.editions import DAY, offering_common, offering_pages, sample_edition
from tests.rules.guides import good_guide

COUNTY, TOWN, VILLAGE, OTHER = "990421000000", "990421101000", "990421101202", "990421102201"
PAPER = {"key": "local", "name": {"zh": "村民小组意见", "en": "The group's opinion"}, "basis": "青禾县示例办法第三条", "originals": 1,
         "necessity": "required", "source": "applicant", "medium": "paper"}


def guide(*offerings: dict) -> PublishedGuide:
    plain = good_guide() | {"offerings": [{"place": COUNTY, "roles": ["decides", "receives"]}, *offerings]}
    return PublishedGuide("green", GuideFile.model_validate(plain), 3, DAY)


def drawn(one: PublishedGuide, locale: str = "zh-Hans"):
    return list(offering_pages(one, sample_edition("senior-allowance"), locale))


def row(view, label: str) -> list[str]:
    found = next((one for one in view.rows if one.label == label), None)
    return [] if found is None else [str(value) for value in found.values]


def test_townships_and_villages_have_a_page_and_the_county_has_the_guides_own():
    found = drawn(guide({"place": TOWN}, {"place": VILLAGE}, {"place": "999999999999"}))
    assert [view.path for view, _ in found] == [f"/guides/green/at/{TOWN}/", f"/guides/green/at/{VILLAGE}/"]
    assert [view.path for view, _ in drawn(guide({"place": TOWN}), "en")] == [f"/en/guides/green/at/{TOWN}/"]


@pytest.mark.parametrize(("roles", "zh", "en"), [
    ([Role.DECIDES, Role.RECEIVES], "由这里决定", "it is decided here"),
    ([Role.RECEIVES], "由青禾县政务服务中心决定", "Qinghe County Service Hall decides"),
    ([Role.RECEIVES, Role.HANDS_OUT], "结果可以在这里领", "can be collected here"),
    ([Role.FILES_FOR_PEOPLE], "帮您填表、代您递交", "fills in the form with you"),
    ([Role.ADVISES], "或者交到青禾县政务服务中心", "or at Qinghe County Service Hall"),
])
def test_a_role_says_what_it_means_for_the_reader(roles, zh, en):
    one = guide({"place": VILLAGE, "roles": roles})
    assert zh in "".join(row(drawn(one)[0][0], "在这里可以"))
    assert en in "".join(row(drawn(one, "en")[0][0], "What you can do here"))


def test_the_nearest_place_above_is_named():
    one = guide({"place": TOWN, "roles": ["receives"]}, {"place": VILLAGE, "roles": ["files_for_people"]}, {"place": OTHER, "roles": ["advises"]})
    village, other = (view for view, _ in drawn(one)[1:])
    assert "交到云岭镇便民服务中心" in row(village, "在这里可以")[-1]
    assert "交到青禾县政务服务中心" in row(other, "在这里可以")[-1]


def test_what_a_window_leaves_out_the_place_has():
    bare, own = (view for view, _ in drawn(guide({"place": TOWN}, {"place": VILLAGE, "windows": [{"name": "便民窗口", "telephone": "0680-5559999"}]})))
    assert row(bare, "电话") == ["0680-5551001"] and row(bare, "工作时间")[0].startswith("夏季")
    assert row(own, "电话") == ["0680-5559999"] and row(own, "窗口") == ["便民窗口"]
    assert row(own, "地址") == ["青禾县云岭镇古岭村村民委员会"] and row(own, "工作时间")


def test_of_several_windows_each_has_its_own():
    two = [{"name": "一号窗口", "telephone": "0680-5559991"}, {"name": "二号窗口", "address": "后院"}]
    view, body = drawn(guide({"place": TOWN, "windows": two}))[0]
    assert [str(name) for one in view.rows for name, _ in one.groups] == ["一号窗口", "二号窗口"]
    assert "0680-5559991" in body and "后院" in body and "0680-5551001" in body


def test_documents_of_the_place_stand_with_their_basis():
    view, body = drawn(guide({"place": VILLAGE, "documents": [PAPER]}))[0]
    assert row(view, "另需材料") == ["村民小组意见"]
    assert "青禾县示例办法第三条" in body and "这里另需的材料" in body
    assert "这里另需的材料" not in drawn(guide({"place": VILLAGE}))[0][1]


def test_the_common_text_stands_there_once_and_without_the_other_places():
    one = guide({"place": TOWN}, {"place": VILLAGE})
    shared = offering_common(one, sample_edition("senior-allowance"), "zh-Hans")
    for view, body in drawn(one):
        assert body.count(str(shared)) == 1 and "办理地点和时间" not in body
        assert f"/apply/green?place={view.path.split('/')[-2]}" in body


def test_pages_are_valid_and_every_sample_has_them():
    edition = sample_edition()
    some = [one for one in edition.guides if offering_page.offered(one, edition)]
    assert len(some) > 10
    for locale in ("zh-Hans", "en"):
        view, body = drawn(some[0], locale)[0]
        parser = html5lib.HTMLParser(strict=False)
        parser.parseFragment(f"<main>{body}</main>")
        assert not parser.errors and body.count("<h1") == 1 and view.description


def test_the_paper_has_the_places_own_at_its_head():
    one = guide({"place": VILLAGE, "roles": ["files_for_people"], "documents": [PAPER]})
    offering: Offering = one.file.offerings[1]
    view = offering_page.paper(one, offering, sample_edition("senior-allowance"), "zh-Hans")
    assert view.title.text.endswith("古岭村便民服务站") and view.summary[0].label == "在这里可以"
    assert view.sections[0].key == "here-documents" and view.address.endswith(f"/guides/green/at/{VILLAGE}/")
    assert not [value for one in view.summary for value in one.values if value.href]


def test_a_place_that_takes_a_guide_up_or_gives_it_up_changes_pages_lists_and_map_as_a_whole_build_would(tmp_path):
    def around(*codes: str):
        return replace(sample_edition("senior-allowance"), guides=(guide(*({"place": code} for code in codes)),))

    site.publish(around(TOWN), tmp_path / "a")
    assert site.refresh(around(TOWN, VILLAGE), {"green"}, tmp_path / "a")
    page = tmp_path / f"a/current/guides/green/at/{VILLAGE}/index.html"
    assert "古岭村便民服务站" in page.read_text("utf-8") and f"/at/{VILLAGE}/" in "".join(
        file.read_text("utf-8") for file in (tmp_path / "a/current/sitemaps").iterdir())
    assert f'href="/guides/green/at/{VILLAGE}/"' in (tmp_path / f"a/current/places/{VILLAGE}/index.html").read_text("utf-8")
    paper = tmp_path / f"a/current/pdf/green.at-{TOWN}.pdf"
    paper.parent.mkdir(exist_ok=True)
    paper.write_bytes(b"%PDF")
    assert site.refresh(around(VILLAGE), {"green"}, tmp_path / "a")
    assert not paper.exists() and page.is_file() and not (page.parent.parent / TOWN / "index.html").exists()
    site.publish(around(VILLAGE), tmp_path / "b")
    many = [TOWN, VILLAGE, OTHER, "990421102000", "990421103000", "990421104000", "990421105000"]
    assert site.refresh(around(*many), {"green"}, tmp_path / "a") and (tmp_path / "a/current/guides/green/places/index.html").is_file()
    assert site.refresh(around(VILLAGE), {"green"}, tmp_path / "a") and not (tmp_path / "a/current/guides/green/places/index.html").exists()
    a, b = ({str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}
            for root in (tmp_path / "a/current/", tmp_path / "b/current/"))
    assert a == b
