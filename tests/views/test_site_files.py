"""Files of the site that are made for who asks: what they say is what the shown page says, also of an earlier site."""
from datetime import timedelta

import pytest

from pdfs import posters
from portal.jobs import Tools, whole
from portal.publishing import journals, papers, publications, putting_back
from portal.queries import editions
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

SLUG, WORDS = "temporary-identity", "改了一个字的说明"
PAPER, SHEET, POSTER = f"/pdf/{SLUG}.pdf", "/data/sheets/guides.xlsx", "/pdf/place-990421000000.pdf"


@pytest.fixture
def parts(app, ring, monkeypatch):
    """A site that was published, then its guide changed and published again; papers say the guide's summary."""
    monkeypatch.setattr(papers, "render", lambda edition, paper: f"%PDF {paper.guide.file.guide.summary.zh}".encode())
    monkeypatch.setattr(posters, "render", lambda values: b"%PDF poster")
    parts = app.extensions["banshi"]
    enact(parts, sample(SLUG), NOW)
    publish(parts)
    file = sample(SLUG)
    summary = file.guide.summary.model_copy(update={"zh": WORDS})
    enact(parts, file.model_copy(update={"guide": file.guide.model_copy(update={"summary": summary})}), NOW + timedelta(days=1))
    return parts


def enact(parts, file, now) -> None:
    with parts.database.writing() as db:
        in_force(db, file, SLUG, now)
        db.commit()


def publish(parts) -> None:
    tools = Tools(parts.config, parts.database, parts.keys, parts.storage)

    def ask():
        with tools.database.reading() as db:
            return editions.edition(db, tools.config)

    whole.publish(ask, tools.config.data / "site")


def test_what_is_made_is_shown_to_the_next_who_asks(client, parts):
    publish(parts)
    root = parts.config.data / "site"
    for path in (PAPER, SHEET, POSTER):
        assert client.get(path).response.status_code == 200 and (root / "current" / path[1:]).is_file()
    assert WORDS in client.get(PAPER).response.data.decode()
    assert set(journals.made(root, 2)) == {path[1:] for path in (PAPER, SHEET, POSTER)}


def test_papers_of_an_earlier_site_say_what_its_pages_say(client, parts):
    publish(parts)
    root = parts.config.data / "site"
    putting_back.back(root, 1)
    said = client.get(PAPER).response.data.decode()
    assert said.startswith("%PDF") and WORDS not in said
    assert "暂时不能下载" in client.get(SHEET, status=503).text and "重新发布" in client.get(POSTER, status=503).text
    client.get("/pdf/nothing.pdf", status=404)
    publish(parts)
    assert WORDS in client.get(PAPER).response.data.decode() and client.get(SHEET).response.status_code == 200


def test_a_paper_of_a_guide_that_is_published_while_it_is_made_is_made_again(client, parts, monkeypatch):
    root, printed = parts.config.data / "site", []

    def render(edition, paper):
        printed.append(paper.name)
        if len(printed) == 1:
            with publications.change(root, [SLUG]) as stage:
                stage.put(f"guides/{SLUG}/index.html", b"another page")
        return f"%PDF {len(printed)}".encode()

    monkeypatch.setattr(papers, "render", render)
    assert client.get(PAPER).response.status_code == 200
    assert (root / "current" / PAPER[1:]).is_file() and journals.made(root, journals.number(root)) == [PAPER[1:]]


@pytest.mark.parametrize("path", ["/pdf/", "/pdf/x/y.pdf", "/pdf/../banshi.sqlite", "/data/none.json", "/pdf/a.txt"])
def test_nothing_else_is_made(client, parts, path):
    client.get(path, status=404)
