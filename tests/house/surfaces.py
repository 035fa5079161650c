"""What each surface of a guide says, as text: rendered by the house itself, read as a person would."""
import html
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

from sqlalchemy import select, update

from pdfs import engine
from pdfs import guides as printing
from pdfs.pictures import qr
from portal import keys
from portal.actions import answers as answering
from portal.actions import applications, vouchers
from portal.models.cases import Case
from portal.models.places import Department, Place
from portal.models.vouchers import Voucher
from portal.publishing import guide_page, pages, paper_forms
from portal.publishing.edition import Edition, PublishedGuide
from portal.queries import guides, search
from portal.rules import filling, tracking
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import Surface
from portal.rules.guide.text import Text
from tests import printed
from tests.actions.cases import acting, in_force, submitted
from tests.conftest import NOW
from tests.publishing.editions import variant_pages
from tests.views import walks

CHANGING = re.compile(r"[0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+|[0-9A-Z]{40,}|第\d{4}号|\d{1,2}:\d\d")
SLUG = "planted"
ANSWERS = {"action": "first", "name": "叶小禾", "telephone": "0680-5550199", "agent": False, "area": 12, "until": "2026-12-31"}
EDITION = Edition(guides=(), authority=Text(zh="青禾县", en="Qinghe County"), public_url="https://banshi.example")
TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.DOTALL)


def words(markup: str) -> str:
    """What is read of a page: its text without blanks, for lines break anywhere in Chinese."""
    return "".join(html.unescape(TAG.sub("", markup)).split())


def steady(said: str) -> str:
    """Without what differs each time: codes, numbers of cases and papers, the time of day."""
    return CHANGING.sub("", said)


def guide(file: GuideFile) -> PublishedGuide:
    return PublishedGuide(SLUG, file, 1, date(2026, 3, 2))


def page(file: GuideFile) -> str:
    """The guide's page and, where it has one, the page of its places."""
    view = guide_page.facts(guide(file), EDITION, "zh-Hans")
    return words(pages.guide_body(view)) + (words(pages.body("places", page=view)) if view.places else "")


def variants(file: GuideFile) -> list[str]:
    """The pages of the variants, each as it is drawn."""
    return [str(pages.body("variant", page=one)) for one in variant_pages(guide(file), EDITION, "zh-Hans")]


def flowchart(file: GuideFile) -> str:
    """The charts, each with the list beside it: the first on the guide's page, each of several on its variant's own."""
    reader = Charts()
    reader.feed(str(pages.guide_body(guide_page.facts(guide(file), EDITION, "zh-Hans"))) + "".join(variants(file)))
    reader.close()
    assert reader.inside == 0
    return "".join("".join(reader.said).split())


class Charts(HTMLParser):
    """What stands in the charts of a page and in the lists beside them."""

    def __init__(self):
        super().__init__()
        self.said: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag, attrs):
        if tag == "div" and (self.inside or "flow__both" in (dict(attrs).get("class") or "")):
            self.inside += 1

    def handle_endtag(self, tag):
        self.inside -= tag == "div" and self.inside > 0

    def handle_data(self, data):
        if self.inside:
            self.said.append(data)


def guide_html(file: GuideFile) -> str:
    view = guide_page.facts(guide(file), EDITION, "zh-Hans", whole=True)
    return printing.html(view)


def paper(file: GuideFile) -> str:
    """What goes to the press; that the press prints all of it is tested apart."""
    markup = guide_html(file)
    return words(markup) + drawn_in(markup)


def pressed(file: GuideFile) -> str:
    """What stands in the PDF that the press makes."""
    return printed.words(engine.pdf(guide_html(file), ("paper", "guide")))


