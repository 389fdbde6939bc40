"""From folded state to the record people see: what stands there, in what order, and what is in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category, PartyKind, Scope, Sex, Side
from mediator.core.dates import chinese_moment
from mediator.core.records import Case, CaseId
from mediator.journal.content import content_digest
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.records import case_of, sitting_of
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)
HEARING, OBLIGATION = "e1" * 16, "d1" * 16
Body = dict[str, object]


def desks() -> tuple[Writer, Writer]:
    """Two desks that know nothing of each other, the lower id first."""
    low, high = sorted((Writer("甲"), Writer("乙")), key=lambda writer: writer.desk)
    opened = low.write(CASE, "case.opened", {"fields": {"title": "借款纠纷", "kind": "people_mediation"}})
    high.journal.absorb([opened])
    return low, high


def record(*writers: Writer) -> Case:
    """The case as somebody sees it who holds what all of these hold."""
    seer = Writer("县")
    for writer in writers:
        seer.journal.absorb(list(writer.journal.held.values()))
    log = seer.journal.log(CASE)
    return case_of(CaseId(CASE), log.state, waiting=log.waiting)


def say(writer: Writer, key: str, text: str, after: str = "") -> Entry:
    """One sentence of the hearing."""
    body: Body = {"id": key * 16, "hearing": HEARING, "speaker": "张三", "text": text, "at": 1764057600000}
    return writer.write(CASE, "hearing.sentence", body | ({"after": after * 16} if after else {}))


def texts(case: Case) -> list[str]:
    """The words of the first hearing in order."""
    return [turn.text for turn in case.hearings[0].turns]


def test_every_field_stands_where_it_belongs() -> None:
    one, _ = desks()
    fields: Body = {
        "dispute_type": "contract", "origin": "applied", "category": "red", "organization": "调委会", "facts": "欠款",
        "requests": "还款", "outcome": "达成", "accepted_on": "2026-03-05",
        "dates": [["事发", "2026-01-02"], ["空", ""]],
    }  # fmt: skip
    one.write(CASE, "case.set", {"fields": fields})
    person: Body = {
        "ref": "a", "side": "agent", "kind": "organization", "name": "张三", "sex": "female",
        "birth_date": "1968-05-04",
        "acts_for": "a2" * 16, "authorization": "special", "id_type": "passport", "ethnicity": "畲族",
    }  # fmt: skip
    one.write(CASE, "party.added", {"id": "a1" * 16, "fields": person})
    one.write(CASE, "party.added", {"id": "a2" * 16, "fields": {"name": "李四", "side": "newer", "kind": "newer"}})
    one.write(CASE, "case.numbered", {"number": "（2026）缙壶民调字第0001号", "alias": "临7H2M9-0001"})
    case = record(one)
    assert (case.kind, case.category, case.accepted_on) == (CaseKind.PEOPLE_MEDIATION, Category.RED, date(2026, 3, 5))
    assert (case.dates, case.number, case.aliases) == (
        (("事发", date(2026, 1, 2)),), "（2026）缙壶民调字第0001号", ("临7H2M9-0001",),
    )  # fmt: skip
    agent, other = case.parties
    assert (agent.side, agent.kind, agent.sex, agent.authorization) == (
        Side.AGENT, PartyKind.ORGANIZATION, Sex.FEMALE, Scope.SPECIAL,
    )  # fmt: skip
    assert (agent.birth_date, agent.acts_for) == (date(1968, 5, 4), "a2" * 16)
    assert (other.side, other.kind, other.acts_for) == (Side.SUBJECT, PartyKind.PERSON, None)


def test_a_case_of_which_nothing_is_known_yet_is_empty_and_registered() -> None:
    case = record()
    assert (case.title, case.status, case.agreement, case.parties, case.accepted_on) == (
        "", CaseStatus.REGISTERED, None, (), None,
    )  # fmt: skip


def test_two_recorders_are_two_runs_each_whole() -> None:
    low, high = desks()
    high.journal.absorb([low.write(CASE, "hearing.opened", {"id": HEARING, "fields": {"held_at": 1764057600000}})])
    for writer, name in ((low, "甲"), (high, "乙")):
        first = "1" if writer is low else "5"
        say(writer, f"{first}1", f"{name}一")
        say(writer, f"{first}2", f"{name}二", f"{first}1")
        say(writer, f"{first}3", f"{name}三", f"{first}2")
    case = record(low, high)
    assert texts(case) == ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三"]
    assert case.hearings[0].held_at is not None
    assert chinese_moment(case.hearings[0].held_at) == "2025年11月25日16时00分"


def test_a_sentence_stands_after_the_one_its_author_saw() -> None:
    one, _ = desks()
    one.write(CASE, "hearing.opened", {"id": HEARING, "fields": {}})
    say(one, "11", "问")
    say(one, "13", "再问", "11")
    say(one, "12", "插话", "11")
    assert texts(record(one)) == ["问", "再问", "插话"]


def test_a_correction_keeps_the_old_words_and_two_are_a_conflict() -> None:
    low, high = desks()
    low.write(CASE, "hearing.opened", {"id": HEARING, "fields": {}})
    say(low, "11", "我欠五千")
    high.journal.absorb(list(low.journal.held.values()))
    for writer, text in ((low, "我欠伍仟元"), (high, "我欠五千元")):
        writer.write(CASE, "hearing.corrected", {"id": "11" * 16, "hearing": HEARING, "text": text})
    case = record(low, high)
    assert texts(case) == ["我欠伍仟元"]
    assert case.hearings[0].turns[0].corrected_from == ("我欠五千",)
    assert [(each.field, each.values) for each in case.conflicts] == [("text", ("我欠伍仟元", "我欠五千元"))]
    assert case.conflicts[0].writers == (low.desk, high.desk)


@pytest.mark.threat("T65")
def test_what_the_closing_had_not_seen_is_late() -> None:
    low, high = desks()
    low.write(CASE, "hearing.opened", {"id": HEARING, "fields": {}})
    say(low, "11", "读过的")
    high.journal.absorb(list(low.journal.held.values()))
    say(high, "51", "没有读过的")
    low.write(CASE, "hearing.closed", {"hearing": HEARING, "digest": "", "count": 1})
    hearing = record(low, high).hearings[0]
    assert ([turn.late for turn in hearing.turns], hearing.closed) == ([False, True], True)


def test_a_party_removed_here_and_edited_there_stays_with_a_doubt() -> None:
    low, high = desks()
    low.write(CASE, "party.added", {"id": "a1" * 16, "fields": {"name": "张三"}})
    high.journal.absorb(list(low.journal.held.values()))
    low.write(CASE, "party.left", {"id": "a1" * 16})
    assert record(low).parties == ()
    high.write(CASE, "party.set", {"id": "a1" * 16, "fields": {"phone": "13800000000"}})
    case = record(low, high)
    assert [party.phone for party in case.parties] == ["13800000000"]
    assert [each.field for each in case.conflicts] == ["present"]


@pytest.mark.parametrize(
    ("here", "there", "status", "doubt"),
    [
        ("accepted", "accepted", CaseStatus.ACCEPTED, False), ("withdrawn", "accepted", CaseStatus.ACCEPTED, True),
        ("accepted", "withdrawn", CaseStatus.ACCEPTED, True), ("closed", "terminated", CaseStatus.CLOSED, True),
        ("a newer state", "withdrawn", CaseStatus.REGISTERED, True),
        ("concluded", "handling", CaseStatus.HANDLING, True),
    ],
)  # fmt: skip
def test_of_two_moves_the_one_that_is_not_final_drives(here: str, there: str, status: CaseStatus, doubt: bool) -> None:
    low, high = desks()
    low.write(CASE, "case.moved", {"to": here, "from": "registered", "reason": "申请"})
    high.write(CASE, "case.moved", {"to": there})
    case = record(low, high)
    assert (case.status, case.in_doubt, len(case.moves)) == (status, doubt, 2)
    assert (case.moves[0].came_from, case.moves[0].reason, case.moves[1].came_from) == (
        CaseStatus.REGISTERED, "申请", None,
    )  # fmt: skip


def test_of_two_days_of_acceptance_the_earlier_one_counts_and_the_doubt_is_shown() -> None:
    low, high = desks()
    low.write(CASE, "case.set", {"fields": {"accepted_on": "2026-03-09"}})
    high.write(CASE, "case.set", {"fields": {"accepted_on": "2026-03-05"}})
    case = record(low, high)
    assert case.accepted_on == date(2026, 3, 5)
    assert [each.values for each in case.conflicts] == [("2026-03-09", "2026-03-05")]


def pay(writer: Writer, key: str, amount: int = 500) -> Entry:
    """One payment."""
    fields: Body = {"obligation": OBLIGATION, "amount": amount, "paid_on": "2026-03-05"}
    return writer.write(CASE, "payment.recorded", {"id": key * 16, "fields": fields})


def test_one_payment_entered_at_two_desks_is_counted_twice_and_flagged() -> None:
    low, high = desks()
    pay(low, "b1")
    pay(high, "b2")
    pay(high, "b3", 501)
    flags = [(payment.amount, payment.entered_twice) for payment in record(low, high).payments]
    assert flags == [(500, True), (500, True), (501, False)]


def test_the_same_payment_again_by_who_saw_the_first_is_no_doubt() -> None:
    low, high = desks()
    high.journal.absorb([pay(low, "b1")])
    pay(high, "b2")
    pay(low, "b3")
    assert [payment.entered_twice for payment in record(low, high).payments] == [False, True, True]


def test_a_voided_payment_is_kept_and_marked() -> None:
    one, _ = desks()
    pay(one, "b1")
    one.write(CASE, "payment.voided", {"id": "b1" * 16, "reason": "录错"})
    assert [(payment.amount, payment.voided) for payment in record(one).payments] == [(500, True)]


def test_clauses_stand_in_the_one_order_and_unplaced_ones_at_the_end() -> None:
    one, _ = desks()
    for key in ("c1", "c2", "c3"):
        one.write(CASE, "clause.added", {"id": key * 16, "fields": {"text": key}})
    one.write(CASE, "agreement.order", {"clauses": ["c3" * 16, "c1" * 16, "cf" * 16]})
    one.write(CASE, "clause.removed", {"id": "c1" * 16})
    agreement = record(one).agreement
    assert agreement is not None
    assert [clause.text for clause in agreement.clauses] == ["c3", "c2"]


def test_a_draft_reads_its_obligations_and_falls_back_where_a_newer_program_wrote() -> None:
    one, _ = desks()
    fields: Body = {
        "payer": "李四",
        "amount": 500,
        "due_on": "2026-05-01",
        "part_of_total": True,
        "payer_party": "a1" * 16,
    }
    one.write(CASE, "obligation.added", {"id": OBLIGATION, "fields": fields})
    one.write(CASE, "obligation.added", {"id": "d2" * 16, "fields": {"goods": "稻谷", "amount": "", "due_on": ""}})
    one.write(CASE, "agreement.set", {"fields": {"form": "carved", "copies": ""}})
    agreement = record(one).agreement
    assert agreement is not None
    money, goods = agreement.obligations
    assert (money.amount, money.due_on, money.part_of_total, money.payer_party) == (
        500, date(2026, 5, 1), True, "a1" * 16,
    )  # fmt: skip
    assert (goods.amount, goods.due_on, goods.goods, goods.payer_party) == (None, None, "稻谷", None)
    assert (agreement.form, agreement.copies, agreement.is_signed) == (AgreementForm.WRITTEN, None, False)


@pytest.mark.threat("T65")
def test_of_two_signings_the_first_in_order_is_shown_and_a_person_is_asked() -> None:
    low, high = desks()
    contents: list[Body] = [{"fields": {"copies": n}, "clauses": [], "obligations": []} for n in (3, 4)]
    for writer, content in ((low, contents[0]), (high, contents[1]), (high, contents[1])):
        writer.write(
            CASE, "agreement.signed", {"digest": content_digest(content), "form": "written", "content": content}
        )
    case = record(low, high)
    assert case.agreement is not None
    assert (case.agreement.copies, case.agreement.digest) == (3, content_digest(contents[0]))
    (conflict,) = case.conflicts
    assert conflict.values == tuple(content_digest(content) for content in contents)
    assert conflict.writers == (low.desk, high.desk)


def test_papers_visits_and_orders_stand_as_they_were_entered() -> None:
    one, _ = desks()
    paper: Body = {
        "id": "f1" * 16, "kind": "mediation_agreement", "number": "第1号-协1", "title": "人民调解协议书", "pages": 2,
        "files": [{"format": "pdf", "sha256": "ab" * 32, "size": 1000}],
    }  # fmt: skip
    one.write(CASE, "document.issued", paper, wall=1764057600000)
    one.write(CASE, "follow_up.recorded", {"id": "f2" * 16, "fields": {"visited_on": "2026-06-01", "visitor": "王"}})
    one.write(CASE, "order.issued", {"text": "催办"})
    case = record(one)
    (issued,) = case.papers
    assert (issued.number, issued.pages, issued.files[0].size, issued.files[0].format) == ("第1号-协1", 2, 1000, "pdf")
    assert issued.issued_at is not None
    assert [(visit.visited_on, visit.visitor) for visit in case.follow_ups] == [(date(2026, 6, 1), "王")]
    assert case.orders == ("催办",)


def test_a_form_holds_what_was_typed_and_what_no_form_can_hold_reads_as_empty() -> None:
    one, _ = desks()
    rows: list[object] = [["1", "照片"], ["2", 7], "no row"]
    fields: Body = {"paper": "evidence_list", "note": "三张", "evidence": rows, "later": 5}
    one.write(CASE, "form.added", {"id": "f1" * 16, "fields": fields})
    one.write(CASE, "form.set", {"id": "f1" * 16, "fields": {"note": ""}})
    (form,) = record(one).forms
    assert (form.id, form.paper) == ("f1" * 16, "evidence_list")
    assert form.values == {"note": "", "evidence": (("1", "照片"), ("2", "7")), "later": ""}
    one.write(CASE, "form.removed", {"id": "f1" * 16})
    assert record(one).forms == ()


def test_one_field_of_a_form_written_at_two_desks_is_a_conflict() -> None:
    one, two = desks()
    added = one.write(CASE, "form.added", {"id": "f1" * 16, "fields": {"paper": "hearing_notice", "place": "村部"}})
    two.journal.absorb([added])
    one.write(CASE, "form.set", {"id": "f1" * 16, "fields": {"place": "镇里"}})
    two.write(CASE, "form.set", {"id": "f1" * 16, "fields": {"place": "家里"}})
    (conflict,) = record(one, two).conflicts
    assert (conflict.entity, conflict.field, sorted(conflict.values)) == ("f1" * 16, "place", ["家里", "镇里"])


def test_a_further_turn_learns_its_hearing_without_reading_it() -> None:
    one, _ = desks()
    one.write(CASE, "case.moved", {"to": "in_mediation"})
    one.write(CASE, "hearing.opened", {"id": HEARING, "fields": {}})
    say(one, "11", "一")
    say(one, "12", "二", "11")
    sitting = sitting_of(one.journal.log(CASE).state, HEARING)
    assert (sitting.status, sitting.open, sitting.last) == (CaseStatus.IN_MEDIATION, True, "12" * 16)
    one.write(CASE, "hearing.closed", {"hearing": HEARING, "digest": "", "count": 2})
    state = one.journal.log(CASE).state
    assert (sitting_of(state, HEARING).open, sitting_of(state, "e9" * 16).open) == (False, False)
    assert sitting_of(state, "e9" * 16).last == ""


def test_entries_that_wait_are_counted_on_the_case() -> None:
    low, _ = desks()
    low.write(CASE, "case.set", {"fields": {"facts": "一"}})
    last = low.write(CASE, "case.set", {"fields": {"facts": "二"}})
    seer = Writer("县")
    seer.journal.absorb([low.journal.held[DeskId(low.desk), 1], last])
    assert record(seer).waiting == 1
