"""Every kind of paper: one row each. `mediator document kinds`, the checks and the desktop read this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms import (
    acceptance_register,
    application,
    follow_up_record,
    mediation_agreement,
    mediation_record,
    receipt,
    rights_notice,
    settlement_agreement,
)
from mediator.docs.model import Document
from mediator.errors import RefusedByRule

FORMATS: Final = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class KindInfo:
    """One kind: `short` goes into the paper's number, `binding` papers stop on blocking findings."""

    id: str
    title: str
    group: str
    short: str
    compose: Callable[[Case, PaperFacts], Document]
    needs: tuple[str, ...]
    binding: bool = False
    formats: tuple[str, ...] = FORMATS


def _row(module: ModuleType, group: str, short: str, *, binding: bool = False) -> KindInfo:
    name = module.__name__.rpartition(".")[2]
    return KindInfo(name, module.TITLE, group, short, module.compose, module.NEEDS, binding)


KINDS: Final[Mapping[str, KindInfo]] = {
    each.id: each
    for each in (
        _row(application, "受理", "申"),
        _row(acceptance_register, "受理", "登"),
        _row(rights_notice, "受理", "告"),
        _row(mediation_record, "调解", "笔"),
        _row(mediation_agreement, "协议", "协", binding=True),
        _row(settlement_agreement, "协议", "和", binding=True),
        _row(receipt, "履行", "收"),
        _row(follow_up_record, "履行", "访"),
    )
}


def kinds() -> tuple[KindInfo, ...]:
    """All kinds in the order of a case's life."""
    return tuple(KINDS.values())


def kind_of(name: str) -> KindInfo:
    """One kind; raises RefusedByRule `document.kind` for a name that is none."""
    try:
        return KINDS[name]
    except KeyError:
        raise RefusedByRule("document.kind", where=name) from None
