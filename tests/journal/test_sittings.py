"""Initials and signatures of a record fit the words that stand there now, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import pytest

from mediator.core.records import CaseId, Hearing
from mediator.core.sittings import Meeting, RecordSignature, SignWay
from mediator.journal.checks import is_point, is_stamps, is_strokes
from mediator.journal.entry import StreamId
from mediator.journal.kinds import KINDS
from mediator.journal.records import case_of
from mediator.journal.sittings import record_digest
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)
HEARING, FIRST, SECOND = "e1" * 16, "f1" * 16, "f2" * 16
AT = 1764057600000
DRAWN = [[[10, 20, 0], [300, 400, 90]], [[2990, 990, 700]]]


@pytest.fixture
def desk() -> Writer:
    """A sitting with two turns."""
    writer = Writer("甲")
    writer.write(CASE, "case.opened", {"fields": {"title": "借款纠纷", "kind": "people_mediation"}})
    writer.write(CASE, "hearing.opened", {"id": HEARING, "fields": {"place": "调解室"}})
    said(writer, FIRST, "欠三千元。")
    said(writer, SECOND, "三千元，年底还。", after=FIRST)
    return writer


def said(writer: Writer, key: str, text: str, **more: str) -> None:
    """One sentence."""
    body = {"id": key, "hearing": HEARING, "speaker": "张三", "text": text, "at": AT, **more}
    writer.write(CASE, "hearing.sentence", body)


def sitting(writer: Writer) -> Hearing:
    """The hearing as it is read."""
    return case_of(CaseId(CASE), writer.journal.log(CASE).state, waiting=0).hearings[0]


def rows(hearing: Hearing) -> list[tuple[str, str, str]]:
    """What is pinned, written out by hand."""
    return [(turn.id, turn.speaker, turn.text) for turn in hearing.turns]


def read(writer: Writer, by: str = "张三") -> None:
    """An initial under both turns."""
    now = sitting(writer)
    body = {"hearing": HEARING, "by": by, "turns": [FIRST, SECOND], "digest": record_digest(rows(now)), "at": AT}
    writer.write(CASE, "hearing.read", body)


def sign(writer: Writer, signer: str = "张三", **other: object) -> None:
    """A signature under the whole record."""
    body: dict[str, object] = {
        "hearing": HEARING, "signer": signer, "way": "strokes", "digest": record_digest(rows(sitting(writer))),
        "strokes": DRAWN, "reason": "", "at": AT,
    }  # fmt: skip
    writer.write(CASE, "hearing.signed", body | other)


def signature(writer: Writer) -> RecordSignature:
    """The only one."""
    (found,) = sitting(writer).signatures
    return found


def test_the_digest_of_a_record_is_over_its_canonical_bytes_under_a_name_of_its_own() -> None:
    written = b"mediator/hearing/1\x00" + '[["f1","张三","欠三千元。"]]'.encode()
    assert record_digest([("f1", "张三", "欠三千元。")]) == sha256(written).hexdigest()


def test_a_signature_is_read_with_its_strokes_and_fits_what_was_signed(desk: Writer) -> None:
    sign(desk)
    found = signature(desk)
    assert (found.signer, found.way, found.fits) == ("张三", SignWay.STROKES, True)
    assert found.strokes == (((10, 20, 0), (300, 400, 90)), ((2990, 990, 700),))
    assert isinstance(found.at, datetime)


def test_one_changed_digit_and_the_signature_no_longer_fits(desk: Writer) -> None:
    sign(desk)
    read(desk)
    desk.write(CASE, "hearing.corrected", {"id": FIRST, "hearing": HEARING, "text": "欠二千元。"})
    assert not signature(desk).fits
    assert [each.fits for each in sitting(desk).reads] == [False]
    desk.write(CASE, "hearing.corrected", {"id": FIRST, "hearing": HEARING, "text": "欠三千元。"})
    assert signature(desk).fits


def test_a_further_turn_is_not_signed_but_what_was_read_back_stays_read(desk: Writer) -> None:
    sign(desk)
    read(desk)
    said(desk, "f3" * 16, "另加一句。", after=SECOND)
    assert not signature(desk).fits
    assert [each.fits for each in sitting(desk).reads] == [True]


def test_a_turn_that_came_after_the_closing_stands_in_the_annex_and_leaves_the_signature_alone(desk: Writer) -> None:
    other = Writer("乙")
    other.journal.absorb(list(desk.journal.held.values()))
    said(other, "f3" * 16, "另一台电脑记的。", after=SECOND)
    sign(desk)
    digest = record_digest(rows(sitting(desk)))
    desk.write(CASE, "hearing.closed", {"hearing": HEARING, "digest": digest, "count": 2})
    desk.journal.absorb(list(other.journal.held.values()))
    assert [turn.late for turn in sitting(desk).turns] == [False, False, True]
    assert signature(desk).fits


def test_a_signer_has_one_answer_his_last(desk: Writer) -> None:
    sign(desk, way="refused", strokes=[], reason="要先问家里人")
    sign(desk, "李四")
    sign(desk)
    assert [(each.signer, each.way) for each in sitting(desk).signatures] == [
        ("张三", SignWay.STROKES), ("李四", SignWay.STROKES),
    ]  # fmt: skip


def test_a_way_of_signing_of_a_newer_program_is_kept_and_not_misread(desk: Writer) -> None:
    sign(desk, way="fingerprint")
    assert sitting(desk).signatures == ()


def test_a_mark_is_set_and_taken_away_and_needs_a_turn(desk: Writer) -> None:
    for key, marked in ((FIRST, True), (SECOND, True), (SECOND, False), ("f9" * 16, True)):
        desk.write(CASE, "hearing.marked", {"id": key, "hearing": HEARING, "marked": marked})
    assert [turn.marked for turn in sitting(desk).turns] == [True, False]


def test_the_head_tells_the_kind_of_meeting_who_listens_who_is_missing_and_when_it_rested(desk: Writer) -> None:
    fields: Mapping[str, object] = {
        "meeting": "fireside", "observers": ["县人大代表周某"], "absent": ["李四"], "interpreter": "畲语翻译蓝某",
        "pauses": [AT, AT + 600_000, AT + 900_000], "script_at": [["核对身份", AT], ["核对身份", AT + 5000]],
    }  # fmt: skip
    assert sitting(desk).meeting is Meeting.MEDIATION
    desk.write(CASE, "hearing.set", {"id": HEARING, "fields": fields})
    found = sitting(desk)
    assert (found.meeting, found.observers, found.absent, found.interpreter) == (
        Meeting.FIRESIDE, ("县人大代表周某",), ("李四",), "畲语翻译蓝某",
    )  # fmt: skip
    assert found.paused
    assert [f"{each:%H:%M}" for each in found.pauses] == ["16:00", "16:10", "16:15"]
    assert {name: f"{at:%H:%M:%S}" for name, at in found.script_at.items()} == {"核对身份": "16:00:00"}


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ([], True), (DRAWN, True), ([[]], False), ([[[0, 0]]], False), ([[[-1, 0, 0]]], False),
        ([[[3001, 0, 0]]], False), ([[[0, 1001, 0]]], False), ([[[0, 0, -1]]], False), ([[[0.5, 0, 0]]], False),
        ([[[True, 0, 0]]], False), ([[[1, 1, n] for n in range(6000)]], True), ("", False), ([3], False),
        ([[[1, 1, n] for n in range(6001)]], False), ([[["1", 1, 1]]], False),
    ],
)  # fmt: skip
def test_strokes_are_whole_numbers_inside_the_field(value: object, good: bool) -> None:
    assert is_strokes(value) is good


@pytest.mark.parametrize(
    ("value", "good"), [([["甲", 1]], True), ([["甲"]], False), ([["甲", "1"]], False), ([], True), ({}, False)]
)
def test_stamps_are_pairs_of_a_name_and_a_moment(value: object, good: bool) -> None:
    assert is_stamps(value) is good
    assert not is_point("abc")


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("hearing.signed", {}, ""), ("hearing.signed", {"later": 1}, ""),
        ("hearing.signed", {"digest": "ab"}, "digest"),
        ("hearing.signed", {"strokes": [[[1, 2]]]}, "strokes"), ("hearing.signed", {"signer": None}, "signer"),
        ("hearing.read", {}, ""), ("hearing.read", {"turns": "x"}, "turns"), ("hearing.read", {"by": 1}, "by"),
    ],
)  # fmt: skip
def test_an_initial_and_a_signature_say_who_when_and_over_what(
    kind: str, change: dict[str, object], fault: str
) -> None:
    body: dict[str, object] = {
        "hearing": HEARING, "by": "张三", "turns": [FIRST], "signer": "张三", "way": "paper", "digest": "ab" * 32,
        "strokes": [], "reason": "", "at": AT,
    }  # fmt: skip
    assert KINDS[kind].fault(body | change) == (f"entry.body.{fault}" if fault else "")
