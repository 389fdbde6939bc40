"""Papers: previewed, checked, numbered, issued, written out, compared again later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.core.records import CaseId

if TYPE_CHECKING:
    from mediator.docs.catalogue import KindInfo


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file written to the folder the clerk chose."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """One paper; a draft has no number."""

    kind: str
    title: str
    number: str
    pages: int
    files: tuple[MadeFile, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the vault knows of a paper file: `state` is genuine, altered or unknown; `document` its number."""

    file: Path
    state: str
    document: str


def kinds() -> tuple[KindInfo, ...]:
    """Every kind of paper."""
    raise NotImplementedError


def preview(desk: Desk, case_id: CaseId, kind: str) -> bytes:
    """PDF bytes of a draft with 草稿 across; nothing is written or numbered."""
    raise NotImplementedError


def make(
    desk: Desk, case_id: CaseId, kinds: Sequence[str], *, formats: Sequence[str], out: Path, draft: bool
) -> tuple[Made, ...]:
    """Issue papers: all or none. Raises RefusedByRule `document.findings` when a rule blocks."""
    raise NotImplementedError


def verify(desk: Desk, files: Sequence[Path]) -> tuple[Verified, ...]:
    """Compare files with what was issued."""
    raise NotImplementedError
