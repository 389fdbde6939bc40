"""Passing over: what stands at a place, what a reason answers for, what stops a deed and what is only told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.course import Course, Passed
from mediator.core.findings import Finding, Severity
from mediator.core.money import Fen
from mediator.core.passing import digest_for, open_among, stops, text_at, with_passed
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Party,
    PartyId,
)

TEXT = "张三于2026年4月1日前归还李四3,000.00元。"
PEOPLE = tuple(
    Party(PartyId(ref * 32), ref, side, PartyKind.PERSON, name)
    for ref, side, name in (("a", Side.APPLICANT, "李四"), ("b", Side.RESPONDENT, "张三"))
)
OWED = Obligation(ObligationId("0" * 32), "张三", "李四", Fen(300_000), date(2026, 4, 1), method="转账")
AGREED = Agreement(clauses=(Clause(ClauseId("c" * 32), TEXT),), obligations=(OWED,), copies=2)
CASE = Case(
    CaseId("d" * 32), CaseKind.PEOPLE_MEDIATION, "借款", "借款纠纷", facts="借款未还。", parties=PEOPLE,
    agreement=AGREED, hearings=(Hearing(HearingId("e" * 32), mediators=("李调解",)),),
)  # fmt: skip
PLACES = (
    "", "facts", "title", "clauses", "clauses.0", "obligations", "obligations.0", "obligations.0.due_on", "parties",
    "parties.1", "parties.1.name", "agreement.copies", "hearings", "hearings.mediators",
)  # fmt: skip


def warning(place: str, message: str = "请核对这一处") -> Finding:
    """A warning at a place."""
    return Finding("V14", Severity.WARN, message, "规则", place)


def passed(case: Case, *found: Finding, reason: str = "双方都要这样") -> Case:
    """The case after somebody answered for these findings."""
    rows = tuple(Passed(each.rule, each.place, digest_for(each, case), reason, "李调解") for each in found)
    return replace(case, course=Course(passed=(*case.course.passed, *rows)))


def changed(place: str, words: str) -> Case:
    """The case with other words at a place."""
    agreement, (first, second) = AGREED, PEOPLE
    if place in {"facts", "title"}:
        return replace(CASE, **{place: words})  # type: ignore[arg-type]  # two fields of text
    if place.startswith("clauses") or not place:
        return replace(CASE, agreement=replace(agreement, clauses=(replace(agreement.clauses[0], text=words),)))
    if place.startswith("obligations"):
        return replace(
            CASE, agreement=replace(agreement, obligations=(replace(OWED, due_on=date(2030, 1, len(words) + 1)),))
        )
    if place.startswith("parties"):
        return replace(CASE, parties=(first, replace(second, name=words)))
    if place == "agreement.copies":
        return replace(CASE, agreement=replace(agreement, copies=len(words) + 3))
    return replace(CASE, hearings=(replace(CASE.hearings[0], mediators=(words,)),))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("facts", "借款未还。"),
        ("clauses.0", TEXT),
        ("clauses", f'["{TEXT}"]'),
        ("clauses.7", ""),
        ("parties.1.name", "张三"),
        ("parties.1", '{"kind": "person", "name": "张三", "side": "respondent"}'),
        ("obligations.0.due_on", "2026-04-01"),
        (
            "obligations.0",
            '{"amount": 300000, "due_on": "2026-04-01", "method": "转账", "payee": "李四", "payer": "张三"}',
        ),
        ("agreement.copies", "2"),
        ("agreement.place", ""),
        ("hearings.mediators", '[["李调解"]]'),
        ("nowhere.0.at_all", ""),
    ],
)
def test_what_stands_at_a_place_is_read_whole_and_without_ids(place: str, text: str) -> None:
    assert text_at(CASE, place) == text


def test_nothing_of_an_agreement_stands_where_there_is_none() -> None:
    assert text_at(replace(CASE, agreement=None), "clauses.0") == ""


@pytest.mark.parametrize("place", PLACES)
def test_a_reason_stands_as_long_as_the_words_do(place: str) -> None:
    found = warning(place)
    case = passed(CASE, found)
    (shown,) = with_passed([found], case)
    assert (shown.reason, shown.by) == ("双方都要这样", "李调解")
    assert open_among([shown]) == ()
    elsewhere = replace(case, requests="另外的请求", village="331122101201")
    if place:
        assert with_passed([found], elsewhere) == (shown,)


@given(place=st.sampled_from(PLACES), words=st.text("张李还款元，。", min_size=1, max_size=12))
def test_no_reason_outlives_a_changed_text(place: str, words: str) -> None:
    found, other = warning(place), changed(place, words)
    case = replace(other, course=passed(CASE, found).course)
    same = text_at(other, place) == text_at(CASE, place)
    assert (open_among(with_passed([found], case)) == ()) is same


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(Severity), st.sampled_from(["甲", "乙"])), max_size=8),
    st.sets(st.integers(0, 7)),
)
def test_no_reason_ever_hides_a_block_or_another_warning(
    rows: list[tuple[str, Severity, str]], answered: set[int]
) -> None:
    found = [Finding("V14", severity, message, "规则", place) for place, severity, message in rows]
    given_for = [each for number, each in enumerate(found) if number in answered]
    shown = with_passed(found, passed(CASE, *given_for))
    assert [replace(each, reason="", by="") for each in shown] == found
    assert [each for each in shown if each.severity is Severity.BLOCK] == [
        each for each in found if each.severity is Severity.BLOCK
    ]
    said = {(each.place, each.message) for each in given_for}
    for each in shown:
        assert bool(each.reason) is (each.severity is Severity.WARN and (each.place, each.message) in said)


def test_the_newest_reason_for_the_same_words_is_shown() -> None:
    found = warning("clauses.0")
    case = passed(passed(CASE, found, reason="先前的"), found, reason="后来的")
    assert with_passed([found], case)[0].reason == "后来的"


def test_another_warning_of_the_rule_at_the_same_place_is_open() -> None:
    case = passed(CASE, warning("clauses.0", "没有列入：3,000.00元"))
    assert open_among(with_passed([warning("clauses.0", "没有列入：2,000.00元")], case))


@pytest.mark.parametrize("rule", ["V01", "V24", "V25", "V27", "V28", "V30", "V37", "V04", "V31", "V22"])
def test_what_nobody_can_change_any_more_stops_a_draft_and_no_signed_paper(rule: str) -> None:
    found = Finding(rule, Severity.BLOCK, "不行", "规则", "clauses.0")
    assert stops(found, CASE)
    assert not stops(found, replace(CASE, agreement=replace(AGREED, digest="ab")))


@pytest.mark.parametrize("rule", ["V03", "V08", "V09", "V11", "V12", "V13", "V36", "V40", "conflict.open", "needs"])
def test_what_can_be_mended_or_cannot_be_read_stops_a_signed_paper_too(rule: str) -> None:
    found = Finding(rule, Severity.BLOCK, "不行", "规则", "clauses.0")
    assert stops(found, CASE)
    assert stops(found, replace(CASE, agreement=replace(AGREED, digest="ab")))
    assert not stops(replace(found, severity=Severity.WARN), CASE)
