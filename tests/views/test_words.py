"""The editors' desk for what people look for: words, searches that found nothing, items without a guide; and the page that people see."""
import gzip
import re

import pytest
from sqlalchemy import func, select

from portal import web
from portal.actions import catalogue, misses
from portal.models.guides import GuideRevision
from portal.models.readers import SearchMiss
from portal.models.search import Synonym
from portal.rules.calendar import legal_day
from portal.rules.catalogue.entries import Entry
from tests.engines import ENGINES
from tests.views.officers import at_desk

LIST = [Entry("县民政局", "殡葬服务设施建设审批", "殡葬", link="https://example.cn/1"), Entry("县林业局", "临时占用林地审批", source_code="X-0001-0002")]
DAY = legal_day(web.now())


@pytest.fixture
def written(app):
    """Runs a function in a writing session and commits: `written(lambda db: …)`."""
    def run(act):
        with app.extensions["banshi"].database.writing() as db:
            found = act(db)
            db.commit()
            return found
    return run


def missed(app) -> dict[str, int]:
    """What the table of searches that found nothing has, after what was gathered is written."""
    if "banshi_missed" in app.extensions:
        app.extensions["banshi_missed"].write()
    with app.extensions["banshi"].database.reading() as db:
        return dict(db.execute(select(SearchMiss.words, SearchMiss.times)).all())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_search_that_finds_nothing_comes_to_the_editors_without_a_number(app, client, published):
    published("food-business-licence")
    for query in ("量子火箭", "量子火箭", "食品经营许刻", "张三 13800000000", "食品经营", "竹山村", "量"):
        client.get(f"/search?q={query}")
    client.get("/search?q=量子火箭&page=2")
    assert missed(app) == {"量子火箭": 2, "食品经营许刻": 1}
    client.get("/search?q=量子火箭")
    assert missed(app)["量子火箭"] == 3
    page = at_desk(app, "bianji").get("/desk/searches")
    assert "1 个给出了相近的，1 个什么也没有给出" in page.text
    assert re.search("量子火箭 什么也没有 3", page.text) and re.search("食品经营许刻 相近的 食品经营许可 1", page.text)


def test_a_get_writes_nothing_and_keeps_its_limits(app, client, published, statements, written):
    published("food-business-licence", "open-restaurant", "resident-id-card", "senior-allowance")
    written(lambda db: catalogue.load(db, LIST))
    for address in ("/search", "/search?q=身分证&at=990421105201", "/search?q=许可&at=990421105201", "/search?q=食品火箭许可", "/search?q=shenfenzhegn", "/search?q=审批&only=items"):
        with statements() as sent:
            page = client.get(address)
        assert not [one for one in sent if not one.lstrip().upper().startswith(("SELECT", "WITH", "BEGIN"))]
        assert len([one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))]) <= 12, (address, len(sent))
        assert len(gzip.compress(page.html.encode(), 9)) <= 14 * 1024


def test_who_floods_the_search_fills_no_more(app, client, monkeypatch, written):
    from portal.views import missed as gathering

    monkeypatch.setattr(gathering, "MOST", 3)
    for sign in "甲乙丙丁戊":
        client.get(f"/search?q=火箭{sign}")
    assert len(missed(app)) == 3
    monkeypatch.setattr(misses, "MOST", 2)
    written(lambda db: misses.count(db, {"火箭己": 5}, DAY))
    assert missed(app).keys() >= {"火箭己"} and len(missed(app)) == 2


def test_the_page_says_that_what_it_offers_is_not_what_was_asked(client, published, written):
    published("resident-id-card")
    written(lambda db: catalogue.load(db, LIST))
    page = client.get("/search?q=身分证&at=990421105201")
    assert "没有找到“身分证”，以下按相近的字“身份证”查到" in page.text and "/guides/resident-id-card/" in page.html
    page = client.get("/search?q=审批")
    assert "还没有公布指南的事项（2 项）" in page.text and "县林业局" in page.text and "请打电话问" in page.text
    assert "The guide" not in client.get("/search?q=审批&lang=en").text


def test_a_chosen_place_goes_along_and_shows_where_it_is_done(client, published):
    published("senior-allowance")
    page = client.get("/search?q=高龄&at=990421105201")
    assert "/guides/senior-allowance/at/990421105201/" in page.html and "竹山村便民服务站" in page.text
    assert page.response.headers.get("Set-Cookie") is None
    assert client.get("/search?q=高龄&at=nowhere").response.status_code == 200
    found = client.get("/search?q=竹山")
    assert "/places/990421105201/" in found.links().values() and "tel:" in found.html


