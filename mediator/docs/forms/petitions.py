"""Petitions: registered, accepted or refused, prolonged, answered, reviewed (XFT 22, 23, 34-36); people's proposals."""

from __future__ import annotations

from dataclasses import replace

from mediator.core.codes import Visit
from mediator.core.records import Case
from mediator.core.reviewing import ReviewStep
from mediator.docs.description import described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.course import new_day, next_day, step, why_longer
from mediator.docs.forms.known import (
    ACCEPTED_ON,
    APPLICANTS,
    CALL,
    CASE_NUMBER,
    CONTACT,
    CONTACT_PHONE,
    FACTS,
    MATTER,
    REASON,
    REMARK,
    REQUESTS,
    arrived_at,
    asker,
    by,
    last_day,
)
from mediator.docs.kinds import Group, Keep
from mediator.docs.page import CARD, LETTER
from mediator.docs.paper_parts import Box, Flush, Head, Signing, Words


def times(case: Case, _facts: PaperFacts) -> str:
    """First or repeated, where a person said so."""
    return {Visit.FIRST: "初次信访", Visit.REPEATED: "重复信访"}[case.visit] if case.visit else ""


PETITIONER = Field("petitioner", "信访人", needed=True, known=APPLICANTS.known)
ID_NUMBER = Field("id_number", "居民身份证号码", gap=18, known=asker("id_number"))
PHONE = Field("phone", "联系电话", known=asker("phone"))
ADDRESS = Field("address", "住址", gap=20, known=asker("address"))
COUNT = Field("count", "来访人数", known=lambda case, _facts: f"{case.people}人" if case.people else "")
CAME_ON = Field("came_on", "来访时间", Shape.MOMENT, known=arrived_at)
CHANNEL = Field("channel", "信访渠道", Shape.CHOICE, choices=("来访", "来信", "来电", "网上", "12345热线", "上级交办"))
TIMES = Field("times", "初次或者重复", Shape.CHOICE, choices=("初次信访", "重复信访"), known=times)
CLAIMS = Field("claims", "诉求", Shape.LINES, gap=40, known=REQUESTS.known)
RECEIVED_BY = Field("received_by", "接待人")
FIRST_OPINION = Field("first_opinion", "初步处理意见", Shape.LINES)
NUMBER = Field("number", "信访事项编号", known=CASE_NUMBER.known)
HANDLER = Field("handler", "办理单位", needed=True)
WITHIN = Field("within", "办结期限", Shape.DAY, needed=True, known=last_day("D11"))
ROADS = Field("roads", "应当走的途径", Shape.LINES, needed=True, gap=40)
NEW_DAY = Field("new_day", "延长至", Shape.DAY, needed=True, known=new_day("D11"))
WHY_LONGER = replace(REASON, known=why_longer("D11"))
FOUND = Field("found", "调查认定的事实", Shape.LINES, needed=True, gap=80)
LAW = Field("law", "依据", Shape.LINES, needed=True, gap=40)
OPINION = Field("opinion", "处理意见", Shape.LINES, needed=True, gap=80)
OWN_FOUND = replace(FOUND, known=step(ReviewStep.INVESTIGATED))
OWN_OPINION = replace(OPINION, known=step(ReviewStep.ANALYSED))
REVIEWER = Field("reviewer", "复查机关", needed=True, gap=14)
LEVEL = Field("level", "程序", Shape.CHOICE, choices=("复查", "复核"), needed=True, gap=4)
OLD_ANSWER = Field("old_answer", "原处理意见书文号", needed=True, gap=16)
NEXT_ROAD = Field("next_road", "不服本意见的途径", Shape.LINES, needed=True, gap=40)
SUGGESTION = Field("suggestion", "建议内容", Shape.LINES, needed=True, gap=80)
FIELD = Field("subject", "建议领域")
PROPOSER = Field("proposer", "建议人", needed=True)
ANALYSIS = Field("analysis", "研究意见", Shape.LINES)
ANSWER = Field("answer", "办理和答复情况", Shape.LINES)
STAGE = Field("stage", "目前进度", needed=True, gap=14, known=lambda case, _facts: case.status.term)
NEXT_DATE = Field("next_date", "下一步时间", Shape.DAY, known=next_day)

VISIT = described(
    "visit_register", "来访登记表", Group.PETITION, "来", sheet=CARD,
    basis="《信访工作条例》第二十二条", keep=Keep.MIDDLE,
    parts=(
        Box(
            (
                (PETITIONER, COUNT), (ID_NUMBER,), (PHONE,), (ADDRESS,), (CAME_ON,), (CHANNEL,), (TIMES,), (MATTER,),
                (replace(FACTS, label="反映的事实"),), (CLAIMS,), (FIRST_OPINION,), (REMARK,),
            )
        ),
        Signing((by("信访人", "petitioner"), by("接待人"))),
    ),
)  # fmt: skip

