"""What the recorder's process does with the sound it is given; no screen and no vault are here, only an order.

It is told lines and tells lines, both JSON. Sound comes in pieces of any length and is cut into chunks of two seconds;
a chunk counts as kept once it is on disk. Whatever ends it, what came before is kept first.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from mediator.casework.recording import order_of
from mediator.core.recordings import CHUNK_BYTES, FULL_SCALE, RATE, SAMPLE_BYTES, Ending
from mediator.errors import MediatorError
from mediator.store.tapes import TapeWriter, only_recorder

STOP: Final = "stop"
TELL_BYTES: Final = RATE * SAMPLE_BYTES // 10
# A full disk is an ending that the record names; what else goes wrong with the file is told by its own code.
ENDINGS: Final = {"recording.disk_low": Ending.DISK, "recording.disk": Ending.DISK}


def loudness(pcm: bytes) -> int:
    """The loudest sample of a piece in thousandths of full scale; sound of this machine's byte order."""
    samples = array("h", pcm)
    return max(abs(max(samples)), abs(min(samples))) * 1000 // FULL_SCALE if samples else 0


class Taping:
    """One recording from its order to its end; `tell` takes a line for whoever asked, `done` is called once, last."""

    def __init__(self, tell: Callable[[str], None], done: Callable[[], None]) -> None:
        """Nothing is recorded before an order."""
        self._tell, self._done = tell, done
        self._writer: TapeWriter | None = None
        self._held = ExitStack()
        self._rest, self._since, self._heard, self._over = bytearray(), bytearray(), 0, False

    @property
    def recording(self) -> bool:
        """Whether sound is wanted."""
        return self._writer is not None and not self._over

    def order(self, line: str) -> bool:
        """Begin the file of an order; False, with an ending told, where that fails."""
        try:
            order = order_of(line)
            self._held.enter_context(only_recorder(order.path.parent.parent))
            self._writer = TapeWriter(order.path, order.label, order.public)
        except (ValueError, KeyError, TypeError):
            self._end(Ending.BROKEN_OFF)
        except MediatorError as error:
            self._end(ENDINGS.get(error.code, Ending.BROKEN_OFF))
        else:
            self._held.callback(self._writer.close)
        return self.recording

    def hear(self, pcm: bytes) -> None:
        """Sound as it comes; whole chunks go to disk at once."""
        if not self.recording:
            return
        self._rest += pcm
        self._since += pcm
        self._heard += len(pcm)
        while len(self._rest) >= CHUNK_BYTES and self.recording:
            self._keep(CHUNK_BYTES)
        if len(self._since) >= TELL_BYTES:
            even = len(self._since) // SAMPLE_BYTES * SAMPLE_BYTES
            level = loudness(bytes(self._since[:even]))
            self._since.clear()
            self._say(at=self._heard // SAMPLE_BYTES, level=level)

    def _keep(self, size: int) -> None:
        """The oldest so many bytes become a chunk."""
        assert self._writer is not None
        try:
            self._writer.keep(bytes(self._rest[:size]))
        except MediatorError as error:
            self._end(ENDINGS.get(error.code, Ending.BROKEN_OFF))
            return
        del self._rest[:size]
        self._say(kept=self._writer.samples)

    def stop(self, ending: Ending = Ending.STOPPED) -> None:
        """The last piece, however short, goes to disk; twice is harmless."""
        if self.recording and len(self._rest) >= SAMPLE_BYTES:
            self._keep(len(self._rest) // SAMPLE_BYTES * SAMPLE_BYTES)
        self._end(ending)

    def _end(self, ending: Ending) -> None:
        """Once: close the file, let go of it, say why."""
        if self._over:
            return
        self._over = True
        self._held.close()
        self._rest.clear()
        self._since.clear()
        self._say(ended=ending.value)
        self._done()

    def _say(self, **facts: int | str) -> None:
        """One line."""
        self._tell(json.dumps(facts))
