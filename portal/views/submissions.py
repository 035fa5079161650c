"""views: checking everything on one page, sending it once, and the receipt that stays to be read again."""
from datetime import timedelta
from secrets import token_bytes

import segno
from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.applications import Send, Start
from portal import web
from portal.actions import accounts, applications, intake, throttling, vouchers
from portal.actions import answers as answering
from portal.models.applications import ApplicationState
from portal.queries import applications as asking
from portal.queries import guides, tracker
from portal.rules import answers as reading
from portal.rules import filling, tracking
from portal.rules.guide.text import Text
from portal.views.holding import Open, acting, draft, held, opened, steps

pages = Blueprint("submissions", __name__)
SENDS, SPAN = 300, timedelta(hours=1)
"""Applications sent from one address: a busy hall's, and far fewer than would hurt."""


@pages.get("/applications/<int:application_id>/check")
def check(application_id: int):
    return _page(draft(application_id), Send())


@pages.post("/applications/<int:application_id>/guide")
def carry_over(application_id: int):
    one = draft(application_id)
    revision = guides.in_force(web.db(), one.application.item_id) or abort(404)
    applications.carry_over(acting(), one.application, revision)
    web.db().commit()
    return redirect(url_for("submissions.check", application_id=application_id))


@pages.post("/applications/<int:application_id>/place")
def move(application_id: int):
    one = draft(application_id)
    places = _places(one, request.form)
    if not places.validate():
        return _page(one, Send(), places=places), 422
    offering = asking.offering(web.db(), one.application.item_id, places.place.data)
    applications.move_to(acting(), one.application, offering)
    web.db().commit()
    return redirect(url_for("submissions.check", application_id=application_id))


@pages.post("/applications/<int:application_id>/send")
def send(application_id: int):
    one, form = draft(application_id), Send(request.form)
    if not form.validate():
        return _page(one, form), 422
    if throttling.exhausted(web.db(), web.address_bucket("send"), SENDS, SPAN, web.now()):
        abort(429)
    web.let_others_write()
    pin = tracking.pin(token_bytes(tracking.RANDOM_BYTES))
    hashed = accounts.hash_password(pin)
    try:
        web.db().refresh(one.application)
        applications.submit(acting(), one.application, token_bytes(tracking.RANDOM_BYTES), pin, hashed)
        throttling.attempt(web.db(), web.address_bucket("send"), SENDS, SPAN, web.now())
        web.db().commit()
    except (StaleDataError, applications.AlreadySent):
        web.db().rollback()
    except (applications.NotComplete, applications.NewerGuide, applications.ItemClosed):
        web.db().rollback()
        return _page(draft(application_id), form), 422
    except applications.PlaceGone as gone:
        web.db().rollback()
        return _page(draft(application_id), form, problem=gone.text), 422
    except (intake.NoVariant, intake.NoDepartment):
        web.db().rollback()
        said = Text(zh="按您的选择，这份申请暂时没有对应的办理机关，没有提交。填写的内容都还在，请打咨询电话或到窗口办理。",
                    en="For what you chose there is no office that could handle it now, so nothing was sent. "
                       "What you filled in is still there; ring the enquiry number or go to a window.")
        return _page(draft(application_id), form, problem=said), 422
    return redirect(url_for("submissions.receipt", application_id=application_id))


@pages.get("/applications/<int:application_id>/receipt")
def receipt(application_id: int):
    application = held(application_id)
    if application.state == ApplicationState.DRAFT:
        return redirect(url_for("submissions.check", application_id=application_id))
    case = tracker.case_of(web.db(), application.id) or abort(404)
    voucher = tracker.receipt(web.db(), case.id) or abort(404)
    facts = vouchers.facts_of(voucher, answering.data_key(application, web.parts().keys))
    pin = facts.get("pin")
    if pin and not accounts.matches(application.pin_hash, pin):
        pin = None  # a window gave a new one since
    filled = opened(application).filled
    return render_template(
        "applications/receipt.html", application=application, case=case, guide=filled.guide, pin=pin, filled=filled,
        variant=filled.guide.variant(case.variant_key),
        code=tracking.shown(case.tracking_code), qr=_qr(tracking.shown(case.tracking_code)), voucher=voucher, if_today=tracker.due_if_accepted(web.db(), case),
        owner=tracker.name_of(case.department), place=asking.place_of(application.offering_revision))


def _qr(code: str) -> str:
    """The tracker's address as a picture that stands in the page itself."""
    address = f"{web.parts().config.public_url}/track/{code}"
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff")


def _places(one: Open, *sent) -> Start:
    return Start(asking.where(web.db(), one.application.item_id, one.filled.guide), *sent,
                 data={"place": one.application.offering_revision_id})


def _page(one: Open, form: Send, problem: Text | None = None, places: Start | None = None):
    filled = one.filled
    revision = guides.in_force(web.db(), one.application.item_id)
    changed = newer = None
    if revision is not None and revision.id != one.application.guide_revision_id:
        newer = revision
        changed = filling.difference(filled.guide, guides.guide_of(revision), one.content["answers"],
                                     asking.local_documents(one.application.offering_revision))
    divisions = asking.divisions(web.db()) if any(field.type == "division" for field in filled.guide.all_fields()) else {}
    sections = [(page, [(field, reading.said(field, filled.facts.get(field.key), divisions))
                        for field in filling.asked(page.fields, filled.facts)]) for page in filled.pages]
    titles = {page.key: page.title for page in filled.pages}
    return render_template(
        "applications/check.html", one=one, steps=steps(one, "check"), form=form, sections=sections, newer=newer,
        changed=changed, titles=titles, problem=problem, places=places or _places(one), place=asking.place_of(one.application.offering_revision),
        gone=revision is None and one.closed is None)
