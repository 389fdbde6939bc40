"""A process that records so many turns in a vault: `python -m tests.durability.talk FOLDER COUNT`."""

from __future__ import annotations

import sys
from pathlib import Path

from mediator.casework import hearing, opening, reading
from mediator.casework.reading import RowQuery
from tests.casework.desks import PASSWORD, a_workshop


def talk(folder: Path, count: int) -> None:
    """Each turn is told on standard output once it is durable."""
    desk = opening.unlock(a_workshop(seed=len(str(folder)) + count), folder, None, PASSWORD)
    case = reading.rows(desk, RowQuery(limit=1))[0].id
    sitting = reading.reread(desk, case).case.hearings[-1].id
    for number in range(count):
        hearing.record_turn(desk, case, sitting, speaker="张三", text=f"第{number}句")
        print(f"saved {number}", flush=True)
    opening.lock(desk)


if __name__ == "__main__":
    talk(Path(sys.argv[1]), int(sys.argv[2]))
