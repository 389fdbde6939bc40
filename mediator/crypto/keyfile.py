"""The key file: slots that each open the vault's master key, as canonical JSON with a MAC (security.md 5.3).

Pure bytes in, bytes out; `store` writes the two copies. A slot is a password (one per user) or the recovery
code. Changing a password wraps the same master key anew: the database is never re-encrypted for it.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.crypto.passwords import SALT_BYTES, Params, Policy, fresh_salt, stretch
from mediator.crypto.tree import KEY_BYTES, NONCE_BYTES, VaultKeys, derive, wipe
from mediator.errors import MediatorError, NoAccess, Unacceptable

LIMIT: Final = 64 * 1024
PASSWORD, RECOVERY = "password", "recovery"
SUITE: Final = 1
MAX_COUNT: Final = (1 << 53) - 1
SLOT_LENGTHS: Final = (SALT_BYTES, NONCE_BYTES, KEY_BYTES + 16)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the vault: cost parameters, salt, and the wrapped master key (base64url)."""

    id: str
    kind: str
    login: str
    kdf: str
    salt: str
    m: int
    t: int
    p: int
    nonce: str
    ct: str

    @property
    def params(self) -> Params:
        """The slot's Argon2id cost."""
        return Params(self.m, self.t, self.p)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The parsed key file; `seq` rises with every change and the highest valid copy wins."""

    vault_id: str
    epoch: int
    seq: int
    slots: tuple[Slot, ...]
    mac: str

    def slot_of(self, login: str | None) -> Slot:
        """The password slot of a login, or of the only user; NoAccess `vault.unknown_user`, `vault.which_user`."""
        found = [slot for slot in self.slots if slot.kind == PASSWORD and login in (None, slot.login)]
        if not found:
            raise NoAccess("vault.unknown_user")
        if len(found) > 1:
            raise NoAccess("vault.which_user")
        return found[0]

    @property
    def logins(self) -> tuple[str, ...]:
        """Logins that have a password slot, in order of adding."""
        return tuple(slot.login for slot in self.slots if slot.kind == PASSWORD)


def to64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from64(text: str) -> bytes:
    """The bytes of base64url without padding; raises ValueError for any other spelling of them."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to64(data) != text:
        raise ValueError
    return data


def is_hex(text: str, size: int) -> bool:
    """Lower-case hex of `size` bytes; raises ValueError or TypeError for what is no hex at all."""
    data = bytes.fromhex(text)
    return len(data) == size and data.hex() == text


def canonical(value: object) -> bytes:
    """Sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def core_of(file: KeyFile) -> dict[str, object]:
    """Everything the MAC covers."""
    return {
        "format": "mediator-keys",
        "v": 1,
        "suite": SUITE,
        "vault_id": file.vault_id,
        "epoch": file.epoch,
        "seq": file.seq,
        "slots": [asdict(slot) for slot in file.slots],
    }


def to_bytes(file: KeyFile) -> bytes:
    """The file as it rests on disk."""
    return canonical({**core_of(file), "mac": file.mac})


def sealed_by(file: KeyFile, keys: VaultKeys) -> KeyFile:
    """The file with its MAC, which stops deletion of slots and lowering of parameters."""
    return replace(file, mac=hmac.digest(keys.keyfile, canonical(core_of(file)), "sha256").hex())


def parse(data: bytes, *, policy: Policy) -> KeyFile:
    """Read a key file; Unacceptable `vault.keys` (format), `vault.kdf` (cost out of bounds, before allocation)."""
    if len(data) > LIMIT:
        raise Unacceptable("vault.keys")
    try:
        file = file_of(json.loads(data))
        good = to_bytes(file) == data and is_well_formed(file)
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        raise Unacceptable("vault.keys")
    for slot in file.slots:
        policy.check(slot.params)
    return file


def file_of(raw: dict[str, Any]) -> KeyFile:
    """The members where they belong, unchecked; format, version and suite come back by `to_bytes` alone."""
    slots = tuple(Slot(**slot) for slot in raw["slots"])
    return KeyFile(raw["vault_id"], raw["epoch"], raw["seq"], slots, raw["mac"])


def is_well_formed(file: KeyFile) -> bool:
    """Every member has its type and length; raises ValueError for text that is no hex or base64url."""
    ids = {slot.id for slot in file.slots}
    return (
        is_count(file.epoch) and is_count(file.seq) and is_hex(file.vault_id, 16) and is_hex(file.mac, 32)
        and len(ids) == len(file.slots) and all(map(is_slot, file.slots))
    )  # fmt: skip


def is_count(value: object) -> bool:
    """A whole number that every reader of JSON can hold, and no truth value."""
    return type(value) is int and 0 <= value <= MAX_COUNT


def is_slot(slot: Slot) -> bool:
    """A slot of a known kind with whole numbers, and a salt, a nonce and a wrapped key of exact lengths."""
    return (
        slot.kind in (PASSWORD, RECOVERY)
        and slot.kdf == "argon2id"
        and isinstance(slot.login, str)
        and all(map(is_count, (slot.m, slot.t, slot.p)))
        and is_hex(slot.id, 8)
        and tuple(len(from64(text)) for text in (slot.salt, slot.nonce, slot.ct)) == SLOT_LENGTHS
    )


def newest_first(copies: Sequence[bytes], *, policy: Policy) -> list[KeyFile]:
    """The different copies that can be read, by falling `seq`; raises the first copy's error when none can."""
    valid, fault = [], None
    for data in copies:
        try:
            valid.append(parse(data, policy=policy))
        except MediatorError as error:
            fault = fault or error
    if not valid:
        raise fault or Unacceptable("vault.keys")
    return sorted(dict.fromkeys(valid), key=lambda file: -file.seq)


