"""Lint of an agreement: what a program can decide, all findings at once, each with place and source (rules.md 3).

What each rule looks at stands in `lint_parties`, `lint_money`, `lint_clauses`, `lint_words` and `lint_paper`; its
severity and source are data (`lint_table`), which a county may make graver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from mediator.core import lint_clauses, lint_money, lint_paper, lint_parties, lint_words
from mediator.core.findings import Finding, Found, Severity, Subject, subject_of
from mediator.core.lint_table import ORDER, LintRule, graver, shipped_lint
from mediator.core.records import Case

__all__ = ["RULES", "Finding", "Severity", "check_agreement"]

RULES: Final[Mapping[str, Callable[[Subject], Found]]] = {
    "V01": lint_words.v01, "V02": lint_words.v02, "V03": lint_parties.v03, "V04": lint_parties.v04,
    "V05": lint_parties.v05, "V06": lint_parties.v06, "V07": lint_parties.v07, "V08": lint_parties.v08,
    "V09": lint_parties.v09, "V10": lint_paper.v10, "V11": lint_money.v11, "V12": lint_clauses.v12,
    "V13": lint_clauses.v13, "V14": lint_clauses.v14, "V15": lint_clauses.v15, "V16": lint_money.v16,
    "V17": lint_money.v17, "V18": lint_money.v18, "V19": lint_words.v19, "V20": lint_money.v20,
    "V21": lint_money.v21, "V22": lint_money.v22, "V23": lint_money.v23, "V24": lint_words.v24,
    "V25": lint_words.v25, "V26": lint_words.v26, "V27": lint_words.v27, "V28": lint_words.v28,
    "V29": lint_words.v29, "V30": lint_words.v30, "V31": lint_parties.v31, "V32": lint_parties.v32,
    "V33": lint_paper.v33, "V34": lint_paper.v34, "V35": lint_paper.v35, "V36": lint_paper.v36,
    "V37": lint_words.v37, "V38": lint_paper.v38, "V39": lint_parties.v39, "V40": lint_paper.v40,
    "V41": lint_parties.v41, "V42": lint_paper.v42,
}  # fmt: skip


def check_agreement(case: Case, *, today: date, table: Mapping[str, LintRule] | None = None) -> tuple[Finding, ...]:
    """All findings of a case's agreement, blocking ones first; none when there is no agreement."""
    if case.agreement is None:
        return ()
    subject, rules = subject_of(case, case.agreement, today), table or shipped_lint()
    found = dict.fromkeys(
        Finding(rule, graver(severity, rules[rule].severity), message, rules[rule].source, place)
        for rule, check in RULES.items()
        for place, severity, message in check(subject)
    )
    return tuple(sorted(found, key=lambda each: -ORDER.index(each.severity)))
