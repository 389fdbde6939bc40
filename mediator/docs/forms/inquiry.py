"""What is found out and proved: inquiry, evidence, recusal, proof of service, extension (RTF 23, RTG 33)."""

from __future__ import annotations

from dataclasses import replace

from mediator.core.codes import Side
from mediator.docs.description import described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.course import new_day, old_day, why_longer
from mediator.docs.forms.known import (
    ACCEPTED_ON,
    CASE_NUMBER,
    HELD_AT,
    MATTER,
    PEOPLE,
    PLACE,
    REASON,
    REMARK,
    by,
    first_mediator,
    signing,
)
from mediator.docs.forms.parts import BY_HAND
from mediator.docs.kinds import LIST_FORMATS, Group, Keep
from mediator.docs.page import CARD, WIDE
from mediator.docs.paper_parts import Box, Grid, Head, Opinion, Signing, Words

ASKED_AT = replace(HELD_AT, known=None, needed=True)
ASKED_WHERE = replace(PLACE, known=None, needed=True)
ASKER = Field("asker", "调查人", known=first_mediator)
WRITER = Field("writer", "记录人")
ASKED = Field("asked", "被调查人", needed=True)
ASKED_DETAILS = Field("asked_details", "基本情况", gap=30)
RELATION = Field("relation", "与当事人关系")
TALK = Field("talk", "调查内容", Shape.LINES, needed=True, gap=120)
EVIDENCE = Field(
    "evidence", "证据材料", Shape.ROWS, needed=True,
    columns=("序号", "名称", "页数或件数", "原件或复印件", "提交人", "证明事项", "扫描件校验值"),
)  # fmt: skip
WHOM = Field("whom", "申请回避的对象", needed=True)
DECISION = Field("decision", "决定", Shape.CHOICE, choices=("同意回避", "不同意回避"))
DECIDED_ON = Field("decided_on", "决定日期", Shape.DAY)
NEW_MEDIATOR = Field("new_mediator", "另行指派的调解员")
SERVED = Field("served", "送达文书", needed=True)
SERVED_NUMBER = Field("served_number", "文号")
RECEIVER = Field("receiver", "受送达人", needed=True)
SERVED_WHERE = Field("served_where", "送达地点")
SERVED_AT = Field("served_at", "送达时间", Shape.MOMENT)
MANNER = Field("manner", "送达方式", Shape.CHOICE, choices=("直接送达", "留置送达", "邮寄送达", "电子送达", "公告送达"))
NOT_SELF = Field("not_self", "代收或者拒收的情况", Shape.LINES)
WITNESSES = Field("witnesses", "见证人")
UNTIL = Field("until", "原定期限", Shape.DAY, known=old_day("D03"))
NEW_DAY = Field("new_day", "延长至", Shape.DAY, needed=True, known=new_day("D03"))
WHY_LONGER = replace(REASON, label="延长理由", known=why_longer("D03"))
HEAD_OPINION = Field("head_opinion", "负责人意见", Shape.LINES)

INVESTIGATION = described(
    "investigation_record", "调查笔录", Group.HEARING, "查",
    fields=(TALK,), foot_sign="被调查人签名：",
    parts=(
        Box(((ASKED_AT,), (ASKED_WHERE,), (ASKER, WRITER), (ASKED, RELATION), (ASKED_DETAILS,), (MATTER,))),
        Head("调查内容："),
        Words("{talk}"),
        Words("以上笔录已交被调查人阅看（或者向其宣读），与所说一致，记录无误。"),
        Signing((by("被调查人", "asked", manner=BY_HAND), by("调查人", "asker"), by("记录人", "writer"))),
    ),
)  # fmt: skip

EVIDENCE_LIST = described(
    "evidence_list", "证据材料清单", Group.HEARING, "证",
    copies=2, formats=LIST_FORMATS, sheet=WIDE,
    parts=(
        Box(((CASE_NUMBER, MATTER), (PEOPLE,))),
        Grid(EVIDENCE, (0.05, 0.19, 0.1, 0.11, 0.13, 0.22, 0.2), blank_rows=8),
        Signing((by("提交人"), by("接收人"))),
    ),
)  # fmt: skip

RECUSAL = described(
    "recusal_record", "回避申请及决定书", Group.HEARING, "避",
    basis="《人民调解工作若干规定》第六条",
    parts=(
        Box(((MATTER,), (WHOM,), (replace(REASON, label="申请理由"),))),
        Signing((signing(Side.APPLICANT),)),
        Head("调解委员会的决定"),
        Box(((DECISION,), (NEW_MEDIATOR, DECIDED_ON))),
        Signing(seal=True),
    ),
)  # fmt: skip

SERVICE = described(
    "service_receipt", "送达回证", Group.HEARING, "送", sheet=CARD,
    parts=(
        Box(
            (
                (CASE_NUMBER,), (MATTER,), (SERVED,), (SERVED_NUMBER,), (RECEIVER,), (SERVED_WHERE,), (SERVED_AT,),
                (MANNER,), (NOT_SELF,), (WITNESSES,), (REMARK,),
            )
        ),
        Signing((by("受送达人", "receiver"), by("送达人"))),
    ),
)  # fmt: skip

EXTENSION = described(
    "extension_approval", "延长调解期限审批表", Group.HEARING, "延",
    basis="《人民调解工作若干规定》第三十三条", keep=Keep.MIDDLE, sheet=CARD,
    parts=(
        Box(
            (
                (CASE_NUMBER,), (MATTER,), (PEOPLE,), (ACCEPTED_ON, UNTIL), (NEW_DAY,),
                (WHY_LONGER,), (Opinion(HEAD_OPINION, "调委会主任"),),
            )
        ),
        Signing((by("承办调解员"),), seal=True),
    ),
)  # fmt: skip

KINDS = (INVESTIGATION, EVIDENCE_LIST, RECUSAL, SERVICE, EXTENSION)
