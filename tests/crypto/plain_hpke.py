"""A second, independent HPKE (RFC 9180, base mode, single shot): standard library HMAC, X25519 and AES-GCM alone.

It is checked against the vector of RFC 9180 A.1.1 and then used to check our own wrapping, whose suite (AES-256-GCM)
has no vector in the RFC.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEM, KDF = b"\x00\x20", b"\x00\x01"
AES_128, AES_256 = (b"\x00\x01", 16), (b"\x00\x02", 32)


def extract(salt: bytes, secret: bytes) -> bytes:
    """HKDF-Extract."""
    return hmac.digest(salt or bytes(32), secret, "sha256")


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand."""
    out = block = b""
    while len(out) < length:
        block = hmac.digest(key, block + info + bytes((len(out) // 32 + 1,)), "sha256")
        out += block
    return out[:length]


@dataclass(frozen=True)
class Labelled:
    """LabeledExtract and LabeledExpand of one suite id (RFC 9180, 4)."""

    suite: bytes

    def extract(self, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return extract(salt, b"HPKE-v1" + self.suite + label + secret)

    def expand(self, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
        return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + self.suite + label + info, length)


def shared_secret(product: bytes, enc: bytes, recipient: bytes) -> bytes:
    """ExtractAndExpand of DHKEM(X25519, HKDF-SHA256)."""
    kem = Labelled(b"KEM" + KEM)
    return kem.expand(kem.extract(b"", b"eae_prk", product), b"shared_secret", enc + recipient, 32)


def schedule(secret: bytes, info: bytes, aead: tuple[bytes, int]) -> tuple[bytes, bytes]:
    """Key and base nonce of the base mode."""
    suite = Labelled(b"HPKE" + KEM + KDF + aead[0])
    context = b"\x00" + suite.extract(b"", b"psk_id_hash", b"") + suite.extract(b"", b"info_hash", info)
    root = suite.extract(secret, b"secret", b"")
    return suite.expand(root, b"key", context, aead[1]), suite.expand(root, b"base_nonce", context, 12)


def seal(
    ephemeral: bytes, recipient: bytes, info: bytes, plain: bytes, *, aead: tuple[bytes, int], aad: bytes
) -> bytes:
    """enc and ciphertext of one message under a given ephemeral private key."""
    own = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = own.public_key().public_bytes_raw()
    product = own.exchange(X25519PublicKey.from_public_bytes(recipient))
    key, nonce = schedule(shared_secret(product, enc, recipient), info, aead)
    return enc + AESGCM(key).encrypt(nonce, plain, aad)


def unseal(secret: bytes, info: bytes, sealed: bytes, *, aead: tuple[bytes, int]) -> bytes:
    """The plaintext of what was sealed to a private key."""
    own = X25519PrivateKey.from_private_bytes(secret)
    product = own.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    key, nonce = schedule(shared_secret(product, sealed[:32], own.public_key().public_bytes_raw()), info, aead)
    return AESGCM(key).decrypt(nonce, sealed[32:], b"")
