"""The bound file: cover, contents, closing report with its four equalities; agreements by word and by supplement."""

from __future__ import annotations

from dataclasses import replace

from mediator.core.dates import chinese_date, day_words
from mediator.core.records import Case
from mediator.core.reviewing import ReviewStep
from mediator.docs.description import described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.course import step
from mediator.docs.forms.known import (
    ACCEPTED_ON,
    AGREED,
    AGREEMENT_NUMBER,
    CASE_NUMBER,
    COMMITTEE,
    DISPUTE_TYPE,
    FACTS,
    MATTER,
    MEDIATORS,
    ORIGIN,
    PEOPLE,
    PEOPLE_LISTED,
    PEOPLE_ROWS,
    PLACE,
    REMARK,
    SIGNED_ON,
    by,
    first_mediator,
    signing,
)
from mediator.docs.forms.performed import PERFORMED, plan
from mediator.docs.kinds import EACH_AND_ONE_MORE, LIST_FORMATS, Group
from mediator.docs.page import CARD
from mediator.docs.page import COVER as COVER_SHEET
from mediator.docs.paper_parts import Box, Grid, Opinion, Signing, Words


def first_day(case: Case, _facts: PaperFacts) -> str:
    """The day of the first hearing, else of acceptance."""
    held = next((each.held_at for each in case.hearings if each.held_at), None)
    day = held.date() if held else case.accepted_on
    return day_words(day)


def last_day(case: Case, _facts: PaperFacts) -> str:
    """The day of the last hearing."""
    held = next((each.held_at for each in reversed(case.hearings) if each.held_at), None)
    return chinese_date(held.date()) if held else ""


def visited(case: Case, _facts: PaperFacts) -> str:
    """What the last visit found."""
    return case.follow_ups[-1].situation if case.follow_ups else ""


FROM_DAY = Field("from_day", "调解日期起", Shape.DAY, known=first_day)
TO_DAY = Field("to_day", "调解日期止", Shape.DAY, known=last_day)
VOLUME = Field("volume", "卷名", known=lambda case, _facts: case.title)
FILER = Field("filer", "立卷人")
FILED_ON = Field("filed_on", "立卷日期", Shape.DAY)
KEPT = Field("kept", "保管期限", Shape.CHOICE, choices=("长期（30年）", "短期（10年）"))
CONTENTS = Field("contents", "卷内目录", Shape.ROWS, columns=("序号", "文书名称", "文号", "日期", "页号", "备注"))
FILLED_ON = Field("filled_on", "填表时间", Shape.DAY)
UNIT = Field("unit", "承办单位", known=lambda _case, facts: facts.committee)
WORKER = Field("worker", "承办人", known=first_mediator)
CLOSED_ON = Field("closed_on", "结案时间", Shape.DAY)
RESULT = Field("result", "处理结果", Shape.LINES, known=AGREED.known)
VISITED = Field("visited", "回访情况", Shape.LINES, known=visited)
OPINION = Field("opinion", "审核意见", Shape.LINES, known=step(ReviewStep.APPROVED))
CHANGES = Field("changes", "变更或者补充的内容", Shape.LINES, needed=True, gap=80)
OLD_NUMBER = replace(AGREEMENT_NUMBER, needed=True)
COPIES = Field("copies", "份数", gap=3)
PERFORMANCE = Field("performance", "履行方式和期限", Shape.LINES, known=plan)

COVER = described(
    "case_cover", "人民调解卷宗", Group.CLOSING, "封", sheet=COVER_SHEET, headed=False,
    basis="《人民调解法》第二十七条",
    parts=(
        Box(
            (
                (COMMITTEE,), (VOLUME,), (replace(CASE_NUMBER, label="卷号"),), (MEDIATORS,), (FROM_DAY,), (TO_DAY,),
                (FILER,), (FILED_ON,), (KEPT,), (REMARK,),
            )
        ),
    ),
)  # fmt: skip

CONTENTS_LIST = described(
    "case_contents", "卷内目录", Group.CLOSING, "目",
    basis="《人民调解法》第二十七条", formats=LIST_FORMATS, sheet=CARD,
    parts=(Grid(CONTENTS, (0.07, 0.25, 0.27, 0.22, 0.09, 0.1), blank_rows=18),),
)  # fmt: skip

ORAL = described(
    "oral_agreement_register", "口头协议登记表", Group.AGREEMENT, "口", sheet=CARD,
    basis="《人民调解法》第二十八条、第三十条", needs=("parties", "facts", "agreement.clauses"),
    parts=(
        Box(
            (
                (MATTER,), (PEOPLE_LISTED,), (DISPUTE_TYPE,), (PLACE,), (FACTS,), (AGREED,), (PERFORMANCE,),
                (SIGNED_ON, replace(MEDIATORS, label="调解员")), (REMARK,),
            )
        ),
        Signing((signing(), by("人民调解员"))),
    ),
)  # fmt: skip

SUPPLEMENT = described(
    "supplement_agreement", "人民调解补充协议书", Group.AGREEMENT, "补",
    basis="《人民调解法》第二十九条；《民法典》第五百四十三条", copies=EACH_AND_ONE_MORE, needs=("parties",),
    fields=(PEOPLE, MATTER, OLD_NUMBER, CHANGES, COPIES),
    parts=(
        Words("{people}曾就“{matter}”达成人民调解协议，编号为{agreement_number}。现经各方协商一致，自愿达成补充协议如下："),
        Words("{changes}"),
        Words("本补充协议与原协议具有同等效力；两者不一致的，以本补充协议为准；原协议的其他内容继续有效。"),
        Words("本协议一式{copies}份，各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。"),
        Signing((signing(), by("人民调解员"), by("记录人")), seal=True),
    ),
)  # fmt: skip

CLOSING = described(
    "closing_report", "卷宗情况说明", Group.CLOSING, "结", sheet=CARD,
    basis="《人民调解法》第二十七条",
    parts=(
        Box(
            (
                (replace(CASE_NUMBER, label="卷号"),), (UNIT,), (WORKER,), (replace(ACCEPTED_ON, label="受案时间"),),
                (CLOSED_ON,), (FILLED_ON,), (ORIGIN,),
            )
        ),
        Grid(PEOPLE_ROWS, (0.25, 0.5, 0.25), blank_rows=2),
        Box(((FACTS,), (RESULT,), (PERFORMED,), (VISITED,), (Opinion(OPINION, "调委会主任"),))),
        Signing((by("承办人", "worker"),), seal=True),
    ),
)  # fmt: skip

KINDS = (ORAL, SUPPLEMENT, CLOSING, COVER, CONTENTS_LIST)
