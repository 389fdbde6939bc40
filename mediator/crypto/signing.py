"""Ed25519 signatures (RFC 8032) and the two private keys of a desk or a center."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from mediator.errors import Unacceptable

SECRET_BYTES: Final = 64


def verify(public: bytes, text: bytes, signature: bytes) -> None:
    """Return when `signature` (64 bytes) is good; raise Unacceptable `signature.bad` for every way it is not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        raise Unacceptable("signature.bad") from None


class DeskKeys:
    """Signing key and opening key of one desk (or of the center); repr is silent."""

    __slots__ = ("_open", "_sign", "seal_public", "sign_public")

    def __init__(self, sign: Ed25519PrivateKey, opening: X25519PrivateKey) -> None:
        """Take the two private keys; the public halves are 32 raw bytes each."""
        self._sign, self._open = sign, opening
        self.sign_public = sign.public_key().public_bytes_raw()
        self.seal_public = opening.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        """Silent: a key never shows in a log or a trace."""
        return "<DeskKeys>"

    @classmethod
    def fresh(cls) -> DeskKeys:
        """New random keys."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_secret(cls, secret: bytes) -> DeskKeys:
        """The keys whose 64 private bytes `to_secret` gave; raises Unacceptable `key.length`."""
        if len(secret) != SECRET_BYTES:
            raise Unacceptable("key.length")
        return cls(Ed25519PrivateKey.from_private_bytes(secret[:32]), X25519PrivateKey.from_private_bytes(secret[32:]))

    def to_secret(self) -> bytes:
        """64 private bytes, signing key first; only ever handed to a wrapping."""
        return self._sign.private_bytes_raw() + self._open.private_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """64 bytes of signature."""
        return self._sign.sign(text)

    @property
    def opening_key(self) -> X25519PrivateKey:
        """The X25519 key that opens what was sealed to `seal_public`; used by `sealing` alone."""
        return self._open
