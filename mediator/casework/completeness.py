"""What a kind of paper needs and the case does not have, read from the list that the form itself keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mediator.core.lint import Finding, Severity
from mediator.core.records import Case
from mediator.docs.catalogue import KindInfo

# Without these there is nothing to print; any other gap is a ruled line that may be filled in by hand.
FOUNDATIONS: Final = frozenset(
    {"parties", "facts", "hearings.turns", "agreement.clauses", "agreement.obligations", "follow_ups"}
)
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


def gaps(info: KindInfo, case: Case) -> list[Finding]:
    """A finding for each need that the case does not meet."""
    return [
        Finding(
            rule="needs",
            severity=Severity.BLOCK if need in FOUNDATIONS else Severity.WARN,
            message=f"《{info.title}》还缺少{NAMES.get(need, need)}",
            source="文书格式",
            place=need,
        )
        for need in info.needs
        if not there(case, need.split("."))
    ]


def there(value: object, path: list[str]) -> bool:
    """True when the path leads to something; through a list, when it does for any member."""
    if not path:
        return bool(value)
    found = getattr(value, path[0], None)
    if isinstance(found, Iterable) and not isinstance(found, str) and path[1:]:
        return any(there(item, path[1:]) for item in found)
    return there(found, path[1:])
