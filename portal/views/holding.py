"""views: what every page of an application begins with: whose it is, what stands in it, and where the reader is."""
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, make_response, redirect, render_template, url_for

from portal import web
from portal.actions import applications
from portal.actions.acting import Acting
from portal.models.applications import Application, ApplicationState
from portal.queries import applications as asking
from portal.queries import items
from portal.rules import filling
from portal.rules.guide.text import Text
from portal.rules.item_words import Closed
from portal.views import unsent

DOCUMENTS = Text(zh="申请材料", en="Documents")
CHECK = Text(zh="核对并提交", en="Check and send")


@dataclass(frozen=True)
class Open:
    """A draft that is open: the row, its content, and what the guide makes of it."""

    application: Application
    content: dict[str, Any]
    filled: asking.Filled

    @cached_property
    def closed(self) -> Closed | None:
        """That the item takes nothing in now, where it does not: the draft stays."""
        return items.closed(web.db(), self.application.item)

    @property
    def times(self) -> dict[str, list]:
        return self.content["pages"]


@dataclass(frozen=True)
class Step:
    """A line of the list of pages."""

    title: Text
    address: str
    done: bool
    current: bool


def acting() -> Acting:
    return Acting(web.db(), web.parts().keys, web.parts().config, web.now())


def held(application_id: int) -> Application:
    """The application, for a session that holds it; to everybody else it does not exist."""
    application = asking.application(web.db(), application_id, web.now()) if web.holds(application_id) else None
    if application is None:
        response = make_response(render_template("applications/not_open.html", words=unsent.words()), 404)
        response.headers["Cache-Control"] = "no-store"
        abort(response)
    return application


def draft(application_id: int) -> Open:
    """The draft of that number; one that was sent already leads to its receipt."""
    application = held(application_id)
    if application.state != ApplicationState.DRAFT:
        abort(redirect(url_for("submissions.receipt", application_id=application_id)))
    return opened(application)


def opened(application: Application) -> Open:
    content = applications.content_of(application, web.parts().keys)
    return Open(application, content, asking.filled(application, content, asking.files(web.db(), application.id)))


def steps(one: Open, current: str | None = None) -> list[Step]:
    """All pages with whether they are done; `current` is the key of the one shown, or `check`."""
    number, open_at = one.application.id, {missing.page for missing in one.filled.missing}
    found = [Step(page.title, url_for("answers.page", application_id=number, key=page.key),
                  page.key in one.times and page.key not in open_at, page.key == current) for page in one.filled.pages]
    found.append(Step(DOCUMENTS, url_for("documents.documents", application_id=number),
                      one.filled.variant is not None and filling.DOCUMENTS not in open_at, current == filling.DOCUMENTS))
    return [*found, Step(CHECK, url_for("submissions.check", application_id=number), False, current == "check")]


def after(one: Open, key: str) -> str:
    """The address of the page that follows."""
    every = steps(one, key)
    at = next((number for number, step in enumerate(every) if step.current), -1)
    return every[min(at + 1, len(every) - 1)].address


def first_open(one: Open) -> str:
    """The first page that is not done."""
    return next(step.address for step in steps(one) if not step.done)
