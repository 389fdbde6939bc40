"""The page that verifies papers away from the vault, written to a stick (X07)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.files_out import staged
from mediator.casework.register import register_of
from mediator.docs.verify_page import Known, verify_page


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """The file, and how many keys and replaced papers it knows."""

    file: Path
    keys: int
    superseded: int


def write_page(desk: Desk, out: Path) -> WrittenPage:
    """Write the page with the keys of all known desks; raises WorldFailed `file.write`."""
    register = register_of(desk)
    superseded = {paper.id: register.successor(paper) for paper in register.superseded()}
    page = verify_page(
        Known(register.keys, superseded), office=desk.vault.room.organization, day=desk.today()
    )  # fmt: skip
    with staged({out: page}):
        desk.vault.append([trace(desk, "audit.verify_page_written", keys=len(register.keys))])
    return WrittenPage(out, len(register.keys), len(superseded))
