"""The laptops' door over HTTP: pieces, receipts, joining, limits, a full house (sync-design 5)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import httpx
import pytest

from mediator.errors import WorldFailed
from sync.center import api
from sync.center.api import api_of
from sync.center.application import application
from sync.center.county import Center
from sync.center.enrollment import decide, make_code
from sync.center.limiting import Gate
from sync.session.joining import request_bundle
from sync.wire.bundle import MAGIC, PREFIX, read_cover
from sync.wire.limits import MAX_PATCH
from tests.sync.center.bundles import bundle_of
from tests.sync.center.joining import request_of
from tests.sync.center.people import quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import tell
from tests.sync.fakes import Clock, FakeSealer, a_center
from tests.sync.world import TOWNSHIP, Desk, a_laptop


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """On SQLite; the clock stands, so that limits do not refill."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A laptop's line."""
    with client_of(application(center, quick)) as made:
        yield made


@pytest.fixture
def desk(center: Center) -> Desk:
    """With something to send."""
    made = a_laptop(Random(1), center, "desk-http")
    tell(made, 3)
    return made


def opened(http: httpx.Client, data: bytes) -> str:
    """The path of a fresh upload."""
    path = f"/sync/v1/up/{read_cover(data).header.bundle}"
    answer = http.post(path, content=data[:PREFIX], headers={"Upload-Length": str(len(data))})
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "0")
    return path


def patch(http: httpx.Client, path: str, offset: int, piece: bytes) -> tuple[int, str]:
    """Status and where the center is."""
    answer = http.patch(path, content=piece, headers={"Upload-Offset": str(offset)})
    return answer.status_code, answer.headers.get("upload-offset", "")


def test_a_bundle_in_pieces_comes_to_the_receipt_that_it_would_get_whole(
    center: Center, http: httpx.Client, desk: Desk
) -> None:
    data = bundle_of(center, desk)
    path = opened(http, data)
    assert patch(http, path, 0, data[:100]) == (204, "100")
    assert patch(http, path, 0, data[:100]) == (409, "100"), "doubled"
    assert patch(http, path, 200, data[200:]) == (409, "100"), "one was lost"
    unfinished = http.get(f"{path}/receipt")
    assert (unfinished.status_code, unfinished.json()["code"]) == (409, "upload.unfinished")
    head = http.head(path)
    assert (head.status_code, head.headers["upload-offset"], head.headers["upload-length"]) == (
        200,
        "100",
        f"{len(data)}",
    )
    assert patch(http, path, 100, data[100:]) == (204, str(len(data)))
    first, again = (http.get(f"{path}/receipt") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200), "asked again, it is answered again"
    assert first.content.startswith(MAGIC)
    assert http.delete(path).status_code == http.delete(path).status_code == 204
    assert http.head(path).status_code == 404


@pytest.mark.threat("T51")
def test_a_byte_that_was_changed_on_the_way_is_found_and_the_pieces_are_dropped(
    center: Center, http: httpx.Client, desk: Desk
) -> None:
    data = bundle_of(center, desk)
    path = opened(http, data)
    patch(http, path, 0, data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    answer = http.get(f"{path}/receipt")
    assert (answer.status_code, answer.json()["code"]) == (401, "bundle.signature")
    assert http.head(path).status_code == 404


def test_a_gap_tells_what_the_center_holds_and_drops_the_upload(center: Center, http: httpx.Client, desk: Desk) -> None:
    data = bundle_of(center, desk, after=2)
    path = opened(http, data)
    patch(http, path, 0, data)
    answer = http.get(f"{path}/receipt")
    assert (answer.status_code, answer.json()["code"], answer.json()["have"]) == (409, "bundle.gap", 0)
    assert http.head(path).status_code == 404


@pytest.mark.threat("T61")
@pytest.mark.parametrize(
    ("headers", "size", "status", "code"),
    [
        ({}, 1, 400, "request.header"), ({"Upload-Offset": "-1"}, 1, 400, "request.header"),
        ({"Upload-Offset": "1e3"}, 1, 400, "request.header"), ({"Upload-Offset": "9" * 16}, 1, 400, "request.header"),
        ({"Upload-Offset": "0"}, MAX_PATCH + 1, 413, "request.size"),
        ({"Upload-Offset": "0"}, 1, 404, "upload.unknown"),
    ],
)  # fmt: skip
def test_a_piece_that_is_none_is_refused(
    http: httpx.Client, headers: dict[str, str], size: int, status: int, code: str
) -> None:
    answer = http.patch(f"/sync/v1/up/{'a' * 32}", content=bytes(size), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_large_bundle_is_many_pieces_and_none_of_them_has_to_wait(
    center: Center, http: httpx.Client, desk: Desk
) -> None:
    assert isinstance(center.now, Clock)
    center.now.step = 0
    data = bundle_of(center, desk)
    path = opened(http, data)
    for offset in range(api.ASKING["burst"] + 5):
        assert patch(http, path, offset, data[offset : offset + 1])[0] == 204


@pytest.mark.threat("T61")
def test_who_asks_too_often_is_told_when_to_come_back(center: Center, http: httpx.Client) -> None:
    assert isinstance(center.now, Clock)
    center.now.step = 0
    answers = [http.get("/sync/v1/center") for _ in range(api.ASKING["burst"] + 1)]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "request.rate")
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.threat("T52")
def test_joining_is_slowed_by_address(center: Center, http: httpx.Client) -> None:
    assert isinstance(center.now, Clock)
    center.now.step = 0
    codes = [http.post("/sync/v1/enroll", content=b"x").json()["code"] for _ in range(api.JOINING["burst"] + 1)]
    assert codes[-1] == "request.rate"
    assert "request.rate" not in codes[:-1]


@pytest.mark.threat("T52")
def test_a_laptop_asks_waits_and_is_answered_over_the_line(center: Center, http: httpx.Client) -> None:
    sealer = FakeSealer("line")

    def ask(code: str = "") -> httpx.Response:
        data = request_bundle(request_of("line", code=code), center.card, sealer, no=1, wall=1)
        return http.post("/sync/v1/enroll", content=data)

    waiting = ask()
    assert waiting.status_code == 202
    decide(center, waiting.json()["digits"])
    assert (ask().status_code, ask().content[:8]) == (200, MAGIC)
    wrong = ask("0000000000")
    assert wrong.status_code == 200, "who is in the county already only asks again"
    make_code(center, TOWNSHIP)


@pytest.mark.threat("T61")
def test_a_full_house_answers_503_and_when_to_come_back(center: Center, desk: Desk) -> None:
    crowded = replace(api_of(center), gate=Gate(at_once=0, queue=0))
    from starlette.applications import Starlette

    with client_of(Starlette(routes=list(crowded.routes()))) as http:
        answer = http.post("/sync/v1/exchange", content=bundle_of(center, desk))
    assert (answer.status_code, answer.json()["code"]) == (503, "center.busy")
    assert 5 <= int(answer.headers["Retry-After"]) <= 15


@pytest.mark.threat("T61")
def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SLOWEST", 0.01)

    class Endless:
        """A request whose next part never comes."""

        async def stream(self) -> object:
            yield b"x"
            await asyncio.Event().wait()

    with pytest.raises(WorldFailed, match=r"request\.slow"):
        asyncio.run(api.body_of(Endless(), 10))  # type: ignore[arg-type]  # all that is asked of a request


@pytest.mark.parametrize("path", ["/sync/v1/nothing", "/sync/v1/up/", "/sync/v2/center"])
def test_an_unknown_path_is_a_problem_for_machines(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert http.put("/sync/v1/center").json()["code"] == "page.unknown"
