"""What a move asks of the record and of the room: the table of `core.life` with what only a vault can look up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mediator.casework import dossier_rules, volume
from mediator.casework.checking import blocking, rule_names
from mediator.casework.desk import Desk
from mediator.core.codes import CaseStatus, Difficulty, LinkReason
from mediator.core.findings import Severity
from mediator.core.guards import Asked
from mediator.core.life import lacking, may_move
from mediator.core.records import Case, CaseId
from mediator.errors import RefusedByRule
from mediator.store.vault import Opened


def require(desk: Desk, opened: Opened, asked: Asked) -> None:
    """Raise RefusedByRule `case.move` for a move that no life has, or with the first thing that its guards miss."""
    case = opened.case
    if not may_move(case.status, asked.to, case.kind):
        raise RefusedByRule("case.move", origin=case.status.term, target=asked.to.term)
    for move, missing in lacking(case, asked.to, looked_up(desk, opened, asked)):
        facts: dict[str, Any] = dict(missing.facts)
        raise RefusedByRule(missing.code, **({"rule": move.rule} | facts))


def looked_up(desk: Desk, opened: Opened, asked: Asked) -> Asked:
    """What was asked, with what the room knows about rules, papers and concluded matters."""
    if asked.to is CaseStatus.AGREED:
        return replace(asked, blocking=rules_against(desk, opened.case))
    if asked.to is CaseStatus.CLOSED:
        return replace(asked, papers=papers_missing(opened))
    return replace(asked, concluded=repeats_concluded(desk, opened.case))


def rules_against(desk: Desk, case: Case) -> str:
    """Rules that block the draft, as if it were signed today where no day stands yet."""
    if case.agreement is None:
        return ""
    drafted = replace(case.agreement, signed_on=case.agreement.signed_on or desk.today())
    return rule_names(blocking(desk, replace(case, agreement=drafted)))


def papers_missing(opened: Opened) -> int:
    """Papers that the dossier must have and that nobody excused; those of other desks count as there (L09)."""
    case = opened.case
    rows = volume.items_of(case, opened.entries)
    found = dossier_rules.lacking(case, rows, simple=case.difficulty == Difficulty.SIMPLE.value)
    return sum(each.severity is Severity.BLOCK and each.source == dossier_rules.SOURCE for each in found)


def repeats_concluded(desk: Desk, case: Case) -> bool:
    """True when a person said that this is the same matter as one that was concluded (L24)."""
    others = (CaseId(each.other) for each in case.course.links if each.reason is LinkReason.SAME_MATTER)
    return any(was_concluded(desk.vault.case(other).case) for other in others)


def was_concluded(case: Case) -> bool:
    """The matter is at its end or has been there."""
    return CaseStatus.CONCLUDED in (case.status, *(each.to for each in case.moves))
