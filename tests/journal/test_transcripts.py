"""What was taken over in one entry comes to the same as entry by entry, and each field can be changed afterwards."""

from __future__ import annotations

import pytest

from mediator.core.records import CaseId
from mediator.journal.content import content_digest
from mediator.journal.entry import Draft, Entry, StreamId
from mediator.journal.fold import StreamLog, fold_all
from mediator.journal.framing import erased_twin, read_entry
from mediator.journal.kinds import KINDS
from mediator.journal.records import case_of
from mediator.journal.steps import FOLDS
from mediator.journal.transcripts import IN_TRANSCRIPTS, TRANSCRIPT, facts_in, transcribed
from tests.journal.list_journal import ListJournal, Writer

CASE_ID = StreamId("ca" * 16)
PARTY, HEARING, FIRST, SECOND, THIRD, CLAUSE, OWED, EVENT = (f"{n:02x}" * 16 for n in range(1, 9))
CONTENT: dict[str, object] = {"fields": {"copies": 3}, "clauses": [], "obligations": []}
FACTS: list[tuple[str, dict[str, object]]] = [
    ("case.opened", {"fields": {"title": "排水沟纠纷", "kind": "people_mediation", "facts": "雨水进了院子。"}}),
    ("case.numbered", {"number": "临7K001-1", "alias": "旧001"}),
    ("case.set", {"fields": {"facts": "雨水进了院子，墙也湿了。"}}),
    ("party.added", {"id": PARTY, "fields": {"name": "周明", "side": "applicant"}}),
    ("party.set", {"id": PARTY, "fields": {"phone": "13800000000"}}),
    ("hearing.opened", {"id": HEARING, "fields": {"place": "调解室", "mediators": ["何静"]}}),
    ("hearing.set", {"id": HEARING, "fields": {"recorder": "赵记录"}}),
    ("hearing.sentence", {"id": FIRST, "hearing": HEARING, "speaker": "周明", "text": "沟堵了。", "at": 1}),
    ("hearing.sentence",
     {"id": SECOND, "hearing": HEARING, "speaker": "何静", "text": "谁堵的？", "at": 2, "after": FIRST}),
    ("hearing.sentence", {"id": THIRD, "hearing": HEARING, "speaker": "周明", "text": "我也不知道。", "at": 3}),
    ("hearing.closed", {"hearing": HEARING, "digest": "0" * 64, "count": 3}),
    ("agreement.set", {"fields": {"form": "written", "copies": 3}}),
    ("clause.added", {"id": CLAUSE, "fields": {"text": "沟由双方修好。", "no": "一"}}),
    ("clause.set", {"id": CLAUSE, "fields": {"text": "沟由双方一起修好。"}}),
    ("obligation.added", {"id": OWED, "fields": {"payer": "周明", "amount": 50_000}}),
    ("obligation.set", {"id": OWED, "fields": {"method": "现金"}}),
    ("agreement.order", {"clauses": [CLAUSE]}),
    ("case.moved", {"from": "registered", "to": "accepted"}),
    ("case.moved", {"from": "accepted", "to": "in_mediation"}),
    ("case.moved", {"from": "in_mediation", "to": "agreed"}),
    ("agreement.signed", {"digest": content_digest(CONTENT), "form": "written", "content": CONTENT}),
    ("case.moved", {"from": "agreed", "to": "signed"}),
    ("event.recorded", {"id": EVENT, "fields": {"event": "dispatched", "on": "2026-03-05"}}),
]  # fmt: skip


def drafts(facts: list[tuple[str, dict[str, object]]]) -> list[Draft]:
    """The facts as casework drafts them."""
    return [Draft(CASE_ID, kind, body, {}, 5, "ab" * 16) for kind, body in facts]


def written(given: list[Draft], desk: Writer | None = None) -> list[Entry]:
    """Entries of one desk."""
    desk = desk or Writer("town", ListJournal())
    return [desk.write(each.stream, each.kind, dict(each.body), seen=dict(each.seen), wall=each.wall) for each in given]


def test_the_table_of_this_page_knows_every_kind_that_a_transcript_may_hold() -> None:
    assert {kind for kind, _ in FACTS} == IN_TRANSCRIPTS
    assert set(FOLDS) >= IN_TRANSCRIPTS
    assert {(KINDS[kind].owner, KINDS[kind].reach, KINDS[kind].version) for kind in IN_TRANSCRIPTS} == {
        (KINDS[TRANSCRIPT].owner, KINDS[TRANSCRIPT].reach, KINDS[TRANSCRIPT].version)
    }


