"""What C02 asks of each paper: taken from the record alone, each value with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.core.money import Fen
from mediator.core.records import Case, Obligation, ObligationId
from mediator.docs.expected import READINGS, expected
from tests.docs.papers import NUMBER, WRITTEN, a_case, some_facts


def asked(kind: str, case: Case | None = None) -> dict[str, str]:
    """Place and text of what a paper must show."""
    return dict(expected(kind, case or a_case(), some_facts()))


def test_every_kind_is_asked_for_something() -> None:
    assert set(READINGS) == set(WRITTEN)
    assert all(len(asked(kind)) > 3 for kind in WRITTEN)


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("mediation_agreement", "number", f"{NUMBER}-协1"),
        ("mediation_agreement", "parties.a.id_number", "331122196805040017"),
        ("mediation_agreement", "parties.a.birth_date", "1968年5月4日"),
        ("mediation_agreement", "agreement.signed_on", "2025年11月10日"),
        ("mediation_agreement", "agreement.copies", "一式三份"),
        ("mediation_agreement", "obligations.total", "5,000.00元（大写：伍仟元整）"),
        ("mediation_agreement", "obligations.1.due", "2025年11月15日"),
        ("mediation_agreement", "clauses.3", "三、双方就此纠纷再无争议，今后和睦相处。"),
        ("mediation_agreement", "organization", "缙云县壶镇镇人民调解委员会"),
        ("settlement_agreement", "parties.c.name", "何某"),
        ("mediation_record", "held_at", "2025年11月10日9时30分"),
        (
            "mediation_record",
            "turns.2",
            "吴某斌：我不是不给钱。村里十八号就要浇路，我想一次了断，以后不再为这个事红脸。",
        ),
        ("mediation_record", "turns.3", "要让可以，得给个说法。"),
        ("acceptance_register", "accepted_on", "2025年11月3日"),
        ("acceptance_register", "dispute_type", "邻里纠纷"),
        ("application", "requests", "让出路面，补偿从优。"),
        ("rights_notice", "title", "街巷硬化占用厕所及三棵树"),
        ("receipt", "amount", "2,500.00元（大写：贰仟伍佰元整）"),
        ("receipt", "paid_on", "2025年11月15日"),
        ("follow_up_record", "situation", "款已付清，路已浇好。"),
        ("follow_up_record", "visited_on", "2025年12月15日"),
    ],
)
def test_a_value_of_the_record_is_asked_for_as_a_clerk_writes_it(kind: str, place: str, text: str) -> None:
    assert asked(kind)[place] == text


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_nobody_gave_is_asked_of_no_paper(kind: str) -> None:
    bare = Case(a_case().id, a_case().kind, "纠纷", "邻里纠纷")
    assert "" not in asked(kind, bare).values()
    assert set(asked(kind, bare)) <= {"number", "title", "dispute_type", "organization"}


def test_goods_and_words_instead_of_a_day_are_asked_for_too() -> None:
    goods = Obligation(ObligationId("g"), "甲", "乙", goods="三棵树", due_as_given="开工前")
    agreement = a_case().agreement
    assert agreement is not None
    found = asked("mediation_agreement", replace(a_case(), agreement=replace(agreement, obligations=(goods,))))
    assert (found["obligations.1.amount"], found["obligations.1.due"]) == ("三棵树", "开工前")
    assert "obligations.total" not in found


def test_a_receipt_for_goods_names_them_and_no_sum() -> None:
    goods = Obligation(ObligationId("o0"), "甲", "乙", goods="三棵树")
    agreement = a_case().agreement
    assert agreement is not None
    found = asked("receipt", replace(a_case(), agreement=replace(agreement, obligations=(goods,))))
    assert (found["goods"], "amount" in found) == ("三棵树", False)


def test_a_receipt_shows_the_last_payment_that_counts() -> None:
    first = a_case().payments[0]
    later = replace(first, amount=Fen(1), voided=True)
    assert asked("receipt", replace(a_case(), payments=(first, later)))["amount"].startswith("2,500.00")
    assert set(asked("receipt", replace(a_case(), payments=()))) == {"number"}
