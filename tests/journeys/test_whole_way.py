"""A quarrel from the door to the stick, by keyboard alone: intake, hearing, agreement, print, exchange."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mediator.casework import opening, reading
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.ui.screenshots import settle
from tests.casework.desks import PASSWORD, a_desk, a_workshop
from tests.journeys.counted import Counted
from tests.journeys.test_first_day import compose, hear, pay_and_sign, print_it, register
from tests.journeys.test_second_day import exchange_by_stick
from tests.ui.counties import PaperCounty
from tests.ui.keyboard import a_window


def test_from_intake_by_hearing_agreement_and_print_to_the_stick(tmp_path: Path) -> None:
    county = PaperCounty()
    workshop = replace(a_workshop(), exchange=county)
    opening.lock(a_desk(tmp_path / "vault", workshop=workshop))
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    keyboard = Counted(window, "登记到 U 盘")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    register(keyboard)
    hear(keyboard)
    assert window.seat is not None
    row = reading.rows(window.seat.desk, RowQuery())[0]
    compose(keyboard)
    pay_and_sign(keyboard, desk_case=row.id)
    assert reading.reread(window.seat.desk, row.id).case.status is CaseStatus.SIGNED
    paper = print_it(keyboard, tmp_path / "papers")
    assert "伍仟元整" in squeezed("".join(PdfFile(paper.read_bytes()).bodies))
    (tmp_path / "stick").mkdir()
    exchange_by_stick(keyboard, tmp_path / "stick")
    assert county.asked == ["stick stick"]
    keyboard.press("Ctrl+L")
    assert window.house is None
    window.close()
    settle(window)
