"""What must hold before a deed: the case is known, it may still be written, its agreement is not frozen."""

from __future__ import annotations

from mediator.casework.desk import Desk
from mediator.casework.lending import given_back
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId, Hearing, HearingId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.vault import Opened


def real_room(desk: Desk, code: str) -> None:
    """Raise RefusedByRule with this code in a practice room: what is made up and what is real never meet."""
    if desk.practice:
        raise RefusedByRule(code)


def known(desk: Desk, case_id: CaseId) -> Opened:
    """The case; raises Unacceptable `case.unknown`."""
    opened = desk.vault.case(case_id)
    if not opened.entries:
        raise Unacceptable("case.unknown", where=case_id[:64])
    return opened


def held(desk: Desk, case_id: CaseId) -> Opened:
    """A case that this room has, archived or not; raises RefusedByRule `case.released` once the county took it back."""
    opened = known(desk, case_id)
    if given_back(desk, opened.case):
        raise RefusedByRule("case.released")
    return opened


def writable(desk: Desk, case_id: CaseId) -> Opened:
    """A case that this room may write: it is `held` and `going_on`."""
    return understood(held(desk, case_id))


def going_on(desk: Desk, case_id: CaseId) -> Opened:
    """A case that is not archived (L10) and wholly `understood`.

    A sitting that was under way when the county took the case back is written to its end by this alone.
    """
    return understood(known(desk, case_id))


def understood(opened: Opened) -> Opened:
    """The same case; raises RefusedByRule `case.read_only`, `case.newer`."""
    if opened.case.newer_only:
        raise RefusedByRule("case.newer")
    if opened.case.status is CaseStatus.ARCHIVED:
        raise RefusedByRule("case.read_only", rule="L10")
    return opened


def draftable(desk: Desk, case_id: CaseId) -> Opened:
    """A case whose agreement is still a draft (L05); raises RefusedByRule `agreement.frozen`."""
    opened = writable(desk, case_id)
    if opened.case.agreement and opened.case.agreement.is_signed:
        raise RefusedByRule("agreement.frozen", rule="L05")
    return opened


def hearing_of(opened: Opened, hearing_id: HearingId) -> Hearing:
    """A hearing of the case; raises Unacceptable `hearing.unknown`."""
    for hearing in opened.case.hearings:
        if hearing.id == hearing_id:
            return hearing
    raise Unacceptable("hearing.unknown")
