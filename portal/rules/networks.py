"""rules: who counts as one caller when attempts are counted: an IPv4 address, or the /64 that one line of IPv6 is given."""
import ipaddress


def network(address: str) -> str:
    """The network of an address, as text. Of IPv6 a household gets 2**64 addresses at the least (RFC 6177), so its first
    half is the caller; an IPv4 address inside IPv6 is itself; what is no address stays as it is."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(one, ipaddress.IPv4Address):
        return str(one)
    return str(one.ipv4_mapped or ipaddress.IPv6Network((int(one), 64), strict=False))
