"""Initials and signatures: bound to what was shown, refused when the record has moved on; refusals and reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.casework import hearing, hearing_signing, intake, reading
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.hearing_signing import Answer, Signer, answer_of, digest_of, signers_of
from mediator.casework.intake import PartyForm
from mediator.core.codes import Side
from mediator.core.records import Case, CaseId, HearingId, TurnId
from mediator.core.sittings import SignWay, Strokes, confirmed_by
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.sittings import pinned
from tests.casework.desks import a_document, case_of, taken_in

DRAWN: Strokes = (((10, 20, 0), (300, 400, 90), (320, 420, 110)), ((2990, 990, 700),))


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document())


@pytest.fixture
def sitting(desk: Desk, case_id: CaseId) -> HearingId:
    form = HearingForm(place="调解室", mediators=("李调解", "周调解"), recorder="李调解")
    made = hearing.open_hearing(desk, case_id, form)
    for words in ("欠三千元。", "年底还。"):
        hearing.record_turn(desk, case_id, made, speaker="张三", text=words)
    return made


def signer(desk: Desk, case_id: CaseId, name: str = "张三") -> Signer:
    """One of those who were there."""
    case = case_of(desk, case_id)
    return next(each for each in signers_of(case, case.hearings[0]) if each.name == name)


def given(desk: Desk, case_id: CaseId, **changes: object) -> Answer:
    """A signature of 张三 under the record as it stands."""
    digest = digest_of(case_of(desk, case_id).hearings[0])
    made = Answer(signer(desk, case_id), SignWay.STROKES, digest, DRAWN)
    return replace(made, **changes)  # type: ignore[arg-type]  # names of Answer's own fields


def test_everybody_who_was_there_signs_once_and_nobody_who_was_not(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    seen = reading.reread(desk, case_id).seen
    intake.add_party(desk, case_id, seen, PartyForm(Side.WITNESS, "王见证"))
    intake.add_party(desk, case_id, seen, PartyForm(Side.RESPONDENT, "张三"))
    form = HearingForm(mediators=("李调解", "周调解"), recorder="李调解", absent=("李四",))
    hearing.save_hearing(desk, case_id, sitting, form=form)
    case = case_of(desk, case_id)
    assert [(each.name, each.role, each.party is not None) for each in signers_of(case, case.hearings[0])] == [
        ("张三", "被申请人", True), ("张三", "被申请人", True), ("王见证", "见证人", True),
        ("李调解", "调解员", False), ("周调解", "调解员", False),
    ]  # fmt: skip


def test_an_initial_covers_the_turns_that_were_shown(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    rows = pinned(case_of(desk, case_id).hearings[0].turns)
    hearing_signing.initial(desk, case_id, sitting, shown=rows[:1], by=signer(desk, case_id))
    reads = case_of(desk, case_id).hearings[0].reads
    assert confirmed_by(reads, [rows[0][0]]) == ("张三",)
    assert confirmed_by(reads, [row[0] for row in rows]) == ()
    hearing.correct_turn(desk, case_id, sitting, turn=TurnId(rows[0][0]), text="欠二千元。")
    assert confirmed_by(case_of(desk, case_id).hearings[0].reads, [rows[0][0]]) == ()


def test_an_initial_under_words_that_were_changed_meanwhile_is_not_taken(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    rows = pinned(case_of(desk, case_id).hearings[0].turns)
    hearing.correct_turn(desk, case_id, sitting, turn=TurnId(rows[1][0]), text="明年还。")
    with pytest.raises(RefusedByRule, match=r"hearing\.changed"):
        hearing_signing.initial(desk, case_id, sitting, shown=rows, by=signer(desk, case_id))
    hearing_signing.initial(desk, case_id, sitting, shown=rows[:1], by=signer(desk, case_id))
    assert len(case_of(desk, case_id).hearings[0].reads) == 1


def test_an_initial_of_nobody_or_under_nothing_is_none(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    for rows, name, code in (((), "张三", "no_words"), ((("f1" * 16, "甲", "话"),), " ", "no_signer")):
        with pytest.raises(Unacceptable, match=rf"hearing\.{code}"):
            hearing_signing.initial(desk, case_id, sitting, shown=rows, by=Signer(name, ""))


def test_a_signature_is_kept_with_its_strokes_and_one_changed_digit_unbinds_it(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    hearing_signing.answer(desk, case_id, sitting, given(desk, case_id))
    found = answer_of(case_of(desk, case_id).hearings[0], signer(desk, case_id))
    assert found is not None
    assert (found.way, found.strokes, found.fits) == (SignWay.STROKES, DRAWN, True)
    turn = case_of(desk, case_id).hearings[0].turns[0]
    hearing.correct_turn(desk, case_id, sitting, turn=turn.id, text="欠二千元。")
    assert not case_of(desk, case_id).hearings[0].signatures[0].fits


def test_who_looks_at_an_older_record_does_not_sign_the_newer_one(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    looked_at = given(desk, case_id)
    hearing.record_turn(desk, case_id, sitting, speaker="李四", text="加一条。")
    with pytest.raises(RefusedByRule, match=r"hearing\.changed") as told:
        hearing_signing.answer(desk, case_id, sitting, looked_at)
    assert complain(told.value).message.startswith("笔录刚刚改过")
    assert case_of(desk, case_id).hearings[0].signatures == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"strokes": ()}, "hearing.no_strokes"), ({"strokes": (((1, 1, 0),),)}, "hearing.no_strokes"),
        ({"strokes": (((1, 1, 0), (2, 2, 1), (3, 3, 2), (3001, 3, 3)),)}, "hearing.strokes"),
        ({"way": SignWay.REFUSED, "reason": " "}, "hearing.no_reason"),
        ({"signer": Signer(" \u202e", "")}, "hearing.no_signer"),
    ],
)  # fmt: skip
def test_a_signature_that_says_nothing_is_refused(
    desk: Desk, case_id: CaseId, sitting: HearingId, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(MediatorError) as told:
        hearing_signing.answer(desk, case_id, sitting, given(desk, case_id, **changes))
    assert told.value.code == code
    assert complain(told.value).safe


def test_a_refusal_stands_with_its_reason_and_a_later_signature_in_its_place(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    refusal = given(desk, case_id, way=SignWay.REFUSED, reason="要先问家里人")
    hearing_signing.answer(desk, case_id, sitting, refusal)
    (found,) = case_of(desk, case_id).hearings[0].signatures
    assert (found.way, found.reason, found.strokes) == (SignWay.REFUSED, "要先问家里人", ())
    hearing_signing.answer(desk, case_id, sitting, given(desk, case_id, way=SignWay.PAPER))
    (found,) = case_of(desk, case_id).hearings[0].signatures
    assert (found.way, found.reason) == (SignWay.PAPER, "")


def test_a_closed_record_is_still_signed(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    hearing.close_hearing(desk, case_id, sitting)
    hearing_signing.answer(desk, case_id, sitting, given(desk, case_id))
    assert case_of(desk, case_id).hearings[0].signatures[0].fits


def test_a_record_without_words_is_not_signed(desk: Desk, case_id: CaseId) -> None:
    empty = hearing.open_hearing(desk, case_id, HearingForm())
    case: Case = case_of(desk, case_id)
    blank = Answer(Signer("张三", ""), SignWay.PAPER, digest_of(case.hearings[-1]))
    with pytest.raises(Unacceptable, match=r"hearing\.no_words"):
        hearing_signing.answer(desk, case_id, empty, blank)
