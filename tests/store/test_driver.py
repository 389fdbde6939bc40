"""The cipher driver under sqlite-utils, its errors in our words, and that nobody else holds a driver."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi

from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from mediator.store.driver import Connection, Database, transaction, translated, unless_done
from mediator.store.opening import make_database
from tests.casework.desks import ROOT

DRIVERS = {"sqlite3", "_sqlite3", "pysqlite3", "sqlcipher3", "sqlite_utils", "apsw"}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """An encrypted connection."""
    made = make_database(tmp_path / "some.db", bytearray(32))
    yield made
    made.close()


def imported(path: Path) -> set[str]:
    """Roots of everything a module imports, by name or by text."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            found |= {str(arg.value).partition(".")[0] for arg in node.args if isinstance(arg, ast.Constant)}
    return found


@pytest.mark.threat("T30")
def test_one_module_alone_imports_a_database_driver() -> None:
    holders = {str(path.relative_to(ROOT)) for path in (ROOT / "mediator").rglob("*.py") if imported(path) & DRIVERS}
    assert holders == {"mediator/store/driver.py"}


@pytest.mark.threat("T30")
def test_the_driver_is_registered_before_the_library_that_looks_for_it() -> None:
    from sqlite_utils import db

    assert vars(db)["sqlite3"].connect is dbapi.connect
    lines = (ROOT / "mediator/store/driver.py").read_text(encoding="utf-8").splitlines()
    alias = next(n for n, line in enumerate(lines) if 'sys.modules["pysqlite3"]' in line)
    assert all(n > alias for n, line in enumerate(lines) if line.startswith("from sqlite_utils"))


@pytest.mark.threat("T30")
def test_a_library_that_was_imported_over_another_driver_stops_the_program() -> None:
    code = "import sqlite_utils.db\nimport mediator.store.driver"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "store.driver" in done.stderr


def test_no_key_is_ever_sql_text_and_no_database_is_keyed_anew_in_place() -> None:
    for path in (ROOT / "mediator").rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        assert "pragma key" not in text, path
        assert "rekey" not in text, path
        assert "attach database" not in text, path


@pytest.mark.threat("T30")
def test_the_library_catches_the_errors_of_the_foreign_driver(connection: Connection) -> None:
    db = Database(connection)
    table = db.table("words")
    table.insert({"id": 1, "word": "甲"}, pk="id")
    table.insert({"id": 2, "word": "乙", "more": "后加的列"}, alter=True, pk="id")
    assert table.columns_dict["more"] is str
    db.table("nothing").drop(ignore=True)
    assert list(db.query("INSERT INTO words (id, word) VALUES (3, '丙') RETURNING id")) == [{"id": 3}]
    assert not connection.in_transaction


@pytest.mark.threat("T30")
def test_its_full_text_search_and_its_nested_transactions_work_on_the_encrypted_file(connection: Connection) -> None:
    db = Database(connection)
    table = db.table("words")
    table.insert_all([{"id": 1, "word": "一二三四"}, {"id": 2, "word": "五六七八"}], pk="id")
    table.enable_fts(["word"], tokenize="trigram")
    assert [row["id"] for row in table.search("六七八")] == [2]
    with pytest.raises(RuntimeError):
        nested(db)
    assert table.count == 2
    db.vacuum()


def nested(db: Database) -> None:
    """Two savepoints, the outer of which fails."""
    with db.atomic():
        db.table("words").insert({"id": 3, "word": "外"})
        with db.atomic():
            db.table("words").insert({"id": 4, "word": "内"})
        raise RuntimeError


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        (3, WorldFailed, "vault.unreachable"), (5, WorldFailed, "vault.busy"), (6, WorldFailed, "vault.busy"),
        (8, WorldFailed, "vault.unreachable"), (10, WorldFailed, "vault.disk_full"),
        (11, Unacceptable, "vault.damaged"), (13, WorldFailed, "vault.disk_full"),
        (14, WorldFailed, "vault.unreachable"), (26, NoAccess, "vault.wrong_key"),
    ],
)  # fmt: skip
def test_what_the_database_says_comes_back_in_our_words(code: int, kind: type[MediatorError], told: str) -> None:
    error = dbapi.OperationalError("no words are read")
    error.sqlite_errorcode = code
    with pytest.raises(kind) as caught, translated():
        raise error
    assert caught.value.code == told
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("disk I/O error", "vault.disk_full"), ("database or disk is full", "vault.disk_full"),
        ("database disk image is malformed", "vault.damaged"),
        ("Could not decode to UTF-8 column 'body' with text", "vault.damaged"),
    ],
)  # fmt: skip
def test_an_error_without_a_code_is_known_by_its_words(words: str, told: str) -> None:
    with pytest.raises(MediatorError, match=told), translated():
        raise dbapi.OperationalError(words)


def test_a_mistake_of_ours_in_sql_stays_a_mistake_of_ours(connection: Connection) -> None:
    with pytest.raises(dbapi.OperationalError, match="no such table"), translated():
        connection.execute("SELECT * FROM nowhere")
    with pytest.raises(dbapi.ProgrammingError), translated():
        connection.execute("SELECT ?")


def test_a_transaction_is_kept_whole_or_leaves_nothing(connection: Connection) -> None:
    connection.execute("CREATE TABLE t (x INTEGER PRIMARY KEY)")
    with transaction(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    for statements, kind in (
        (["INSERT INTO t VALUES (2)"], KeyboardInterrupt),
        (["INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (1)"], dbapi.IntegrityError),
        (["INSERT INTO t VALUES (4)", "ROLLBACK"], KeyboardInterrupt),
    ):
        with pytest.raises(kind):
            interrupted(connection, statements)
    assert connection.execute("SELECT x FROM t").fetchall() == [(1,)]
    assert not connection.in_transaction


def interrupted(connection: Connection, statements: list[str]) -> None:
    """A transaction that somebody breaks off at its end."""
    with transaction(connection):
        for statement in statements:
            connection.execute(statement)
        raise KeyboardInterrupt


def test_a_second_writer_waits_and_is_then_told(connection: Connection, tmp_path: Path) -> None:
    from mediator.store.opening import open_database

    connection.execute("CREATE TABLE t (x)")
    other = open_database(tmp_path / "some.db", bytearray(32))
    other.execute("PRAGMA busy_timeout=1")
    with transaction(connection), pytest.raises(WorldFailed, match=r"vault\.busy"), transaction(other):
        pass
    other.close()


def test_what_is_to_be_undone_is_undone_only_when_the_block_fails() -> None:
    undone = []
    with unless_done(lambda: undone.append("never")):
        pass
    with pytest.raises(KeyboardInterrupt), unless_done(lambda: undone.append("once")):
        raise KeyboardInterrupt
    assert undone == ["once"]
