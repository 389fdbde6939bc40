"""A county in one process: desks, a center, a network and a stick, all driven by one seed; no threads, no waiting.

Real journal, wire, session and center; fakes stand at ports alone. Every fault is an act of the seed: a request that
never arrives, an answer that is lost, a bundle that comes twice or much later, a stick that is carried away, a crash
between any two steps. At the end comes quiet: faults stop and everybody exchanges three times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from mediator.errors import MediatorError, WorldFailed
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog, state_bytes
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed
from mediator.journal.port import Outgoing
from mediator.journal.reach import Reach
from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.enrollment import join, make_code
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import ENTRY
from sync.session.exchange import Exchange, keep_membership
from sync.session.joining import JoinRequest, proof_of, read_answer
from sync.session.ports import Answer
from sync.wire.cards import read_membership
from sync.wire.receipt import read_receipt
from tests.journal.list_journal import ListJournal, Writer
from tests.sync.fakes import FakeSealer, MemoryShelf, a_center

TOWNSHIP = "331122101"
SECRET = "只给自己看的话"
FIELDS = ("facts", "requests")


class Violated(AssertionError):
    """An invariant does not hold; the first word names it."""


@dataclass
class Shown:
    """A form on a screen: what it had shown when it was opened."""

    stream: StreamId
    field: str
    seen: Mapping[DeskId, int]


@dataclass
class Desk:
    """A laptop: its journal, its shelf, forms that are open."""

    name: str
    writer: Writer
    shelf: MemoryShelf
    sealer: FakeSealer
    forms: list[Shown] = field(default_factory=list)

    @property
    def journal(self) -> ListJournal:
        """Its entries."""
        return self.writer.journal

    @property
    def id(self) -> DeskId:
        """Its identity."""
        return self.writer.desk


class SealedWriter(Writer):
    """Signs as the desk's sealer does, so that the center can verify."""

    def sign(self, text: bytes) -> bytes:
        return FakeSealer(self.name).sign(text)


class Road:
    """A network to the center with the faults the seed wants."""

    name = "network"

    def __init__(self, world: World, *, faults: bool) -> None:
        """`faults` off is quiet."""
        self.world, self.faults = world, faults

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        world = self.world
        if self.faults and world.random.random() < 0.15:
            raise WorldFailed("network.unreachable")
        down = world.deliver(outgoing.data)
        if self.faults and world.random.random() < 0.2:
            world.deliver(outgoing.data)
        if self.faults and world.random.random() < 0.2:
            raise WorldFailed("network.cut")
        return down

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


class Stick:
    """A stick: the desk's newest bundle goes up, what the center wrote comes down when it is carried back."""

    name = "stick"

    def __init__(self, world: World, desk: DeskId) -> None:
        """The world's one stick."""
        self.world, self.desk = world, desk

    def fetch(self) -> Answer:
        return Answer(down=tuple(self.world.stick_down.get(self.desk, ())))

    def offer(self, outgoing: Outgoing) -> Answer:
        self.world.stick_up[self.desk] = outgoing.data
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:
        rest = [each for each in self.world.stick_down.get(self.desk, []) if each != down]
        self.world.stick_down[self.desk] = rest


