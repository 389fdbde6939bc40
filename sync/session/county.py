"""The county's pure side: read an upward bundle, check its run, pack an answer. The center keeps and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import verify_entry
from mediator.journal.reach import may_leave
from sync.session.packing import Hello, Point, read_hello
from sync.wire.blobs import NONE, Carried, read_carried
from sync.wire.bundle import BundleHeader, Sealer, open_bundle
from sync.wire.frames import Segment, Withheld, read_frames, read_parts
from sync.wire.ids import key_id
from sync.wire.succession import by_any

Former = Callable[[DeskId], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class UpBundle:
    """A read, signed, chained upward bundle: what it holds after `hello.base`, and what of other desks.

    `rescued` may have holes; each of its segments is linked and signed by its author. `carried` are pieces of
    recordings and scans as they came, not yet held against anything.
    """

    header: BundleHeader
    hello: Hello
    parts: tuple[Segment | Withheld, ...]
    rescued: tuple[Segment | Withheld, ...] = ()
    carried: Carried = NONE

    @property
    def desk(self) -> DeskId:
        """The sender."""
        return DeskId(self.header.desk)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, ascending."""
        return tuple(entry for part in self.parts if isinstance(part, Segment) for entry in part.entries)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """Ranges that stay with the sender."""
        return tuple(part for part in self.parts if isinstance(part, Withheld))


def none_before(_desk: DeskId) -> tuple[bytes, ...]:
    """A desk that always had the key that it has."""
    return ()


def read_up(
    data: bytes, *, center: str, sealer: Sealer, lookup: Callable[[DeskId], bytes], former: Former = none_before
) -> UpBundle:
    """Read a bundle in the order of the format; `lookup` gives a desk's signing key or raises, `former` those that it
    had before.

    `lookup` raises Unacceptable `bundle.sender` for an unknown and NoAccess `desk.revoked` for a revoked desk.
    Sound without a signature check of each entry: every head holds the hash of the head before it, so the
    signature of a run's last entry covers the whole run, and every body is pinned by the commitment in its head.
    """

    def sender(header: BundleHeader) -> bytes:
        if header.center != center or header.dir != "up":
            raise Unacceptable("bundle.foreign")
        key = lookup(DeskId(header.desk))
        if key_id(key) != header.key:
            raise Unacceptable("bundle.sender")
        return key

    cover, payload = open_bundle(data, sender=sender, sealer=sealer)
    frames = read_frames(payload)
    hello = read_hello(frames[0][1])
    desk = DeskId(cover.header.desk)
    all_parts = read_parts(frames)
    parts = tuple(part for part in all_parts if part.desk == desk)
    check_run(parts, desk=desk, base=(hello.base, hello.base_hash), top=(hello.top, hello.top_hash))
    key = lookup(desk)
    for part in parts:
        if isinstance(part, Segment):
            check_author(part, key, sealer=sealer)
    rescued = rescued_parts(all_parts, desk=desk, lookup=lookup, sealer=sealer, former=former)
    return UpBundle(cover.header, hello, parts, rescued, read_carried(frames))


def rescued_parts(
    parts: Iterable[Segment | Withheld],
    *,
    desk: DeskId,
    lookup: Callable[[DeskId], bytes],
    sealer: Sealer,
    former: Former = none_before,
) -> tuple[Segment | Withheld, ...]:
    """Parts of other desks, checked by their own authors' keys; a desk that is not known here is left out.

    Raises Unacceptable `entry.*`, `bundle.segment` when the parts of a desk do not ascend.
    """
    found: list[Segment | Withheld] = []
    tops: dict[str, int] = {}
    for part in parts:
        key = None if part.desk == desk else known_key(lookup, DeskId(part.desk))
        if key is None:
            continue
        if part.first <= tops.get(part.desk, 0):
            raise Unacceptable("bundle.segment")
        if isinstance(part, Segment):
            check_links(part, (part.first - 1, part.entries[0].head.p))
            check_authors(part, (key, *former(DeskId(part.desk))), sealer)
        tops[part.desk] = part.last
        found.append(part)
    return tuple(found)


def known_key(lookup: Callable[[DeskId], bytes], desk: DeskId) -> bytes | None:
    """The key of a desk, None when it is unknown."""
    try:
        return lookup(desk)
    except Unacceptable:
        return None


def check_run(parts: Sequence[Segment | Withheld], *, desk: DeskId, base: Point, top: Point) -> None:
    """Parts of one desk join from base to top without a hole, by counter and by hash."""
    at = base
    for part in parts:
        if part.desk != desk or part.first != at[0] + 1:
            raise Unacceptable("bundle.segment")
        at = (part.last, part.last_hash) if isinstance(part, Withheld) else check_links(part, at)
    if at != top:
        raise Unacceptable("bundle.segment")


def check_links(segment: Segment, at: Point) -> Point:
    """Each entry follows the one before and may leave its desk; answers where the segment ends."""
    for entry in segment.entries:
        if entry.n != at[0] + 1 or entry.head.p != at[1]:
            raise Unacceptable("entry.chain")
        if not may_leave(entry.reach, sealed=bool(entry.head.s)):
            raise Unacceptable("entry.reach")
        at = (entry.n, entry.hash)
    return at


def check_authors(segment: Segment, keys: Sequence[bytes], sealer: Sealer) -> None:
    """Every signature: who brings another's entries could spoil evidence that the last one does not need."""
    for entry in segment.entries:
        by_any(keys, partial(check_author, replace(segment, entries=(entry,)), sealer=sealer))


def check_author(segment: Segment, key: bytes, *, sealer: Sealer) -> None:
    """The last entry's signature, which through the chain of heads covers the whole segment."""
    try:
        verify_entry(segment.entries[-1], lambda text, mark: sealer.verify(key, text, mark))
    except Unacceptable:
        raise Unacceptable("entry.signature") from None


def check_joins(hello: Hello, *, head: tuple[int, str]) -> None:
    """Raise RefusedByRule `bundle.gap` when the bundle starts above what the center holds."""
    if hello.base > head[0]:
        raise RefusedByRule("bundle.gap", have=head[0])
