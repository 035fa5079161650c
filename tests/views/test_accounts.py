"""Staff sign in and out; guessing is slowed; nobody is led to another site."""
from tests.conftest import PASSWORD
from tests.inspector import Inspector
from tests.views.officers import at_desk


def test_staff_sign_in(client):
    page = client.sign_in("admin", PASSWORD)
    assert page.status == 200


def test_a_wrong_password_keeps_the_name(client):
    form = client.get("/desk/sign-in").form("password").set(username="admin", password="wrong")
    page = client.submit(form, status=422)
    assert "用户名或密码不对" in page.text
    assert page.form("password").data["username"] == "admin"


def test_guessing_is_slowed(client):
    for _ in range(10):
        client.submit(client.get("/desk/sign-in").form("password").set(username="admin", password="wrong"), status=422)
    form = client.get("/desk/sign-in").form("password").set(username="admin", password=PASSWORD)
    assert "尝试次数太多" in client.submit(form, status=429).text


def test_after_sign_in_only_inside(client):
    for address in ("https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example"):
        form = client.get("/desk/sign-in").form("password").set(username="admin", password=PASSWORD, next=address)
        assert client.submit(form, follow=False, status=302).response.location == "/desk"


def test_another_sites_form_is_refused(client):
    data = {"username": "admin", "password": PASSWORD}
    client.post("/desk/sign-in", data, status=403, Origin="https://evil.example")


def test_anonymous_pages_set_no_cookie(client):
    assert "Set-Cookie" not in client.get("/search?q=%E8%AE%B8%E5%8F%AF").response.headers


NEW = "蓝色 窗台 三只猫 2026"


def change(browser, status=200, **typed):
    form = browser.get("/desk/password").form("again")
    return browser.submit(form.set(**({"old": PASSWORD, "new": NEW, "again": NEW} | typed)), status=status)


def test_staff_change_their_password_and_every_other_session_ends(app):
    here, there, others = at_desk(app, "bianji"), at_desk(app, "bianji"), at_desk(app, "fazhi")
    assert "密码已经改好" in change(here).text
    assert "指南编审" in here.get("/desk/guides").text and "指南编审" in others.get("/desk/guides").text
    assert there.get("/desk/guides").response.request.path == "/desk/sign-in"
    fresh = Inspector(app)
    form = fresh.get("/desk/sign-in").form("password").set(username="bianji", password=PASSWORD)
    assert "密码不对" in fresh.submit(form, status=422).text
    assert fresh.sign_in("bianji", NEW).status == 200


def test_a_new_password_is_long_another_and_typed_twice(app):
    browser = at_desk(app, "bianji")
    for typed, said in (({"new": "short", "again": "short"}, "至少 10 个字符"), ({"new": PASSWORD, "again": PASSWORD}, "和现在的一样"),
                        ({"new": "BianJi-2026-long", "again": "BianJi-2026-long"}, "不要有用户名"), ({"again": "another one"}, "不一样"),
                        ({"old": "wrong"}, "密码没有改")):
        page = change(browser, status=422, **typed)
        assert said in page.text and NEW not in page.html
    assert Inspector(app).sign_in("bianji", PASSWORD).status == 200


def test_guessing_the_old_password_is_slowed_as_signing_in_is(app):
    browser = at_desk(app, "bianji")
    for _ in range(10):
        change(browser, status=422, old="wrong")
    assert "尝试次数太多" in change(browser, status=429).text
    assert "Change password" in browser.get("/desk/password?lang=en").text
