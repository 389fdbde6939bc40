"""Management of matters: one case one sheet, backlog, conclusion, double check, replay, relief, commitments."""

from __future__ import annotations

from dataclasses import replace

from mediator.docs.description import described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.course import review
from mediator.docs.forms.known import CASE_NUMBER, DISPUTE_TYPE, FACTS, MATTER, ORIGIN, PEOPLE, REMARK, REQUESTS, by
from mediator.docs.forms.parts import BY_HAND
from mediator.docs.kinds import LIST_FORMATS, Group, Keep
from mediator.docs.page import CARD, LETTER, WIDE
from mediator.docs.paper_parts import Box, Flush, Grid, Head, Opinion, Signing, Words

LEADER = Field("leader", "包案领导")
OFFICER = Field("officer", "责任人")
TEAM = Field("team", "工作专班")
PLAN = Field("plan", "化解方案", Shape.LINES)
DEADLINE = Field("deadline", "化解时限", Shape.DAY)
PROGRESS = Field("progress", "进展情况", Shape.LINES, known=review)
RESULT = Field("result", "化解结果", Shape.LINES)
CAUSES = Field("causes", "成因分析", Shape.LINES, needed=True)
MEASURES = Field("measures", "化解措施", Shape.LINES, needed=True)
RISK = Field("risk", "风险和稳控措施", Shape.LINES)
ENDED = Field("ended", "终结的理由和依据", Shape.LINES, needed=True)
REVIEWED = Field("reviewed", "评议情况", Shape.LINES)
AFTER_CARE = Field("after_care", "终结后的帮扶和稳控", Shape.LINES)
OPINION = Field("opinion", "审批意见", Shape.LINES)
FROM = Field("from_person", "移交人", needed=True)
TO = Field("to_person", "接收人", needed=True)
OVERSEER = Field("overseer", "监交人")
ITEMS = Field(
    "items", "移交事项", Shape.ROWS, needed=True, columns=("序号", "案号", "事由", "目前进度", "期限", "未办结事项")
)
SOURCE_CHECK = Field("source_check", "源头倒查情况", Shape.LINES, needed=True)
PROCESS_CHECK = Field("process_check", "办理过程倒查情况", Shape.LINES, needed=True)
IMPROVE = Field("improve", "改进工作的建议", Shape.LINES)
PERFECT = Field("perfect", "完善政策的建议", Shape.LINES)
ACCOUNT = Field("account", "追究责任的建议", Shape.LINES)
COURSE = Field("course", "经过", Shape.LINES, needed=True)
WELL = Field("well", "做得好的地方", Shape.LINES)
LACKING = Field("lacking", "不足和教训", Shape.LINES)
LEARNED = Field("learned", "可以推广的做法", Shape.LINES)
AREA = Field("area", "范围", needed=True)
SPAN = Field("span", "统计期间", needed=True)
FEATURES = Field("features", "主要特点", Shape.LINES, needed=True)
TYPES = Field("types", "类型分布", Shape.ROWS, columns=("类型", "件数", "占比", "与上期比较"))
TREND = Field("trend", "趋势和风险提示", Shape.LINES)
APPLICANT = Field("applicant", "申请人", needed=True)
FAMILY = Field("family", "家庭情况", Shape.LINES)
HARDSHIP = Field("hardship", "困难情况", Shape.LINES, needed=True)
ASKED = Field("asked", "申请救助金额", Shape.MONEY, gap=20)
CHECKED = Field("checked", "核实情况", Shape.LINES)
RESPONSIBLE = Field("responsible", "责任单位", needed=True)
DUTIES = Field("duties", "责任事项", Shape.LINES, needed=True, gap=60)
DUE = Field("due", "完成期限", Shape.DAY)

SHEET = described(
    "case_sheet", "一案一表", Group.LEDGER, "表", sheet=CARD,
    parts=(
        Box(
            (
                (CASE_NUMBER,), (MATTER,), (PEOPLE,), (DISPUTE_TYPE, ORIGIN), (FACTS,), (REQUESTS,), (LEADER, OFFICER),
                (TEAM,), (PLAN,), (DEADLINE,), (PROGRESS,), (RESULT,), (REMARK,),
            )
        ),
        Signing((by("填表人"), by("审核人"))),
    ),
)  # fmt: skip

BACKLOG = described(
    "backlog_plan", "积案化解方案", Group.LEDGER, "积", sheet=CARD,
    parts=(
        Box(((CASE_NUMBER,), (MATTER,), (PEOPLE,), (LEADER, OFFICER), (TEAM,))),
        Box(((FACTS,), (CAUSES,), (MEASURES,), (RISK,), (DEADLINE,))),
        Signing((by("包案领导", "leader"), by("责任人", "officer")), seal=True),
    ),
)  # fmt: skip

