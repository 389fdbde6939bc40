"""Hearing a recording again: a loudspeaker behind a port, and a player that feeds it piece by piece.

What is played is opened from disk ten seconds at a time beside the screen; plain sound lies in no file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal

from mediator.casework import listening
from mediator.casework.listening import Sound
from mediator.core.recordings import RATE, SAMPLE_BYTES, Position
from mediator.core.records import CaseId
from mediator.errors import MediatorError, Unacceptable, WorldFailed
from mediator.ui.seat import Seat

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

PIECE: Final = 10 * RATE
AHEAD_BYTES: Final = 5 * RATE * SAMPLE_BYTES
FEED_MS: Final = 50


class Speaker(Protocol):
    """Takes 16 bit mono at 16,000 samples a second."""

    def open(self) -> bool:
        """Begin; False where there is no loudspeaker."""

    def room(self) -> int:
        """Bytes that it takes now."""

    def play(self, pcm: bytes) -> None:
        """Sound that there is room for."""

    def close(self) -> None:
        """Silence at once."""


class HeardSpeaker:
    """The fake: it keeps what was played."""

    def __init__(self, *, plugged: bool = True) -> None:
        """`plugged` is whether there is one."""
        self.plugged, self.on, self.heard = plugged, False, b""

    def open(self) -> bool:
        """As the test says; what was heard before is forgotten."""
        self.on, self.heard = self.plugged, b""
        return self.on

    def room(self) -> int:
        """A tenth of a second."""
        return RATE * SAMPLE_BYTES // 10 if self.on else 0

    def play(self, pcm: bytes) -> None:
        """Keep it."""
        self.heard += pcm

    def close(self) -> None:
        """No more."""
        self.on = False


class SystemSpeaker:
    """The loudspeaker that the system has chosen; without the multimedia library there is none."""

    def __init__(self) -> None:
        """Looked for when it is opened."""
        self._sink: QAudioSink | None = None
        self._stream: QIODevice | None = None

    def open(self) -> bool:
        """Begin; False where there is none or it takes no such sound."""
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
        except ImportError:
            return False
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull() or not device.isFormatSupported(form):
            return False
        self._sink = QAudioSink(device, form)
        self._stream = self._sink.start()
        return self._stream is not None

    def room(self) -> int:
        """Bytes that it takes now."""
        return self._sink.bytesFree() if self._sink else 0

    def play(self, pcm: bytes) -> None:
        """Sound that there is room for."""
        if self._stream is not None:
            self._stream.write(pcm)

    def close(self) -> None:
        """Silence at once."""
        if self._sink is not None:
            self._sink.reset()
        self._sink = self._stream = None


class Player(QObject):
    """`changed()` when it begins and when it ends; only one recording is heard at a time."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject, speaker: Speaker | None = None) -> None:
        """Silence."""
        super().__init__(parent)
        self.seat, self.speaker = seat, speaker or SystemSpeaker()
        self.sound: Sound | None = None
        self._next, self._asked, self._held = 0, False, b""
        self._feed = QTimer(self)
        self._feed.setInterval(FEED_MS)
        self._feed.timeout.connect(self.feed)

    @property
    def on(self) -> bool:
        """Whether something is being heard."""
        return self.sound is not None

    def press(self, case: CaseId, place: Position | None) -> None:
        """One key for both: silence if something is heard, else from a place on; one that was not recorded says so."""
        if self.on:
            self.stop()
        elif place is None:
            self.seat.troubled.emit(Unacceptable("recording.no_sound"))
        else:
            self.play(case, place)

    def play(self, case: CaseId, place: Position) -> None:
        """From a place on, until the end or until `stop`; leaves a trace."""
        self.stop()
        work = partial(listening.listen, self.seat.desk, case, place.recording)
        self.seat.once("listen", work, partial(self._begin, place.sample))

    def _begin(self, start: int, sound: Sound) -> None:
        """The recording is open: ask for the first piece."""
        if not self.speaker.open():
            self.seat.troubled.emit(WorldFailed("recording.no_speaker"))
            return
        self.sound, self._next, self._held, self._asked = sound, start, b"", False
        self._feed.start()
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """The next ten seconds, opened beside the screen."""
        sound, start = self.sound, self._next
        if sound is None or self._asked or start >= sound.samples:
            return
        self._asked, self._next = True, start + PIECE
        self.seat.deed(lambda: b"".join(sound.pcm(start, PIECE)), partial(self._take, sound), self._fail)

    def _take(self, sound: Sound, pcm: bytes) -> None:
        """A piece has come; one of a recording that is no longer heard is dropped."""
        if sound is self.sound:
            self._asked = False
            self._held += pcm
            self.feed()

    def _fail(self, error: MediatorError) -> None:
        """A piece that is damaged ends it."""
        self.stop()
        self.seat.troubled.emit(error)

    def feed(self) -> None:
        """As much as the loudspeaker takes; more is asked for in time, and at the end it falls silent."""
        sound = self.sound
        if sound is None:
            return
        room = min(self.speaker.room(), len(self._held)) // SAMPLE_BYTES * SAMPLE_BYTES
        if room:
            self.speaker.play(self._held[:room])
            self._held = self._held[room:]
        if len(self._held) < AHEAD_BYTES:
            self._ask()
        if not self._held and not self._asked and self._next >= sound.samples:
            self.stop()

    def stop(self) -> None:
        """Silence; twice is harmless."""
        self._feed.stop()
        self._held = b""
        if self.sound is not None:
            self.sound = None
            self.speaker.close()
            self.changed.emit()
