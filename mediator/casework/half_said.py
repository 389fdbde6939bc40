"""Words that are being typed and are no turn yet: kept every other second, so that a kill takes no more (T22).

They lie in the vault and nowhere else, are in no record and leave with no exchange. The turn they become bears the id
that was given here, so that what was said already is never offered again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Final

from mediator.casework.desk import Desk
from mediator.core.recordings import Position
from mediator.core.records import Hearing, HearingId, PartyId, TurnId

NAME: Final = "half_said"


@dataclass(frozen=True, slots=True)
class Half:
    """What stands in the field. `corrects` is set where `turn` is one that is being corrected."""

    hearing: HearingId
    turn: TurnId
    text: str
    speaker: str = ""
    party: PartyId | None = None
    sound: Position | None = None
    corrects: bool = False


def keep(desk: Desk, half: Half | None) -> None:
    """Keep what is typed now in place of what was, or that nothing is; durable on return."""
    desk.vault.keep_setting(NAME, json.dumps(asdict(half), ensure_ascii=False) if half else "")


def left(desk: Desk, hearing: Hearing) -> Half | None:
    """What was being typed in this sitting when it broke off; None when it became a turn or the sitting is closed."""
    told = json.loads(desk.vault.setting(NAME) or "null")
    if told is None or told["hearing"] != hearing.id or hearing.closed:
        return None
    half = Half(**told)
    said = next((turn for turn in hearing.turns if turn.id == half.turn), None)
    over = said is not None and (not half.corrects or said.text == half.text)
    return None if over else replace(half, sound=Position(**told["sound"]) if told["sound"] else None)
