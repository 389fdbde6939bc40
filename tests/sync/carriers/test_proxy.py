"""Through an office's proxy: it hears whereto and nothing else, and an impostor is known as without it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mediator.crypto.certificates import certify
from mediator.errors import MediatorError, WorldFailed
from mediator.journal.port import Outgoing
from mediator.wiring import lines
from sync.carriers.http import HttpCarrier, client
from tests.sync.carriers.test_pinning import CARD, HOSTS, KEY, NOW, OTHER_KEY, OURS, SECRET, impostor

OFFER = Outgoing(bundle="b" * 32, no=1, base=0, top=1, top_hash="0" * 64, data=SECRET)
OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass
class Proxy:
    """What one asked, and all that went through it."""

    answer: bytes = OPEN
    asked: list[bytes] = field(default_factory=list)
    passed: bytearray = field(default_factory=bytearray)
    address: str = ""

    def serve(self, listener: socket.socket) -> None:
        """One caller."""
        caller, _ = listener.accept()
        with caller:
            caller.settimeout(10)
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += caller.recv(4096)
            self.asked.append(head)
            caller.sendall(self.answer)
            if self.answer == OPEN:
                host, _, port = head.split()[1].decode().rpartition(":")
                with socket.create_connection((host, int(port)), 10) as far:
                    back = threading.Thread(target=self.pump, args=(far, caller))
                    back.start()
                    self.pump(caller, far, keep=True)
                    back.join(10)

    def pump(self, source: socket.socket, target: socket.socket, *, keep: bool = False) -> None:
        """All that comes, until either hangs up."""
        try:
            while data := source.recv(4096):
                if keep:
                    self.passed += data
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return


@contextmanager
def a_proxy(answer: bytes = OPEN) -> Iterator[Proxy]:
    """Listening on loopback for one caller."""
    made = Proxy(answer)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made.address = f"http://li:geheim@127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=made.serve, args=(listener,))
        thread.start()
        try:
            yield made
        finally:
            thread.join(10)


def through(proxy: Proxy, url: str) -> str:
    """Offer a bundle through it; the code of what came of it."""
    with client(url, CARD, proxy=proxy.address) as http:
        try:
            HttpCarrier(http).offer(OFFER)
        except MediatorError as error:
            return error.code
    return ""


@pytest.mark.threat("T51")
def test_a_proxy_is_told_the_county_and_hears_only_what_is_sealed(tmp_path: Path) -> None:
    with impostor(tmp_path, certify(OURS, KEY, HOSTS, now=NOW)) as (url, heard), a_proxy() as proxy:
        assert through(proxy, url) == "network.not_center", "the county at the other end only answers 404"
    assert [head.splitlines()[0] for head in proxy.asked] == [f"CONNECT {url[8:]} HTTP/1.1".encode()]
    assert b"Proxy-Authorization: Basic bGk6Z2VoZWlt" in proxy.asked[0]
    assert SECRET in heard
    assert SECRET not in bytes(proxy.passed)
    assert b"/sync/v1" not in bytes(proxy.passed)


@pytest.mark.threat("T51")
def test_an_impostor_behind_a_proxy_gets_not_one_byte(tmp_path: Path) -> None:
    with impostor(tmp_path, certify(OURS, OTHER_KEY, HOSTS, now=NOW)) as (url, heard), a_proxy() as proxy:
        assert through(proxy, url) == "network.pin"
    assert heard == b""


@pytest.mark.parametrize("status", [b"407 Proxy Authentication Required", b"403 Forbidden", b"502 Bad Gateway"])
def test_a_proxy_that_lets_nobody_through_is_named(status: bytes) -> None:
    with a_proxy(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n") as proxy:
        assert through(proxy, "https://county.example") == "network.proxy"


def test_this_machine_is_asked_without_it() -> None:
    assert lines.proxy_for("http://127.0.0.1:8000", "http://proxy:80") == ""
    assert lines.proxy_for("https://county.example", "http://proxy:80") == "http://proxy:80"


def test_a_road_that_is_stopped_asks_nothing_more() -> None:
    going = iter([True, False])
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with client(url) as http:
        carrier = HttpCarrier(http, going=lambda: next(going))
        with pytest.raises(WorldFailed, match=r"network\.unreachable"):
            carrier.offer(OFFER)
        with pytest.raises(WorldFailed, match=r"sync\.stopped"):
            carrier.offer(OFFER)
    assert carrier.requests == 1


def test_knocking_opens_a_line_and_sends_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert lines.answers(url)
        caller, _ = listener.accept()
        with caller:
            caller.settimeout(5)
            assert caller.recv(10) == b""
    assert not lines.answers(url)
    assert not lines.answers("https://" + "a" * 300)
