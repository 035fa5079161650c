"""What is thrown away beside the shown site: nothing that somebody is drawing just then."""
import threading

import pytest

from portal.publishing import publications, putting_back, reports


def whole(root) -> None:
    with publications.whole(root) as stage:
        stage.put("a.html", b"1")


@pytest.mark.parametrize("begin", [whole, lambda root: putting_back.back(root, 1)], ids=["whole", "back"])
def test_who_clears_up_after_a_whole_site_leaves_alone_what_somebody_is_drawing(tmp_path, monkeypatch, begin):
    whole(tmp_path)
    with publications.change(tmp_path) as stage:
        stage.put("a.html", b"0")
    drawn, forget = threading.Event(), reports.forget

    def draw() -> None:
        with publications.change(tmp_path, ["b"]) as stage:
            stage.put("b.html", b"1")
            drawn.set()
            cleared.wait(0.2)  # who clears up waits for this, or is done by then

    other, cleared = threading.Thread(target=draw), threading.Event()

    def turned(*what, **more) -> None:
        """The new site is shown, and the next change may come in."""
        forget(*what, **more)
        if other.ident is None:
            other.start()
            assert drawn.wait(10)

    monkeypatch.setattr(reports, "forget", turned)
    begin(tmp_path)
    cleared.set()
    other.join()
    assert (tmp_path / "current/b.html").read_bytes() == b"1"
