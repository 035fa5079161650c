"""What is thrown away beside the shown site: nothing that somebody is drawing just then."""
import os
import threading

import pytest

from portal.publishing import disk, publications, putting_back, reports


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


def test_a_folder_that_a_change_takes_away_stops_no_putting_back(tmp_path, monkeypatch):
    with publications.whole(tmp_path) as stage:
        for path in ("a.html", "guides/c/index.html", "guides/d/index.html"):
            stage.put(path, b"1")
    with publications.change(tmp_path) as stage:
        stage.put("a.html", b"2")
    look, site = os.scandir, (tmp_path / "current").resolve()

    def slow(folder):
        """The page goes after its folder was seen and before anybody looked into it."""
        if str(folder) == f"{site}/guides/c/":
            monkeypatch.undo()
            with publications.change(tmp_path) as stage:
                stage.remove("guides/c/index.html")
        return look(folder)

    monkeypatch.setattr(os, "scandir", slow)
    putting_back.back(tmp_path, 1)
    assert sorted(disk.inventory((tmp_path / "current").resolve())) == ["a.html", "guides/c/index.html", "guides/d/index.html"]
