"""Entries whose signature is good and whose content is not: each is kept, named, and breaks no case."""

from __future__ import annotations

import time
from dataclasses import replace

import msgspec
import pytest

from mediator.core.codes import CaseStatus
from mediator.core.records import Case, CaseId
from mediator.errors import Unacceptable
from mediator.journal.canonical import MAX_INT, decode_strict, encode
from mediator.journal.entry import Entry, Head, StreamId, hash_of_head
from mediator.journal.fold import State, fold_all, state_bytes
from mediator.journal.framing import commitment, read_entry
from mediator.journal.records import case_of, sitting_of
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)
PARTY, CLAUSE, HEARING, SAID, PAID = ("a1" * 16, "c1" * 16, "e1" * 16, "51" * 16, "b1" * 16)
Fact = tuple[str, dict[str, object]]
GOOD: Fact = ("case.opened", {"fields": {"title": "借款纠纷", "kind": "people_mediation", "facts": "欠款未还"}})


def history(*facts: Fact) -> Writer:
    """One desk that wrote these facts, a good opening first."""
    writer = Writer("村")
    for kind, body in (GOOD, *facts):
        writer.write(CASE, kind, body)
    return writer


def folded(writer: Writer) -> tuple[State, Case]:
    """The state and the case; both must come out whatever was written."""
    state = fold_all(writer.journal.stream(CASE))
    assert state_bytes(state)
    sitting_of(state, HEARING)
    return state, case_of(CaseId(CASE), state)


def with_body(entry: Entry, body: bytes, **members: object) -> Entry:
    """The same entry over other body bytes, as a desk with a broken program would sign it."""
    assert entry.salt is not None
    members |= {"b": len(body), "cm": commitment(entry.salt, body)}
    head = msgspec.convert({**msgspec.to_builtins(entry.head), **members}, Head)
    raw = encode(head)
    return read_entry(replace(entry, head=head, head_bytes=raw, body=body, hash=hash_of_head(raw)).raw)


