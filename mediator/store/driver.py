"""The cipher driver under sqlite-utils. No other module of the program may import a database driver.

sqlcipher3's errors are not subclasses of the standard ones, so sqlite-utils would never catch them; it prefers a
module called `pysqlite3`, hence the alias before its first import (T30).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as dbapi

sys.modules["pysqlite3"], sys.modules["pysqlite3.dbapi2"] = sqlcipher3, dbapi

from sqlite_utils import Database, Migrations  # noqa: E402  after the alias
from sqlite_utils import db as _library  # noqa: E402  after the alias

from mediator.errors import Bug, Unacceptable, WorldFailed  # noqa: E402  after the alias

__all__ = ["Connection", "Database", "Migrations", "connect", "transaction", "translated", "unless_done"]

Connection = Any  # the driver ships no types; one name for its connection

if vars(_library)["sqlite3"] is not sqlcipher3:
    raise Bug("store.driver")

_FULL = ("database or disk is full", "disk i/o error")
_DAMAGED = ("malformed", "not a database", "corrupt")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours: full disk, damage, or a busy file."""
    try:
        yield
    except dbapi.DatabaseError as error:
        text = str(error).lower()
        if any(words in text for words in _FULL):
            raise WorldFailed("vault.disk_full") from error
        if any(words in text for words in _DAMAGED):
            raise Unacceptable("vault.damaged") from error
        if "locked" in text:
            raise WorldFailed("vault.busy") from error
        raise


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
