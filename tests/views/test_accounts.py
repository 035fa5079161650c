"""Staff sign in and out; guessing is slowed; nobody is led to another site."""
from tests.conftest import PASSWORD


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
