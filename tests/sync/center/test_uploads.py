"""Large bundles in pieces: lost, doubled, out of order, cut anywhere, from strangers, after a restart."""

from __future__ import annotations

from random import Random
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, update

from mediator.errors import MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import uploads
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import DESK, UPLOAD, UPLOAD_PART
from sync.center.uploads import LIFE, NAMELESS, Place, add_piece, forget, open_upload, place_of, whole
from sync.wire.bundle import MAGIC, PREFIX, read_cover
from sync.wire.limits import MAX_BUNDLE
from tests.sync.center.bundles import bundle_of, reopened
from tests.sync.center.test_exchange import tell
from tests.sync.fakes import Clock
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def desk(center: Center) -> Desk:
    """An enrolled desk with something to send."""
    made = a_laptop(Random(1), center, "desk-up")
    tell(made, 3)
    return made


def opened(center: Center, data: bytes) -> str:
    """A ticket for a bundle."""
    ticket = read_cover(data).header.bundle
    assert open_upload(center, ticket, length=len(data), start=data[:PREFIX]) == Place(0, len(data))
    return ticket


def code_of(center: Center, ticket: str, offset: int, piece: bytes) -> str:
    """Why a piece is refused."""
    with pytest.raises(MediatorError) as caught:
        add_piece(center, ticket, offset, piece)
    return caught.value.code


def staged(center: Center) -> tuple[int, int]:
    """Uploads and pieces that lie in the database."""
    with center.database.reading() as scope:
        return rows(scope, UPLOAD.c.ticket), rows(scope, UPLOAD_PART.c.ticket)


def rows(scope: Scope, column: object) -> int:
    """How many."""
    return int(scope.value(select(func.count(column))))  # type: ignore[arg-type]  # a column


@pytest.mark.threat("T51")
@pytest.mark.parametrize("seed", range(4))
def test_pieces_lost_doubled_and_out_of_order_come_to_the_very_bundle(center: Center, desk: Desk, seed: int) -> None:
    random, data = Random(seed), bundle_of(center, desk)
    ticket, held = opened(center, data), 0
    while held < len(data):
        offset = random.choice((held, held, random.randrange(len(data) + 1), 0))
        piece = data[offset : offset + random.randrange(1, 600)]
        if offset == held:
            held = add_piece(center, ticket, offset, piece).held
            continue
        with pytest.raises(RefusedByRule, match=r"upload\.offset") as caught:
            add_piece(center, ticket, offset, piece)
        assert caught.value.facts["offset"] == held == place_of(center, ticket).held
    assert whole(center, ticket) == data