@dataclass
class World:
    """Everything; `exchange_kind` and `shown_at` are where defects are planted."""

    seed: int
    random: Random
    center: Center
    desks: list[Desk]
    exchange_kind: type[Exchange] = Exchange
    marks_at_saving: bool = False
    stick_up: dict[DeskId, bytes] = field(default_factory=dict)
    stick_down: dict[DeskId, list[bytes]] = field(default_factory=dict)
    old: list[bytes] = field(default_factory=list)
    truth: dict[tuple[DeskId, int], Mapping[DeskId, int]] = field(default_factory=dict)
    streams: list[StreamId] = field(default_factory=list)

    # -- the center ---------------------------------------------------------------------------------------------------

    def deliver(self, data: bytes) -> Answer:
        """A bundle arrives; it may arrive again later."""
        self.old.append(data)
        try:
            return Answer(down=(answer(self.center, data).down,))
        except MediatorError as error:
            have = error.facts.get("have")
            return Answer(code=error.code, have=have if isinstance(have, int) else None)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def act(self) -> None:
        """One step of the history."""
        acts = ((self.write, 8), (self.open_form, 4), (self.save_form, 5), (self.private_note, 1), (self.by_network, 5),
                (self.by_stick, 2), (self.carry_stick, 2), (self.deliver_old, 1), (self.sign, 1))  # fmt: skip
        chosen = self.random.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
        chosen(self.random.choice(self.desks))

    def case(self, desk: Desk) -> StreamId:
        """A case this desk knows, or a new one."""
        known = sorted({entry.stream for entry in desk.journal.held.values()} & set(self.streams))
        if known and self.random.random() < 0.9:
            return self.random.choice(known)
        stream = StreamId(self.random.randbytes(16).hex())
        self.streams.append(stream)
        self.put(desk, stream, "case.opened", {"fields": {"title": "纠纷", "kind": "people_mediation"}})
        return stream

    def put(
        self, desk: Desk, stream: StreamId, kind: str, body: dict[str, object], seen: Mapping[DeskId, int] | None = None
    ) -> Entry:
        """An entry with what its form had shown; the truth is remembered beside it."""
        log = desk.journal.log(stream)
        now = log.seen(reach_of(kind))
        shown = now if seen is None else seen
        own = log.last_of(desk.id, reach_of(kind))
        entry = desk.writer.write(stream, kind, body, seen=dict(now if self.marks_at_saving else shown))
        self.truth[entry.id] = completed(dict(shown), desk.id, own)
        return entry

    def write(self, desk: Desk) -> None:
        """A sentence or a field, seen and saved at once."""
        stream = self.case(desk)
        if self.random.random() < 0.5:
            body: dict[str, object] = {
                "id": self.random.randbytes(16).hex(), "hearing": "0" * 32, "speaker": "某甲",
                "text": f"第{self.random.randrange(999)}句", "at": 1,
            }  # fmt: skip
            self.put(desk, stream, "hearing.sentence", body)
        else:
            self.set_field(desk, Shown(stream, self.random.choice(FIELDS), desk.journal.log(stream).seen(Reach.COUNTY)))

    def set_field(self, desk: Desk, form: Shown) -> None:
        """Save one field of a form."""
        value = f"{form.field}-{desk.name}-{self.random.randrange(9999)}"
        self.put(desk, form.stream, "case.set", {"fields": {form.field: value}}, form.seen)

    def open_form(self, desk: Desk) -> None:
        """A form is opened and left standing."""
        stream = self.case(desk)
        desk.forms.append(Shown(stream, self.random.choice(FIELDS), desk.journal.log(stream).seen(Reach.COUNTY)))

    def save_form(self, desk: Desk) -> None:
        """It is saved much later."""
        if desk.forms:
            self.set_field(desk, desk.forms.pop(self.random.randrange(len(desk.forms))))

    def private_note(self, desk: Desk) -> None:
        """Words that may never leave."""
        self.put(desk, self.case(desk), "note.private", {"text": SECRET})

    def sign(self, desk: Desk) -> None:
        """An agreement is frozen."""
        stream = self.case(desk)
        content: dict[str, object] = {"fields": {"copies": 3}, "clauses": [], "obligations": []}
        digest = hashlib.sha256(repr(sorted(content)).encode()).hexdigest()
        self.put(desk, stream, "agreement.signed", {"digest": digest, "form": "written", "content": content})

    def run_exchange(self, desk: Desk, road: Road | Stick) -> None:
        """One exchange; a crash between two steps ends it as a power cut would."""
        card = desk.shelf.card()
        assert card is not None
        self.exchange_kind(
            desk.journal, desk.shelf, desk.sealer, road, desk.id, self.center.now, read_membership(card)
        ).run()

    def by_network(self, desk: Desk, *, faults: bool = True) -> None:
        """Over the network."""
        self.run_exchange(desk, Road(self, faults=faults))

    def by_stick(self, desk: Desk) -> None:
        """With the stick that lies here."""
        self.run_exchange(desk, Stick(self, desk.id))

    def carry_stick(self, _desk: Desk) -> None:
        """To the county, where every bundle is read in any order, and back; sometimes it is lost on the way."""
        for desk, data in self.random.sample(sorted(self.stick_up.items()), len(self.stick_up)):
            done = self.deliver(data)
            if self.random.random() < 0.8:
                self.stick_down.setdefault(desk, []).extend(done.down)

    def deliver_old(self, _desk: Desk) -> None:
        """A bundle of long ago arrives twice more: the second time nothing may change (I6)."""
        if self.old:
            data = self.random.choice(self.old)
            self.deliver(data)
            before = self.center_bytes()
            self.deliver(data)
            if self.center_bytes() != before:
                raise Violated("I6 a repeated bundle changed the center")

    # -- invariants ---------------------------------------------------------------------------------------------------

    def center_entries(self) -> list[Entry]:
        """Everything the center holds."""
        with self.center.database.reading() as scope:
            return [
                entry_of(row, self.center) for row in scope.rows(select(*SHIPPED).order_by(ENTRY.c.desk, ENTRY.c.n))
            ]

    def center_bytes(self) -> bytes:
        """Fingerprint of what the center holds."""
        return hashlib.sha256(b"".join(entry.raw for entry in self.center_entries())).digest()

    def check_step(self) -> None:
        """I3 receipts are true, I4 nothing private leaked."""
        held = {entry.id: entry for entry in self.center_entries()}
        for desk in self.desks:
            newest = desk.shelf.receipt()
            n = read_receipt(newest, self.center.sealer.sign_public, desk.sealer).n if newest else 0
            for entry in desk.journal.since(desk.id, 0, n):
                if entry.n <= n and entry.reach is Reach.COUNTY and entry.id not in held:
                    raise Violated(f"I3 receipt up to {n} but {entry.id} is not held")
        if any(SECRET.encode() in (entry.body or b"") for entry in held.values()):
            raise Violated("I4 a private word is at the center")

    def quiet(self) -> None:
        """Faults stop; three rounds; then everybody agrees."""
        for _ in range(3):
            for desk in self.desks:
                self.by_network(desk, faults=False)
        self.check_step()
        held = self.center_entries()
        for stream in self.streams:
            self.check_stream(stream, [entry for entry in held if entry.stream == stream])

    def check_stream(self, stream: StreamId, held: list[Entry]) -> None:
        """I1 convergence, I2 no loss, I5 nothing overwritten unseen, I8 signed content unchanged."""
        center = folded(held)
        written = [
            e for desk in self.desks for e in desk.journal.held.values() if e.stream == stream and e.desk == desk.id
        ]
        missing = {e.id for e in written if e.reach is Reach.COUNTY} - {e.id for e in held}
        if missing:
            raise Violated(f"I2 lost {sorted(missing)[0]}")
        for desk in self.desks:
            own = [entry for entry in desk.journal.stream(stream) if entry.reach is Reach.COUNTY]
            if folded(own) != center:
                raise Violated(f"I1 {desk.name} and the center differ")
        self.check_fields(held)

    def check_fields(self, held: list[Entry]) -> None:
        """Two values of a field whose writers had not seen each other both survive."""
        log = StreamLog()
        log.add(held)
        item = log.state.items.get("case")
        for name in FIELDS:
            writes = [e for e in held if e.kind == "case.set" and name in fields_of(e)]
            alive = {
                e.id for e in writes
                if not any(self.truth[other.id].get(e.desk, 0) >= e.n for other in writes if other.id != e.id)
            }  # fmt: skip
            shown = {(write.desk, write.n) for write in item.fields.get(name, ())} if item else set()
            opened = {e.id for e in held if e.kind == "case.opened"}
            if not alive <= shown | opened:
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


