"""A publication is a process killed with SIGKILL at every write. The writes are found by tracing it with strace: whatever
call names the site's folder and is not known to read only. After each kill the shown site is whole and nothing of the
interrupted publication shows; run again, it comes to the same bytes as undisturbed.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
TRACED = "%file,%desc"
READS = frozenset([
    "access", "faccessat", "faccessat2", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs",
    "readlink", "readlinkat", "getcwd", "chdir", "open", "openat", "read", "pread64", "readv", "preadv", "lseek",
    "close", "close_range", "dup", "dup2", "dup3", "fcntl", "flock", "getdents64", "ioctl", "mmap", "poll", "ppoll",
    "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_ctl", "utimensat", "execve", "getxattr", "lgetxattr",
    "fgetxattr", "listxattr", "llistxattr", "flistxattr"])
"""Calls that leave files and their names as they are, `open` and `openat` where they do not say that they write."""
WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")
NAME, DONE = re.compile(r"^\d+ +(\w+)\("), re.compile(r"^\d+ +\w+\((.*)\) += (?!-)")
SAMPLED = 6
"""So many of the writes of a whole build of a real site, which draws for a second each time; all are those of *whole*."""


@dataclass
class Publisher:
    process: subprocess.Popen
    folder: Path

    def say(self, words: str) -> str:
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> str:
        return self.process.stdout.readline().strip()

    def begin(self, act: str, root: Path) -> int:
        """A process that is about to do the act, and stands still; gives its number."""
        return int(self.say(f"{act} {root}"))

    def end(self, child: int) -> int:
        """Lets it go; gives how it ended."""
        os.kill(child, signal.SIGCONT)
        return int(self.hear())

    def trace(self, act: str, root: Path, *how: str) -> int:
        """The act in a process of its own, traced; gives how it ended."""
        child = self.begin(act, root)
        tracer = subprocess.Popen(["strace", "-f", "-qq", "-o", self.folder / "trace", *how, "-p", str(child)], stderr=subprocess.PIPE, text=True)
        while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text():
            if tracer.poll() is not None:
                os.kill(child, signal.SIGKILL)
                self.hear()
                pytest.skip(f"strace may not trace here: {tracer.stderr.read().strip()}")
            time.sleep(0.001)
        ended = self.end(child)
        tracer.communicate()
        return ended

    def calls(self, act: str, root: Path) -> list[str]:
        """Does the act; gives every call with a file."""
        assert self.trace(act, root, "-y", "-s", "0", "-e", f"trace={TRACED}") == 0
        return (self.folder / "trace").read_text().splitlines()

    def kill(self, act: str, root: Path, name: str, number: int) -> int:
        """Begins the act, whose process is killed when it enters this call for the n-th time; gives how it ended."""
        return self.trace(act, root, "-e", f"trace={name}", "-e", f"inject={name}:signal=SIGKILL:when={number}")


@pytest.fixture(scope="module")
def publisher(tmp_path_factory):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed; ./banshi test installs it")
    folder = tmp_path_factory.mktemp("killed")
    process = subprocess.Popen([sys.executable, "-m", "tests.publishing.publisher", folder / "real"], cwd=HERE, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    one = Publisher(process, folder)
    assert one.say(f"prepare {folder / 'few'}") == "ready"
    yield one
    process.stdin.close()
    process.wait()


def everything(root: Path) -> dict[str, bytes]:
    site = (root / "current").resolve()
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def writes(calls: list[str], root: Path) -> list[tuple[str, int]]:
    """The calls that write below the folder: each by its name, and how many of that name there were until then."""
    found, counted = [], Counter()
    for line in calls:
        name = NAME.match(line)
        if not name:
            continue
        counted[name[1]] += 1
        done = DONE.match(line)  # a call that came back with an error changed nothing
        if done and str(root) in done[1] and (name[1] not in READS or (name[1] in ("open", "openat") and WRITING.search(done[1]))):
            found.append((name[1], counted[name[1]]))
    return found


def copy(base: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(base, root, symlinks=True)


def look(act: str, now: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether the site is whole; says whether something of the new one is shown."""
    if act in ("whole", "built", "back"):
        assert now in (old, new), "wholly the one or wholly the other"
        return now == new
    for path, held in now.items():
        assert held in (old.get(path), new.get(path)), f"{path} is neither old nor new"
    assert old.keys() & new.keys() <= now.keys(), "a page is missing"
    lists = [path for path, held in now.items() if "guides/" not in path.removesuffix("guides/index.html") and held == new.get(path) != old.get(path)]
    pages = [path for path in new if "guides/" in path.removesuffix("guides/index.html") and new[path] != old.get(path)]
    assert not lists or all(now.get(path) == new[path] for path in pages), "a list tells of a page that is not there yet"
    for path, held in now.items():
        for link in re.findall(r'href="(/guides/[^"#?]*/)"', held.decode()) if path.endswith(".html") else ():
            assert link.strip("/") + "/index.html" in now, f"{path} leads to {link}, which is not there"
    return now != old


@pytest.mark.parametrize("act", ["change", "comes_and_goes", "whole", "back", "built"])
def test_killed_at_every_write_the_site_is_whole_and_can_be_published_again(publisher, act, record_property):
    base, root = publisher.folder / ("real" if act in ("change", "built") else "few"), publisher.folder / "site"
    old = everything(base)
    copy(base, root)
    calls = publisher.calls(act, root)
    new, points = everything(root), writes(calls, root)
    assert new != old and len(points) > 20, "\n".join(calls)
    if act == "built":
        points = points[:: len(points) // SAMPLED]
    seen_new = 0
    for point in points:
        copy(base, root)
        assert publisher.kill(act, root, *point) == -signal.SIGKILL, point
        seen_new += look(act, everything(root), old, new)
        assert publisher.end(publisher.begin(act, root)) == 0 and everything(root) == new, point
        left = [file.name for file in [*root.iterdir(), *(root / "publications").iterdir()]]
        assert not [name for name in left if name.endswith((".part", ".gone"))], left
    assert 0 < seen_new < len(points), "some kills fall before the record of the publication, some after it"
    record_property("kills", len(points))
    print(f"{act}: killed at {len(points)} writes, {seen_new} of them with something new shown")
