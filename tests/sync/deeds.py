"""What people at a desk write in a history, and what the county says: each by the seed, each with what it had seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from mediator.errors import MediatorError, RefusedByRule
from mediator.journal.canonical import encode
from mediator.journal.custody import Custody
from mediator.journal.entry import Draft, StreamId, hash_of_head, text_to_sign
from mediator.journal.framing import make_entry
from mediator.journal.marks import completed
from mediator.journal.reach import Reach
from mediator.journal.transcripts import TRANSCRIPT
from sync.center import lending
from sync.center.chain import say
from sync.center.custody import custodies, open_feeds
from sync.center.database import Scope
from sync.center.feeds import township_feed
from sync.center.revocation import revoke
from tests.sync.roads import Crash

if TYPE_CHECKING:
    from tests.sync.histories import World
    from tests.sync.world import Desk

NEWER: Final = "case.weighed"
STATES: Final = ("accepted", "in_mediation", "agreed", "withdrawn", "closed")


def fresh(world: World) -> str:
    """A random id."""
    return world.random.randbytes(16).hex()


def sentence(world: World, desk: Desk) -> None:
    """A turn of a hearing."""
    body: dict[str, object] = {
        "id": fresh(world), "hearing": "0" * 32, "speaker": "某甲",
        "text": f"{desk.township}的第{world.random.randrange(999)}句", "at": 1,
    }  # fmt: skip
    world.put(desk, world.case(desk), "hearing.sentence", body)


def pay(world: World, desk: Desk) -> None:
    """Money that came."""
    fields = {"obligation": "b" * 32, "amount": world.random.randrange(9_999), "paid_on": "2026-03-05"}
    world.put(desk, world.case(desk), "payment.recorded", {"id": fresh(world), "fields": fields})


def move(world: World, desk: Desk) -> None:
    """Another state; two that had not seen each other are a doubt, not a winner."""
    world.put(desk, world.case(desk), "case.moved", {"to": world.random.choice(STATES)})


def clause(world: World, desk: Desk) -> None:
    """A clause, or one less."""
    stream = world.case(desk)
    items = desk.journal.log(stream).state.of_kind("clause")
    if items and world.chance(0.4):
        world.put(desk, stream, "clause.removed", {"id": world.random.choice(items)[0]})
    else:
        world.put(desk, stream, "clause.added", {"id": fresh(world), "fields": {"text": "沟由双方修好。"}})


def take_over(world: World, desk: Desk) -> None:
    """A case out of an old ledger: one entry of several facts."""
    stream = StreamId(fresh(world))
    world.streams[stream] = desk.township
    facts: list[object] = [
        ["case.opened", {"fields": {"title": "旧案", "kind": "people_mediation"}}],
        ["case.set", {"fields": {"facts": f"旧账第{world.random.randrange(999)}号"}}],
        ["party.added", {"id": fresh(world), "fields": {"name": "某乙"}}],
        ["case.moved", {"to": "accepted"}],
        ["case.moved", {"to": "closed"}],
    ]
    world.put(desk, stream, TRANSCRIPT, {"facts": facts})


def newer(world: World, desk: Desk) -> None:
    """What a program of a later version writes: kept and passed on by everybody, folded by nobody."""
    stream = world.case(desk)
    log, (n, prev) = desk.journal.log(stream), desk.journal.top(desk.id)
    marks = completed(log.seen(Reach.COUNTY), desk.id, log.last_of(desk.id, Reach.COUNTY))
    draft = Draft(stream, "case.set", {"weight": world.random.randrange(99)}, marks, 1)
    known = make_entry(
        draft, desk=desk.id, n=n + 1, prev=prev, marks=marks, salt=world.random.randbytes(32), sign=desk.writer.sign
    )
    head = msgspec.structs.replace(known.head, k=NEWER)
    data = encode(head)
    sign = desk.writer.sign(text_to_sign(data))
    desk.journal.absorb([replace(known, head=head, head_bytes=data, signature=sign, hash=hash_of_head(data))])


Deed = Callable[["World", "Desk"], None]
DEEDS: Final[Mapping[Deed, float]] = {
    sentence: 3, pay: 1, move: 1.5, clause: 1.5, take_over: 0.3, newer: 0.3,
}  # fmt: skip


def any_deed(world: World, desk: Desk) -> None:
    """One of them."""
    world.random.choices(list(DEEDS), list(DEEDS.values()))[0](world, desk)


def say_order(world: World) -> None:
    """The county's word about a case, into its township's feed; its machine may die of it."""
    stream = world.random.choice(list(world.streams))

    def work(scope: Scope) -> None:
        of = custodies(scope, [stream]).get(stream)
        if of is not None and not of.township:
            return  # nobody opened it yet, as far as the county knows: it has nothing to say on it
        feeds = open_feeds(scope, stream) if of else [township_feed(world.streams[stream])]
        say(world.center, scope, stream, "order.issued", {"text": "请说明进展。"}, feeds=feeds)

    with suppress(Crash):
        world.center.database.write(work)


def hand_on(world: World) -> None:
    """A case goes to a room of another township, or comes back from it."""
    stream = world.random.choice(list(world.streams))
    with suppress(Crash, MediatorError):
        free = lending.places(world.center, stream)
        if free:
            world.lent.setdefault(stream, set()).update(each.township for each in free)
            lending.grant(world.center, stream, world.random.choice(free).room, reason="三调联动", who="admin")
        else:
            lending.release(world.center, stream, world.random.choice(rooms_with(world, stream)), who="admin")


def rooms_with(world: World, stream: StreamId) -> list[str]:
    """Rooms of others that have a case; one without a name when none has."""
    with world.center.database.reading() as scope:
        of = custodies(scope, [stream]).get(stream, Custody(""))
    return sorted(each.room for each, until in of.rooms.items() if until is None) or [""]


def take_out(world: World, desk: Desk) -> None:
    """A laptop is stolen: what it sent stays, what it sends later is put aside for a person."""
    with suppress(Crash, RefusedByRule):
        revoke(world.center, desk.id, who="admin")
        world.revoked.add(desk.id)
