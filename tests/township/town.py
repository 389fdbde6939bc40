"""Two rooms of one township and their county in one process, under one clock; an exchange is a loopback or a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from sqlalchemy import event

from mediator.casework import exchange, opening, supervising
from mediator.casework.county import Exchanged, ever
from mediator.casework.desk import Desk, Workshop, milliseconds
from mediator.core.calendar import shipped_calendar
from mediator.core.codes import Verdict
from mediator.core.dates import BEIJING
from mediator.core.divisions import division_names
from mediator.core.records import CaseId
from mediator.crypto.columns import Columns
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.journal.port import Outgoing
from mediator.store import dues
from mediator.store.vault import Vault
from mediator.wiring.county import CountyRoad
from mediator.wiring.joining import request_of
from mediator.wiring.standing import membership_of, settle_in
from sync.center import stick
from sync.center import supervising as county
from sync.center.answering import exchange as answer
from sync.center.county import Center, Places
from sync.center.database import Database, open_engine
from sync.center.enrollment import join, make_code
from sync.center.folding import fold_dirty
from sync.center.opening import Ground, found
from sync.center.supervising import OrderQuery
from sync.session.joining import read_answer
from sync.session.ports import Answer
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_workshop, at_room
from tests.sync.fakes import COUNTY, unsynced
from tests.sync.world import TOWNSHIP

EVERYTHING = 10**6
Called = tuple[str, str, str, date]


@dataclass
class Loopback:
    """A network that reaches the county at once."""

    center: Center
    name: str = "network"

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        return Answer(down=(answer(self.center, outgoing.data).down,))

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


@dataclass(frozen=True)
class Near(CountyRoad):
    """The road to the county of the real program, without a wire."""

    center: Center

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        """One exchange."""
        membership = membership_of(vault)
        assert membership
        return self._exchange(vault, Loopback(self.center), membership)

    def join(self, vault: Vault) -> None:
        """Join by a code."""
        joined = join(self.center, request_of(vault, make_code(self.center, TOWNSHIP).text))
        settle_in(vault, read_answer(joined.answer, self.center.card, vault.sealer(), desk=vault.desk))


def a_county(folder: Path, clock: StillClock) -> Center:
    """A founded center with the real ciphers; nobody pulls its plug."""
    ticks = iter(range(10**9))
    ground = Ground(
        Sealer(DeskKeys.fresh()), Columns(b"c" * 32, owner="a" * 32),
        lambda: milliseconds(clock.now()) + next(ticks) % 1000, Random(5).randbytes,
        Places(division_names(COUNTY)), shipped_calendar(),
    )  # fmt: skip
    engine = open_engine(f"sqlite:///{folder / 'center.db'}")
    event.listen(engine, "connect", unsynced)
    return found(Database(engine, COUNTY), ground, center="a" * 32, name="缙云县中心")


@dataclass
class Town:
    """The township; `told` is for each room the day of its last exchange."""

    clock: StillClock
    center: Center
    desks: Sequence[Desk]
    stick: Path
    told: dict[int, date] = field(default_factory=dict)

    def at(self, day: date, hour: float) -> None:
        """The clock stands there."""
        self.clock.moment = datetime.combine(day, time(int(hour), int(hour % 1 * 60)), BEIJING)

    @property
    def today(self) -> date:
        """Where the clock stands."""
        return self.desks[0].today()

    def exchanged(self, online: Sequence[int], *, times: int = 1, by_stick: bool = False) -> None:
        """Each room in turn; the second time what the other brought comes back."""
        for _ in range(times):
            for place in online:
                if by_stick:
                    self._carried(self.desks[place])
                else:
                    exchange.by_network(self.desks[place])
                self.told[place] = self.today
        assert fold_dirty(self.center) == 0

    def _carried(self, desk: Desk) -> None:
        """A stick there and back."""
        exchange.by_stick(desk, self.stick)
        assert stick.handle(self.center, self.stick).rejected == ()
        exchange.by_stick(desk, self.stick)

    def issued(self) -> int:
        """The county issues whatever it proposes."""
        picked = [(each.line.id, each.wanted.id) for each in county.proposals(self.center, OrderQuery())]
        return county.issue(self.center, picked, who="shen")

    def judged(self) -> None:
        """The county accepts every answer."""
        for each in county.every_order(self.center, OrderQuery(state="answered")):
            order = each.standing.order.id
            county.judge(self.center, each.line.id, order, verdict=Verdict.ACCEPTED, text="", who="shen")

    def called(self, place: int, cases: frozenset[str]) -> set[Called]:
        """What a room's list calls today, of these cases."""
        today, desk = self.today, self.desks[place]
        rows = desk.vault.on_thread(lambda ledger: dues.called(ledger.connection, today, EVERYTHING))
        answering = ("D30", "D31", "D32")
        return {(each.case, each.rule, each.part, each.due) for each in rows
                if each.case in cases and each.rule not in answering}  # fmt: skip

    def answered(self, place: int, cases: frozenset[str], chosen: Callable[[str], bool]) -> None:
        """A room answers the open orders of its own cases, those that it chooses to."""
        desk = self.desks[place]
        for each in supervising.open_orders(desk):
            order = each.standing.order
            if each.case in cases and each.standing.open and chosen(order.id) and order.received_on:
                supervising.answer(desk, CaseId(each.case), order.id, "已安排")


@contextmanager
def a_town(folder: Path, first: date) -> Iterator[Town]:
    """Founded in the morning of the first day, both rooms joined."""
    clock = StillClock(datetime.combine(first, time(8), BEIJING))
    center = a_county(folder, clock)
    road, desks = Near(clock, center), list[Desk]()
    stick_folder = folder / "stick"
    stick_folder.mkdir()
    for place in range(2):
        workshop: Workshop = replace(a_workshop(clock=clock, seed=place), exchange=road)
        form = at_room(ROOM, login=f"li{place}", name="李调解" if place else "章调解")
        desk = opening.create(workshop, folder / f"room{place}", form, PASSWORD).desk
        road.join(desk.vault)
        desks.append(desk)
    try:
        yield Town(clock, center, desks, stick_folder)
    finally:
        for desk in desks:
            opening.lock(desk)
        center.database.close()
