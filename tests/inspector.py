"""A client that reads every page as a strict browser does: valid HTML, one h1, labelled fields, nothing inline."""
import copy
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from xml.etree import ElementTree

import html5lib
from werkzeug.test import TestResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
TOKEN = re.compile(r'(?<=<input type="hidden" name="csrf_token" value=")[0-9a-f]{16,}(?=")')
"""A form's token, which is another one each time a page is rendered."""


class BadPage(AssertionError):
    """A page that a person or her machine could stumble over."""


class Page:
    """One answer, parsed. `text` is what a reader sees, `forms` are the forms in order."""

    def __init__(self, response: TestResponse, url: str):
        self.response, self.url, self.status = response, url, response.status_code
        self.html = response.get_data(as_text=True)
        self.root = _tree(self.html)
        self.text = " ".join(" ".join(self.root.itertext()).split())

    def all(self, tag: str) -> list[ElementTree.Element]:
        return list(self.root.iter(NAMESPACE + tag))

    @property
    def h1(self) -> str:
        return "".join(self.all("h1")[0].itertext()).strip()

    def links(self) -> dict[str, str]:
        """Visible text to address."""
        return {" ".join("".join(a.itertext()).split()): a.get("href") for a in self.all("a") if a.get("href")}

    def form(self, containing: str = "") -> "Form":
        """The first form whose markup or buttons have the words."""
        for form in self.all("form"):
            if containing in ElementTree.tostring(form, encoding="unicode"):
                return Form(form, self.url)
        raise AssertionError(f"no form with {containing!r} on {self.url}: {self.text[:300]}")


class Form:
    """A form as the browser would send it; set values by name, then `client.submit(form)`."""

    def __init__(self, element: ElementTree.Element, url: str):
        self.action = element.get("action") or url
        self.method = (element.get("method") or "get").lower()
        self.data: dict[str, object] = {}
        self.names: set[str] = set()
        self.buttons: list[tuple[str, str, str]] = []
        for control in element.iter():
            self._take(control)

    def _take(self, control) -> None:
        tag, name = control.tag.removeprefix(NAMESPACE), control.get("name")
        if tag == "button" and name:
            self.buttons.append((name, control.get("value") or "", "".join(control.itertext()).strip()))
        if not name or tag not in {"input", "select", "textarea"}:
            return
        self.names.add(name)
        kind = control.get("type", "text")
        if tag == "textarea":
            self.data[name] = "".join(control.itertext()).removeprefix("\n")
        elif tag == "select":
            options = list(control.iter(NAMESPACE + "option"))
            chosen = next((one for one in options if one.get("selected") is not None), options[0] if options else None)
            if chosen is not None:
                self.data[name] = chosen.get("value", "".join(chosen.itertext()))
        elif kind in {"checkbox", "radio"}:
            if control.get("checked") is not None:
                value = control.get("value", "on")
                if kind == "checkbox" and name in self.data:
                    self.data[name] = [*(self.data[name] if isinstance(self.data[name], list) else [self.data[name]]), value]
                else:
                    self.data[name] = value
        elif kind not in {"file", "submit", "image"}:
            self.data[name] = control.get("value", "")

    def set(self, **values) -> "Form":
        """Types into fields; a name that the form does not have is an error, as in a browser."""
        unknown = set(values) - self.names
        if unknown:
            raise AssertionError(f"the form has no {sorted(unknown)}; it has {sorted(self.names)}")
        self.data.update(values)
        return self

    def press(self, words: str) -> "Form":
        """Chooses the button whose text or value has the words."""
        for name, value, text in self.buttons:
            if words in text or words == value:
                self.data[name] = value
                return self
        raise AssertionError(f"no button {words!r} among {self.buttons}")


class Inspector:
    """A Flask test client whose every HTML page is inspected. Redirects are followed, as people do."""

    def __init__(self, app, **headers: str):
        self.browser = app.test_client()
        self.headers = headers

    def get(self, url: str, *, status: int = 200, follow: bool = True, **headers: str) -> Page:
        return self._page(self.browser.get(url, follow_redirects=follow, headers={**self.headers, **headers}), url, status)

    def post(self, url: str, data: dict, *, status: int = 200, follow: bool = True, **headers: str) -> Page:
        answer = self.browser.post(url, data=data, follow_redirects=follow, headers={**self.headers, **headers},
                                   content_type="multipart/form-data")
        return self._page(answer, url, status)

    def submit(self, form: Form, *, status: int = 200, follow: bool = True, **headers: str) -> Page:
        if form.method == "get":
            answer = self.browser.get(form.action, query_string=form.data, follow_redirects=follow,
                                      headers={**self.headers, **headers})
            return self._page(answer, form.action, status)
        return self.post(form.action, form.data, status=status, follow=follow, **headers)

    def sign_in(self, username: str, password: str) -> Page:
        form = self.get("/desk/sign-in").form("password").set(username=username, password=password)
        return self.submit(form)

    def _page(self, response: TestResponse, url: str, status: int) -> Page:
        where = response.request.path if response.request else url
        if response.status_code != status:
            raise AssertionError(f"{where}: {response.status_code} instead of {status}: "
                                 f"{re.sub('<[^>]+>', ' ', response.get_data(as_text=True))[:800]}")
        leads_on = 300 <= response.status_code < 400
        page = Page(response, where) if response.mimetype == "text/html" and not leads_on else Raw(response)
        if isinstance(page, Page):
            inspect(page)
        return page


