"""The budgets that are bytes or statements. Times are shown by `./banshi bench` and never tested."""
import gzip
import json
from datetime import date

import pytest
from click.testing import CliRunner

from portal.cli.bench import YARDSTICKS, bench, markdown
from portal.cli.bench.figures import at_least_share, at_most, at_most_times, exactly
from portal.publishing import addresses, county_edition, site
from portal.publishing.publications import Whole
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.sample.county import county
from tests.actions.cases import sample
from tests.conftest import publish_file
from tests.samples import samples
from tests.views import walks
from tests.views.officers import at_desk, file_case

KB = 1024
STATEMENTS = 12
NOT_COUNTED = ("BEGIN", "COMMIT", "PRAGMA", "SAVEPOINT", "RELEASE")
QUESTIONS = 100


@pytest.fixture(scope="module")
def figures():
    answer = CliRunner().invoke(bench, ["--json", "--only", "pages"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def counted(sent: list[str]) -> int:
    return sum(not statement.upper().startswith(NOT_COUNTED) for statement in sent)


def test_the_bench_prints_figures_and_nothing_else(figures):
    assert len(figures) > 5
    for figure in figures:
        assert set(figure) == {"name", "value", "unit", "yardstick", "budget", "holds"}
        assert isinstance(figure["value"], int | float) and isinstance(figure["holds"], bool)
        assert figure["yardstick"] is None or isinstance(figure["yardstick"], int | float)
    assert len({figure["name"] for figure in figures}) == len(figures)


def test_pages_of_the_portal_keep_bytes_requests_and_statements(figures):
    assert not [figure for figure in figures if not figure["holds"]]


def test_every_yardstick_can_be_asked_for_alone():
    asked = CliRunner().invoke(bench, ["--help"]).output
    assert all(word in asked for word in YARDSTICKS)


@pytest.mark.parametrize(("figure", "holds"), [
    (at_most("x", 12, "ms", 12), True), (at_most("x", 12.1, "ms", 12), False),
    (at_most_times("x", 5, "ms", 0.5, 10), True), (at_most_times("x", 5.1, "ms", 0.5, 10), False),
    (at_most_times("x", 15, "ms", 0.5, 10, or_limit=20), True), (at_most_times("x", 21, "ms", 0.5, 10, or_limit=20), False),
    (at_least_share("x", 8, "a second", 0.8, 10), True), (at_least_share("x", 7.9, "a second", 0.8, 10), False),
    (exactly("x", 0, "cases", 0), True), (exactly("x", 1, "cases", 0), False),
])
def test_a_budget_is_held_or_not(figure, holds):
    assert figure.holds is holds


def test_the_yardstick_of_the_site_has_the_same_words():
    said = markdown.of('<div id="main"><h1>名称</h1><p>一段 <a href="/x/">去</a></p><table><tr><th>甲</th><th>乙</th></tr>'
                       '<tr><td>一</td><td>二</td></tr></table><dl><dt>期限</dt><dd>5天</dd></dl></div><footer>')
    assert said.split("\n") == ["# 名称", "", "一段 [去](/x/)", "", "", "| 甲 | 乙 |", "|---|---|", "| 一 | 二 |", "期限", "", ": 5天", "", ""]


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory):
    """The public site with every sample guide."""
    folder = tmp_path_factory.mktemp("whole")
    files = list(samples().items())
    edition = county_edition.edition(county(), files, "http://localhost:8000", date(2026, 3, 2))
    site.build(edition, Whole(folder))
    return folder, edition


def test_every_guide_comes_in_twelve_kilobytes_and_one_request(whole_site):
    folder, edition = whole_site
    for guide in edition.guides:
        for locale in site.LOCALES:
            page = (folder / addresses.guide(guide.slug, locale).strip("/") / "index.html").read_bytes()
            assert len(gzip.compress(page, 9)) <= 12 * KB, f"{guide.slug} {locale}"
            assert b"<script" not in page and b'rel="stylesheet"' not in page and b"<img" not in page


def test_no_page_of_the_site_asks_for_a_font_or_a_script(whole_site):
    folder, _ = whole_site
    assert not [file for file in folder.rglob("*") if file.suffix in {".js", ".woff", ".woff2", ".ttf"}]


def test_a_form_of_a_hundred_conditional_questions_keeps_the_limits(app, client, statements):
    plain = yaml.plain(sample("senior-allowance"))
    questions = [{"key": f"q{number}", "label": f"第{number}个问题", "type": "text", "when": {"field": "more", "value": True}}
                 for number in range(QUESTIONS)]
    plain["guide"]["form"].append({"key": "long", "title": "很长的一页", "fields": [
        {"key": "more", "label": "还有其他情况吗", "type": "yes_no"}, *questions]})
    with app.extensions["banshi"].database.writing() as db:
        publish_file(db, GuideFile.model_validate(plain), "long")
        db.commit()
    page = walks.begin(client, "long")
    page = client.get(f"/applications/{walks.number_of(page)}/fill/long")
    page = walks.save(client, page, **{"a-more": "true"})
    with statements() as sent:
        page = client.get(f"/applications/{walks.number_of(page)}/fill/long")
    assert len([field for field in page.all("input") if (field.get("name") or "").startswith("a-q")]) == QUESTIONS
    assert counted(sent) <= STATEMENTS
    assert len(gzip.compress(page.html.encode())) <= 14 * KB


def test_the_queue_takes_as_many_statements_for_many_cases_as_for_few(app, ring, statements):
    for _ in range(2):
        file_case(app, ring)
    officer = at_desk(app, "shichang.window")
    with statements() as few:
        officer.get("/desk")
    for _ in range(18):
        file_case(app, ring)
    with statements() as many:
        officer.get("/desk")
    assert counted(many) == counted(few) <= STATEMENTS


def test_a_case_that_has_gone_far_keeps_the_limit(app, ring, statements):
    """The page of a joint case in the middle of its parallel stages, for each who works on it."""
    case_id = file_case(app, ring)
    window = at_desk(app, "shichang.window")
    window.submit(window.get(f"/desk/cases/{case_id}").form("/accept"))
    for username in ("shichang.window", "shichang.head", "weijian.window", "zhujian.window", "jiandu"):
        officer = at_desk(app, username)
        with statements() as sent:
            officer.get(f"/desk/cases/{case_id}")
        assert counted(sent) <= STATEMENTS, (username, sent)
