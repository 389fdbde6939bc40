"""Papers between offices: hand-over and return, work orders, urging, supervising, proposing (rules D20-D34)."""

from __future__ import annotations

from mediator.core.records import Case
from mediator.docs.description import Attached, Box, CopyTo, Flush, Head, Part, Signing, Words, described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import CALL, CASE_NUMBER, CONTACT, CONTACT_PHONE, FACTS, MATTER, PEOPLE, REASON, by
from mediator.docs.kinds import Group, Keep
from mediator.docs.page import CARD, LETTER


def category(case: Case, _facts: PaperFacts) -> str:
    """The category of a work order, as a word."""
    return case.category.term if case.category else ""


RECEIVER = Field("receiver", "主送单位", needed=True, gap=14)
PURPOSE = Field(
    "purpose", "事由", Shape.CHOICE, needed=True,
    choices=("访调对接", "诉访分离", "转送", "交办", "三调联动"),
)  # fmt: skip
BRIEF = Field("brief", "基本情况", Shape.LINES, known=FACTS.known, gap=80)
REQUESTED = Field("requested", "请求办理的事项", Shape.LINES, needed=True, gap=40)
MATERIALS = Field("materials", "移送材料", Shape.LINES, gap=40)
BACK_BY = Field("back_by", "反馈期限", Shape.DAY)
SLIP_NUMBER = Field("slip_number", "移送函文号", needed=True, gap=16)
OUTCOME = Field("outcome", "办理结果", Shape.LINES, needed=True, gap=80)
NEXT_STEP = Field("next_step", "建议的下一步", Shape.LINES, gap=40)
CATEGORY = Field(
    "category", "工单类别", Shape.CHOICE, known=category,
    choices=("蓝色（咨询）", "黄色（多部门）", "橙色（涉法涉诉）", "红色（投诉举报）"),
)  # fmt: skip
SOURCE = Field("source", "来源")
ARRIVED = Field("arrived", "收到时间", Shape.MOMENT)
DUE = Field("due", "办理期限", Shape.DAY)
CALLER = Field("caller", "来电（来访）人")
CALLER_PHONE = Field("caller_phone", "联系电话")
LEAD = Field("lead", "牵头单位")
HELPERS = Field("helpers", "配合单位")
MEASURES = Field("measures", "办理过程和措施", Shape.LINES)
REPLY = Field("reply", "答复情况", Shape.LINES)
FINDING = Field("finding", "发现的问题", Shape.LINES, needed=True, gap=60)
RULE = Field("rule", "依据", needed=True, gap=20)
DEMAND = Field("demand", "要求", Shape.LINES, needed=True, gap=60)
ANSWER_BY = Field("answer_by", "答复期限", Shape.DAY, needed=True)
COPY_TO = Field("copy_to", "抄送")
ADVICE = Field("advice", "建议", Shape.LINES, needed=True, gap=60)
ANSWER = Field("answer", "办理情况答复", Shape.LINES)
ANSWERED_ON = Field("answered_on", "答复日期", Shape.DAY)
ANSWER_PART: tuple[Part, ...] = (
    Head("答复", cut=True),
    Box(((ANSWER,), (ANSWERED_ON,))),
    Signing((by("答复单位负责人"), by("承办人"))),
)

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
    fields=(RECEIVER, MATTER, CASE_NUMBER, DUE, DEMAND, ANSWER_BY),
    parts=(
        Flush("{receiver}："),
        Words("你单位承办的“{matter}”（案号：{case_number}），办理期限至{due}，临近到期，尚未收到办理结果。现予催办："),
        Words("{demand}"),
        Words("请于{answer_by}前答复。"),
        Signing(seal=True, dated=True),
        *ANSWER_PART,
    ),
)  # fmt: skip

SUPERVISE = described(
    "supervise_order", "督办单", Group.SUPERVISION, "督", sheet=LETTER,
    keep=Keep.MIDDLE, copies=2,
    fields=(RECEIVER, MATTER, CASE_NUMBER, DUE, REASON, DEMAND, ANSWER_BY),
    parts=(
        Flush("{receiver}："),
        Words("你单位承办的“{matter}”（案号：{case_number}），办理期限已于{due}届满。督办理由：{reason}"),
        Words("{demand}"),
        Words("请于{answer_by}前书面答复。"),
        Signing(seal=True, dated=True),
        CopyTo(COPY_TO),
        *ANSWER_PART,
    ),
)  # fmt: skip

PROPOSAL = described(
    "work_proposal", "工作建议书", Group.SUPERVISION, "议", sheet=LETTER,
    keep=Keep.MIDDLE, copies=2,
    fields=(RECEIVER, MATTER, FINDING, RULE, ADVICE, ANSWER_BY),
    parts=(
        Flush("{receiver}："),
        Words("在“{matter}”的办理中发现下列问题："),
        Words("{finding}"),
        Words("依据：{rule}"),
        Words("现提出以下工作建议："),
        Words("{advice}"),
        Words("请于{answer_by}前反馈采纳和整改情况。"),
        Signing(seal=True, dated=True),
        *ANSWER_PART,
    ),
)  # fmt: skip

KINDS = (TRANSFER, RETURN, WORK_ORDER, URGE, SUPERVISE, PROPOSAL)