def test_a_village_is_chosen_after_its_township_without_a_script(client, published):
    published("senior-allowance")
    page = client.get("/search?q=高龄")
    assert "选好乡镇查一次，就可以再选村" in page.text and 'id="village"' not in page.html
    page = client.submit(page.form("要办什么事").set(at="990421105000"))
    offered = [one.get("value") for one in page.all("option")]
    assert "990421105201" in offered and len([code for code in offered if code.startswith("990421105") and code != "990421105000"]) < 40
    assert not [code for code in offered if code[6:9] not in ("", "105") and not code.endswith("000")], "of its own villages alone"
    chosen = client.get("/search?q=高龄&at=990421105000&at=990421105201")
    assert [one.get("value") for one in chosen.all("option") if one.get("selected") is not None] == ["990421105000", "990421105201"]
    assert "/guides/senior-allowance/at/990421105201/" in chosen.html
    elsewhere = client.get("/search?q=高龄&at=990421101000&at=990421105201")
    assert [one.get("value") for one in elsewhere.all("option") if one.get("selected") is not None] == ["990421101000"], "another township, and the old village"
    assert [one.get("value") for one in client.get("/search?q=高龄&at=&at=990421105201").all("option") if one.get("selected") is not None] == []
    piece = client.get("/search?q=高龄&at=990421105000", **{"HX-Request": "true"})
    assert '<div id="villages" hx-swap-oob="true">' in piece.html and "990421105201" in piece.html


def test_who_chose_a_place_is_led_to_its_page_of_the_guide(client, published):
    published("senior-allowance", "resident-id-card")
    def led(at: str, query: str, lang: str = "zh") -> str:
        return next(one.get("href") for one in client.get(f"/search?q={query}&at={at}&lang={lang}").all("a") if one.get("class") == "results__name")
    assert led("990421105201", "高龄") == "/guides/senior-allowance/at/990421105201/"
    assert led("990421105201", "高龄", "en") == "/en/guides/senior-allowance/at/990421105201/"
    assert led("", "高龄") == led("990421000000", "高龄") == "/guides/senior-allowance/"


def test_a_word_is_kept_changed_and_removed_and_search_uses_it_at_once(app, client, published):
    published("senior-allowance")
    editor = at_desk(app, "bianji")
    written = editor.get("/desk/words?word=寿星钱")
    page = editor.submit(written.form("群众怎么说").set(means="高龄津贴、老人"))
    assert "已保存" in page.text
    assert "在指南里也叫“高龄津贴”" in client.get("/search?q=寿星钱").text
    row = next(link for link in page.links().values() if link.startswith("/desk/words/"))
    stale = editor.get(row)
    page = editor.submit(editor.get(row).form("群众怎么说").set(means="高龄"))
    late = editor.submit(stale.form("群众怎么说").set(means="津贴"), status=409)
    assert "刚由别人改过" in late.text and "津贴" in late.html
    editor.submit(page.form("/remove"))
    with app.extensions["banshi"].database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Synonym)) == 0


def test_a_row_that_would_not_work_is_refused_beside_its_field(app, published):
    published("senior-allowance")
    editor = at_desk(app, "bianji")
    for word, means, said in (("证", "高龄", "2 到 20"), ("寿星钱", "", "至少写一个"), ("寿星钱", "量子火箭", "什么也查不到")):
        page = editor.submit(editor.get("/desk/words").form("群众怎么说").set(word=word, means=means), status=422)
        assert said in page.text and f'value="{word}"' in page.html


def test_what_was_missed_is_made_a_word_a_guide_or_put_aside(app, written):
    written(lambda db: misses.count(db, {"寿星钱": 3, "量子火箭": 2, "火箭票": 1}, DAY))
    editor = at_desk(app, "bianji")
    page = editor.get("/desk/searches")
    assert page.text.index("寿星钱") < page.text.index("量子火箭") < page.text.index("火箭票")
    assert "/desk/words?word=" in page.html
    forms = [form for form in page.all("form") if (form.get("action") or "").endswith("/dismiss")]
    assert len(forms) == 3
    page = editor.submit(page.form("/dismiss"))
    assert "寿星钱" not in page.text and "量子火箭" in page.text
    written(lambda db: misses.count(db, {"寿星钱": 1}, DAY))
    assert "寿星钱" not in editor.get("/desk/searches").text
    draft = editor.submit(page.form("/guide"))
    assert "量子火箭" in draft.text and "/edit" in draft.html
    assert "量子火箭" not in editor.get("/desk/searches").text


def test_a_guide_is_begun_from_the_catalogue_once(app, written):
    written(lambda db: catalogue.load(db, LIST))
    editor = at_desk(app, "bianji")
    page = editor.get("/desk/guides/missing")
    assert "共 2 项" in page.text and "https://example.cn/1" in page.links().values()
    assert "共 1 项" in editor.get("/desk/guides/missing?department=县林业局").text
    assert "共 1 项" in editor.get("/desk/guides/missing?q=殡葬").text and "共 0 项" in editor.get("/desk/guides/missing?q=%25").text
    form = page.form("/desk/guides/missing/")
    draft = editor.submit(form)
    assert "殡葬服务设施建设审批" in draft.text
    assert editor.submit(form).text == draft.text or "殡葬" in editor.submit(form).text
    with app.extensions["banshi"].database.reading() as db:
        assert db.scalar(select(func.count()).select_from(GuideRevision)) == 1
    assert "共 1 项" in editor.get("/desk/guides/missing").text
    assert "殡葬服务设施建设审批" in editor.get("/desk/guides").text


def test_who_is_no_editor_begins_nothing(app, written):
    written(lambda db: catalogue.load(db, LIST))
    officer = at_desk(app, "shichang.window")
    page = officer.get("/desk/guides/missing")
    assert not [form for form in page.all("form") if "/desk/guides/missing/" in (form.get("action") or "")]
    officer.get("/desk/words", status=404)
    officer.get("/desk/searches", status=404)
