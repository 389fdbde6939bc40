"""Which road is advised for which matter, each with a source that the law library has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import CaseKind
from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, CaseId, Obligation, ObligationId
from mediator.core.roads import advised, roads

TODAY = date(2026, 3, 9)
BARE = Case(CaseId("c" * 32), CaseKind.PEOPLE_MEDIATION, "", "contract")
PETITION = replace(BARE, kind=CaseKind.PETITION)


def owing(due: date | None, *, goods: bool = False, digest: str = "ab") -> Agreement:
    """An agreement with one obligation."""
    amount = None if goods else Fen(100)
    return Agreement(obligations=(Obligation(ObligationId("1" * 32), "甲", "乙", amount, due),), digest=digest)


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({}, []),
        ({"agreement": owing(date(2026, 3, 10))}, ["confirmation", "notary"]),
        ({"agreement": owing(date(2026, 3, 10), goods=True)}, ["confirmation"]),
        ({"agreement": owing(TODAY)}, []),
        ({"agreement": owing(date(2026, 3, 10), digest="")}, []),
        ({"dispute_type": "labor"}, ["labor"]),
        ({"dispute_type": "劳动争议"}, ["labor"]),
        ({"facts": "因土地承包合同发生争议"}, ["land"]),
        ({"facts": "不服行政处罚决定"}, ["review"]),
        ({"facts": "法院已判决，要求再审"}, ["court"]),
        ({"facts": "检举村干部", "kind": CaseKind.PETITION}, ["discipline"]),
        ({"facts": "反映路灯不亮", "kind": CaseKind.PETITION}, ["petition"]),
        ({"facts": "反映路灯不亮", "kind": CaseKind.WORK_ORDER}, ["petition"]),
    ],
)
def test_the_table_advises_the_road_of_the_rules(members: dict[str, Any], wanted: list[str]) -> None:
    assert [each.id for each in advised(replace(BARE, **members), TODAY)] == wanted


def test_every_road_says_why_and_by_what_law() -> None:
    for each in roads():
        assert each.advice.endswith("。")
        assert each.sources
