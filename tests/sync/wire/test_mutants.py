"""Damaged bundles, payloads and receipts: none is taken, each is refused by a typed error, at once and in little room.

Ten thousand in the long tier, three hundred every time.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from random import Random

import pytest

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import MediatorError
from mediator.journal.entry import NO_HASH
from mediator.journal.framing import verify_entry
from sync.session.county import UpBundle, read_up
from sync.session.packing import hello_bytes, upward
from sync.wire.bundle import PREFIX, Address, pack
from sync.wire.frames import FrameType, Withheld, write_frames, write_segment, write_withheld
from sync.wire.receipt import Receipt, read_receipt, receipt_bytes
from tests.journal.list_journal import Writer
from tests.sync.wire.made import CASE, CENTER, COUNTY, DESK, HOME, bundle, entries, header

USUAL, ALL = 300, 10_000
LONGEST, MOST_ROOM = 1.0, 200 << 20
KINDS = (
    "bit", "byte", "cut", "grown", "gone", "doubled", "swapped", "length", "header length", "suite", "header",
)  # fmt: skip


TIERS = pytest.mark.parametrize("count", [USUAL, pytest.param(ALL, marks=pytest.mark.full)])


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


def mutants(data: bytes, random: Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Bits, bytes, lengths, cuts, splices, repeats, swaps."""
    while count:
        kind = random.choice(KINDS)
        mutant = changed(kind, data, random)
        if mutant != data:
            count -= 1
            yield kind, mutant


def taken_of(found: Iterable[tuple[str, bytes]], read: Callable[[bytes], object]) -> list[str]:
    """Kinds of the mutants that were taken; each is looked at within a second and in bounded room."""
    room, taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10, []
    for name, mutant in found:
        begun = time.process_time()
        with suppress(MediatorError):
            read(mutant)
            taken.append(name)
        assert time.process_time() - begun < LONGEST, name
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - room < MOST_ROOM
    return taken


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
@TIERS
def test_no_damaged_bundle_is_taken_and_none_fails_untyped(
    ends: tuple[bytes, Callable[[bytes], UpBundle]], count: int
) -> None:
    data, read = ends
    assert len(read(data).entries) == 12
    assert taken_of(mutants(data, Random(2026), count), read) == []


@pytest.mark.threat("T41")
@TIERS
def test_no_damaged_run_is_taken_or_is_evidence_though_its_bundle_is_truly_signed_and_sealed(count: int) -> None:
    run = entries(12)
    parts = [
        (int(FrameType.SEGMENT), write_segment(run[:7], before=NO_HASH)),
        (int(FrameType.WITHHELD), write_withheld(Withheld(run[0].desk, 8, 9, run[8].hash))),
        (int(FrameType.SEGMENT), write_segment(run[9:], before=run[8].hash)),
    ]
    hello = (int(FrameType.HELLO), hello_bytes((0, NO_HASH), (12, run[-1].hash), cursors={}, wall=1))

    def of(changes: list[tuple[int, bytes]]) -> bytes:
        payload = write_frames([hello, *changes])
        return bundle(payload, header(plain=len(payload), desk=run[0].desk))

    def read(data: bytes) -> UpBundle:
        up = read_up(data, center=CENTER, sealer=HOME, lookup=lambda _desk: DESK.sign_public)
        for entry in up.entries:  # as is done before any of them is shown as evidence
            verify_entry(entry, lambda text, mark: HOME.verify(DESK.sign_public, text, mark))
        return up

    def broken(random: Random) -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            which = number % len(parts)
            name, data = next(mutants(parts[which][1], random, 1))
            yield name, of([(kind, data if at == which else old) for at, (kind, old) in enumerate(parts)])

    assert [entry.n for entry in read(of(parts)).entries] == [1, 2, 3, 4, 5, 6, 7, 10, 11, 12]
    assert taken_of(broken(Random(41)), read) == []


@pytest.mark.threat("T41")
@TIERS
def test_no_damaged_receipt_is_believed(count: int) -> None:
    sound = Receipt(center=CENTER, ce=1, desk="d" * 32, no=1, n=4, h="e" * 64, w=1, crl=0, bundles=("b" * 32,))
    data = receipt_bytes(sound, HOME)
    assert read_receipt(data, HOME.sign_public, HOME) == sound
    assert taken_of(mutants(data, Random(7), count), lambda mutant: read_receipt(mutant, HOME.sign_public, HOME)) == []


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
