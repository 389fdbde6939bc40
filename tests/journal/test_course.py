"""The course of a matter from its entries: who received it, what was linked, counted, ordered, asked and judged."""

from __future__ import annotations

from datetime import date

from mediator.core.codes import LinkReason, LinkRole, OrderSort, PeriodStep, Satisfied, SatisfiedWith, Verdict
from mediator.core.course import Course
from mediator.core.records import CaseId
from mediator.journal.records import case_of
from tests.journal.list_journal import Writer
from tests.journal.test_records import CASE, Body, desks, record

OTHER, ORDER = "d2" * 16, "a9" * 16
NOON = 1764057600000  # 2025-11-25 16:00 Beijing


def item(key: str, **fields: object) -> Body:
    """The body of a kind that writes fields of an item."""
    return {"id": key * 16, "fields": fields}


def course(*writers: Writer) -> Course:
    """The course as somebody sees it who holds what all of these hold."""
    return record(*writers).course


def test_the_first_receiver_is_the_author_of_the_first_entry_and_stays_so() -> None:
    one, other = desks()
    before = course(one).received
    one.write(CASE, "case.set", {"fields": {"title": "改过的名称"}}, wall=NOON)
    assert before is not None
    assert course(one, other).received == before


def test_links_events_and_changes_of_periods_stand_until_they_are_taken_back() -> None:
    one, _ = desks()
    one.write(CASE, "link.added", item("b1", other=OTHER, reason="petition_to_mediation", role="origin", note="转调解"))
    one.write(CASE, "event.recorded", item("b2", event="answer_delivered", on="2026-03-05", at=NOON, by="王"))
    one.write(CASE, "event.recorded", item("b3", event="answer_delivered", on="2026-03-09"))
    one.write(CASE, "period.changed", item("b4", rule="D11", step="extended", on="2026-03-05", length=30, unit="days"))
    found = course(one)
    assert [(each.reason, each.role) for each in found.links] == [(LinkReason.PETITION_TO_MEDIATION, LinkRole.ORIGIN)]
    newest = found.last("answer_delivered")
    assert newest is not None
    assert newest.on == date(2026, 3, 9)
    assert [(each.step, each.length) for each in found.periods] == [(PeriodStep.EXTENDED, 30)]
    for kind, key in (("link.removed", "b1"), ("event.voided", "b3"), ("period.voided", "b4")):
        one.write(CASE, kind, {"id": key * 16})
    left = course(one)
    assert (left.links, [each.on.day for each in left.events], left.periods) == ((), [5], ())


def test_an_order_raised_by_the_room_and_issued_by_the_county_is_one_order_without_a_conflict() -> None:
    low, high = desks()
    fields = {"sort": "urge", "rule": "D11", "due": "2026-03-05", "text": "请按期办结"}
    low.write(CASE, "supervision.raised", {"id": ORDER, "fields": fields}, wall=NOON)
    high.write(CASE, "supervision.issued", {"id": ORDER, "fields": fields}, wall=NOON + 86_400_000)
    case = record(low, high)
    (order,) = case.course.orders
    assert (order.sort, order.issued_on, order.issued_by_county) == (OrderSort.URGE, date(2025, 11, 25), True)
    assert case.conflicts == ()


def test_an_order_is_received_on_the_earliest_day_a_computer_of_the_room_had_it() -> None:
    low, high = desks()
    fields = {"sort": "urge", "rule": "D11", "text": "请按期办结"}
    high.write(CASE, "supervision.issued", {"id": ORDER, "fields": fields})
    assert [each.received_on for each in course(low, high).orders] == [None]
    low.write(CASE, "supervision.received", {"id": ORDER, "on": "2026-03-09"})
    high.write(CASE, "supervision.received", {"id": ORDER, "on": "2026-03-06"})
    assert [each.received_on for each in course(low, high).orders] == [date(2026, 3, 6)]
    low.write(CASE, "supervision.raised", {"id": ORDER, "fields": fields, "on": "2026-03-05"})
    assert [each.received_on for each in course(low, high).orders] == [date(2026, 3, 5)]
    assert record(low, high).conflicts == ()


def test_an_answer_and_its_verdict_stand_on_the_order() -> None:
    low, high = desks()
    raised = {"sort": "supervise", "rule": "D11", "text": "已逾期"}
    entry = low.write(CASE, "supervision.raised", {"id": ORDER, "fields": raised}, wall=NOON)
    high.journal.absorb([entry])
    answer = {"answer": "已办结", "answered_on": "2026-03-06", "answered_by": "王"}
    high.journal.absorb([low.write(CASE, "supervision.answered", {"id": ORDER, "fields": answer})])
    high.write(CASE, "supervision.judged", {"id": ORDER, "fields": {"verdict": "returned", "verdict_text": "不全"}})
    (order,) = course(low, high).orders
    assert (order.answer, order.answered_by, order.verdict) == ("已办结", "王", Verdict.RETURNED)


def test_satisfaction_amendments_passed_warnings_and_judgements_are_read_back() -> None:
    one, _ = desks()
    asked = item("c1", asked_on="2026-04-01", about="office", answer="mostly", asked="张三", asked_by="李四")
    one.write(CASE, "satisfaction.recorded", asked)
    changed = item("c2", obligation="d1" * 16, on="2026-04-02", paper="f1" * 16, amount=500, due_on="2026-05-01")
    one.write(CASE, "amendment.recorded", changed)
    one.write(CASE, "amendment.recorded", item("c3", obligation="d1" * 16, on="2026-04-03", waived=True))
    one.write(CASE, "finding.passed", {"rule": "V22", "place": "clauses.0", "digest": "ab", "reason": "双方不要"})
    one.write(CASE, "likeness.judged", item("c4", other=OTHER, likeness="matter", same=False, reason="两块地"))
    found = course(one)
    assert [(s.about, s.answer) for s in found.satisfactions] == [(SatisfiedWith.OFFICE, Satisfied.MOSTLY)]
    assert [(a.amount, a.waived) for a in found.amendments] == [(500, False), (None, True)]
    assert [(p.rule, p.reason) for p in found.passed] == [("V22", "双方不要")]
    assert [(j.other, j.same) for j in found.judged] == [(OTHER, False)]


def test_what_a_newer_program_wrote_in_words_unknown_here_is_left_out() -> None:
    one, _ = desks()
    one.write(CASE, "link.added", item("b1", other=OTHER, reason="by_satellite", role="origin"))
    one.write(CASE, "period.changed", item("b4", rule="D11", step="bent", on="2026-03-05"))
    one.write(CASE, "supervision.raised", {"id": ORDER, "fields": {"sort": "sing", "rule": "D11", "text": "-"}})
    one.write(CASE, "satisfaction.recorded", item("c1", asked_on="2026-04-01", about="moon", answer="mostly"))
    one.write(CASE, "likeness.judged", item("c4", other=OTHER, likeness="colour", same=True))
    found = case_of(CaseId(CASE), one.journal.log(CASE).state).course
    assert (found.links, found.periods, found.orders, found.satisfactions, found.judged) == ((), (), (), (), ())
