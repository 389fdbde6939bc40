"""Taking case files in: all or nothing for each file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mediator.casework.desk import Desk
from mediator.core.lint import Finding
from mediator.core.records import CaseId


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A case taken in, with the number it was given."""

    id: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought; `findings` say which characters were taken out of which field."""

    cases: tuple[ImportedCase, ...]
    findings: tuple[Finding, ...]


def import_file(desk: Desk, source: Path | bytes) -> Imported:
    """Take a case file in. Raises Unacceptable `case.schema` (or `case.*`) with the place; the vault is unchanged."""
    raise NotImplementedError
