"""Passwords: what makes one good enough, and the slow road from it to a key (security.md 5.2, T08)."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from mediator.errors import Unacceptable, WorldFailed

SALT_BYTES: Final = 16
MIN_LENGTH: Final = 10
MIN_DIGITS_ONLY: Final = 14
# Our own list, short on purpose: what people in an office type first. It is no collection of leaked passwords; `more`
# takes a longer one.
OBVIOUS: Final = frozenset(
    {
        "password", "password1", "password12", "password123", "passw0rd1234", "qwertyuiop", "qwerty1234", "qwerty12345",
        "1qaz2wsx3edc", "1q2w3e4r5t", "1q2w3e4r5t6y", "asdfghjkl1", "zxcvbnm123", "abcd123456", "abc1234567",
        "a123456789", "aa12345678", "admin12345", "administrator", "woaini1314", "woaini5201314", "iloveyou123",
        "tiaojie123", "tiaojie1234", "renmintiaojie", "mediator123", "welcome123", "letmein1234", "88888888aa",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Params:
    """Argon2id cost: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Policy:
    """What a key file may ask of this machine: `floor` and `ceiling` bound what is read, `default` is written."""

    floor: Params
    default: Params
    ceiling: Params = Params(memory_kib=1024 * 1024, passes=10, lanes=16)

    def check(self, params: Params) -> None:
        """Raise Unacceptable `vault.kdf` outside the bounds, before anything is allocated (T08)."""
        if not (
            self.floor.memory_kib <= params.memory_kib <= self.ceiling.memory_kib
            and self.floor.passes <= params.passes <= self.ceiling.passes
            and self.floor.lanes <= params.lanes <= self.ceiling.lanes
        ):
            raise Unacceptable("vault.kdf")


HOUSE: Final = Policy(floor=Params(64 * 1024, 3, 4), default=Params(128 * 1024, 3, 4))
# For tests only; a vault made under it is refused by HOUSE, so it cannot slip into use.
LIGHT_FOR_TESTS: Final = Policy(floor=Params(64, 1, 1), default=Params(64, 1, 1))


def prepared(password: str) -> bytes:
    """NFKC and UTF-8, so that one password typed by two input methods is one password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def stretch(secret: bytes, *, salt: bytes, params: Params) -> bytearray:
    """Argon2id (RFC 9106) to 32 bytes; raises WorldFailed `memory.short` instead of weakening the cost."""
    key = bytearray(32)
    kdf = Argon2id(salt=salt, length=32, iterations=params.passes, lanes=params.lanes, memory_cost=params.memory_kib)
    try:
        kdf.derive_into(secret, key)
    except MemoryError:
        raise WorldFailed("memory.short") from None
    return key


def weaknesses(password: str, *, about: Collection[str] = (), more: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Why a password will not do, as codes: `short`, `digits`, `obvious`, `personal`; empty means good.

    `about` holds words that must not stand inside: login, name, phone, place (T08); `more` widens the common list.
    """
    text, words = folded(password), (folded(word) for word in about)
    faults = {
        "short": len(text) < MIN_LENGTH,
        "digits": text.isdigit() and len(text) < MIN_DIGITS_ONLY,
        "obvious": text in OBVIOUS or text in more or len(set(text)) <= 2,
        "personal": any(len(word) >= 2 and word in text for word in words),
    }
    return tuple(code for code, found in faults.items() if found)


def folded(text: str) -> str:
    """Width and case made equal: what people type alike is judged alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def hash_login(password: str, *, salt: bytes, params: Params) -> bytes:
    """The verifier the county keeps for a web login: 32 bytes of Argon2id."""
    return bytes(stretch(prepared(password), salt=salt, params=params))


def fresh_salt() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)
