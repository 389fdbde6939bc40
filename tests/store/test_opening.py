"""Opening the database: what is not ours is refused with every byte left alone, and every setting holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mediator.errors import Bug, MediatorError, NoAccess, Unacceptable
from mediator.store.beginning import DATABASE
from mediator.store.driver import Connection, connect
from mediator.store.opening import (
    PAGE,
    SETTINGS,
    apply_settings,
    key_text,
    make_database,
    open_database,
    require_cipher,
)
from tests.store.vaults import a_vault, closed, damaged, fingerprint, opened, run_sql

KEY = bytearray(range(32))
WRONG: dict[str, object] = {
    "journal_mode": "delete", "synchronous": 1, "foreign_keys": 0, "temp_store": 0, "secure_delete": 0,
    "cell_size_check": 0, "trusted_schema": 1, "mmap_size": 1 << 20, "cache_size": -2000, "busy_timeout": 0,
    "journal_size_limit": -1, "cipher_memory_security": "1",
}  # fmt: skip


class Stubborn:
    """A driver's connection that answers one pragma its own way, whatever it was told."""

    def __init__(self, connection: Connection, name: str, answer: tuple[object, ...] | None) -> None:
        self.connection, self.name, self.answer = connection, name, answer

    def execute(self, statement: str) -> Any:
        asked = statement == f"PRAGMA {self.name}"
        return self if asked else self.connection.execute(statement)

    def fetchone(self) -> tuple[object, ...] | None:
        return self.answer

    def enable_load_extension(self, on: bool) -> None:
        self.connection.enable_load_extension(on)


@pytest.mark.threat("T21")
@pytest.mark.threat("T13")
def test_the_settings_are_those_of_the_security_page() -> None:
    asked = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "secure_delete": 1,
        "cell_size_check": 1, "trusted_schema": 0, "mmap_size": 0, "busy_timeout": 5000, "cipher_memory_security": "0",
    }  # fmt: skip
    assert asked.items() <= SETTINGS.items()
    assert WRONG.keys() == SETTINGS.keys()


@pytest.mark.threat("T21")
@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("kind", ["wrong", "silent"])
def test_a_setting_that_does_not_take_stops_the_program(name: str, kind: str, tmp_path: Path) -> None:
    connection = make_database(tmp_path / "some.db", KEY)
    answer = (WRONG[name],) if kind == "wrong" else None
    with pytest.raises(Bug, match=r"store\.setting") as caught:
        apply_settings(Stubborn(connection, name, answer))
    assert caught.value.where == name
    connection.close()


