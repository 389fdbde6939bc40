"""A receipt on paper: scanned as a line, typed in groups, or found in a picture, and counted like any receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.casework.county import Counted
from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.exchange import door_of
from mediator.casework.files_in import bounded
from mediator.docs.qr import read_picture
from mediator.errors import Unacceptable

ROAD: Final = "slip"
PREFIX: Final = "R1"
MAX_PICTURE: Final = 32 * 1024 * 1024


def count(desk: Desk, text: str) -> Counted:
    """Count what a scanner or a hand entered.

    Raises Unacceptable `slip.*` (`slip.group` names the group that was mistyped), `receipt.*`, RefusedByRule
    `slip.known`.
    """
    counted = door_of(desk).by_slip(desk.vault, text)
    desk.vault.shelf.note_exchange(ROAD, sent=0, received=0)
    desk.vault.append([trace(desk, "audit.exchange", road=ROAD, sent=0, received=0)])
    return counted


def count_picture(desk: Desk, path: Path) -> Counted:
    """Count the slip in a photograph or a scan (PNG, JPEG).

    Raises Unacceptable `slip.no_code` when none is found in it, `file.missing`, `file.size`, `picture.size`.
    """
    data = bounded(path, MAX_PICTURE)
    if len(data) > MAX_PICTURE:
        raise Unacceptable("file.size", where=path.name)
    found = [text for text in read_picture(data) if text.startswith(PREFIX)]
    if not found:
        raise Unacceptable("slip.no_code", where=path.name)
    return count(desk, found[0])
