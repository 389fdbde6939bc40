"""A county whose database is lost for good begins again from its keys and its laptops (row 25).

The keys lie apart from the database, on paper or another medium. Everything else comes back with the next exchanges:
each laptop shows the county's own word that admitted it, sends its whole chain, and hands back what it holds of the
county's words and of desks that are gone. Numbers and seats that may have been given are passed over until it is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from mediator.journal.streams import desk_stream
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Database, Scope
from sync.center.opening import CHAIN, Ground, found
from sync.center.restoring import pass_over
from sync.center.tables import CENTER_META

BLOCKS: Final = 50
SEATS: Final = 512
NOTED: Final = "audit.center_taken_over"


def take_over(
    database: Database, ground: Ground, *, center: str, name: str, epoch: int, who: str,
    chain: Sequence[Mapping[str, str]] = (),
) -> Center:  # fmt: skip
    """The same county in an empty database; `epoch` is one that no laptop has heard of.

    Raises RefusedByRule `center.exists`, `center.division`.
    """

    def also(made: Center, scope: Scope) -> None:
        scope.put(CENTER_META, {"name": CHAIN, "value": json.dumps([dict(each) for each in chain])})
        pass_over(made, scope, blocks=BLOCKS, seats=SEATS)
        say(made, scope, desk_stream(made.desk), NOTED, {"login": who, "epoch": epoch}, feeds=[])

    begun = found(database, ground, center=center, name=name, epoch=epoch, also=also)
    return replace(begun, chain=tuple(chain))
