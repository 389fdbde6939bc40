"""An issued paper once more: its very bytes, or a copy that says so across each page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.faces import fonts_in
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.guards import known
from mediator.core.records import CaseId, IssuedPaper
from mediator.docs.copying import COPIED, copy_of
from mediator.errors import RefusedByRule

COPY_WORD: Final = "副本"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file written to the folder the clerk chose."""

    path: Path
    sha256: str


def reprint(desk: Desk, case_id: CaseId, number: str, *, out: Path, copy: bool = False) -> tuple[MadeFile, ...]:
    """The very bytes of an issued paper again; a `copy` has 副本 across and gets no number of its own.

    Raises RefusedByRule `document.unknown`, `document.elsewhere`: what another desk issued has its bytes there.
    """
    issued = issued_as(desk, case_id, number)
    kept = kept_files(desk, issued)
    if copy:
        return copied(desk, case_id, issued, kept, out)
    files = {out / file_name(issued.number, issued.title, ending=form): data for form, data in kept.items()}
    with staged_papers(desk, files):
        desk.vault.append([trace(desk, "audit.document_reprinted", case=case_id, document=issued.id)])
    return made_files(files)


def copied(
    desk: Desk, case_id: CaseId, issued: IssuedPaper, kept: Mapping[str, bytes], out: Path
) -> tuple[MadeFile, ...]:
    """The same pages with 副本 across; the journal keeps the hashes, for a copy has no number to be found by."""
    fonts, first = fonts_in(desk.workshop.fonts_folder), f"{issued.number} {COPY_WORD}"
    files = {
        out / file_name(first, issued.title, ending=form): copy_of(data, form, fonts)
        for form, data in kept.items()
        if form in COPIED
    }
    made = made_files(files)
    with staged_papers(desk, files):
        told = {"files": [each.sha256 for each in made]}
        desk.vault.append([trace(desk, "audit.document_copied", case=case_id, document=issued.id, **told)])
    return made


def pages_of(desk: Desk, case_id: CaseId, number: str) -> bytes:
    """The issued PDF for the printer; nothing is written anywhere, the trace says that it was taken again.

    Raises RefusedByRule `document.unknown`, `document.elsewhere`, `document.no_pdf` when it was issued as DOCX alone.
    """
    issued = issued_as(desk, case_id, number)
    data = kept_files(desk, issued).get("pdf")
    if data is None:
        raise RefusedByRule("document.no_pdf")
    desk.vault.append([trace(desk, "audit.document_reprinted", case=case_id, document=issued.id)])
    return data


def issued_as(desk: Desk, case_id: CaseId, number: str) -> IssuedPaper:
    """The paper of a number; raises RefusedByRule `document.unknown`."""
    issued = next((paper for paper in known(desk, case_id).case.papers if paper.number == number), None)
    if issued is None:
        raise RefusedByRule("document.unknown")
    return issued


def made_files(files: Mapping[Path, bytes]) -> tuple[MadeFile, ...]:
    """The files with the hashes of their bytes."""
    return tuple(MadeFile(path, hashlib.sha256(data).hexdigest()) for path, data in files.items())


def kept_files(desk: Desk, issued: IssuedPaper) -> dict[str, bytes]:
    """The bytes of an issued paper by format."""
    found = {row.format: desk.vault.paper(row.sha256) for row in issued.files}
    if None in found.values():
        raise RefusedByRule("document.elsewhere")
    return {form: data for form, data in found.items() if data is not None}
