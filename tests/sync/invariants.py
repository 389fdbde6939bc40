"""What holds in every history (sync-design 16): I3, I4, I8, I11, I12 as it goes, the rest once it is quiet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Final

from sqlalchemy import select

from mediator.errors import MediatorError
from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.fold import StreamLog, state_bytes
from mediator.journal.reach import Reach
from sync.center.answering import exchange as answer
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import ENTRY, NUMBER_BLOCK, QUARANTINE
from sync.wire.receipt import Receipt, read_receipt
from tests.sync.erasures import carry_out, still_held
from tests.sync.histories import FIELDS, SECRET, Step, World, a_world, plan
from tests.sync.world import Desk

EVERY: Final = 5
REPEATED: Final = 20
ROUNDS: Final = 3
TRIES_TO_SHORTEN: Final = 60


class Violated(AssertionError):
    """An invariant does not hold; the first word names it."""


@dataclass
class Watch:
    """What was seen earlier in this history, to tell whether something went back."""

    ranks: dict[str, int] = field(default_factory=dict)
    cursors: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)


def center_entries(world: World) -> list[Entry]:
    """Everything the center holds."""
    with world.center.database.reading() as scope:
        return [entry_of(row, world.center) for row in scope.rows(select(*SHIPPED).order_by(ENTRY.c.desk, ENTRY.c.n))]


def held_hashes(world: World) -> dict[EntryId, str]:
    """Identity and hash of everything the center holds."""
    with world.center.database.reading() as scope:
        return {
            (DeskId(row.desk), row.n): row.hash for row in scope.rows(select(ENTRY.c.desk, ENTRY.c.n, ENTRY.c.hash))
        }


def receipt_of(world: World, desk: Desk) -> Receipt | None:
    """The newest receipt a desk believes."""
    newest = desk.shelf.receipt()
    return read_receipt(newest, world.center.sealer.sign_public, desk.sealer) if newest else None


def check_step(world: World, watch: Watch) -> None:
    """The promises that hold at any moment."""
    held = held_hashes(world)
    for author, n in still_held(world):
        raise Violated(f"I4 the county holds the body of {n} of {author[:6]} again, which was erased")
    for desk in world.desks + world.dead:
        check_receipt(world, desk, held)
        check_monotone(world, watch, desk)
        check_foreign(world, desk, held)
        check_signed(world, desk)


def check_receipt(world: World, desk: Desk, held: Mapping[EntryId, str]) -> None:
    """I3: what a receipt of this life of the center says is durably there."""
    receipt = receipt_of(world, desk)
    if receipt is None or receipt.ce < world.center.card.epoch:
        return
    for entry in desk.journal.since(desk.id, 0, receipt.n):
        if entry.reach is Reach.COUNTY and held.get(entry.id) != entry.hash:
            raise Violated(f"I3 {desk.name} has a receipt up to {receipt.n} but {entry.n} is not held")


def check_monotone(world: World, watch: Watch, desk: Desk) -> None:
    """I12: receipts and cursors never go back but by a signed higher epoch."""
    receipt = receipt_of(world, desk)
    rank = receipt.rank if receipt else 0
    if rank < watch.ranks.get(desk.name, 0):
        raise Violated(f"I12 the receipt of {desk.name} went back")
    watch.ranks[desk.name] = rank
    now, before = desk.shelf.cursors(), watch.cursors.get(desk.name, {})
    if any(now.get(feed, (0, 0)) < cursor for feed, cursor in before.items()):
        raise Violated(f"I12 a cursor of {desk.name} went back")
    watch.cursors[desk.name] = now


def check_foreign(world: World, desk: Desk, held: Mapping[EntryId, str]) -> None:
    """I4 nobody holds another's secret or another township's case; I11 of a fork only the center's branch travels."""
    for entry in desk.journal.held.values():
        if entry.desk == desk.id or entry.desk in world.lives(desk):
            continue
        lent = world.lent.get(entry.stream, set())
        if world.streams.get(entry.stream, desk.township) != desk.township and desk.township not in lent:
            raise Violated(f"I4 {desk.name} holds a case of another township")
        if entry.reach is not Reach.COUNTY:
            raise Violated(f"I4 {desk.name} holds {entry.reach} words of another")
        if held.get(entry.id, entry.hash) != entry.hash:
            raise Violated(f"I11 {desk.name} folded the other branch of {entry.desk[:6]}")


