"""A visit's sheet asks everything that a visit is for and knows what was answered before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediator.core.codes import Satisfied, SatisfiedWith
from mediator.core.course import Course, Satisfaction, SatisfactionId
from mediator.docs.catalogue import kind_of
from tests.docs.papers import a_case, some_facts
from tests.docs.test_forms import cells, made


def answer(day: int, about: SatisfiedWith, said: Satisfied) -> Satisfaction:
    """One answer on a day of January."""
    return Satisfaction(SatisfactionId(str(day)), date(2026, 1, day), about, said)


def test_the_newest_answer_of_each_half_of_the_double_question_is_ticked() -> None:
    rows = (
        answer(9, SatisfiedWith.BODY, Satisfied.SATISFIED),
        answer(3, SatisfiedWith.BODY, Satisfied.DISSATISFIED),
        answer(4, SatisfiedWith.OFFICE, Satisfied.UNRATED),
    )
    found = cells(made("follow_up_record", replace(a_case(), course=Course(satisfactions=rows))))
    assert found["对承办单位"] == "☑满意　☐基本满意　☐不满意　☐未评价"
    assert found["对信访工作机构"] == "☐满意　☐基本满意　☐不满意　☑未评价"


def test_suit_escalation_dangers_and_measures_are_typed_for_the_sheet() -> None:
    typed = {"sued": "已起诉", "escalated": "无激化", "dangers": "围墙未拆。", "measures": "约村里三日内拆除。"}
    found = cells(kind_of("follow_up_record").compose(a_case(), replace(some_facts(), values=typed)))
    assert [found[label] for label in ("是否起诉", "有无激化", "发现的隐患", "采取的措施")] == [
        "☐未起诉　☑已起诉", "☑无激化　☐有激化", "围墙未拆。", "约村里三日内拆除。",
    ]  # fmt: skip
