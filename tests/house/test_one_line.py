"""One line of a guide's file is edited and published again: everything follows, and a case filed before stays as it was."""
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.cli.group import main
from portal.jobs import Tools, sites
from portal.models.cases import Case
from portal.models.outbox import OutboxRow, Topic
from portal.publishing import site
from portal.queries import editions, guides
from portal.rules.guide import yaml
from portal.sample.county import guide_files
from tests import printed
from tests.conftest import publish_file
from tests.counties import Counties
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import at_desk

STAGE = ("      limit: {amount: 3, unit: workday}\n", "      limit: {amount: 2.5, unit: workday}\n")
PROMISE = ("    promised: {amount: 5, unit: workday}\n", "    promised: {amount: 6, unit: workday}\n")
DOCUMENT = ("      name: {zh: 经营场所平面布局图和设备清单, en: Floor plan and list of equipment}\n",
            "      name: {zh: 经营场所平面图（含设备）, en: Floor plan with equipment}\n")
QUESTION = ("      label: {zh: 经营面积（平方米）, en: Floor area (square metres)}\n",
            "      label: {zh: 营业面积（平方米）, en: Trading area (square metres)}\n")
FEE = ("      fen: 2000\n", "      fen: 2150\n")


class County:
    """The county with one guide in force and the site that shows it, which is drawn once and copied from `built`."""

    def __init__(self, app, slug: str, counties: Counties, built: Path):
        self.app, self.slug, self.tools = app, slug, Tools.of(app.extensions["banshi"].config)
        self.text = next(file for file in guide_files() if file.name == f"{slug}.yaml").read_text("utf-8")
        if not counties.lay(self.tools.database, (slug,)):
            self._in_force()
        root = self.tools.config.data / "site"
        if not (begun := built / slug).exists():
            with self.tools.database.reading() as db:
                site.publish(editions.edition(db, self.tools.config), root)
            shutil.copytree(root, begun, symlinks=True)
        else:
            shutil.copytree(begun, root, symlinks=True)

    def edit(self, line: tuple[str, str]) -> None:
        """The line in the file is changed where it stands first, the file published, the outbox's work done."""
        assert line[0] in self.text
        self.text = self.text.replace(*line, 1)
        sites.publish_guides(self.tools, [{"item_id": self._in_force()}])

    def page(self, client) -> str:
        return client.get(f"/guides/{self.slug}/").text

    def chart(self, client) -> str:
        page = client.get(f"/guides/{self.slug}/")
        return "".join(text for picture in page.root.iter("{http://www.w3.org/2000/svg}svg") for text in picture.itertext())

    def printed(self, client, tail: str = "") -> str:
        return printed.words(client.get(f"/pdf/{self.slug}{tail}.pdf").data)

    def _in_force(self) -> int:
        with self.tools.database.writing() as db:
            publish_file(db, yaml.load(self.text), self.slug)
            db.commit()
        with self.tools.database.reading() as db:
            return guides.item(db, self.slug).id


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def food(app, counties, built):
    return County(app, walks.FOOD, counties, built)


def accepted(app, code: str) -> Case:
    """The case after its window has accepted it, with its stages."""
    with app.extensions["banshi"].database.reading() as db:
        number = db.scalar(select(Case.id).where(Case.tracking_code == code.replace("-", "")))
    window = at_desk(app, "shichang.window")
    window.submit(window.get(f"/desk/cases/{number}").form("/accept"))
    return case_of(app, code)


def case_of(app, code: str) -> Case:
    with app.extensions["banshi"].database.reading() as db:
        case = db.scalar(select(Case).where(Case.tracking_code == code.replace("-", "")))
        assert case.stages is not None
        return case


def test_a_stages_limit(app, food, client):
    before, _ = walks.codes(walks.receipt(client))
    old = client.get(f"/track/{before}").text
    assert "3个工作日" in food.chart(client) and "2.5个工作日" not in food.page(client)
    food.edit(STAGE)
    assert "2.5个工作日" in food.page(client) and "2.5个工作日" in food.chart(client)
    assert "2.5个工作日" in food.printed(client)
    after, _ = walks.codes(walks.receipt(Inspector(app)))
    assert "2.5个工作日" in client.get(f"/track/{after}").text
    assert "2.5个工作日" not in client.get(f"/track/{before}").text and client.get(f"/track/{before}").text == old
    assert case_of(app, before).guide_revision_id != case_of(app, after).guide_revision_id


