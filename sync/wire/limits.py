"""Every number of the exchange, named (sync-design 3, 5, 6)."""

from __future__ import annotations

from typing import Final

MAX_BUNDLE: Final = 64 << 20
MAX_HEADER: Final = 65_536
MAX_RECIPIENTS: Final = 16
MAX_FRAME: Final = 64 << 20
MAX_PLAIN: Final = 512 << 20
MAX_RATIO: Final = 100
MAX_WINDOW_LOG: Final = 23
MAX_SEGMENT: Final = 65_536
MAX_ENTRIES: Final = 1_000_000
MAX_SET_ASIDE: Final = 256
MAX_INLINE: Final = 1 << 20
MAX_PATCH: Final = 256 << 10
MAX_FILES_LOOKED_AT: Final = 2_000
SPARE_ON_STICK: Final = 8 << 20
WRITE_BLOCK: Final = 1 << 20
SCHEMA: Final = 1
LOWEST_SCHEMA: Final = 1
SUITE: Final = 1
