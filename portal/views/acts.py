"""views: the acts of an officer on a case. Each is one form; who comes too late reads what happened, and loses no word."""
from collections.abc import Callable
from secrets import token_bytes

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms import cases as forms
from portal import languages, web
from portal.actions import accounts, handling
from portal.actions import answers as answering
from portal.actions import cases as acts
from portal.actions.acting import Acting, NotNow
from portal.models.cases import Case, CaseState, StageState
from portal.queries import applications, clock, guides
from portal.queries import cases as asking
from portal.queries.folder import folder
from portal.rules import filling, permissions, tracking
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import DeliveryWay, End
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer
from portal.rules.serving import ANSWER_DAYS
from portal.rules.stages import NoSuchMove
from portal.rules.transitions import UNTOLD, Act, allowed
from portal.views.cases import Shown, deliver_form, finish_form, page, seen

pages = Blueprint("acts", __name__)
FASTER = Text(
    zh="您打开页面之后，这个办件有了变化（可能同事刚办过，或申请人刚补正）。您的操作没有执行，没有改动任何内容；下面是最新状态，请核对后再办。",
    en="The case changed since you opened the page: a colleague may just have acted, or the applicant has corrected something. "
       "What you did was not carried out and nothing was changed. Below is the latest state; check it, then act.")

NOT_DONE = Text(zh="您的操作没有执行，没有改动任何内容。", en="What you did was not carried out and nothing was changed.")


@pages.post("/desk/cases/<int:case_id>/accept")
def accept(case_id: int):
    who, case = _mine(case_id, Act.ACCEPT)
    form = forms.Act(request.form, prefix=f"{Act.ACCEPT}-")
    return _done(who, case, form, lambda act: acts.accept(act, case))


@pages.get("/desk/cases/<int:case_id>/correct")
def correct(case_id: int):
    who, case = _mine(case_id, Act.CORRECT)
    if clock.untold(case, legal_day(web.now())):
        return late(who, case, told=UNTOLD[Act.CORRECT])
    return _correct(case, _correct_form(case))


@pages.post("/desk/cases/<int:case_id>/correct")
def correct_post(case_id: int):
    who, case = _mine(case_id, Act.CORRECT)
    form = _correct_form(case, request.form)
    if not form.validate():
        return _correct(case, form), 422
    wanted = [acts.Wanted(*row) for row in form.wanted]
    again, days = form.reason_again.data if "reason_again" in form else "", form.days.data
    lost = "\n".join([*(row.to_do for row in wanted), again])
    return _done(who, case, form, lambda act: acts.ask_correction(act, case, wanted, again, days), lost=lost)


@pages.get("/desk/cases/<int:case_id>/put-right")
def put_right(case_id: int):
    who, case = _mine(case_id, Act.PUT_RIGHT)
    if not allowed(Act.PUT_RIGHT, case.state):
        return late(who, case)
    return _put_right(case, _correct_form(case, form=forms.PutRight))


@pages.post("/desk/cases/<int:case_id>/put-right")
def put_right_post(case_id: int):
    who, case = _mine(case_id, Act.PUT_RIGHT)
    form = _correct_form(case, request.form, forms.PutRight)
    if not form.validate():
        return _put_right(case, form), 422
    found = [acts.Wanted(*row) for row in form.wanted]
    return _done(who, case, form, lambda act: acts.put_right(act, case, found), lost="\n".join(row.to_do for row in found))


@pages.get("/desk/cases/<int:case_id>/refuse")
def refuse(case_id: int):
    _, case = _mine(case_id, Act.REFUSE)
    return _refuse(case, _refuse_form(case))


@pages.post("/desk/cases/<int:case_id>/refuse")
def refuse_post(case_id: int):
    who, case = _mine(case_id, Act.REFUSE)
    form = _refuse_form(case, request.form)
    if not form.validate():
        return _refuse(case, form), 422
    end = End.NOT_NEEDED if form.kind.data == "not_needed" else End.NOT_ACCEPTED
    body = form.right_body.data.strip() if form.kind.data == "not_ours" else ""
    return _done(who, case, form, lambda act: acts.refuse(act, case, form.reason.data.strip(), body, end), lost=form.reason.data)


