"""Two desks wrote different values: a person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.core.records import CaseId

if TYPE_CHECKING:
    from mediator.store.changes import Changes


def choose(desk: Desk, case_id: CaseId, entity: str, field: str, *, value: str, reason: str) -> Changes:
    """Write the chosen value, having seen both, and keep the reason. Raises Unacceptable `conflict.none`."""
    raise NotImplementedError
