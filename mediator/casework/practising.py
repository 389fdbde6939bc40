"""The practice room: a vault of its own, in its own folder, with made-up cases; anybody may come in.

It says in the vault itself what it is (`Desk.practice`), and the deeds that would mix it with a real room refuse there:
exchanges, imports, backups, restoring. Its password is no secret, it only opens what nobody needs to hide.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from mediator.casework import importing, opening, practice
from mediator.casework.desk import PRACTICE, Desk, Workshop
from mediator.errors import MediatorError, NoAccess, RefusedByRule, WorldFailed

ENDING: Final = "-practice"
ROOM: Final = opening.RoomForm("练习镇人民调解委员会", "331122101", "学员", "学员")
PASSWORD: Final = "练手用-人人可进-不保密"  # noqa: S105 — no secret: it opens made-up cases alone
SEED: Final = 20
CONCLUDED, OPEN = 8, 4
OLDEST_DAYS, NEWEST_DAYS = 60, 21
UNHEARD: Final = ("hearings", "agreement", "outcome")


def place_of(real: Path) -> Path:
    """The folder of the practice room that belongs to a vault: beside it."""
    return real if real.name.endswith(ENDING) else real.with_name(f"{real.name}{ENDING}")


def enter(workshop: Workshop, place: Path) -> Desk:
    """Sit down in the practice room, which is made the first time.

    Raises RefusedByRule `practice.foreign` when something else lies in its folder, NoAccess `vault.locked_by_other`.
    """
    if not opening.vault_exists(place):
        return made_anew(workshop, place)
    try:
        desk = opening.unlock(workshop, place, ROOM.login, PASSWORD)
    except NoAccess as error:
        if error.code == "vault.locked_by_other":
            raise
        raise RefusedByRule("practice.foreign", where=place.name) from None
    if not desk.practice:
        opening.lock(desk)
        raise RefusedByRule("practice.foreign", where=place.name)
    return desk


def begin_again(workshop: Workshop, place: Path) -> Desk:
    """The practice room as it was on the first day. What cannot be opened as one is set aside, never deleted."""
    if not opening.vault_exists(place):
        return made_anew(workshop, place)
    try:
        opening.lock(enter(workshop, place))
    except (MediatorError, OSError) as error:
        if getattr(error, "code", "") == "vault.locked_by_other":
            raise
        set_aside(workshop, place)
    else:
        cleared(place)
    return made_anew(workshop, place)


def cleared(place: Path) -> None:
    """Take the folder away; a disk that refuses raises WorldFailed `file.write`."""
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise WorldFailed("file.write", where=place.name) from error


def set_aside(workshop: Workshop, place: Path) -> None:
    """Another name for what lies there; raises WorldFailed `file.write`."""
    stamp = workshop.clock.now().strftime("%Y%m%d-%H%M%S")
    try:
        place.rename(place.with_name(f"{place.name}-{stamp}"))
    except OSError as error:
        raise WorldFailed("file.write", where=place.name) from error


def made_anew(workshop: Workshop, place: Path) -> Desk:
    """A new practice vault with its cases; nobody is asked to keep its recovery code."""
    made = opening.create(workshop, place, ROOM, PASSWORD, kind=PRACTICE)
    opening.confirm_recovery_code(made.desk, made.recovery_code)
    cases = json.dumps(list(documents(made.desk.today())), ensure_ascii=False).encode()
    importing.keep(made.desk, importing.read_file(cases))
    return made.desk


def documents(today: date) -> Iterator[dict[str, Any]]:
    """Cases that ended in the last months, and some that came in the last days and wait for a hearing."""
    chance = Random(SEED)
    days = [today - timedelta(days=back) for back in range(NEWEST_DAYS, OLDEST_DAYS)]
    yield from practice.made_up(SEED, CONCLUDED, township=ROOM.division, days=days)
    for back in range(OPEN):
        whole = practice.case(chance, township=ROOM.division, accepted=today - timedelta(days=back))
        yield {name: value for name, value in whole.items() if name not in UNHEARD}
