"""A county lost wholly (row 25): a new one from the same keys gets all that any laptop holds, and says what not."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, StreamId
from mediator.journal.fold import state_bytes
from sync.carriers.stick import StickCarrier, write_safely
from sync.center import lending, reading, rotating, stick, witness
from sync.center.checking import check
from sync.center.county import Center
from sync.center.database import Database, open_engine
from sync.center.enrollment import join
from sync.center.folding import fold_dirty
from sync.center.keeping import Keeper
from sync.center.numbers import keep_supplied
from sync.center.opening import Ground
from sync.center.revocation import revoke
from sync.center.tables import DESK, NUMBER_BLOCK, SEAT
from sync.center.taking_over import take_over
from sync.session.joining import JoinRequest, request_bundle, witness_of
from sync.wire.names import stick_name
from tests.sync.center.bundles import bundle_of
from tests.sync.center.conftest import fresh_database
from tests.sync.center.program import SECRET, County
from tests.sync.center.test_exchange import by_network, run, tell
from tests.sync.center.test_lending import room_of
from tests.sync.center.test_rescuing import heir_of
from tests.sync.fakes import OpenCabinet
from tests.sync.world import NEIGHBOR, Desk, a_laptop, enroll

EPOCH = 300_000
Lost = Callable[[Center], Center]


@pytest.fixture
def lose(center: Center, tmp_path: Path, request: pytest.FixtureRequest) -> Lost:
    """Everything is gone but the keys; the new county stands in an empty database of the same kind."""

    def lost(old: Center) -> Center:
        url = f"sqlite:///{tmp_path / 'anew.db'}"
        if not center.database.one_writer:
            url = fresh_database(request.getfixturevalue("server"))
        ground = Ground(
            old.sealer, OpenCabinet(), old.now, Random(99).randbytes, old.places, old.shipped, former=old.former
        )  # fmt: skip
        made = take_over(
            Database(open_engine(url), old.county), ground, center=old.card.center, name=old.card.name, epoch=EPOCH,
            who="沈", chain=old.chain,
        )  # fmt: skip
        request.addfinalizer(made.database.close)
        return made

    return lost


def asked(center: Center, desk: Desk, **changes: str) -> JoinRequest:
    """What a forgotten laptop asks, with the county's own word on it."""
    told = witness_of(desk.journal, center.county, desk.id)
    sign, seal = desk.sealer.sign_public.hex(), desk.sealer.seal_public.hex()
    return replace(JoinRequest(desk.id, sign, seal, "调委会", desk.township, "李", witness=told), **changes)


def comes_back(center: Center, desk: Desk) -> None:
    """It is not known, shows its witness, and exchanges as ever."""
    join(center, asked(center, desk))
    by_network(center, desk)


def seat_of(center: Center, desk: Desk) -> str:
    """Its two characters."""
    with center.database.reading() as scope:
        return str(scope.value(select(DESK.c.seat).where(DESK.c.desk == desk.id)))


def blocks(center: Center) -> set[tuple[str, str, int, int, str]]:
    """Every number that was given, by whom."""
    columns = (NUMBER_BLOCK.c.kind, NUMBER_BLOCK.c.room, NUMBER_BLOCK.c.first, NUMBER_BLOCK.c.last, NUMBER_BLOCK.c.desk)
    with center.database.reading() as scope:
        rows = scope.rows(select(*columns))
    return {(row.kind, row.room, row.first, row.last, row.desk) for row in rows}


@pytest.fixture
def desks(center: Center) -> list[Desk]:
    """Three laptops of two townships that know each other's work."""
    made = [a_laptop(Random(n), center, f"desk-{n}", township=NEIGHBOR if n == 2 else "331122101") for n in range(3)]
    for number, each in enumerate(made):
        tell(each, 3 + number, case=f"{number:032x}")
    for each in (*made, *made):
        by_network(center, each)
    return made


