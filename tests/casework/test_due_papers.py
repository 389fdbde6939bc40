"""All papers that are due, in one go: what the state calls for, one a hearing, one an obligation, and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mediator.casework import dossier, due_papers, hearing, intake, performing
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.watching import Watch
from mediator.core.codes import CaseStatus
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in

FIRST = ["application", "acceptance_register", "rights_notice", "mediation_record", "mediation_agreement"]


def made(desk: Desk, case_id: CaseId, out: Path) -> list[str]:
    """The kinds that were issued; nothing was left."""
    batch = due_papers.make_due(desk, case_id, formats=("pdf",), out=out)
    assert batch.findings == ()
    return [each.kind for each in batch.made]


def test_what_is_due_is_issued_once_and_the_case_may_go_on(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    assert made(desk, case_id, tmp_path) == FIRST
    assert made(desk, case_id, tmp_path) == []
    assert [paper.kind for paper in case_of(desk, case_id).papers] == FIRST
    agreement = case_of(desk, case_id).agreement
    assert agreement is not None
    performing.record_payment(desk, case_id, agreement.obligations[0].id, amount=Fen(1000), paid_on=date(2026, 3, 9))
    assert made(desk, case_id, tmp_path) == ["receipt"]


def test_each_hearing_gets_its_own_record(desk: Desk, tmp_path: Path) -> None:
    case_id = taken_in(desk, a_document(hearings=[a_hearing()]))
    second = hearing.open_hearing(desk, case_id, HearingForm(datetime(2026, 3, 7, 2, tzinfo=UTC)))
    hearing.record_turn(desk, case_id, second, speaker="甲", text="又来了。")
    assert made(desk, case_id, tmp_path).count("mediation_record") == 2
    assert [paper.hearing for paper in case_of(desk, case_id).papers if paper.kind == "mediation_record"] == [
        each.id for each in case_of(desk, case_id).hearings
    ]


def test_what_a_reason_excused_is_not_issued(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    for item in ("application", "mediation_record"):
        dossier.excuse(desk, case_id, item, "口头申请，当场调成")
    assert made(desk, case_id, tmp_path) == [kind for kind in FIRST if kind not in ("application", "mediation_record")]


def test_what_a_rule_stops_is_told_and_the_rest_is_issued(desk: Desk, tmp_path: Path) -> None:
    wrong = an_agreement(clauses=[{"text": "张三归还人民币3,000.00元（大写：叁佰元整）。"}])
    case_id = taken_in(desk, a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=wrong))
    intake.move(desk, case_id, CaseStatus.NOT_AGREED, "谈不拢")
    batch = due_papers.make_due(desk, case_id, formats=("pdf",), out=tmp_path)
    assert [each.kind for each in batch.made] == FIRST[:4]
    assert {each.place.partition(".")[0] for each in batch.findings} == {"termination_record"}


def test_a_stop_between_two_papers_leaves_the_first_whole(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    told: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: told.append((done, total)), lambda: len(told) > 2)
    with pytest.raises(RefusedByRule, match=r"document\.cancelled"):
        due_papers.make_due(desk, case_id, formats=("pdf",), out=tmp_path, watch=watch)
    assert told == [(0, 5), (1, 5), (2, 5)]
    assert [paper.kind for paper in case_of(desk, case_id).papers] == FIRST[:2]
    assert len(list(tmp_path.glob("*.pdf"))) == 2
