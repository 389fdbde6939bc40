"""A large bundle goes in pieces, from wherever the county is, and past no county that never gets on."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from mediator.errors import Unacceptable, WorldFailed
from sync.carriers.http import RETRIES
from sync.session.ports import Answer
from sync.wire.limits import MAX_INLINE, MAX_PATCH
from tests.sync.carriers.answers import DOWN, LARGE, carrier, offered, problem, reply


class Pieces:
    """A county that takes a bundle in pieces, and lies as it is told."""

    def __init__(self, *, held: int = 0, offsets: Callable[[int], str] = str, patch: int = 204) -> None:
        self.held, self.offsets, self.patch, self.total = held, offsets, patch, 0
        self.sent: list[tuple[int, int]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            assert request.content == LARGE.data[:24]
            self.total = int(request.headers["Upload-Length"])
            return self.at(201)
        if request.method == "GET":
            assert self.held == self.total
            return reply(200, content=DOWN)
        offset = int(request.headers["Upload-Offset"])
        self.sent.append((offset, len(request.content)))
        if offset != self.held:
            return self.at(409)
        self.held += len(request.content)
        return self.at(self.patch)

    def at(self, status: int) -> httpx.Response:
        """Where it is, or says it is."""
        return reply(status, headers={"Upload-Offset": self.offsets(self.held)})


def test_a_large_bundle_goes_in_pieces_of_256_kib_and_tells_how_far_it_is() -> None:
    county, told = Pieces(), list[tuple[int, int]]()
    road = carrier(county)
    road.progress = lambda sent, total: told.append((sent, total))
    assert list(road.offer(LARGE).down) == [DOWN]
    assert sum(size for _, size in county.sent) == len(LARGE.data)
    assert max(size for _, size in county.sent) == MAX_PATCH
    assert [sent for sent, _ in told] == [offset for offset, _ in county.sent]


@pytest.mark.parametrize("held", [0, 1, MAX_PATCH, 2 * MAX_INLINE + 7, 2 * MAX_INLINE + 8])
def test_it_goes_on_from_where_the_county_is_never_from_its_own_memory(held: int) -> None:
    county = Pieces(held=held)
    assert offered(county, LARGE) == Answer(down=(DOWN,))
    assert sum(size for _, size in county.sent) == len(LARGE.data) - held


def test_a_piece_for_another_place_is_sent_again_for_the_right_one() -> None:
    county = Pieces()
    said = iter(["5", "0"])
    county.offsets = lambda held: next(said, str(held))
    assert offered(county, LARGE) == Answer(down=(DOWN,))
    assert county.sent[:2] == [(5, MAX_PATCH), (0, MAX_PATCH)]


@pytest.mark.parametrize("says", [lambda _held: "0", lambda held: str(held % 2)], ids=["never moves", "back and forth"])
def test_a_county_that_never_gets_on_is_left_after_a_few_tries(says: Callable[[int], str]) -> None:
    county = Pieces(offsets=says)
    with pytest.raises(WorldFailed, match=r"network\.cut"):
        offered(county, LARGE)
    assert len(county.sent) <= 2 * RETRIES + 2


@pytest.mark.parametrize("says", ["", "-1", "1e3", " 1", "９", "9" * 13, str(len(LARGE.data) + 1)])
def test_a_place_that_cannot_be_is_not_the_county(says: str) -> None:
    def county(request: httpx.Request) -> httpx.Response:
        return reply(201, headers={"Upload-Offset": says.encode()} if says else {})

    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        offered(county, LARGE)


@pytest.mark.parametrize(
    ("status", "code"), [(404, "upload.unknown"), (409, "upload.unfinished"), (423, "upload.busy")]
)
def test_a_ticket_that_is_gone_or_taken_is_told(status: int, code: str) -> None:
    def county(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return reply(201, headers={"Upload-Offset": "0"})
        return problem(status, {"code": code})(request)

    assert offered(county, LARGE) == Answer(code=code)
