"""The key tree of a vault: one master key, everything else derived from it by name (security.md 5.1).

Keys live in `bytearray`s that are overwritten on `close`; their repr is silent. Python cannot promise that no
copy remains elsewhere, so unlocked time is kept short by the rooms above.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mediator.errors import Unacceptable

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


def derive(secret: bytes | bytearray, *, salt: bytes, label: bytes) -> bytearray:
    """HKDF-SHA256 (RFC 5869) to 32 bytes; `label` names the use, for example `med/1/db`."""
    key = bytearray(KEY_BYTES)
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label).derive_into(secret, key)
    return key


def wipe(*keys: bytearray) -> None:
    """Overwrite keys in place with zeros."""
    for key in keys:
        key[:] = bytes(len(key))


class VaultKeys:
    """The derived keys of one unlocked vault; `close` overwrites them all.

    `db` keys SQLCipher, `rowmac` and `keyfile` are MAC keys, `index` is for blind indexes, and `wrap`/`unwrap`
    protect the desk's private keys under `med/1/devwrap`.
    """

    __slots__ = ("_devwrap", "db", "index", "keyfile", "rowmac", "vault_id")

    def __init__(self, master: bytes | bytearray, *, vault_id: str) -> None:
        """Derive every key from the 32-byte master key; the master itself is not kept."""
        salt = bytes.fromhex(vault_id)
        self.vault_id = vault_id
        self.db = derive(master, salt=salt, label=b"med/1/db")
        self.rowmac = derive(master, salt=salt, label=b"med/1/rowmac")
        self.keyfile = derive(master, salt=salt, label=b"med/1/keyfile")
        self.index = derive(master, salt=salt, label=b"med/1/index")
        self._devwrap = derive(master, salt=salt, label=b"med/1/devwrap")

    def __repr__(self) -> str:
        """Silent: a key never shows in a log or a trace."""
        return f"<VaultKeys of {self.vault_id[:8]}>"

    def wrap(self, secret: bytes, *, purpose: bytes) -> bytes:
        """Seal a small secret (a desk's private keys) for rest inside the vault; `purpose` is bound to it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._devwrap).encrypt(nonce, secret, purpose)

    def unwrap(self, wrapped: bytes, *, purpose: bytes) -> bytes:
        """Open what `wrap` sealed; raises Unacceptable `key.wrapped` when it is not that, whatever the cause."""
        try:
            return AESGCM(self._devwrap).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], purpose)
        except (InvalidTag, ValueError):
            raise Unacceptable("key.wrapped") from None

    def mac(self, text: bytes) -> bytes:
        """HMAC-SHA256 under `med/1/rowmac`: 32 bytes."""
        return hmac.digest(self.rowmac, text, "sha256")

    def close(self) -> None:
        """Overwrite every key; the object is useless afterwards."""
        wipe(self.db, self.rowmac, self.keyfile, self.index, self._devwrap)
