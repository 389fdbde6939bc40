"""Open the database file: the cipher is there, the file is ours, every setting holds (security.md 9.1, T02)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.errors import Bug, NoAccess, Unacceptable
from mediator.store.driver import Connection, connect, translated, unless_done

PLAIN_HEADER: Final = b"SQLite format 3\x00"
SETTINGS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "temp_store": 2,
    "secure_delete": 1,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "mmap_size": 0,
    "cache_size": -65536,
    "busy_timeout": 5000,
    "journal_size_limit": 16 * 1024 * 1024,
}
WORDS: Final = {"synchronous": "FULL", "temp_store": "MEMORY"}


def refuse_plain(path: Path) -> None:
    """Raise Unacceptable `vault.plain` for a database without a cipher; the file is not touched."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
                raise Unacceptable("vault.plain")


def require_cipher(connection: Connection) -> None:
    """Raise Bug `store.no_cipher` when the driver would silently write plaintext (T02)."""
    row = connection.execute("PRAGMA cipher_version").fetchone()
    if not row or not row[0]:
        raise Bug("store.no_cipher")


def open_database(path: Path, key: bytearray) -> Connection:
    """A keyed connection with every setting set and read back.

    The raw key goes in by the driver's `set_key`, never as SQL text. Raises NoAccess `vault.wrong_key`,
    Unacceptable `vault.plain`, Bug `store.no_cipher` or `store.setting`; the file is as before in each case.
    """
    refuse_plain(path)
    with translated():
        connection = connect(str(path))
    with unless_done(connection.close):
        connection.execute("PRAGMA cipher_log_level=NONE")
        require_cipher(connection)
        connection.set_key(bytearray(b"x'" + bytes(key).hex().encode() + b"'"))
        prove_key(connection)
        apply_settings(connection)
    return connection


def prove_key(connection: Connection) -> None:
    """Read the schema once: a wrong key or a damaged first page shows here."""
    try:
        with translated():
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Unacceptable:
        raise NoAccess("vault.wrong_key") from None


def apply_settings(connection: Connection) -> None:
    """Set and assert; a setting that does not take is a bug, not a warning."""
    with translated():
        for name, wanted in SETTINGS.items():
            connection.execute(f"PRAGMA {name}={WORDS.get(name, wanted)}")
            found = connection.execute(f"PRAGMA {name}").fetchone()
            if found and found[0] != wanted:
                raise Bug("store.setting", where=name)
        connection.enable_load_extension(False)