ACCEPTANCE = described(
    "petition_acceptance", "信访事项受理告知书", Group.PETITION, "信受", sheet=LETTER,
    basis="《信访工作条例》第二十三条", copies=2,
    fields=(PETITIONER, MATTER, NUMBER, ACCEPTED_ON, HANDLER, WITHIN, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{petitioner}："),
        Words("你反映的“{matter}”（编号：{number}），经审查，决定自{accepted_on}起予以受理，由{handler}办理，办结期限至{within}。"),
        Words("情况复杂的，经批准可以适当延长办理期限，延长的期限和理由另行告知。"),
        CALL,
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

REFUSAL = described(
    "petition_refusal", "信访事项不予受理告知书", Group.PETITION, "信拒", sheet=LETTER,
    basis="《信访工作条例》第二十三条", copies=2,
    fields=(PETITIONER, MATTER, NUMBER, REASON, ROADS, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{petitioner}："),
        Words("你反映的“{matter}”（编号：{number}），经审查，决定不予受理。理由如下："),
        Words("{reason}"),
        Words("请依法通过下列途径提出："),
        Words("{roads}"),
        CALL,
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

EXTENSION = described(
    "petition_extension", "信访事项延期办理告知书", Group.PETITION, "信延", sheet=LETTER,
    basis="《信访工作条例》第三十四条", copies=2,
    fields=(PETITIONER, MATTER, NUMBER, ACCEPTED_ON, NEW_DAY, WHY_LONGER, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{petitioner}："),
        Words("你反映的“{matter}”（编号：{number}）已于{accepted_on}受理。因情况复杂，经批准，办理期限延长至{new_day}。"),
        Words("延长的理由：{reason}"),
        CALL,
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

ANSWERED = described(
    "petition_answer", "信访事项处理意见书", Group.PETITION, "信答", sheet=LETTER,
    basis="《信访工作条例》第三十四条、第三十五条", copies=2,
    fields=(PETITIONER, MATTER, NUMBER, OWN_FOUND, LAW, OWN_OPINION, REVIEWER),
    parts=(
        Flush("{petitioner}："),
        Words("你反映的“{matter}”（编号：{number}），现已办结，处理意见如下："),
        Head("一、调查认定的事实"),
        Words("{found}"),
        Head("二、依据"),
        Words("{law}"),
        Head("三、处理意见"),
        Words("{opinion}"),
        Words("如对本处理意见不服，可以自收到本意见书之日起三十日内，向{reviewer}请求复查。"),
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

REVIEW = described(
    "review_opinion", "信访事项{level}意见书", Group.PETITION, "信复", sheet=LETTER,
    basis="《信访工作条例》第三十五条、第三十六条", copies=2,
    fields=(PETITIONER, MATTER, LEVEL, OLD_ANSWER, FOUND, LAW, OPINION, NEXT_ROAD),
    parts=(
        Flush("{petitioner}："),
        Words("你对“{matter}”的处理意见（文号：{old_answer}）不服，请求{level}。经{level}，意见如下："),
        Head("一、查明的事实"),
        Words("{found}"),
        Head("二、依据"),
        Words("{law}"),
        Head("三、{level}意见"),
        Words("{opinion}"),
        Words("{next_road}"),
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

PROPOSAL = described(
    "suggestion_form", "人民建议征集表", Group.PETITION, "建", sheet=CARD,
    keep=Keep.MIDDLE,
    parts=(
        Box(((PROPOSER, PHONE), (ADDRESS,), (FIELD,), (SUGGESTION,), (ANALYSIS,), (ANSWER,))),
        Signing((by("建议人", "proposer"), by("接收人"))),
    ),
)  # fmt: skip

STATUS = described(
    "status_slip", "办理进度查询单", Group.PETITION, "查询", sheet=CARD,
    keep=Keep.MIDDLE,
    parts=(
        Box(((NUMBER,), (STAGE,), (NEXT_DATE,), (CONTACT, CONTACT_PHONE))),
        Words("凭本单编号可以到窗口或者拨打上述电话查询办理进度。本单不记载信访内容，请妥善保管。"),
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

KINDS = (VISIT, ACCEPTANCE, REFUSAL, EXTENSION, ANSWERED, REVIEW, PROPOSAL, STATUS)
