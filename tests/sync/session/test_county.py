"""The county's pure side: a bundle is its sender's, for this county, and every run bears its author's hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import DeskId
from sync.session.county import UpBundle, read_up
from sync.session.packing import NOTHING, hello_bytes, upward
from sync.wire.bundle import pack
from sync.wire.frames import FrameType, Withheld, write_frames, write_segment, write_withheld
from tests.sync.fakes import FakeSealer
from tests.sync.session.county import CENTER, HOME, Laptop, a_laptop
from tests.sync.wire.made import address


@pytest.fixture
def laptop() -> Laptop:
    """With three sentences, a note for itself and one more."""
    made = a_laptop()
    made.tell(3)
    made.tell(1, kind="note.private")
    made.tell(1)
    return made


def sent(laptop: Laptop, payload: bytes, *, signer: FakeSealer | None = None, **changes: object) -> bytes:
    """A payload as this laptop would send it."""
    return pack(address(**({"desk": laptop.id} | changes)), payload, signer or laptop.sealer)


def whole(laptop: Laptop) -> bytes:
    """All it has."""
    return upward(laptop.writer.journal, laptop.id, base=NOTHING, cursors={}, wall=1).payload


def read(laptop: Laptop, data: bytes, lookup: Callable[[DeskId], bytes] | None = None) -> UpBundle:
    """As the county reads it."""
    return read_up(data, center=CENTER, sealer=HOME, lookup=lookup or (lambda _desk: laptop.sealer.sign_public))


def test_an_upward_bundle_says_who_sent_what_and_what_stayed(laptop: Laptop) -> None:
    up = read(laptop, sent(laptop, whole(laptop)))
    assert up.desk == laptop.id
    assert [entry.n for entry in up.entries] == [1, 2, 3, 5]
    assert up.withheld == (Withheld(laptop.id, 4, 4, laptop.point(4)[1]),)


def code_of(laptop: Laptop, data: bytes, lookup: Callable[[DeskId], bytes] | None = None) -> str:
    """The code with which it is refused."""
    with pytest.raises(MediatorError) as refused:
        read(laptop, data, lookup)
    return refused.value.code


@pytest.mark.threat("T42")
@pytest.mark.threat("T43")
def test_a_bundle_of_somebody_else_or_for_somebody_else_is_refused(laptop: Laptop) -> None:
    payload = whole(laptop)
    assert code_of(laptop, sent(laptop, payload, center="e" * 32)) == "bundle.foreign"
    assert code_of(laptop, sent(laptop, payload, dir="down")) == "bundle.foreign"
    assert code_of(laptop, sent(laptop, payload, signer=FakeSealer("thief"))) == "bundle.sender"
    assert code_of(laptop, sent(laptop, payload, desk="e" * 32)) == "bundle.segment", "another's entries"


@pytest.mark.threat("T53")
@pytest.mark.parametrize("error", [Unacceptable("bundle.sender"), NoAccess("desk.revoked")])
def test_an_unknown_or_revoked_desk_is_refused_by_whoever_knows_the_desks(laptop: Laptop, error: MediatorError) -> None:
    def lookup(_desk: DeskId) -> bytes:
        raise error

    assert code_of(laptop, sent(laptop, whole(laptop)), lookup) == error.code


@pytest.mark.threat("T42")
@pytest.mark.parametrize("place", [0, 1])
def test_each_run_bears_its_authors_signature_at_its_end(laptop: Laptop, place: int) -> None:
    """The chain of heads carries it back over the run; a withheld range starts a run of its own."""
    held = [laptop.writer.journal.held[laptop.id, n] for n in range(1, 6)]
    runs = [held[:3], held[4:]]
    runs[place] = [*runs[place][:-1], replace(runs[place][-1], signature=bytes(64))]
    rows = [
        (int(FrameType.HELLO), hello_bytes(NOTHING, laptop.point(5), cursors={}, wall=1)),
        (int(FrameType.SEGMENT), write_segment(runs[0], before="0" * 64)),
        (int(FrameType.WITHHELD), write_withheld(Withheld(laptop.id, 4, 4, held[3].hash))),
        (int(FrameType.SEGMENT), write_segment(runs[1], before=held[3].hash)),
    ]
    assert code_of(laptop, sent(laptop, write_frames(rows))) == "entry.signature"


@pytest.mark.threat("T64")
@pytest.mark.parametrize("place", [0, 1, 2])
def test_who_brings_anothers_entries_can_spoil_no_signature_of_them(laptop: Laptop, place: int) -> None:
    other = a_laptop("another")
    other.tell(3)
    run = [other.writer.journal.held[other.id, n] for n in range(1, 4)]
    run[place] = replace(run[place], signature=bytes(64))
    rows = [
        (int(FrameType.HELLO), hello_bytes(NOTHING, NOTHING, cursors={}, wall=1)),
        (int(FrameType.SEGMENT), write_segment(run, before="0" * 64)),
    ]
    keys = {laptop.id: laptop.sealer.sign_public, other.id: other.sealer.sign_public}
    assert code_of(laptop, sent(laptop, write_frames(rows)), keys.__getitem__) == "entry.signature"
