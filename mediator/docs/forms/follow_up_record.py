"""回访记录: performance, suit, escalation, dangers and both satisfactions after the agreement (RTG 36-37, S13)."""

from __future__ import annotations

from mediator.core.codes import Satisfied, SatisfiedWith
from mediator.core.dates import chinese_date
from mediator.core.records import Case
from mediator.docs.description import described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Known, Shape
from mediator.docs.forms.known import AGREEMENT_NUMBER, PEOPLE, by
from mediator.docs.forms.performed import PERFORMED
from mediator.docs.kinds import Group
from mediator.docs.page import CARD
from mediator.docs.paper_parts import Box, Signing


def of_visit(name: str) -> Known:
    """A text of the last visit."""
    return lambda case, _facts: str(getattr(case.follow_ups[-1], name)) if case.follow_ups else ""


def visited_on(case: Case, _facts: PaperFacts) -> str:
    """The day of the last visit."""
    return chinese_date(case.follow_ups[-1].visited_on) if case.follow_ups else ""


def reason(case: Case, _facts: PaperFacts) -> str:
    """What the visit is about."""
    return f"{case.title}调解协议的履行情况" if case.title else ""


def answered(about: SatisfiedWith) -> Known:
    """The newest answer to one half of the double question."""

    def known(case: Case, _facts: PaperFacts) -> str:
        asked = [each for each in case.course.satisfactions if each.about is about]
        return max(asked, key=lambda each: each.asked_on).answer.term if asked else ""

    return known


def satisfied(name: str, label: str, about: SatisfiedWith) -> Field:
    """One half of the double question (S13)."""
    return Field(name, label, Shape.CHOICE, known=answered(about), choices=tuple(each.term for each in Satisfied))


REASON = Field("reason", "回访事由", known=reason)
VISITED_ON = Field("visited_on", "回访时间", Shape.DAY, known=visited_on)
VISITED = Field("visited", "被回访人", known=of_visit("visited"))
VISITOR = Field("visitor", "回访人", known=of_visit("visitor"))
SITUATION = Field("situation", "回访情况", Shape.LINES, known=of_visit("situation"))
SUED = Field("sued", "是否起诉", Shape.CHOICE, choices=("未起诉", "已起诉"))
ESCALATED = Field("escalated", "有无激化", Shape.CHOICE, choices=("无激化", "有激化"))
DANGERS = Field("dangers", "发现的隐患", Shape.LINES)
MEASURES = Field("measures", "采取的措施", Shape.LINES)
SATISFACTION = Field("satisfaction", "满意度", known=of_visit("satisfaction"))
WITH_BODY = satisfied("with_body", "对承办单位", SatisfiedWith.BODY)
WITH_OFFICE = satisfied("with_office", "对信访工作机构", SatisfiedWith.OFFICE)

VISIT = described(
    "follow_up_record", "回访记录", Group.PERFORMANCE, "访", sheet=CARD, needs=("parties", "follow_ups"),
    parts=(
        Box(
            (
                (PEOPLE,), (AGREEMENT_NUMBER,), (REASON,), (VISITED_ON, SATISFACTION), (VISITED, VISITOR),
                (PERFORMED,), (SITUATION,), (SUED, ESCALATED), (DANGERS,), (MEASURES,), (WITH_BODY,),
                (WITH_OFFICE,),
            )
        ),
        Signing((by("被回访人", "visited"), by("回访人", "visitor")), seal=True, day="visited_on"),
    ),
)  # fmt: skip

KINDS = (VISIT,)
