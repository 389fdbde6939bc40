"""The key of a township: seals what its rooms share and the county only carries (sync-design 7, FORMATS).

Wrapped by HPKE (suite 1) to one desk at a time, bound to the key's name and that desk; a body is sealed under a key
derived from it and bound to the entry it stands in, so that it opens nowhere else.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.crypto.sealing import suite_1
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import KEY_BYTES, NONCE_BYTES, derive
from mediator.errors import Unacceptable

NAME: Final = b"mediator/township-key/1\x00"
WRAP: Final = b"mediator/township-wrap/1\x00"
BODY: Final = b"mediator/township-body/1"


def fresh_township_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def name_of(key: bytes) -> str:
    """The key's name, 32 hex, which tells nothing of it and which nobody can give to another key."""
    return hashlib.sha256(NAME + key).digest()[:16].hex()


def digits_of(name: str) -> str:
    """Six digits that two people compare on the telephone before they use a key."""
    return f"{int.from_bytes(hashlib.sha256(NAME + bytes.fromhex(name)).digest()[:8], 'big') % 1_000_000:06d}"


def wrap_for(public: bytes, key: bytes, *, reader: str) -> bytes:
    """80 bytes for one opening key alone; `reader` is the desk whose it is. Unacceptable `key.length`."""
    try:
        recipient = X25519PublicKey.from_public_bytes(public)
    except ValueError:
        raise Unacceptable("key.length") from None
    return suite_1().encrypt(key, recipient, WRAP + bytes.fromhex(name_of(key)) + bytes.fromhex(reader))


def unwrap_with(keys: DeskKeys, wrapped: bytes, *, name: str, reader: str) -> bytes:
    """The key of this name wrapped to us; raises Unacceptable `key.wrapped` for every fault, another name included."""
    try:
        key = suite_1().decrypt(wrapped, keys.opening_key, WRAP + bytes.fromhex(name) + bytes.fromhex(reader))
    except (InvalidTag, ValueError):
        raise Unacceptable("key.wrapped") from None
    if name_of(key) != name:
        raise Unacceptable("key.wrapped")
    return key


def seal_body(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Nonce, ciphertext and tag of a body; `place` names the entry it stands in."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(derive(key, salt=b"", label=BODY)).encrypt(nonce, plain, place)


def open_body(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The plain body; raises Unacceptable `entry.sealed` for another key, another place, any changed bit."""
    cipher = AESGCM(derive(key, salt=b"", label=BODY))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise Unacceptable("entry.sealed") from None
