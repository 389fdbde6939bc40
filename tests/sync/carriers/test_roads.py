"""One suite for every road: loopback, HTTP on this machine, a folder. What differs is when the answer comes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Protocol

import pytest

from mediator.journal.port import Outgoing
from sync.carriers.http import HttpCarrier, client
from sync.carriers.loopback import LoopbackCarrier
from sync.carriers.stick import StickCarrier, found_in, write_safely
from sync.session.ports import Answer, Carrier
from sync.wire.limits import MAX_INLINE, MAX_PATCH
from sync.wire.names import stick_name
from tests.sync.session.county import CENTER, Laptop, SmallCounty, a_laptop


class County(Protocol):
    """The far end of a road."""

    def offer(self, outgoing: Outgoing) -> Answer:
        """Take a bundle in."""


@dataclass
class Way:
    """A road with its county; `carried` does what a person with a stick does, else nothing."""

    carrier: Carrier
    laptop: Laptop
    county: SmallCounty
    folder: Path | None = None
    taken: list[bytes] = field(default_factory=list)

    def carried(self) -> None:
        """The stick goes to the county and comes back."""
        if self.folder is None:
            return
        for found in list(found_in(self.folder, direction="up")):
            self.taken.append(found.data)
            for number, down in enumerate(taken(self.county, found.data).down):
                write_safely(self.folder, stick_name(CENTER, "down", self.laptop.id, found.name.no + number), down)


def taken(county: County, data: bytes) -> Answer:
    """A bundle at the county."""
    return county.offer(Outgoing("", 0, 0, 0, "", data))


class Door(BaseHTTPRequestHandler):
    """The county's door over HTTP, just wide enough: exchange, and pieces at an offset."""

    county: SmallCounty
    held: bytearray
    total = 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        return

    def body(self) -> bytes:
        """What was sent."""
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send it."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body, kind = self.body(), type(self)
        if self.path == "/sync/v1/exchange":
            return self.answer(200, b"".join(taken(self.county, body).down))
        if kind.total != int(self.headers["Upload-Length"]):
            kind.held, kind.total = bytearray(), int(self.headers["Upload-Length"])
        return self.answer(201, Upload_Offset=str(len(self.held)))

    def do_PATCH(self) -> None:
        body = self.body()
        if int(self.headers["Upload-Offset"]) == len(self.held):
            self.held += body
            return self.answer(204, Upload_Offset=str(len(self.held)))
        return self.answer(409, Upload_Offset=str(len(self.held)))

    def do_GET(self) -> None:
        self.answer(200, b"".join(taken(self.county, bytes(self.held)).down))


@pytest.fixture(params=["loopback", "network", "stick"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    """A laptop at one of the three roads."""
    laptop = a_laptop()
    county = SmallCounty(laptop)
    if request.param == "loopback":
        yield Way(LoopbackCarrier(lambda data: taken(county, data)), laptop, county)
    elif request.param == "stick":
        yield Way(StickCarrier(tmp_path, CENTER, laptop.id), laptop, county, tmp_path)
    else:
        door = type("OwnDoor", (Door,), {"county": county, "held": bytearray()})
        server = ThreadingHTTPServer(("127.0.0.1", 0), door)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        with client(f"http://127.0.0.1:{server.server_port}") as http:
            yield Way(HttpCarrier(http), laptop, county)
        server.shutdown()
        thread.join()
        server.server_close()


def there_and_back(way: Way) -> int:
    """Two exchanges with the stick's journey between; how many entries were sent."""
    first = way.laptop.exchange(way.carrier)
    way.carried()
    second = way.laptop.exchange(way.carrier)
    assert (first.code, second.code) == ("", "")
    assert second.sent == 0
    return first.sent


def test_what_was_sent_arrives_and_its_receipt_comes_back(way: Way) -> None:
    way.laptop.tell(4)
    assert there_and_back(way) == 4
    assert way.county.head == 4
    assert way.laptop.shelf.outgoing() is None


def test_nothing_new_sends_nothing_however_often(way: Way) -> None:
    way.laptop.tell(2)
    there_and_back(way)
    for _ in range(3):
        assert there_and_back(way) == 0
    assert way.county.head == 2


def test_the_same_bundle_ten_times_is_one(way: Way) -> None:
    way.laptop.tell(3)
    there_and_back(way)
    seen = [up.header.bundle for up in way.county.ups]
    receipt = way.laptop.shelf.receipt()
    for _ in range(10):
        way.carried()
        assert way.laptop.exchange(way.carrier).receipts == 0
    assert way.laptop.shelf.receipt() == receipt
    assert seen


@pytest.mark.parametrize("size", [MAX_INLINE - 500, MAX_INLINE + 500, 3 * MAX_PATCH + MAX_INLINE])
def test_a_bundle_of_any_size_arrives_byte_for_byte(way: Way, size: int) -> None:
    noise = "".join(chr(char % 0x5000 + 0x4E00) for char in Random(size).randbytes(200))
    way.county.pile = []
    data = (noise.encode() * (size // 200 + 1))[:size]
    way.carrier.offer(Outgoing("b" * 32, 1, 0, 1, "0" * 64, data))
    way.carried()
    assert way.county.pile == [data]


def test_stick_and_network_alternate_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    laptop = a_laptop()
    county = SmallCounty(laptop)
    stick = Way(StickCarrier(tmp_path, CENTER, laptop.id), laptop, county, tmp_path)
    network = LoopbackCarrier(lambda data: taken(county, data))
    laptop.tell(2)
    assert laptop.exchange(stick.carrier).sent == 2
    laptop.tell(1)
    assert laptop.exchange(network).sent == 3
    stick.carried()
    done = laptop.exchange(stick.carrier)
    assert (done.sent, done.receipts, done.code) == (0, 0, "")
    laptop.tell(1)
    assert laptop.exchange(stick.carrier).sent == 1
    stick.carried()
    assert laptop.exchange(network).sent in (0, 1)
    assert county.head == 4
    assert laptop.shelf.outgoing() is None
