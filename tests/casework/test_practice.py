"""Made-up cases: whole, lawful, of nobody, the same for ever."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from mediator.casework import checking, importing, reading
from mediator.casework.desk import Desk
from mediator.casework.practice import made_up, stock
from mediator.core.codes import CaseStatus
from mediator.core.identifiers import birth_and_sex, resident_id_fault
from mediator.core.lint import Severity

DAYS = [date(2026, 1, 5) + timedelta(days=7 * week) for week in range(20)]
TOWNSHIP = "331122101"


def test_the_same_seed_makes_the_same_cases_and_another_one_others() -> None:
    first, again, other = (list(made_up(seed, 5, township=TOWNSHIP, days=DAYS)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert [each["accepted_on"] for each in first] == sorted(each["accepted_on"] for each in first)


def test_every_type_of_the_monthly_report_has_its_quarrel() -> None:
    assert len({each["type"] for each in stock()["quarrels"]}) == 16


def test_nobody_in_them_exists() -> None:
    for case in made_up(7, 60, township=TOWNSHIP, days=DAYS):
        for party in case["parties"]:
            number = party["id_number"]
            born = birth_and_sex(number)
            assert (number[:6], party["phone"][:3], resident_id_fault(number)) == ("990000", "100", "")
            assert born is not None
            assert (born.day.isoformat(), born.sex.value) == (party["birth_date"], party["sex"])


def test_the_parts_come_to_the_sum_and_fall_due_after_the_hearing() -> None:
    for case in made_up(8, 80, township=TOWNSHIP, days=DAYS):
        agreement = case.get("agreement")
        if agreement:
            total = sum(float(each["amount"]) for each in agreement["payments"])
            assert f"{total:,.2f}元" in "".join(each["text"] for each in agreement["clauses"])
            assert all(each["due"] > agreement["signed_on"] for each in agreement["payments"])


@pytest.mark.parametrize("seed", range(3))
def test_they_are_taken_in_whole_and_no_rule_blocks_an_agreement(seed: int, desk: Desk) -> None:
    documents = list(made_up(seed, 25, township=TOWNSHIP, days=DAYS))
    taken = importing.import_file(desk, json.dumps(documents, ensure_ascii=False).encode())
    assert len(taken.cases) == len(documents)
    for each in taken.cases:
        case = reading.reread(desk, each.id).case
        blocks = [found for found in checking.findings(desk, case) if found.severity is Severity.BLOCK]
        assert blocks == [], case.title
        assert (case.agreement is not None) == (case.status is CaseStatus.SIGNED)
