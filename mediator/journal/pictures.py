"""Pictures that clerks put in the place of characters which no face has."""

from __future__ import annotations

import base64

from mediator.core.records import CharacterPicture
from mediator.journal.reading import Reader
from mediator.journal.state import State


def pictures_of(state: State) -> tuple[CharacterPicture, ...]:
    """The newest picture of each character."""
    newest = {str(write.value): Reader(body).text("png") for write, body in state.pictures}
    return tuple(CharacterPicture(char, base64.b64decode(png)) for char, png in newest.items())
