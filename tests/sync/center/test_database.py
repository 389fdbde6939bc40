"""One county's window on its database: bound to the county, one moment, tried again when writers meet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from mediator.errors import Unacceptable, WorldFailed
from sync.center.county import Center
from sync.center.database import PRAGMAS, TRIES, Database, Scope, chunks, open_engine, state_of, world
from sync.center.tables import CASE_ROW, CENTER_META, DESK, ENTRY, METADATA, SEAT


def put_seat(center: Center, seat: str) -> None:
    """One row more."""
    center.database.write(lambda scope: scope.add(SEAT, [{"seat": seat, "desk": "d"}]))


def seats(scope: Scope) -> int:
    """How many rows a scope sees."""
    return int(scope.value(select(func.count()).select_from(SEAT)))


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(center: Center) -> None:
    put_seat(center, "00")
    with center.database.reading() as scope:
        assert seats(scope) == 1
        put_seat(center, "01")
        assert seats(scope) == 1, "the same moment"
    with center.database.reading() as scope:
        assert seats(scope) == 2


def test_a_county_never_sees_or_changes_anothers_rows(center: Center) -> None:
    put_seat(center, "00")
    other = Database(center.database.engine, "331123")
    other.write(lambda scope: scope.add(SEAT, [{"seat": "00", "desk": "theirs"}]))
    with other.reading() as scope:
        assert [row.desk for row in scope.rows(select(SEAT))] == ["theirs"]
        joined = SEAT.join(DESK, SEAT.c.desk == DESK.c.desk)
        assert scope.rows(select(SEAT.c.seat).select_from(joined)) == []
    assert other.write(lambda scope: scope.change(update(SEAT).values(desk="gone"))) == 1
    assert other.write(lambda scope: scope.change(delete(SEAT))) == 1
    with center.database.reading() as scope:
        assert [row.desk for row in scope.rows(select(SEAT))] == ["d"]


def test_every_table_and_every_index_begins_with_the_county() -> None:
    for table in METADATA.sorted_tables:
        assert next(iter(table.primary_key.columns)).name == "county", table.name
        for index in table.indexes:
            assert next(iter(index.columns)).name == "county", index.name
        assert table.foreign_keys == set()


def test_the_county_stands_in_the_where_of_each_table_a_statement_names(center: Center) -> None:
    joined = ENTRY.join(CASE_ROW, ENTRY.c.stream == CASE_ROW.c.case)
    for statement in (select(ENTRY.c.n).select_from(joined), update(CASE_ROW).values(dirty=1), delete(ENTRY)):
        with center.database.reading() as scope:
            text = str(scope.bound(statement).compile(center.database.engine))
        where = text.partition("WHERE")[2]
        for name in ("entry", "case_row"):
            assert (f"{name}.county =" in where) == (name in text.partition("WHERE")[0])


class Clash(Exception):
    """A driver's error with a state."""

    def __init__(self, state: str = "") -> None:
        super().__init__(state)
        self.sqlstate = state


def meeting(state: str) -> OperationalError:
    """What SQLAlchemy raises when the database says two transactions met."""
    return OperationalError("statement", {}, Clash(state))


def test_writers_that_meet_are_tried_again_and_each_wait_is_longer(center: Center) -> None:
    waits: list[float] = []
    database = Database(center.database.engine, center.county, pause=waits.append)
    left = [meeting("40001"), meeting("40P01"), meeting("55P03")]

    def work(_scope: Scope) -> str:
        if left:
            raise left.pop()
        return "done"

    assert database.write(work) == "done"
    assert len(waits) == 3
    assert waits[0] < 0.02 <= waits[1] < 0.04 <= waits[2] < 0.06


def test_writers_that_always_meet_end_as_busy_and_nothing_is_written(center: Center) -> None:
    tries: list[int] = []

    def work(scope: Scope) -> None:
        scope.add(SEAT, [{"seat": "00", "desk": "d"}])
        tries.append(seats(scope))
        raise meeting("40001")

    database = Database(center.database.engine, center.county, pause=lambda _seconds: None)
    with pytest.raises(WorldFailed, match=r"center\.busy"):
        database.write(work)
    assert tries == [1] * TRIES
    with database.reading() as scope:
        assert seats(scope) == 0


@pytest.mark.parametrize(
    ("orig", "state", "code"),
    [
        (sqlite3.OperationalError("database is locked"), "55P03", "center.database"),
        (sqlite3.OperationalError("database or disk is full"), "53100", "center.full"),
        (sqlite3.OperationalError("disk I/O error"), "", "center.database"),
        (Clash("53200"), "53200", "center.full"),
        (Clash("08006"), "08006", "center.database"),
    ],
)
def test_what_a_driver_says_is_told_as_full_busy_or_out_of_order(orig: Exception, state: str, code: str) -> None:
    error = DBAPIError("statement", {}, orig)
    assert state_of(error) == state
    assert world(error).code == code


def test_an_error_of_a_reader_is_told_without_its_statement(center: Center) -> None:
    with pytest.raises(WorldFailed, match=r"center\.database") as caught, center.database.reading() as scope:
        scope.rows(select(SEAT.c.seat.op("no_such_operator")("x")))
    assert "no_such_operator" not in str(caught.value)


@contextmanager
def starved(center: Center) -> Iterator[Database]:
    """A database all of whose connections are taken."""
    pool = center.database.engine.pool
    assert isinstance(pool, QueuePool)
    pool._timeout = 0.01
    with ExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            held.enter_context(center.database.reading())
        yield center.database


def test_no_free_connection_is_a_busy_county_and_no_defect(center: Center) -> None:
    with starved(center) as database:
        with pytest.raises(WorldFailed, match=r"center\.busy"):
            database.write(lambda _scope: None)
        with pytest.raises(WorldFailed, match=r"center\.busy"), database.reading():
            pass


def test_sqlite_is_opened_durable_and_wary(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1,
              "trusted_schema": 0, "temp_store": 2}  # fmt: skip
    assert {each.partition("=")[0] for each in PRAGMAS} == set(wanted)
    with engine.connect() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
    engine.dispose()


@pytest.mark.parametrize("url", ["", "mysql://x", "postgresql://x", "sqlite:/x", "file.db"])
def test_only_the_two_databases_are_known(url: str) -> None:
    with pytest.raises(Unacceptable, match=r"center\.database_url"):
        open_engine(url)


def test_rows_are_put_whole_and_added_once(center: Center) -> None:
    def work(scope: Scope) -> list[str | None]:
        scope.put(CENTER_META, {"name": "x", "value": "1"})
        scope.put(CENTER_META, {"name": "x", "value": "2"})
        scope.add_if_absent(CENTER_META, [{"name": "x", "value": "3"}, {"name": "y", "value": "4"}])
        scope.add_if_absent(CENTER_META, [])
        scope.add(CENTER_META, [])
        return [scope.meta(CENTER_META, name) for name in ("x", "y", "z")]

    assert center.database.write(work) == ["2", "4", None]


def test_a_lost_connection_of_postgresql_is_told(server: str) -> None:
    engine = open_engine(server.rpartition("/")[0] + "/no_such_database")
    with pytest.raises(WorldFailed, match=r"center\.database"):
        Database(engine, "331122").write(lambda _scope: None)
    engine.dispose()


def test_a_long_list_is_cut_into_pieces_that_fit_one_statement() -> None:
    assert [list(part) for part in chunks([1, 2, 3, 4, 5], 2)] == [[1, 2], [3, 4], [5]]
    assert list(chunks([])) == []
