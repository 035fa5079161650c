"""Papers of guides in tests of pages: each is printed once in a process."""
import pytest

from portal.publishing import papers

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
