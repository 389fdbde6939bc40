"""Sound made up for tests, a sitting that may be recorded, and a recorder that is told what it hears."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

from mediator.casework import hearing, recording
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.recording import Order
from mediator.casework.taping import Taping
from mediator.core.recordings import RATE, ConsentWay, Ending
from mediator.core.records import CaseId, HearingId
from tests.casework.desks import a_document, taken_in


def tone(seconds: float, *, first: int = 0, loud: int = 9000) -> bytes:
    """A saw tooth whose every sample tells its place within a period of 1.6 s, so that a gap or a swap shows."""
    count = round(seconds * RATE)
    return array("h", [((first + n) % 25_600) * loud // 25_600 - loud // 2 for n in range(count)]).tobytes()


def a_sitting(desk: Desk, *, consenting: bool = True) -> tuple[CaseId, HearingId]:
    """A sitting of two parties, who agreed to be recorded."""
    case = taken_in(desk, a_document())
    sitting = hearing.open_hearing(desk, case, HearingForm(mediators=("李调解",), place="镇调解室"))
    if consenting:
        asked = recording.consents(desk, case, sitting).asked
        recording.agree(desk, case, sitting, asked, way=ConsentWay.ORAL)
    return case, sitting


class Recorder:
    """A taping that keeps what it was told to say."""

    def __init__(self, order: Order | None = None) -> None:
        self.lines: list[dict[str, int | str]] = []
        self.ends = 0
        self.taping = Taping(lambda line: self.lines.append(json.loads(line)), self._ended)
        if order is not None:
            assert self.taping.order(order.packed())

    def _ended(self) -> None:
        self.ends += 1

    def hear(self, pcm: bytes, *, piece: int = 3200) -> None:
        """In pieces as a sound card hands them over."""
        for start in range(0, len(pcm), piece):
            self.taping.hear(pcm[start : start + piece])

    @property
    def kept(self) -> int:
        """Samples that were said to be on disk."""
        return max((int(line["kept"]) for line in self.lines if "kept" in line), default=0)

    @property
    def ending(self) -> str:
        """What it said last."""
        return str(self.lines[-1].get("ended", ""))


def recorded(desk: Desk, seconds: float) -> tuple[CaseId, HearingId, str]:
    """A sitting with one recording of this length, stopped and pinned."""
    case, sitting = a_sitting(desk)
    order = recording.begin(desk, case, sitting)
    recorder = Recorder(order)
    recorder.hear(tone(seconds))
    recorder.taping.stop()
    recording.settle(desk, Ending.STOPPED)
    return case, sitting, order.label.recording


def files(folder: Path) -> list[Path]:
    """Everything below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
