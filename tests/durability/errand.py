"""Turns and exchanges over a stick with the county next door: `python -m tests.durability.errand FOLDER CASE`.

Desk, stick and county lie side by side in the folder and lose their power together, which is worse than life.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mediator.casework import hearing
from mediator.casework.hearing import HearingForm
from mediator.core.records import CaseId
from tests.durability.children import Place, meet, sit_down, speak
from tests.sync.center.program import County

ROUNDS, TURNS = 3, 3


def place_of(folder: Path, case: str) -> Place:
    """Where the errand is run."""
    return Place(folder / "vault", CaseId(case), to=str(folder / "stick"))


def run(folder: Path, case: str) -> None:
    """Each step is told once it is done."""
    place, county = place_of(folder, case), County(folder / "center")
    desk = sit_down(place)
    sitting = hearing.open_hearing(desk, place.case, HearingForm(place="镇调解室"))
    for number in range(ROUNDS * TURNS):
        speak(desk, place, sitting, number)
        os.write(1, b"turn")
        if number % TURNS == TURNS - 1:
            meet(desk, place.to)
            os.write(1, b"laptop")
            assert county("usb", place.to).code == 0
            os.write(1, b"county")
            meet(desk, place.to)
            os.write(1, b"laptop")


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
