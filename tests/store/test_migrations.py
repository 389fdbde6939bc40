"""The schema: made in named steps, each whole; a file of a newer program is refused; the names are for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from mediator.errors import Unacceptable
from mediator.store import migrations
from mediator.store.driver import Connection, Database, Migrations
from mediator.store.migrations import KNOWN, migrate
from mediator.store.opening import make_database, open_database
from tests.store.killing import killed_at

TABLES = {
    "journal", "setting", "secret", "paper", "block", "serial", "case_row", "alias", "text", "cursor", "receipt",
    "outgoing", "exchange",
}  # fmt: skip


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = make_database(tmp_path / "some.db", bytearray(32))
    yield made
    made.close()


def tables(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_names_of_the_steps_are_never_changed() -> None:
    assert KNOWN[:6] == (
        "keep_every_entry", "list_cases", "find_any_words", "exchange_with_the_county",
        "see_duplicates_and_similar_cases", "list_cases_under_order",
    )  # fmt: skip


def test_a_new_file_gets_every_table_and_a_second_run_changes_nothing(connection: Connection) -> None:
    migrate(Database(connection))
    assert tables(connection) >= TABLES
    before = connection.execute("SELECT * FROM _sqlite_migrations").fetchall()
    migrate(Database(connection))
    assert connection.execute("SELECT * FROM _sqlite_migrations").fetchall() == before


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_is_strict_about_its_types(table: str, connection: Connection) -> None:
    migrate(Database(connection))
    assert connection.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (table,)).fetchone() == (1,)


@pytest.mark.threat("T23")
def test_a_file_of_a_newer_program_is_refused_and_gets_nothing_new(connection: Connection) -> None:
    migrate(Database(connection))
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('vault', 'of_next_year', '')"
    )
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'list_cases'")
    before = connection.total_changes
    with pytest.raises(Unacceptable, match=r"vault\.newer"):
        migrate(Database(connection))
    assert connection.total_changes == before


@pytest.mark.threat("T23")
def test_a_step_that_fails_is_undone_whole_and_made_up_for_later(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Migrations("vault")
    broken = True

    @steps()
    def keep_words(db: Database) -> None:
        db.execute("CREATE TABLE words (x TEXT) STRICT")

    @steps()
    def keep_more(db: Database) -> None:
        db.execute("CREATE TABLE more (x TEXT) STRICT")
        if broken:
            raise RuntimeError

    monkeypatch.setattr(migrations, "vault_migrations", steps)
    monkeypatch.setattr(migrations, "KNOWN", ("keep_words", "keep_more"))
    with pytest.raises(RuntimeError):
        migrate(Database(connection))
    assert "words" in tables(connection)
    assert "more" not in tables(connection)
    broken = False
    migrate(Database(connection))
    assert "more" in tables(connection)


def migrated(path: Path, fault: Callable[[str], None]) -> None:
    """A new file brought up, each CREATE being a point."""
    made, seen = make_database(path, bytearray(32)), list[str]()

    def trace(text: str) -> None:
        if text.startswith("CREATE"):
            seen.append(text)
            fault(str(len(seen)))

    made.set_trace_callback(trace)
    migrate(Database(made))


@pytest.mark.threat("T23")
@pytest.mark.parametrize("statement", range(1, 23, 3))
def test_killed_at_any_statement_the_next_opening_brings_the_schema_up(statement: int, tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    assert killed_at(str(statement), partial(migrated, path))
    if not path.stat().st_size:  # killed before the first page: nothing to bring up, the founding begins anew
        path.unlink()
        make_database(path, bytearray(32)).close()
    connection = open_database(path, bytearray(32))
    migrate(Database(connection))
    assert tables(connection) >= TABLES
    assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
    connection.close()
