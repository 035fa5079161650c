"""views: the tracker: who has the code sees where the case stands; who has the PIN beside it may act and read the papers."""
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from forms.tracker import Look, Pin
from portal import languages, web
from portal.actions import accounts, throttling
from portal.models.cases import Case, CaseState
from portal.models.vouchers import Voucher
from portal.publishing import flowchart
from portal.publishing import vouchers as printing
from portal.queries import tracker
from portal.rules import progress, tracking
from portal.rules.calendar import legal_day
from portal.views.pieces import in_place

pages = Blueprint("tracker", __name__)
MISSES, SPAN = 300, timedelta(minutes=10)
PINS, ALL_PINS, HALL_PINS, DAY = 10, 200, 500, timedelta(days=1)
"""Wrong PINs a day: of one case from one address, of one case from all addresses, and of all cases from one address.

There are 999,978 PINs, all equally likely (`rules.tracking.pin`). Who has the tracking code finds the PIN from one address
with a chance of 1 in 100,000 a day, and with any number of addresses of 1 in 5,000; who has the codes of fifty cases and
more finds one of their PINs from one address with 1 in 2,000. A new PIN from a window begins with all its tries.
"""
FRESH, KEPT = 60, 500
"""Seconds for which a page of a case that did not change is kept, and how many pages."""


@pages.get("/track")
def look():
    return render_template("tracker/look.html", form=Look())


@pages.post("/track")
def look_post():
    form = Look(request.form)
    if not form.validate():
        return render_template("tracker/look.html", form=form), 422
    return redirect(url_for("tracker.show", code=tracking.shown(form.read_code)))


@pages.get("/track/<code>")
def show(code: str):
    """The page that most people ask for, most of them without a session: theirs is the same for all, and is drawn once
    a minute for each version of the case."""
    found = _glance(code) if web.session() is None and set(request.args) <= {"lang"} else None
    if found is None:
        return _drawn(code)
    kept = current_app.extensions.setdefault("tracker", OrderedDict())
    key = found.id, found.version, int(web.now().timestamp()) // FRESH, request.full_path, languages.current()
    page = kept.get(key)
    if page is None:
        page = kept[key] = _drawn(code)
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return page


def _glance(code: str):
    """The case's version where the code is right and the address has not guessed too often; else None, and the whole way
    is gone, which says what is wrong."""
    try:
        read = tracking.read_tracking_code(code)
    except tracking.TrackingProblem:
        return None
    found = tracker.glance(web.db(), read, web.address_bucket("track"), throttling.starts_at(SPAN, web.now()))
    return found if found is not None and (found.misses or 0) < MISSES else None


def _drawn(code: str) -> str:
    case = _case(code, tracker.row_of)
    seen = tracker.tracked(web.db(), case, legal_day(web.now()))
    drawn = {"owner": seen.owner.zh, "departments": seen.departments}
    return render_template(
        "tracker/show.html", seen=seen, case=case, code=tracking.shown(case.tracking_code), holds=web.holds(case.application_id),
        steps=flowchart.steps(seen.variant, languages.current(), seen.marks, labels=seen.guide.labels(),
                              options=seen.guide.option_labels(), **drawn),
        chart=Markup(flowchart.draw(seen.variant, languages.current(), seen.marks, **drawn)), names=progress.PAPERS)


@pages.get("/track/<code>/sign-in")
def sign_in(code: str):
    return _sign_in(_case(code), Pin(data={"next": request.args.get("next", "")}))


@pages.post("/track/<code>/sign-in")
def sign_in_post(code: str):
    case, form = _case(code), Pin(request.form)
    if not form.validate():
        return in_place(_sign_in(case, form), 422, "sign-in")
    db, hashed = web.db(), case.application.pin_hash
    limits = _pin_limits(case)
    free = throttling.attempts(db, limits, web.now())
    db.commit()  # the PIN's hash is slow by intent, and nobody should wait for it at the gate
    if not free:
        form.pin.errors = [_("办理密码错得太多，为了您的安全请明天再试，或者带身份证到窗口重取办理密码，当场就能用。")]
        return in_place(_sign_in(case, form), 429, "sign-in")
    if not accounts.matches(hashed, form.read_pin):
        form.pin.errors = [_("办理密码不对，请对照回执再输一次；丢了可以带身份证到窗口重取。")]
        return in_place(_sign_in(case, form), 422, "sign-in")
    throttling.take_back(db, limits, web.now())
    web.hold(case.application_id)
    db.commit()
    return web.lead_on(_next(case, form.next.data))


@pages.get("/track/<code>/papers/<int:voucher_id>.pdf")
def paper(code: str, voucher_id: int):
    case = _case(code)
    if not web.holds(case.application_id):
        return redirect(url_for("tracker.sign_in", code=tracking.shown(case.tracking_code), next=voucher_id))
    voucher = web.db().get(Voucher, voucher_id)
    if voucher is None or voucher.case_id != case.id:
        abort(404)
    parts = web.parts()
    response = make_response(printing.issued(parts.database, parts.keys, parts.storage, voucher.id, web.now()))
    response.mimetype = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=f"{voucher.kind}-{case.number}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _case(code: str, asking: Callable = tracker.by_code) -> Any:
    """The case of a code as typed; a miss is counted, and after too many nobody at that address is answered."""
    try:
        read = tracking.read_tracking_code(code)
    except tracking.TrackingProblem as problem:
        abort(make_response(_missed(code, problem.text.said(languages.current())), 404))
    bucket = web.address_bucket("track")
    if throttling.exhausted(web.db(), bucket, MISSES, SPAN, web.now()):
        abort(make_response(_missed(code, _("查询次数太多，请十分钟后再试。")), 429))
    case = asking(web.db(), read)
    if case is None:
        _count_miss(bucket)
        abort(make_response(_missed(code, _("没有找到这个查询码的办件。请对照回执逐个字符核对；办件在提交后马上就能查到。")), 404))
    return case


def _count_miss(bucket: str) -> None:
    """A page that only reads has a session that cannot write, so the miss is written in one of its own."""
    if request.method == "POST":
        throttling.attempt(web.db(), bucket, MISSES, SPAN, web.now())
        web.db().commit()
        return
    with web.parts().database.writing() as db:
        throttling.attempt(db, bucket, MISSES, SPAN, web.now())
        db.commit()


def _missed(code: str, sentence: str) -> str:
    form = Look(data={"code": code[:40]})
    form.code.errors = [sentence]
    return render_template("tracker/look.html", form=form, missed=True)


def _pin_limits(case: Case) -> list[throttling.Limit]:
    """The buckets are of the PIN, not of the case alone, so that a new one is nobody's to shut out."""
    pin, blind = f"{case.tracking_code} {case.application.pin_hash}", web.parts().keys.blind
    here = web.address_bucket("pin")
    return [throttling.Limit(blind(f"{pin} {here}", "throttle.pin"), PINS, DAY), throttling.Limit(blind(pin, "throttle.pin"), ALL_PINS, DAY),
            throttling.Limit(here, HALL_PINS, DAY)]


def _sign_in(case: Case, form: Pin):
    return render_template("tracker/sign_in.html", form=form, code=tracking.shown(case.tracking_code))


def _next(case: Case, wanted: str | None) -> str:
    code = tracking.shown(case.tracking_code)
    if wanted == "withdraw":
        return url_for("withdrawals.withdraw", application_id=case.application_id)
    if wanted and wanted.isdigit():
        return url_for("tracker.paper", code=code, voucher_id=int(wanted))
    if case.state == CaseState.CORRECTION:
        return url_for("corrections.correction", application_id=case.application_id)
    return url_for("tracker.show", code=code)
