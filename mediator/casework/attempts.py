"""Wrong passwords in a row make the next try wait (T09): 0, 0, 0, 2, 4, 8 … 60 seconds for each login.

The count lies beside the vault's folder, which a wrong password leaves as it was, so that starting the
program again does not shorten the wait. It is no lock: nobody is shut out for good, and whoever holds the file may
delete it; guessing away from the window is slowed by Argon2id.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from mediator.casework.files_out import staged
from mediator.errors import WorldFailed

ENDING: Final = ".attempts"
FREE: Final = 3
FIRST_WAIT_MS: Final = 2_000
LONGEST_MS: Final = 60_000


def delay_ms(missed: int) -> int:
    """How long the next try waits after so many wrong ones in a row."""
    if missed <= FREE:
        return 0
    return min(FIRST_WAIT_MS << min(missed - FREE - 1, 16), LONGEST_MS)


def file_of(place: Path) -> Path:
    """Where the counts of a vault lie."""
    return place.with_name(place.name + ENDING)


def _kept(place: Path) -> dict[str, tuple[int, int]]:
    """Login -> wrong tries and the moment of the last; a file nobody can read counts as none."""
    try:
        rows = json.loads(file_of(place).read_bytes())
        return {str(login): (int(row[0]), int(row[1])) for login, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return {}


def _keep(place: Path, rows: dict[str, tuple[int, int]]) -> None:
    """Write the counts; a disk that refuses costs only the memory of them."""
    with suppress(WorldFailed), staged({file_of(place): json.dumps(rows, ensure_ascii=False).encode()}):
        return


def seconds_left(place: Path, login: str, now: int) -> int:
    """Seconds until this login may try again; a clock that was set back never lengthens the wait."""
    missed, last = _kept(place).get(login, (0, 0))
    wait = delay_ms(missed)
    return -(-max(min(last + wait - now, wait), 0) // 1000)


def tries(place: Path, login: str) -> int:
    """Wrong passwords in a row."""
    return _kept(place).get(login, (0, 0))[0]


def missed(place: Path, login: str, now: int) -> None:
    """One wrong password more."""
    rows = _kept(place)
    rows[login] = (rows.get(login, (0, 0))[0] + 1, now)
    _keep(place, rows)


def forgiven(place: Path, login: str) -> int:
    """The right password came: start anew. Gives how many wrong ones came before."""
    rows = _kept(place)
    count, _ = rows.pop(login, (0, 0))
    if count:
        _keep(place, rows)
    return count