PARTY_FIELDS: dict[str, object] = {"name": "张三", "side": "applicant", "kind": "person"}
CONTENT: dict[str, object] = {"fields": {}, "clauses": [], "obligations": []}
SENTENCE: dict[str, object] = {"id": SAID, "hearing": HEARING, "speaker": "张三", "text": "我没有钱。", "at": 1}
PAYMENT: dict[str, object] = {"obligation": CLAUSE, "amount": 500, "paid_on": "2026-03-05"}


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("case.set", {}, "entry.body.fields"),
        ("case.set", {"fields": []}, "entry.body.fields"),
        ("case.set", {"fields": {"title": 5}}, "entry.field.title"),
        ("case.set", {"fields": {"accepted_on": "2026-02-30"}}, "entry.field.accepted_on"),
        ("case.set", {"fields": {"accepted_on": "20260305"}}, "entry.field.accepted_on"),
        ("case.set", {"fields": {"accepted_on": 20260305}}, "entry.field.accepted_on"),
        ("case.set", {"fields": {"dates": [["立案", "2026-13-01"]]}}, "entry.field.dates"),
        ("case.set", {"fields": {"dates": [["立案"]]}}, "entry.field.dates"),
        ("case.set", {"fields": {"dates": {"a": "2026-01-01"}}}, "entry.field.dates"),
        ("case.set", {"fields": {"status": "closed"}}, "entry.field.status"),
        ("case.set", {"fields": {"number": "第1号"}}, "entry.field.number"),
        ("case.moved", {"to": ["closed"]}, "entry.body.to"),
        ("case.numbered", {}, "entry.body.number"),
        ("party.added", {"id": "张三", "fields": PARTY_FIELDS}, "entry.body.id"),
        ("party.added", {"fields": PARTY_FIELDS}, "entry.body.id"),
        ("party.set", {"id": PARTY, "fields": {"name": ["张", "三"]}}, "entry.field.name"),
        ("party.set", {"id": PARTY, "fields": {"birth_date": "1968-02-30"}}, "entry.field.birth_date"),
        ("party.set", {"id": PARTY, "fields": {"present": False}}, "entry.field.present"),
        ("party.left", {"id": PARTY.upper()}, "entry.body.id"),
        ("hearing.set", {"id": HEARING, "fields": {"closed": True}}, "entry.field.closed"),
        ("hearing.set", {"id": HEARING, "fields": {"mediators": "李"}}, "entry.field.mediators"),
        ("hearing.set", {"id": HEARING, "fields": {"mediators": ["李", 5]}}, "entry.field.mediators"),
        ("hearing.set", {"id": HEARING, "fields": {"held_at": True}}, "entry.field.held_at"),
        ("hearing.sentence", {**SENTENCE, "at": "now"}, "entry.body.at"),
        ("hearing.sentence", {**SENTENCE, "text": 5}, "entry.body.text"),
        ("hearing.corrected", {"id": SAID, "hearing": HEARING}, "entry.body.text"),
        ("hearing.closed", {"hearing": HEARING, "digest": "", "count": "3"}, "entry.body.count"),
        ("agreement.set", {"fields": {"order": ["x"]}}, "entry.field.order"),
        ("agreement.set", {"fields": {"copies": False}}, "entry.field.copies"),
        ("agreement.order", {"clauses": "c1"}, "entry.body.clauses"),
        ("clause.set", {"id": CLAUSE, "fields": {"text": 1}}, "entry.field.text"),
        ("obligation.added", {"id": CLAUSE, "fields": {"amount": -1}}, "entry.field.amount"),
        ("obligation.added", {"id": CLAUSE, "fields": {"amount": 10**15}}, "entry.field.amount"),
        ("obligation.added", {"id": CLAUSE, "fields": {"part_of_total": 1}}, "entry.field.part_of_total"),
        ("payment.recorded", {"id": PAID, "fields": {**PAYMENT, "amount": -5}}, "entry.field.amount"),
        ("payment.recorded", {"id": PAID, "fields": {**PAYMENT, "amount": True}}, "entry.field.amount"),
        ("payment.recorded", {"id": PAID, "fields": {**PAYMENT, "paid_on": ""}}, "entry.field.paid_on"),
        ("payment.recorded", {"id": PAID, "fields": {"amount": 5}}, "entry.field.obligation"),
        ("follow_up.recorded", {"id": PAID, "fields": {"visitor": "李"}}, "entry.field.visited_on"),
        ("agreement.signed", {"digest": "0" * 64, "form": "written", "content": CONTENT}, "entry.body.digest"),
        ("agreement.signed", {"digest": "0" * 64, "form": "written", "content": []}, "entry.body.content"),
        ("agreement.signed", {"digest": "0" * 64, "form": "written", "content": {}}, "entry.body.content"),
        (
            "agreement.signed",
            {"digest": "", "form": "written", "content": {**CONTENT, "fields": {"signed_on": "soon"}}},
            "entry.body.content",
        ),
        (
            "agreement.signed",
            {"digest": "", "form": "written", "content": {**CONTENT, "clauses": [{"text": "无号"}]}},
            "entry.body.content",
        ),
        (
            "agreement.signed",
            {"digest": "", "form": "written", "content": {**CONTENT, "obligations": [{"id": CLAUSE, "amount": "9"}]}},
            "entry.body.content",
        ),
        (
            "document.issued",
            {"id": PAID, "kind": "x", "number": "1", "title": "协议书", "pages": 1, "files": ["a.pdf"]},
            "entry.body.files",
        ),
    ],
)
def test_a_body_that_breaks_its_kind_is_named_and_changes_nothing(
    kind: str, body: dict[str, object], code: str
) -> None:
    writer = history((kind, body))
    state, case = folded(writer)
    assert [row[2] for row in state.set_aside] == [code]
    assert state.set_aside[0][:2] == (writer.desk, 2)
    assert case == folded(history())[1]


def test_a_fact_never_lands_on_an_item_of_another_kind() -> None:
    state, case = folded(
        history(
            ("party.added", {"id": PARTY, "fields": PARTY_FIELDS}),
            ("clause.set", {"id": PARTY, "fields": {"birth_date": "someday", "text": "冒充"}}),
            ("clause.removed", {"id": PARTY}),
            ("hearing.closed", {"hearing": PARTY, "digest": "", "count": 0}),
            ("hearing.corrected", {"id": PARTY, "hearing": HEARING, "text": "冒充"}),
        )
    )
    assert [row[2] for row in state.set_aside] == ["entry.item"] * 4
    assert [(party.name, party.birth_date) for party in case.parties] == [("张三", None)]
    assert (state.closings, state.earlier) == ({}, {})


def test_words_that_stand_in_a_record_are_not_replaced_by_words_with_the_same_id() -> None:
    state, case = folded(
        history(
            ("hearing.opened", {"id": HEARING, "fields": {}}),
            ("hearing.sentence", SENTENCE),
            ("hearing.sentence", {**SENTENCE, "text": "我愿意全部归还。"}),
        )
    )
    assert [turn.text for turn in case.hearings[0].turns] == ["我没有钱。"]
    assert [row[2] for row in state.set_aside] == ["entry.item"]


def test_a_payment_is_a_fact_and_not_rewritten_by_another_of_its_id() -> None:
    state, case = folded(
        history(
            ("payment.recorded", {"id": PAID, "fields": PAYMENT}),
            ("payment.recorded", {"id": PAID, "fields": {**PAYMENT, "amount": 1}}),
        )
    )
    assert [payment.amount for payment in case.payments] == [500]
    assert len(state.set_aside) == 1


