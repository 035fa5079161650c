"""storage: bytes come back whole, names say nothing, and failures are sentences."""

import re

import pytest

from portal.storage import Storage, StorageProblem


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "held" / "files")


def test_bytes_come_back_whole_under_names_that_say_nothing(storage):
    both = [storage.put(b"same"), storage.put(b"same")]
    assert both[0] != both[1] and all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{30}", key) for key in both)
    assert [storage.get(key) for key in both] == [b"same", b"same"]
    assert storage.get(storage.put(b"")) == b"" and type(storage.get(both[0])) is bytes


def test_the_folder_is_the_owner_s_alone(storage, tmp_path):
    assert (tmp_path / "held" / "files").stat().st_mode & 0o777 == 0o700


def test_a_file_removed_is_gone_and_may_be_removed_again(storage):
    key = storage.put(b"x")
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(StorageProblem) as caught:
        storage.get(key)
    assert caught.value.code == "storage.missing" and caught.value.text.en


def test_names_lists_what_is_there(storage, tmp_path):
    keys = {storage.put(bytes([n])) for n in range(5)}
    (tmp_path / "held" / "files" / "readme").write_text("not ours")
    assert set(storage.names()) == keys


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ab/../cd", "/etc/passwd", "张三.pdf", "ab/" + "0" * 29])
def test_a_name_that_the_storage_did_not_make_is_never_touched(storage, key):
    for act in (storage.get, storage.delete):
        with pytest.raises(ValueError, match="not a name"):
            act(key)


def test_a_store_given_by_its_address_does_the_same():
    storage = Storage("memory:///")
    key = storage.put(b"x")
    assert storage.get(key) == b"x" and list(storage.names()) == [key]
    storage.delete(key)
    storage.delete(key)
    storage.check()
    assert list(storage.names()) == []
    with pytest.raises(StorageProblem):
        storage.get(key)


def test_a_check_leaves_nothing_behind(storage):
    storage.check()
    assert list(storage.names()) == []


def test_a_store_that_fails_is_a_sentence(storage, tmp_path):
    folder = tmp_path / "held" / "files"
    folder.rmdir()
    folder.write_text("a file where the folder was")
    with pytest.raises(StorageProblem) as caught:
        storage.put(b"x")
    assert caught.value.code == "storage.down" and "没有丢失" in caught.value.text.zh