def test_all_that_any_laptop_holds_comes_back_with_seats_numbers_and_cursors(
    center: Center, desks: list[Desk], lose: Lost
) -> None:
    before = {(each.desk, each.n) for desk in desks for each in desk.journal.held.values() if each.reach == "county"}
    seats, given = [seat_of(center, each) for each in desks], blocks(center)
    anew = lose(center)
    with pytest.raises(MediatorError, match=r"bundle\.sender"):
        reading_of(anew, desks[0])
    for each in desks:
        comes_back(anew, each)
    for each in desks:
        by_network(anew, each)
    assert fold_dirty(anew) == 0
    held = {(desk, n) for desk in rows_of(anew) for n in numbers_of(anew, desk)}
    assert before <= held
    assert [seat_of(anew, each) for each in desks] == seats
    assert given <= blocks(anew)
    clash = sorted((kind, room, first, last) for kind, room, first, last, _ in blocks(anew))
    assert all(one[:2] != two[:2] or one[3] < two[2] for one, two in pairwise(clash))
    assert check(anew).findings == ()
    assert reading.case_count(anew) == reading.case_count(center) == 3
    tell(desks[0], 1, case="0" * 32)
    by_network(anew, desks[0])
    by_network(anew, desks[1])
    states = {state_bytes(each.journal.log(StreamId("0" * 32)).state) for each in desks[:2]}
    assert len(states) == 1


def reading_of(center: Center, desk: Desk) -> None:
    """What a laptop sends, read."""
    from sync.center.answering import read

    read(center, bundle_of(center, desk))


def rows_of(center: Center) -> list[DeskId]:
    """Every desk."""
    with center.database.reading() as scope:
        return [DeskId(row.desk) for row in scope.rows(select(DESK.c.desk))]


def numbers_of(center: Center, desk: DeskId) -> list[int]:
    """Its entries here."""
    return [each.n for each in Keeper(center).since(desk, 0, 9_999)]


def test_what_a_laptop_that_is_gone_had_said_comes_by_others_and_its_absence_is_told(
    center: Center, desks: list[Desk], lose: Lost
) -> None:
    gone, beside, elsewhere = desks
    anew = lose(center)
    for each in (beside, elsewhere, beside):
        comes_back(anew, each) if each is not beside or not numbers_of(anew, beside.id) else by_network(anew, each)
    county = [each.n for each in gone.journal.since(gone.id, 0, 99) if each.reach == "county"]
    assert numbers_of(anew, gone.id) == county
    assert [(row.desk, row.head_n) for row in witness.absent(anew)] == [(gone.id, county[-1])]
    comes_back(anew, gone)
    assert witness.absent(anew) == []
    assert check(anew).findings == ()


@pytest.mark.threat("T53")
def test_a_stolen_laptop_is_out_again_as_soon_as_one_honest_one_has_told(
    center: Center, desks: list[Desk], lose: Lost
) -> None:
    stolen, honest, _ = desks
    revoke(center, stolen.id, who="沈")
    by_network(center, honest)
    anew = lose(center)
    comes_back(anew, honest)
    with pytest.raises(MediatorError, match=r"desk\.revoked"):
        join(anew, asked(anew, stolen))


@pytest.mark.threat("T42")
@pytest.mark.parametrize("fault", ["forged", "another's", "no bytes", "other keys", "other word"])
def test_a_word_that_is_not_the_countys_on_this_very_desk_admits_nobody(
    center: Center, desks: list[Desk], lose: Lost, fault: str
) -> None:
    one, other, _ = desks
    anew, told = lose(center), asked(center, one)
    stranger = replace(center, sealer=one.sealer)
    foreign = urlsafe_b64encode(one.journal.since(one.id, 0, 1)[0].raw).decode()
    wrong = {
        "forged": lambda: replace(told, witness=told.witness[:-8] + "AAAAAAA="),
        "another's": lambda: replace(told, witness=asked(center, other).witness),
        "no bytes": lambda: replace(told, witness="不是"),
        "other keys": lambda: replace(told, sign=stranger.sealer.seal_public.hex()),
        "other word": lambda: replace(told, witness=foreign),
    }[fault]()
    with pytest.raises(MediatorError, match=r"enroll\.witness"):
        join(anew, wrong)
    assert len(rows_of(anew)) == 1


