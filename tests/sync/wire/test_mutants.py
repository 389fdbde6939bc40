"""A thousand damaged bundles: none is taken, each is refused by a typed error, nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import MediatorError
from mediator.journal.entry import StreamId
from sync.session.county import UpBundle, read_up
from sync.session.packing import upward
from sync.wire.bundle import PREFIX, Address, pack
from tests.journal.list_journal import Writer

COUNT = 1000
KINDS = (
    "bit", "byte", "cut", "grown", "gone", "doubled", "swapped", "length", "header length", "suite", "header",
)  # fmt: skip
CENTER, COUNTY = "c" * 32, "331122"
CASE = StreamId("ab" * 16)


class KeyedWriter(Writer):
    """Signs with a real key."""

    keys: DeskKeys

    def sign(self, text: bytes) -> bytes:
        return self.keys.sign(text)


@pytest.fixture(scope="module")
def ends() -> tuple[bytes, Callable[[bytes], UpBundle]]:
    """A sound bundle made by the real ciphers, and the center's reading of it."""
    keys, center = DeskKeys.fresh(), Sealer(DeskKeys.fresh())
    writer = KeyedWriter("desk")
    writer.keys = keys
    for number in range(12):
        body: dict[str, object] = {
            "id": f"{number:032x}",
            "hearing": "0" * 32,
            "speaker": "王某",
            "text": "说过的话",
            "at": 1,
        }
        writer.write(CASE, "hearing.sentence", body)
    packed = upward(writer.journal, writer.desk, base=(0, "0" * 64), cursors={}, wall=1)
    address = Address(center=CENTER, county=COUNTY, dir="up", desk=writer.desk, to=(center.seal_public,), no=1, made=1)
    data = pack(address, packed.payload, Sealer(keys))

    def read(mutant: bytes) -> UpBundle:
        return read_up(mutant, center=CENTER, sealer=center, lookup=lambda _desk: keys.sign_public)

    return data, read


def mutants(data: bytes, random: Random) -> list[tuple[str, bytes]]:
    """Bits, bytes, lengths, cuts, splices, repeats, swaps."""
    made: list[tuple[str, bytes]] = []
    while len(made) < COUNT:
        kind = random.choice(KINDS)
        mutant = changed(kind, data, random)
        if mutant != data:
            made.append((kind, mutant))
    return made


def changed(kind: str, data: bytes, random: Random) -> bytes:
    """One change of a kind."""
    at, other = random.randrange(len(data)), random.randrange(len(data))
    head, tail = data[:at], data[at:]
    start = PREFIX + 600
    changes = {
        "bit": head + bytes((data[at] ^ (1 << random.randrange(8)),)) + tail[1:],
        "byte": head + random.randbytes(1) + tail[1:],
        "cut": head,
        "grown": data + random.randbytes(random.randrange(1, 40)),
        "gone": head + tail[random.randrange(1, 20) :],
        "doubled": head + tail[:30] + tail,
        "swapped": swapped(data, at, other),
        "length": data[:16] + random.randrange(1 << 40).to_bytes(8, "big") + data[24:],
        "header length": data[:12] + random.randrange(1 << 31).to_bytes(4, "big") + data[16:],
        "suite": data[:10] + random.randbytes(2) + data[12:],
        "header": data[:PREFIX] + data[PREFIX:start].replace(b'"no":1', b'"no":2') + data[start:],
    }
    return changes[kind]


def swapped(data: bytes, at: int, other: int) -> bytes:
    """Two stretches in each other's place."""
    first, second = sorted((at, other))
    return (
        data[:first]
        + data[second : second + 16]
        + data[first + 16 : second]
        + data[first : first + 16]
        + data[second + 16 :]
    )


@pytest.mark.threat("T41")
def test_none_of_a_thousand_damaged_bundles_is_taken_and_none_fails_untyped(
    ends: tuple[bytes, Callable[[bytes], UpBundle]],
) -> None:
    data, read = ends
    assert len(read(data).entries) == 12
    taken = []
    for name, mutant in mutants(data, Random(2026)):
        with suppress(MediatorError):
            read(mutant)
            taken.append(name)
    assert taken == []


@pytest.mark.threat("T43")
def test_a_bundle_for_another_center_or_from_another_desk_is_refused(
    ends: tuple[bytes, Callable[[bytes], UpBundle]],
) -> None:
    data, _ = ends
    stranger = Sealer(DeskKeys.fresh())
    with pytest.raises(MediatorError):
        read_up(data, center="d" * 32, sealer=stranger, lookup=lambda _desk: stranger.sign_public)
    with pytest.raises(MediatorError):
        read_up(data, center=CENTER, sealer=stranger, lookup=lambda _desk: stranger.sign_public)
