"""views: the life of items at the desk: what changed and what waits, an item's own page, a change proposed and decided."""
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from forms.items import FORMS, Proposal, Step
from portal import languages, web
from portal.actions import items
from portal.models.guides import Item, ItemProposal
from portal.queries import cases
from portal.queries import items as asking
from portal.rules import item_words
from portal.rules import items as rules
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.items import LIVES, PROPOSALS, STEPS, Life, Plan, ProposalState
from portal.rules.problems import Problem
from portal.rules.transitions import STATES
from portal.rules.workflow import STOPS, Stop

pages = Blueprint("items", __name__)
FASTER = Text(
    zh="您打开页面之后，这个事项有了变化，同事可能刚办过。您的操作没有执行，没有改动任何内容；下面是最新状态，请核对后再办。",
    en="The item changed since you opened the page: a colleague may just have acted. What you did was not carried out and nothing was "
       "changed. Below is the latest state; check it, then act.")
UNKNOWN = Text(zh="没有这样的事项，请核对编码。", en="There is no such item; check the code.")
DONE = {rules.Step.APPROVE: (ProposalState.APPROVED, ProposalState.IN_EFFECT), rules.Step.REFUSE: (ProposalState.REFUSED,),
        rules.Step.TAKE_BACK: (ProposalState.TAKEN_BACK,)}


@pages.get("/desk/items")
def lives():
    who = cases.officer(web.staff())
    return render_template("guides/items.html", waiting=asking.waiting(web.db(), who), changed=asking.not_open(web.db(), who), names=LIVES,
                           proposals=PROPOSALS, words=item_words, called=cases.called)


@pages.get("/desk/items/<slug>")
def show(slug: str):
    return _page(_sheet(slug))


@pages.get("/desk/items/<slug>/change/<life>")
def propose(slug: str, life: str):
    sheet, target = _sheet(slug), _life(life)
    return _proposal(sheet, target, Proposal(target, data={"since": legal_day(web.now()).isoformat(), "seen": sheet.seen}))


@pages.post("/desk/items/<slug>/change/<life>")
def propose_post(slug: str, life: str):
    sheet, target = _sheet(slug, to_act=True), _life(life)
    form = Proposal(target, request.form)
    sound = form.validate()
    if form.seen.data != sheet.seen:
        return redirect(url_for("items.show", slug=slug)) if sound and _pressed_twice(sheet, form) else _late(slug, target, form, FASTER)
    to = asking.by_code_or_slug(web.db(), form.read["successor"]) if form.read.get("successor") else None
    if form.read.get("successor") and to is None:
        form.successor.errors = [UNKNOWN.said(languages.current())]
    if form.errors_at():
        return _proposal(sheet, target, form), 422
    read = form.read
    plan = Plan(target, read["since"], read["reason"], read["basis"], read.get("until"), read.get("body"), form.tier_read, asking.other(to))
    try:
        items.propose(_changing(), sheet.item, plan, items.English(read["reason_en"], read["basis_en"], read.get("body_en")))
        web.db().commit()
    except items.Unfit as unfit:
        web.db().rollback()
        for name, said in unfit.faults.items():
            form[name].errors = [said.said(languages.current())]
        return _proposal(_sheet(slug), target, form), 422
    except items.NotHere as problem:
        web.db().rollback()
        return _late(slug, target, form, problem.text)
    except IntegrityError:  # two at once where the database holds no row: one proposal waits at a time
        web.db().rollback()
        return _late(slug, target, form, FASTER)
    return redirect(url_for("items.show", slug=slug) + "#proposal")


@pages.post("/desk/items/<slug>/proposals/<int:proposal_id>/<step>")
def step(slug: str, proposal_id: int, step: str):
    if step not in FORMS:
        abort(404)
    taken, sheet = rules.Step(step), _sheet(slug, to_act=True)
    row = web.db().get(ItemProposal, proposal_id, populate_existing=True)
    if row is None or row.item_id != sheet.item.id:
        abort(404)
    form = FORMS[taken](request.form, prefix=f"{step}-")
    hers = row.proposed_by_id if taken is rules.Step.TAKE_BACK else row.decided_by_id
    if row.state in DONE[taken] and hers == web.staff().id:  # pressed twice: it is done
        return redirect(url_for("items.show", slug=slug))
    if form.seen.data != sheet.seen:
        return _page(sheet, told=FASTER, lost=form.lost), 409
    if not form.validate():
        return _page(sheet, {taken: form}), 422
    try:
        _do(taken, sheet.item, row, form)
        web.db().commit()
    except (StaleDataError, IntegrityError):
        web.db().rollback()
        return _page(_sheet(slug), told=FASTER, lost=form.lost), 409
    except Problem as problem:
        web.db().rollback()
        return _page(_sheet(slug), told=problem.text, lost=form.lost), 409
    return redirect(url_for("items.show", slug=slug))


def _do(step: rules.Step, item: Item, row: ItemProposal, form: Step) -> None:
    if step is rules.Step.APPROVE:
        items.approve(_changing(), item, row)
    elif step is rules.Step.REFUSE:
        items.refuse(_changing(), item, row, form.words.data)
    else:
        items.take_back(_changing(), item, row)


def _life(value: str) -> Life:
    return Life(value) if value in set(Life) else abort(404)


def _sheet(slug: str, *, to_act: bool = False) -> asking.Sheet:
    who = cases.officer(web.staff())
    return asking.sheet(web.db(), who, asking.one(web.db(), who, slug, to_act=to_act) or abort(404))


def _changing() -> items.Changing:
    return items.Changing(web.db(), web.parts().keys, web.now(), web.staff(), cases.officer(web.staff()))


def _pressed_twice(sheet: asking.Sheet, form: Proposal) -> bool:
    """Whether what waits is what she sent: the first press did it."""
    waits = sheet.waiting
    return waits is not None and waits.by.id == web.staff().id and (waits.row.life, waits.row.since, waits.row.reason, waits.row.basis) == (
        form.target, form.read["since"], form.read["reason"], form.read["basis"])


def _late(slug: str, target: Life, form: Proposal, told: Text):
    """She was overtaken: what she typed stays in the form, which she may send again once she has looked."""
    sheet = _sheet(slug)
    form.seen.data = sheet.seen
    return _proposal(sheet, target, form, told), 409


def _proposal(sheet: asking.Sheet, target: Life, form: Proposal, told: Text | None = None):
    row = rules.BY_CHANGE.get((sheet.standing.life, target))
    if row is None and told is None:
        abort(404)
    return render_template(
        "guides/item_change.html", sheet=sheet, item=sheet.item, row=row, target=target, form=form, told=told, names=LIVES, words=item_words,
        why_not=rules.why_not_propose(target, sheet.who, sheet.standing), needed=rules.needed(target), proposals=PROPOSALS)


def _page(sheet: asking.Sheet, forms: Mapping[rules.Step, Step] = {}, told: Text | None = None, lost: str = ""):
    fresh = {step: forms.get(step) or FORMS[step](prefix=f"{step}-", data={"seen": sheet.seen}) for step, why_not in sheet.steps if why_not is None}
    return render_template(
        "guides/item.html", sheet=sheet, item=sheet.item, fresh=fresh, told=told, lost=lost, names=LIVES, proposals=PROPOSALS, steps=STEPS,
        words=item_words, called=cases.called, states=STATES, stops={stop.value: STOPS[stop] for stop in Stop}, today=legal_day(web.now()))
