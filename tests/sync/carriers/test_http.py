"""The network as it is: cut, slow, captive, hostile. Answers are read up to a limit; only bundles are believed."""

from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable, WorldFailed
from sync.carriers.http import HttpCarrier, client
from sync.session.ports import Answer
from sync.wire.bundle import MAGIC
from sync.wire.limits import MAX_BUNDLE, MAX_PROBLEM
from tests.sync.carriers.answers import DOWN, LARGE, SMALL, Handler, carrier, offered, problem, reply

# -- answers ----------------------------------------------------------------------------------------------------------


def test_a_small_bundle_is_one_request_with_nothing_about_us_but_its_bytes() -> None:
    seen: list[httpx.Request] = []

    def county(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return reply(200, content=DOWN)

    assert offered(county) == Answer(down=(DOWN,))
    (request,) = seen
    assert (request.method, request.url.path, request.content) == ("POST", "/sync/v1/exchange", SMALL.data)
    assert request.headers["Accept-Encoding"] == "identity"
    assert not {"cookie", "authorization"} & set(request.headers)


@pytest.mark.threat("T51")
def test_the_client_checks_certificates_guesses_no_proxy_and_follows_nobody() -> None:
    with client("https://county.example") as made:
        assert (made.follow_redirects, made.trust_env) == (False, False)
        assert made.timeout.connect == 10
        assert made.timeout.read == 60
        assert made._transport._pool._ssl_context.verify_mode.name == "CERT_REQUIRED"  # type: ignore[attr-defined]


REFUSALS: tuple[tuple[str, Handler, Answer], ...] = (
    ("a gap", problem(409, {"code": "bundle.gap", "have": 7}), Answer(code="bundle.gap", have=7)),
    ("a fork", problem(409, {"code": "entry.fork"}), Answer(code="entry.fork")),
    ("revoked", problem(403, {"code": "desk.revoked", "have": True}), Answer(code="desk.revoked")),
    ("too old", problem(426, {"code": "schema.old", "have": -1}), Answer(code="schema.old")),
    ("a field", problem(422, {"code": "entry.head", "have": "7"}), Answer(code="entry.head")),
)


@pytest.mark.parametrize(("_name", "county", "answer"), REFUSALS, ids=[name for name, *_ in REFUSALS])
def test_a_refusal_is_told_by_its_code(_name: str, county: Handler, answer: Answer) -> None:
    assert offered(county) == answer
    assert offered(county, LARGE) == answer, "also when a ticket is asked for"


STRANGERS: tuple[tuple[str, Handler], ...] = (
    ("a captive portal", problem(200, b"<!DOCTYPE html><html>login</html>")),
    ("nothing at all", problem(200, b"")),
    ("a redirect", problem(302, b"", Location="https://login.example/")),
    ("a permanent redirect", problem(308, b"", Location="/sync/v1/exchange")),
    ("a page not found", problem(404, b"<html>404</html>")),
    ("a list", problem(400, [])),
    ("no code", problem(400, {"title": "x"})),
    ("a code that is a sentence", problem(400, {"code": "you have won, call 123"})),
    ("a code that is a number", problem(400, {"code": 7})),
    ("a code without end", problem(400, {"code": "a" * 30 + ".b"})),
    ("a thousand brackets", problem(400, b"[" * 60_000)),
    ("a number without end", problem(400, b'{"code":' + b"9" * 5_000 + b"}")),
    ("no text", problem(400, b'{"code":"\xff"}')),
    ("a packed bundle", problem(200, gzip.compress(DOWN), Content_Encoding="gzip")),
    ("accepted, and nothing more", problem(202, b"{}")),
)


@pytest.mark.threat("T51")
@pytest.mark.parametrize(("_name", "stranger"), STRANGERS, ids=[name for name, _ in STRANGERS])
def test_whatever_is_no_bundle_and_no_problem_is_not_the_county(_name: str, stranger: Handler) -> None:
    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        offered(stranger)


@pytest.mark.threat("T51")
def test_a_redirect_is_not_followed_even_by_a_client_that_would() -> None:
    seen: list[str] = []

    def county(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return reply(307, headers={"Location": "https://thief.example/"})

    road = carrier(county)
    road.http.follow_redirects = True
    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        road.offer(SMALL)
    assert seen == ["county.example"]


@given(st.sampled_from((200, 202, 204, 301, 400, 404, 409, 500)), st.binary(max_size=200))
def test_no_answer_makes_the_carrier_fail_otherwise_than_by_name(status: int, body: bytes) -> None:
    for outgoing in (SMALL, LARGE):
        try:
            offered(problem(status, body), outgoing)
        except MediatorError:
            continue
        assert body.startswith(MAGIC) or status >= 400


TROUBLES: tuple[tuple[str, Handler, str], ...] = (
    ("too many", problem(429, {"code": "request.rate"}, Retry_After="soon"), "network.busy"),
    ("out of service", problem(503, b"", Retry_After="9" * 99), "network.busy"),
    ("full", problem(507, {"code": "center.full"}), "center.full"),
    ("a defect", problem(500, b"Traceback"), "network.center"),
    ("a gateway", problem(502, b"<html>"), "network.center"),
)


@pytest.mark.parametrize(("_name", "county", "code"), TROUBLES, ids=[name for name, *_ in TROUBLES])
def test_a_county_in_trouble_is_tried_again_later(_name: str, county: Handler, code: str) -> None:
    for outgoing in (SMALL, LARGE):
        with pytest.raises(WorldFailed) as told:
            offered(county, outgoing)
        assert told.value.code == code


ERRORS: tuple[tuple[type[httpx.HTTPError], str], ...] = (
    (httpx.ConnectError, "network.unreachable"),
    (httpx.ConnectTimeout, "network.unreachable"),
    (httpx.ReadTimeout, "network.cut"),
    (httpx.WriteTimeout, "network.cut"),
    (httpx.PoolTimeout, "network.cut"),
    (httpx.ReadError, "network.cut"),
    (httpx.RemoteProtocolError, "network.cut"),
)


@pytest.mark.parametrize(("error", "code"), ERRORS, ids=[error.__name__ for error, _ in ERRORS])
def test_a_broken_line_is_named(error: type[httpx.HTTPError], code: str) -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        raise error("x")

    with pytest.raises(WorldFailed) as told:
        offered(broken)
    assert told.value.code == code


# -- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.threat("T45")
@pytest.mark.parametrize(("status", "limit"), [(200, MAX_BUNDLE), (400, MAX_PROBLEM), (302, MAX_PROBLEM)])
def test_an_answer_without_end_is_cut_at_its_limit(status: int, limit: int) -> None:
    read = [0]

    def endless() -> Iterator[bytes]:
        while True:
            read[0] += 1 << 14
            yield MAGIC + bytes((1 << 14) - 8)

    def county(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=endless())

    tracemalloc.start()
    with pytest.raises(Unacceptable, match=r"bundle\.size"):
        offered(county)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert limit < read[0] <= limit + (1 << 14)
    assert peak < limit + (2 << 20)


@pytest.mark.threat("T45")
def test_a_bomb_in_the_line_is_never_unpacked() -> None:
    bomb = gzip.compress(MAGIC + bytes(100 << 20))
    tracemalloc.start()
    with pytest.raises(Unacceptable, match=r"network\.not_center"):
        offered(problem(200, bomb, Content_Encoding="gzip"))
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


# -- joining ----------------------------------------------------------------------------------------------------------


def test_a_card_and_a_request_to_join() -> None:
    assert carrier(problem(200, b"card")).card() == b"card"
    with pytest.raises(Unacceptable, match=r"center\.card"):
        carrier(problem(302, b"", Location="/")).card()
    assert carrier(problem(202, {"code": "waiting"})).enroll(b"request").code == "enroll.waiting"
    assert list(carrier(problem(200, DOWN)).enroll(b"request").down) == [DOWN]
    assert carrier(problem(403, {"code": "enroll.code"})).enroll(b"request").code == "enroll.code"


# -- a real line ------------------------------------------------------------------------------------------------------


@contextmanager
def line(answer: bytes, *, hold: bool = False) -> Iterator[str]:
    """A server on this machine that reads a request and sends these bytes; `hold` keeps the line open afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)
                if hold:
                    over.wait(10)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
LINES: tuple[tuple[str, bytes, bool], ...] = (
    ("closed at once", b"", False),
    ("half a head", HEAD[:20], False),
    ("half a body", HEAD + DOWN, False),
    ("no HTTP", b"SSH-2.0-OpenSSH\r\n\r\n", False),
    ("silent", b"", True),
    ("silent after half", HEAD + DOWN, True),
)


@pytest.mark.parametrize(("_name", "answer", "hold"), LINES, ids=[name for name, *_ in LINES])
def test_half_an_answer_is_no_answer(_name: str, answer: bytes, hold: bool) -> None:
    with line(answer, hold=hold) as url, client(url) as http:
        http.timeout = httpx.Timeout(0.2)
        with pytest.raises(WorldFailed, match=r"network\.cut"):
            HttpCarrier(http).offer(SMALL)


def test_nobody_there_is_told_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with client(f"http://127.0.0.1:{port}") as http, pytest.raises(WorldFailed, match=r"network\.unreachable"):
        HttpCarrier(http).offer(SMALL)
