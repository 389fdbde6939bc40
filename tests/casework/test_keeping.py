"""Recordings are kept for three years after the matter ended; then two persons destroy them and keep a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mediator.casework import keeping, listening, opening
from mediator.casework.desk import Desk
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.errors import NoAccess, RefusedByRule
from mediator.store.tapes import tape_path
from tests.casework.desks import PASSWORD, StillClock, case_of, led_to
from tests.casework.tapes import recorded

OTHER = "石桥下的流水 77 声"
SECOND = ("wang", OTHER)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A vault of two users."""
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    return desk


def ended(desk: Desk) -> tuple[CaseId, str]:
    """A matter that was recorded and shut on 9 March 2026."""
    case, _, recording = recorded(desk, 2)
    return led_to(desk, case, CaseStatus.WITHDRAWN, CaseStatus.CLOSED), recording


def go_to(desk: Desk, day: date) -> None:
    """Another day at the same desk."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(days=(day - desk.today()).days)


@pytest.mark.parametrize(("day", "count"), [(date(2029, 3, 9), 0), (date(2029, 3, 10), 1), (date(2031, 1, 1), 1)])
def test_a_recording_is_due_on_the_day_after_three_years(two: Desk, day: date, count: int) -> None:
    case, recording = ended(two)
    go_to(two, day)
    found = keeping.due(two)
    assert len(found) == count
    assert {(each.case, each.recording.id, each.ended_on, each.kept_until) for each in found} <= {
        (case, recording, date(2026, 3, 9), date(2029, 3, 9))
    }


@pytest.mark.parametrize("leading", [(), (CaseStatus.WITHDRAWN,), (CaseStatus.WITHDRAWN, CaseStatus.CLOSED, None)])
def test_a_recording_of_a_matter_that_goes_on_is_never_due(two: Desk, leading: tuple[CaseStatus | None, ...]) -> None:
    case, _, _ = recorded(two, 2)
    led_to(two, case, *(each for each in leading if each))
    if None in leading:
        led_to(two, case, CaseStatus.IN_MEDIATION)
    go_to(two, date(2040, 1, 1))
    assert keeping.due(two) == ()


@pytest.mark.threat("T68")
def test_two_persons_destroy_what_is_due_and_the_archive_gets_the_list(two: Desk, tmp_path: Path) -> None:
    case, recording = ended(two)
    go_to(two, date(2029, 3, 10))
    before = case_of(two, case).hearings[0].recordings
    file = keeping.destroy(two, [recording], second=SECOND, out=tmp_path / "清单")
    assert not tape_path(two.vault.folder, recording).exists()
    assert keeping.due(two) == ()
    with pytest.raises(NoAccess, match=r"recording\.destroyed"):
        listening.listen(two, case, recording)
    (kept,) = listening.recordings(two, case)
    assert (kept.destroyed, kept.here) == (True, False)
    assert case_of(two, case).hearings[0].recordings == before, "what was said about it stays"
    sheet, about = openpyxl.load_workbook(file).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == case_of(two, case).number
    assert before[0].digest in rows[1]
    assert ("决定人", "li、wang") in list(about.iter_rows(values_only=True))


@pytest.mark.threat("T68")
@pytest.mark.parametrize("wrong", ["alone", "password", "too_early", "strange"])
def test_one_person_or_too_early_destroys_nothing_and_leaves_no_list(two: Desk, tmp_path: Path, wrong: str) -> None:
    case, recording = ended(two)
    go_to(two, date(2029, 3, 9 if wrong == "too_early" else 10))
    second = {"alone": ("li", PASSWORD), "password": ("wang", "错的")}.get(wrong, SECOND)
    asked = [recording, "f" * 32] if wrong == "strange" else [recording]
    with pytest.raises((RefusedByRule, NoAccess)):
        keeping.destroy(two, asked, second=second, out=tmp_path / "清单")
    assert tape_path(two.vault.folder, recording).exists()
    assert listening.recordings(two, case)[0].destroyed is False
    assert list(tmp_path.glob("清单/*.xlsx")) == []
