"""A lost laptop (T53): what it sent stays, what it sends later is put aside, everybody else hears of it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from mediator.errors import MediatorError, NoAccess, RefusedByRule
from mediator.journal.canonical import decode_object
from mediator.journal.streams import county_stream, desk_stream
from sync.carriers.stick import StickCarrier
from sync.center import quarantine, reading, stick
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.keeping import Keeper
from sync.center.revocation import revocation_list, revoke
from sync.session.exchange import Exchange
from sync.wire.cards import checked, read_membership
from sync.wire.receipt import read_receipt
from tests.sync.center.bundles import bundle_of
from tests.sync.center.joining import outcome, request_of
from tests.sync.center.test_exchange import CASE, Line, by_network, tell
from tests.sync.fakes import MemoryShelf
from tests.sync.world import Desk, SealedWriter, SwiftJournal, a_laptop


@pytest.fixture
def lost(center: Center) -> Desk:
    """A laptop that has sent something and will be lost."""
    made = a_laptop(Random(1), center, "desk-lost")
    tell(made, 2)
    by_network(center, made)
    return made


def try_to_send(center: Center, desk: Desk) -> str:
    """How an exchange ends."""
    card = desk.shelf.card()
    assert card
    road = Line(center)
    return Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run().code


@pytest.mark.threat("T53")
def test_what_a_lost_laptop_sent_stays_and_what_it_sends_later_is_put_aside(center: Center, lost: Desk) -> None:
    before = reading.entry_count(center)
    old = bundle_of(center, lost)
    assert revoke(center, lost.id, who="沈") == 1
    own = reading.entry_count(center)
    tell(lost, 1, case="cd" * 16)
    assert try_to_send(center, lost) == "desk.revoked"
    with pytest.raises(NoAccess, match=r"desk\.revoked"):
        answer(center, old)
    assert reading.entry_count(center) == own > before
    aside = reading.put_aside(center)
    assert {row.code for row in aside} == {"desk.revoked"}
    assert len(aside) == 2, "the later one and the copy of an old one: nobody can tell thief and owner apart"
    assert len(Keeper(center).stream(CASE)) == 3  # type: ignore[arg-type]  # a stream's id
    assert check(center).findings == ()


@pytest.mark.threat("T53")
def test_other_laptops_hear_of_it_with_their_next_answer(center: Center, lost: Desk) -> None:
    other = a_laptop(Random(2), center, "desk-other")
    by_network(center, other)
    revoke(center, lost.id, who="沈")
    by_network(center, other)
    told = [entry.content() for entry in other.journal.held.values() if entry.kind == "desk.revoked"]
    assert told == [{"desk": lost.id, "seat": "00", "no": 1}]
    tell(other, 1, case="cd" * 16)
    by_network(center, other)
    newest = other.shelf.receipt()
    assert newest is not None
    assert read_receipt(newest, center.sealer.sign_public, other.sealer).crl == 1


@pytest.mark.threat("T53")
def test_the_list_only_grows_and_a_seat_is_as_good_as_an_id(center: Center, lost: Desk) -> None:
    second = a_laptop(Random(2), center, "desk-two")
    assert [revoke(center, lost.id, who="a"), revoke(center, "01", who="a")] == [1, 2]
    for ref in (lost.id, "00", "01", second.id, center.desk, "", "77"):
        with pytest.raises(RefusedByRule, match=r"desk\.unknown"):
            revoke(center, ref, who="a")


@pytest.mark.threat("T53")
def test_a_revoked_laptop_cannot_come_back_under_its_name(center: Center, lost: Desk) -> None:
    revoke(center, lost.id, who="a")
    assert outcome(center, request_of("desk-lost")) == "desk.revoked"


@pytest.mark.threat("T53")
def test_a_revoked_laptops_stick_is_refused_by_name_and_the_others_are_read(
    center: Center, lost: Desk, tmp_path: Path
) -> None:
    other = a_laptop(Random(2), center, "desk-other")
    for each in (lost, other):
        tell(each, 1, case=each.id)
        card = each.shelf.card()
        assert card
        road = StickCarrier(tmp_path, center.card.center, each.id)
        Exchange(each.journal, each.shelf, each.sealer, road, each.id, center.now, read_membership(card)).run()
    revoke(center, lost.id, who="a")
    done = stick.handle(center, tmp_path)
    assert [each.code for each in done.rejected] == ["desk.revoked"]
    assert done.absorbed == 2


def test_its_unused_numbers_are_closed_for_all_to_see(center: Center, lost: Desk) -> None:
    by_network(center, lost)
    revoke(center, lost.id, who="a")
    closed = [e.content() for e in Keeper(center).stream(county_stream(center.county)) if e.kind == "numbers.closed"]
    assert sorted(str(row["kind"]) for row in closed) == ["信", "单", "和解", "民调"]
    assert {(row["from"], row["to"]) for row in closed} == {(1, 200)}


def test_the_board_counts_it_no_more_and_the_list_still_shows_it(center: Center, lost: Desk) -> None:
    def desks() -> int:
        return sum(row.desks for row in reading.townships(center))

    assert desks() == 1
    revoke(center, lost.id, who="a")
    assert desks() == 0
    assert [row.state for row in reading.devices(center)] == ["revoked"]


def test_a_laptop_cannot_revoke_another(center: Center, lost: Desk) -> None:
    other = a_laptop(Random(2), center, "desk-other")
    body: dict[str, object] = {"desk": lost.id, "seat": "00", "no": 1}
    other.writer.write(county_stream(center.county), "desk.revoked", body)
    taken = answer(center, bundle_of(center, other)).taken
    assert taken.set_aside == ((1, "entry.owner"),)
    tell(lost, 1, case="cd" * 16)
    try:
        assert by_network(center, lost)[0] == 2
    except MediatorError as error:
        raise AssertionError(error.code) from None


@pytest.mark.threat("T53")
def test_a_person_takes_in_what_a_revoked_laptop_sent_or_drops_it(center: Center, lost: Desk) -> None:
    revoke(center, lost.id, who="沈")
    tell(lost, 1, case="cd" * 16)
    assert try_to_send(center, lost) == "desk.revoked"
    tell(lost, 1, case="ef" * 16)
    with pytest.raises(NoAccess, match=r"desk\.revoked"):
        answer(center, bundle_of(center, lost))
    older, newer = sorted((row.bundle for row in reading.put_aside(center)), key=lambda each: size_of(center, each))
    taken = quarantine.adopt(center, older, who="沈")
    assert taken.new > 0
    assert Keeper(center).top(lost.id)[0] == taken.new + 3
    quarantine.drop(center, newer, who="沈")
    assert reading.put_aside(center) == []
    told = [e.kind for e in Keeper(center).stream(desk_stream(center.desk)) if e.kind.startswith("audit.bundle")]
    assert sorted(told) == ["audit.bundle_adopted", "audit.bundle_dropped"]
    for deed in (quarantine.adopt, quarantine.drop):
        with pytest.raises(RefusedByRule, match=r"aside\.unknown"):
            deed(center, older, who="沈")
    assert try_to_send(center, lost) == "desk.revoked", "the laptop stays revoked"
    assert check(center).findings == ()


def size_of(center: Center, bundle: str) -> int:
    """Bytes of a bundle that was put aside."""
    return next(int(row.size) for row in reading.put_aside(center) if row.bundle == bundle)


def test_a_second_history_can_only_be_dropped(center: Center, lost: Desk) -> None:
    twin = Desk("twin", SealedWriter("desk-lost", SwiftJournal()), MemoryShelf(SwiftJournal()), lost.sealer)
    tell(twin, 1, case="ef" * 16)
    with pytest.raises(MediatorError, match=r"entry\.fork"):
        answer(center, bundle_of(center, twin))
    [row] = reading.put_aside(center)
    with pytest.raises(RefusedByRule, match=r"aside\.fork"):
        quarantine.adopt(center, row.bundle, who="沈")
    quarantine.drop(center, row.bundle, who="沈")
    assert reading.put_aside(center) == []


@pytest.mark.threat("T53")
def test_the_list_of_revoked_laptops_is_signed_and_numbered(center: Center, lost: Desk) -> None:
    public = center.sealer.sign_public

    def listed() -> tuple[int, dict[str, object]]:
        no, data = revocation_list(center)
        return no, checked(decode_object(data), public, lost.sealer)

    assert (listed()[0], listed()[1]["desks"]) == (0, [])
    revoke(center, lost.id, who="沈")
    no, body = listed()
    assert (no, body["no"], body["desks"], body["center"]) == (1, 1, [lost.id], center.card.center)
