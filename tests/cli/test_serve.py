"""`serve` refuses what must not serve, with its remedy; it ends both of its parts when it is told to, and says why where one dies."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.group import main

ROOT = Path(__file__).parents[2]


def environment(folder, ring) -> dict[str, str]:
    return {"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)}


def refused(folder, ring) -> str:
    answer = CliRunner().invoke(main, ["serve"], env=environment(folder, ring))
    assert answer.exit_code == 2, answer.output
    return answer.output


def test_without_a_database(tmp_path, ring):
    assert "./banshi migrate" in refused(tmp_path, ring)


def test_with_another_releases_database(config, ring):
    assert "版本与程序不符" in refused(config.data, ring)


def test_without_keys(tmp_path):
    assert "./banshi keys new" in refused(tmp_path, tmp_path / "none.json")


@pytest.fixture
def ready(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "banshi.sqlite")
    return tmp_path


def test_it_serves_and_ends_both_parts_when_told(ready, ring):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "portal", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment(ready, ring))
    try:
        assert _answers(f"http://127.0.0.1:{port}/healthz", server)
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
        with socket.socket() as probe, pytest.raises(OSError):
            probe.connect(("127.0.0.1", port))
    finally:
        server.kill()
        server.wait()


def test_it_ends_with_its_worker_and_says_why(ready, ring):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "portal", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment(ready, ring), stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert _answers(f"http://127.0.0.1:{port}/healthz", server)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        worker = next(int(pid) for pid in children if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"worker\0"))
        os.kill(worker, signal.SIGKILL)
        said = server.communicate(timeout=60)[1]
        assert server.returncode == 1
        assert "后台工作意外被信号 9 结束" in said and "The worker was ended by signal 9" in said
    finally:
        server.kill()
        server.wait()


def _answers(address: str, server: subprocess.Popen) -> bool:
    for _ in range(300):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.2)
    return False
