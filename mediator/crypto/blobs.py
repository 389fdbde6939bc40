"""A scan sealed once, under a key of its own: 64 KiB chunks, so that any piece can be sealed again alone (FORMATS).

The key is used for these bytes and no others, so the same piece always comes out the same: nothing sealed has to be
kept beside what it was sealed from. A chunk that was cut off, swapped or added fails by its number and the final flag.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.crypto.sealing import CHUNK, TAG, nonce_of
from mediator.crypto.tree import derive
from mediator.errors import Unacceptable

LABEL: Final = b"mediator/blob/1"
CHUNKS: Final = 4
PLAIN: Final = CHUNK * CHUNKS


def cipher_of(key: bytes) -> AESGCM:
    """The cipher of one blob's key (32 bytes)."""
    return AESGCM(derive(key, salt=b"", label=LABEL))


def seal_piece(key: bytes, plain: bytes, index: int) -> bytes:
    """Piece `index` of the whole plain text, sealed; empty beyond the last."""
    cipher, last = cipher_of(key), max(-(-len(plain) // CHUNK), 1) - 1
    numbers = range(index * CHUNKS, min(index * CHUNKS + CHUNKS, last + 1))
    return b"".join(
        cipher.encrypt(nonce_of(number, final=number == last), plain[number * CHUNK : (number + 1) * CHUNK], None)
        for number in numbers
    )


def open_blob(key: bytes, sealed: bytes) -> bytes:
    """The plain text of all pieces joined; raises Unacceptable `blob.sealed` for every fault."""
    cipher, size = cipher_of(key), CHUNK + TAG
    last = max(-(-len(sealed) // size), 1) - 1
    try:
        return b"".join(
            cipher.decrypt(nonce_of(number, final=number == last), sealed[number * size : (number + 1) * size], None)
            for number in range(last + 1)
        )
    except (InvalidTag, ValueError):
        raise Unacceptable("blob.sealed") from None
