"""The cipher driver under sqlite-utils. No other module of the program may import a database driver.

sqlcipher3's errors are not subclasses of the standard ones, so sqlite-utils would never catch them; it prefers a
module called `pysqlite3`, hence the alias before its first import (T30).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Final

import sqlcipher3
import sqlcipher3.dbapi2 as dbapi

sys.modules["pysqlite3"], sys.modules["pysqlite3.dbapi2"] = sqlcipher3, dbapi

from sqlite_utils import Database, Migrations  # noqa: E402  after the alias
from sqlite_utils import db as _library  # noqa: E402  after the alias

from mediator.errors import Bug, MediatorError, NoAccess, Unacceptable, WorldFailed  # noqa: E402  after the alias

__all__ = ["Connection", "Database", "Migrations", "connect", "transaction", "translated", "unless_done"]

Connection = Any  # the driver ships no types; one name for its connection

if vars(_library)["sqlite3"] is not sqlcipher3:
    raise Bug("store.driver")

# SQLite's result codes. IOERR is what SQLCipher reports where the system says "no space" or "file too large".
_ERRORS: Final[dict[int, Callable[[], MediatorError]]] = {
    3: lambda: WorldFailed("vault.unreachable"),  # PERM
    5: lambda: WorldFailed("vault.busy"),
    6: lambda: WorldFailed("vault.busy"),  # LOCKED
    8: lambda: WorldFailed("vault.unreachable"),  # READONLY
    10: lambda: WorldFailed("vault.disk_full"),  # IOERR
    11: lambda: Unacceptable("vault.damaged"),  # CORRUPT
    13: lambda: WorldFailed("vault.disk_full"),  # FULL
    14: lambda: WorldFailed("vault.unreachable"),  # CANTOPEN
    26: lambda: NoAccess("vault.wrong_key"),  # NOTADB: another key, or a damaged first page
}
# Said without a code by the copying of whole databases, and where a long value goes on over pages that were changed:
# for those the cipher gives zeros and no error of its own.
_WORDS: Final = {"disk I/O error": 10, "malformed": 11, "disk is full": 13, "Could not decode to UTF-8": 11}


def code_of(error: Exception) -> int:
    """SQLite's result code of a driver's error, 0 for one that is ours."""
    told = int(getattr(error, "sqlite_errorcode", 0))
    return told or next((code for words, code in _WORDS.items() if words in str(error)), 0)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours by their code; a broken constraint or wrong SQL is ours and goes through."""
    try:
        yield
    except dbapi.DatabaseError as error:
        ours = _ERRORS.get(code_of(error))
        if ours is None:
            raise
        raise ours() from error


def connect(path: str) -> Connection:
    """A bare connection in autocommit mode; the file is made by the first write, not before."""
    return dbapi.connect(path, isolation_level=None, timeout=5, check_same_thread=True)


@contextmanager
def unless_done(undo: Callable[[], object]) -> Iterator[None]:
    """Undo when the block ends by any error, also by an interruption; the error goes on."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()


def roll_back(connection: Connection) -> None:
    """Undo the running transaction, if there still is one."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """`BEGIN IMMEDIATE` to `COMMIT`; on any error everything inside is undone. What returns is durable."""
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        with unless_done(partial(roll_back, connection)):
            yield
            connection.execute("COMMIT")
