"""Passwords are hashed by Argon2id, slowly; tests take a quick hasher, so the house's own is looked at here."""
import argon2

from portal.actions import accounts


def test_the_house_hashes_as_slowly_as_it_is_advised(quick_hashes):
    """RFC 9106, section 4, second recommended option: three passes over 64 MiB with four lanes."""
    assert quick_hashes.type == argon2.Type.ID
    assert quick_hashes.memory_cost >= 64 * 1024 and quick_hashes.time_cost >= 3 and quick_hashes.parallelism == 4
    hashed = quick_hashes.hash("correct horse")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and quick_hashes.verify(hashed, "correct horse")


def test_a_weaker_hash_is_made_anew_when_its_owner_signs_in(quick_hashes):
    assert quick_hashes.check_needs_rehash(accounts.hash_password("correct horse"))
