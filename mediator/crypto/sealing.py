"""Sealing of bundles: HPKE for the file key, a chunked AEAD stream for the payload (security.md 5.5).

A chunk is 64 KiB of plaintext and a 16-byte tag; the nonce is an 11-byte counter and a final flag, so chunks
cannot be cut off, swapped, repeated or extended. Every failure to open is the same error.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mediator.crypto.signing import DeskKeys, verify
from mediator.crypto.tree import derive
from mediator.errors import Unacceptable

CHUNK: Final = 64 * 1024
TAG: Final = 16
PAYLOAD_LABEL: Final = b"mediator/payload/1"


def suite_1() -> Suite:
    """HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM."""
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def nonce_of(number: int, *, final: bool) -> bytes:
    """12 bytes: the chunk's number and whether it is the last."""
    return number.to_bytes(11, "big") + (b"\x01" if final else b"\x00")


def seal_payload(key: bytes, salt: bytes, plain: bytes) -> bytes:
    """Encrypt a payload of any length (an empty one has one empty chunk); `salt` binds all bytes before it."""
    cipher = AESGCM(derive(key, salt=salt, label=PAYLOAD_LABEL))
    starts = range(0, max(len(plain), 1), CHUNK)
    last = len(starts) - 1
    return b"".join(
        cipher.encrypt(nonce_of(number, final=number == last), plain[start : start + CHUNK], None)
        for number, start in enumerate(starts)
    )


def open_payload(key: bytes, salt: bytes, sealed: bytes) -> bytes:
    """Decrypt what `seal_payload` made; raises Unacceptable `bundle.payload` for every fault."""
    cipher = AESGCM(derive(key, salt=salt, label=PAYLOAD_LABEL))
    starts = range(0, max(len(sealed), 1), CHUNK + TAG)
    last = len(starts) - 1
    try:
        return b"".join(
            cipher.decrypt(nonce_of(number, final=number == last), sealed[start : start + CHUNK + TAG], None)
            for number, start in enumerate(starts)
        )
    except (InvalidTag, ValueError):
        raise Unacceptable("bundle.payload") from None


class Sealer:
    """What a desk or a center does with its keys in an exchange; handed to `sync` by the start-up file."""

    __slots__ = ("_keys",)

    def __init__(self, keys: DeskKeys) -> None:
        """Hold the keys of one desk or center."""
        self._keys = keys

    @property
    def sign_public(self) -> bytes:
        """32 bytes that verify what `sign` signs."""
        return self._keys.sign_public

    @property
    def seal_public(self) -> bytes:
        """32 bytes to which others wrap a file key for us."""
        return self._keys.seal_public

    def sign(self, text: bytes) -> bytes:
        """64 bytes of Ed25519."""
        return self._keys.sign(text)

    def verify(self, public: bytes, text: bytes, signature: bytes) -> None:
        """Raise Unacceptable `signature.bad` unless `public` signed `text`."""
        verify(public, text, signature)

    def wrap(self, public: bytes, info: bytes, key: bytes) -> bytes:
        """HPKE of a 32-byte file key to `public`: 80 bytes, bound to `info`; Unacceptable `key.length`."""
        try:
            recipient = X25519PublicKey.from_public_bytes(public)
        except ValueError:
            raise Unacceptable("key.length") from None
        return suite_1().encrypt(key, recipient, info)

    def unwrap(self, info: bytes, wrapped: bytes) -> bytes:
        """The file key wrapped to us; raises Unacceptable `bundle.recipient` for every fault."""
        try:
            return suite_1().decrypt(wrapped, self._keys.opening_key, info)
        except (InvalidTag, ValueError):
            raise Unacceptable("bundle.recipient") from None

    def seal_payload(self, key: bytes, salt: bytes, plain: bytes) -> bytes:
        """See `seal_payload` of this module."""
        return seal_payload(key, salt, plain)

    def open_payload(self, key: bytes, salt: bytes, sealed: bytes) -> bytes:
        """See `open_payload` of this module."""
        return open_payload(key, salt, sealed)
