"""views: the calendar of working days, kept year by year by an administrator: what differs is shown before it is kept."""
import hashlib
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for

from forms.calendars import Year as Form
from portal import languages, web
from portal.actions import calendars
from portal.queries import calendars as asking
from portal.queries.calendars import Year
from portal.rules.calendar import Calendar, legal_day
from portal.rules.calendar_seed import seed
from portal.rules.calendar_year import Difference, calendar_of, compare, doubts, of_year, written
from portal.rules.guide.text import Text

pages = Blueprint("calendars", __name__)
SHOWN = 3
"""So many past years are listed, and may still be changed."""
AHEAD = 2


@dataclass(frozen=True)
class Checked:
    """What the days differ in: from what is kept, and from a second source (None: none knows the year)."""

    kept: list[Difference]
    second: list[Difference] | None
    named: str
    doubts: list[Text]


@pages.get("/desk/calendar")
def listed():
    today = legal_day(web.now())
    rows = {row.year: (row, off, on) for row, off, on in asking.years(web.db(), today.year - SHOWN)}
    every = sorted({*rows, today.year, today.year + 1}, reverse=True)
    return render_template("calendars/list.html", rows=[(year, *rows.get(year, (None, 0, 0))) for year in every], behind=asking.not_recounted(web.db()))


@pages.get("/desk/calendar/<int:year>")
def show(year: int):
    kept = _kept(year)
    data = {"days": written(kept.days.items()), "seen": kept.row.digest if kept.row else "",
            "official": "yes" if kept.row and kept.row.official else "no", "source": kept.row.source if kept.row else ""}
    return _page(kept, Form(year=year, data=data))


@pages.post("/desk/calendar/<int:year>")
def keep(year: int):
    """Looks at what was typed first; what was looked at, and is typed still, is kept."""
    kept, form = _kept(year), Form(request.form, request.files, year=year)
    if not form.validate():
        return _page(kept, form), 422
    digest = hashlib.sha256(repr((sorted(form.found.items()), sorted(form.second_found.items()), form.official.data)).encode()).hexdigest()
    form.days.data = written(form.found.items())
    if form.checked.data != digest:
        form.checked.data = digest
        return _page(kept, form, _checked(kept, form))
    try:
        changed = calendars.change(web.db(), web.staff(), year, form.found, form.official.data == "yes", form.source.data, form.reason.data,
                                   web.now(), seen=form.seen.data)
        web.db().commit()
    except calendars.Overtaken as problem:
        web.db().rollback()
        now = _kept(year)
        form.seen.data, form.checked.data = now.row.digest if now.row else "", ""
        return _page(now, form, _checked(now, form), problem.text), 409
    return redirect(url_for("calendars.show", year=year, kept="yes" if changed else "same"))


def _kept(year: int) -> Year:
    """The year as it is kept; 404 for one that is neither near nor kept."""
    today = legal_day(web.now())
    found = asking.one_year(web.db(), year) if today.year - SHOWN <= year <= today.year + AHEAD else None
    return found or abort(404)


def _checked(kept: Year, form: Form) -> Checked:
    year, second = kept.year, form.second_found
    mine = of_year(form.found.items(), year)
    package = seed()
    other: Calendar | None = calendar_of(second, {year}) if second else package if package.is_official(date(year, 1, 1)) else None
    here = calendar_of(mine, {year})
    return Checked(compare(year, here, calendar_of(dict(kept.days), {year})), compare(year, here, other) if other else None,
                   "second" if second else "package", doubts(year, mine, form.official.data == "yes"))


def _page(kept: Year, form: Form, checked: Checked | None = None, told: Text | None = None):
    return render_template("calendars/year.html", kept=kept, form=form, checked=checked, told=told, locale=languages.current(),
                           beside=sorted(day for day in form.found if day.year != kept.year))
