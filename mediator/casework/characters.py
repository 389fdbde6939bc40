"""A picture for a character that no face has: taken from the clerk, kept in the case, set in every later paper."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.faces import fonts_in
from mediator.casework.files_in import bounded
from mediator.casework.guards import known
from mediator.core.records import CaseId
from mediator.docs.fonts import CHAINS, drawable
from mediator.docs.pictured import MAX_GIVEN, plain_picture
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Changes

ROLES: Final = tuple(CHAINS)


def put_picture(desk: Desk, case_id: CaseId, char: str, file: Path) -> Changes:
    """Keep a PNG of a character for the papers of a case; a further one takes its place.

    Raises Unacceptable `glyph.char` (not one character of its own shape), `glyph.kind`, `glyph.size`, `glyph.empty`,
    `file.missing`, RefusedByRule `glyph.known` (the faces have it), WorldFailed `file.read`.
    """
    opened = known(desk, case_id)
    if len(char) != 1 or not drawable(char):
        raise Unacceptable("glyph.char")
    fonts = fonts_in(desk.workshop.fonts_folder)
    if all(fonts.first(char, role) for role in ROLES):
        raise RefusedByRule("glyph.known", where=char)
    png = base64.b64encode(plain_picture(bounded(file, MAX_GIVEN))).decode()
    return desk.vault.append([pen_for(desk, case_id, opened.seen).write("character.pictured", char=char, png=png)])
