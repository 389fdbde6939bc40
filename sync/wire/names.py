"""Names of files on a stick: `med-<center 6>-<dir 1>-<desk 10>-<no 8>.medb`, always 37 characters.

A name is a hint only; what counts is inside. Lower-case Crockford and digits: no case clash, no reserved names.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from sync.wire.ids import crockford

LETTER: Final = {"up": "u", "down": "d", "enroll": "e", "answer": "a", "blobs": "b"}
DIRECTION: Final = {letter: direction for direction, letter in LETTER.items()}
_NAME: Final = re.compile(r"med-([0-9a-hjkmnp-tv-z]{6})-([udeab])-([0-9a-hjkmnp-tv-z]{10})-([0-9]{8})\.(medb|part)")


@dataclass(frozen=True, slots=True)
class StickName:
    """What a name says: whose, which way, which number; `part` while being written."""

    center: str
    direction: str
    desk: str
    no: int
    part: bool = False

    def __str__(self) -> str:
        """The file name."""
        ending = "part" if self.part else "medb"
        return f"med-{self.center}-{LETTER[self.direction]}-{self.desk}-{self.no:08d}.{ending}"


def stick_name(center: str, direction: str, desk: str, no: int) -> StickName:
    """The name of a bundle; `center` and `desk` are 32-hex ids."""
    return StickName(crockford(bytes.fromhex(center), 6), direction, crockford(bytes.fromhex(desk), 10), no % 10**8)


def card_name(center: str) -> StickName:
    """The name of a center's card: an answer that is addressed to the center itself."""
    return stick_name(center, "answer", center, 0)


def parse_stick_name(name: str) -> StickName | None:
    """The parts of a name, None for a file that is none of ours."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return StickName(match[1], DIRECTION[match[2]], match[3], int(match[4]), match[5] == "part")


def digits_of(data: bytes) -> str:
    """Eight digits of a file's bytes: they stand on the slip that goes with a stick and are compared at its end."""
    digest = hashlib.sha256(b"mediator/parcel/1\x00" + data).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**8:08d}"
