"""Three reviews in their order, and satisfaction that nobody asks about himself."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import intake, reviewing
from mediator.casework.desk import Desk
from mediator.casework.reviewing import SatisfactionForm
from mediator.core.codes import CaseStatus, Satisfied, SatisfiedWith
from mediator.core.reviewing import ReviewStep
from mediator.errors import RefusedByRule
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in


def test_a_petition_is_answered_after_three_reviews_in_their_order(desk: Desk) -> None:
    petition = taken_in(desk, a_document(kind="petition"))
    for to in (CaseStatus.JUDGED, CaseStatus.ACCEPTED, CaseStatus.HANDLING):
        intake.move(desk, petition, to)
    for step in ReviewStep:
        with pytest.raises(RefusedByRule, match=r"case\.review"):
            intake.move(desk, petition, CaseStatus.ANSWERED)
        for wrong in set(ReviewStep) - {step}:
            with pytest.raises(RefusedByRule, match=r"review\.order"):
                reviewing.review(desk, petition, wrong, text="跳过一步")
        with pytest.raises(RefusedByRule, match=r"review\.text"):
            reviewing.review(desk, petition, step, text=" ")
        reviewing.review(desk, petition, step, text="属实。", by="赵科长")
    intake.move(desk, petition, CaseStatus.ANSWERED)
    events = case_of(desk, petition).course.events
    assert [(each.event, each.on, each.by) for each in events] == [
        (step.value, date(2026, 3, 9), "赵科长") for step in ReviewStep
    ]


@pytest.mark.parametrize(("asker", "free"), [("李调解", False), ("何记录", False), ("", False), ("周监督", True)])
def test_satisfaction_is_never_asked_by_the_one_judged(desk: Desk, asker: str, free: bool) -> None:
    case = a_signed_case(desk)
    form = SatisfactionForm(SatisfiedWith.BODY, Satisfied.MOSTLY, date(2026, 3, 9), "李四", asker)
    if free:
        reviewing.record_satisfaction(desk, case, form)
    else:
        with pytest.raises(RefusedByRule, match=r"satisfaction\.judged"):
            reviewing.record_satisfaction(desk, case, form)
    assert [each.asked_by for each in case_of(desk, case).course.satisfactions] == ([asker] if free else [])
