"""Where sound comes from: the port, the microphone of this machine behind it, and one that is handed its sound.

Only the recorder's process asks for a microphone. The multimedia library may be missing or find no system library of
its own: then there is no microphone, and everything else of the program works.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QIODevice, QTimer

from mediator.core.recordings import RATE, SAMPLE_BYTES

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSource

# Four seconds: a disk that is slow for once delays a chunk and loses no sample.
ROOM_BYTES: Final = 4 * RATE * SAMPLE_BYTES
# Some sound servers keep a stream without a device open and silent. A microphone that works hands over something every
# tenth of a second; the second look in a row that finds nothing takes it for gone.
LOOK_MS: Final = 2000
LOOKS: Final = 2


class Microphone(Protocol):
    """Hands over 16 bit mono at 16,000 samples a second, in pieces of any length."""

    def ready(self) -> bool:
        """Whether there is one that takes this form of sound."""

    def start(self, heard: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        """Call `heard` with every piece, `lost` once when it is pulled out or fails, also at once."""

    def stop(self) -> None:
        """Hand over what is left, then nothing more."""


class HandedMicrophone:
    """The fake: it hears what a test lets it hear."""

    def __init__(self, *, plugged: bool = True) -> None:
        """`plugged` is whether there is one."""
        self.plugged = plugged
        self.on = False
        self._heard: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[], None] = lambda: None

    def ready(self) -> bool:
        """As the test says."""
        return self.plugged

    def start(self, heard: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        """From now on."""
        self.on, self._heard, self._lost = True, heard, lost

    def stop(self) -> None:
        """Nothing more."""
        self.on = False

    def hear(self, pcm: bytes) -> None:
        """Somebody speaks; nobody listens while it is off."""
        if self.on:
            self._heard(pcm)

    def pull(self) -> None:
        """The plug is pulled."""
        self.plugged = False
        if self.on:
            self.on = False
            self._lost()


class SystemMicrophone:
    """The microphone that the system has chosen."""

    def __init__(self) -> None:
        """Look which one there is; a library that cannot be loaded is no microphone."""
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._heard: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[], None] = lambda: None
        self._empty_looks = 0
        self._watch = QTimer()
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._look_for_sound)
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices
        except ImportError:
            return
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._devices = QMediaDevices()
        self._device = QMediaDevices.defaultAudioInput()
        if not self._device.isNull() and self._device.isFormatSupported(wanted):
            self._source = QAudioSource(self._device, wanted)
            self._source.setBufferSize(ROOM_BYTES)

    def ready(self) -> bool:
        """Whether one was found."""
        return self._source is not None

    def start(self, heard: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        """Listen; a device that does not open is lost at once."""
        if self._source is None:
            lost()
            return
        self._heard, self._lost = heard, lost
        stream: QIODevice | None = self._source.start()
        if stream is None:  # the stubs do not tell, a device that does not open gives none
            self._fail()
            return
        self._stream = stream
        stream.readyRead.connect(self._read)
        self._source.stateChanged.connect(self._state_changed)
        self._devices.audioInputsChanged.connect(self._look)
        self._watch.start()

    def stop(self) -> None:
        """The rest of the buffer, then silence."""
        self._watch.stop()
        self._read()
        self._lost = lambda: None
        if self._source is not None:
            self._source.stop()

    def _read(self) -> None:
        """What has come."""
        self._empty_looks = 0
        if self._stream is not None:
            self._heard(bytes(self._stream.readAll().data()))

    def _state_changed(self) -> None:
        """It stopped without being asked to."""
        if self._source is not None and self._source.state().name == "StoppedState":
            self._fail()

    def _look(self) -> None:
        """Devices came or went; another one does not take the place of ours without a person's word."""
        if self._device not in self._devices.audioInputs():
            self._fail()

    def _look_for_sound(self) -> None:
        """Count looks without a byte between them."""
        self._empty_looks += 1
        if self._empty_looks > LOOKS:
            self._fail()

    def _fail(self) -> None:
        """Say so once."""
        self._watch.stop()
        lost, self._lost = self._lost, lambda: None
        lost()
