"""Papers between offices: hand-over and return, work orders, urging, supervising, proposing (rules D20-D34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mediator.core.codes import OrderSort
from mediator.core.course import Order
from mediator.core.dates import day_words
from mediator.core.records import Case
from mediator.docs.description import described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.course import (
    answer_by,
    answered,
    came_to,
    demanded,
    found,
    of_order,
    purpose,
    review,
)
from mediator.docs.forms.known import (
    APPLICANTS,
    CALL,
    CASE_NUMBER,
    CONTACT,
    CONTACT_PHONE,
    FACTS,
    MATTER,
    ORIGIN,
    PEOPLE,
    REASON,
    arrived_at,
    asker,
    by,
    last_day,
)
from mediator.docs.kinds import Group, Keep
from mediator.docs.page import CARD, LETTER
from mediator.docs.paper_parts import Attached, Box, CopyTo, Flush, Head, Part, Signing, Words


def category(case: Case, _facts: PaperFacts) -> str:
    """The category of a work order, as a word."""
    return case.category.term if case.category else ""


CATEGORY_RULES = ("D20", "D21.answer", "D22", "D23.answer", "D24")
RECEIVER = Field("receiver", "主送单位", needed=True, gap=14)
PURPOSE = Field(
    "purpose", "事由", Shape.CHOICE, needed=True,
    choices=("访调对接", "诉访分离", "转送", "交办", "三调联动"), known=purpose,
)  # fmt: skip
BRIEF = Field("brief", "基本情况", Shape.LINES, known=FACTS.known, gap=80)
REQUESTED = Field("requested", "请求办理的事项", Shape.LINES, needed=True, gap=40)
MATERIALS = Field("materials", "移送材料", Shape.LINES, gap=40)
BACK_BY = Field("back_by", "反馈期限", Shape.DAY, known=last_day("D33"))
SLIP_NUMBER = Field(
    "slip_number", "移送函文号", needed=True, gap=16, known=lambda case, _facts: case.source_ref
)  # fmt: skip
OUTCOME = Field("outcome", "办理结果", Shape.LINES, needed=True, gap=80, known=came_to)
NEXT_STEP = Field("next_step", "建议的下一步", Shape.LINES, gap=40)
CATEGORY = Field(
    "category", "工单类别", Shape.CHOICE, known=category,
    choices=("蓝色（咨询）", "黄色（多部门）", "橙色（涉法涉诉）", "红色（投诉举报）"),
)  # fmt: skip
SOURCE = Field("source", "来源", known=ORIGIN.known)
ARRIVED = Field("arrived", "收到时间", Shape.MOMENT, known=arrived_at)
DUE = Field("due", "办理期限", Shape.DAY, known=last_day(*CATEGORY_RULES))
CALLER = Field("caller", "来电（来访）人", known=APPLICANTS.known)
CALLER_PHONE = Field("caller_phone", "联系电话", known=asker("phone"))
LEAD = Field("lead", "牵头单位", known=lambda case, _facts: case.lead_body)
HELPERS = Field("helpers", "配合单位", known=lambda case, _facts: "、".join(case.helping))
MEASURES = Field("measures", "办理过程和措施", Shape.LINES, known=review)
REPLY = Field("reply", "答复情况", Shape.LINES, known=answered)
FINDING = Field("finding", "发现的问题", Shape.LINES, needed=True, gap=60)
RULE = Field("rule", "依据", needed=True, gap=20)
DEMAND = Field("demand", "要求", Shape.LINES, needed=True, gap=60)
ANSWER_BY = Field("answer_by", "答复期限", Shape.DAY, needed=True)
COPY_TO = Field("copy_to", "抄送")
ADVICE = Field("advice", "建议", Shape.LINES, needed=True, gap=60)
ANSWER = Field("answer", "办理情况答复", Shape.LINES)
ANSWERED_ON = Field("answered_on", "答复日期", Shape.DAY)


@dataclass(frozen=True, slots=True)
class About:
    """The fields of a paper about an order of one sort, with what the newest order of that sort tells of them."""

    sort: OrderSort

    def field(self, field: Field, read: Callable[[Order, PaperFacts], str]) -> Field:
        """One of them."""
        return replace(field, known=of_order(self.sort, read))

    @property
    def whom(self) -> tuple[Field, ...]:
        """Whom it goes to, about what, to be answered by when."""
        receiver = replace(RECEIVER, known=LEAD.known)
        return (receiver, MATTER, self.field(ANSWER_BY, answer_by))

    @property
    def when(self) -> Field:
        """The day that passes or passed."""
        return self.field(DUE, lambda order, _facts: day_words(order.due))

    @property
    def answer(self) -> tuple[Part, ...]:
        """The part that comes back."""
        told = self.field(ANSWER, lambda order, _facts: order.answer)
        day = self.field(ANSWERED_ON, lambda order, _facts: day_words(order.answered_on))
        signing = Signing((by("答复单位负责人"), by("承办人")))
        return (Head("答复", cut=True), Box(((told,), (day,))), signing)


URGED, SUPERVISED, ADVISED = map(About, OrderSort)

TRANSFER = described(
    "transfer_slip", "移送函", Group.PETITION, "移", sheet=LETTER,
    copies=2,
    fields=(RECEIVER, PURPOSE, MATTER, PEOPLE, BRIEF, REQUESTED, BACK_BY, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("现将“{matter}”（当事人：{people}）以{purpose}方式移送你单位。"),
        Head("一、基本情况"),
        Words("{brief}"),
        Head("二、请求办理的事项"),
        Words("{requested}"),
        Words("请于{back_by}前反馈办理结果。"),
        CALL,
        Attached(MATERIALS),
        Signing(seal=True, dated=True),
        Head("接收回执", cut=True),
        Signing((by("接收人"),)),
    ),
)  # fmt: skip

RETURN = described(
    "return_slip", "反馈函", Group.PETITION, "反", sheet=LETTER,
    copies=2,
    fields=(RECEIVER, SLIP_NUMBER, MATTER, OUTCOME, NEXT_STEP, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("你单位移送的“{matter}”（文号：{slip_number}），现将办理结果反馈如下："),
        Head("一、办理结果"),
        Words("{outcome}"),
        Head("二、建议的下一步"),
        Words("{next_step}"),
        CALL,
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

WORK_ORDER = described(
    "work_order_sheet", "工单办理单", Group.PETITION, "单", sheet=CARD,
    keep=Keep.MIDDLE,
    parts=(
        Box(
            (
                (CASE_NUMBER,), (CATEGORY,), (SOURCE, ARRIVED), (DUE,), (CALLER, CALLER_PHONE), (MATTER,), (BRIEF,),
                (LEAD, HELPERS), (MEASURES,), (REPLY,),
            )
        ),
        Signing((by("承办人"), by("审核人"))),
    ),
)  # fmt: skip

URGE = described(
    "urge_order", "催办单", Group.SUPERVISION, "催", sheet=LETTER,
    keep=Keep.MIDDLE, copies=2,
    fields=(*URGED.whom, CASE_NUMBER, URGED.when, URGED.field(DEMAND, demanded)),
    parts=(
        Flush("{receiver}："),
        Words("你单位承办的“{matter}”（案号：{case_number}），办理期限至{due}，临近到期，尚未收到办理结果。现予催办："),
        Words("{demand}"),
        Words("请于{answer_by}前答复。"),
        Signing(seal=True, dated=True),
        *URGED.answer,
    ),
)  # fmt: skip

SUPERVISE = described(
    "supervise_order", "督办单", Group.SUPERVISION, "督", sheet=LETTER,
    keep=Keep.MIDDLE, copies=2,
    fields=(
        *SUPERVISED.whom, CASE_NUMBER, SUPERVISED.when, SUPERVISED.field(REASON, found),
        SUPERVISED.field(DEMAND, demanded),
    ),
    parts=(
        Flush("{receiver}："),
        Words("你单位承办的“{matter}”（案号：{case_number}），办理期限已于{due}届满。督办理由：{reason}"),
        Words("{demand}"),
        Words("请于{answer_by}前书面答复。"),
        Signing(seal=True, dated=True),
        CopyTo(COPY_TO),
        *SUPERVISED.answer,
    ),
)  # fmt: skip

PROPOSAL = described(
    "work_proposal", "工作建议书", Group.SUPERVISION, "议", sheet=LETTER,
    keep=Keep.MIDDLE, copies=2,
    fields=(*ADVISED.whom, ADVISED.field(FINDING, found), RULE, ADVISED.field(ADVICE, demanded)),
    parts=(
        Flush("{receiver}："),
        Words("在“{matter}”的办理中发现下列问题："),
        Words("{finding}"),
        Words("依据：{rule}"),
        Words("现提出以下工作建议："),
        Words("{advice}"),
        Words("请于{answer_by}前反馈采纳和整改情况。"),
        Signing(seal=True, dated=True),
        *ADVISED.answer,
    ),
)  # fmt: skip

KINDS = (TRANSFER, RETURN, WORK_ORDER, URGE, SUPERVISE, PROPOSAL)