class Raw:
    """An answer that is no page: a PDF, a picture, JSON, or nothing."""

    def __init__(self, response: TestResponse):
        self.response, self.status, self.data = response, response.status_code, response.get_data()


def inspect(page: Page) -> None:
    """Raises BadPage for what a validator, a screen reader or the CSP would object to."""
    whole = "<html" in page.html
    if whole:
        _has_frame(page)
    _has_unique_ids(page)
    _has_labels(page)
    _has_nothing_inline(page)
    for image in page.all("img"):
        if image.get("alt") is None:
            raise BadPage(f"{page.url}: an image without alt")


def _tree(html: str) -> ElementTree.Element:
    """The tree of a page. One that comes again with nothing new but its tokens is a copy with these tokens."""
    tokens = TOKEN.findall(html)
    root = _parsed(TOKEN.sub("0" * 16, html), fragment="<html" not in html)
    if tokens:
        root = copy.deepcopy(root)
        fields = [one for one in root.iter(NAMESPACE + "input") if one.get("name") == "csrf_token" and one.get("value")]
        for field, token in zip(fields, tokens, strict=True):
            field.set("value", token)
    return root


@lru_cache(maxsize=512)
def _parsed(html: str, fragment: bool) -> ElementTree.Element:
    """The tree, which nobody changes: a page that comes again byte for byte need not be read again."""
    parser = html5lib.HTMLParser(strict=True)
    try:
        return parser.parseFragment(html) if fragment else parser.parse(html)
    except html5lib.html5parser.ParseError as error:
        line, column = parser.errors[-1][0]
        near = html.splitlines()[line - 1][max(0, column - 80):column + 40] if html else ""
        raise BadPage(f"bad HTML: {parser.errors[-1][1:]}: …{near}…") from error


def _has_frame(page: Page) -> None:
    if len(page.all("h1")) != 1:
        raise BadPage(f"{page.url}: {len(page.all('h1'))} h1")
    html = page.root if page.root.tag == NAMESPACE + "html" else page.all("html")[0]
    if not html.get("lang"):
        raise BadPage(f"{page.url}: no lang")
    if not "".join(page.all("title")[0].itertext()).strip(" ·"):
        raise BadPage(f"{page.url}: no title")
    if len(page.all("main")) != 1:
        raise BadPage(f"{page.url}: {len(page.all('main'))} main")
    levels = [int(e.tag[-1]) for e in page.root.iter() if isinstance(e.tag, str) and re.fullmatch(r".*\}h[1-6]", e.tag)]
    for before, after in pairwise(levels):
        if after > before + 1:
            raise BadPage(f"{page.url}: h{before} is followed by h{after}")


def _has_unique_ids(page: Page) -> None:
    ids = [element.get("id") for element in page.root.iter() if element.get("id") is not None]
    twice = {one for one, times in Counter(ids).items() if times > 1}
    if twice:
        raise BadPage(f"{page.url}: ids twice: {sorted(twice)}")
    known = set(ids)
    for element in page.root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (element.get(attribute) or "").split():
                if target not in known:
                    raise BadPage(f"{page.url}: {attribute}={target!r} points nowhere")


def _has_labels(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for tag in ("input", "select", "textarea"):
        for control in page.all(tag):
            named = control.get("id") in labelled or id(control) in inside or control.get("aria-label")
            if control.get("type") not in UNLABELLED and not named:
                raise BadPage(f"{page.url}: {tag} {control.get('name')!r} has no label")
    for button in page.all("button"):
        if not "".join(button.itertext()).strip() and not button.get("aria-label"):
            raise BadPage(f"{page.url}: a button without words")


def _has_nothing_inline(page: Page) -> None:
    if page.response.headers.get("Content-Security-Policy", "").count("sha256-"):
        return  # a page of the published site, whose own styles and scripts are hashed
    for element in page.root.iter():
        for attribute in element.attrib:
            if isinstance(attribute, str) and (attribute.startswith("on") or attribute == "style"):
                raise BadPage(f"{page.url}: inline {attribute}")
    if any("".join(script.itertext()).strip() for script in page.all("script")):
        raise BadPage(f"{page.url}: an inline script")
    if any(not element.tag.startswith("{http://www.w3.org/2000/svg}") for element in page.all("style")):
        raise BadPage(f"{page.url}: an inline style")
