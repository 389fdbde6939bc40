"""What waits under a ticket is fetched in runs, gone on with after a cut, and never believed beyond its range."""

from __future__ import annotations

from random import Random

import httpx
import pytest

from mediator.errors import Unacceptable, WorldFailed
from sync.carriers.http import RETRIES
from sync.wire.limits import MAX_BUNDLE
from tests.sync.carriers.answers import carrier, problem, reply

WHOLE = Random(1).randbytes(70_001)
TICKET = "7" * 32


class Runs:
    """A county that gives runs of at most `step` bytes and breaks off as often as it is told."""

    def __init__(self, step: int, *, cuts: int = 0) -> None:
        self.step, self.cuts, self.asked = step, cuts, list[int]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("GET", f"/sync/v1/down/{TICKET}")
        start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        self.asked.append(start)
        if start and self.cuts:
            self.cuts -= 1
            raise httpx.ReadError("cut")
        body = WHOLE[start : start + self.step]
        return run(body, f"bytes {start}-{start + len(body) - 1}/{len(WHOLE)}")


def run(body: bytes, told: str) -> httpx.Response:
    """A run and what it says it is."""
    return reply(206, content=body, headers={"Content-Range": told})


@pytest.mark.parametrize(("step", "cuts"), [(1 << 20, 0), (70_001, 0), (70_000, 3), (9_999, RETRIES)])
def test_it_goes_on_where_it_broke_off(step: int, cuts: int) -> None:
    county = Runs(step, cuts=cuts)
    assert carrier(county).bring(TICKET) == WHOLE
    assert sorted(set(county.asked)) == list(range(0, len(WHOLE), step))
    assert len(county.asked) == -(-len(WHOLE) // step) + cuts


def test_a_line_that_always_breaks_ends_as_cut() -> None:
    with pytest.raises(WorldFailed, match=r"network\.cut"):
        carrier(Runs(9_999, cuts=99)).bring(TICKET)


@pytest.mark.threat("T42", "T45")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "bytes 0-0/5"),
        (b"", "bytes 0--1/5"),
        (b"abc", ""),
        (b"abc", "bytes 0-2"),
        (b"abc", "bytes 1-3/5"),
        (b"abc", "bytes 0-3/5"),
        (b"abc", f"bytes 0-2/{MAX_BUNDLE + 1}"),
        (b"abc", "bytes 0-2/9999999999999"),
    ],
)
def test_a_run_that_says_of_itself_what_it_is_not_is_no_county(body: bytes, told: str) -> None:
    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        carrier(lambda _request: run(body, told)).bring(TICKET)


def test_a_portal_and_an_unknown_ticket_are_told_apart() -> None:
    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        carrier(lambda _request: reply(200, content=b"<html>")).bring(TICKET)
    with pytest.raises(Unacceptable, match=r"down\.unknown"):
        carrier(problem(404, {"code": "down.unknown"})).bring(TICKET)
