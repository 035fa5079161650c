"""cli/bench: a browser without a window: it reads forms, sends them, and counts what a page costs."""
import gzip
from html.parser import HTMLParser
from typing import NamedTuple

from flask import Flask
from sqlalchemy import event

from portal.db import Database

NOT_COUNTED = ("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Seen(NamedTuple):
    """A page as it came: where, its state, its bytes on the line, its plain text, and the statements it took."""

    address: str
    status: int
    packed: int
    html: str
    statements: int

    def form(self, action_ends_with: str) -> dict[str, object]:
        """What the form with that action would send if nothing were typed. LookupError where there is none."""
        reader = _Forms()
        reader.feed(self.html)
        for action, data in reader.forms:
            if action.partition("?")[0].endswith(action_ends_with):
                return {"": action, **data}
        raise LookupError(f"{self.address} has no form to {action_ends_with}, but {[action for action, _ in reader.forms]}")


class Browser:
    """Follows redirects, keeps its cookies, takes gzip. `pages` has every page seen."""

    def __init__(self, app: Flask):
        self.client, self.pages = app.test_client(), []
        self._database: Database = app.extensions["banshi"].database

    def get(self, address: str) -> Seen:
        return self._see(lambda: self.client.get(address, headers={"Accept-Encoding": "gzip"}), address)

    def send(self, page: Seen, action: str, **typed: object) -> Seen:
        """Sends a form of the page with these values beside its own; the page that follows."""
        data = {**page.form(action), **typed}
        address = str(data.pop(""))
        answer = self._see(lambda: self.client.post(address, data=data, headers={"Accept-Encoding": "gzip"}), address)
        while answer.status in (301, 302, 303):
            answer = self.get(answer.html)
        if answer.status >= 400:
            raise LookupError(f"{address} answers {answer.status}: {answer.html[-3000:]}")
        return answer

    def _see(self, ask, address: str) -> Seen:
        counted = 0

        def count(connection, cursor, statement, *rest):
            nonlocal counted
            counted += not statement.lstrip().upper().startswith(NOT_COUNTED)

        event.listen(self._database.engine, "before_cursor_execute", count)
        try:
            response = ask()
        finally:
            event.remove(self._database.engine, "before_cursor_execute", count)
        body = response.get_data()
        plain = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
        text = response.location if response.status_code in (301, 302, 303) else plain.decode("utf-8", "replace")
        page = Seen(address, response.status_code, len(body), text, counted)
        self.pages.append(page)
        return page


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[tuple[str, dict[str, object]]] = []
        self._select = ""

    def handle_starttag(self, tag, attrs):
        got = dict(attrs)
        if tag == "form":
            self.forms.append((got.get("action", ""), {}))
        elif self.forms:
            self._control(tag, got, self.forms[-1][1])

    def _control(self, tag, got, data):
        name = got.get("name")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in got or (self._select not in data and got.get("value"))):
            data[self._select] = got.get("value", "")
        elif tag == "input" and name and got.get("type", "text") not in ("checkbox", "radio", "file", "submit"):
            data[name] = got.get("value", "")
        elif tag == "input" and name and "checked" in got:
            data[name] = got.get("value", "on")
        elif tag == "textarea" and name:
            data[name] = ""

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""

