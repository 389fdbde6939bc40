"""A county in one process, driven by one seed: no threads, no waiting; faults are acts like any other.

A history is a list of steps, each with its own small seed, so that leaving one out does not change the others: a
history that breaks a promise is shortened until nothing can be left out, and printed. At its end comes quiet: faults
stop and everybody exchanges three times.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from mediator.errors import MediatorError
from mediator.journal.canonical import encode
from mediator.journal.content import content_digest
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed
from mediator.journal.reach import Reach
from mediator.journal.streams import desk_stream
from sync.center.answering import exchange as answer
from sync.center.answering import refusal
from sync.center.county import Center
from sync.center.restoring import begin_anew
from sync.session.belief import HOLDING
from sync.session.exchange import Exchange
from sync.session.ports import Answer, Carrier
from sync.wire.cards import read_membership
from tests.sync.deeds import any_deed, hand_on, say_order, take_out
from tests.sync.erasures import carry_out, erase
from tests.sync.fakes import COUNTY, FakeSealer, MemoryShelf, a_center
from tests.sync.roads import Crash, FragileDatabase, FragileShelf, Road, Stick, StickRoad
from tests.sync.world import NEIGHBOR, TOWNSHIP, Desk, SealedWriter, Shown, SwiftJournal, a_laptop, enroll

SECRET: Final = "只给自己看的话"
FIELDS: Final = ("facts",)
OPEN_FORMS: Final = 2
TWO: Final = 2
TEN_YEARS: Final = 10 * 365 * 24 * 3600 * 1000
Step = tuple[str, int]
WEIGHTS: Final[Mapping[str, float]] = {
    "write": 4, "private_note": 1, "sign": 2, "by_network": 10, "by_stick": 6, "carry_stick": 5, "lose_stick": 1,
    "copy_stick": 1, "find_stick": 1, "deliver_old": 2, "crash_laptop": 3, "crash_center": 3, "clock_jump": 1,
    "back_up": 3, "restore": 2, "clone": 0.4, "restore_center": 1,
    "order": 2, "revoke": 0.3, "hand_on": 2, "erase": 0.7, "say_yes": 1.5,
}  # fmt: skip


@dataclass(frozen=True)
class CountyBackup:
    """The county's database as it was, and how far each desk was then."""

    image: bytes
    heads: Mapping[DeskId, int]
    center: DeskId