@pytest.mark.threat("T21")
@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_holds_in_an_open_vault(name: str, tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    assert run_sql(vault, f"PRAGMA {name}") == [(SETTINGS[name],)]
    vault.close()


@pytest.mark.threat("T02")
@pytest.mark.parametrize("answer", [None, (None,), ("",)])
def test_a_driver_without_cipher_is_refused_before_it_gets_a_key(answer: tuple[object, ...] | None) -> None:
    with pytest.raises(Bug, match=r"store\.no_cipher"):
        require_cipher(Stubborn(None, "cipher_version", answer))


@pytest.mark.threat("T13")
def test_no_code_can_be_loaded_and_temporary_tables_stay_in_memory(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    with pytest.raises(Exception, match="not authorized"):
        vault.on_thread(lambda ledger: ledger.connection.execute("SELECT load_extension('x')"))
    run_sql(vault, "CREATE TEMP TABLE t AS SELECT randomblob(1000000) AS x")
    held = [path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()]
    assert not [path for path in held if "etilqs" in path.name]
    vault.close()


def an_empty_file(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"")


def a_folder(folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / DATABASE).mkdir()


def nothing(folder: Path) -> None:
    (folder / DATABASE).unlink()


def a_plain_database(folder: Path) -> None:
    (folder / DATABASE).unlink()
    with sqlite3.connect(folder / DATABASE) as plain:
        plain.execute("CREATE TABLE t (x)")
    plain.close()


def cut_to(size: int) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        os.truncate(folder / DATABASE, size)

    return cut


def of_another_vault(folder: Path) -> None:
    other = closed(folder.parent / "other")
    (folder / DATABASE).write_bytes((other / DATABASE).read_bytes())


def of_a_newer_program(folder: Path) -> None:
    vault = opened(folder)
    run_sql(
        vault,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " SELECT migration_set, 'of_next_year', applied_at FROM _sqlite_migrations LIMIT 1",
    )
    vault.close()


def without_a_desk(folder: Path) -> None:
    vault = opened(folder)
    run_sql(vault, "DELETE FROM setting WHERE name = 'desk'")
    vault.close()


@pytest.mark.threat("T02")
@pytest.mark.parametrize(
    ("spoil", "kind", "code"),
    [
        (an_empty_file, Unacceptable, "vault.damaged"),
        (a_folder, Unacceptable, "vault.no_database"),
        (nothing, Unacceptable, "vault.no_database"),
        (a_plain_database, Unacceptable, "vault.plain"),
        (cut_to(100), Unacceptable, "vault.damaged"),
        (cut_to(PAGE - 1), Unacceptable, "vault.damaged"),
        (cut_to(PAGE), Unacceptable, "vault.damaged"),
        (cut_to(5 * PAGE + 100), Unacceptable, "vault.damaged"),
        (lambda folder: damaged(folder, 3), NoAccess, "vault.wrong_key"),
        (lambda folder: damaged(folder, 700), NoAccess, "vault.wrong_key"),
        (of_another_vault, NoAccess, "vault.wrong_key"),
        (of_a_newer_program, Unacceptable, "vault.newer"),
        (without_a_desk, Unacceptable, "vault.damaged"),
    ],
)
def test_what_cannot_be_opened_is_told_and_every_byte_of_it_stays(
    spoil: Callable[[Path], None], kind: type[MediatorError], code: str, tmp_path: Path
) -> None:
    folder = closed(tmp_path / "vault")
    spoil(folder)
    before = fingerprint(folder)
    for _ in range(2):
        with pytest.raises(kind) as caught:
            opened(folder)
        assert caught.value.code == code
    assert fingerprint(folder) == before


def test_a_database_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    make_database(tmp_path / "some.db", KEY).close()
    assert (tmp_path / "some.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_database(tmp_path / "some.db", KEY)
    open_database(tmp_path / "some.db", KEY).close()
    with pytest.raises(NoAccess, match=r"vault\.wrong_key"):
        open_database(tmp_path / "some.db", bytearray(32))


def test_a_bare_connection_makes_no_file(tmp_path: Path) -> None:
    connect(str(tmp_path / "some.db")).close()
    assert not (tmp_path / "some.db").exists() or (tmp_path / "some.db").stat().st_size == 0


def test_the_raw_key_is_spelled_as_the_cipher_wants_it() -> None:
    assert key_text(KEY) == b"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'"
    assert key_text(bytearray(b"\xff\xa0")) == b"x'ffa0'"


@pytest.mark.threat("T13")
def test_no_spelling_of_the_key_stays_in_memory(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    run_sql(vault, "SELECT count(*) FROM journal")
    digits = [digit for byte in vault.keys.db for digit in (byte >> 4, byte & 15)]
    backwards = bytes(b"0123456789abcdef"[digit] for digit in reversed(digits))  # so that the search makes no copy
    assert in_memory_backwards(backwards) == 0
    vault.close()


def in_memory_backwards(wanted: bytes) -> int:
    """How often the reverse of these bytes stands in this process's own writable memory."""
    count = 0
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            start, end = (int(each, 16) for each in span.split("-"))
            if rights.startswith("rw") and end < 1 << 47:
                memory.seek(start)
                count += memory.read(end - start)[::-1].count(wanted)
    return count