def drawn_in(markup: str) -> str:
    """The words of pictures that stand in a paper as data."""
    import base64

    found = [base64.b64decode(data).decode() for data in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", markup)]
    return "".join("".join("".join(ElementTree.fromstring(one).itertext()).split()) for one in found)


def form(file: GuideFile, filled: bool) -> str:
    return words(engine.page("form.html", {"form": paper_forms.form(guide(file), EDITION, filled), "qr": qr("https://x.example")}))


@dataclass
class Portal:
    """The surfaces that only the running portal has."""

    app: object
    client: object
    ring: object

    def publish(self, file: GuideFile) -> None:
        with self.app.extensions["banshi"].database.writing() as db:
            document = file.guide
            names = {document.item.department, *(stage.department for one in document.variants for stage in one.stages)}
            known = set(db.scalars(select(Department.name)))
            db.execute(update(Place).values(notice=None, notice_en=None))  # else every page is a sample's
            db.add_all(Department(name=name, name_en=name) for name in names - known if name)
            db.flush()
            in_force(db, file, SLUG)
            db.commit()

    def online_form(self, file: GuideFile) -> str:
        """Every page of the form, and the page before it is sent."""
        self.publish(file)
        first = walks.begin(self.client, SLUG)
        number, said = walks.number_of(first), [words(first.html)]
        for section in file.guide.form:
            said.append(words(self.client.get(f"/applications/{number}/fill/{section.key}").html))
        return "".join([*said, words(self.client.get(f"/applications/{number}/check").html)])

    def checklist(self, file: GuideFile) -> str:
        """What is to be brought, on the page before applying."""
        self.publish(file)
        return words(self.client.get(f"/apply/{SLUG}").html)

    def tracker(self, file: GuideFile) -> str:
        code, _ = self._filed(file)
        return words(self.client.get(f"/track/{code}").html)

    def receipt(self, file: GuideFile) -> str:
        """The receipt's page and the facts that its paper is printed from."""
        _, case_id = self._filed(file, sent=True)
        parts = self.app.extensions["banshi"]
        with parts.database.reading() as db:
            case = db.get_one(Case, case_id)
            voucher = db.scalars(select(Voucher).where(Voucher.case_id == case_id)).one()
            facts = vouchers.facts_of(voucher, answering.data_key(case.application, keys.load(self.ring, demo=True)))
            number = case.application_id
        return "".join(str(facts).split()) + words(self.client.get(f"/applications/{number}/receipt").html)

    def search(self, file: GuideFile) -> str:
        """Every term by which the guide is found, joined so that a planted text is found in it as it was planted."""
        self.publish(file)
        return "".join(needle for needle in self._needles(file) if self._finds(needle))

    def _needles(self, file: GuideFile) -> set[str]:
        return set(re.findall(r"植\d+入|PLANT\d+", file.model_dump_json()))

    def _finds(self, needle: str) -> bool:
        with self.app.extensions["banshi"].database.reading() as db:
            return any(hit.slug == SLUG for hit in search.find(db, needle))

    def _filed(self, file: GuideFile, sent: bool = False) -> tuple[str, int]:
        """A case of the guide, filed at its first place; where it is *sent*, with every answer and document."""
        self.publish(file)
        with self.app.extensions["banshi"].database.writing() as db:
            place = db.scalar(select(Place.id).where(Place.code == file.offerings[0].place))
            case = self._sent(db, file, place) if sent else \
                submitted(db, self.ring, file, ANSWERS, slug=SLUG, place_id=place, now=NOW)
            db.commit()
            return tracking.shown(case.tracking_code), case.id

    def _sent(self, db, file: GuideFile, place: int | None) -> Case:
        act = acting(db, self.ring, now=NOW)
        item = guides.item(db, SLUG)
        offering = guides.offering_at(db, item.id, [place]) if place else None
        draft = applications.start(act, guides.in_force(db, item.id), offering, "zh-Hans", b"\x05" * tracking.RANDOM_BYTES)
        key = answering.data_key(draft, act.ring)
        rows = [*file.guide.variants[1].documents, *file.offerings[0].documents]
        answering.write(draft, key, {**answering.read(draft, key), "answers": ANSWERS,
                                     "documents": {row.key: filling.WINDOW for row in rows if not row.exempt}})
        return applications.submit(act, draft, os.urandom(tracking.RANDOM_BYTES), "123456", "made beforehand")


def renderers(portal: Portal) -> dict[Surface, Callable[[GuideFile], str]]:
    return {
        Surface.PAGE: page, Surface.FLOWCHART: flowchart, Surface.PDF: paper,
        Surface.BLANK_FORM: lambda file: form(file, filled=False), Surface.FILLED_SAMPLE: lambda file: form(file, filled=True),
        Surface.ONLINE_FORM: lambda file: steady(portal.online_form(file)), Surface.CHECKLIST: portal.checklist,
        Surface.TRACKER: lambda file: steady(portal.tracker(file)), Surface.RECEIPT: lambda file: steady(portal.receipt(file)),
        Surface.SEARCH: portal.search,
    }
