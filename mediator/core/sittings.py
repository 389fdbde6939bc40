"""What a sitting has beside its turns: its kind, pages that were read back, who signed how. Records, nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediator.core.codes import Code

# A signature is drawn on a field of this size; the numbers are its own unit, whatever the screen's pixels are.
FIELD_WIDTH: Final = 3000
FIELD_HEIGHT: Final = 1000
MOST_POINTS: Final = 6000
Point = tuple[int, int, int]
Strokes = tuple[tuple[Point, ...], ...]


class Meeting(Code):
    """Kind of meeting; each keeps a record of the same form under its own name."""

    MEDIATION = "mediation", "调解会"
    HEARING = "hearing", "听证会"
    CONSULTATION = "consultation", "会商会"
    DIAGNOSIS = "diagnosis", "现场会诊"
    FIRESIDE = "fireside", "围炉议事"
    SPECIAL = "special", "专题会"
    COORDINATION = "coordination", "协调会"
    DISPATCH = "dispatch", "调度会"


class SignWay(Code):
    """How somebody answered when the record was laid before him (民事诉讼法 150: a refusal is noted in the record)."""

    STROKES = "strokes", "屏上手写签名"
    PAPER = "paper", "在打印的笔录上签名"
    REFUSED = "refused", "拒绝签名"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Somebody's word that these turns were read to him and are right; `fits` is False once one was changed."""

    by: str
    turns: tuple[str, ...]
    fits: bool
    party: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordSignature:
    """One signer's answer to a record. `fits` is False once a turn was corrected or added after it.

    Each point of a stroke is (x, y, ms since the pen first touched), x and y in units of the field.
    """

    signer: str
    way: SignWay
    fits: bool
    party: str = ""
    strokes: Strokes = ()
    reason: str = ""
    at: datetime | None = None


def confirmed_by(reads: Iterable[ReadBack], turns: Iterable[str]) -> tuple[str, ...]:
    """Who confirmed every one of these turns as it stands now, each once, in the order of the first word."""
    wanted, covered = set(turns), dict[str, set[str]]()
    for read in reads:
        if read.fits:
            covered.setdefault(read.by, set()).update(read.turns)
    return tuple(by for by, seen in covered.items() if wanted and wanted <= seen)
