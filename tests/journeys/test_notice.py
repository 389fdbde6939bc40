"""Two people are asked to come, by keyboard alone: the notice is found, filled, copied for the second, both issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.screenshots import settle
from tests.casework.desks import a_desk, a_document, a_workshop, case_of, taken_in
from tests.ui.keyboard import Keyboard, a_window, sit_down

WHEN, WHERE = "2026年3月20日下午2点半", "壶镇镇调解室一楼"


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[tuple[Keyboard, CaseId]]:
    """The workbench, and a case whose two people must be asked to come."""
    workshop = a_workshop()
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    case = taken_in(desk, a_document(accepted_on="2026-03-08"))
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, desk)
    yield Keyboard(window), case
    window.lock(whatever=True)
    settle(window)
    window.close()


def open_papers(keyboard: Keyboard) -> DocumentsPage:
    """The papers of the only case."""
    keyboard.press("Ctrl+5", "Enter")
    assert keyboard.window.house is not None
    page = keyboard.window.house.page
    assert isinstance(page, DocumentsPage)
    return page


def issue(keyboard: Keyboard, page: DocumentsPage, folder: Path) -> str:
    """Tick the notice, name the folder, issue; gives the words of the paper."""
    before = set(folder.glob("*.pdf"))
    keyboard.press("Ctrl+F")
    keyboard.press("Tab", "Space")
    keyboard.reach("存到哪里")
    keyboard.press("Ctrl+A")
    keyboard.type(str(folder))
    keyboard.reach("签发选中的")
    keyboard.press("Enter")
    made = set(folder.glob("*.pdf")) - before
    assert len(made) == 1, page.told.words.text()
    return squeezed("".join(PdfFile(made.pop().read_bytes()).bodies))


def test_a_notice_is_found_filled_copied_for_the_second_person_and_issued_by_keyboard(
    morning: tuple[Keyboard, CaseId], tmp_path: Path
) -> None:
    keyboard, case = morning
    page = open_papers(keyboard)
    keyboard.press("Ctrl+F")
    keyboard.type("调解通知")
    keyboard.press("Enter", "Enter")
    assert keyboard.focus.accessibleName() == "受送达人 *"
    keyboard.type("张三")
    for name, words in (("时间 *", WHEN), ("地点 *", WHERE), ("携带材料", "借条、身份证")):
        keyboard.reach(name)
        keyboard.type(words)
    first = issue(keyboard, page, tmp_path / "papers")
    for words in ("张三：", "2026年3月20日14时30分", WHERE, "借条、身份证"):
        assert words in first
    keyboard.reach("照抄再填一份")
    keyboard.press("Enter")
    keyboard.reach("受送达人 *")
    keyboard.press("Ctrl+A")
    keyboard.type("李四")
    second = issue(keyboard, page, tmp_path / "papers")
    assert "李四：" in second
    assert "2026年3月20日14时30分" in second
    assert keyboard.window.seat is not None
    found = case_of(keyboard.window.seat.desk, case)
    assert [form.values["receiver"] for form in found.forms] == ["张三", "李四"]
    assert [paper.form for paper in found.papers] == [form.id for form in found.forms]
    assert found.forms[0].values["held_at"] == "2026-03-20T14:30"
