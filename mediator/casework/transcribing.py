"""Drafts beside the record: what an engine made of the sound of each turn. Nothing of it is kept or is the record.

A person takes a draft over turn by turn, as he would correct a turn: the old words stay, the entry names the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.casework import listening
from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.guards import hearing_of, known
from mediator.casework.hearing import Saved, correct_turn
from mediator.casework.listening import Sound
from mediator.casework.speech import ModelKind, SpeechModel, hashes_of, refuse_changed
from mediator.casework.watching import UNWATCHED, Watch
from mediator.core.recordings import RATE
from mediator.core.records import CaseId, Hearing, HearingId, Turn, TurnId
from mediator.errors import RefusedByRule, Unacceptable

MODELS: Final = "speech_model"
# Nobody speaks longer without a turn of his own; what follows belongs to no turn.
LONGEST: Final = 60 * RATE


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn with what the engine made of it; `engine` is the name that taking it over is marked with."""

    turn: Turn
    text: str
    engine: str


def enter_model(desk: Desk, folder: Path, kind: ModelKind) -> SpeechModel:
    """Put a model on the list: from now on these files and no others may be loaded. Raises as `hashes_of`."""
    model = SpeechModel(folder.absolute(), kind, hashes_of(folder))
    told = {"folder": str(model.folder), "kind": kind.value, "files": dict(model.files)}
    desk.vault.keep_setting(MODELS, json.dumps(told, ensure_ascii=False))
    desk.vault.append([trace(desk, "audit.speech_model", name=model.name)])
    return model


def entered_model(desk: Desk) -> SpeechModel:
    """The model on the list; raises RefusedByRule `speech.none` where there is none."""
    told = json.loads(desk.vault.setting(MODELS) or "null")
    if told is None:
        raise RefusedByRule("speech.none")
    kind = next(each for each in ModelKind if each.value == told["kind"])
    return SpeechModel(Path(told["folder"]), kind, told["files"])


def drafts(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, watch: Watch = UNWATCHED) -> tuple[Heard, ...]:
    """A draft of every turn that was recorded; the sound leaves this computer for nobody.

    Raises RefusedByRule `speech.none`, `speech.stopped`, Unacceptable `speech.no_model` `speech.changed` `speech.model`
    `recording.no_sound`, WorldFailed `speech.no_engine`, NoAccess and Unacceptable as `listening.listen`.
    """
    hearing = hearing_of(known(desk, case_id), hearing_id)
    spoken = list(stretches(hearing))
    if not spoken:
        raise Unacceptable("recording.no_sound")
    model = entered_model(desk)
    refuse_changed(model)
    engine = desk.workshop.engine(model)
    sounds: dict[str, Sound] = {}
    found = []
    for done, (turn, recording, start, samples) in enumerate(spoken):
        watch.pass_by(done, len(spoken), stopped="speech.stopped")
        if recording not in sounds:
            sounds[recording] = listening.listen(desk, case_id, recording)
        found.append(Heard(turn, engine.hear(b"".join(sounds[recording].pcm(start, samples))), model.name))
    return tuple(found)


def stretches(hearing: Hearing) -> Iterator[tuple[Turn, str, int, int]]:
    """Every recorded turn with its recording, first sample and length: until the next turn of the same recording."""
    spoken = [(turn, turn.sound) for turn in hearing.turns if turn.sound is not None]
    for at, (turn, place) in enumerate(spoken):
        following = (each.sample for _, each in spoken[at + 1 :] if each.recording == place.recording)
        length = min((next(following, place.sample + LONGEST)) - place.sample, LONGEST)
        if length > 0:
            yield turn, place.recording, place.sample, length


def take_over(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, turn: TurnId, text: str, engine: str) -> Saved:
    """A person took a draft over, as it was or changed; raises as `hearing.correct_turn`."""
    return correct_turn(desk, case_id, hearing_id, turn=turn, text=text, draft=engine)
