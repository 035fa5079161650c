"""How files come into the shown site: whole publications and changes, what is kept of them, and what an error leaves."""
import errno
import json
import os
from pathlib import Path

import pytest

from portal.publishing import disk, journals, locks, publications, putting_back, reports
from portal.publishing.journals import Kind
from portal.rules.problems import Problem


def whole(root: Path, **pages: str) -> None:
    with publications.whole(root) as stage:
        for name, words in pages.items():
            stage.put(f"{name}.html", words.encode())


def change(root: Path, *gone: str, **pages: str) -> None:
    with publications.change(root, pages) as stage:
        for name, words in pages.items():
            stage.put(f"{name}.html", words.encode())
        for name in gone:
            stage.remove(f"{name}.html")


def seen(root: Path) -> dict[str, str]:
    site = root / "current"
    return {path.removesuffix(".html"): (site / path).read_text() for path in disk.inventory(site.resolve())}


def around(root: Path) -> list[str]:
    """What lies in the site's folder and in that of its publications, but for locks."""
    return sorted(one.relative_to(root).as_posix() for one in [*root.iterdir(), *(root / "publications").iterdir()] if one.suffix != ".lock")


def test_a_whole_publication_replaces_the_folder_and_keeps_only_what_differs(tmp_path):
    whole(tmp_path, a="1", b="1", c="1")
    whole(tmp_path, a="1", b="2", d="1")
    assert seen(tmp_path) == {"a": "1", "b": "2", "d": "1"}
    assert around(tmp_path) == ["2", "current", "publications", "publications/1", "publications/2"]
    assert journals.paths(tmp_path, 2) == journals.Paths((), ("b.html", "c.html"), ("d.html",), ("c.html",))
    last = journals.latest(tmp_path)[0]
    assert (last.kind, last.files, last.size) == (Kind.WHOLE, 2, 2)


def test_a_change_comes_into_the_same_folder(tmp_path):
    whole(tmp_path, a="1", b="1", c="1")
    change(tmp_path, "c", a="1", b="2", d="1")
    assert seen(tmp_path) == {"a": "1", "b": "2", "d": "1"}
    assert around(tmp_path) == ["1", "current", "publications", "publications/1", "publications/2"]
    last = journals.latest(tmp_path)[0]
    assert (last.kind, last.guides, last.files) == (Kind.CHANGE, ("a", "b", "d"), 2)
    which = journals.paths(tmp_path, 2)
    assert ([path for _, path in which.new], which.before, which.removed) == (["d.html", "b.html"], ("c.html", "b.html"), ("c.html",))
    assert sorted(disk.inventory(tmp_path / "publications/2")) == ["before/0", "before/1", "journal.json", "paths.json"]


def test_unchanged_bytes_are_no_publication_and_are_not_written(tmp_path):
    whole(tmp_path, a="1")
    file = (tmp_path / "current/a.html").stat().st_ino
    change(tmp_path, "never", a="1")
    assert len(journals.latest(tmp_path)) == 1
    whole(tmp_path, a="1")
    assert (tmp_path / "current/a.html").stat().st_ino == file


def test_what_fails_leaves_everything_and_says_why(tmp_path):
    whole(tmp_path, a="1")
    before, home = seen(tmp_path), tmp_path / "publications"
    for begun in (publications.whole, publications.change):
        with pytest.raises(OSError), begun(tmp_path) as stage:
            stage.put("a.html", b"2")
            raise OSError(errno.ENOSPC, "No space left on device")
        assert seen(tmp_path) == before and around(tmp_path) == ["1", "current", "publications", "publications/1", "publications/failure.json"]
        assert "磁盘已满" in reports.failure(home).reason.zh and "disk is full" in reports.failure(home).reason.en
    change(tmp_path, a="2")
    assert reports.failure(home) is None, "what failed before is no matter any longer"


