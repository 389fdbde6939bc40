"""New keys of the county (sync-design 7, row 50): signed by the old ones, told to each laptop with its next answer.

The change is one transaction of the database; the file of keys holds both before it and learns of it after. What was
sealed to the old keys is opened for 400 days, then their private halves are gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import update

from mediator.journal.streams import desk_stream
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Database, Scope, open_engine
from sync.center.keyring import Keys
from sync.center.opening import CHAIN, meta_of
from sync.center.tables import CENTER_META, DESK
from sync.wire.bundle import Sealer
from sync.wire.ids import fingerprint
from sync.wire.succession import succession

NOTED: Final = "audit.keys_changed"


def rotate(center: Center, fresh: Sealer, *, who: str) -> Center:
    """The same county under fresh keys; who did it stands in its log, signed by the old one as its last word."""
    card = replace(center.card, sign=fresh.sign_public.hex(), seal=fresh.seal_public.hex())
    told = {name: str(value) for name, value in succession(card, old=center.sealer, new=fresh).items()}
    chain = (*center.chain, told)

    def work(scope: Scope) -> None:
        body = {"login": who, "before": center.card.fingerprint, "after": fingerprint(fresh.sign_public)}
        say(center, scope, desk_stream(center.desk), NOTED, body, feeds=[])
        scope.change(update(DESK).where(DESK.c.desk == center.desk).values(sign=card.sign, seal=card.seal))
        scope.put(CENTER_META, {"name": CHAIN, "value": json.dumps(chain)})

    center.database.write(work)
    return replace(center, card=card, sealer=fresh, former=(*center.former, center.sealer), chain=chain)


def settled(folder: Path, url: str, now: int, *, sign_of: Callable[[bytes], bytes]) -> Keys:
    """The keys of a data folder as the database has them: a change that a kill interrupted is ended or stays undone.

    Keys whose time is over are destroyed now. `sign_of` gives the public half of secret keys.
    """
    keys = Keys.read(folder)
    held = keys
    if keys.coming and sign_in(url, keys.county) == sign_of(keys.coming).hex():
        keys = keys.turned(now)
    keys = keys.without_old(now)
    return keys if keys == held else keys.rewrite(folder)


def sign_in(url: str, county: str) -> str:
    """The signing key under which the database knows the center; raises Unacceptable `center.none`."""
    database = Database(open_engine(url), county)
    try:
        return meta_of(database)["sign"]
    finally:
        database.close()
