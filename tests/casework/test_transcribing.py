"""A draft is made of what was recorded, by a model that somebody entered, and becomes words by a person alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from mediator.casework import hearing, opening, reading, transcribing
from mediator.casework.desk import Desk
from mediator.casework.sherpa import SherpaTranscriber
from mediator.casework.speech import FILES, ModelKind, SpeechModel, ToldTranscriber, hashes_of, refuse_changed
from mediator.casework.transcribing import Heard, stretches
from mediator.casework.watching import Watch
from mediator.core.recordings import RATE, Position
from mediator.core.records import CaseId, Hearing, HearingId, Turn, TurnId
from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from tests.casework.desks import PASSWORD, a_workshop, case_of
from tests.casework.tapes import recorded, tone

SAID = ("厕所是前年修的。", "五千，今天就付。", "行。")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What an administrator put there."""
    (tmp_path / "model").mkdir()
    for name in FILES:
        (tmp_path / "model" / name).write_bytes(name.encode() * 9)
    return tmp_path / "model"


@pytest.fixture
def spoken(desk: Desk) -> tuple[CaseId, HearingId]:
    """A recording of 12 s, three turns in it at 1, 4 and 9 s, and one that was said afterwards."""
    case, sitting, tape = recorded(desk, 12.0)
    for words, ms in zip(("厕索是前年休的。", "五千。", "行。"), (1000, 4000, 9000), strict=True):
        hearing.record_turn(desk, case, sitting, speaker="吴某", text=words, sound=Position(tape, ms))
    hearing.record_turn(desk, case, sitting, speaker="吴某", text="录完以后说的。")
    return case, sitting


def with_engine(desk: Desk, engine: ToldTranscriber) -> Desk:
    return replace(desk, workshop=replace(desk.workshop, engine=lambda _model: engine))


def drafted(desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path) -> tuple[Desk, ToldTranscriber, list[Heard]]:
    """Drafts of the three turns by an engine that was told what to hear."""
    engine = ToldTranscriber(SAID)
    at = with_engine(desk, engine)
    transcribing.enter_model(at, folder, ModelKind.PARAFORMER)
    return at, engine, list(transcribing.drafts(at, *spoken))


def test_each_recorded_turn_is_heard_from_its_place_to_the_next_and_nothing_is_written(
    desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path
) -> None:
    before = [turn.text for turn in case_of(desk, spoken[0]).hearings[-1].turns]
    at, engine, found = drafted(desk, spoken, folder)
    assert [(each.turn.text, each.text) for each in found] == list(zip(before[2:5], SAID, strict=True))
    whole = tone(12.0)
    assert engine.heard == [whole[2 * a * RATE : 2 * b * RATE] for a, b in ((1, 4), (4, 9), (9, 12))]
    assert [turn.text for turn in case_of(at, spoken[0]).hearings[-1].turns] == before
    assert len(at.vault.traces("access.recording_heard")) == 1


def test_what_a_person_takes_over_keeps_the_old_words_and_names_the_engine(
    desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path
) -> None:
    at, _, found = drafted(desk, spoken, folder)
    first = found[0]
    transcribing.take_over(at, *spoken, turn=first.turn.id, text="厕所是前年修的，花了钱。", engine=first.engine)
    turn = next(each for each in case_of(at, spoken[0]).hearings[-1].turns if each.id == first.turn.id)
    assert (turn.text, turn.corrected_from) == ("厕所是前年修的，花了钱。", ("厕索是前年休的。",))
    entry = reading.reread(at, spoken[0]).entries[-1]
    assert (entry.kind, entry.content()["draft"]) == ("hearing.corrected", first.engine)
    assert first.engine.startswith("paraformer:")
    hearing.correct_turn(at, *spoken, turn=first.turn.id, text="厕所是前年修的。")
    assert "draft" not in reading.reread(at, spoken[0]).entries[-1].content()


