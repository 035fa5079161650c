"""The public front: search by name and nonsense, the language that goes along, health, the site's files."""
from portal.queries import search as searching


def test_search_without_a_hit_says_what_to_do(client):
    page = client.get("/search?q=%E9%87%8F%E5%AD%90")
    assert "没有找到" in page.text


def test_the_language_of_the_address_goes_along(client):
    page = client.get("/search?lang=en&q=x")
    assert page.root.find(".//{http://www.w3.org/1999/xhtml}html") is None
    assert page.all("html")[0].get("lang") == "en" if page.all("html") else page.root.get("lang") == "en"
    form = next(form for form in page.all("form") if form.get("action", "").startswith("/search"))
    assert any(field.get("name") == "lang" for field in form.iter("{http://www.w3.org/1999/xhtml}input"))
    assert "lang=en" in page.html


def test_a_chosen_language_is_remembered(client):
    page = client.submit(client.get("/desk/sign-in").form("English").press("English"), follow=False, status=302)
    assert "lang=en" in page.response.headers["Set-Cookie"]
    assert client.get("/desk/sign-in").root.get("lang") == "en" or 'lang="en"' in client.get("/desk/sign-in").html


def test_the_language_leads_back_inside_only(client):
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example"):
        answer = client.post("/language", {"lang": "en", "next": address}, follow=False, status=302)
        assert answer.response.location == "/"


def test_health(client):
    assert client.get("/healthz").response.json == {"state": "ok"}


def test_the_site_serves_only_its_own_files(client, config):
    folder = config.data / "site" / "1"
    (folder / "guides").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><html lang=zh><title>x</title><body><main><h1>首页</h1></main></body></html>")
    (folder.parent / "current").symlink_to("1")
    assert client.get("/").h1 == "首页"
    for path in ("/../banshi.sqlite", "/%2e%2e/banshi.sqlite", "/..%2fbanshi.sqlite", "/guides/", "/.git/config", "/\x00"):
        client.get(path, status=404)


def test_all_that_is_found_is_counted_and_reached_page_by_page(client, published, monkeypatch):
    published("food-business-licence", "open-restaurant", "pesticide-business-licence")
    monkeypatch.setattr(searching, "PAGE", 2)
    page = client.get("/search?q=经营")
    names = [link for link in page.links().values() if link.startswith("/guides/") and link != "/guides/"]
    assert "找到 3 项" in page.text and "第 1 页，共 2 页" in page.text and len(names) == 2
    page = client.get(page.links()["下一页"])
    more = [link for link in page.links().values() if link.startswith("/guides/") and link != "/guides/"]
    assert len(more) == 1 and not set(more) & set(names) and page.links()["上一页"]
    assert "没有这一页" in client.get("/search?q=经营&page=9").text
    client.get("/search?q=经营&page=-3")


def test_htmx_gets_the_results_alone_and_who_goes_back_the_page(client, published):
    published("food-business-licence")
    piece = client.get("/search?q=食品", **{"HX-Request": "true"})
    assert "<html" not in piece.html and piece.all("h2")[0].get("autofocus") is not None
    assert "HX-Request" in piece.response.headers["Vary"]
    back = client.get("/search?q=食品", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert back.h1 and back.all("h2")[0].get("autofocus") is None


def test_an_english_reader_sees_the_department_in_english(client, published):
    published("food-business-licence")
    assert "Market Regulation" in client.get("/search?q=food&lang=en").text


def test_a_poster_and_a_workbook_are_made_for_who_asks(client, config, published, monkeypatch):
    from pdfs import posters

    published("food-business-licence")
    folder = config.data / "site" / "1"
    folder.mkdir(parents=True)
    (folder.parent / "current").symlink_to("1")
    monkeypatch.setattr(posters, "render", lambda values: b"%PDF " + values["heading"].encode())
    answer = client.get("/pdf/place-990421000000.pdf").response
    assert answer.mimetype == "application/pdf" and "在这里可以办的1件事" in answer.data.decode()
    answer = client.get("/data/sheets/place-990421000000.xlsx").response
    assert answer.mimetype.endswith("spreadsheetml.sheet") and answer.data.startswith(b"PK")
    assert (folder / "pdf/place-990421000000.pdf").is_file()
    for path in ("/pdf/place-1.pdf", "/data/sheets/nothing.xlsx", "/data/nothing.json"):
        client.get(path, status=404)


def test_an_offerings_paper_is_made_for_who_asks_and_only_where_it_is_offered(client, config, published, monkeypatch):
    from pdfs import guides

    published("senior-allowance")
    folder = config.data / "site" / "1"
    folder.mkdir(parents=True)
    (folder.parent / "current").symlink_to("1")
    monkeypatch.setattr(guides, "render", lambda page: b"%PDF " + page.title.text.encode())
    answer = client.get("/pdf/senior-allowance.at-990421101202.pdf").response
    assert answer.mimetype == "application/pdf" and answer.data.decode().endswith("古岭村便民服务站")
    assert "Guling" in client.get("/pdf/senior-allowance.at-990421101202.en.pdf").response.data.decode()
    for path in ("senior-allowance.at-990421000000", "senior-allowance.at-990421101299", "nothing.at-990421101202"):
        client.get(f"/pdf/{path}.pdf", status=404)


def test_who_comes_to_a_place_that_offers_a_guide_no_more_is_led_to_the_guide(client, config):
    folder = config.data / "site" / "1"
    (folder / "guides/green").mkdir(parents=True)
    (folder / "guides/green/index.html").write_text("<!doctype html>", "utf-8")
    (folder.parent / "current").symlink_to("1")
    answer = client.browser.get("/guides/green/at/990421101202/")
    assert (answer.status_code, answer.location) == (302, "/guides/green/")
    client.get("/guides/other/at/990421101202/", status=404)
    client.get("/en/guides/green/at/990421101202/", status=404)