def a_world(seed: int, *, desks: int | None = None) -> World:
    """A county with enrolled desks of one township."""
    random = Random(seed)
    center = a_center(random)
    made = [a_laptop(random, center, f"desk{seed}-{number}") for number in range(desks or random.choice((2, 2, 3, 4)))]
    return World(seed, random, center, made)


def a_laptop(random: Random, center: Center, name: str) -> Desk:
    """A desk that joined by a code."""
    writer, sealer = SealedWriter(name), FakeSealer(name)
    code = make_code(center, TOWNSHIP)
    sign, seal = sealer.sign_public, sealer.seal_public
    proof = proof_of(code.text, desk=writer.desk, sign=sign, seal=seal)
    request = JoinRequest(writer.desk, sign.hex(), seal.hex(), "壶镇镇人民调解委员会", TOWNSHIP, name, proof)
    joined = join(center, request)
    shelf = MemoryShelf(writer.journal)
    keep_membership(shelf, read_answer(joined.answer, center.card, sealer, desk=writer.desk))
    return Desk(name, writer, shelf, sealer)


def live(world: World, steps: int) -> None:
    """A history of so many steps, checked as it goes, and quiet at its end."""
    for step in range(steps):
        world.act()
        if step % 10 == 9:
            world.check_step()
    world.quiet()