def check_signed(world: World, desk: Desk) -> None:
    """I8: what was signed never changes."""
    for stream in world.streams:
        for signing in desk.journal.log(stream).state.signings:
            entry = desk.journal.held[signing.entry]
            if world.signed.get((stream, encode(dict(signing.content)))) != entry.hash:
                raise Violated(f"I8 a signed agreement changed at {desk.name}")


def check_repeat(world: World, random: Random) -> None:
    """I6: a bundle that was taken is taken again without any change, and with the same receipt."""
    data = random.choice(world.old)
    try:
        first = answer(world.center, data)
        before = held_hashes(world)
        again = answer(world.center, data)
    except MediatorError:
        return
    if held_hashes(world) != before or first.taken.receipt != again.taken.receipt:
        raise Violated("I6 a repeated bundle changed the center")


def quiet(world: World) -> None:
    """Faults stop; three rounds; then everybody agrees."""
    for _ in range(ROUNDS):
        for desk in world.desks:
            world.by_network(desk, faults=False)
            carry_out(desk)
    held = center_entries(world)
    if any(SECRET.encode() in (entry.body or b"") for entry in held):
        raise Violated("I4 a private word is at the center")
    check_no_loss(world, {entry.id: entry.hash for entry in held})
    check_forks(world)
    check_numbers(world)
    for stream, township in world.streams.items():
        check_stream(world, stream, township, [entry for entry in held if entry.stream == stream])
    if any(desk.shelf.outgoing() for desk in world.desks if not desk.held):
        raise Violated("I10 a bundle stays on a shelf that a receipt covers")


def check_no_loss(world: World, held: Mapping[EntryId, str]) -> None:
    """I2: all that a working desk holds for the county is there, whichever laptop wrote it."""
    laptops = {desk.id: desk.name for desk in world.dead + world.desks}
    for desk in world.desks:
        for entry in () if desk.held else desk.journal.held.values():
            if entry.desk in laptops and entry.reach is Reach.COUNTY and held.get(entry.id) != entry.hash:
                raise Violated(f"I2 lost {entry.n} of {laptops[entry.desk]}, which {desk.name} holds")


def check_forks(world: World) -> None:
    """I11: of two desks under one name and with two histories one is held, and its bundle is kept for a person."""
    with world.center.database.reading() as scope:
        aside = {row.desk for row in scope.rows(select(QUARANTINE.c.desk))}
    for desk in world.desks:
        if desk.held and desk.id not in world.copies | world.revoked:
            raise Violated(f"I11 {desk.name} stopped sending ({desk.held}) though nobody has its name")
    for first, second in combinations(world.desks, 2):
        if first.id == second.id and first.journal.top(first.id) != second.journal.top(second.id):
            codes = {first.held, second.held} - {""}
            if not codes or ("entry.fork" in codes and first.id not in aside):
                raise Violated(f"I11 the fork of {first.name} was not reported")


def check_numbers(world: World) -> None:
    """I9: no number is given twice in the county."""
    with world.center.database.reading() as scope:
        blocks = [tuple(row) for row in scope.rows(
            select(NUMBER_BLOCK.c.kind, NUMBER_BLOCK.c.year, NUMBER_BLOCK.c.room, NUMBER_BLOCK.c.first,
                   NUMBER_BLOCK.c.last))]  # fmt: skip
    for one, other in combinations(sorted(blocks), 2):
        if one[:3] == other[:3] and other[3] <= one[4]:
            raise Violated(f"I9 two desks may give out {other}")


