"""The deeds of the exchange over a door that stands in for the road to the county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mediator.casework import exchange, opening, reading, workbench
from mediator.casework.county import Counted, Enrolled, Exchanged, SyncState, ever
from mediator.casework.desk import Desk
from mediator.casework.exchange import failure
from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from mediator.journal.entry import NO_HASH, DeskId, Draft
from mediator.journal.framing import make_entry
from mediator.journal.streams import desk_stream
from mediator.store.vault import Vault
from tests.casework.desks import a_desk, a_document, a_workshop, case_of, taken_in

CENTER = DeskId("c" * 32)


@dataclass
class Door:
    """A road that answers what it is told to; it may bring a block of numbers."""

    answer: Exchanged = field(default_factory=lambda: Exchanged(3, 2, 1, 0, 0, 900))
    error: MediatorError | None = None
    grants: bool = False
    away: bool = False
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        return self._done(vault, f"network {url}")

    def reachable(self, vault: Vault) -> bool:
        self.asked.append("reachable")
        return not self.away

    def by_slip(self, vault: Vault, text: str) -> Counted:
        self.asked.append(f"slip {text}")
        if not text.startswith("R1"):
            raise Unacceptable("slip.form")
        return Counted(40, 2)

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        return self._done(vault, f"stick {folder.name}")

    def _done(self, vault: Vault, asked: str) -> Exchanged:
        self.asked.append(asked)
        if self.error:
            raise self.error
        if self.grants:
            grant_numbers(vault)
        return self.answer

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        self.asked.append(f"enroll {url} {code}")
        return Enrolled(vault.desk, "缙云县", "enrolled")

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        return Enrolled(vault.desk, "缙云县", "requested", "123456")

    def status(self, vault: Vault) -> SyncState:
        return SyncState(vault.desk, "缙云县", self.url, "enrolled", pending=4, conflicts=2, receipts=1)


def grant_numbers(vault: Vault) -> None:
    """The center's first entry: a block of two numbers for this desk."""
    body = {"kind": "民调", "year": 2026, "room": "缙壶", "from": 31, "to": 32, "desk": vault.desk}
    draft = Draft(desk_stream(vault.desk), "numbers.granted", body, {}, 1)
    sign = bytes(64)
    entry = make_entry(draft, desk=CENTER, n=1, prev=NO_HASH, marks={}, salt=bytes(32), sign=lambda _: sign)
    vault.absorb([entry])


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def joined(tmp_path: Path, door: Door) -> Iterator[Desk]:
    made = a_desk(tmp_path / "joined", workshop=replace(a_workshop(), exchange=door))
    yield made
    opening.lock(made)


def last_trace(desk: Desk) -> tuple[str, dict[str, object]]:
    """The newest entry of the desk's own stream."""
    entry = max(
        (each for each in desk.vault.stream(desk_stream(desk.vault.desk)) if each.desk == desk.vault.desk),
        key=lambda each: each.n,
    )
    return entry.kind, entry.content()


def test_an_exchange_over_either_road_leaves_history_and_trace(joined: Desk, door: Door) -> None:
    assert exchange.by_network(joined, "https://center.example") == door.answer
    assert exchange.by_stick(joined, Path("/media/stick")) == door.answer
    assert door.asked == ["network https://center.example", "stick stick"]
    assert [row.road for row in joined.vault.shelf.exchanges(5)] == ["usb", "network"]
    assert last_trace(joined) == ("audit.exchange", {"road": "usb", "sent": 3, "received": 2})


def test_a_failed_exchange_is_remembered_with_its_code(joined: Desk, door: Door) -> None:
    door.error = WorldFailed("network.unreachable")
    with pytest.raises(WorldFailed):
        exchange.by_network(joined)
    assert joined.vault.shelf.exchanges(1)[0].code == "network.unreachable"
    assert last_trace(joined) == ("audit.exchange", {"road": "network", "code": "network.unreachable"})


def test_enrollment_is_traced_without_the_code(joined: Desk) -> None:
    assert exchange.enroll_network(joined, "https://center.example", "ABCD-1234").state == "enrolled"
    assert last_trace(joined) == ("audit.enrolled", {"state": "enrolled", "center": "缙云县"})
    assert exchange.enroll_stick(joined, Path("/media/stick")).digits == "123456"


def test_provisional_numbers_become_official_once_the_center_grants_a_block(joined: Desk, door: Door) -> None:
    cases = [taken_in(joined, a_document()) for _ in range(3)]
    old = [case_of(joined, case_id).number for case_id in cases]
    door.grants = True
    exchange.by_network(joined)
    new = sorted(case_of(joined, case_id).number for case_id in cases)
    assert new[1:] == ["（2026）缙壶民调字第0031号", "（2026）缙壶民调字第0032号"]
    assert new[0] in old
    for number, case_id in zip(old, cases, strict=True):
        assert reading.find(joined, number) == case_id


def test_a_desk_without_a_road_says_so(desk: Desk) -> None:
    with pytest.raises(NoAccess, match=r"sync\.no_door"):
        exchange.by_network(desk)
    assert exchange.status(desk).state == "none"


def test_the_workbench_shows_what_waits(joined: Desk) -> None:
    bench = workbench.bench(joined)
    assert (bench.sync.pending, bench.conflicts) == (4, 2)


@pytest.mark.parametrize(
    ("code", "family", "exit_code"),
    [
        ("network.unreachable", WorldFailed, 6),
        ("network.not_center", Unacceptable, 4),
        ("stick.full", WorldFailed, 6),
        ("desk.revoked", NoAccess, 3),
        ("enroll.code", NoAccess, 3),
        ("bundle.signature", Unacceptable, 4),
        ("entry.fork", Unacceptable, 4),
        ("vault.disk_full", WorldFailed, 6),
    ],
)
def test_a_code_of_the_exchange_has_its_family(code: str, family: type[MediatorError], exit_code: int) -> None:
    error = failure(code)
    assert type(error) is family
    assert error.exit_code == exit_code
