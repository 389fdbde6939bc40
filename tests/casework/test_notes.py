"""Private notes: read by their author alone, in no record, on no paper, in no exchange."""

from __future__ import annotations

import pytest

from mediator.casework import notes, opening, printing, reading
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.journal.reach import Reach, may_leave
from tests.casework.desks import PASSWORD, a_document, a_hearing, case_of, taken_in

SECRET = "申请人私下说五千就肯"
OTHER = "田埂上的三只白鹭-77"


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(hearings=[a_hearing()]))


@pytest.mark.threat("T05")
def test_a_note_is_read_by_its_author_and_by_no_other_user_of_the_vault(desk: Desk, case_id: CaseId) -> None:
    notes.add_note(desk, case_id, f" {SECRET}\u202e ")
    assert [each.text for each in notes.notes_of(desk, case_id)] == [SECRET]
    assert [f"{each.at:%H:%M}" for each in notes.notes_of(desk, case_id)] == ["09:30"]
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    folder, workshop = desk.vault.folder, desk.workshop
    opening.lock(desk)
    other = opening.unlock(workshop, folder, "wang", OTHER)
    assert notes.notes_of(other, case_id) == ()
    told = reading.course(other, reading.reread(other, case_id))
    assert "私人备注" not in {each.deed for each in told}
    opening.lock(other)


def test_a_note_is_in_no_record_on_no_paper_and_found_by_no_search(desk: Desk, case_id: CaseId) -> None:
    before = case_of(desk, case_id)
    notes.add_note(desk, case_id, SECRET)
    assert case_of(desk, case_id) == before
    shown = printing.preview(desk, case_id, "mediation_record")
    assert SECRET not in repr(shown)
    (note,) = [each for each in reading.reread(desk, case_id).entries if each.kind == "note.private"]
    assert note.reach is Reach.PRIVATE
    assert not may_leave(note.reach)


def test_an_empty_note_is_none(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(Unacceptable, match=r"note\.empty"):
        notes.add_note(desk, case_id, " \n")
