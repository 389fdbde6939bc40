"""What the page of a case says in words: whose value, which day, how much is open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    Conflict,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    Payment,
    PaymentId,
    Turn,
    TurnId,
)
from mediator.ui.pages.case_sight import (
    conflict_name,
    entity_kind,
    owed,
    performance,
    time_left,
    urgency,
    value_words,
)

TODAY = date(2026, 3, 9)
WHEN = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
DEBT = Obligation(ObligationId("o2"), "张三", "李四", Fen(500_000), date(2026, 4, 1))
CASE = Case(
    CaseId("c"), CaseKind.PEOPLE_MEDIATION, "借款", "借贷纠纷",
    parties=(Party(PartyId("p1"), "a", Side.APPLICANT, PartyKind.PERSON, "李四"),),
    hearings=(Hearing(HearingId("h1"), WHEN, turns=(Turn(TurnId("t1"), "李四", "请还钱。", WHEN),)),),
    agreement=Agreement(
        clauses=(Clause(ClauseId("k1"), "还钱。"), Clause(ClauseId("k2"), "再无争议。")),
        obligations=(Obligation(ObligationId("o1"), "张三", "李四", goods="三棵树"), DEBT),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("entity", "kind", "whose"),
    [
        ("case", "case", ""), ("agreement", "agreement", ""), ("p1", "party", "李四"), ("h1", "hearing", "第 1 次调解"),
        ("k2", "clause", "第 2 条"), ("o2", "obligation", "第 2 笔履行内容"),
        ("t1", "sentence", ""), ("x", "payment", ""),
    ],
)  # fmt: skip
def test_an_entity_is_pointed_at_as_a_clerk_would(entity: str, kind: str, whose: str) -> None:
    assert entity_kind(CASE, entity) == (kind, whose)


def test_a_case_without_an_agreement_points_at_nothing_of_one() -> None:
    bare = Case(CaseId("c"), CaseKind.PEOPLE_MEDIATION, "借款", "借贷纠纷")
    assert entity_kind(bare, "k1") == ("payment", "")


@pytest.mark.parametrize(
    ("entity", "field", "name"),
    [
        ("case", "title", "案件名称"), ("p1", "phone", "李四的联系电话"), ("p1", "present", "李四的去留"),
        ("agreement", "signed", "签订"), ("k2", "text", "第 2 条的协议条款"),
    ],
)  # fmt: skip
def test_a_conflict_has_the_name_of_what_differs(entity: str, field: str, name: str) -> None:
    assert conflict_name(CASE, Conflict(entity, field, ("a", "b"), ("", ""))) == name


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "（空）"), ("present", "True", "保留"), ("present", "False", "去掉"),
        ("payer_party", "p1", "李四"), ("payer_party", "gone", "gone"), ("acts_for", "p1", "李四"),
        ("amount", "500000", "5,000.00元"), ("amount", "-100", "-1.00元"), ("amount", "五千", "五千"),
        ("due_on", "2026-04-01", "2026年4月1日"), ("side", "applicant", "申请人"), ("phone", "1390000", "1390000"),
        ("title", "还没还", "还没还"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words_and_never_as_a_code(field: str, value: str, words: str) -> None:
    assert value_words(CASE, field, value) == words


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 8), "逾期 1 天", "late"), (TODAY, "今天", "soon"), (date(2026, 3, 11), "剩 2 天", "soon"),
        (date(2026, 3, 12), "剩 3 天", "calm"), (date(2026, 4, 9), "剩 31 天", "calm"),
    ],
)  # fmt: skip
def test_a_day_is_told_by_what_is_left_of_it(day: date, words: str, tone: str) -> None:
    assert (time_left(day, TODAY), urgency(day, TODAY)) == (words, tone)


@pytest.mark.parametrize(
    ("sums", "words"),
    [((), "还没有履行"), ((400_000,), "还差 1,000.00元"), ((400_000, 100_000), "已履行"), ((500_000,), "已履行")],
)
def test_what_is_still_open_of_a_sum_is_told(sums: tuple[int, ...], words: str) -> None:
    paid = tuple(Payment(PaymentId(f"y{number}"), DEBT.id, Fen(fen), TODAY) for number, fen in enumerate(sums))
    case = Case(CaseId("c"), CaseKind.PEOPLE_MEDIATION, "借款", "借贷纠纷", agreement=CASE.agreement, payments=paid)
    assert performance(case, DEBT) == words


def test_a_voided_payment_pays_nothing_and_goods_are_told_by_name() -> None:
    void = Payment(PaymentId("y"), DEBT.id, Fen(500_000), TODAY, voided=True)
    case = Case(CaseId("c"), CaseKind.PEOPLE_MEDIATION, "借款", "借贷纠纷", agreement=CASE.agreement, payments=(void,))
    assert performance(case, DEBT) == "还没有履行"
    assert CASE.agreement is not None
    assert [owed(each) for each in CASE.agreement.obligations] == ["三棵树", "5,000.00元"]