def test_a_promised_limit(app, food, client):
    first, _ = walks.codes(walks.receipt(client))
    before = accepted(app, first)
    food.edit(PROMISE)
    assert "6个工作日" in food.page(client) and "6个工作日" in food.printed(client)
    second, _ = walks.codes(walks.receipt(Inspector(app)))
    after = accepted(app, second)
    assert after.accepted_on == before.accepted_on and after.due_on > before.due_on, "one working day more"
    assert case_of(app, first).due_on == before.due_on, "what was promised stays promised"
    shown = [f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日" for case in (before, after)]
    assert shown[0] in client.get(f"/track/{first}").text and shown[1] in client.get(f"/track/{second}").text


def test_a_document(app, food, client):
    sent = Inspector(app)
    code, _ = walks.codes(walks.receipt(sent))
    food.edit(DOCUMENT)
    old, new = "经营场所平面布局图和设备清单", "经营场所平面图（含设备）"
    assert new in food.page(client) and new in food.printed(client) and new in client.get(f"/apply/{walks.FOOD}").text
    page = walks.fill(client, walks.begin(client))
    assert new in page.text and old not in page.text
    page = walks.give(client, page)
    assert new in page.text
    window = at_desk(app, "shichang.window")
    case = case_of(app, code)
    assert old in window.get(f"/desk/cases/{case.id}").text, "the case that was filed before was asked for the old one"


def test_a_question(food, client):
    food.edit(QUESTION)
    assert "营业面积（平方米）" in food.page(client) and "营业面积（平方米）" in food.printed(client)
    assert "营业面积（平方米）" in food.printed(client, ".form") and "营业面积（平方米）" in food.printed(client, ".sample")
    page = walks.begin(client)
    for answers in ({"a-matter": "new"}, walks.APPLICANT):
        page = walks.save(client, page, **answers)
    assert "营业面积（平方米）" in page.text and "经营面积" not in page.text


def test_a_fee(app, client, counties, built):
    county = County(app, "resident-id-card", counties, built)
    assert "20元" in county.page(client) and "21.50元" not in county.page(client)
    county.edit(FEE)
    assert "21.50元" in county.page(client) and "21.50元" in county.printed(client)
    assert "21.50" in client.get("/apply/resident-id-card").text


def test_a_draft_begun_before_is_told_what_is_new(food, client):
    page = walks.give(client, walks.fill(client, walks.begin(client)))
    number = walks.number_of(page)
    food.edit(QUESTION)
    page = client.get(f"/applications/{number}/check")
    assert "指南" in page.text and page.form("知道了")
    page = client.submit(page.form("知道了"))
    assert walks.send(client, page).h1.startswith("申请已提交")



def test_the_exercise_of_the_manual(app, food, client, tmp_path, monkeypatch):
    """Every line to change and every command that the manual names, as they stand there."""
    manual = (Path(__file__).parents[2] / "site_docs/staff/editor.md").read_text("utf-8")
    exercise = manual.partition("## 改一行试试\n")[2].partition("## English")[0]
    lines = re.findall(r"`([^`]+)` 改成 `([^`]+)`", exercise)
    commands = [line.split("./banshi ")[1].split() for line in exercise.splitlines() if re.match(r"(BANSHI_DEMO=1 )?\./banshi ", line)]
    assert len(lines) == 2 and [words[0] for words in commands] == ["lint", "guides"]
    (source,) = re.findall(r"cp (\S+) \.\n", exercise)
    copy = tmp_path / Path(source).name
    settings = {"BANSHI_DEMO": "1", "BANSHI_DATABASE": str(food.tools.database.url), "BANSHI_DATA": str(food.tools.config.data)}
    monkeypatch.chdir(tmp_path)

    def run(words: list[str]):
        return CliRunner().invoke(main, words, env=settings)

    text = (Path(__file__).parents[2] / source).read_text("utf-8")
    copy.write_text(text.replace(*lines[0], 1), "utf-8")
    refused = run(commands[0])
    assert refused.exit_code == 1 and "L-LIMIT-10" in refused.output, "the manual says that the first line alone is refused"
    copy.write_text(text.replace(*lines[0], 1).replace(*lines[1], 1), "utf-8")
    before, _ = walks.codes(walks.receipt(client))
    first = accepted(app, before)
    for words in commands:
        answer = run(words)
        assert answer.exit_code == 0, answer.output
    with food.tools.database.reading() as db:
        outbox_rows = [row.payload for row in db.scalars(select(OutboxRow).where(OutboxRow.topic == Topic.PUBLISH_GUIDE))]
    sites.publish_guides(food.tools, outbox_rows[-1:])
    for shown in (food.page(client), food.printed(client)):
        assert "6个工作日" in shown
    assert "2个工作日" in food.chart(client)
    second = accepted(app, walks.codes(walks.receipt(Inspector(app)))[0])
    assert second.due_on > first.due_on and case_of(app, before).due_on == first.due_on
