"""`SEG2`: a run of entries by columns, without what its reader can work out (FORMATS, "Segment").

Left out are the commitment, which salt and body give, and the hash of the entry before where that stands in the same
segment. Every author signature stays: a sentence must be evidence by itself, without the heads of all that followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.entry import Entry
from mediator.journal.framing import HEAD_LIMITS, MAX_BODY, SALT, SIGNATURE, commitment, read_parts

MAGIC: Final = b"SEG2"
ERASED: Final = 0xFFFFFFFF
BARE: Final = 0x8000
LENGTHS: Final = 2 + 4
NO_PIN: Final = b'"cm":""'
NO_LINK: Final = b'"p":""'


def columns_of(entries: Sequence[Entry], *, before: str) -> bytes:
    """Lengths of heads and bodies, then all heads, all bodies, all salts and signatures."""
    earlier = [(entries[0].n - 1, before), *((entry.n, entry.hash) for entry in entries[:-1])]
    heads = [bare(entry, link if entry.n == n + 1 else "") for entry, (n, link) in zip(entries, earlier, strict=True)]
    bodies = [b"" if entry.body is None else entry.body for entry in entries]
    sizes = (ERASED if entry.erased else len(body) for entry, body in zip(entries, bodies, strict=True))
    lengths = (
        len(head) | (BARE if len(head) < len(entry.head_bytes) else 0)
        for head, entry in zip(heads, entries, strict=True)
    )
    return b"".join((
        *(length.to_bytes(2, "big") for length in lengths), *(size.to_bytes(4, "big") for size in sizes),
        *heads, *bodies, *((entry.salt or b"") + entry.signature for entry in entries),
    ))  # fmt: skip


def bare(entry: Entry, link: str) -> bytes:
    """The head without commitment and without a link that is known; as it is when it could not be put back so."""
    head = entry.head_bytes
    if link == entry.head.p:
        head = head.replace(b'"p":"%b"' % link.encode(), NO_LINK, 1)
    if not entry.erased:
        head = head.replace(b'"cm":"%b"' % entry.head.cm.encode(), NO_PIN, 1)
    return head if filled(head, pin=entry.head.cm, link=link) == entry.head_bytes else entry.head_bytes


def filled(head: bytes, *, pin: str, link: str) -> bytes:
    """The head with what was left out."""
    return head.replace(NO_PIN, b'"cm":"%b"' % pin.encode(), 1).replace(NO_LINK, b'"p":"%b"' % link.encode(), 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each entry's head, body and proof lie; raises nothing when made, everything is measured before."""

    data: bytes
    bare: tuple[bool, ...]
    sizes: tuple[int, ...]
    heads: tuple[int, ...]
    bodies: tuple[int, ...]
    proofs: tuple[int, ...]

    def entry(self, index: int, *, n: int, link: str) -> Entry:
        """One entry, checked but for its signature; `n` and `link` are those of the entry before it."""
        erased = self.sizes[index] == ERASED
        body = self.data[self.bodies[index] : self.bodies[index + 1]]
        proof = self.data[self.proofs[index] : self.proofs[index + 1]]
        salt, signature = proof[:-SIGNATURE], proof[-SIGNATURE:]
        head = self.data[self.heads[index] : self.heads[index + 1]]
        linked = self.bare[index] and NO_LINK in head
        if self.bare[index]:
            head = filled(head, pin="" if erased else commitment(salt, body), link=link)
        entry = read_parts(head, None if erased else salt, None if erased else body, signature)
        if linked and entry.n != n + 1:
            raise Unacceptable("bundle.segment")
        return entry


def read_columns(data: bytes, count: int, *, first: int, before: str) -> Iterator[Entry]:
    """So many entries after the segment's head, and not a byte more or less; raises Unacceptable `bundle.segment`."""
    columns = measured(data, count)
    n, link = first - 1, before
    for index in range(count):
        entry = columns.entry(index, n=n, link=link)
        n, link = entry.n, entry.hash
        yield entry


def measured(data: bytes, count: int) -> Columns:
    """The places of all columns, when they fill the data exactly."""
    if len(data) < count * LENGTHS:
        raise Unacceptable("bundle.segment")
    half, start = count * 2, count * LENGTHS
    marked = [int.from_bytes(data[at : at + 2], "big") for at in range(0, half, 2)]
    heads = [each & ~BARE for each in marked]
    sizes = tuple(int.from_bytes(data[at : at + 4], "big") for at in range(half, start, 4))
    if max(heads) > HEAD_LIMITS[-1] or any(MAX_BODY < size != ERASED for size in sizes):
        raise Unacceptable("bundle.segment")
    ends = tuple(accumulate(heads, initial=start))
    bodies = tuple(accumulate((0 if size == ERASED else size for size in sizes), initial=ends[-1]))
    proofs = tuple(accumulate((SIGNATURE + (0 if size == ERASED else SALT) for size in sizes), initial=bodies[-1]))
    if proofs[-1] != len(data):
        raise Unacceptable("bundle.segment")
    return Columns(data, tuple(each >= BARE for each in marked), sizes, ends, bodies, proofs)
