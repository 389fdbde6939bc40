"""Numbers: from the center's block, else the seat's, else provisional; never the same twice, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.journal.entry import DeskId, StreamId
from mediator.store.driver import Connection, Database
from mediator.store.migrations import migrate
from mediator.store.numbering import USED_UP, keep_block, left_in_blocks, next_serial, take_number
from mediator.store.opening import make_database
from mediator.store.vault import Deed, Inside
from tests.journal.list_journal import Writer
from tests.store.vaults import a_vault, run_sql

DESK = DeskId("7a" * 16)
YEAR = 2026


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = make_database(tmp_path / "numbers.db", bytearray(32))
    made.execute("PRAGMA synchronous=OFF")
    migrate(Database(made))
    yield made
    made.close()


def granted(first: object, last: object, **changes: object) -> dict[str, object]:
    """The body of a grant."""
    return {
        "desk": DESK,
        "kind": "民调",
        "year": YEAR,
        "room": "缙壶",
        "seat": "7K",
        "from": first,
        "to": last,
    } | changes


def take(connection: Connection, *, seat: str = "7K", word: str = "民调", year: int = YEAR) -> str:
    return take_number(connection, word=word, year=year, desk=DESK, seat=seat, room="缙壶")


def test_before_enrollment_a_number_bears_the_mark_of_the_desk(connection: Connection) -> None:
    assert [take(connection, seat="") for _ in range(2)] == ["临F9X7M-0001", "临F9X7M-0002"]


def test_with_a_seat_and_no_block_a_number_bears_the_seat_and_each_word_and_year_counts_alone(
    connection: Connection,
) -> None:
    taken = [take(connection), take(connection), take(connection, word="信"), take(connection, year=2027)]
    assert taken == [
        "（2026）缙壶民调字第7K-0001号", "（2026）缙壶民调字第7K-0002号", "（2026）缙壶信字第7K-0001号",
        "（2027）缙壶民调字第7K-0001号",
    ]  # fmt: skip


def test_a_block_is_used_up_to_its_last_number_and_the_next_one_follows_without_a_step(connection: Connection) -> None:
    keep_block(connection, granted(1, 3), DESK)
    keep_block(connection, granted(4, 5), DESK)
    assert left_in_blocks(connection, "民调", YEAR) == 5
    assert [take(connection)[-6:] for _ in range(6)] == [
        "第0001号", "第0002号", "第0003号", "第0004号", "第0005号", "-0001号"
    ]  # fmt: skip
    assert left_in_blocks(connection, "民调", YEAR) == 0
    keep_block(connection, granted(6, 6), DESK)
    assert take(connection) == "（2026）缙壶民调字第0006号"
    assert take(connection).endswith("7K-0002号")


def test_a_block_used_up_by_an_older_program_does_not_stand_in_the_way_of_the_next(connection: Connection) -> None:
    connection.execute("INSERT INTO block VALUES ('民调', 2026, '缙壶', 201, 200)")
    keep_block(connection, granted(201, 400), DESK)
    assert take(connection) == "（2026）缙壶民调字第0201号"
    assert connection.execute("SELECT max(next) FROM block").fetchone() == (USED_UP + 200,)


@pytest.mark.parametrize(
    "body",
    [
        granted(1, 200, desk="ff" * 16), granted(1, 200, kind=None), granted("1", 200), granted(1, 200.5),
        granted(1, 1 << 60), granted(0, 200), granted(-5, 5), granted(9, 5), granted(1, 200, year="2026"),
        granted(1, 200, room=7), {}, {"desk": DESK},
    ],
)  # fmt: skip
def test_a_grant_that_is_not_ours_or_makes_no_sense_gives_no_number_and_stops_nothing(
    body: dict[str, object], connection: Connection
) -> None:
    keep_block(connection, body, DESK)
    assert connection.execute("SELECT count(*) FROM block").fetchone() == (0,)


def test_a_center_back_from_a_backup_grants_again_and_no_number_is_given_twice(connection: Connection) -> None:
    keep_block(connection, granted(1, 10), DESK)
    given = [take(connection) for _ in range(7)]
    keep_block(connection, granted(1, 10), DESK)
    keep_block(connection, granted(6, 15), DESK)
    given += [take(connection) for _ in range(10)]
    assert len(set(given)) == 17
    assert [number for number in given if "K" in number] == given[15:]


GRANTS = st.tuples(st.integers(1, 30), st.integers(0, 12))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.just("take"), GRANTS, st.just("move")), max_size=60))
def test_no_number_is_ever_given_twice(connection: Connection, steps: list[object]) -> None:
    connection.execute("DELETE FROM block")
    connection.execute("DELETE FROM serial")
    taken, seat = list[str](), ""
    for step in [*steps, *["take"] * 5]:
        if isinstance(step, tuple):
            keep_block(connection, granted(step[0], step[0] + step[1]), DESK)
        elif step == "move":
            seat = "" if seat else "7K"
        else:
            taken.append(take(connection, seat=seat))
    assert len(set(taken)) == len(taken)


@pytest.mark.threat("T18")
def test_a_rolled_back_counter_passes_over_every_number_that_a_case_bears(connection: Connection) -> None:
    connection.executemany("INSERT INTO alias VALUES (?, ?)", [(take(connection), f"{n:032x}") for n in range(3)])
    connection.execute("DELETE FROM serial")
    assert take(connection) == "（2026）缙壶民调字第7K-0004号"


def test_running_numbers_count_from_one_for_each_name(connection: Connection) -> None:
    assert [next_serial(connection, name) for name in ("a", "a", "b", "a")] == [1, 2, 1, 3]


def test_a_grant_arrives_with_an_exchange_and_a_number_of_a_failed_deed_is_free_again(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    center = Writer("center")
    for first, last in ((1, 2), (3, 4)):
        center.write(StreamId("cc" * 16), "numbers.granted", granted(first, last, desk=vault.desk))
    vault.absorb([center.journal.held[center.desk, n] for n in (2, 1)])
    assert vault.numbers_left("民调") == 4
    with pytest.raises(KeyboardInterrupt):
        vault.perform(pulled)
    assert vault.numbers_left("民调") == 4
    numbers: list[str] = []

    def kept(inside: Inside) -> Deed:
        numbers.append(inside.take_number("民调"))
        return Deed([])

    vault.perform(kept)
    assert numbers == ["（2026）缙壶民调字第0001号"]
    assert vault.numbers_left("民调") == 3
    assert run_sql(vault, "SELECT count(*) FROM block") == [(2,)]
    vault.close()


def pulled(inside: Inside) -> Deed:
    """A deed that took a number and failed."""
    inside.take_number("民调")
    raise KeyboardInterrupt
