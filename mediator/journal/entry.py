"""An entry: one signed fact of one desk, and the draft it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

import msgspec

from mediator.journal.canonical import decode_checked
from mediator.journal.reach import Reach

DeskId = NewType("DeskId", str)
StreamId = NewType("StreamId", str)
Marks = Mapping[DeskId, int]
EntryId = tuple[DeskId, int]

NO_HASH: Final = "0" * 64
NO_BOOT: Final = "0" * 16
SUITE: Final = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What casework hands to the store: a fact without counter, chain and signature.

    `seen` are the marks of what the form showed when it was opened (M2), not of the vault at saving. `wall` is
    integer ms UTC, for show; `user` is absent for the program itself. `blobs` are recordings and scans that the body
    speaks of: id, sealed bytes, class (`mediator.journal.blobs`).
    """

    stream: StreamId
    kind: str
    body: Mapping[str, object]
    seen: Marks
    wall: int
    user: str | None = None
    boot: str = NO_BOOT
    blobs: tuple[tuple[str, int, int], ...] = ()


class Head(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=False, kw_only=True):
    """The signed head of `MEN1`, members in byte order of their names; see FORMATS for each letter."""

    b: int
    bt: str = NO_BOOT
    c: str
    cm: str
    d: str
    f: list[tuple[str, int, int]] = []
    k: str
    kv: int
    m: list[tuple[str, int]]
    n: int
    p: str
    r: Reach
    s: list[object] = []
    u: str = ""
    v: int
    w: int
    x: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact with the exact bytes that were signed; `body` and `salt` are None once lawfully erased.

    `plain` is what a sealed body says, for who has its key; it is kept nowhere.
    """

    head: Head
    head_bytes: bytes
    salt: bytes | None
    body: bytes | None
    signature: bytes
    hash: str
    plain: bytes | None = None

    @property
    def desk(self) -> DeskId:
        """The desk that wrote it."""
        return DeskId(self.head.d)

    @property
    def n(self) -> int:
        """The desk's own counter, from 1 without a hole."""
        return self.head.n

    @property
    def id(self) -> EntryId:
        """Identity: two hashes for one identity are a fork."""
        return (self.desk, self.head.n)

    @property
    def stream(self) -> StreamId:
        """Case id or well-known stream."""
        return StreamId(self.head.c)

    @property
    def kind(self) -> str:
        """Kind of fact, `hearing.sentence` for example."""
        return self.head.k

    @property
    def reach(self) -> Reach:
        """How far it may go."""
        return self.head.r

    @property
    def marks(self) -> dict[DeskId, int]:
        """For each desk the highest counter in this stream that the author's form showed."""
        return {DeskId(desk): n for desk, n in self.head.m}

    @property
    def user(self) -> str:
        """Author's id, empty for the program."""
        return self.head.u

    @property
    def wall(self) -> int:
        """Wall clock in ms UTC, for show only."""
        return self.head.w

    @property
    def erased(self) -> bool:
        """True for the twin without salt and body."""
        return self.body is None

    @property
    def raw(self) -> bytes:
        """The whole `MEN1` bytes, as stored and sent."""
        body = b"" if self.body is None else self.body
        lengths = len(self.head_bytes).to_bytes(4, "big") + len(body).to_bytes(4, "big")
        prefix = bytes((0x4D, 0x45, 0x4E, 0x31, 1, SUITE, int(self.erased), 0)) + lengths
        return prefix + self.head_bytes + (self.salt or b"") + body + self.signature

    def content(self) -> dict[str, object]:
        """The decoded body; one that is erased, sealed to us or no object gives an empty object."""
        said = self.plain if self.head.s else self.body
        return {} if self.body is None or said is None else decode_checked(said)

    @property
    def place(self) -> bytes:
        """What a sealed body is bound to: this entry and no other."""
        return place_of(self.desk, self.n, stream=self.stream, kind=self.kind)


def place_of(desk: str, n: int, *, stream: str, kind: str) -> bytes:
    """Desk, counter, stream and kind of an entry, as a sealed body is bound to them (FORMATS)."""
    return b"mediator/seal/1\x00" + bytes.fromhex(desk) + n.to_bytes(8, "big") + bytes.fromhex(stream) + kind.encode()


def hash_of_head(head: bytes) -> str:
    """An entry's hash: it covers the body only through the commitment in the head."""
    return hashlib.sha256(b"mediator/entry-hash/1\x00" + bytes((SUITE,)) + head).hexdigest()


def text_to_sign(head: bytes) -> bytes:
    """What the desk key signs."""
    return b"mediator/entry/1\x00" + bytes((SUITE,)) + head