@dataclass
class World:
    """Everything; `exchange_kind` and `marks_at_saving` are where defects are planted."""

    center: Center
    desks: list[Desk]
    random: Random
    exchange_kind: type[Exchange] = Exchange
    marks_at_saving: bool = False
    doomed: str = ""
    stick: Stick = field(default_factory=Stick)
    drawer: list[Stick] = field(default_factory=list)
    old: list[bytes] = field(default_factory=list)
    truth: dict[str, Mapping[DeskId, int]] = field(default_factory=dict)
    signed: dict[tuple[StreamId, bytes], str] = field(default_factory=dict)
    streams: dict[StreamId, str] = field(default_factory=dict)
    lent: dict[StreamId, set[str]] = field(default_factory=dict)
    dead: list[Desk] = field(default_factory=list)
    copies: set[DeskId] = field(default_factory=set)
    revoked: set[DeskId] = field(default_factory=set)
    backups: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    county_backup: CountyBackup | None = None

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random.random() < share

    def lives(self, desk: Desk) -> set[DeskId]:
        """The desk itself and those whose vault it came from."""
        return {each.id for each in (*self.desks, *self.dead) if desk.name.startswith(each.name)}

    def fate(self, whose: str) -> str:
        """Whether the power goes at this durable step of the one that is doomed."""
        if self.doomed != whose or self.chance(0.5):
            return ""
        self.doomed = ""
        return self.random.choice(("before", "after"))

    def act(self, name: str) -> None:
        """One step of the history, by a desk of the seed's choice; before it people work here and there."""
        for desk in self.desks:
            for work in (self.open_form, self.save_form, self.write):
                if self.chance(0.25):
                    work(desk)
        getattr(self, name)(self.random.choice(self.desks))

    # -- writing -----------------------------------------------------------------------------------------------------

    def case(self, desk: Desk) -> StreamId:
        """A case this desk knows, most often the newest, or a new one."""
        known = [stream for stream in self.streams if desk.journal.stream(stream)]
        if known and self.chance(0.93):
            return known[-1] if self.chance(0.6) else self.random.choice(known)
        stream = StreamId(self.random.randbytes(16).hex())
        self.streams[stream] = desk.township
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
        wall = max(0, self.center.now() + desk.skew)
        entry = desk.writer.write(stream, kind, body, seen=dict(now if self.marks_at_saving else shown), wall=wall)
        self.truth[entry.hash] = completed(dict(shown), desk.id, own)
        return entry

    def write(self, desk: Desk) -> None:
        """A field or something else, seen and saved at once."""
        if self.chance(0.5):
            any_deed(self, desk)
        else:
            stream = self.case(desk)
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
        """It is saved much later; an exchange may have gone on behind it (M2)."""
        if len(desk.forms) > OPEN_FORMS:
            self.set_field(desk, desk.forms.pop(self.random.randrange(OPEN_FORMS)))

    def private_note(self, desk: Desk) -> None:
        """Words that may never leave."""
        self.put(desk, self.case(desk), "note.private", {"text": SECRET})

    def sign(self, desk: Desk) -> None:
        """An agreement is frozen."""
        content: dict[str, object] = {
            "fields": {"copies": self.random.getrandbits(48)},
            "clauses": [],
            "obligations": [],
        }
        body: dict[str, object] = {
            "digest": content_digest(content), "form": "written", "content": content,
        }  # fmt: skip
        entry = self.put(desk, self.case(desk), "agreement.signed", body)
        self.signed[entry.stream, encode(content)] = entry.hash

    def order(self, _desk: Desk) -> None:
        """The county speaks about a case."""
        if self.streams:
            say_order(self)

    def hand_on(self, _desk: Desk) -> None:
        """The county lends a case to a room of another township, or takes it back."""
        if self.streams:
            hand_on(self)

    def erase(self, _desk: Desk) -> None:
        """Two persons of the county erase a case."""
        if self.streams:
            erase(self)

    def say_yes(self, desk: Desk) -> None:
        """A person at a desk has the county's decisions carried out."""
        carry_out(desk)

    def revoke(self, desk: Desk) -> None:
        """A laptop is taken out of the county; one at most, so that somebody is left to agree.

        In a later life of the county it may not have sent again what the county lost: nobody else is asked for that.
        """
        if not self.revoked and len(self.desks) > TWO and self.center.card.epoch == 1:
            take_out(self, desk)

    def clock_jump(self, desk: Desk) -> None:
        """A dead battery, or a hand on the clock."""
        desk.skew = self.random.randrange(-TEN_YEARS, TEN_YEARS)

    # -- exchanging --------------------------------------------------------------------------------------------------

    def run(self, desk: Desk, road: Carrier) -> None:
        """One exchange; a crash between two steps ends it as a power cut would."""
        card = desk.shelf.card()
        assert card is not None
        clock = lambda: max(0, self.center.now() + desk.skew)  # noqa: E731  a clock, handed in
        try:
            done = self.exchange_kind(
                desk.journal, desk.shelf, desk.sealer, road, desk.id, clock, read_membership(card)
            ).run()
        except Crash:
            return
        desk.held = done.code if done.code in HOLDING else desk.held

    def by_network(self, desk: Desk, *, faults: bool = True) -> None:
        """Over the network."""
        self.run(desk, Road(self, self.stick, desk.id, faults=faults))

    def by_stick(self, desk: Desk) -> None:
        """With the stick that lies here."""
        self.run(desk, StickRoad(self.stick, desk.id))

    def crash_laptop(self, desk: Desk) -> None:
        """The laptop dies at some durable step of an exchange, by whichever road."""
        self.doomed = desk.name
        self.random.choice((self.by_network, self.by_stick))(desk)
        self.doomed = ""

    def crash_center(self, desk: Desk) -> None:
        """The county dies at some commit."""
        self.doomed = "center"
        self.by_network(desk)
        self.doomed = ""

    def carry_stick(self, _desk: Desk) -> None:
        """To the county, where every bundle is read in any order, and back; an answer may be forgotten there."""
        for desk, data in self.random.sample(sorted(self.stick.up.items()), len(self.stick.up)):
            done = self.deliver(data)
            refused = refusal(self.center, data, done.code)
            if self.chance(0.8):
                self.stick.down.setdefault(desk, []).extend((refused[1],) if refused else done.down)

    def lose_stick(self, _desk: Desk) -> None:
        """For ever."""
        self.stick = Stick()

    def copy_stick(self, _desk: Desk) -> None:
        """Into a drawer."""
        self.drawer.append(self.stick.copied())

    def find_stick(self, _desk: Desk) -> None:
        """Out of the drawer, a year later."""
        if self.drawer:
            self.stick.found_again(self.random.choice(self.drawer))

    def deliver_old(self, _desk: Desk) -> None:
        """A bundle of long ago arrives once more."""
        if self.old:
            self.deliver(self.random.choice(self.old))

    def deliver(self, data: bytes) -> Answer:
        """A bundle arrives; it may arrive again later."""
        self.old.append(data)
        try:
            return Answer(down=(answer(self.center, data).down,))
        except Crash:
            return Answer(code="network.cut")
        except MediatorError as error:
            have = error.facts.get("have")
            return Answer(code=error.code, have=have if isinstance(have, int) else None)

    # -- copies, backups and lives -----------------------------------------------------------------------------------

    def back_up(self, desk: Desk) -> None:
        """A vault is backed up; now and then the county's database too."""
        self.backups[desk.name] = tuple(desk.journal.held.values())
        if self.chance(0.5):
            heads = {each.id: each.journal.top(each.id)[0] for each in self.desks + self.dead}
            self.county_backup = CountyBackup(self._connection().serialize(), heads, self.center.desk)

    def restore(self, desk: Desk) -> None:
        """A laptop is gone for good; its backup, of which the county may lack the newest, becomes a new desk."""
        backup = self.backups.get(desk.name, ())
        last = max((entry.n for entry in backup if entry.desk == desk.id), default=0)
        if not backup or desk.id in self.revoked or (desk.id in self.copies and last > desk.shelf.receipted()):
            return  # what a fork's branch holds is for a person
        name = f"{desk.name}+{len(self.dead)}"
        journal = SwiftJournal()
        journal.absorb(backup)
        shelf = FragileShelf(journal, fate=lambda: self.fate(name))
        anew = Desk(name, SealedWriter(name, journal), shelf, FakeSealer(name), desk.township)
        enroll(anew, self.center)
        self.desks[self.desks.index(desk)] = anew
        self.dead.append(desk)
        self.put(anew, desk_stream(anew.id), "desk.succeeds", {"old": desk.id, "last": last})

    def clone(self, desk: Desk) -> None:
        """The folder of a vault is copied, and both go on under one name."""
        name = f"{desk.name}={len(self.desks)}"
        journal = SwiftJournal()
        journal.absorb(tuple(desk.journal.held.values()))
        shelf = FragileShelf(journal, fate=lambda: self.fate(name))
        shelf.copy_from(desk.shelf)
        twin = replace(desk, name=name, writer=SealedWriter(desk.writer.name, journal), shelf=shelf, forms=[])
        self.desks.append(twin)
        self.copies.add(desk.id)

    def restore_center(self, _desk: Desk) -> None:
        """The county goes back to its backup and begins a new life; laptops tell it the rest, also of lost ones."""
        backup = self.county_backup
        if (
            backup is None
            or self.copies
            or self.revoked
            or backup.center != self.center.desk
            or {desk.id for desk in self.desks + self.dead} != set(backup.heads)
        ):
            return
        if any(desk.held for desk in self.desks + self.dead):
            return
        self._connection().deserialize(backup.image)
        self.center = begin_anew(self.center, who="admin")

    def _connection(self) -> sqlite3.Connection:
        with self.center.database.engine.connect() as connection:
            driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver


def plan(seed: int, steps: int) -> list[Step]:
    """The steps of a seed."""
    random = Random(f"plan {seed}")
    names = random.choices(list(WEIGHTS), list(WEIGHTS.values()), k=steps)
    return [(name, random.getrandbits(32)) for name in names]


def a_world(seed: int) -> World:
    """A county with two to four desks in one township or two."""
    random = Random(seed)
    founded = a_center(random)
    database = FragileDatabase(founded.database.engine, COUNTY)
    center = replace(founded, database=database)
    townships = random.choice(((TOWNSHIP,), (TOWNSHIP, NEIGHBOR)))
    count = random.choice((2, 2, 3, 4))
    desks = [
        a_laptop(random, center, f"desk{seed}-{number}", township=townships[number % len(townships)])
        for number in range(count)
    ]
    world = World(center, desks, random)
    database.fate = lambda: world.fate("center")  # the seed decides
    for desk in desks:
        desk.shelf = fragile(desk.shelf, world, desk.name)
    return world


def fragile(shelf: MemoryShelf, world: World, name: str) -> MemoryShelf:
    """The same memory on a laptop that may die."""
    made = FragileShelf(shelf.journal, fate=lambda: world.fate(name))
    made.copy_from(shelf)
    return made
