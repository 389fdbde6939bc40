"""What was recorded, heard again or taken out: by those who took part in the sitting, every time with a trace."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import trace
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.guards import known
from mediator.casework.texts import cleaned_text
from mediator.casework.thinning import Place, place_of
from mediator.core.recordings import RATE, SAMPLE_BYTES, Recording
from mediator.core.records import CaseId, Hearing
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from mediator.store.tapes import Tape, index, scan, tape_path
from mediator.store.vault import Opened

KEYED: Final = "recording.keyed"
BEGUN: Final = "recording.begun"


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that may be listened to; it reads from disk and opens what it reads, piece by piece."""

    tape: Tape
    private: bytes

    def __repr__(self) -> str:
        """Silent: a key never shows in a log or a trace."""
        return f"<Sound of {self.tape.label.recording[:8]}>"

    @property
    def samples(self) -> int:
        """Its length."""
        return self.tape.samples

    def pcm(self, start: int = 0, samples: int | None = None) -> Iterator[bytes]:
        """16 bit little-endian mono of a stretch; raises Unacceptable `recording.damaged`."""
        return self.tape.sound(self.private, start=start, samples=samples)


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording as a list shows it: which sitting, whether its sound is here, whether it was destroyed.

    `place` tells of one that is not here whether it is at the county or has not reached anybody yet.
    """

    hearing: Hearing
    recording: Recording
    here: bool
    destroyed: bool = False
    place: Place = Place.HERE


def recordings(desk: Desk, case_id: CaseId) -> tuple[Kept, ...]:
    """Every recording of a case, oldest first."""
    opened = known(desk, case_id)
    gone = destroyed_in(opened)
    return tuple(
        Kept(hearing, each, tape_path(desk.vault.folder, each.id).is_file(), each.id in gone, place_of(desk, each.id))
        for hearing in opened.case.hearings
        for each in hearing.recordings
    )


def destroyed_in(opened: Opened) -> frozenset[str]:
    """Recordings whose key was lawfully erased: it was entered right behind their beginning."""
    erased = {each.id for each in opened.entries if each.kind == KEYED and each.erased}
    begun = (each for each in opened.entries if each.kind == BEGUN and (each.id[0], each.id[1] + 1) in erased)
    return frozenset(str(each.content()["id"]) for each in begun)


def find(opened: Opened, recording: str) -> tuple[Hearing, Recording]:
    """A recording of a case with its sitting; raises Unacceptable `recording.unknown`."""
    for hearing in opened.case.hearings:
        for each in hearing.recordings:
            if each.id == recording:
                return hearing, each
    raise Unacceptable("recording.unknown")


def listen(desk: Desk, case_id: CaseId, recording: str) -> Sound:
    """Open a recording for listening, also one that is still being made; leaves a trace.

    Raises NoAccess as `key_of`, Unacceptable `recording.*`.
    """
    opened = known(desk, case_id)
    find(opened, recording)
    private = key_of(desk, opened, recording)
    sound = Sound(index(tape_path(desk.vault.folder, recording)), private)
    desk.vault.append([trace(desk, "access.recording_heard", case=case_id, recording=recording)])
    return sound


def key_of(desk: Desk, opened: Opened, recording: str) -> bytes:
    """The private key, for somebody who took part.

    Raises NoAccess `recording.not_yours`, `recording.destroyed`, `recording.no_key`.
    """
    hearing, _ = find(opened, recording)
    user = desk.vault.user
    begun = (each for each in opened.entries if each.kind == BEGUN and each.content().get("id") == recording)
    took_part = user.name in (*hearing.mediators, hearing.recorder) or any(each.user == user.id for each in begun)
    if not took_part:
        raise NoAccess("recording.not_yours")
    for each in opened.entries:
        if each.kind == KEYED and not each.erased and each.content().get("id") == recording:
            return bytes.fromhex(str(each.content()["key"]))
    raise NoAccess("recording.destroyed" if recording in destroyed_in(opened) else "recording.no_key")


def export_wav(desk: Desk, case_id: CaseId, recording: str, *, out: Path, reason: str) -> Path:
    """The whole recording as a WAV file, proved against the digest that was pinned; the trace holds the file's hash.

    Raises RefusedByRule `recording.reason`, `recording.running`, Unacceptable `recording.damaged`, NoAccess as
    `listen`, WorldFailed `file.write`.
    """
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("recording.reason")
    opened = known(desk, case_id)
    hearing, kept = find(opened, recording)
    private = key_of(desk, opened, recording)
    if not kept.ended:
        raise RefusedByRule("recording.running")
    tape = scan(tape_path(desk.vault.folder, recording))
    if tape.digest != kept.digest:
        raise Unacceptable("recording.damaged")
    number = [each.id for each in opened.case.hearings].index(hearing.id) + 1
    at = kept.begun_at.astimezone(BEIJING) if kept.begun_at else None
    day = f"{at:%Y-%m-%d %H%M}" if at else ""
    path = out / file_name(opened.case.number or opened.case.title, f"第{number}次调解录音", day, ending="wav")
    with staged_papers(desk, {path: lambda file: write_wav(file, Sound(tape, private))}):
        pass
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    desk.vault.append([
        trace(desk, "access.recording_exported", case=case_id, recording=recording, reason=why, sha256=sha256)
    ])  # fmt: skip
    return path


def write_wav(file: BinaryIO, sound: Sound) -> None:
    """A WAV of the sound, two seconds in memory at a time."""
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(SAMPLE_BYTES)
        out.setframerate(RATE)
        for piece in sound.pcm():
            out.writeframes(piece)
