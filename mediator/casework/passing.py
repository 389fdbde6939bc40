"""Passing a warning over: why the agreement stays as it is, kept in the journal with what stood there."""

from __future__ import annotations

from collections.abc import Sequence

from mediator.casework.checking import findings
from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, pen_for
from mediator.casework.guards import writable
from mediator.casework.texts import cleaned_text
from mediator.core.lint import Finding, Severity
from mediator.core.passing import digest_for, open_among
from mediator.core.records import Case, CaseId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft
from mediator.store.appending import Changes


def passed_drafts(desk: Desk, pen: Pen, case: Case, warned: Sequence[Finding], reason: str) -> list[Draft]:
    """One `finding.passed` for each warning of this case, with one reason and the name of who answers for it."""
    return [
        pen.write(
            "finding.passed", rule=each.rule, place=each.place, digest=digest_for(each, case), reason=reason,
            by=desk.vault.user.name,
        )
        for each in warned
    ]  # fmt: skip


def pass_over(desk: Desk, case_id: CaseId, rule: str, *, reason: str, place: str | None = None) -> Changes:
    """Keep why warnings of a rule, at one place or at all of them, are left as they are; they open again when what
    stands there changes.

    Raises Unacceptable `finding.unknown`, RefusedByRule `finding.block` (nobody may pass a block over),
    `finding.info` (it asks for nothing), `finding.passed` (that is done), `finding.reason`.
    """
    opened = writable(desk, case_id)
    found = [
        each for each in findings(desk, opened.case) if each.rule == rule and place in (None, each.place)
    ]  # fmt: skip
    warned = passable(found, rule)
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("finding.reason", rule=rule)
    return desk.vault.append(passed_drafts(desk, pen_for(desk, case_id, opened.seen), opened.case, warned, why))


def passable(found: Sequence[Finding], rule: str) -> tuple[Finding, ...]:
    """The open warnings among findings of one rule; raises as `pass_over` where there is none."""
    if not found:
        raise Unacceptable("finding.unknown", where=rule[:64])
    if warned := open_among(found):
        return warned
    grave = {each.severity for each in found}
    if Severity.BLOCK in grave:
        raise RefusedByRule("finding.block", rule=rule)
    if Severity.WARN not in grave:
        raise RefusedByRule("finding.info", rule=rule)
    raise RefusedByRule("finding.passed", rule=rule)
