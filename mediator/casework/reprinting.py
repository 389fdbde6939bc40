"""An issued paper once more: its very bytes, or a copy that says so across each page."""

from __future__ import annotations

import hashlib
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
    issued = next((paper for paper in known(desk, case_id).case.papers if paper.number == number), None)
    if issued is None:
        raise RefusedByRule("document.unknown")
    kept = kept_files(desk, issued)
    if copy:
        fonts = fonts_in(desk.workshop.fonts_folder)
        kept = {form: copy_of(data, form, fonts) for form, data in kept.items() if form in COPIED}
    first = f"{issued.number} {COPY_WORD}" if copy else issued.number
    files = {out / file_name(first, issued.title, ending=form): data for form, data in kept.items()}
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    told: dict[str, object] = {"files": list(hashes.values())} if copy else {}
    with staged_papers(desk, files):
        kind = "audit.document_copied" if copy else "audit.document_reprinted"
        desk.vault.append([trace(desk, kind, case=case_id, document=issued.id, **told)])
    return tuple(MadeFile(path, sha256) for path, sha256 in hashes.items())


def kept_files(desk: Desk, issued: IssuedPaper) -> dict[str, bytes]:
    """The bytes of an issued paper by format."""
    found = {row.format: desk.vault.paper(row.sha256) for row in issued.files}
    if None in found.values():
        raise RefusedByRule("document.elsewhere")
    return {form: data for form, data in found.items() if data is not None}