def test_an_upload_cut_at_any_byte_goes_on_from_there(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    for cut in {1, PREFIX - 1, PREFIX, PREFIX + 1, read_cover(data).header_end, len(data) - 1}:
        ticket = opened(center, data)
        add_piece(center, ticket, 0, data[:cut])
        later = reopened(center)
        assert open_upload(later, ticket, length=len(data), start=data[:PREFIX]) == Place(cut, len(data))
        with pytest.raises(RefusedByRule, match=r"upload\.unfinished") as caught:
            whole(later, ticket)
        assert caught.value.facts["offset"] == cut
        assert add_piece(later, ticket, cut, data[cut:]).held == len(data)
        assert whole(later, ticket) == data
        forget(later, ticket)
        later.database.close()
    assert staged(center) == (0, 0)


@pytest.mark.parametrize(
    ("ticket", "length", "start", "code"),
    [
        ("x" * 32, 100, MAGIC, "bundle.magic"), ("a" * 31, 100, MAGIC, "bundle.magic"),
        ("a" * 32, 100, b"NOTOURS!", "bundle.magic"), ("a" * 32, 0, MAGIC, "bundle.size"),
        ("a" * 32, MAX_BUNDLE + 1, MAGIC, "bundle.size"), ("a" * 32, 101, MAGIC, "bundle.size"),
    ],
)  # fmt: skip
def test_what_is_no_bundle_gets_no_ticket(center: Center, ticket: str, length: int, start: bytes, code: str) -> None:
    told = length if length != 101 else 100
    with pytest.raises(Unacceptable, match=code.replace(".", r"\.")):
        open_upload(center, ticket, length=length, start=start + bytes(8) + told.to_bytes(8, "big"))
    with pytest.raises(Unacceptable, match=r"bundle\.magic"):
        open_upload(center, "a" * 32, length=100, start=MAGIC)
    assert staged(center) == (0, 0)


def test_more_bytes_than_announced_are_refused_and_the_upload_is_dropped(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    ticket = opened(center, data)
    add_piece(center, ticket, 0, data[:100])
    assert code_of(center, ticket, 100, data[100:] + b"x") == "bundle.size"
    assert staged(center) == (0, 0)
    assert code_of(center, ticket, 100, b"x") == "upload.unknown"


@pytest.mark.threat("T61")
@pytest.mark.parametrize("state", ["nobody", "guest", "center"])
def test_only_a_desk_of_the_county_may_fill_the_disk(center: Center, desk: Desk, state: str) -> None:
    data = bundle_of(center, desk)
    known = update(DESK).where(DESK.c.desk == desk.id)
    center.database.write(lambda scope: scope.change(known.values(state=state)))
    ticket = opened(center, data)
    assert add_piece(center, ticket, 0, data[:PREFIX]).held == PREFIX, "nothing is known yet"
    assert code_of(center, ticket, PREFIX, data[PREFIX:]) == "bundle.sender"
    assert staged(center) == (0, 0)


def test_a_ticket_is_good_for_its_own_bundle_alone(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    open_upload(center, "a" * 32, length=len(data), start=data[:PREFIX])
    assert code_of(center, "a" * 32, 0, data) == "bundle.sender"
    long_header = data[:12] + (1 << 20).to_bytes(4, "big") + data[16:]
    open_upload(center, "b" * 32, length=len(data), start=long_header[:PREFIX])
    assert code_of(center, "b" * 32, 0, long_header) == "bundle.header"


@pytest.mark.threat("T61")
def test_strangers_who_announce_much_keep_nobody_out(center: Center, desk: Desk) -> None:
    start = MAGIC + bytes(8) + MAX_BUNDLE.to_bytes(8, "big")
    for number in range(NAMELESS + 30):
        open_upload(center, f"{number:032x}", length=MAX_BUNDLE, start=start)
    assert staged(center) == (NAMELESS, 0)
    data = bundle_of(center, desk)
    ticket = opened(center, data)
    assert add_piece(center, ticket, 0, data).held == len(data)
    for number in range(NAMELESS):
        open_upload(center, f"{number:031x}f", length=MAX_BUNDLE, start=start)
    assert whole(center, ticket) == data, "an upload that has a name is never pushed out by those who have none"


def test_a_county_without_room_says_so_and_keeps_nothing(
    center: Center, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bundle_of(center, desk)
    ticket = opened(center, data)
    monkeypatch.setattr(uploads, "MAX_STAGED", len(data) - 1)
    with pytest.raises(WorldFailed, match=r"center\.full"):
        add_piece(center, ticket, 0, data)
    assert staged(center) == (1, 0)
    monkeypatch.setattr(uploads, "MAX_STAGED", len(data))
    assert add_piece(center, ticket, 0, data).held == len(data)


def test_a_desks_third_upload_replaces_its_oldest(center: Center, desk: Desk) -> None:
    tickets = []
    for no in range(3):
        data = bundle_of(center, desk, no=no)
        tickets.append(opened(center, data))
        add_piece(center, tickets[-1], 0, data[:-1])
    with pytest.raises(RefusedByRule, match=r"upload\.unknown"):
        place_of(center, tickets[0])
    assert [place_of(center, each).held for each in tickets[1:]] == [len(data) - 1] * 2


def test_after_seven_days_without_a_byte_nothing_is_left(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    ticket = opened(center, data)
    add_piece(center, ticket, 0, data[:-1])
    assert isinstance(center.now, Clock)
    center.now.ms += LIFE - 60_000
    assert add_piece(center, ticket, len(data) - 1, b"").held == len(data) - 1, "an empty piece keeps it alive"
    center.now.ms += LIFE + 60_000
    with pytest.raises(RefusedByRule, match=r"upload\.unknown"):
        place_of(center, ticket)
    assert code_of(center, ticket, len(data) - 1, data[-1:]) == "upload.unknown"
    opened(center, bundle_of(center, desk, no=2))
    assert staged(center) == (1, 0)


def test_two_who_write_at_one_place_double_nothing(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    ticket, start, said = opened(center, data), Barrier(4), list[str]()

    def write() -> None:
        start.wait()
        try:
            add_piece(center, ticket, 0, data)
            said.append("kept")
        except MediatorError as error:
            said.append(error.code)

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["kept", *["upload.offset"] * 3]
    assert whole(center, ticket) == data
