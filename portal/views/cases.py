"""views: one case for the officer who may see it: its page, its files, its papers. What does not exist for her is 404."""
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, render_template
from markupsafe import Markup

from forms import cases as forms
from portal import languages, web
from portal.actions import answers as answering
from portal.actions import cases as acts
from portal.actions import handling, items, parties, uploads, vouchers
from portal.actions import serving as telling
from portal.keys import DataKey
from portal.models.cases import Case, CaseStage, CaseState, PartyRole, ServiceState
from portal.models.messages import Message, MessageState
from portal.models.vouchers import Voucher, VoucherKind
from portal.publishing import flowchart
from portal.publishing import vouchers as printing
from portal.queries import applications, calendars, cases, desk, extensions, tracker
from portal.queries import folder as folders
from portal.queries.extensions import Sheet
from portal.queries.folder import Folder, folder
from portal.rules import answers as reading
from portal.rules import filling, progress, serving, stages, stopping
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import DeliveryWay, End, FieldType, StageKind
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text
from portal.rules.masking import masked_id, masked_phone
from portal.rules.permissions import Officer
from portal.rules.transitions import BY_ACT, BY_CLOCK, STATES, UNTOLD, Act
from portal.views.documents import PDF_POLICY, PICTURE_POLICY

pages = Blueprint("cases", __name__)
EVENTS = {row.act.value: row.name for row in BY_ACT.values()} | {
    "finish": Text(zh="办完环节", en="Stage finished"), items.EVENT: Text(zh="事项有变动", en="The item changed")}
MESSAGES = {MessageState.WAITING: Text(zh="等待发送", en="Waiting to be sent"), MessageState.SENT: Text(zh="已告知", en="Told"),
            MessageState.FAILED: Text(zh="没有送到", en="Not delivered")}
MASKS = {FieldType.RESIDENT_ID: masked_id, FieldType.TELEPHONE: masked_phone}


@dataclass
class Shown:
    """What a page of a case is drawn with beside its folder: a form with errors takes the place of a fresh one, and
    `told` is what the officer reads first, with the words that she would otherwise lose."""

    forms: dict[str, forms.Act]
    told: Text | None = None
    lost: str = ""


@pages.get("/desk/cases/<int:case_id>")
def show(case_id: int):
    who, case = seen(case_id)
    return page(who, case)


@pages.get("/desk/cases/<int:case_id>/files/<int:file_id>")
def file(case_id: int, file_id: int):
    _, case = seen(case_id)
    rows = [row for rows in applications.files(web.db(), case.application_id).values() for row in rows]
    found = next((row for row in rows if row.id == file_id), None) or abort(404)
    key = answering.data_key(case.application, web.parts().keys)
    response = make_response(uploads.bytes_of(found, key, web.parts().storage))
    response.headers["Content-Security-Policy"] = PDF_POLICY if found.media_type == "application/pdf" else PICTURE_POLICY
    return _private(response, found.media_type, uploads.name_of(found, key))


@pages.get("/desk/cases/<int:case_id>/papers/<int:voucher_id>.pdf")
def paper(case_id: int, voucher_id: int):
    _, case = seen(case_id)
    voucher = web.db().get(Voucher, voucher_id)
    if voucher is None or voucher.case_id != case.id:
        abort(404)
    parts = web.parts()
    pdf = printing.copy_of(parts.database, parts.keys, voucher.id) if _holds_pin(case, voucher) else \
        printing.issued(parts.database, parts.keys, parts.storage, voucher.id, web.now())
    return _private(make_response(pdf), "application/pdf", f"{voucher.kind}-{desk.short(case.number)}.pdf")


def seen(case_id: int, *, to_act: bool = False) -> tuple[Officer, Case]:
    """The signed-in officer, and the case if it exists for her; else the answer is 404."""
    who = cases.officer(web.staff())
    case = cases.one(web.db(), who, case_id, to_act=to_act)
    return who, case or abort(404)


def page(who: Officer, case: Case, shown: Shown | None = None):
    """The page of the case with the forms of what the officer may do now."""
    shown, now = shown or Shown({}), folder(web.db(), who, case, legal_day(web.now()))
    locale, ring = languages.current(), web.parts().keys
    key = answering.data_key(case.application, ring)
    filled = applications.filled(case.application, answering.read(case.application, key), now.files)
    applicant = next((row.party for row in case.parties if row.role == PartyRole.APPLICANT), None)
    marks = {row.key: tracker.MARKS[row.state] for row in case.stages}
    drawn = {"owner": case.department.name, "departments": {row.department.name: cases.called(row.department) for row in case.stages}}
    return render_template(
        "cases/show.html", now=now, case=case, extension=_extension(who, now), moved=progress.moved(case.due_before, case.due_moved), who=who, shown=shown, fresh=_fresh(now, shown), states=STATES, events=EVENTS, by_clock=BY_CLOCK, untold=UNTOLD,
        name=parties.name_of(applicant, ring) if applicant else "", sections=_sections(filled), filled=filled,
        file_names={row.id: uploads.name_of(row, key) for rows in now.files.values() for row in rows},
        **_intake(now, key), **_services(now, key), problems=acts.PROBLEMS, opinions={row.key: handling.opinions(row, key) for row in case.stages}, outcome_name=_outcome_name(now),
        changed=tracker.held(web.db(), case.item_id, case.item.life, case.state, case.arrived_on), messages=_told(now, key), message_states=MESSAGES,
        with_pin={row.id for row in now.vouchers if _holds_pin(case, row)}, papers=progress.PAPERS, ends=progress.ENDS, stopping=stopping.stopping(now.guide, now.variant),
        steps=flowchart.steps(now.variant, locale, marks, labels=now.guide.labels(), options=now.guide.option_labels(), **drawn),
        chart=Markup(flowchart.draw(now.variant, locale, marks, **drawn)), short=desk.short, called=cases.called)


