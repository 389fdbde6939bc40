"""A stick at the county: what cannot be written back keeps nothing from being read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from mediator.errors import WorldFailed
from sync.carriers.stick import StickCarrier
from sync.center import reading, stick
from sync.center.county import Center
from sync.center.restoring import begin_anew
from sync.center.revocation import revoke
from sync.center.stick import Handled, Rejected
from sync.session.exchange import Exchange
from sync.session.outcome import Exchanged
from sync.wire.cards import read_membership
from sync.wire.names import stick_name
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.center.test_restoring import copied
from tests.sync.fakes import MemoryShelf
from tests.sync.world import Desk, SealedWriter, SwiftJournal, a_laptop


def carried(center: Center, folder: Path, count: int) -> list[Desk]:
    """So many laptops whose bundles lie on the stick."""
    desks = [a_laptop(Random(n), center, f"desk-{n}") for n in range(count)]
    for each in desks:
        tell(each, 1, case=each.id)
        (folder / str(stick_name(center.card.center, "up", each.id, 1))).write_bytes(bundle_of(center, each))
    return desks


@pytest.mark.threat("T49")
@pytest.mark.parametrize("code", ["stick.read_only", "stick.full"])
def test_a_stick_that_takes_nothing_is_read_all_the_same_and_told(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    carried(center, tmp_path, 3)
    tried: list[str] = []

    def refuse(_folder: Path, name: object, _data: bytes) -> None:
        tried.append(str(name))
        raise WorldFailed(code)

    monkeypatch.setattr(stick, "write_safely", refuse)
    with pytest.raises(WorldFailed, match=code.replace(".", r"\.")):
        stick.handle(center, tmp_path)
    assert reading.case_count(center) == 3
    assert len(tried) == 1, "what failed once is not tried for each laptop"
    monkeypatch.undo()
    assert stick.handle(center, tmp_path) == Handled(absorbed=0, written=3)


def test_entries_that_break_a_rule_are_counted_and_the_rest_is_taken(center: Center, tmp_path: Path) -> None:
    desk = a_laptop(Random(1), center, "desk-odd")
    tell(desk, 1)
    desk.writer.write(CASE, "order.issued", {"text": "不该由调解室发"})  # type: ignore[arg-type]  # a stream's id
    (tmp_path / str(stick_name(center.card.center, "up", desk.id, 1))).write_bytes(bundle_of(center, desk))
    assert stick.handle(center, tmp_path) == Handled(absorbed=3, written=1, aside=1)


def test_a_busy_county_stops_the_stick_and_blames_no_file(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried(center, tmp_path, 1)

    def busy(*_: object, **_named: object) -> None:
        raise WorldFailed("center.busy")

    monkeypatch.setattr(stick, "exchange", busy)
    with pytest.raises(WorldFailed, match=r"center\.busy"):
        stick.handle(center, tmp_path)


def test_a_file_of_zeros_is_named(center: Center, tmp_path: Path) -> None:
    name = str(stick_name(center.card.center, "up", "a" * 32, 1))
    (tmp_path / name).write_bytes(bytes(500))
    assert stick.handle(center, tmp_path).rejected == (Rejected(name, "bundle.magic"),)


def at_the_stick(center: Center, desk: Desk, folder: Path) -> Exchanged:
    """A laptop's turn with the stick."""
    card = desk.shelf.card()
    assert card
    road = StickCarrier(folder, center.card.center, desk.id)
    return Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run()


@pytest.mark.threat("T53")
def test_a_revoked_laptop_learns_it_from_the_stick(center: Center, tmp_path: Path) -> None:
    desk = a_laptop(Random(1), center, "desk-lost")
    tell(desk, 1)
    at_the_stick(center, desk, tmp_path)
    revoke(center, desk.id, who="沈")
    assert stick.handle(center, tmp_path).written == 1
    done = at_the_stick(center, desk, tmp_path)
    assert (done.code, done.sent, done.receipts) == ("desk.revoked", 0, 0)


def test_of_two_copies_of_a_vault_the_one_that_was_refused_learns_it(center: Center, tmp_path: Path) -> None:
    first = a_laptop(Random(1), center, "desk-two")
    journal = SwiftJournal()
    journal.absorb(tuple(first.journal.held.values()))
    twin = Desk("twin", SealedWriter("desk-two", journal), MemoryShelf(journal), first.sealer)
    twin.shelf.copy_from(first.shelf)
    tell(first, 1)
    tell(twin, 2, case="cd" * 16)
    by_network(center, first)
    at_the_stick(center, twin, tmp_path)
    assert [each.code for each in stick.handle(center, tmp_path).rejected] == ["entry.fork"]
    [word] = tmp_path.glob("med-*-d-*")
    data = word.read_bytes()
    assert at_the_stick(center, first, tmp_path).code == "", "it was not said of this one's history"
    word.write_bytes(data)
    assert at_the_stick(center, twin, tmp_path).code == "entry.fork"


def test_a_laptop_ahead_of_a_restored_county_sends_the_rest_again_by_stick(center: Center, tmp_path: Path) -> None:
    desk = a_laptop(Random(1), center, "desk-one")
    tell(desk, 1)
    by_network(center, desk)
    put_back = copied(center)
    tell(desk, 2)
    by_network(center, desk)
    tell(desk, 1)
    put_back()
    anew = begin_anew(center, who="沈")
    at_the_stick(anew, desk, tmp_path)
    assert [each.code for each in stick.handle(anew, tmp_path).rejected] == ["bundle.gap"]
    assert at_the_stick(anew, desk, tmp_path).code == ""
    assert stick.handle(anew, tmp_path).rejected == ()
    assert at_the_stick(anew, desk, tmp_path).receipts == 1
    assert desk.shelf.receipted() == desk.journal.top(desk.id)[0]
