"""What a kind of paper needs and the case does not have, read from the list that the form itself keeps."""

from __future__ import annotations

from typing import Final

from mediator.core.lint import Finding, Severity
from mediator.core.records import Case
from mediator.docs.catalogue import KindInfo
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, filled, unfilled
from mediator.docs.needs import FOUNDATIONS, missing

NAMES: Final = {
    "organization": "调解组织名称",
    "parties": "当事人",
    "facts": "纠纷事实",
    "requests": "申请事项",
    "dispute_type": "纠纷类型",
    "accepted_on": "受理日期",
    "hearings.turns": "调解笔录",
    "hearings.mediators": "调解员",
    "agreement.clauses": "协议条款",
    "agreement.obligations": "履行内容",
    "agreement.signed_on": "签订日期",
    "payments": "付款记录",
    "follow_ups": "回访记录",
}


def gaps(info: KindInfo, case: Case, facts: PaperFacts) -> list[Finding]:
    """A finding for each need that the case does not meet, and for each needed field that has no value."""
    open_fields = unfilled(info.fields, filled(info.fields, case, facts))
    return [*record_gaps(info, case), *(field_gap(info, each) for each in open_fields)]


def field_gap(info: KindInfo, field: Field) -> Finding:
    """A needed field of the form is empty."""
    return Finding(
        rule="needs",
        severity=Severity.BLOCK,
        message=f"《{info.title}》还没有填写“{field.label}”",
        source="文书格式",
        place=f"{info.id}.{field.name}",
    )


def record_gaps(info: KindInfo, case: Case) -> list[Finding]:
    """What the case's record lacks."""
    return [
        Finding(
            rule="needs",
            severity=Severity.BLOCK if need in FOUNDATIONS else Severity.WARN,
            message=f"《{info.title}》还缺少{NAMES.get(need, need)}",
            source="文书格式",
            place=need,
        )
        for need in missing(info.needs, case)
    ]
