"""The sound of a sitting: who agreed to be recorded, which recordings there are, where a turn is heard in them.

A recording is 16 bit mono at 16,000 samples a second, cut into chunks of two seconds; what is not yet a whole chunk is
all that a power cut can take. Nobody is recorded who did not agree before (民法典 1032, 个人信息保护法 29).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediator.core.codes import Code

RATE: Final = 16_000
SAMPLE_BYTES: Final = 2
CHUNK_SECONDS: Final = 2
CHUNK_SAMPLES: Final = RATE * CHUNK_SECONDS
CHUNK_BYTES: Final = CHUNK_SAMPLES * SAMPLE_BYTES
FULL_SCALE: Final = 32_768


class ConsentWay(Code):
    """How somebody agreed to be recorded."""

    ORAL = "oral", "口头同意"
    WRITTEN = "written", "书面同意"


class Ending(Code):
    """Why a recording ended."""

    STOPPED = "stopped", "停止录音"
    WITHDRAWN = "withdrawn", "有人不同意继续录音"
    NEWCOMER = "newcomer", "有人还没有表示同意"
    CLOSED = "closed", "笔录结束"
    MICROPHONE = "microphone", "麦克风断开"
    DISK = "disk", "磁盘空间不足"
    BROKEN_OFF = "broken_off", "程序或者电脑中断"


@dataclass(frozen=True, slots=True)
class Consent:
    """One person's word that the sitting may be recorded; `party` is empty for those who only listen."""

    name: str
    way: ConsentWay
    party: str = ""
    at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """False once it was withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Recording:
    """One run of the microphone. Until it has ended, `samples`, `size` and `digest` are empty.

    `digest` pins every byte of the sealed file in order.
    """

    id: str
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    samples: int = 0
    chunks: int = 0
    size: int = 0
    digest: str = ""

    @property
    def ended(self) -> bool:
        """Whether its length and digest are pinned."""
        return bool(self.digest)

    @property
    def seconds(self) -> int:
        """Its length in whole seconds."""
        return self.samples // RATE


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a recording, in ms from its beginning."""

    recording: str
    ms: int

    @property
    def sample(self) -> int:
        """The first sample of this place."""
        return self.ms * RATE // 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who must agree before the sitting is recorded."""

    name: str
    role: str
    party: str = ""


def standing(consents: Iterable[Consent]) -> Mapping[str, Consent]:
    """The newest word of everybody, by party or by name."""
    return {each.party or each.name: each for each in consents}


def lacking(asked: Iterable[Asked], consents: Iterable[Consent]) -> tuple[Asked, ...]:
    """Those whose consent does not stand: with one of them in the room nothing may be recorded."""
    known = standing(consents)
    return tuple(each for each in asked if (word := known.get(each.party or each.name)) is None or not word.stands)


def ms_of(samples: int) -> int:
    """Samples as whole ms."""
    return samples * 1000 // RATE


def clock_of(seconds: int) -> str:
    """`1:02:05` or `2:05`, as a tape counter shows it."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
