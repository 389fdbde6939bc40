"""A finished upload is taken in by one worker; after a crash another goes on, who wakes late gives up (rows 16, 18)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random

import pytest

from mediator.errors import MediatorError, RefusedByRule
from sync.center import leases
from sync.center.answering import exchange
from sync.center.api import api_of
from sync.center.county import Center
from sync.center.keeping import Keeper
from sync.center.leases import LEASE, leased
from sync.center.uploads import add_piece, open_upload
from sync.wire.bundle import PREFIX, read_cover
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import tell
from tests.sync.fakes import Clock
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def desk(center: Center) -> Desk:
    """With something to send."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 3)
    return made


@pytest.fixture
def ticket(center: Center, desk: Desk) -> str:
    """A whole upload that nobody has taken in."""
    data = bundle_of(center, desk)
    name = data_name(data)
    open_upload(center, name, length=len(data), start=data[:PREFIX])
    add_piece(center, name, 0, data)
    return name


def data_name(data: bytes) -> str:
    """A bundle's id, which is its ticket."""
    return str(read_cover(data).header.bundle)


def code_of(work: Callable[[], object]) -> str:
    """How something ends."""
    try:
        work()
    except MediatorError as error:
        return error.code
    return ""


def taken(center: Center, ticket: str) -> bytes:
    """What a worker answers."""
    return api_of(center)._taken(ticket)


def later(center: Center, ms: int) -> None:
    """Time goes by."""
    assert isinstance(center.now, Clock)
    center.now.ms += ms


def never(done: threading.Event) -> bool:
    """A worker that does not come to renewing."""
    return done.wait()


def test_a_second_worker_is_told_that_it_is_being_taken_in_and_has_it_afterwards(center: Center, ticket: str) -> None:
    with leased(center, ticket):
        assert code_of(lambda: taken(center, ticket)) == "upload.busy"
    assert taken(center, ticket)


def test_after_a_crash_another_worker_goes_on_once_the_minute_is_over(center: Center, desk: Desk, ticket: str) -> None:
    holder = leased(center, ticket, wait=never)
    holder.__enter__()  # and never comes back
    later(center, LEASE // 2)
    assert code_of(lambda: taken(center, ticket)) == "upload.busy"
    later(center, LEASE)
    assert taken(center, ticket)
    assert len(Keeper(center).since(desk.id, 0, 100)) == desk.journal.top(desk.id)[0]


def test_a_worker_that_wakes_late_takes_nothing_in_and_spoils_nothing(center: Center, desk: Desk, ticket: str) -> None:
    data = bundle_of(center, desk)
    with leased(center, ticket, wait=never) as slow:
        later(center, LEASE + 1)
        with leased(center, ticket):
            assert code_of(lambda: exchange(center, data, first=slow)) == "upload.busy"
            assert Keeper(center).since(desk.id, 0, 100) == []
        assert code_of(lambda: exchange(center, data, first=slow)) == "upload.busy", (
            "it is free, and not the slow one's"
        )
    assert taken(center, ticket)


def test_who_is_still_at_it_keeps_it_as_long_as_it_takes(center: Center, ticket: str) -> None:
    rounds = threading.Semaphore(0)
    renewed = threading.Event()
    turns = iter(range(3))

    def wait(done: threading.Event) -> bool:
        renewed.set() if next(turns, None) == 1 else None
        return not rounds.acquire(timeout=10) or done.is_set()

    with leased(center, ticket, wait=wait):
        later(center, LEASE * 2 // 3)
        rounds.release()
        assert renewed.wait(10)
        later(center, LEASE * 2 // 3)
        assert code_of(lambda: taken(center, ticket)) == "upload.busy"
        rounds.release()


def test_an_upload_that_is_gone_is_nobodys(center: Center) -> None:
    with pytest.raises(RefusedByRule), leased(center, "a" * 32):
        pass


def test_one_of_many_at_the_same_moment_wins(center: Center, ticket: str) -> None:
    start, codes = threading.Barrier(6), list[str]()

    def work(number: int) -> None:
        start.wait()
        codes.append(code_of(lambda: claimed(center, ticket, f"{number}")))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(codes) == ["", *["upload.busy"] * 5]


def claimed(center: Center, ticket: str, holder: str) -> None:
    """The lease alone."""
    center.database.write(lambda scope: leases.claim(scope, ticket, holder, now=center.now()))
