"""What leaves the vault under the desk's name: the digest an archive asks for, and the desk's signature under a text.

A text is signed as `"mediator/" purpose "/1" 00 text`, so that no signature serves two uses.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from mediator.crypto.digests import sm3
from mediator.crypto.signing import verify
from mediator.errors import Unacceptable
from mediator.store.vault import Vault

__all__ = ["Vault", "attest", "confirm", "sm3"]


def labelled(purpose: str, text: bytes) -> bytes:
    """The bytes that are signed."""
    return f"mediator/{purpose}/1".encode() + b"\0" + text


def attest(vault: Vault, purpose: str, text: bytes) -> tuple[str, str]:
    """The desk's public key as 64 hex and its signature as base64url without padding."""
    signature = vault.desk_keys.sign(labelled(purpose, text))
    return vault.desk_keys.sign_public.hex(), urlsafe_b64encode(signature).decode().rstrip("=")


def confirm(key: str, signature: str, purpose: str, *, text: bytes) -> None:
    """Return when this key signed this text for this purpose; raises Unacceptable `signature.bad` otherwise."""
    try:
        public, signed = bytes.fromhex(key), urlsafe_b64decode(signature + "==")
    except ValueError:
        raise Unacceptable("signature.bad") from None
    verify(public, labelled(purpose, text), signed)
