"""What a paper needs beside the case: number, day, committee, and which hearing, obligation or visit it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediator.core.records import HearingId, ObligationId


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """`number` is empty on a draft; `hearing` and `obligation` choose one, the last when they are None."""

    number: str
    issued_on: date
    committee: str
    draft: bool = False
    hearing: HearingId | None = None
    obligation: ObligationId | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper: its files by format, bytes never changed afterwards."""

    kind: str
    title: str
    number: str
    pages: int
    files: Mapping[str, bytes]
