"""What rooms of a township share is sealed with its key: the rooms read it, the county carries it and cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework import exchange, opening, township
from mediator.casework.desk import Desk
from mediator.crypto.signing import DeskKeys
from mediator.crypto.township import unwrap_with
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.reach import Reach
from mediator.store import township_deeds as store
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.keeping import Keeper
from sync.center.revocation import revoke
from tests.casework.desks import a_desk, a_workshop
from tests.casework.tapes import recorded
from tests.casework.test_erasing import at_county, enroll
from tests.sync.center.real import real_center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """A county with real ciphers."""
    made = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    yield made
    made.database.close()


def a_room(folder: Path, center: Center, seed: int) -> Desk:
    """A computer of the township that joined."""
    desk = at_county(a_desk(folder, workshop=a_workshop(seed=seed)), center)
    enroll(desk, center)
    exchange.by_network(desk)
    desk.vault.pieces.heard_able()
    return desk


@pytest.fixture
def rooms(tmp_path: Path, center: Center) -> Iterator[tuple[Desk, Desk]]:
    """Two computers that have heard of each other."""
    made = a_room(tmp_path / "one", center, 7), a_room(tmp_path / "two", center, 8)
    meet(*made)
    yield made
    for each in made:
        opening.lock(each)


def meet(*desks: Desk) -> None:
    """Everybody gets what the county has."""
    for _ in range(2):
        for each in desks:
            assert exchange.by_network(each).code == ""


def shared(one: Desk, two: Desk) -> None:
    """The first makes the key, admits the second, which accepts it."""
    made = township.make(one)
    peer = township.state(one).peers[0]
    assert peer.digits == township.state(two).own
    township.admit(one, peer.seat, peer.digits)
    meet(one, two)
    assert township.state(two).offered == (made.digits,)
    township.accept(two, made.digits)


def keyed(desk: Desk, case: str) -> list[Entry]:
    """The keys of recordings that a vault holds."""
    return [each for each in desk.vault.stream(StreamId(case)) if each.kind == "recording.keyed"]


@pytest.mark.threat("T63")
def test_the_rooms_read_what_is_sealed_and_the_county_carries_it_unread(
    center: Center, rooms: tuple[Desk, Desk]
) -> None:
    one, two = rooms
    shared(one, two)
    case, _, recording = recorded(one, 3.0)
    secret = str(keyed(one, case)[0].content()["key"])
    meet(one, two)
    assert [each.content() for each in keyed(two, case)] == [{"id": recording, "key": secret}]
    carried = [each for each in Keeper(center).stream(StreamId(case)) if each.kind == "recording.keyed"]
    assert [(each.reach, each.content(), each.head.s[0]) for each in carried] == [(Reach.ROOM, {}, 1)]
    assert secret.encode() not in (carried[0].body or b"")
    fold_dirty(center)
    assert check(center).findings == ()
    assert all(opening.check(each, full=True).ok for each in rooms)
    log = two.vault.case(case)
    assert (log.case.waiting, log.case.newer_only) == (0, False)


def test_before_there_is_a_key_it_stays_home_and_is_said_again_sealed_once_there_is_one(
    center: Center, rooms: tuple[Desk, Desk]
) -> None:
    one, two = rooms
    case, _, recording = recorded(one, 3.0)
    meet(one, two)
    assert len(keyed(one, case)) == 1
    assert keyed(two, case) == []
    shared(one, two)
    meet(one, two)
    assert [(bool(each.head.s), each.content()["id"]) for each in keyed(two, case)] == [(True, recording)]
    assert [bool(each.head.s) for each in keyed(one, case)] == [False, True]
    township.renew(one)
    assert len(keyed(one, case)) == 2, "once is enough"
    assert check(center).findings == ()
    assert opening.check(one, full=True).ok


@pytest.mark.threat("T75")
def test_a_key_from_outside_seals_nothing_before_its_digits_were_compared(rooms: tuple[Desk, Desk]) -> None:
    one, two = rooms
    township.make(one)
    peer = township.state(one).peers[0]
    with pytest.raises(NoAccess, match=r"township\.digits"):
        township.admit(one, peer.desk, "000000" if peer.digits != "000000" else "111111")
    township.admit(one, peer.desk, peer.digits)
    meet(one, two)
    case, _, _ = recorded(two, 3.0)
    assert [each.head.s for each in keyed(two, case)] == [[]], "not sealed with a key that nobody here vouched for"
    assert township.state(two).digits == ""
    with pytest.raises(NoAccess, match=r"township\.digits"):
        township.accept(two, "12345")
    with pytest.raises(Unacceptable, match=r"township\.unknown"):
        township.admit(one, "ff", "000000")


@pytest.mark.threat("T53")
def test_when_a_computer_leaves_a_new_key_seals_what_is_written_from_then_on(
    tmp_path: Path, center: Center, rooms: tuple[Desk, Desk]
) -> None:
    one, two = rooms
    third = a_room(tmp_path / "three", center, 9)
    meet(one, two, third)
    shared(one, two)
    peer = next(each for each in township.state(one).peers if each.desk == third.vault.desk)
    township.admit(one, peer.desk, peer.digits)
    meet(one, two, third)
    assert not township.state(one).renew
    revoke(center, two.vault.desk, who="shen")
    exchange.by_network(one)
    assert township.state(one).renew
    old = township.state(one).digits
    anew = township.renew(one)
    assert (anew.epoch, anew.digits != old, anew.renew) == (2, True, False)
    case, _, _ = recorded(one, 3.0)
    meet(one, third)
    told = [entry for entry in one.vault.traces("township.key") if entry.content()["epoch"] == 2]
    assert [row[0] for row in told[0].content()["wraps"]] == [third.vault.desk]  # type: ignore[attr-defined]  # rows
    assert keyed(third, case)[0].content()["key"]
    names = {each.name for each in store.held_keys(two.vault)}
    assert keyed(one, case)[0].head.s[1] not in names
    opening.lock(third)


def test_the_countys_offline_safe_opens_what_was_wrapped_to_it(rooms: tuple[Desk, Desk]) -> None:
    one, _ = rooms
    safe = DeskKeys.fresh()
    with pytest.raises(Unacceptable, match=r"township\.escrow"):
        township.make(one, escrow="ab")
    township.make(one, escrow=safe.seal_public.hex())
    body = one.vault.traces("township.key")[0].content()
    held = store.held_keys(one.vault)[0]
    opened = unwrap_with(safe, bytes.fromhex(str(body["escrow"])), name=str(body["id"]), reader=township.ESCROW)
    assert opened == held.key
    with pytest.raises(RefusedByRule, match=r"township\.made"):
        township.make(one)


def test_a_room_outside_a_county_or_of_an_older_one_makes_no_key(tmp_path: Path, center: Center) -> None:
    old = at_county(a_desk(tmp_path / "old"), center)
    enroll(old, center)
    with pytest.raises(RefusedByRule, match=r"township\.center"):
        township.make(old)
    opening.lock(old)
    desk = a_desk(tmp_path / "alone")
    with pytest.raises(NoAccess, match=r"sync\.not_enrolled"):
        township.make(desk)
    with pytest.raises(RefusedByRule, match=r"township\.none"):
        township.renew(desk)
    assert DeskId(desk.vault.desk)
    opening.lock(desk)
