"""The processes of a pool: their own from the start, with what all of them need in memory once; none outlives who started it."""
import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portal.publishing import processes

ROOT = Path(__file__).parents[2]


def told() -> tuple[int, int, int, bool]:
    """Of the process that runs it: its number, that of who forked it, what its collector leaves alone, and whether what all of
    them need is loaded."""
    return os.getpid(), os.getppid(), gc.get_freeze_count(), set(processes.LOADED) <= set(sys.modules)


def held() -> dict[str, int]:
    rows = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    return {row.split(":")[0]: int(row.split()[1]) for row in rows}


def test_they_are_forked_from_one_that_has_loaded_what_all_need():
    here = threading.Event()
    beside = threading.Thread(target=here.wait, daemon=True)
    beside.start()  # as a server's, which no process of the pool may have half of
    with processes.pool() as one, processes.pool() as other:
        a, b = one.submit(told).result(), other.submit(told).result()
    here.set()
    assert len({a[0], b[0], os.getpid()}) == 3
    assert a[1] == b[1] and os.getpid() not in (a[1], b[1]), "both are of the one that was started fresh"
    assert a[2] > 100_000 and a[3] and b[3]


def test_they_work_on_the_cores_of_who_asks():
    before = os.sched_getaffinity(0)
    with processes.pool() as pool:
        assert pool.submit(os.sched_getaffinity, 0).result() == before
    try:
        os.sched_setaffinity(0, {max(before)})
        with processes.pool() as pool:
            assert pool.submit(os.sched_getaffinity, 0).result() == {max(before)}
    finally:
        os.sched_setaffinity(0, before)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell what a process shares")
def test_what_all_need_stands_in_memory_once():
    with processes.pool() as pool:
        of = pool.submit(held).result()
    assert of["Rss"] > 100_000 and of["Private_Dirty"] < of["Rss"] / 3, "in KB"


def test_who_hands_guides_to_a_pool_holds_none_of_its_dictionaries(tmp_path):
    """A publication of many guides sorts their names in the pool, and needs pinyin itself when the pool is done."""
    script = ("import sys\nfrom pathlib import Path\nfrom portal.cli import publish\nfrom portal.jobs import whole\nfrom portal.publishing import site\n"
              "from portal.queries import stocks\nsite._config('http://localhost:8000', Path(sys.argv[1]))\nprint('pypinyin' in sys.modules)\n")
    done = subprocess.run([sys.executable, "-c", script, tmp_path / "site"], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["False"]


def test_a_process_ends_with_who_started_the_pool(tmp_path):
    """Killed by force, as a worker that does not end in time, it leaves none behind, nor the one that they are forked from."""
    (tmp_path / "parent.py").write_text(
        "import time\nfrom portal.publishing import processes\nfrom tests.publishing.test_processes import told\n"
        "if __name__ == '__main__':\n    pool = processes.pool()\n    print(*pool.submit(told).result()[:2], flush=True)\n    time.sleep(60)\n")
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py"], stdout=subprocess.PIPE, text=True, cwd=ROOT,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})
    left = {int(word) for word in parent.stdout.readline().split()}
    assert len(left) == 2
    parent.kill()
    parent.wait()
    for _ in range(200):
        left = {one for one in left if _runs(one)}
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError(f"still there: {left}")


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
