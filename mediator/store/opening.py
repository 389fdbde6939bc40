"""Open the database file: the cipher is there, the file is ours, every setting holds (security.md 9.1, T02)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from mediator.crypto.tree import wipe
from mediator.errors import Bug, Unacceptable
from mediator.store.driver import Connection, connect, translated, unless_done

PLAIN_HEADER: Final = b"SQLite format 3\x00"
PAGE: Final = 4096
HEX: Final = b"0123456789abcdef"
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
    "cipher_memory_security": "0",  # the cipher answers in text; it left no fewer copies of the key when measured
}
WORDS: Final = {"synchronous": "FULL", "temp_store": "MEMORY", "cipher_memory_security": "OFF"}


def refuse_foreign(path: Path) -> None:
    """Refuse what cannot be a vault's database before SQLite sees it; the file is not touched.

    Raises Unacceptable `vault.no_database`, `vault.plain` (no cipher on it), `vault.damaged` (not even one page:
    SQLite would take an empty file for a new database).
    """
    if not path.is_file():
        raise Unacceptable("vault.no_database")
    with path.open("rb") as file:
        start = file.read(PAGE)
    if start.startswith(PLAIN_HEADER):
        raise Unacceptable("vault.plain")
    if len(start) < PAGE:
        raise Unacceptable("vault.damaged")


def require_cipher(connection: Connection) -> None:
    """Raise Bug `store.no_cipher` when the driver would silently write plaintext (T02)."""
    row = connection.execute("PRAGMA cipher_version").fetchone()
    if not row or not row[0]:
        raise Bug("store.no_cipher")


def make_database(path: Path, key: bytearray) -> Connection:
    """A keyed connection to a new database, readable by the owner alone; raises OSError when the file is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return keyed(path, key)


def open_database(path: Path, key: bytearray) -> Connection:
    """A keyed connection with every setting set and read back.

    Raises what `refuse_foreign` raises, NoAccess `vault.wrong_key`, Unacceptable `vault.damaged`, Bug
    `store.no_cipher` or `store.setting`; the file is as before in each case.
    """
    refuse_foreign(path)
    return keyed(path, key)


def keyed(path: Path, key: bytearray) -> Connection:
    """The raw key goes in by the driver's `set_key`, never as SQL text, and no copy of ours remains of it."""
    with translated():
        connection = connect(str(path))
        with unless_done(connection.close):
            connection.execute("PRAGMA cipher_log_level=NONE")
            require_cipher(connection)
            written = key_text(key)
            try:
                connection.set_key(written)
            finally:
                wipe(written)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here
            apply_settings(connection)
    return connection


def key_text(key: bytearray) -> bytearray:
    """`x'…'` of a raw key, written digit by digit: bytes and text of Python cannot be overwritten (security.md 5.6)."""
    written = bytearray(b"x'" + bytes(2 * len(key)) + b"'")
    for place, byte in enumerate(key):
        written[2 + 2 * place], written[3 + 2 * place] = HEX[byte >> 4], HEX[byte & 15]
    return written


def apply_settings(connection: Connection) -> None:
    """Set and assert; a setting that does not take is a bug, not a warning."""
    for name, wanted in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={WORDS.get(name, wanted)}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != wanted:
            raise Bug("store.setting", where=name)
    connection.enable_load_extension(False)
