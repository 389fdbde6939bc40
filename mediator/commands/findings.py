"""Findings as JSON has them and as people read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mediator.core.lint import Finding


def finding_document(finding: Finding) -> dict[str, object]:
    """A finding as JSON has it."""
    return {**asdict(finding), "severity": finding.severity.value, "passed": bool(finding.reason)}


SEVERITIES: Final = {"block": "必须改正", "warn": "请核对", "info": "提示"}


def finding_line(finding: Finding) -> str:
    """A finding in words: how grave, what, on what ground, and why it was passed over."""
    ground = "，".join(part for part in (finding.source, finding.rule if finding.rule.isupper() else "") if part)
    words = finding.message.removesuffix("。") + (f"（{ground}）" if ground else "")
    passed = f"已说明理由：{finding.reason}（{finding.by}）。" if finding.reason else ""
    return f"【{SEVERITIES[finding.severity.value]}】{words}。{passed}"
