"""Papers: sixty kinds in one list by keyboard, ticks that stay, refusals in words, the very bytes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from mediator.casework import printing
from mediator.ui.pages.documents import OTHER, DocumentsPage
from mediator.ui.pages.documents_kinds import STATE, KindLine
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, case_of, taken_in
from tests.ui.issuing import AGREEMENT, answers, papers
from tests.ui.keyboard import Keyboard, tick
from tests.ui.scenes import desk_of, full_disk, page_of


@pytest.mark.parametrize(
    ("issued", "blocked", "words", "tone"),
    [(0, False, "可以签发", "calm"), (0, True, "还缺内容，只能打印草稿", "soon"), (2, False, "已出 2 份", "done"),
     (2, True, "已出 2 份，再出还缺内容", "soon")],
)  # fmt: skip
def test_a_kind_says_in_words_how_it_stands(issued: int, blocked: bool, words: str, tone: str) -> None:
    line = KindLine("notice", "通知书", "受理", issued, blocked)
    assert (line.words, line.tone) == (words, tone)


def test_every_kind_for_this_sort_of_case_is_listed_under_its_group(window: Window, tmp_path: Path) -> None:
    case, page = papers(window, tmp_path)
    other = OTHER[case_of(desk_of(window), case).kind]
    assert [line.id for line in page.kinds.lines] == [info.id for info in printing.kinds() if info.id != other]
    headings = [page.kinds.item(row) for row in range(page.kinds.count())]
    groups = [item.text() for item in headings if not item.flags() & Qt.ItemFlag.ItemIsEnabled]
    assert groups == list(dict.fromkeys(info.group.value for info in printing.kinds()))


def test_the_keyboard_passes_over_headings_and_space_ticks_and_shows(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    keyboard = Keyboard(window)
    tick(keyboard, "人民调解协议书")
    assert page.kinds.ticked() == [AGREEMENT]
    assert page.beside.paper.pages >= 1
    for _ in range(page.kinds.count()):
        assert page.kinds.currentItem().data(STATE), "a heading was chosen"
        keyboard.press("Up")


def test_what_is_issued_takes_a_number_is_counted_and_unticked(window: Window, tmp_path: Path) -> None:
    case, page = papers(window, tmp_path)
    page.kinds.tick(AGREEMENT)
    page.make(draft=False)
    settle(window)
    (paper,) = case_of(desk_of(window), case).papers
    assert paper.number in page.told.words.text()
    assert page.kinds.ticked() == []
    assert next(line for line in page.kinds.lines if line.id == AGREEMENT).issued == 1
    assert {each.suffix for each in (tmp_path / "papers").iterdir()} == {".docx", ".pdf"}


def test_a_draft_takes_no_number(window: Window, tmp_path: Path) -> None:
    case, page = papers(window, tmp_path)
    page.kinds.tick(AGREEMENT)
    page.make(draft=True)
    settle(window)
    assert case_of(desk_of(window), case).papers == ()
    assert list((tmp_path / "papers").iterdir())


def test_an_issued_paper_is_written_again_byte_for_byte_and_verified(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    page.kinds.tick(AGREEMENT)
    page.make(draft=False)
    settle(window)
    first = {each.name: each.read_bytes() for each in (tmp_path / "papers").iterdir()}
    page.target.folder.setText(str(tmp_path / "again"))
    page.issued.reprint()
    settle(window)
    assert {each.name: each.read_bytes() for each in (tmp_path / "again").iterdir()} == first
    page.verdicts.verify(sorted((tmp_path / "again").iterdir()))
    settle(window)
    assert answers(page) == ["相符", "相符"]


def test_a_paper_with_gaps_is_refused_with_every_reason_and_its_tick_stays(window: Window, tmp_path: Path) -> None:
    case = taken_in(desk_of(window), a_document())
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(tmp_path / "papers"))
    page.kinds.tick(AGREEMENT)
    page.make(draft=False)
    settle(window)
    assert page.findings.isVisible()
    assert page.findings.count() > 1
    assert page.kinds.ticked() == [AGREEMENT]
    assert not (tmp_path / "papers").exists() or not list((tmp_path / "papers").iterdir())


def test_without_a_tick_it_is_said_what_to_do(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    page.make(draft=False)
    assert "请先选中" in page.told.words.text()


def test_a_full_disk_is_told_and_the_ticks_stay(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, page = papers(window, tmp_path)
    full_disk(monkeypatch, printing, "make")
    page.kinds.tick(AGREEMENT)
    page.make(draft=False)
    settle(window)
    assert page.told.property("tone") == "late"
    assert page.kinds.ticked() == [AGREEMENT]
    assert case_of(desk_of(window), case).papers == ()


@pytest.mark.parametrize(
    ("words", "shown"),
    [("通知", {"受理通知书", "调解通知书"}), ("督办", {"督办单", "催办单"}), ("没有这种文书", set[str]())],
)
def test_a_kind_is_found_by_a_part_of_its_name_and_headings_go_with_their_kinds(
    window: Window, tmp_path: Path, words: str, shown: set[str]
) -> None:
    _, page = papers(window, tmp_path)
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+F")
    keyboard.type(words)
    left = {item.text() for item in page.kinds.rows() if not item.isHidden()}
    assert shown <= left
    assert all(words in title or words in group_of(page, title) for title in left)
    headings = [page.kinds.item(row) for row in range(page.kinds.count()) if not page.kinds.item(row).data(STATE)]
    groups = {group_of(page, title) for title in left}
    assert {item.text() for item in headings if not item.isHidden()} == groups
    keyboard.press("Ctrl+A", "Delete")
    assert all(not item.isHidden() for item in page.kinds.rows())


def group_of(page: DocumentsPage, title: str) -> str:
    """The heading a kind stands under."""
    return next(line.group for line in page.kinds.lines if line.title == title)


def test_blank_forms_of_what_is_ticked_or_shown_are_written_and_nothing_is_entered(
    window: Window, tmp_path: Path
) -> None:
    case, page = papers(window, tmp_path)
    page.look_at("hearing_notice")
    page.print_blank()
    settle(window)
    assert "调解通知书" in page.told.words.text()
    assert {each.suffix for each in (tmp_path / "papers").iterdir()} == {".docx", ".pdf"}
    page.kinds.tick("rights_notice")
    page.print_blank()
    settle(window)
    assert len(list((tmp_path / "papers").iterdir())) == 4
    assert case_of(desk_of(window), case).papers == ()


def test_ticks_and_the_chosen_row_stay_when_the_case_changes_elsewhere(window: Window, tmp_path: Path) -> None:
    case, page = papers(window, tmp_path)
    page.kinds.tick(AGREEMENT)
    page.kinds.setCurrentRow(5)
    window.seat.changed.emit(frozenset({case}))  # type: ignore[union-attr]  # somebody sits there
    settle(window)
    assert (page.kinds.ticked(), page.kinds.currentRow()) == ([AGREEMENT], 5)
