"""Checks of finished papers, run on their bytes before any is issued (documents.md 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mediator.core.records import Case
from mediator.docs.checks import mark as checks_mark
from mediator.docs.checks import pdf as checks_pdf
from mediator.docs.checks import table as checks_table
from mediator.docs.checks import text as checks_text
from mediator.docs.checks import word as checks_word
from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.facts import Paper, PaperFacts

CHECKS: Final[tuple[Check, ...]] = (
    *checks_text.CHECKS, *checks_pdf.CHECKS, *checks_word.CHECKS, *checks_table.CHECKS, *checks_mark.CHECKS,
)  # fmt: skip


def inspect(
    paper: Paper, case: Case, facts: PaperFacts, *, again: Callable[[], Paper] | None = None
) -> tuple[PaperFinding, ...]:
    """Everything that is wrong with a finished paper; empty when it may be issued.

    `again` makes the same paper once more, for the check that its bytes do not change (C12).
    """
    bench = Examined(paper, case, facts, again)
    return tuple(finding for check in CHECKS for finding in check(bench))