def test_twenty_are_kept_and_any_of_them_can_be_put_back(tmp_path):
    told = []
    for number in range(1, 26):
        (whole if number % 7 == 1 else change)(tmp_path, a=str(number), **{f"only{number}": "x", "b": str(number // 5)})
        told.append(seen(tmp_path))
    kept = [one.number for one in journals.latest(tmp_path)]
    assert kept == list(range(25, 5, -1)) and not (tmp_path / "publications/4").exists()
    for number in (24, 12, 8):
        done = putting_back.back(tmp_path, number, by="张三")
        assert seen(tmp_path) == told[number - 1] and (done.kind, done.back_to, done.by) == (Kind.BACK, number, "张三")
        assert publications.held(tmp_path) == done
    putting_back.back(tmp_path, 25)
    assert seen(tmp_path) == told[24], "what was put back can be taken back"
    whole(tmp_path, a="new")
    assert publications.held(tmp_path) is None


def test_what_was_asked_for_is_put_back_once_and_not_over_another_site(tmp_path):
    for words in "1234":
        change(tmp_path, a=words) if (tmp_path / "current").exists() else whole(tmp_path, a=words)
    change(tmp_path, a="5")
    done = putting_back.back(tmp_path, 2, seen=4)
    assert seen(tmp_path) == {"a": "2"}, "a change that came after it was asked for is undone too"
    assert putting_back.back(tmp_path, 2, seen=4) == done == journals.newest(tmp_path), "a killed worker does it again"
    putting_back.back(tmp_path, 3)
    with pytest.raises(Problem, match="没有再放回"):
        putting_back.back(tmp_path, 2, seen=4)
    whole(tmp_path, a="8")
    with pytest.raises(Problem, match="没有再放回"):
        putting_back.back(tmp_path, 2, seen=7)
    assert seen(tmp_path) == {"a": "8"} and reports.failure(tmp_path / "publications") is None


def test_changes_go_on_while_a_site_is_put_back_and_are_undone(tmp_path, monkeypatch):
    whole(tmp_path, a="1", b="1", **{"guides/c/index": "1", "guides/d/index": "1"})
    change(tmp_path, a="2")
    site, twin, told = (tmp_path / "current").resolve(), disk.twin, []

    def slow(old, new, paths):
        for done in twin(old, new, sorted(paths)):
            if done == 1:  # a page comes, one is changed and two go, before and behind what has its second name
                change(tmp_path, "a", "guides/d/index", b="3", **{"guides/e/index": "3"})
            yield done

    monkeypatch.setattr(disk, "twin", slow)
    putting_back.back(tmp_path, 1, count=lambda done, total: told.append((done, total)))
    assert seen(tmp_path) == {"a": "1", "b": "1", "guides/c/index": "1", "guides/d/index": "1"} and told == [(4, 4)]
    assert site != (tmp_path / "current").resolve() and not (tmp_path / "current/guides/e").exists()
    assert [one.kind for one in journals.latest(tmp_path)] == [Kind.BACK, Kind.CHANGE, Kind.CHANGE, Kind.WHOLE]


def test_what_is_no_longer_kept_when_its_turn_comes_is_not_put_back(tmp_path, monkeypatch):
    whole(tmp_path, a="1")
    for number in range(2, 21):
        change(tmp_path, a=str(number))
    twin = disk.twin

    def slow(*what):
        change(tmp_path, a="21")
        return twin(*what)

    monkeypatch.setattr(disk, "twin", slow)
    with pytest.raises(Problem):
        putting_back.back(tmp_path, 1)
    assert seen(tmp_path) == {"a": "21"} and publications.held(tmp_path) is None and not list(tmp_path.glob("*.part"))


def test_a_site_gets_its_second_names_by_one_call_a_file_and_one_a_folder(tmp_path, monkeypatch):
    paths = [f"guides/{name}/at/{place}/index.html" for name in "abc" for place in range(5)]
    for path in paths:
        disk.put(tmp_path / "old" / path, path.encode())
    calls = []
    for name in ("link", "mkdir", "stat", "makedirs"):
        act = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *what, act=act, name=name, **more: (calls.append(name), act(*what, **more))[1])
    assert list(disk.twin(tmp_path / "old", tmp_path / "new", paths)) == list(range(1, 16))
    monkeypatch.undo()
    assert sorted(calls) == ["link"] * 15 + ["mkdir"] * (1 + 1 + 3 + 3 + 15)
    assert disk.inventory(tmp_path / "new") == disk.inventory(tmp_path / "old")


@pytest.mark.parametrize("number", [0, 3, 99])
def test_what_is_not_kept_or_is_shown_cannot_be_put_back(tmp_path, number):
    for words in "123":
        change(tmp_path, a=words) if (tmp_path / "current").exists() else whole(tmp_path, a=words)
    with pytest.raises(Problem):
        putting_back.back(tmp_path, number)
    assert seen(tmp_path) == {"a": "3"} and len(journals.latest(tmp_path)) == 3


def test_what_was_made_when_asked_for_goes_with_what_it_shows(tmp_path):
    (tmp_path / "kept").mkdir()
    paper = tmp_path / "kept/1.pdf"
    paper.write_bytes(b"paper of 1")
    whole(tmp_path, a="1")
    assert publications.show_made(tmp_path, "pdf/a.html", paper, seen=1, slug="a")
    with publications.change(tmp_path, ["a"]) as stage:
        stage.put("a.html", b"2")
        stage.remove("pdf/a.html")
    assert seen(tmp_path) == {"a": "2"}
    assert not publications.show_made(tmp_path, "pdf/a.html", paper, seen=1, slug="a"), "it was asked for before the change"
    assert publications.show_made(tmp_path, "pdf/b.html", paper, seen=1, slug="b"), "the change was of another guide"
    assert not publications.show_made(tmp_path, "pdf/list.html", paper, seen=1), "a list may name the changed guide"
    assert publications.show_made(tmp_path, "pdf/a.html", paper, seen=2, slug="a")
    putting_back.back(tmp_path, 1)
    assert seen(tmp_path) == {"a": "1", "pdf/a": "paper of 1"}
    putting_back.back(tmp_path, 2)
    assert seen(tmp_path) == {"a": "2", "pdf/a": "paper of 1", "pdf/b": "paper of 1"}


def test_a_site_of_an_earlier_release_is_taken_over(tmp_path):
    for number in ("3", "4"):
        (tmp_path / number).mkdir()
        (tmp_path / number / "a.html").write_text(number)
    (tmp_path / "current").symlink_to("4", target_is_directory=True)
    change(tmp_path, a="5")
    assert [one.number for one in journals.latest(tmp_path)] == [5, 4]
    putting_back.back(tmp_path, 4)
    assert seen(tmp_path) == {"a": "4"} and not (tmp_path / "3").exists()


def test_guides_changed_while_a_whole_site_grows_are_drawn_into_it(tmp_path):
    whole(tmp_path, a="1", b="1")
    caught = []

    def catch_up(stage: publications.Whole, late: set[str]) -> None:
        caught.append(late)
        stage.put("a.html", b"2")

    with publications.whole(tmp_path, catch_up=catch_up) as stage:
        stage.put("a.html", b"1")
        stage.put("b.html", b"1")
        change(tmp_path, a="2")
    assert caught == [{"a"}] and seen(tmp_path) == {"a": "2", "b": "1"}
    assert [(one.number, one.kind) for one in journals.latest(tmp_path)][:2] == [(3, Kind.WHOLE), (2, Kind.CHANGE)]


def test_a_file_with_a_second_name_in_the_shown_site_is_never_written_over(tmp_path):
    whole(tmp_path, a="1")
    with publications.whole(tmp_path) as stage:
        stage.put("a.html", b"1")
        stage.put("a.html", b"2")
        assert seen(tmp_path) == {"a": "1"}
    assert seen(tmp_path) == {"a": "2"}


def test_an_ended_build_says_how_far_it_was(tmp_path):
    (tmp_path / "publications").mkdir()
    with locks.locked(tmp_path, locks.BUILDING), reports.counting(tmp_path) as count:
        count(3, 8)
        assert (reports.running(tmp_path).done, reports.running(tmp_path).total, reports.failure(tmp_path)) == (3, 8, None)
        left = json.loads((tmp_path / "progress.json").read_text())
    assert reports.running(tmp_path) is None and reports.failure(tmp_path) is None
    (tmp_path / "progress.json").write_text(json.dumps(left))
    assert "3" in reports.failure(tmp_path).reason.zh and "broken off" in reports.failure(tmp_path).reason.en


def test_a_putting_back_that_was_ended_is_told_apart(tmp_path):
    home = tmp_path / "publications"
    home.mkdir()
    with locks.locked(home, locks.BUILDING), reports.counting(home, 7) as count:
        count(100, 900)
        assert reports.running(home).back_to == 7
        left = (home / "progress.json").read_text()
    (home / "progress.json").write_text(left)
    assert "放回第7次" in reports.failure(home).reason.zh and "publication 7 was broken off" in reports.failure(home).reason.en


def test_a_lock_is_taken_once_a_thread_and_ends_with_its_holder(tmp_path):
    with locks.locked(tmp_path, "door"), locks.locked(tmp_path, "door"):
        assert locks.taken(tmp_path, "door")
    assert not locks.taken(tmp_path, "door") and not locks.taken(tmp_path, "building")
    child = os.fork()
    if not child:
        with locks.locked(tmp_path, "door"):
            os._exit(0)
    os.waitpid(child, 0)
    assert not locks.taken(tmp_path, "door")


@pytest.mark.parametrize("begin", [whole, change])
def test_a_disk_that_fills_up_at_any_file_leaves_the_old_site(tmp_path, monkeypatch, begin):
    whole(tmp_path, a="1", b="1", c="1")
    old, at, calls = seen(tmp_path), 1, 0
    acts = {name: getattr(disk, name) for name in ("put", "link", "flush")}

    def counted(act):
        def do(*what):
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(errno.ENOSPC, "No space left on device")
            return act(*what)
        return do

    for name, act in acts.items():
        monkeypatch.setattr(disk, name, counted(act))
    while True:
        calls = 0
        try:
            begin(tmp_path, a="2", b="2", d="2")
        except OSError:
            assert seen(tmp_path) == old and not [name for name in around(tmp_path) if name.endswith((".part", "/2"))]
            assert "磁盘已满" in reports.failure(tmp_path / "publications").reason.zh
            at += 1
        else:
            break
    assert at > 5 and seen(tmp_path)["a"] == "2" and reports.failure(tmp_path / "publications") is None