@pages.post("/desk/cases/<int:case_id>/stages/<key>")
def finish(case_id: int, key: str):
    who, case = seen(case_id, to_act=True)
    row = next((one for one in case.stages if one.key == key), None)
    if row is None or not permissions.may_finish(who, asking.subject(case), asking.part(row)):
        abort(404)
    typed = request.form.get(f"{key}-opinion", "")
    if row.state != StageState.OPEN or case.state not in (CaseState.ACCEPTED, CaseState.DECIDED):
        return late(who, case, lost=typed)
    form = finish_form(folder(web.db(), who, case, legal_day(web.now())), row, request.form)
    if form.seen.data != str(row.round):
        return late(who, case, lost=typed)
    if not form.validate():
        return page(who, case, Shown({key: form})), 422
    second = int(form.second.data) if "second" in form else None
    way = DeliveryWay(form.way.data) if "way" in form else None
    return _done(who, case, None, lambda act: handling.finish(
        act, case, row, form.outcome.data, opinion=form.opinion.data.strip(), second_officer_id=second, way=way), lost=typed)


@pages.post("/desk/cases/<int:case_id>/deliver")
def deliver(case_id: int):
    who, case = _mine(case_id, Act.DELIVER)
    form = deliver_form(folder(web.db(), who, case, legal_day(web.now())), request.form)
    if not form.validate():
        return page(who, case, Shown({Act.DELIVER: form})), 422
    return _done(who, case, form, lambda act: handling.deliver(act, case, DeliveryWay(form.way.data)))


@pages.post("/desk/cases/<int:case_id>/pin")
def renew_pin(case_id: int):
    _mine(case_id, Act.RENEW_PIN)
    web.let_others_write()
    pin = tracking.pin(token_bytes(tracking.RANDOM_BYTES))
    hashed = accounts.hash_password(pin)
    _who, case = _mine(case_id, Act.RENEW_PIN)
    try:
        acts.renew_pin(acting(), case, hashed)
        web.db().commit()
    except (NotNow, StaleDataError):
        web.db().rollback()
        return late(*seen(case_id))
    return render_template("cases/pin.html", case=case, pin=pin, code=tracking.shown(case.tracking_code))


def _mine(case_id: int, act: Act) -> tuple[Officer, Case]:
    """The officer and the case, held for the act; 404 where the case, or this act on it, is not hers."""
    who, case = seen(case_id, to_act=request.method == "POST")
    if not permissions.may(who, act, asking.subject(case)):
        abort(404)
    return who, case


def _done(who: Officer, case: Case, form: forms.Act | None, do: Callable[[Acting], object], lost: str = ""):
    """Does the act and leads back to the case; or tells who comes too late, with the words that were typed."""
    if form is not None and form.seen.data != str(case.version):
        return late(who, case, lost=lost)
    try:
        do(acting())
        web.db().commit()
    except (NotNow, NoSuchMove, StaleDataError) as problem:
        web.db().rollback()
        told = FASTER
        if isinstance(problem, acts.Untold):
            told = Text(zh=problem.text.zh + NOT_DONE.zh, en=f"{problem.text.en} {NOT_DONE.en}")
        return late(*seen(case.id), lost=lost, told=told)
    return redirect(url_for("cases.show", case_id=case.id))


def late(who: Officer, case: Case, lost: str = "", told: Text = FASTER):
    """The page of the case for who comes too late, with what she typed."""
    return page(who, case, Shown({}, told, lost.strip())), 409


def acting() -> Acting:
    """What the officer's acts are done with."""
    return Acting(web.db(), web.parts().keys, web.parts().config, web.now(), web.staff())


def _correct_form(case: Case, formdata=None, form: type[forms.Correct] = forms.Correct) -> forms.Correct:
    locale, application = languages.current(), case.application
    content = answering.read(application, answering.data_key(application, web.parts().keys))
    filled = applications.filled(application, content, {})
    names = {row.key: row.name for row in filled.documents if not row.exempt and filled.given[row.key] != filling.FORM}
    names |= {section.key: section.title for section in filled.guide.form if filled.page(section.key)}
    more = {"again": acts.told_before(web.db(), case)} if form is forms.Correct else {}
    return form(
        formdata, data={"seen": case.version, "days": ANSWER_DAYS}, papers=[(key, name.said(locale)) for key, name in names.items()],
        problems=[(key, name.said(locale)) for key, name in acts.PROBLEMS.items()], **more)


def _refuse_form(case: Case, formdata=None) -> forms.Refuse:
    return forms.Refuse(formdata, data={"seen": case.version}, untold=clock.untold(case, legal_day(web.now())))


def _correct(case: Case, form: forms.Correct):
    return render_template("cases/correct.html", case=case, form=form, guide=guides.guide_of(case.guide_revision))


def _put_right(case: Case, form: forms.PutRight):
    return render_template("cases/put_right.html", case=case, form=form, guide=guides.guide_of(case.guide_revision))


def _refuse(case: Case, form: forms.Refuse):
    untold = UNTOLD[Act.REFUSE] if clock.untold(case, legal_day(web.now())) else None
    return render_template("cases/refuse.html", case=case, form=form, guide=guides.guide_of(case.guide_revision), untold=untold)
