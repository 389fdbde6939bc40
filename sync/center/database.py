"""The county's database: SQLite in the data folder or PostgreSQL by URL, and one county's window on it.

Every statement goes through a `Scope`, which binds it to its county: forgetting the county is not possible. While a
page is made for somebody of a township, every question about cases is bound to that township too, in the same place.
Writing work is a function, so that it can be tried again when the database says two of them met (row 20).
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection, Engine, Row, Select, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.sql.dml import Delete, Update
from sqlalchemy.sql.util import find_tables

from mediator.errors import Bug, Unacceptable, WorldFailed

T = TypeVar("T")
S = TypeVar("S", bound="Select[Any] | Update | Delete")
TRIES: Final = 5
CHUNK: Final = 400
PAUSE: Final = 0.02
MEETING: Final = frozenset({"40001", "40P01", "55P03"})
FULL: Final = frozenset({"53100", "53200"})
ONE_MOMENT: Final = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON",
                  "trusted_schema=OFF", "temp_store=MEMORY")  # fmt: skip

OF_TOWNSHIPS: Final = frozenset({"case_row", "fact_row", "blind", "sum_row"})
_SIGHT: ContextVar[str] = ContextVar("sight", default="")


def sight() -> str:
    """The township that is looked from now, empty for the whole county."""
    return _SIGHT.get()


@contextmanager
def seen_from(township: str) -> Iterator[None]:
    """Within it this request, and the threads it waits for, see one township's cases alone (T57); empty sees all.

    It stands in the context and not among the arguments, so that a page that forgets it does not exist.
    """
    token = _SIGHT.set(township)
    try:
        yield
    finally:
        _SIGHT.reset(token)


class Scope:
    """One county's window on an open transaction."""

    __slots__ = ("_connection", "county", "township")

    def __init__(self, connection: Connection, county: str) -> None:
        """Bind a connection to a county, and to a township while one is looked from."""
        self._connection, self.county, self.township = connection, county, sight()
        if connection.dialect.name == "postgresql":
            self._behind_the_wall()

    def _behind_the_wall(self) -> None:
        """Tell the database too whose rows this transaction may see (`sync.center.walls`)."""
        named = {"county": self.county} | ({"township": self.township} if self.township else {})
        for name, value in named.items():
            if not value.isalnum():
                raise Bug("center.division")
            self._connection.exec_driver_sql(f"SET LOCAL mediator.{name} = '{value}'")

    def bound(self, statement: S) -> S:
        """The statement with the county in its WHERE, for each table it names."""
        bound: Any = statement
        for each in dict.fromkeys(each for each in find_tables(statement, check_columns=True) if each is not None):
            bound = bound.where(each.c.county == self.county)
            if self.township and each.name in OF_TOWNSHIPS:
                bound = bound.where(each.c.township == self.township)
        return cast("S", bound)

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows."""
        return self._connection.execute(self.bound(statement)).all()

    def one(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, if any."""
        return self._connection.execute(self.bound(statement)).first()

    def value(self, statement: Select[Any]) -> Any:
        """The first column of the first row, None when there is none."""
        return self._connection.execute(self.bound(statement)).scalar()

    def locked(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, locked until the transaction ends (SQLite's one writer holds everything anyway)."""
        return self._connection.execute(self.bound(statement).with_for_update()).first()

    def change(self, statement: Update | Delete) -> int:
        """Run an UPDATE or DELETE; the count of rows."""
        return self._connection.execute(self.bound(statement)).rowcount

    def changed(self, statement: Update) -> Row[Any] | None:
        """Run an UPDATE … RETURNING; its first row."""
        return self._connection.execute(self.bound(statement)).first()

    def add(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows."""
        if rows:
            self._connection.execute(table.insert(), [{"county": self.county, **row} for row in rows])

    def add_if_absent(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert those rows whose key is not there; the two dialects' ON CONFLICT behind one function."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        if rows:
            statement = insert(table).on_conflict_do_nothing()
            self._connection.execute(statement, [{"county": self.county, **row} for row in rows])

    def put(self, table: Table, row: Mapping[str, object]) -> None:
        """Insert a row or overwrite the one with its key."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        keys = [column.name for column in table.primary_key]
        kept = {name: value for name, value in row.items() if name not in keys}
        statement = insert(table).values({"county": self.county, **row})
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=kept))

    def add_up(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Add the rows' numbers to those under their keys, in one order, so that two never wait for each other."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        keys = [column.name for column in table.primary_key]
        statement = insert(table)
        added = {each.name: each + statement.excluded[each.name] for each in table.columns if each.name not in keys}
        if rows:
            ordered = sorted(({"county": self.county, **row} for row in rows), key=lambda row: [row[k] for k in keys])
            self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added), ordered)

    def meta(self, table: Table, name: str) -> str | None:
        """A value of a name/value table."""
        found = self.value(select(table.c.value).where(table.c.name == name))
        return None if found is None else str(found)


class Database:
    """The engine and the county it serves."""

    __slots__ = ("_lock", "county", "engine", "pause")

    def __init__(self, engine: Engine, county: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        """`pause` waits between tries; tests hand in one that does not."""
        self.engine, self.county, self.pause = engine, county, pause
        self._lock = threading.Lock()

    @property
    def one_writer(self) -> bool:
        """True for SQLite, which takes one writing process."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Scope]:
        """A read-only window on one moment's state; raises WorldFailed `center.busy`, `center.*`."""
        options = {} if self.one_writer else ONE_MOMENT
        with translated(), self.engine.connect().execution_options(**options) as connection:
            yield Scope(connection, self.county)

    def write(self, work: Callable[[Scope], T]) -> T:
        """Run `work` in one transaction, up to five times when transactions meet; then WorldFailed `center.busy`."""
        for attempt in range(TRIES):
            try:
                return self._write_once(work)
            except NoneFree:
                break
            except DBAPIError as error:
                if state_of(error) not in MEETING:
                    raise world(error) from None
                self.pause(PAUSE * (attempt + random.random()))
        raise WorldFailed("center.busy")

    def _write_once(self, work: Callable[[Scope], T]) -> T:
        if not self.one_writer:
            with self.engine.begin() as connection:
                return work(Scope(connection, self.county))
        with self._lock, self.engine.connect().execution_options(immediate=True) as connection, connection.begin():
            return work(Scope(connection, self.county))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def state_of(error: DBAPIError) -> str:
    """SQLSTATE of an error; SQLite's busy and full are told by their PostgreSQL equals."""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state)
    text = str(error.orig)
    return "55P03" if "locked" in text else "53100" if "full" in text else ""


def world(error: DBAPIError) -> WorldFailed:
    """What a database error means for the world: full, or out of order."""
    return WorldFailed("center.full" if state_of(error) in FULL else "center.database")


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the driver as errors of ours; no free connection for half a minute is a busy county."""
    try:
        yield
    except NoneFree:
        raise WorldFailed("center.busy") from None
    except DBAPIError as error:
        raise world(error) from None


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; raises Unacceptable `center.database_url`."""
    if url.startswith("postgresql+psycopg://"):
        engine = create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    if not url.startswith("sqlite:///"):
        raise Unacceptable("center.database_url")
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Where the tables are spread over machines (`distributing`), each must hear whose rows a transaction may see."""
    with connection.cursor() as cursor:
        cursor.execute("SET citus.propagate_set_commands TO 'local'")  # another server keeps it as a word of no meaning
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Settings of every SQLite connection; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the database before they read anything to decide on (sqlite-sync#70)."""
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Slices short enough for one IN list."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
