"""Every number of the exchange, named (sync-design 3, 5, 6).

The format allows 512 MiB and a million records; bundles of text are written and read up to less, so that a bundle
costs no more than 200 MiB of memory at either end whatever it says (G10). `MAX_RAW_UP` is what one upward bundle
carries, below `MAX_PLAIN` with its frames; the rest goes with the next.
"""

from __future__ import annotations

from typing import Final

MAX_BUNDLE: Final = 64 << 20
MAX_ENROLL: Final = 64 << 10
MAX_HEADER: Final = 65_536
MAX_RECIPIENTS: Final = 16
MAX_FRAME: Final = 64 << 20
MAX_PLAIN: Final = 64 << 20
MAX_RAW_UP: Final = 16 << 20
MAX_RAW_RESCUE: Final = 8 << 20
MAX_RATIO: Final = 100
MAX_WINDOW_LOG: Final = 23
MAX_SEGMENT: Final = 65_536
MAX_RECORDS: Final = 100_000
MAX_FEEDS: Final = 256
MAX_COUNTER: Final = (1 << 40) - 1
MAX_EPOCH: Final = (1 << 22) - 1
MAX_SET_ASIDE: Final = 256
MAX_INLINE: Final = 1 << 20
MAX_PATCH: Final = 256 << 10
MAX_PROBLEM: Final = 64 << 10
MAX_FILES_LOOKED_AT: Final = 2_000
MAX_NAMES_READ: Final = 200_000
SPARE_ON_STICK: Final = 8 << 20
WRITE_BLOCK: Final = 1 << 20
SCHEMA: Final = 2
LOWEST_SCHEMA: Final = 1
COLUMNS_SINCE: Final = 2
SUITE: Final = 1
