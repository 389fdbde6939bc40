"""What the rules say about a case: lint and deadlines."""

from __future__ import annotations

from mediator.casework.desk import Desk
from mediator.core.deadlines import Deadline
from mediator.core.lint import Finding
from mediator.core.records import Case


def findings(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """All findings, blocking ones first."""
    raise NotImplementedError


def deadlines(desk: Desk, case: Case) -> tuple[Deadline, ...]:
    """All deadlines, earliest first."""
    raise NotImplementedError
