"""Small names of the road: key ids, fingerprints, comparison numbers, Crockford text."""

from __future__ import annotations

import hashlib
from typing import Final

CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def key_id(public: bytes) -> str:
    """16 bytes of SHA-256 of a public key, as 32 hex: names a key without being one."""
    return hashlib.sha256(b"mediator/key/1\x00" + public).digest()[:16].hex()


def crockford(data: bytes, length: int) -> str:
    """The first `length` lower-case Crockford characters of some bytes."""
    bits = int.from_bytes(data, "big")
    size = len(data) * 8
    return "".join(CROCKFORD[(bits >> (size - 5 * (place + 1))) & 31] for place in range(length))


def fingerprint(public: bytes) -> str:
    """16 characters that a person compares with the county's printed card."""
    return crockford(hashlib.sha256(b"mediator/card/1\x00" + public).digest(), 16)


def comparison(first: bytes, second: bytes) -> str:
    """Six digits that both ends of an enrollment show, for the telephone."""
    digest = hashlib.sha256(b"mediator/compare/1\x00" + first + second).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"
