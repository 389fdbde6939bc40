"""Finding cases by any words that stand in them (F90, X12)."""

from __future__ import annotations

import hashlib
import hmac

from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.store import finding, listing

Asked = finding.Asked
Hit = finding.Hit
Hits = finding.Hits
Where = listing.Where


def typed(line: str, where: Where | None = None, *, limit: int = 50, alike: bool = True) -> Asked:
    """What a line in the box asks: words with blanks between them, all of which must stand in a case."""
    return Asked(tuple(line.split()), where or Where(), limit, alike)


def search(desk: Desk, asked: str | Asked, limit: int = 50, *, traced: bool = True) -> Hits:
    """Every place of a text as it is given, or of several words; leaves an access entry with a keyed hash of the term.

    Identity and telephone numbers are masked in the words around a place. Hits shown while typing are not traced;
    opening one of them is.
    """
    whole = Asked((asked,), limit=limit) if isinstance(asked, str) else asked
    if traced:
        term = hmac.new(desk.vault.id.encode(), " ".join(whole.words).encode(), hashlib.sha256).hexdigest()[:32]
        desk.vault.append([trace(desk, "access.searched", term=term)])
    return desk.vault.search(whole)
