"""Who counts as one caller."""
import pytest

from portal.rules.networks import network


@pytest.mark.parametrize("one, other, same", [
    ("203.0.113.7", "203.0.113.7", True), ("203.0.113.7", "203.0.113.8", False),
    ("2001:db8::1", "2001:db8::ffff:0:0:1", True), ("2001:db8::1", "2001:db8:0:1::1", False),
    ("::ffff:203.0.113.7", "203.0.113.7", True), ("fe80::1%eth0", "fe80::2", True), ("", "", True), ("unix", "", False),
])
def test_a_caller_is_a_network(one, other, same):
    assert (network(one) == network(other)) is same
