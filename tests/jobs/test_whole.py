"""Whole publications and changes at once, and a site that was put back: nothing is lost, nothing old is shown for new."""
import threading
from datetime import timedelta

import pytest

from portal.actions import catalogue
from portal.cli.publish import publish_all
from portal.jobs import outbox, sites
from portal.publishing import journals, papers, publications, putting_back, reports, site
from portal.publishing.journals import Kind
from portal.rules.catalogue.entries import Entry
from tests.conftest import NOW
from tests.jobs.test_sites import PUBLISHING, SLUG, owed, put, sample, with_summary

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LATER = NOW + timedelta(days=1)
WORDS = "改了一个字的说明"


@pytest.fixture
def shown(tools, monkeypatch):
    """A guide that is shown; gives what its page says, and prints no papers."""
    monkeypatch.setattr(papers, "render", lambda edition, paper: f"%PDF {paper.guide.file.guide.summary.zh}".encode())
    put(tools, sample(SLUG))
    publish_all(tools.config, papers="none")
    return lambda: (tools.config.data / "site" / "current" / "guides" / SLUG / "index.html").read_text()


def change(tools, words: str = WORDS) -> None:
    put(tools, with_summary(sample(SLUG), words), LATER)


def draw(tools) -> int:
    return outbox.drain(tools, PUBLISHING, LATER)


def test_a_guide_enacted_and_drawn_while_a_whole_site_is_built_is_not_lost(tools, shown, monkeypatch):
    """Between the asking for the edition and the turning of the link lies a minute at scale."""
    build = site.build

    def slow(*told, **more):
        built = build(*told, **more)
        if WORDS not in shown():
            change(tools)
            assert draw(tools) == 1 and WORDS in shown(), "a change does not wait for the whole site"
        return built

    monkeypatch.setattr(site, "build", slow)
    publish_all(tools.config, papers="first")
    root = tools.config.data / "site"
    assert WORDS in shown() and owed(tools) == 0
    assert WORDS.encode() in (root / "current/pdf" / f"{SLUG}.pdf").read_bytes()
    assert [one.kind for one in journals.latest(root)] == [Kind.WHOLE, Kind.CHANGE, Kind.WHOLE]


def test_a_guide_that_comes_while_a_whole_site_is_built_waits_and_is_drawn_then(tools, shown, monkeypatch):
    build, others = site.build, []

    def slow(*told, **more):
        built = build(*told, **more)
        if not others:
            with tools.database.writing() as db:
                from tests.actions.cases import in_force
                in_force(db, sample("senior-allowance"), "senior-allowance", LATER)
                db.commit()
            others.append(threading.Thread(target=draw, args=[tools]))
            others[0].start()
        return built

    monkeypatch.setattr(site, "build", slow)
    publish_all(tools.config, papers="none")
    others[0].join()
    assert (tools.config.data / "site/current/guides/senior-allowance/index.html").is_file() and owed(tools) == 0


def test_an_older_edition_is_never_drawn_over_a_newer_one(tools, shown, monkeypatch):
    """Two publishers at once: the second asks for its edition when the first is done."""
    change(tools)
    ask, asked, second = sites.editions.edition, [], threading.Thread(target=draw, args=[tools])

    def slow(db, config, slugs=None):
        edition = ask(db, config, slugs)
        if slugs is not None:
            return edition
        asked.append(WORDS in next(edition.every()).file.guide.summary.zh)
        if len(asked) == 1:
            change(tools, "更新的说明")
            second.start()
            second.join(0.5)
            assert len(asked) == 1, "it waits at the door"
        return edition

    monkeypatch.setattr(sites.editions, "edition", slow)
    draw(tools)
    second.join()
    assert "更新的说明" in shown() and asked[:2] == [True, False]


def load(tools, *names: str) -> None:
    """The catalogue, as the command loads it."""
    with tools.database.writing() as db:
        catalogue.load(db, [Entry("县民政局", name, "殡葬") for name in names])
        catalogue.tell_site(db, LATER)
        db.commit()


def listed(tools) -> str:
    return "".join(page.read_text() for page in (tools.config.data / "site/current/catalogue").rglob("index.html"))


def test_a_catalogue_is_published_as_lists_and_under_no_guides_name(tools, shown):
    load(tools, "殡葬服务设施建设审批")
    page = (tools.config.data / "site/current/guides" / SLUG / "index.html").stat().st_ino
    assert draw(tools) == 1 and "殡葬服务设施建设审批" in listed(tools)
    last = journals.latest(tools.config.data / "site")[0]
    assert (last.kind, last.guides) == (Kind.CHANGE, ()) and (tools.config.data / "site/current/guides" / SLUG / "index.html").stat().st_ino == page
    load(tools, "殡葬服务设施建设审批")
    assert draw(tools) == 1 and journals.latest(tools.config.data / "site")[0] == last, "the same lists are no publication"