def test_a_transcript_comes_to_the_same_record_as_its_facts_one_by_one() -> None:
    (one,), many = written(list(transcribed(drafts(FACTS)))), written(drafts(FACTS))
    assert (one.kind, len(many)) == (TRANSCRIPT, len(FACTS))
    record = case_of(CaseId(CASE_ID), fold_all([one]))
    assert record == case_of(CaseId(CASE_ID), fold_all(many))
    assert record.conflicts == ()
    assert record.status.value == "signed"
    assert [move.to.value for move in record.moves] == ["accepted", "in_mediation", "agreed", "signed"]
    assert [turn.text for turn in record.hearings[0].turns] == ["沟堵了。", "谁堵的？", "我也不知道。"]
    assert not any(turn.late for turn in record.hearings[0].turns)
    assert list(facts_in(one)) == FACTS


@pytest.mark.parametrize("seen", [True, False])
def test_a_later_edit_of_a_field_stands_alone_when_it_has_seen_the_transcript_and_beside_it_when_not(
    seen: bool,
) -> None:
    (one,) = written(list(transcribed(drafts(FACTS))))
    other = Writer("village", ListJournal())
    edit = other.write(CASE_ID, "case.set", {"fields": {"title": "水沟"}}, seen={one.desk: 1} if seen else {})
    record = case_of(CaseId(CASE_ID), fold_all([edit, one]))
    assert [each.field for each in record.conflicts] == ([] if seen else ["title"])
    assert record.title == "水沟" if seen else record.title in ("水沟", "排水沟纠纷")


def test_words_that_a_transcript_had_not_seen_are_late_as_they_are_anywhere() -> None:
    (one,) = written(list(transcribed(drafts(FACTS))))
    other = Writer("village", ListJournal())
    body: dict[str, object] = {"id": "ff" * 16, "hearing": HEARING, "speaker": "外人", "text": "还有。", "at": 9}
    late = other.write(CASE_ID, "hearing.sentence", body, seen={one.desk: 1})
    turns = case_of(CaseId(CASE_ID), fold_all([late, one])).hearings[0].turns
    assert {turn.text for turn in turns if turn.late} == {"还有。"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([], "entry.body.facts"),
        ([["note.private", {"text": "不能带出去"}]], "entry.body.facts"),
        ([["numbers.granted", {}]], "entry.body.facts"),
        ([[TRANSCRIPT, {"facts": [["case.moved", {"to": "closed"}]]}]], "entry.body.facts"),
        ([["case.moved", "closed"]], "entry.body.facts"),
        ([["case.moved", {"to": "closed"}], ["case.moved", {}]], "entry.body.to"),
        ([["case.set", {"fields": {"accepted_on": "2026-02-30"}}]], "entry.field.accepted_on"),
        ([["agreement.signed", {"digest": "0" * 64, "form": "written", "content": CONTENT}]], "entry.body.digest"),
        ([["party.added", {"id": PARTY, "fields": {}}], ["clause.set", {"id": PARTY, "fields": {}}]], "entry.item"),
    ],
)
def test_a_transcript_with_one_bad_fact_is_set_aside_whole(facts: list[object], code: str) -> None:
    entry = Writer("town", ListJournal()).write(CASE_ID, TRANSCRIPT, {"facts": facts})
    state = fold_all([entry])
    assert state.set_aside == ((entry.desk, 1, code),)
    assert (state.items, state.moves) == ({}, ())


def test_a_long_case_is_cut_into_several_entries_below_the_limit_and_nothing_is_lost_between_them() -> None:
    opened: dict[str, object] = {"fields": {"title": "长", "facts": "长" * 300_000}}
    parties: list[dict[str, object]] = [{"id": f"{n:032x}", "fields": {"note": "附" * 20_000}} for n in range(1, 9)]
    long: list[tuple[str, dict[str, object]]] = [
        ("case.opened", opened),
        *(("party.added", each) for each in parties),
        ("case.moved", {"to": "accepted"}),
    ]
    entries = written(list(transcribed(drafts(long))))
    assert 2 < len(entries) < len(long)
    assert entries[0].kind == "case.opened"
    assert [fact for entry in entries for fact in facts_in(read_entry(entry.raw))] == long
    assert case_of(CaseId(CASE_ID), fold_all(entries)) == case_of(CaseId(CASE_ID), fold_all(written(drafts(long))))


def test_a_draft_that_may_not_be_taken_over_stays_an_entry_of_its_own_in_its_place() -> None:
    noted = [*drafts(FACTS[:3]), Draft(CASE_ID, "note.private", {"text": "只给自己看"}, {}, 5), *drafts(FACTS[3:5])]
    kinds = [each.kind for each in transcribed(noted)]
    assert kinds == [TRANSCRIPT, "note.private", TRANSCRIPT]


def test_an_erased_transcript_says_no_more_than_that_something_was_taken_over() -> None:
    (one,) = written(list(transcribed(drafts(FACTS))))
    twin = erased_twin(one)
    assert list(facts_in(twin)) == [(TRANSCRIPT, {})]
    log = StreamLog()
    log.add([twin])
    assert log.state.items == {}
