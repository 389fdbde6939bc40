"""Who sent the last letter of a kind sends the next; the first names the committee, and each kind has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import forms, printing, reading
from mediator.casework.desk import Desk
from mediator.core.records import CaseId, Value
from mediator.docs.finished_word import WordFile
from tests.casework.desks import ROOM, a_document, case_of, taken_in

OFFICE = "缙云县壶镇镇人民政府"
KIND = "petition_acceptance"
TYPED: dict[str, Value] = {"petitioner": "李某兰", "handler": "镇农业农村办公室", "within": "2026-05-02"}


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(kind="petition", accepted_on="2026-03-02"))


def letter(desk: Desk, case_id: CaseId, out: Path, *, draft: bool = False, **typed: Value) -> str:
    """A letter from a form of its own: its first line."""
    forms.fill(desk, case_id, reading.reread(desk, case_id).seen, kind=KIND, values={**TYPED, **typed})
    (made,) = printing.make(desk, case_id, [KIND], formats=("docx",), out=out, draft=draft)
    return WordFile(made.files[0].path.read_bytes()).text


def test_the_sender_of_an_issued_letter_sends_the_next_of_its_kind(desk: Desk, case_id: CaseId, tmp_path: Path) -> None:
    assert OFFICE not in letter(desk, case_id, tmp_path / "1")
    assert OFFICE in letter(desk, case_id, tmp_path / "2", draft=True, issuer=OFFICE)
    assert OFFICE not in letter(desk, case_id, tmp_path / "3"), "a draft settles nothing"
    assert OFFICE in letter(desk, case_id, tmp_path / "4", issuer=OFFICE)
    other = taken_in(desk, a_document(kind="petition", title="水费", accepted_on="2026-03-02"))
    assert OFFICE in letter(desk, other, tmp_path / "5")
    assert case_of(desk, other).forms[0].values["issuer"] == OFFICE, "it stands in the form, where it can be changed"
    assert ROOM.organization in letter(desk, other, tmp_path / "6", issuer=ROOM.organization)
    assert OFFICE not in letter(desk, other, tmp_path / "7")


def test_letters_of_another_kind_and_papers_without_a_sender_are_not_touched(
    desk: Desk, case_id: CaseId, tmp_path: Path
) -> None:
    letter(desk, case_id, tmp_path / "1", issuer=OFFICE)
    seen = reading.reread(desk, case_id).seen
    forms.fill(desk, case_id, seen, kind="petition_answer", values={"petitioner": "李某兰"})
    forms.fill(desk, case_id, seen, kind="hearing_notice", values={"receiver": "王五"})
    by_kind = {form.paper: form.values for form in case_of(desk, case_id).forms}
    assert "issuer" not in by_kind["petition_answer"]
    assert "issuer" not in by_kind["hearing_notice"]
