"""`MEN1`: an entry to bytes and back, with every check but the signature (FORMATS, "Entry")."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import msgspec

from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_strict, encode, refuse
from mediator.journal.entry import SUITE, DeskId, Draft, Entry, Head, Marks, hash_of_head, text_to_sign
from mediator.journal.kinds import reach_of, version_of
from mediator.journal.reach import Reach

MAGIC: Final = b"MEN1"
HEAD_LIMITS: Final = range(64, 16_384 + 1)
MAX_BODY: Final = 8 << 20
MAX_USUAL_BODY: Final = 1 << 20
SALT: Final = 32
SIGNATURE: Final = 64
MAX_MARKS: Final = 256
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_BOOT: Final = re.compile(r"[0-9a-f]{16}")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_HEAD: Final = msgspec.json.Decoder(Head)


def commitment(salt: bytes, body: bytes) -> str:
    """HMAC-SHA256 of the body under its salt, as 64 hex: a guessed body cannot be confirmed without the salt."""
    return hmac.digest(salt, body, "sha256").hex()


def make_entry(
    draft: Draft, *, desk: DeskId, n: int, prev: str, marks: Marks, salt: bytes, sign: Callable[[bytes], bytes]
) -> Entry:
    """Sign a draft as entry `n` of a desk; `marks` are already completed by M3 and M4, `salt` is 32 random bytes."""
    body = encode(draft.body)
    head = Head(
        v=1, d=desk, n=n, p=prev, c=draft.stream, m=sorted(marks.items()), k=draft.kind, kv=version_of(draft.kind),
        r=reach_of(draft.kind), u=draft.user or "", w=draft.wall, bt=draft.boot, b=len(body), cm=commitment(salt, body),
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
    )


def read_entry(data: bytes) -> Entry:
    """Read `MEN1` bytes; raises Unacceptable `entry.*`. The signature is checked by `verify_entry`."""
    erased, head_bytes, rest = split(data)
    decode_strict(head_bytes)
    try:
        head = _HEAD.decode(head_bytes)
    except msgspec.MsgspecError:
        raise Unacceptable("entry.head") from None
    check_head(head)
    signature, rest = rest[-SIGNATURE:], rest[:-SIGNATURE]
    salt, body = (None, None) if erased else (rest[:SALT], rest[SALT:])
    if salt is not None and body is not None:
        if head.b != len(body) or not hmac.compare_digest(commitment(salt, body), head.cm):
            raise Unacceptable("entry.commitment")
        if not head.s:
            decode_strict(body)
    return Entry(head, head_bytes, salt, body, signature, hash_of_head(head_bytes))


def split(data: bytes) -> tuple[bool, bytes, bytes]:
    """Prefix checks: (erased?, head bytes, salt and body and signature)."""
    if len(data) < 16 or data[:4] != MAGIC:
        raise Unacceptable("entry.magic")
    version, suite, shape, zero = data[4:8]
    if version != 1:
        raise Unacceptable("entry.version")
    if suite != SUITE:
        raise Unacceptable("entry.suite")
    if shape > 1 or zero:
        raise Unacceptable("entry.shape")
    head, body = int.from_bytes(data[8:12], "big"), int.from_bytes(data[12:16], "big")
    if head not in HEAD_LIMITS or body > MAX_BODY or (shape == 1 and body):
        raise Unacceptable("entry.limit")
    if len(data) != 16 + head + (0 if shape else SALT + body) + SIGNATURE:
        raise Unacceptable("entry.length")
    return shape == 1, data[16 : 16 + head], data[16 + head :]


def check_head(head: Head) -> None:
    """Form and limits of every member; raises Unacceptable `entry.head` or a canonical rule."""
    ids = [head.d, head.c, *(desk for desk, _ in head.m)] + ([head.u] if head.u else [])
    good = (
        head.v == 1
        and head.n >= 1
        and head.kv >= 1
        and all(_ID.fullmatch(value) for value in ids)
        and all(_HASH.fullmatch(value) for value in (head.p, head.cm))
        and _BOOT.fullmatch(head.bt)
        and len(head.k) <= 40
        and _KIND.fullmatch(head.k)
        and all(n >= 1 for _, n in head.m)
        and head.x in (0, 1)
    )
    if not good or (head.n == 1) != (head.p == "0" * 64):
        raise Unacceptable("entry.head")
    desks = [desk for desk, _ in head.m]
    if len(desks) > MAX_MARKS or len(head.f) > 64:
        raise refuse("C8")
    if desks != sorted(set(desks)):
        raise refuse("C6")
    if dict(head.m).get(head.d, 0) >= head.n:
        raise Unacceptable("entry.marks")
    if head.b > MAX_USUAL_BODY and not head.k.startswith(("snapshot.", "template.")):
        raise Unacceptable("entry.limit")


def verify_entry(entry: Entry, verify: Callable[[bytes, bytes], None]) -> None:
    """Check the author's signature; `verify(text, signature)` raises when it is bad."""
    verify(text_to_sign(entry.head_bytes), entry.signature)


def erased_twin(entry: Entry) -> Entry:
    """The same entry without salt and body: same hash, same signature, still verifiable."""
    return replace(entry, salt=None, body=None)


def is_private(entry: Entry) -> bool:
    """True when the entry must never leave this machine."""
    return entry.reach is Reach.PRIVATE
