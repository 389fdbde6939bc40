"""Roads and memories with faults: a network that loses, a stick that is carried, a laptop and a county that die."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from mediator.errors import WorldFailed
from mediator.journal.entry import DeskId, Entry
from mediator.journal.port import Absorbed, Outgoing
from sync.center.database import Database, Scope
from sync.session.ports import Answer
from tests.sync.fakes import MemoryShelf

T = TypeVar("T")
Fate = Callable[[], str]
"""What happens at a durable step: `before` it is done the power goes, or `after`; empty for neither."""


class Crash(Exception):
    """The power went; what was durable is durable, all else is gone."""


class Delivering(Protocol):
    """Whoever takes a bundle to the center."""

    def chance(self, share: float) -> bool:
        """True in this share of the cases, as the seed wants."""

    def deliver(self, data: bytes) -> Answer:
        """A bundle arrives."""


class Road:
    """A network to the center: requests that never arrive, arrive twice, or whose answer is lost."""

    name = "network"

    def __init__(self, world: Delivering, stick: Stick, desk: DeskId, *, faults: bool) -> None:
        """`faults` off is quiet; a lost answer may turn up on the stick much later."""
        self.world, self.stick, self.desk, self.faults = world, stick, desk, faults

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        if self.faults and self.world.chance(0.15):
            raise WorldFailed("network.unreachable")
        answer = self.world.deliver(outgoing.data)
        if self.faults and self.world.chance(0.2):
            self.world.deliver(outgoing.data)
        if self.faults and self.world.chance(0.2):
            self.stick.down.setdefault(self.desk, []).extend(answer.down)
            raise WorldFailed("network.cut")
        return answer

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


@dataclass
class Stick:
    """The one stick of the county's rooms: the newest bundle of each desk up, and what the center wrote down."""

    up: dict[DeskId, bytes] = field(default_factory=dict)
    down: dict[DeskId, list[bytes]] = field(default_factory=dict)

    def copied(self) -> Stick:
        """As it is now, in somebody's drawer."""
        return Stick(dict(self.up), {desk: list(files) for desk, files in self.down.items()})

    def found_again(self, old: Stick) -> None:
        """Last year's files lie on it once more."""
        self.up |= old.up
        for desk, files in old.down.items():
            self.down.setdefault(desk, []).extend(files)


class StickRoad:
    """A desk at the stick."""

    name = "stick"

    def __init__(self, stick: Stick, desk: DeskId) -> None:
        self.stick, self.desk = stick, desk

    def fetch(self) -> Answer:
        return Answer(down=tuple(self.stick.down.get(self.desk, ())))

    def offer(self, outgoing: Outgoing) -> Answer:
        self.stick.up[self.desk] = outgoing.data
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:
        self.stick.down[self.desk] = [each for each in self.stick.down.get(self.desk, []) if each != down]


@dataclass
class FragileShelf(MemoryShelf):
    """A shelf whose laptop may die before or after each durable step."""

    fate: Fate = field(default=lambda: "")

    def freeze(self, outgoing: Outgoing) -> None:
        dying(self.fate, lambda: MemoryShelf.freeze(self, outgoing))

    def settle(
        self,
        *,
        entries: Sequence[Entry],
        cursors: Mapping[str, tuple[int, int]],
        receipt: bytes | None,
        receipt_n: int,
        drop_outgoing: bool,
    ) -> Absorbed:
        return dying(
            self.fate,
            lambda: MemoryShelf.settle(
                self, entries=entries, cursors=cursors, receipt=receipt, receipt_n=receipt_n,
                drop_outgoing=drop_outgoing,
            ),
        )  # fmt: skip


class FragileDatabase(Database):
    """A county's database whose machine may die before or after each commit."""

    fate: Fate = staticmethod(lambda: "")

    def write(self, work: Callable[[Scope], T]) -> T:
        fate = self.fate()

        def undone(scope: Scope) -> T:
            work(scope)
            raise Crash

        done = super().write(undone if fate == "before" else work)
        if fate == "after":
            raise Crash
        return done


def dying(fate: Fate, step: Callable[[], T]) -> T:
    """Do a durable step, unless the power goes first; it may also go right after."""
    when = fate()
    if when == "before":
        raise Crash
    done = step()
    if when == "after":
        raise Crash
    return done
