"""The keys of one recording: whoever holds its public half can add to it and can read nothing, not even his own.

The public half is a secret too: it stands in no file, so that somebody with the disk in his hands can add nothing.
Sealing is HPKE (RFC 9180, base mode, suite 1), one single-shot message a chunk.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from mediator.crypto.sealing import suite_1
from mediator.errors import Unacceptable

SEAL_OVERHEAD: Final = 32 + 16


def fresh_tape_key() -> bytes:
    """32 private bytes for one recording."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """What the recorder is handed: 32 bytes; raises Unacceptable `key.length`."""
    try:
        return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    except ValueError:
        raise Unacceptable("key.length") from None


def seal_chunk(public: bytes, place: bytes, plain: bytes) -> bytes:
    """A chunk sealed to a recording and bound to its place; `SEAL_OVERHEAD` longer. Unacceptable `key.length`."""
    try:
        recipient = X25519PublicKey.from_public_bytes(public)
    except ValueError:
        raise Unacceptable("key.length") from None
    return suite_1().encrypt(plain, recipient, place)


def open_chunk(private: bytes, place: bytes, sealed: bytes) -> bytes:
    """The plain chunk; raises Unacceptable `recording.damaged` for another key, another place, any changed bit."""
    try:
        return suite_1().decrypt(sealed, X25519PrivateKey.from_private_bytes(private), place)
    except (InvalidTag, ValueError):
        raise Unacceptable("recording.damaged") from None
