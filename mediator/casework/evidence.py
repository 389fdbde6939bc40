"""Scans and photographs: taken in as pages of ours, placed in the dossier, taken out for a reason."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from mediator.casework import volume
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.files_in import bounded
from mediator.casework.guards import writable
from mediator.casework.texts import cleaned_text
from mediator.core.records import CaseId, Evidence, EvidenceId
from mediator.docs.scans import MAX_FILE, Scan, scanned
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.blobs import BlobClass
from mediator.store.appending import Changes
from mediator.store.resting import scan_manifest


def attach(desk: Desk, case_id: CaseId, file: Path, *, place: str, title: str) -> Evidence:
    """Keep a picture or PDF as pages of the dossier; the file's own name goes nowhere (T37).

    `place` is a section or a kind of paper as a clerk calls it. Raises Unacceptable `scan.*`, `dossier.place`,
    `dossier.title`, `file.missing`; the case and its dossier are then as before.
    """
    writable(desk, case_id)
    where, words = volume.place_of(place), cleaned_text(desk, title, "title").strip()
    if not words:
        raise Unacceptable("dossier.title")
    scan = read_scan(file)
    opened = writable(desk, case_id)
    sha256, key = hashlib.sha256(scan.data).hexdigest(), EvidenceId(desk.fresh_id())
    fields = {"title": words, "place": where, "sha256": sha256, "pages": scan.pages, "size": len(scan.data)}
    secret = desk.workshop.random(32)
    manifest = scan_manifest(secret, scan.data, BlobClass.SIGNED if volume.is_paper(where) else BlobClass.SCAN)
    blob = {"key": secret.hex(), "manifest": manifest.digest}
    drafted = pen_for(desk, case_id, opened.seen).write("evidence.attached", id=key, fields=fields, blob=blob)
    papers = {sha256: scan.data, manifest.digest: manifest.packed()}
    desk.vault.append([replace(drafted, blobs=(manifest.named,))], papers=papers)
    return Evidence(key, words, where, sha256, scan.pages, len(scan.data))


def read_scan(file: Path) -> Scan:
    """The pages of a file; a refusal names the file without its folder."""
    try:
        return scanned(bounded(file, MAX_FILE))
    except Unacceptable as refused:
        facts = {name: value for name, value in refused.facts.items() if isinstance(value, int)}
        raise Unacceptable(refused.code, where=file.name, **facts) from None


def detach(desk: Desk, case_id: CaseId, key: EvidenceId, *, reason: str) -> Changes:
    """Take a scan out of the dossier; its pages stay in the vault. Raises `evidence.unknown`, `evidence.reason`."""
    opened = writable(desk, case_id)
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("evidence.reason")
    if not any(each.id == key for each in opened.case.evidence):
        raise Unacceptable("evidence.unknown")
    return desk.vault.append([pen_for(desk, case_id, opened.seen).write("evidence.removed", id=key, reason=why)])
