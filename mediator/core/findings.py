"""What a rule of the lint finds, and what it looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mediator.core.clauses import template_of
from mediator.core.compiling import Compiled, compile_clause
from mediator.core.records import Agreement, Case, Clause
from mediator.errors import Unacceptable


class Severity(StrEnum):
    """`block` stops the paper, `warn` is confirmed with a reason, `info` is shown."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `place` is a dotted path into the record, `clauses.2` or `obligations.0.due_on`.

    `reason` and `by` stand where somebody passed a warning over (`core.passing`).
    """

    rule: str
    severity: Severity
    message: str
    source: str
    place: str = ""
    reason: str = ""
    by: str = ""


# What the library makes of a clause: the word of the slot that no longer does, None for a free clause.
Made = Compiled | str | None
Found = Iterator[tuple[str, Severity, str]]
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at; `made` stands beside the clauses, in their order."""

    case: Case
    agreement: Agreement
    today: date
    made: tuple[Made, ...] = ()

    @property
    def signed_on(self) -> date:
        """The day of signing, today while it is not said."""
        return self.agreement.signed_on or self.today


def subject_of(case: Case, agreement: Agreement, today: date) -> Subject:
    """A case with its agreement, each clause of the library compiled once more."""
    return Subject(case, agreement, today, tuple(made_of(case, clause) for clause in agreement.clauses))


def made_of(case: Case, clause: Clause) -> Made:
    """A clause compiled again from its slots; one that a newer library wrote is read as a free one."""
    template = template_of(clause.template)
    if template is None:
        return None
    try:
        return compile_clause(template, clause.slots, case.parties)
    except Unacceptable as error:
        return None if error.facts.get("fault") == "unknown" else error.where
