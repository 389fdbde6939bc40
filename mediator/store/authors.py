"""Who signed: the public keys of the desks that a vault has heard of."""

from __future__ import annotations

from contextlib import suppress

from mediator.errors import MediatorError
from mediator.journal.entry import DeskId
from mediator.journal.framing import read_entry
from mediator.store.driver import Connection


def author_keys(connection: Connection) -> dict[DeskId, bytes]:
    """Public keys of other desks: what each said at its birth, and above that what the center certified."""
    born: dict[DeskId, bytes] = {}
    certified: dict[DeskId, bytes] = {}
    known = "SELECT bytes FROM journal WHERE kind IN ('desk.opened', 'desk.enrolled')"
    for (data,) in connection.execute(known):
        with suppress(MediatorError, ValueError, TypeError):  # a bad one is found where every entry is read
            entry = read_entry(data)
            body = entry.content()
            found, desk = (born, entry.desk) if entry.kind == "desk.opened" else (certified, str(body.get("desk")))
            found[DeskId(desk)] = bytes.fromhex(body.get("sign"))  # type: ignore[arg-type]  # anything else is refused
    return born | certified
