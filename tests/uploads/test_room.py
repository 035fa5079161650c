"""uploads: few files are looked at at once on a machine, and who finds the room full is told soon."""
import fcntl
import os
from contextlib import ExitStack

import pytest

from portal import uploads
from portal.uploads import UploadProblem, room
from tests.uploads.test_uploads import corners, saved


def test_the_room_is_the_machine_s_and_who_finds_it_full_is_told_soon(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0.2)
    data = saved(corners(), "PNG")
    taken = [os.open(tmp_path / f"uploads.{number}.lock", os.O_RDWR | os.O_CREAT) for number in range(room.PLACES)]
    for one in taken:
        fcntl.flock(one, fcntl.LOCK_EX)  # as another process would
    with pytest.raises(UploadProblem) as caught:
        uploads.clean(data, tmp_path)
    assert caught.value.word == "busy" and "没有丢失" in caught.value.text.zh
    os.close(taken.pop())
    assert uploads.clean(data, tmp_path).extension == "png"
    os.close(taken.pop())


def test_few_of_a_process_wait_for_the_room(tmp_path):
    with ExitStack() as inside:
        for _ in range(room.PLACES):
            inside.enter_context(room.place(tmp_path))
        with pytest.raises(room.Full):
            inside.enter_context(room.place(tmp_path))
    assert uploads.clean(saved(corners(), "PNG"), tmp_path)