def slot_header(vault_id: str, slot: Slot) -> bytes:
    """What the wrapping of a slot is bound to: all of it but nonce and ciphertext."""
    return canonical({**asdict(slot), "nonce": "", "ct": "", "vault": vault_id})


def wrapping_key(secret: bytes, slot: Slot, *, vault_id: str) -> bytearray:
    """KEK of a slot: Argon2id, then HKDF with the vault id as salt."""
    slow = stretch(secret, salt=from64(slot.salt), params=slot.params)
    try:
        return derive(slow, salt=bytes.fromhex(vault_id), label=b"med/1/kek/" + slot.id.encode())
    finally:
        wipe(slow)


def fill_slot(slot: Slot, secret: bytes, master: bytes | bytearray, *, vault_id: str) -> Slot:
    """The slot with the master key wrapped under `secret`."""
    return _fill_slot(slot, secret, master, vault_id=vault_id, nonce=secrets.token_bytes(NONCE_BYTES))


def _fill_slot(slot: Slot, secret: bytes, master: bytes | bytearray, *, vault_id: str, nonce: bytes) -> Slot:
    """`fill_slot` with a given nonce, so that frozen vectors can be made and checked."""
    key = wrapping_key(secret, slot, vault_id=vault_id)
    try:
        sealed = AESGCM(key).encrypt(nonce, master, slot_header(vault_id, slot))
    finally:
        wipe(key)
    return replace(slot, nonce=to64(nonce), ct=to64(sealed))


def open_slot(file: KeyFile, slot: Slot, secret: bytes) -> bytearray:
    """The master key from one slot; raises NoAccess `vault.wrong_password` for every way it fails."""
    key, master = wrapping_key(secret, slot, vault_id=file.vault_id), bytearray(KEY_BYTES)
    try:
        AESGCM(key).decrypt_into(from64(slot.nonce), from64(slot.ct), slot_header(file.vault_id, slot), master)
    except InvalidTag:
        raise NoAccess("vault.wrong_password") from None
    finally:
        wipe(key)
    return master


def is_whole(file: KeyFile, master: bytes | bytearray) -> bool:
    """True when the file's MAC fits: nobody took a slot away, lowered a cost or changed a letter."""
    keys = VaultKeys(master, vault_id=file.vault_id)
    try:
        return hmac.compare_digest(sealed_by(file, keys).mac, file.mac)
    finally:
        keys.close()


def checked(file: KeyFile, master: bytes | bytearray) -> VaultKeys:
    """The vault's keys once the file's MAC fits; raises Unacceptable `vault.keys` on a changed file."""
    if not is_whole(file, master):
        raise Unacceptable("vault.keys")
    return VaultKeys(master, vault_id=file.vault_id)


def empty_slot(kind: str, login: str, policy: Policy) -> Slot:
    """A slot with fresh salt and the policy's cost, nothing wrapped yet."""
    cost = policy.default
    return Slot(
        id=secrets.token_hex(8), kind=kind, login=login, kdf="argon2id", salt=to64(fresh_salt()),
        m=cost.memory_kib, t=cost.passes, p=cost.lanes, nonce="", ct="",
    )  # fmt: skip
