"""What was recorded lies beside the volume, and the volume says so."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from mediator.casework import dossier, hearing, manifest
from mediator.casework.desk import Desk
from mediator.core.lint import Severity
from mediator.docs.finished_word import squeezed
from tests.casework.desks import case_of
from tests.casework.tapes import recorded


def test_recordings_are_named_in_the_contents_and_pinned_in_the_signed_list(desk: Desk, tmp_path: Path) -> None:
    case_id, sitting, recording = recorded(desk, 2)
    hearing.close_hearing(desk, case_id, sitting)
    for each in dossier.lacking(desk, case_id):
        if each.severity is Severity.BLOCK:
            dossier.excuse(desk, case_id, each.place, "样卷")
    filed = dossier.file(desk, case_id, out=tmp_path)
    (kept,) = case_of(desk, case_id).hearings[0].recordings
    with pypdfium2.PdfDocument(filed.file.read_bytes()) as document:
        contents = squeezed(document[1].get_textpage().get_text_range())
    assert f"第1次调解录音，0:02校验值{kept.digest[:16]}20260309另存" in contents
    assert manifest.opened(filed.manifest.read_bytes())["recordings"] == [
        {"id": recording, "seconds": 2, "digest": kept.digest}
    ]
