"""Lists and statistics: ledger, counts, screening; what leaves the house, what is kept, what is destroyed.

The rows of a ledger or a table of counts are put in by whoever counts; a list says in its head what it covers.
"""

from __future__ import annotations

from mediator.docs.description import described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import by
from mediator.docs.kinds import LIST_FORMATS, Group, Keep
from mediator.docs.page import CARD, WIDE
from mediator.docs.paper_parts import Box, Grid, Signing, Words

UNIT = Field("unit", "填报单位", known=lambda _case, facts: facts.committee)
SPAN = Field("span", "统计期间", needed=True)
MATTERS = Field(
    "matters", "案件", Shape.ROWS, columns=("序号", "案号", "受理日期", "当事人", "纠纷类型", "调解员", "结果", "履行")
)
MEDIATED = Field(
    "mediated", "人民调解统计", Shape.ROWS,
    columns=("纠纷类型", "受理", "调解成功", "涉及金额（元）", "书面协议", "口头协议", "司法确认", "履行"),
)  # fmt: skip
RECEIVED = Field(
    "received", "接访下访统计", Shape.ROWS, columns=("日期", "方式", "接访领导", "批次", "人次", "当场答复", "交办")
)
SCREENED_ON = Field("screened_on", "排查日期", Shape.DAY, needed=True)
AREA = Field("area", "排查范围", needed=True)
HOW = Field("how", "排查方式", Shape.CHOICE, choices=("定期排查", "专项排查", "日常排查"))
SCREENED_BY = Field("screened_by", "排查人")
FOUND = Field("found", "排查发现的纠纷", Shape.ROWS, columns=("序号", "当事人", "事由", "风险", "措施", "责任人"))
ZERO = Field("zero", "排查结论", Shape.CHOICE, choices=("发现纠纷，见上表", "未发现纠纷（零报告）"), needed=True)
CARRIER = Field("carrier", "载体", needed=True)
HANDED_AT = Field("handed_at", "交接时间", Shape.MOMENT, needed=True)
BUNDLES = Field("bundles", "数据包", Shape.ROWS, needed=True, columns=("序号", "文件名", "字节数", "校验值（SHA-256）"))
GIVER, TAKER = Field("giver", "交出人", needed=True), Field("taker", "接收人")
BACKED_AT = Field("backed_at", "备份时间", Shape.MOMENT, needed=True)
WHERE = Field("where", "存放位置", needed=True)
ENTRIES = Field("entries", "条目数", needed=True)
VERIFIED = Field("verified", "核对结果", Shape.CHOICE, choices=("完好", "有问题"), needed=True)
KEEPER = Field("keeper", "保管人")
DESTROYED = Field(
    "destroyed", "销毁内容", Shape.ROWS, needed=True, columns=("序号", "名称", "编号", "保管期满日", "理由")
)
LEGAL_GROUND = Field("legal_ground", "销毁依据", needed=True)
GONE_ON = Field("gone_on", "最后一份备份失效日期", Shape.DAY)

LEDGER = described(
    "ledger", "人民调解台账", Group.LEDGER, "账", sheet=WIDE,
    formats=LIST_FORMATS,
    parts=(
        Box(((UNIT, SPAN),)),
        Grid(MATTERS, (0.05, 0.19, 0.15, 0.19, 0.1, 0.1, 0.12, 0.1), blank_rows=8),
        Signing((by("填表人"), by("审核人"))),
    ),
)  # fmt: skip

MEDIATION = described(
    "mediation_statistics", "人民调解统计表", Group.LEDGER, "统", sheet=WIDE,
    formats=LIST_FORMATS,
    parts=(
        Box(((UNIT, SPAN),)),
        Grid(MEDIATED, (0.2, 0.09, 0.12, 0.17, 0.11, 0.11, 0.11, 0.09), blank_rows=8),
        Signing((by("填表人"), by("负责人")), seal=True),
    ),
)  # fmt: skip

RECEPTION = described(
    "reception_statistics", "接访下访统计表", Group.LEDGER, "接", sheet=WIDE,
    keep=Keep.MIDDLE, formats=LIST_FORMATS,
    parts=(
        Box(((UNIT, SPAN),)),
        Grid(RECEIVED, (0.16, 0.17, 0.17, 0.11, 0.11, 0.14, 0.14), blank_rows=8),
        Signing((by("填表人"), by("负责人"))),
    ),
)  # fmt: skip

SCREENING = described(
    "screening_report", "矛盾纠纷排查报告", Group.LEDGER, "排", sheet=CARD,
    keep=Keep.MIDDLE, formats=LIST_FORMATS,
    parts=(
        Box(((UNIT,), (AREA,), (SCREENED_ON, SCREENED_BY), (HOW,))),
        Grid(FOUND, (0.08, 0.2, 0.28, 0.12, 0.2, 0.12)),
        Box(((ZERO,),)),
        Signing((by("排查人", "screened_by"), by("审核人"))),
    ),
)  # fmt: skip

HANDED = described(
    "sync_receipt", "数据交接单", Group.LEDGER, "交接", sheet=CARD,
    keep=Keep.MIDDLE, copies=2,
    parts=(
        Box(((UNIT,), (CARRIER,), (HANDED_AT,), (GIVER, TAKER))),
        Grid(BUNDLES, (0.08, 0.34, 0.14, 0.44)),
        Words("数据包已加密，只有县中心能够打开；收到县中心的回执以前，本机保留全部内容。"),
        Signing((by("交出人", "giver"), by("接收人", "taker"))),
    ),
)  # fmt: skip

BACKUP = described(
    "backup_certificate", "备份证明", Group.LEDGER, "备", sheet=CARD,
    keep=Keep.MIDDLE,
    parts=(
        Box(((UNIT,), (BACKED_AT,), (WHERE,), (ENTRIES,), (VERIFIED,), (KEEPER,))),
        Signing((by("备份人"), by("保管人", "keeper"))),
    ),
)  # fmt: skip

DESTRUCTION = described(
    "destruction_list", "销毁清单", Group.LEDGER, "销", sheet=CARD,
    formats=LIST_FORMATS,
    parts=(
        Box(((UNIT,), (LEGAL_GROUND,), (GONE_ON,))),
        Grid(DESTROYED, (0.08, 0.28, 0.24, 0.16, 0.24)),
        Signing((by("经办人"), by("监销人"), by("批准人")), seal=True),
    ),
)  # fmt: skip

KINDS = (LEDGER, MEDIATION, RECEPTION, SCREENING, HANDED, BACKUP, DESTRUCTION)
