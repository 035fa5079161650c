"""keys: what is sealed opens only with its key and in its place, and key files are kept as keys must be."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import keys
from portal.keys import KeyProblem, KeyRing


def ring(**given):
    return KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k2", b"b" * 32, **given)


def code_of(call, *arguments, **named):
    with pytest.raises(KeyProblem) as caught:
        call(*arguments, **named)
    assert caught.value.text.zh and caught.value.text.en
    return caught.value.code


@given(st.binary(max_size=300), st.text(max_size=30))
def test_what_is_sealed_opens_again_and_is_unreadable_between(plain, context):
    key = keys.new_data_key()
    sealed = keys.seal(key, plain, context)
    assert keys.open_(key, sealed, context) == plain
    assert len(plain) < 4 or plain not in sealed
    assert keys.seal(key, plain, context) != sealed


def test_text_comes_back_as_text():
    key = keys.new_data_key()
    assert keys.open_text(key, keys.seal(key, "张三 𠮷", "party.name:1"), "party.name:1") == "张三 𠮷"


def test_a_ciphertext_opens_only_with_its_key_in_its_place_and_unchanged():
    key, other = keys.new_data_key(), keys.new_data_key()
    sealed = keys.seal(key, "张三", "party.name:1")
    assert code_of(keys.open_, key, sealed, "party.name:2") == "keys.sealed"
    assert code_of(keys.open_, other, sealed, "party.name:1") == "keys.sealed"
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert code_of(keys.open_, key, bytes(changed), "party.name:1") == "keys.sealed"
    for length in range(len(sealed)):
        assert code_of(keys.open_, key, sealed[:length], "party.name:1") == "keys.sealed"


def test_a_data_key_is_wrapped_unwrapped_and_wrapped_anew():
    key, both = keys.new_data_key(), ring()
    old = KeyRing(both.masters, "k1", both.blind_key).wrap(key)
    assert both.unwrap(old) == key and key.secret not in old
    assert not both.is_current(old) and both.is_current(both.rewrap(old))
    assert both.unwrap(both.rewrap(old)) == key
    only_new = KeyRing({"k2": both.masters["k2"]}, "k2", both.blind_key)
    assert code_of(only_new.unwrap, old) == "keys.unknown"
    assert only_new.unwrap(both.rewrap(old)) == key


@pytest.mark.parametrize("wrapped", [b"", b"\x01", b"\x01\x09k2", b"\x02\x02k2" + b"0" * 80, b"\x01\x02k2" + b"0" * 80])
def test_a_wrapped_key_that_was_changed_is_refused(wrapped):
    assert code_of(ring().unwrap, wrapped) == "keys.sealed"


def test_no_key_prints_itself():
    key = keys.new_data_key()
    assert key.secret.hex() not in repr(key) and repr(key.secret) not in repr(key)
    assert repr(ring()) == "KeyRing(k1, k2; current k2)"


def test_a_blind_index_is_equal_for_equal_values_of_one_purpose_only():
    assert ring().blind("11010519491231002X", "party.number") == ring().blind("11010519491231002X", "party.number")
    assert ring().blind("x", "party.number") != ring().blind("x", "party.telephone")
    assert ring().blind("x", "party.number") != KeyRing(ring().masters, "k2", b"c" * 32).blind("x", "party.number")
    with pytest.raises(ValueError, match="purpose"):
        ring().blind("x", "Party\0")


def test_a_digest_is_worthless_under_another_key():
    key = keys.new_data_key()
    assert keys.digest(key, b"x") == keys.digest(key, b"x") != keys.digest(keys.new_data_key(), b"x")


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "held" / "keys.json"
    made = keys.create(path)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert keys.load(path, demo=False) == made == keys.load(path.read_text(), demo=False)
    with pytest.raises(FileExistsError):
        keys.create(path)


def test_a_key_file_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "keys.json"
    keys.create(path)
    for mode in (0o640, 0o604):
        os.chmod(path, mode)
        assert code_of(keys.load, path, demo=False) == "keys.permissions"


def test_demo_keys_are_refused_outside_the_demo(tmp_path):
    path = tmp_path / "keys.json"
    keys.create(path, demo=True)
    assert keys.load(path, demo=True).demo
    assert code_of(keys.load, path, demo=False) == "keys.demo"
    assert code_of(keys.load, path.read_text(), demo=False) == "keys.demo"


def test_rotation_keeps_the_old_keys_and_takes_a_new_one(tmp_path):
    path = tmp_path / "keys.json"
    wrapped = keys.create(path).wrap(key := keys.new_data_key())
    rotated = keys.rotate(path)
    assert (list(rotated.masters), rotated.current) == (["k1", "k2"], "k2")
    assert keys.load(path, demo=False) == rotated and path.stat().st_mode & 0o777 == 0o600
    assert rotated.unwrap(wrapped) == key and rotated.blind("x", "y") == keys.load(path, demo=False).blind("x", "y")


def test_a_missing_or_broken_file_says_what_to_do_and_nothing_of_what_it_holds(tmp_path):
    assert code_of(keys.load, tmp_path / "none.json", demo=False) == "keys.missing"
    path = tmp_path / "keys.json"
    keys.create(path)
    good = json.loads(path.read_text())
    for broken in (
        "",
        "[]",
        "{}",
        json.dumps({**good, "current": "k9"}),
        json.dumps({**good, "blind": good["blind"][:-8]}),
        json.dumps({**good, "masters": {"k1": "…"}}),
        json.dumps({**good, "demo": "no"}),
    ):
        path.write_text(broken)
        with pytest.raises(KeyProblem) as caught:
            keys.load(path, demo=False)
        assert caught.value.code == "keys.malformed" and good["blind"][:8] not in str(caught.value)
        assert caught.value.__cause__ is None
