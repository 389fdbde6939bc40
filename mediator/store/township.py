"""The keys of a vault's township: what came wrapped to this desk, what opens sealed bodies, and what seals new ones.

A key that came from outside opens; it seals only once somebody here has compared its digits (T75): whoever holds the
county's key could wrap one of his own for every room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from mediator.crypto.signing import DeskKeys
from mediator.crypto.township import (
    digits_of,
    fresh_township_key,
    name_of,
    open_body,
    seal_body,
    unwrap_with,
    wrap_for,
)
from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import TOWNSHIP
from mediator.journal.kinds import KINDS, SEALED
from mediator.store.driver import Connection

KIND: Final = "township.key"
COLUMNS: Final = "name, epoch, key, sure"


@dataclass(frozen=True, slots=True)
class Held:
    """A key of the township; `sure` when it may seal."""

    name: str
    epoch: int
    key: bytes
    sure: bool

    def __repr__(self) -> str:
        """Silent: a key never shows in a log or a trace."""
        return f"<township key {self.name[:8]}>"

    @property
    def digits(self) -> str:
        """What two rooms compare on the telephone."""
        return digits_of(self.name)


def ring(connection: Connection) -> list[Held]:
    """Every key that is held, the newest epoch first."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM township_key ORDER BY epoch DESC, name")  # noqa: S608  constant names
    return [Held(name, epoch, key, bool(sure)) for name, epoch, key, sure in rows]


def keep_key(connection: Connection, held: Held) -> None:
    """Keep a key inside a transaction; one that is held stays as it is, but for becoming sure."""
    connection.execute(
        "INSERT INTO township_key (name, epoch, key, sure) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET sure = max(sure, excluded.sure)",
        (held.name, held.epoch, held.key, int(held.sure)),
    )


def sealing(connection: Connection, kind: str) -> tuple[str, Callable[[bytes, bytes], bytes]] | None:
    """What seals a body of this kind now: the newest sure key; None for kinds that are not sealed and without a key."""
    if kind not in SEALED:
        return None
    current = next((each for each in ring(connection) if each.sure), None)
    return (current.name, partial(seal_body, current.key)) if current else None


def opened(connection: Connection, entry: Entry) -> Entry:
    """The entry with what its sealed body says, where the key is here; one whose key has not come stays closed."""
    if entry.head.s[:1] != [TOWNSHIP] or entry.body is None:
        return entry
    row = connection.execute("SELECT key FROM township_key WHERE name = ?", (str(entry.head.s[1]),)).fetchone()
    if row is None:
        return entry
    with suppress(MediatorError):  # whoever sealed it wrongly is known by the signature; nothing here can be said
        return replace(entry, plain=open_body(row[0], entry.body, entry.place))
    return entry


def take_keys(connection: Connection, desk: DeskId, keys: DeskKeys, entries: Iterable[Entry]) -> bool:
    """Keep what among these was wrapped to this desk, not sure yet; true when a key came that was not here."""
    before = len(ring(connection))
    for entry in entries:
        if entry.kind == KIND and not KINDS[KIND].fault(entry.content()):
            for held in wrapped_here(desk, keys, entry):
                keep_key(connection, held)
    return len(ring(connection)) > before


def wrapped_here(desk: DeskId, keys: DeskKeys, entry: Entry) -> Iterator[Held]:
    """The key that an entry wraps to this desk; what does not open is somebody else's mistake."""
    match entry.content():
        case {"id": str(name), "epoch": int(epoch), "wraps": [*rows]}:
            for row in rows:
                match row:
                    case [reader, str(wrapped)] if reader == desk:
                        with suppress(MediatorError):
                            key = unwrap_with(keys, bytes.fromhex(wrapped), name=name, reader=desk)
                            yield Held(name, epoch, key, sure=False)


def fresh_held(epoch: int) -> Held:
    """A new key, made here and therefore sure."""
    key = fresh_township_key()
    return Held(name_of(key), epoch, key, sure=True)


def wrapped_for(public: str, held: Held, reader: str) -> str:
    """A key wrapped to one opening key, as hex; raises Unacceptable `key.length`."""
    return wrap_for(bytes.fromhex(public), held.key, reader=reader).hex()