def test_a_county_whose_keys_had_changed_is_found_again_from_the_newest_copy(
    center: Center, desks: list[Desk], lose: Lost
) -> None:
    from tests.sync.fakes import FakeSealer

    newer = rotating.rotate(center, FakeSealer("center-2"), who="沈")
    by_network(newer, desks[0])
    anew = lose(newer)
    for each in desks:
        comes_back(anew, each)
    for each in desks:
        by_network(anew, each)
    assert check(anew).findings == ()
    assert witness.absent(anew) == []


def test_lent_cases_and_former_lives_come_back_to_whose_they_are(center: Center, desks: list[Desk], lose: Lost) -> None:
    owner, _, borrower = desks
    lending.grant(center, "0" * 32, room_of(center, borrower), reason="联动", who="沈")
    by_network(center, borrower)
    borrower.writer.write(StreamId("0" * 32), "case.set", {"fields": {"facts": "借办的室写的"}})
    by_network(center, borrower)
    heir = heir_of(owner, "desk-heir")
    enroll(heir, center)
    by_network(center, heir)
    anew = lose(center)
    for each in (borrower, heir, borrower, heir, borrower):
        comes_back(anew, each) if not numbers_of(anew, each.id) else by_network(anew, each)
    assert fold_dirty(anew) == 0
    assert reading.show(anew, "0" * 32, who="沈").case.facts == "借办的室写的"
    assert {line.code: line.accepted for line in reading.townships(anew)}[NEIGHBOR] == 0
    assert check(anew).findings == ()


def test_a_stick_alone_brings_a_county_back(center: Center, desks: list[Desk], lose: Lost, tmp_path: Path) -> None:
    desk, anew = desks[0], lose(center)
    folder = tmp_path / "stick"
    folder.mkdir()
    bundle = request_bundle(asked(center, desk), center.card, desk.sealer, no=1, wall=1)
    write_safely(folder, stick_name(center.card.center, "enroll", desk.id, 1), bundle)
    for _ in range(3):
        run(anew, desk, StickCarrier(folder, center.card.center, desk.id))
        stick.handle(anew, folder)
    run(anew, desk, StickCarrier(folder, center.card.center, desk.id))
    assert Keeper(anew).top(desk.id) == desk.journal.top(desk.id)


def test_a_seat_that_was_taken_is_given_to_nobody_else(center: Center, desks: list[Desk], lose: Lost) -> None:
    anew = lose(center)
    late = a_laptop(Random(9), anew, "desk-late")
    comes_back(anew, desks[0])
    keep_supplied(anew, desks[0].id)
    assert seat_of(anew, late) not in {seat_of(center, each) for each in desks}
    with anew.database.reading() as scope:
        assert scope.value(select(SEAT.c.desk).where(SEAT.c.seat == seat_of(center, desks[0]))) == desks[0].id


def test_the_command_begins_again_from_the_copied_keys(tmp_path: Path) -> None:
    first = County(tmp_path / "one")
    made = first.init().document
    assert first("backup", "--out", str(tmp_path / "backup"), "--keys", str(tmp_path / "keys")).code == 0
    again, secret = County(tmp_path / "two"), tmp_path / "two.secret"
    secret.write_text(SECRET)
    options = ("--name", "缙云县中心", "--admin", "shen", "--password-file", str(secret))
    refused = again("takeover", *options)
    assert (refused.code, refused.document["error"]["code"]) == (4, "center_backup.keys")
    told = again("takeover", *options, "--keys", str(tmp_path / "keys"))
    assert told.code == 0, told.out
    assert (told.document["fingerprint"], told.document["epoch"] > 1) == (made["fingerprint"], True)
    assert again("check").document["ok"]
    assert again("takeover", *options).document["error"]["code"] == "center.exists"
