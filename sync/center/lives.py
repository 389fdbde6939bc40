"""Which life (epoch) a center that came back from a backup may begin: one that no laptop has ever heard of.

The backup knows only its own. Restored twice it would give the same number to two histories, and laptops that had met
the first would refuse or mix the second (sync-design 15, row 24). So the number follows the clock in steps of ten
minutes, and the data folder remembers the highest that it gave out, for a clock that went back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sync.center.piece_files import sync_folder, write_beside
from sync.wire.limits import MAX_EPOCH

NAME: Final = "center.life"
STEP: Final = 600_000
SINCE: Final = 1_577_836_800_000  # 2020 in ms UTC: 22 bits of steps last until 2099


def claim_epoch(folder: Path, *, above: int, now: int) -> int:
    """An epoch above this one and above all that this folder gave out, noted before it is used; raises OSError."""
    by_clock = (now - SINCE) // STEP
    epoch = max(above + 1, noted(folder) + 1, by_clock if by_clock <= MAX_EPOCH else 0)
    write_beside(folder / NAME, str(epoch).encode())
    sync_folder(folder)
    return epoch


def noted(folder: Path) -> int:
    """The highest epoch that was given out here, 0 for none or an unreadable note."""
    try:
        return int((folder / NAME).read_text("ascii"))
    except (OSError, ValueError):
        return 0
