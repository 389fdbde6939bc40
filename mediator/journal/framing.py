"""`MEN1`: an entry to bytes and back, with every check but the signature (FORMATS, "Entry")."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import msgspec

from mediator.errors import Unacceptable
from mediator.journal.canonical import MAX_INT, decode_object, decode_strict, encode, refuse
from mediator.journal.entry import (
    NO_HASH,
    SUITE,
    DeskId,
    Draft,
    Entry,
    Head,
    Marks,
    hash_of_head,
    place_of,
    text_to_sign,
)
from mediator.journal.kinds import MUST_BE_UNDERSTOOD, reach_of, version_of

MAGIC: Final = b"MEN1"
PREFIX: Final = 16
HEAD_LIMITS: Final = range(64, 16_384 + 1)
MAX_BODY: Final = 8 << 20
MAX_USUAL_BODY: Final = 1 << 20
SALT: Final = 32
SIGNATURE: Final = 64
MAX_MARKS: Final = 256
MAX_BLOBS: Final = 64
MAX_KIND: Final = 40
TOWNSHIP: Final = 1
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_BOOT: Final = re.compile(r"[0-9a-f]{16}")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
UNSAID: Final = {"u": "", "x": 0, "f": [], "s": []}
SAID: Final = object()
_HEAD: Final = msgspec.json.Decoder(Head)
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def commitment(salt: bytes, body: bytes) -> str:
    """HMAC-SHA256 of the body under its salt, as 64 hex: a guessed body cannot be confirmed without the salt."""
    return hmac.digest(salt, body, "sha256").hex()


def make_entry(
    draft: Draft, *, desk: DeskId, n: int, prev: str, marks: Marks, salt: bytes, sign: Callable[[bytes], bytes],
    seal: tuple[str, Callable[[bytes, bytes], bytes]] | None = None,
) -> Entry:  # fmt: skip
    """Sign a draft as entry `n` of a desk; `marks` are already completed by M3 and M4, `salt` is 32 random bytes.

    `seal` is the name of a township's key and what seals a body under it, bound to its entry.
    """
    said = encode(draft.body)
    place = place_of(desk, n, stream=draft.stream, kind=draft.kind)
    body = seal[1](said, place) if seal else said
    head = Head(
        v=1, d=desk, n=n, p=prev, c=draft.stream, m=sorted(marks.items()), k=draft.kind, kv=version_of(draft.kind),
        r=reach_of(draft.kind), u=draft.user or "", w=draft.wall, bt=draft.boot, b=len(body), cm=commitment(salt, body),
        x=int(draft.kind in MUST_BE_UNDERSTOOD), s=[TOWNSHIP, seal[0]] if seal else [],
        f=list(draft.blobs),
    )  # fmt: skip
    check_head(head)
    head_bytes = encode(head)
    return Entry(
        head=head,
        head_bytes=head_bytes,
        salt=salt,
        body=body,
        signature=sign(text_to_sign(head_bytes)),
        hash=hash_of_head(head_bytes),
        plain=said if seal else None,
    )


def read_entry(data: bytes) -> Entry:
    """Read `MEN1` bytes; raises Unacceptable `entry.*`. The signature is checked by `verify_entry`."""
    erased, head_bytes, rest = split(data)
    signature, rest = rest[-SIGNATURE:], rest[:-SIGNATURE]
    return read_parts(head_bytes, None if erased else rest[:SALT], None if erased else rest[SALT:], signature)


def read_parts(head_bytes: bytes, salt: bytes | None, body: bytes | None, signature: bytes) -> Entry:
    """An entry from its parts, salt and body None for one that is erased; raises Unacceptable `entry.*`."""
    if len(head_bytes) not in HEAD_LIMITS:
        raise Unacceptable("entry.limit")
    head = read_head(head_bytes)
    if salt is not None and body is not None:
        if head.b != len(body) or not hmac.compare_digest(commitment(salt, body), head.cm):
            raise Unacceptable("entry.commitment")
        if not head.s:
            decode_strict(body)
    return Entry(head, head_bytes, salt, body, signature, hash_of_head(head_bytes))


def held_entry(data: bytes, hash_: str) -> Entry:
    """An entry from a journal that took it in by `read_entry` under this hash; raises Unacceptable `entry.*`.

    It must be the same still, by hash and commitment; that its bytes are canonical was found out then.
    """
    erased, head_bytes, rest = split(data)
    if hash_of_head(head_bytes) != hash_:
        raise Unacceptable("entry.head")
    head, signature, rest = _HEAD.decode(head_bytes), rest[-SIGNATURE:], rest[:-SIGNATURE]
    salt, body = (None, None) if erased else (rest[:SALT], rest[SALT:])
    if salt is not None and body is not None and commitment(salt, body) != head.cm:
        raise Unacceptable("entry.commitment")
    return Entry(head, head_bytes, salt, body, signature, hash_)


def read_head(data: bytes) -> Head:
    """The head; a member that says nothing is absent (C2), or one head would have two forms and two hashes."""
    head = usual_head(data) or newer_head(data)
    check_head(head)
    return head


def usual_head(data: bytes) -> Head | None:
    """A head without newer members, when it is canonical; a generic look at each member is spared it."""
    if not data.isascii() or b"\\" in data:
        return None
    try:
        head = _HEAD.decode(data)
    except msgspec.MsgspecError:
        return None
    return head if _ENCODER.encode(head) == data and within_limits(head) else None


def within_limits(head: Head) -> bool:
    """Counters, sizes and moments are of canonical size, lists are short."""
    numbers = (
        head.n,
        head.kv,
        head.b,
        head.w,
        *(n for _, n in head.m),
        *(number for _, *sizes in head.f for number in sizes),
    )
    return not head.s and max(numbers) <= MAX_INT and min(numbers) >= -MAX_INT


def newer_head(data: bytes) -> Head:
    """A head with members that this program does not know, looked at member by member; or why it is none."""
    members = decode_object(data)
    if any(members.get(name, SAID) == nothing for name, nothing in UNSAID.items()):
        raise refuse("C2")
    try:
        return _HEAD.decode(data)
    except msgspec.MsgspecError:
        raise Unacceptable("entry.head") from None


def split(data: bytes) -> tuple[bool, bytes, bytes]:
    """Prefix checks: (erased?, head bytes, salt and body and signature)."""
    if len(data) < PREFIX or data[:4] != MAGIC:
        raise Unacceptable("entry.magic")
    version, suite, shape, zero = data[4:8]
    if version != 1:
        raise Unacceptable("entry.version")
    if suite != SUITE:
        raise Unacceptable("entry.suite")
    if shape > 1 or zero:
        raise Unacceptable("entry.shape")
    check_lengths(data, erased=shape == 1)
    end = PREFIX + int.from_bytes(data[8:12], "big")
    return shape == 1, data[PREFIX:end], data[end:]


def check_lengths(data: bytes, *, erased: bool) -> None:
    """The two lengths of the prefix: within limits, and exactly those of the data."""
    head, body = int.from_bytes(data[8:12], "big"), int.from_bytes(data[12:16], "big")
    if head not in HEAD_LIMITS or body > (0 if erased else MAX_BODY):
        raise Unacceptable("entry.limit")
    if len(data) != PREFIX + head + (0 if erased else SALT + body) + SIGNATURE:
        raise Unacceptable("entry.length")


def check_head(head: Head) -> None:
    """Form and limits of every member; raises Unacceptable `entry.head`, `.marks`, `.limit` or a canonical rule."""
    for place, sound in SOUND.items():
        if not sound(head):
            raise Unacceptable("entry.head", where=place)
    check_marks(head)
    check_sizes(head)


def ids(head: Head) -> Iterator[str]:
    """Every id a head holds: desk, stream, user, desks of its marks, blobs."""
    yield from (head.d, head.c, *([head.u] if head.u else []))
    yield from (desk for desk, _ in head.m)
    yield from (row[0] for row in head.f)


def whole_hashes(head: Head) -> bool:
    """Hash of the entry before, commitment and boot id have their form."""
    return bool(_HASH.fullmatch(head.p) and _HASH.fullmatch(head.cm) and _BOOT.fullmatch(head.bt))


SOUND: Final[Mapping[str, Callable[[Head], bool]]] = {
    "ids": lambda head: all(map(_ID.fullmatch, ids(head))),
    "hashes": whole_hashes,
    "kind": lambda head: len(head.k) <= MAX_KIND and bool(_KIND.fullmatch(head.k)),
    "numbers": lambda head: head.v == 1 and head.x in (0, 1) and min(head.n, head.kv, *(n for _, n in head.m)) >= 1,
    "seal": lambda head: head.s == [] or is_seal(head.s),
    "chain": lambda head: (head.n == 1) == (head.p == NO_HASH),
}


def is_seal(value: list[object]) -> bool:
    """A kind of seal and the name of its key; a newer kind is kept as it is."""
    match value:
        case [int(kind), str(name)]:
            return kind >= 1 and bool(_ID.fullmatch(name))
    return False


def check_marks(head: Head) -> None:
    """At most 256, sorted, one for each desk, and of the author only what he wrote before."""
    desks = [desk for desk, _ in head.m]
    if len(desks) > MAX_MARKS:
        raise refuse("C8")
    if desks != sorted(set(desks)):
        raise refuse("C6")
    if dict(head.m).get(head.d, 0) >= head.n:
        raise Unacceptable("entry.marks")


def check_sizes(head: Head) -> None:
    """At most 64 blobs; a body over 1 MiB only for kinds that are whole files."""
    if len(head.f) > MAX_BLOBS:
        raise refuse("C8")
    most = MAX_BODY if head.k.startswith(("snapshot.", "template.")) else MAX_USUAL_BODY
    if not 0 <= head.b <= most or any(size < 0 for _, size, _ in head.f):
        raise Unacceptable("entry.limit")


def verify_entry(entry: Entry, verify: Callable[[bytes, bytes], None]) -> None:
    """Check the author's signature; `verify(text, signature)` raises when it is bad."""
    verify(text_to_sign(entry.head_bytes), entry.signature)


def erased_twin(entry: Entry) -> Entry:
    """The same entry without salt and body: same hash, same signature, still verifiable."""
    return replace(entry, salt=None, body=None, plain=None)
