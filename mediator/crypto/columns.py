"""Sealing of single values for a database whose thief must learn nothing: the county's sensitive columns (T63).

What must be found by equality has a keyed mark beside it, under a key of its own.

One random 96-bit nonce a value under one AES-256-GCM key: sound for the 2^32 values of security.md 5.7, a thousand
times a county's entries in a decade.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.crypto.tree import KEY_BYTES, NONCE_BYTES, derive, wipe
from mediator.errors import Unacceptable


class Columns:
    """Seals values under `med/1/column`; each is bound to the row it stands in, so that rows cannot be exchanged."""

    __slots__ = ("_blind", "_key")

    def __init__(self, master: bytes, *, owner: str) -> None:
        """Derive from 32 random bytes kept outside the database; `owner` is a 32-hex id. Unacceptable `key.length`."""
        if len(master) != KEY_BYTES:
            raise Unacceptable("key.length")
        self._key = derive(master, salt=bytes.fromhex(owner), label=b"med/1/column")
        self._blind = derive(master, salt=bytes.fromhex(owner), label=b"med/1/blind")

    def __repr__(self) -> str:
        """Silent: a key never shows in a log or a trace."""
        return "<Columns>"

    def seal(self, plain: bytes, *, place: bytes) -> bytes:
        """Nonce, ciphertext and tag; `place` names table and row."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, plain, place)

    def open(self, sealed: bytes, *, place: bytes) -> bytes:
        """The plain value; raises Unacceptable `column.sealed` when it was changed or stands in another place."""
        try:
            return AESGCM(self._key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise Unacceptable("column.sealed") from None

    def mark(self, text: bytes) -> bytes:
        """HMAC-SHA256: equal for equal texts, and nothing else of them without the key."""
        return hmac.digest(self._blind, text, "sha256")

    def close(self) -> None:
        """Overwrite the keys."""
        wipe(self._key, self._blind)