def test_a_turn_is_no_longer_than_a_minute_and_one_at_the_place_of_the_next_is_left_out() -> None:
    turns = tuple(
        Turn(TurnId(f"{at:032x}"), "甲", "话", sound=Position(tape, ms))
        for at, (tape, ms) in enumerate([("a", 0), ("b", 5000), ("a", 90_000), ("a", 90_000), ("b", 6000)])
    )
    found = [
        (int(turn.id, 16), tape, start, length)
        for turn, tape, start, length in stretches(Hearing(HearingId("h"), turns=turns))
    ]
    minute = 60 * RATE
    assert found == [
        (0, "a", 0, minute), (1, "b", 5 * RATE, RATE), (3, "a", 90 * RATE, minute), (4, "b", 6 * RATE, minute),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: None, "speech.none"),
        (lambda folder: (folder / "tokens.txt").write_bytes(b"other"), "speech.changed"),
        (lambda folder: (folder / "model.onnx").write_bytes(b""), "speech.changed"),
        (lambda folder: (folder / "model.onnx").unlink(), "speech.no_model"),
    ],
)
@pytest.mark.threat("T46")
def test_a_model_that_nobody_entered_or_that_was_changed_is_never_loaded(
    desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path, spoil: Callable[[Path], object], code: str
) -> None:
    def load(_model: SpeechModel) -> ToldTranscriber:
        raise AssertionError("loaded")

    at = replace(desk, workshop=replace(desk.workshop, engine=load))
    if code != "speech.none":
        transcribing.enter_model(at, folder, ModelKind.SENSE_VOICE)
    spoil(folder)
    with pytest.raises(MediatorError) as refused:
        transcribing.drafts(at, *spoken)
    assert refused.value.code == code


def test_the_list_lies_in_the_vault_and_entering_leaves_a_trace(tmp_path: Path, desk: Desk, folder: Path) -> None:
    model = transcribing.enter_model(desk, folder, ModelKind.SENSE_VOICE)
    opening.lock(desk)
    again = opening.unlock(a_workshop(seed=2), tmp_path / "vault", None, PASSWORD)
    assert transcribing.entered_model(again) == model
    assert [each.content() for each in again.vault.traces("audit.speech_model")] == [{"name": model.name}]
    opening.lock(again)


def test_without_the_engine_it_is_said_and_nothing_else_happens(
    desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)
    transcribing.enter_model(desk, folder, ModelKind.PARAFORMER)
    with pytest.raises(WorldFailed, match=r"speech\.no_engine"):
        transcribing.drafts(desk, *spoken)


@pytest.mark.threat("T05")
def test_who_took_no_part_gets_no_draft_and_one_that_is_stopped_leaves_nothing(
    desk: Desk, spoken: tuple[CaseId, HearingId], folder: Path
) -> None:
    at = with_engine(desk, ToldTranscriber(SAID))
    transcribing.enter_model(at, folder, ModelKind.PARAFORMER)
    with pytest.raises(MediatorError, match=r"speech\.stopped"):
        transcribing.drafts(at, *spoken, watch=Watch(cancelled=lambda: True))
    stranger = replace(at.vault.user, id="9" * 32, name="王调解")
    at.vault.user = stranger
    with pytest.raises(NoAccess, match=r"recording\.not_yours"):
        transcribing.drafts(at, *spoken)


def test_a_sitting_that_was_not_recorded_has_nothing_to_draft(desk: Desk) -> None:
    from tests.casework.tapes import a_sitting

    case, sitting = a_sitting(desk)
    hearing.record_turn(desk, case, sitting, speaker="李四", text="请还钱。")
    with pytest.raises(Unacceptable, match=r"recording\.no_sound"):
        transcribing.drafts(desk, case, sitting)


@pytest.mark.parametrize("kind", list(ModelKind))
def test_the_engine_is_asked_for_the_family_of_the_model_and_hears_floats_at_16_khz(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: ModelKind
) -> None:
    asked: list[tuple[str, dict[str, object]]] = []
    stream = SimpleNamespace(result=SimpleNamespace(text=" 五千。 "), heard=None)
    stream.accept_waveform = lambda rate, samples: setattr(stream, "heard", (rate, samples))
    recognizer = SimpleNamespace(create_stream=lambda: stream, decode_stream=lambda _: None)

    def made(name: str) -> Callable[..., object]:
        def make(**named: object) -> object:
            asked.append((name, named))
            return recognizer

        return make

    engine = ModuleType("sherpa_onnx")
    engine.__dict__["OfflineRecognizer"] = SimpleNamespace(
        from_paraformer=made("paraformer"), from_sense_voice=made("sense_voice")
    )
    monkeypatch.setitem(sys.modules, "sherpa_onnx", engine)
    words = SherpaTranscriber(SpeechModel(folder, kind, hashes_of(folder))).hear(b"\x00\x40\x00\xc0")
    assert (words, stream.heard) == ("五千。", (16_000, [0.5, -0.5]))
    ((name, named),) = asked
    assert name == kind.value
    assert named["tokens"] == str(folder / "tokens.txt")
    assert str(folder / "model.onnx") in named.values()


def test_a_hash_list_that_names_other_files_fits_nothing(folder: Path) -> None:
    good = hashes_of(folder)
    refuse_changed(SpeechModel(folder, ModelKind.PARAFORMER, good))
    with pytest.raises(Unacceptable, match=r"speech\.changed"):
        refuse_changed(SpeechModel(folder, ModelKind.PARAFORMER, {"model.onnx": good["model.onnx"]}))
