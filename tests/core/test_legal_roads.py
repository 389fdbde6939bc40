"""May a court confirm it, may a notary make it enforceable: every reason why not, and how far a road came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import AgreementForm, CaseKind
from mediator.core.legal_roads import AFTER, WORDS, Look, Path, Step, WhyNot, reached, steps_of, why_not
from mediator.core.records import Agreement, Case, Clause, ClauseId, Conflict
from tests.core.matters import ONE, TODAY, TWO, a_case, events, owed, paid, signed

CONSENT = "乙同意办理公证，不履行时愿意直接接受人民法院强制执行。"
LAST = date(2026, 4, 7)
DUE = date(2026, 6, 1)
NO = WhyNot


def agreed(*, clause: str = CONSENT, goods: str = "", **members: Any) -> Agreement:
    """A written agreement in force that owes one sum, or goods, with this clause."""
    debt = replace(owed(ONE, DUE, None if goods else 100), goods=goods)
    return replace(signed(debt), clauses=(Clause(ClauseId("c1" * 16), clause),), **members)


def judged(case: Case, path: Path, *, today: date = TODAY, rules: frozenset[str] = frozenset()) -> set[WhyNot]:
    """Why not, with the last day of D04 as the worked table of the rules has it for 5 March 2026."""
    return set(why_not(Look(case, today, LAST, rules), path))


DOUBT = (Conflict(ONE, "amount", ("1", "2"), ("甲", "乙")),)
NOTHING_OF_IT = (Conflict("case", "facts", ("1", "2"), ("甲", "乙")),)
VAGUE = replace(agreed(), obligations=(owed(ONE, None),))
NAMELESS = replace(agreed(), obligations=(owed(ONE, DUE, None),))


@pytest.mark.parametrize(
    ("members", "confirmation", "notary"),
    [
        ({}, set(), set()),
        ({"agreement": None}, {NO.UNSIGNED}, {NO.UNSIGNED}),
        ({"agreement": agreed(digest="")}, {NO.UNSIGNED}, {NO.UNSIGNED}),
        ({"agreement": agreed(form=AgreementForm.ORAL)}, {NO.ORAL}, {NO.ORAL}),
        ({"payments": (paid(100),)}, {NO.DONE}, {NO.DONE}),
        ({"payments": (paid(99),)}, set(), set()),
        ({"conflicts": DOUBT}, {NO.DOUBT}, {NO.DOUBT}),
        ({"conflicts": NOTHING_OF_IT}, set(), set()),
        ({"agreement": VAGUE}, {NO.VAGUE}, {NO.VAGUE}),
        ({"agreement": NAMELESS}, {NO.VAGUE}, {NO.VAGUE}),
        ({"kind": CaseKind.SETTLEMENT}, {NO.BODY}, set()),
        ({"kind": CaseKind.PETITION}, set(), set()),
        ({"agreement": agreed(goods="稻谷二百斤")}, set(), set()),
        ({"agreement": agreed(goods="当面赔礼道歉")}, set(), {NO.ACT}),
        ({"course": events("debt_disputed 2026-03-06")}, set(), {NO.DISPUTED}),
        ({"course": events("debt_disputed 2026-03-01")}, set(), set()),
        ({"agreement": agreed(clause="本协议一式三份。")}, set(), {NO.CLAUSE}),
    ],
)
def test_every_reason_is_told_and_no_other(
    members: dict[str, Any], confirmation: set[WhyNot], notary: set[WhyNot]
) -> None:
    case = a_case(**({"agreement": agreed()} | members))
    assert judged(case, Path.CONFIRMATION) == confirmation
    assert judged(case, Path.NOTARY) == notary


def test_a_court_asks_for_the_thirty_days_and_leaves_status_and_title_alone() -> None:
    case = a_case(agreement=agreed())
    assert judged(case, Path.CONFIRMATION, today=LAST) == set()
    assert judged(case, Path.CONFIRMATION, today=date(2026, 4, 8)) == {NO.OVER}
    assert judged(case, Path.NOTARY, today=date(2026, 4, 8)) == set()
    assert judged(case, Path.CONFIRMATION, rules=frozenset({"V27", "V28", "V19"})) == {NO.STATUS, NO.TITLE}


@pytest.mark.parametrize(
    ("clause", "sound"),
    [
        ("不履行的，乙自愿接受强制执行。", True),
        ("乙承诺依法接受人民法院的强制执行。", True),
        ("乙愿受强制执行。", True),
        ("双方共同申请赋予强制执行效力的公证。", True),
        ("一方不履行的，另一方可以向人民法院申请强制执行。", False),
        ("双方同意共同申请司法确认，一方不履行的可以申请强制执行。", False),
        ("乙不同意接受强制执行。", False),
        ("双方不办理赋予强制执行效力的公证。", False),
        ("乙愿意接受调解结果。", False),
    ],
)
def test_consent_to_enforcement_is_read_from_the_clauses(clause: str, sound: bool) -> None:
    found = judged(a_case(agreement=agreed(clause=clause)), Path.NOTARY)
    assert found == (set() if sound else {NO.CLAUSE})


@pytest.mark.parametrize(
    ("words", "confirmation", "notary"),
    [
        ("", None, None),
        ("confirmation_asked 2026-03-09", Step.ASKED, None),
        ("confirmed 2026-03-20 confirmation_asked 2026-03-09", Step.GRANTED, None),
        ("notary_asked 2026-03-09 notary_refused 2026-03-09", None, Step.REFUSED),
        ("notary_asked 2026-03-09 notary_refused 2026-03-10 notary_asked 2026-03-11", None, Step.ASKED),
        ("confirmation_asked 2026-03-09 notarized 2026-03-10", Step.ASKED, Step.GRANTED),
    ],
)
def test_how_far_a_road_came_is_its_newest_step(words: str, confirmation: Step | None, notary: Step | None) -> None:
    case = a_case(course=events(words))
    assert (reached(case, Path.CONFIRMATION), reached(case, Path.NOTARY)) == (confirmation, notary)
    rows = [each.on for path in Path for _, each in steps_of(case, path)]
    assert len(rows) == len(case.course.events)


def test_every_step_of_every_road_has_its_word_and_what_may_follow() -> None:
    assert set(WORDS) == {(path, step) for path in Path for step in Step}
    assert len(set(WORDS.values())) == len(WORDS)
    assert set(AFTER) == {None, *Step}


def test_what_was_performed_is_no_longer_looked_at() -> None:
    act = replace(owed(TWO, DUE, None), goods="赔礼道歉")
    agreement = replace(agreed(), obligations=(*agreed().obligations, act))
    assert judged(a_case(agreement=agreement), Path.NOTARY) == {NO.ACT}
    assert judged(a_case(agreement=agreement, payments=(paid(0, TWO),)), Path.NOTARY) == set()