def test_a_catalogue_published_while_a_whole_site_is_built_is_not_lost(tools, shown, monkeypatch):
    build = site.build

    def slow(*told, **more):
        built = build(*told, **more)
        load(tools, "殡葬服务设施建设审批")
        assert draw(tools) == 1 and "殡葬服务设施建设审批" in listed(tools)
        return built

    monkeypatch.setattr(site, "build", slow)
    publish_all(tools.config, papers="none")
    assert "殡葬服务设施建设审批" in listed(tools)


def test_a_site_that_was_put_back_is_held_until_it_is_published_again(tools, shown):
    root = tools.config.data / "site"
    change(tools)
    assert draw(tools) == 1 and WORDS in shown()
    putting_back.back(root, 1)
    assert WORDS not in shown()
    change(tools, "第三种说明")
    for _ in range(3):
        assert draw(tools) == 0 and owed(tools) == 1 and WORDS not in shown()
    assert reports.failure(journals.home(root)) is None, "that it waits is no failure"
    publish_all(tools.config, papers="none")
    assert "第三种说明" in shown() and owed(tools) == 0 and publications.held(root) is None


def test_the_desk_asks_the_worker_to_publish_again(tools, shown):
    root = tools.config.data / "site"
    change(tools)
    draw(tools)
    putting_back.back(root, 1)
    with tools.database.writing() as db:
        from portal.actions.outbox import owe
        owe(db, outbox.Topic.PUBLISH_GUIDE, {"whole": 1}, LATER)
        db.commit()
    assert draw(tools) == 1 and WORDS in shown() and publications.held(root) is None
    assert WORDS.encode() in (root / "current/pdf" / f"{SLUG}.pdf").read_bytes()


def ask_back(tools, number: int, newest: int) -> None:
    with tools.database.writing() as db:
        from portal.actions.outbox import owe
        owe(db, outbox.Topic.PUBLISH_GUIDE, {"back": number, "newest": newest, "by": 1}, LATER)
        db.commit()


def test_the_worker_puts_back_before_all_else_and_the_changes_wait(tools, shown):
    root = tools.config.data / "site"
    change(tools)
    draw(tools)
    change(tools, "第三种说明")
    ask_back(tools, 1, 2)
    assert draw(tools) == 1 and WORDS not in shown() and "第三种说明" not in shown()
    assert publications.held(root).back_to == 1 and owed(tools) == 1, "the putting back is done, the change waits"


def test_putting_back_does_not_wait_for_papers(tools, shown, monkeypatch):
    root = tools.config.data / "site"
    printed = []

    def render(edition, paper):
        if not printed:
            ask_back(tools, 1, 2)
        printed.append(paper.name)
        return b"%PDF"

    monkeypatch.setattr(papers, "render", render)
    change(tools)
    assert draw(tools) == 0 and len(printed) == 1 and WORDS in shown()
    assert draw(tools) == 1 and WORDS not in shown() and publications.held(root).back_to == 1


def test_a_worker_killed_after_it_put_back_does_not_do_so_again(tools, shown, monkeypatch):
    root = tools.config.data / "site"
    change(tools)
    draw(tools)
    ask_back(tools, 1, 2)
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "_cross_out", lambda *_: None)  # killed before
        draw(tools)
    assert draw(tools) == 1 and owed(tools) == 0
    assert [one.kind for one in journals.latest(root)] == [Kind.BACK, Kind.CHANGE, Kind.WHOLE]


def test_the_worker_builds_nothing_over_a_site_that_was_put_back_while_it_waited(tools, shown):
    root = tools.config.data / "site"
    change(tools)
    draw(tools)
    putting_back.back(root, 1)
    with pytest.raises(publications.Held):
        sites.whole.publish(lambda: None, root, unless_held=True)
    assert WORDS not in shown()


def test_a_broken_template_leaves_the_old_site_and_is_told(tools, shown, monkeypatch):
    from jinja2 import UndefinedError
    root = tools.config.data / "site"
    before = shown()

    def fall(*_, **__):
        raise UndefinedError("'x' is undefined")

    for name in ("redraw", "build"):
        monkeypatch.setattr(site, name, fall)
    change(tools)
    assert draw(tools) == 0 and owed(tools) == 1
    with pytest.raises(SystemExit):
        publish_all(tools.config)
    assert shown() == before and "模板出错" in reports.failure(journals.home(root)).reason.zh
    assert not list(root.rglob("*.part"))
