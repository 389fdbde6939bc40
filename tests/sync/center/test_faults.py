"""Receipts are true and bundles go in whole: forged receipts, pulled sticks, a database that fails anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import MediatorError
from mediator.journal.canonical import encode
from sync.carriers import stick as stick_road
from sync.carriers.loopback import LoopbackCarrier
from sync.carriers.stick import StickCarrier
from sync.center import stick
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.tables import DESK, METADATA, QUARANTINE
from sync.session.packing import downward
from sync.session.ports import Answer
from sync.wire.bundle import Sealer as Ciphers
from sync.wire.bundle import pack
from sync.wire.names import stick_name
from sync.wire.receipt import Receipt, read_receipt, receipt_bytes
from tests.sync.center.conftest import fresh_database
from tests.sync.center.evidence import everything, refused
from tests.sync.center.real import Laptop, joined, payload_of, real_center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """With real ciphers, on SQLite: what is refused is refused before any database is asked."""
    made = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    yield made
    made.database.close()


@pytest.fixture
def laptop(center: Center) -> Laptop:
    """In the county, with a little to tell."""
    made = joined(center, "desk-one")
    made.tell(3)
    return made


# -- T49 sticks and receipts -----------------------------------------------------------------------------------------


@pytest.mark.threat("T49")
@pytest.mark.parametrize("written", [0, 1, 100])
def test_a_stick_pulled_while_the_county_writes_costs_nothing(
    center: Center, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    laptop.exchange(StickCarrier(folder, center.card.center, laptop.id))
    sound = stick_road.write_part

    def pulled(part: Path, data: bytes) -> None:
        sound(part, data[:written])
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(stick_road, "write_part", pulled)
    with pytest.raises(MediatorError, match=r"stick\.gone"):
        stick.handle(center, folder)
    monkeypatch.undo()
    assert laptop.exchange(StickCarrier(folder, center.card.center, laptop.id)).receipts == 0
    assert laptop.shelf.outgoing() is not None, "nothing is dropped without a receipt"
    assert stick.handle(center, folder).absorbed == 0, "the county had it already"
    assert laptop.exchange(StickCarrier(folder, center.card.center, laptop.id)).receipts == 1
    assert laptop.shelf.outgoing() is None


@pytest.mark.threat("T49")
@pytest.mark.parametrize("name", ["empty", "zeros", "half"])
def test_a_torn_answer_on_a_stick_is_no_receipt(center: Center, laptop: Laptop, tmp_path: Path, name: str) -> None:
    laptop.exchange(StickCarrier(tmp_path, center.card.center, laptop.id))
    down = answer(center, laptop.bundle(center.card, no=7)).down
    torn = {"empty": b"", "zeros": b"\0" * len(down), "half": down[: len(down) // 2]}[name]
    (tmp_path / str(stick_name(center.card.center, "down", laptop.id, 1))).write_bytes(torn)
    laptop.exchange(StickCarrier(tmp_path, center.card.center, laptop.id))
    assert laptop.shelf.receipt() is None
    assert laptop.shelf.outgoing() is not None


def forged(county: Center, laptop: Laptop, *, signer: Ciphers, **changes: object) -> bytes:
    """A down bundle whose receipt says what the county never said."""
    n, digest = laptop.journal.top(laptop.id)
    honest = Receipt(center=county.card.center, ce=1, desk=laptop.id, no=1, n=n, h=digest, w=1)
    receipt = receipt_bytes(replace(honest, **changes), signer)  # type: ignore[arg-type]  # changed on purpose
    address = replace(laptop.address(county.card), dir="down", to=(laptop.sealer.seal_public,))
    return pack(address, downward(entries=(), feeds=(), receipt=receipt), county.sealer)


FORGERIES: tuple[tuple[str, dict[str, object]], ...] = (
    ("for another desk", {"desk": "e" * 32}),
    ("of another center", {"center": "e" * 32}),
    ("of a chain that is not ours", {"h": "e" * 64}),
    ("of entries never written", {"n": 99}),
)


@pytest.mark.threat("T49")
@pytest.mark.parametrize(("_name", "changes"), FORGERIES, ids=[name for name, _ in FORGERIES])
def test_a_receipt_that_is_not_ours_never_clears_the_outbox(
    center: Center, laptop: Laptop, _name: str, changes: dict[str, object]
) -> None:
    hostile = forged(center, laptop, signer=center.sealer, **changes)
    laptop.exchange(LoopbackCarrier(lambda _data: Answer(down=(hostile,))))
    assert laptop.shelf.receipt() is None
    assert laptop.shelf.outgoing() is not None


@pytest.mark.threat("T49")
def test_a_receipt_signed_by_anybody_else_never_clears_the_outbox(center: Center, laptop: Laptop) -> None:
    hostile = forged(center, laptop, signer=Sealer(DeskKeys.fresh()))
    done = laptop.exchange(LoopbackCarrier(lambda _data: Answer(down=(hostile,))))
    assert done.code == "receipt.signature"
    assert laptop.shelf.outgoing() is not None
    honest = forged(center, laptop, signer=center.sealer)
    laptop.exchange(LoopbackCarrier(lambda _data: Answer(down=(honest,))))
    assert laptop.shelf.outgoing() is None, "the same receipt in the county's own hand does"


# -- T50 all or nothing ----------------------------------------------------------------------------------------------


class Failing:
    """A database that fails at the n-th statement of a transaction, or at its end."""

    def __init__(self, center: Center, *, at: int) -> None:
        self.engine, self.at, self.seen = center.database.engine, at, 0

    def __enter__(self) -> Failing:
        event.listen(self.engine, "before_cursor_execute", self.count)
        event.listen(self.engine, "commit", self.ending)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self.count)
        event.remove(self.engine, "commit", self.ending)

    def count(self, *_: object) -> None:
        """One statement more."""
        self.seen += 1
        if self.seen == self.at:
            raise Broken

    def ending(self, *_: object) -> None:
        """The commit counts as a statement."""
        self.count()


class Broken(Exception):
    """The power went."""


@pytest.mark.threat("T50")
def test_a_failure_at_any_statement_leaves_all_or_nothing(
    center: Center, server: str, request: pytest.FixtureRequest
) -> None:
    elsewhere = real_center(fresh_database(server))
    request.addfinalizer(elsewhere.database.close)
    for place in (center, elsewhere):
        laptop = joined(place, "desk-fault")
        laptop.tell(5)
        assert fail_everywhere(place, laptop.bundle(place.card)) >= 10
        assert check(place).findings == ()


def fail_everywhere(center: Center, data: bytes) -> int:
    """Fail at each statement in turn until nothing fails; at how many places that was."""
    untouched = everything(center)
    for at in range(1, 200):
        with Failing(center, at=at) as failing:
            try:
                done = answer(center, data)
            except Broken:
                assert_whole(center, untouched)
                continue
        assert failing.seen < at
        receipt = read_receipt(done.taken.receipt, bytes.fromhex(center.card.sign), center.sealer)
        assert (done.taken.new + done.taken.known, receipt.n) == (6, 6)
        return at - 1
    raise AssertionError("it never ended")


def assert_whole(center: Center, untouched: bytes) -> None:
    """Either nothing happened, or the bundle is in with its receipt."""
    if everything(center) == untouched:
        return
    tables = {table.name: table for table in METADATA.sorted_tables}
    with center.database.reading() as scope:
        receipts = scope.rows(select(tables["receipt"].c.n, tables["receipt"].c.desk))
        entry, desk = tables["entry"], tables["desk"]
        assert [row.n for row in receipts] == [6]
        held = scope.rows(select(entry.c.n).where(entry.c.desk == receipts[0].desk))
        assert len(held) == 6
        assert scope.value(select(desk.c.head_n).where(desk.c.desk == receipts[0].desk)) == 6


@pytest.mark.threat("T50")
def test_one_bad_entry_in_a_run_keeps_the_whole_bundle_out(center: Center, laptop: Laptop) -> None:
    sound = payload_of(laptop)
    at = sound.index("说过的话".encode(), len(sound) // 2)
    spoiled = sound[:at] + "改过的话".encode() + sound[at + 12 :]
    body = spoiled[: spoiled.rindex(b"\x7f\0\0\0")]
    end = encode({"frames": 2, "sha256": hashlib.sha256(body).hexdigest()})
    payload = body + b"\x7f\0\0\0" + len(end).to_bytes(4, "big") + end
    told = refused(center, pack(laptop.address(center.card), payload, laptop.sealer))
    assert told == "bundle.segment", "its bodies do not come to the hash it ends with"
    assert answer(center, laptop.bundle(center.card)).taken.new == 4


# -- what must be kept for a person ----------------------------------------------------------------------------------


@pytest.mark.threat("T53")
def test_a_revoked_laptops_bundle_is_put_aside_whole_and_once(center: Center, laptop: Laptop) -> None:
    answer(center, laptop.bundle(center.card))
    revoke = update(DESK).where(DESK.c.desk == laptop.id).values(state="revoked")
    center.database.write(lambda scope: scope.change(revoke))
    laptop.tell(2)
    data = laptop.bundle(center.card, no=2)
    before = everything(center, but=(QUARANTINE.name,))
    for _ in range(3):
        with pytest.raises(MediatorError, match=r"desk\.revoked"):
            answer(center, data)
    assert everything(center, but=(QUARANTINE.name,)) == before
    with center.database.reading() as scope:
        assert [row.bytes for row in scope.rows(select(QUARANTINE.c.bytes))] == [data]


def test_the_fingerprint_of_everything_sees_a_single_change(center: Center, laptop: Laptop) -> None:
    before = everything(center)
    answer(center, laptop.bundle(center.card))
    assert everything(center) != before
