"""One exchange with a laptop, the same for both roads: read its bundle, take it in, pack what comes down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update

from mediator.errors import Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId
from sync.center.absorb import Taken, absorb, anybody
from sync.center.chain import CENTER_STATE, lock_desk
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import feeds_of, ready_for
from sync.center.judging import STANDINGS
from sync.center.numbers import keep_supplied
from sync.center.piece_answers import LOAD
from sync.center.pieces import Brought, take_pieces
from sync.center.receipts import issue, newest
from sync.center.rescuing import wanted
from sync.center.sealing import sealed
from sync.center.tables import DESK
from sync.center.voices import as_known, certs_of
from sync.center.witness import ABSENT
from sync.session.county import UpBundle, read_up
from sync.session.packing import ERASURES, downward
from sync.session.rescue import Notice

MORE: Final = encode({"code": "feed.more"})
TOLD_ERASURES: Final = encode({"code": "erasures.told"})
GAP: Final = "bundle.gap"
TOLD: Final = frozenset({"desk.revoked", "entry.fork", GAP})


@dataclass(frozen=True, slots=True)
class Answered:
    """A bundle taken in, and the sealed answer to its sender."""

    up: UpBundle
    taken: Taken
    down: bytes


def read(center: Center, data: bytes) -> UpBundle:
    """An upward bundle whose sender we know; raises Unacceptable `bundle.*`, `entry.*`, `schema.newer`.

    A revoked desk's bundle is read too: who it is must be certain before it is put aside for a person.
    """

    def key_of(desk: DeskId) -> bytes:
        with center.database.reading() as scope:
            row = scope.one(select(DESK.c.sign, DESK.c.state).where(DESK.c.desk == desk))
        if row is None or row.state not in STANDINGS | {CENTER_STATE, ABSENT}:
            raise Unacceptable("bundle.sender")
        return bytes.fromhex(row.sign)

    def former_of(desk: DeskId) -> tuple[bytes, ...]:
        with center.database.reading() as scope:
            lives = scope.one(select(DESK.c.desk).where(DESK.c.desk == desk, DESK.c.state == CENTER_STATE))
        return center.former_signs if lives else ()

    sealer = as_known(center, data).voice
    return read_up(data, center=center.card.center, sealer=sealer, lookup=key_of, former=former_of)


@dataclass(frozen=True, slots=True)
class Apart:
    """What goes down beside the answer: notices of it, and feeds that the answer may leave out therefore."""

    notices: Sequence[Notice] = ()
    feeds: frozenset[str] = frozenset()


def nothing_apart(_center: Center, _up: UpBundle) -> Apart:
    """Everything goes into the answer."""
    return Apart()


def exchange(
    center: Center,
    data: bytes,
    *,
    beside: Callable[[Center, UpBundle], Apart] = nothing_apart,
    most: int = LOAD,
    first: Callable[[Scope], None] = anybody,
) -> Answered:
    """Take a bundle in and answer it, with so many pieces at most. Repeating it changes nothing and gives the same
    receipt.
    """
    center = as_known(center, data)
    up = read(center, data)
    taken = absorb(center, up, data, first=first)
    brought = take_pieces(center, up, most=most)
    for desk in (up.desk, *(DeskId(str(each["desk"])) for each in taken.told)):
        keep_supplied(center, desk)
    return Answered(up, taken, down_bundle(center, up, taken, beside(center, up), brought))


def refusal(center: Center, data: bytes, code: str) -> tuple[int, bytes] | None:
    """The answer to a refused bundle, for a road that carries only files: its number, and the center's word.

    A laptop that is ahead of the center gets the receipt of the center's present life too, so that it sends again what
    that has lost. None when it is not certain who wrote the bundle.
    """
    if code not in TOLD:
        return None
    center = as_known(center, data)
    up = read(center, data)

    def work(scope: Scope) -> tuple[int, str, bytes | None]:
        desk = lock_desk(scope, up.desk)
        assert desk is not None  # `read` has found it
        scope.change(update(DESK).where(DESK.c.desk == up.desk).values(down_no=desk.down_no + 1))
        head, receipt = (desk.head_n, desk.head_hash), None
        if code == GAP:
            own = newest(center, scope, up.desk)
            receipt = own or issue(center, scope, up.desk, bundle=up.header.bundle, head=head)
        return desk.down_no + 1, desk.seal, receipt

    no, seal, receipt = center.database.write(work)
    told = encode({"code": code, "n": up.hello.top, "h": up.hello.top_hash})
    payload = downward(entries=(), feeds=(), receipt=receipt, certs=certs_of(center), notices=[told])
    return no, sealed(center, up.desk, payload, seal=seal, no=no)


def down_bundle(center: Center, up: UpBundle, taken: Taken, apart: Apart, brought: Brought) -> bytes:
    """Receipt and everything in the desk's feeds after the cursors it named, sealed to it alone; pieces behind it."""
    have = {feed: (epoch, no) for feed, epoch, no in up.hello.have}
    with center.database.reading() as scope:
        desk = scope.one(select(DESK).where(DESK.c.desk == up.desk))
        if desk is None:
            raise Unacceptable("bundle.sender")
        feeds = [each for each in feeds_of(desk.township, desk.room, up.desk) if each not in apart.feeds]
        ready = ready_for(center, scope, up.desk, feeds, have)
        asked = wanted(center, scope, desk, have)
    whole = ERASURES in up.hello.takes and not ready.more and not apart.feeds
    notices = [
        *([MORE] if ready.more else []),
        *([TOLD_ERASURES] if whole else []),
        *map(encode, (*taken.told, *asked, *apart.notices, *brought.notices)),
    ]
    receipt = brought.receipt or taken.receipt
    payload = downward(
        entries=ready.entries, feeds=ready.ranges, receipt=receipt, certs=certs_of(center), notices=notices,
        blobs=brought.frames, schema=up.header.schema[1],
    )  # fmt: skip
    return sealed(center, up.desk, payload, seal=desk.seal, no=taken.down_no)