CONCLUSION = described(
    "conclusion_opinion", "信访事项终结意见书", Group.LEDGER, "终结", sheet=CARD,
    parts=(
        Box(((CASE_NUMBER,), (MATTER,), (replace(PEOPLE, label="信访人"),), (FACTS,), (REQUESTS,))),
        Box(((ENDED,), (REVIEWED,), (AFTER_CARE,), (Opinion(OPINION, "负责人"),))),
        Signing((by("承办人"),), seal=True, dated=True),
    ),
)  # fmt: skip

HANDOVER = described(
    "handover_list", "离任交接清单", Group.LEDGER, "交", sheet=WIDE,
    keep=Keep.MIDDLE, formats=LIST_FORMATS, copies=3,
    parts=(
        Box(((FROM, TO), (OVERSEER,))),
        Grid(ITEMS, (0.06, 0.2, 0.24, 0.14, 0.14, 0.22), blank_rows=7),
        Words("以上事项已经逐项核对，移交前未办结的事项由接收人继续办理。"),
        Signing((by("移交人", "from_person"), by("接收人", "to_person"), by("监交人", "overseer"))),
    ),
)  # fmt: skip

DOUBLE_CHECK = described(
    "double_check_report", "双查三建议书", Group.SUPERVISION, "双查", sheet=LETTER,
    fields=(RESPONSIBLE, MATTER, CASE_NUMBER, SOURCE_CHECK, PROCESS_CHECK, IMPROVE, PERFECT, ACCOUNT),
    parts=(
        Flush("{responsible}："),
        Words("对“{matter}”（案号：{case_number}）进行了源头倒查和办理过程倒查，情况和建议如下："),
        Head("一、源头倒查"),
        Words("{source_check}"),
        Head("二、办理过程倒查"),
        Words("{process_check}"),
        Head("三、改进工作的建议"),
        Words("{improve}"),
        Head("四、完善政策的建议"),
        Words("{perfect}"),
        Head("五、追究责任的建议"),
        Words("{account}"),
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

REPLAY = described(
    "replay_report", "复盘报告", Group.LEDGER, "盘",
    keep=Keep.MIDDLE, fields=(COURSE, WELL, LACKING, LEARNED),
    parts=(
        Box(((CASE_NUMBER,), (MATTER,), (OFFICER,))),
        Head("一、经过"),
        Words("{course}"),
        Head("二、做得好的地方"),
        Words("{well}"),
        Head("三、不足和教训"),
        Words("{lacking}"),
        Head("四、可以推广的做法"),
        Words("{learned}"),
        Signing((by("复盘人"),)),
    ),
)  # fmt: skip

PORTRAIT = described(
    "portrait", "信访工作画像", Group.LEDGER, "像",
    keep=Keep.MIDDLE, fields=(FEATURES, TREND),
    parts=(
        Box(((AREA,), (SPAN,))),
        Grid(TYPES, (0.4, 0.2, 0.2, 0.2)),
        Head("主要特点"),
        Words("{features}"),
        Head("趋势和风险提示"),
        Words("{trend}"),
        Signing((by("分析人"),)),
    ),
)  # fmt: skip

RELIEF = described(
    "relief_application", "司法救助申请表", Group.LEDGER, "救", sheet=CARD,
    parts=(
        Box(
            (
                (APPLICANT,), (CASE_NUMBER,), (MATTER,), (FAMILY,), (HARDSHIP,), (ASKED,),
                (Opinion(CHECKED, "核实人"),), (Opinion(OPINION, "负责人"),),
            )
        ),
        Signing((by("申请人", "applicant", manner=BY_HAND),), seal=True),
    ),
)  # fmt: skip

COMMITMENT = described(
    "commitment_letter", "责任书", Group.SUPERVISION, "责",
    keep=Keep.MIDDLE, copies=2, fields=(RESPONSIBLE, MATTER, DUTIES, DUE),
    parts=(
        Words("{responsible}对“{matter}”承担下列责任："),
        Words("{duties}"),
        Words("完成期限：{due}"),
        Words("逾期未完成的，按照有关规定处理。"),
        Signing((by("责任单位负责人"),), seal=True, dated=True),
    ),
)  # fmt: skip

KINDS = (SHEET, BACKLOG, CONCLUSION, HANDOVER, DOUBLE_CHECK, REPLAY, PORTRAIT, RELIEF, COMMITMENT)
