"""Every kind of paper: one row each. `mediator document kinds`, the checks and the desktop read this table."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from mediator.docs.forms import (
    acceptance_register,
    application,
    dossier,
    follow_up_record,
    inquiry,
    ledgers,
    management,
    mediation_agreement,
    mediation_record,
    notices,
    petitions,
    receipt,
    rights_notice,
    roads,
    settlement_agreement,
    supervision,
)
from mediator.docs.kinds import EACH_AND_ONE_MORE, FORMATS, Group, Keep, KindInfo
from mediator.docs.page import CARD, FORM, Sheet
from mediator.errors import RefusedByRule

__all__ = ["FORMATS", "KINDS", "Group", "KindInfo", "kind_of", "kinds"]


def _row(
    module: ModuleType, group: Group, short: str, *, copies: int = 1, binding: bool = False, sheet: Sheet = FORM
) -> KindInfo:
    name = module.__name__.rpartition(".")[2]
    return KindInfo(
        name, module.TITLE, group, short, module.compose, fields=getattr(module, "FIELDS", ()), needs=module.NEEDS,
        copies=copies, binding=binding, keep=Keep.LONG, sheet=sheet, titles=getattr(module, "TITLES", ()),
    )  # fmt: skip


RECORD: Final[tuple[KindInfo, ...]] = (
    _row(application, Group.INTAKE, "申"),
    _row(acceptance_register, Group.INTAKE, "登", sheet=CARD),
    _row(rights_notice, Group.INTAKE, "告"),
    _row(mediation_record, Group.HEARING, "笔"),
    _row(mediation_agreement, Group.AGREEMENT, "协", copies=EACH_AND_ONE_MORE, binding=True),
    _row(settlement_agreement, Group.AGREEMENT, "和", copies=EACH_AND_ONE_MORE, binding=True),
    _row(receipt, Group.PERFORMANCE, "收", copies=2),
)
DESCRIBED: Final = (
    notices, inquiry, dossier, roads, follow_up_record, petitions, supervision, management, ledgers,
)  # fmt: skip
_ORDER: Final = list(Group)
EVERY: Final[tuple[KindInfo, ...]] = tuple(
    sorted((*RECORD, *(kind for room in DESCRIBED for kind in room.KINDS)), key=lambda kind: _ORDER.index(kind.group))
)
KINDS: Final[Mapping[str, KindInfo]] = {each.id: each for each in EVERY}


def kinds() -> tuple[KindInfo, ...]:
    """All kinds in the order of a case's life."""
    return EVERY


def kind_of(name: str) -> KindInfo:
    """One kind; raises RefusedByRule `document.kind` for a name that is none."""
    try:
        return KINDS[name]
    except KeyError:
        raise RefusedByRule("document.kind", where=name) from None