def check_stream(world: World, stream: StreamId, township: str, held: list[Entry]) -> None:
    """I1 everybody who may read it agrees, I7 in whatever order it came, I5 nothing went unseen."""
    center = folded(held)
    if folded(Random(stream).sample(held, len(held))) != center:
        raise Violated("I7 another order of arrival gives another state")
    for desk in world.desks:
        check_causes(desk.name, desk.journal.log(stream))
        if desk.township != township or desk.held:
            continue
        own = [entry for entry in desk.journal.stream(stream) if entry.reach is Reach.COUNTY]
        if folded(own) != center:
            raise Violated(f"I1 {desk.name} and the center differ: {differing(own, held)}")
        whole = len(own) == len(desk.journal.stream(stream))
        if whole and state_bytes(desk.journal.log(stream).state) != center:
            raise Violated(f"I7 {desk.name} folded another order than the center")
    check_fields(world, held)


def check_causes(name: str, log: StreamLog) -> None:
    """I7: nothing is folded before what it names."""
    folded_already: set[EntryId] = set()
    for entry in log.entries:
        if not folded_already.issuperset(entry.marks.items()):
            raise Violated(f"I7 {name} folded {entry.n} of {entry.desk[:6]} before what it had seen")
        folded_already.add(entry.id)


def differing(own: Iterable[Entry], held: Iterable[Entry]) -> str:
    """How many entries only one side has."""
    mine, theirs = {entry.id for entry in own}, {entry.id for entry in held}
    return f"{len(mine - theirs)} only here, {len(theirs - mine)} only there"


def check_fields(world: World, held: list[Entry]) -> None:
    """I5: two values of a field whose writers had not seen each other both survive."""
    if any(entry.erased for entry in held):
        return  # what a form had shown and overwritten went with the bodies
    log = StreamLog()
    log.add(held)
    item = log.state.items.get("case")
    for name in FIELDS:
        writes = [entry for entry in held if entry.kind == "case.set" and name in fields_of(entry)]
        covered = {
            entry.id for entry in writes for other in writes
            if other.id != entry.id and world.truth[other.hash].get(entry.desk, 0) >= entry.n
        }  # fmt: skip
        alive = {entry.id for entry in writes} - covered
        shown = {(write.desk, write.n) for write in item.fields.get(name, ())} if item else set()
        if not alive <= shown:
            raise Violated(f"I5 a value of {name} was overwritten unseen")


def fields_of(entry: Entry) -> Mapping[str, object]:
    """What a `case.set` writes."""
    found = entry.content().get("fields")
    return found if isinstance(found, dict) else {}


def folded(entries: list[Entry]) -> bytes:
    """State of a stream as bytes."""
    log = StreamLog()
    log.add(entries)
    return state_bytes(log.state)


def play(world: World, steps: list[Step]) -> None:
    """A history, checked as it goes, and quiet at its end."""
    watch = Watch()
    for number, (name, seed) in enumerate(steps, start=1):
        world.random = Random(seed)
        world.act(name)
        if number % EVERY == 0:
            check_step(world, watch)
        if number % REPEATED == 0 and world.old:
            check_repeat(world, Random(seed))
    quiet(world)
    check_step(world, watch)


def live(seed: int, steps: int) -> None:
    """The history of a seed; one that breaks a promise is shortened and told so that it can be played again."""
    history = plan(seed, steps)
    try:
        play(a_world(seed), history)
    except Violated as violated:
        short = shortened(seed, history, name_of(violated))
        told = "\n    ".join(repr(step) for step in short)
        raise Violated(f"{violated}\n  replay: play(a_world({seed}), [\n    {told}\n  ])") from None


def name_of(violated: Violated) -> str:
    """`I1` to `I12`."""
    return str(violated).split()[0]


def shortened(seed: int, history: list[Step], name: str) -> list[Step]:
    """The history without steps that the same violation can do without: halves first, then single ones."""
    size, tries = max(len(history) // 2, 1), TRIES_TO_SHORTEN
    while size and tries:
        at = 0
        while at < len(history) and tries:
            shorter, tries = history[:at] + history[at + size :], tries - 1
            if violates(seed, shorter, name):
                history = shorter
            else:
                at += size
        size //= 2
    return history


def violates(seed: int, history: list[Step], name: str) -> bool:
    """True when this history breaks the same promise."""
    try:
        play(a_world(seed), history)
    except Violated as violated:
        return name_of(violated) == name
    return False