def _extension(who: Officer, now: Folder) -> Sheet | None:
    """What can be said of an extension: once the case is accepted, until it is decided."""
    if now.case.state != CaseState.ACCEPTED:
        return None
    return extensions.sheet(web.db(), who, now.case, cases.subject(now.case), legal_day(web.now()), now.clock)


def finish_form(now: Folder, row: CaseStage, formdata=None) -> forms.Finish:
    """The form that finishes a stage, with the outcomes that the guide leaves now."""
    stage, locale = now.variant.stage(row.key), languages.current()
    choices = stages.choices(stage, now.case.decision is not None)
    seconds = [(str(one), name.said(locale)) for one, name in now.colleagues.items()] if stage.officers > 1 else None
    return forms.Finish(
        formdata, prefix=f"{row.key}-", data={"seen": row.round}, outcomes=[(one.key, one.name.said(locale)) for one in choices],
        explained=frozenset(one.key for one in choices if handling.needs_reasons(one)), seconds=seconds,
        ways=ways(now) if stage.kind is StageKind.DELIVER else None)


def deliver_form(now: Folder, formdata=None) -> forms.Deliver:
    return forms.Deliver(formdata, ways=ways(now), prefix="deliver-", data={"seen": now.case.version})


def ways(now: Folder) -> list[tuple[str, str]]:
    """How the result can be handed over: as the guide offers, else in every way."""
    return [(way.value, way.text.said(languages.current())) for way in now.guide.delivery or DeliveryWay]


def _fresh(now: Folder, shown: Shown) -> dict[str, forms.Act]:
    """A form for each act that may be done now, by the act or the stage."""
    found: dict[str, forms.Act] = {}
    for offer in now.offers:
        if offer.why_not is not None:
            continue
        if offer.stage is not None:
            found[offer.stage.key] = shown.forms.get(offer.stage.key) or finish_form(now, offer.stage)
        elif offer.act is Act.DELIVER:
            found[offer.act] = shown.forms.get(offer.act) or deliver_form(now)
        else:
            found[offer.act] = forms.Act(prefix=f"{offer.act}-", data={"seen": now.case.version})
    return found


def _sections(filled: applications.Filled) -> list[tuple[Text, list[tuple[Text, Text]]]]:
    """The questions that were asked with their answers in words; numbers of persons are masked."""
    divisions = applications.divisions(web.db()) if any(field.type is FieldType.DIVISION for field in filled.guide.all_fields()) else {}
    return [(page.title, [(field.label, _said(field, filled.facts.get(field.key), divisions))
                          for field in filling.asked(page.fields, filled.facts)]) for page in filled.pages]


def _said(field: Field, value, divisions) -> Text:
    if field.type in MASKS and value:
        return Text(zh=MASKS[field.type](str(value)))
    return reading.said(field, value, divisions)


def _intake(now: Folder, key: DataKey) -> dict[str, Any]:
    """What the applicant is correcting and by when, and what was put right on the spot, with what each paper is called."""
    notice = tracker.correction(web.db(), now.case.id) if now.case.state == CaseState.CORRECTION else None
    spots = folders.spots(web.db(), now.case.id) if any(event.kind == Act.PUT_RIGHT for event in now.events) else []
    names = tracker.names_in(now.guide, now.variant, now.case.application.offering_revision) if notice or spots else {}

    def called(wanted: list[acts.Wanted]) -> list[tuple[Text, acts.Wanted]]:
        return [(names.get(one.paper, Text(zh=one.paper)), one) for one in wanted]

    return {"wanted": called(acts.wanted_by(notice, key)) if notice else [], "answer_by": notice.answer_by if notice else None,
            "again": acts.reason_again(notice, key) if notice else "",
            "today": legal_day(web.now()), "righted": called([one for row in spots for one in acts.righted_by(row, key)])}


def _services(now: Folder, key: DataKey) -> dict[str, Any]:
    """What the page says of how each paper was told; `until` are the last days against a decision that was."""
    told = next((service.served_on for notice, service in reversed(now.tries)
                 if notice.kind in tracker.DECISIONS and service.state == ServiceState.SERVED), None)
    against = now.case.decision in (End.REFUSED, End.NOT_ACCEPTED)
    until = serving.remedies_until(told, calendars.calendar(web.db())) if told and against else {}
    return {"paper_of": {row.id: row for row in now.vouchers}, "ways": serving.WAYS, "evidence": serving.EVIDENCE,
            "failures": serving.FAILURES, "until": until,
            "service_words": lambda service: [said for said in telling.words_of(service, key).values() if said]}


def _told(now: Folder, key: DataKey) -> list[tuple[Message, str]]:
    """What the parties were told, or are owed to be told, of changes of the item; newest first."""
    events = [event.id for event in now.events if event.kind == items.EVENT]
    return [(row, items.text_of(row, key)) for row in folders.messages(web.db(), events)] if events else []


def _outcome_name(now: Folder):
    """Finds the words of an outcome by stage and key; a key that the guide does not name says nothing."""
    names = {(stage.key, outcome.key): outcome.name for stage in now.variant.stages for outcome in stage.ways_out}
    return lambda stage, outcome: names.get((stage, outcome))


def _holds_pin(case: Case, voucher: Voucher) -> bool:
    """Whether the paper tells the applicant's PIN: it is hers alone. The desk prints a marked copy without it, and a
    window gives a new PIN if that is lost."""
    if voucher.kind != VoucherKind.RECEIPT:
        return False
    return bool(vouchers.facts_of(voucher, answering.data_key(case.application, web.parts().keys)).get("pin"))


def _private(response, media_type: str, name: str):
    response.mimetype = media_type
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