def test_sentences_that_name_each_other_in_a_circle_are_all_in_the_record() -> None:
    other, lone = "52" * 16, "53" * 16
    _, case = folded(
        history(
            ("hearing.opened", {"id": HEARING, "fields": {}}),
            ("hearing.sentence", {**SENTENCE, "after": other}),
            ("hearing.sentence", {**SENTENCE, "id": other, "after": SAID, "text": "二"}),
            ("hearing.sentence", {**SENTENCE, "id": lone, "after": lone, "text": "三"}),
            ("hearing.sentence", {**SENTENCE, "id": "54" * 16, "after": ["x"], "text": "四"}),
        )
    )
    assert {turn.text for turn in case.hearings[0].turns} == {"我没有钱。", "二", "三", "四"}


def test_a_correction_of_words_that_never_came_is_shown_in_its_hearing() -> None:
    _, case = folded(
        history(
            ("hearing.opened", {"id": HEARING, "fields": {}}),
            ("hearing.corrected", {"id": SAID, "hearing": HEARING, "text": "更正后的话"}),
        )
    )
    assert [turn.text for turn in case.hearings[0].turns] == ["更正后的话"]


@pytest.mark.parametrize("wall", [MAX_INT, -MAX_INT, 253_402_300_800_000, 0])
def test_a_clock_that_no_calendar_holds_does_not_hide_a_case(wall: int) -> None:
    writer = history(("hearing.opened", {"id": HEARING, "fields": {"held_at": wall}}))
    writer.write(CASE, "hearing.sentence", {**SENTENCE, "at": wall}, wall=wall)
    writer.write(CASE, "case.moved", {"to": "accepted"}, wall=wall)
    _, case = folded(writer)
    assert case.status is CaseStatus.ACCEPTED
    assert (case.hearings[0].held_at, case.moves[0].on, case.hearings[0].turns[0].said_at) == (None, None, None)


@pytest.mark.parametrize("body", [b"[]", b"5", b'"fields"', b"true"])
def test_a_body_that_is_no_object_is_named(body: bytes) -> None:
    writer = history(("case.set", {"fields": {"facts": "x"}}), ("desk.succeeds", {}))
    known = [with_body(writer.journal.held[writer.desk, n], body) for n in (2, 3)]
    state = fold_all([writer.journal.held[writer.desk, 1], *known])
    assert [row[2] for row in state.set_aside] == ["entry.body", "entry.body"]


@pytest.mark.parametrize(
    ("kind", "unread", "aside"), [(1, 0, ["entry.seal"]), (2, 1, [])]
)  # fmt: skip
def test_what_the_county_must_read_cannot_be_sealed_for_a_township_and_newer_seals_are_counted(
    kind: int, unread: int, aside: list[str]
) -> None:
    writer = history(("case.set", {"fields": {"facts": "x"}}))
    sealed = with_body(writer.journal.held[writer.desk, 2], b"\x00\xff\xfe", s=[kind, "12" * 16])
    state = fold_all([writer.journal.held[writer.desk, 1], sealed])
    assert (state.unread, [row[2] for row in state.set_aside]) == (unread, aside)
    assert case_of(CaseId(CASE), state).facts == "欠款未还"


def test_what_a_township_sealed_says_nothing_to_who_has_no_key_and_no_program_is_called_too_old() -> None:
    writer = history(("recording.keyed", {"id": "ab" * 16, "key": "cd" * 32}))
    sealed = with_body(writer.journal.held[writer.desk, 2], b"\x00\xff\xfe", s=[1, "12" * 16])
    state = fold_all([writer.journal.held[writer.desk, 1], sealed])
    assert (state.unread, state.set_aside) == (0, ())


def test_a_known_kind_at_another_reach_is_named() -> None:
    writer = history(("note.private", {"text": "私下的话"}), ("case.set", {"fields": {"facts": "x"}}))
    first, note, written = (writer.journal.held[writer.desk, n] for n in (1, 2, 3))
    assert note.body is not None
    assert written.body is not None
    state = fold_all([first, with_body(note, note.body, r="county"), with_body(written, written.body, r="private")])
    assert [row[2] for row in state.set_aside] == ["entry.reach"] * 2


def test_values_as_deep_as_the_format_allows_still_compare_as_states() -> None:
    deep: object = "底"
    for _ in range(13):
        deep = [deep]
    state, _ = folded(history(("case.set", {"fields": {"later": deep}})))
    assert state.set_aside == ()
    assert state_bytes(state) != state_bytes(folded(history())[0])


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"[]" * 20 + b'"' + b'\\"' * 500_000, id="a string that never ends"),
        pytest.param(b"[" * 1_000_000, id="only openings"),
        pytest.param(b"[" + b"[]," * 300_000 + b"[]]", id="many empty lists"),
        pytest.param(b"9" * 1_000_000, id="an endless number"),
        pytest.param(b"{" + b'"a":1,' * 150_000 + b'"a":1}', id="many members"),
    ],
)
def test_a_megabyte_made_to_cost_time_is_refused_at_once(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Unacceptable):
        decode_strict(data)
    assert time.process_time() - started < 2
