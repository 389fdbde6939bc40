"""A large bundle whose program was closed in the middle goes on where the county is: the vault keeps the very bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from mediator.casework import background, exchange, opening, retrying
from mediator.casework.desk import Desk, Workshop
from mediator.wiring.county import CountyRoad
from mediator.wiring.joining import request_of
from mediator.wiring.standing import settle_in
from sync.center.application import application
from sync.center.county import Center
from sync.center.enrollment import join, make_code
from sync.session.joining import read_answer
from sync.wire.limits import MAX_PATCH
from tests.casework.desks import PASSWORD, StillClock, a_desk, a_document, a_hearing, a_workshop, taken_in
from tests.sync.center.people import quick
from tests.sync.center.serving import served
from tests.township.town import a_county

CASES, LINES = 4, 30


class Scale:
    """Weighs the bodies that come in, by their method."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner, self.weighed = inner, dict[str, int]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def weighing() -> object:
            message = await receive()
            method = scope.get("method", "")
            self.weighed[method] = self.weighed.get(method, 0) + len(message.get("body", b""))
            return message

        await self.inner(scope, weighing, send)  # type: ignore[arg-type]  # the same messages


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    made = a_county(tmp_path, StillClock())
    yield made
    made.database.close()


@contextmanager
def county_of(center: Center) -> Iterator[tuple[str, Scale]]:
    """Its address, and what it weighs."""
    scale = Scale(application(center, quick))
    with served(scale) as url:
        yield url, scale


def enrolled(center: Center, workshop: Workshop, place: Path, url: str) -> Desk:
    """A room of this county that knows its address."""
    desk = a_desk(place, workshop=workshop)
    joined = join(center, request_of(desk.vault, make_code(center, "331122101").text))
    membership = read_answer(joined.answer, center.card, desk.vault.sealer(), desk=desk.vault.desk)
    settle_in(desk.vault, replace(membership, url=url))
    return desk


def tell_much(desk: Desk) -> None:
    """Cases with some 2 MB of words that hardly compress."""
    random = Random(3)
    for number in range(CASES):
        words = ("".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(9_000)) for _ in range(LINES))
        turns = [{"speaker": "a", "text": text} for text in words]
        taken_in(desk, a_document(title=f"第{number}件", accepted_on="2026-03-01", hearings=[a_hearing(turns=turns)]))


def stopping_after(requests: int) -> Callable[[], bool]:
    """Somebody locks the vault after so many requests."""
    left = [requests]

    def going() -> bool:
        left[0] -= 1
        return left[0] >= 0

    return going


@pytest.mark.parametrize("requests", [1, 3, 6])
def test_a_program_that_was_closed_in_the_middle_goes_on_where_the_county_is(
    center: Center, tmp_path: Path, requests: int
) -> None:
    clock = StillClock()
    workshop = a_workshop(clock=clock)
    workshop = replace(workshop, exchange=CountyRoad(clock))
    with county_of(center) as (url, scale):
        desk = enrolled(center, workshop, tmp_path / "vault", url)
        tell_much(desk)
        stopped = background.by_itself(desk, stopping_after(requests))
        assert stopped is not None
        assert stopped.code == "sync.stopped"
        assert retrying.pace_of(desk.vault) == retrying.Pace(), "a lock is no failed try"
        frozen = desk.vault.shelf.outgoing()
        assert frozen is not None
        first = scale.weighed.pop("PATCH", 0)
        opening.lock(desk)

        again = opening.unlock(workshop, tmp_path / "vault", None, PASSWORD)
        assert again.vault.shelf.outgoing() == frozen, "the very bytes survive"
        done = exchange.by_network(again)
        assert (done.code, done.pending) == ("", 0)
        assert again.vault.shelf.outgoing() is None
        sent = first + scale.weighed["PATCH"]
        assert len(frozen.data) <= sent <= len(frozen.data) + MAX_PATCH, "at most one piece twice (G4)"
        opening.lock(again)
