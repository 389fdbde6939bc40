"""How obligations stand today is told alike wherever it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.money import Fen
from mediator.core.records import Case, Obligation, ObligationId, Payment
from mediator.docs.forms.performed import performance
from tests.docs.papers import a_case, some_facts
from tests.docs.test_forms import PAID, agreement_of, amended, cells, made

OWES = "吴某斌应付吴㛃𬱖"
OPEN = OWES + "2,500.00元（2025年11月16日前）：尚未履行。"


def told(case: Case) -> list[str]:
    """The lines."""
    return performance(case, some_facts()).split("\n")


@pytest.mark.parametrize(
    ("payments", "words"),
    [
        ((), OWES + "2,500.00元（2025年11月15日前）：尚未履行。"),
        ((replace(PAID, amount=Fen(100000)),),
         OWES + "2,500.00元（2025年11月15日前）：已付1,000.00元，尚余1,500.00元。"),
        ((PAID,), OWES + "2,500.00元：2025年11月16日付清。"),
        ((replace(PAID, voided=True),), OWES + "2,500.00元（2025年11月15日前）：尚未履行。"),
    ],
    ids=["open", "part", "whole", "voided"],
)  # fmt: skip
def test_a_line_says_what_came_of_an_obligation(payments: tuple[Payment, ...], words: str) -> None:
    assert told(replace(a_case(), payments=payments)) == [words, OPEN]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": Fen(300000)},
         OWES + "3,000.00元（2025年11月15日前）（按补充协议变更）：已付1,000.00元，尚余2,000.00元。"),
        ({"due_on": date(2026, 3, 1)},
         OWES + "2,500.00元（2026年3月1日前）（按补充协议变更）：已付1,000.00元，尚余1,500.00元。"),
        ({"waived": True}, OWES + "2,500.00元：已付1,000.00元，余额按补充协议免除。"),
    ],
)  # fmt: skip
def test_a_later_signed_paper_counts(change: dict[str, Any], words: str) -> None:
    case = amended(replace(a_case(), payments=(replace(PAID, amount=Fen(100000)),)), **change)
    assert told(case)[0] == words


def test_goods_are_performed_and_never_paid() -> None:
    goods = Obligation(ObligationId("o0"), "吴㛃𬱖", "吴某斌", goods="腾空的厕所一间", due_as_given="开工")
    case = replace(a_case(), agreement=replace(agreement_of(a_case()), obligations=(goods,)), payments=())
    assert told(case) == ["吴㛃𬱖应向吴某斌履行腾空的厕所一间（开工）：尚未履行。"]
    assert told(replace(case, payments=(replace(PAID, amount=Fen(0)),))) == [
        "吴㛃𬱖应向吴某斌履行腾空的厕所一间：2025年11月16日履行完毕。"
    ]


def test_a_long_plan_is_told_by_its_sums() -> None:
    paid = (replace(PAID, amount=Fen(50000)),)
    assert told(replace(a_case(rows=10), payments=paid)) == [
        "共10项，已履行1项；款项合计5,000.00元，已付500.00元，尚余4,500.00元。"
    ]


def test_a_draft_is_not_performed() -> None:
    assert told(replace(a_case(), agreement=replace(agreement_of(a_case()), digest=""))) == [""]


@pytest.mark.parametrize("kind", ["closing_report", "follow_up_record"])
def test_closing_and_visit_tell_it_alike(kind: str) -> None:
    assert cells(made(kind))["履行情况"] == performance(a_case(), some_facts())
