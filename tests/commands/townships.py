"""A room of a county for the commands about the township's key: a peer that may be admitted, a key that came."""

from __future__ import annotations

from mediator.casework import opening, township
from mediator.crypto.signing import DeskKeys
from mediator.crypto.township import digits_of, fresh_township_key, name_of, wrap_for
from mediator.journal.streams import county_stream, township_stream
from tests.casework.desks import PASSWORD
from tests.commands.shell import Shell
from tests.journal.list_journal import Writer

PLACE = {"township": "331122101", "room": "缙壶", "seat": "0B"}


def joined(shell: Shell, deed: str) -> dict[str, str]:
    """What the words in braces stand for: {peer} with {peer_digits}, {key_digits} of a key that waits."""
    desk = opening.unlock(shell.workshop, shell.vault, "li", PASSWORD)
    desk.vault.shelf.keep_card(b"a county")
    desk.vault.pieces.heard_able()
    writer, keys, key = Writer("elsewhere"), DeskKeys.fresh(), fresh_township_key()
    told: dict[str, object] = {
        "desk": writer.desk, "sign": keys.sign_public.hex(), "seal": keys.seal_public.hex(), **PLACE
    }  # fmt: skip
    here = township_stream(PLACE["township"])
    wrapped = wrap_for(desk.vault.desk_keys.seal_public, key, reader=desk.vault.desk).hex()
    entries = [writer.write(county_stream("331122"), "desk.enrolled", told)]
    if deed == "accept":
        body: dict[str, object] = {"id": name_of(key), "epoch": 1, "wraps": [[desk.vault.desk, wrapped]]}
        entries.append(writer.write(here, "township.key", body))
    desk.vault.absorb(entries)
    if deed == "admit":
        township.make(desk)
    words = {"peer": "0B", "key_digits": digits_of(name_of(key))}
    words["peer_digits"] = township.state(desk).peers[0].digits
    opening.lock(desk)
    return words
