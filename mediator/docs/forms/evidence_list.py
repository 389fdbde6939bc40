"""证据材料清单: what was handed in, by whom, what it is to prove; original or copy (RTG 31)."""

from __future__ import annotations

from mediator.docs.description import Box, Grid, Signing, described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import CASE_NUMBER, MATTER, PEOPLE, by
from mediator.docs.kinds import LIST_FORMATS, Group

EVIDENCE = Field(
    "evidence",
    "证据材料",
    Shape.ROWS,
    needed=True,
    columns=("序号", "名称", "页数或件数", "原件或复印件", "提交人", "证明事项"),
)

KIND = described(
    "evidence_list",
    "证据材料清单",
    Group.HEARING,
    "证",
    copies=2,
    formats=LIST_FORMATS,
    parts=(
        Box(((CASE_NUMBER,), (MATTER,), (PEOPLE,))),
        Grid(EVIDENCE, (0.08, 0.24, 0.13, 0.13, 0.14, 0.28)),
        Signing((by("提交人"), by("接收人"))),
    ),
)
