"""Tests of pages: a case to act on, the moment at which officers act, and papers of guides that are printed once in a process."""
import pytest

from portal import web
from portal.publishing import papers
from tests.conftest import NOW
from tests.views.officers import file_case

PRINTED: dict[str, bytes] = {}
"""By the paper's key, which is a hash of all that its bytes depend on."""


@pytest.fixture(autouse=True)
def _printed_once(monkeypatch):
    real = papers.render

    def render(edition, paper):
        if paper.key not in PRINTED:
            PRINTED[paper.key] = real(edition, paper)
        return PRINTED[paper.key]

    monkeypatch.setattr(papers, "render", render)


@pytest.fixture
def at_the_time(monkeypatch):
    """Officers act at the moment at which tests file their cases: what may be done depends on the days that passed."""
    monkeypatch.setattr(web, "now", lambda: NOW)


@pytest.fixture
def case_id(app, ring):
    return file_case(app, ring)
