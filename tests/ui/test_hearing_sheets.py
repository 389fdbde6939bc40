"""What stands beside the record: read back in big print, signed, private notes, the head, marks, breaks, words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListWidget, QPlainTextEdit

from mediator.casework import hearing, hearing_course, notes, reading
from mediator.core.records import CaseId, Hearing, HearingId
from mediator.core.sittings import FIELD_HEIGHT, FIELD_WIDTH, Meeting, SignWay
from mediator.ui import tokens
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.hearing_reading import pages_of
from mediator.ui.pages.hearing_turns import Line, ask_or_answer
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.eyes import KNOWN, LATIN, cut_off
from tests.ui.keyboard import Keyboard, shown
from tests.ui.scenes import a_sitting, desk_of, finish, full_disk, page_of, turns

SAID = ("五千五。", "五千，今天就能付。", "行。")


def now(window: Window, case: CaseId) -> Hearing:
    """The newest sitting as it is on disk."""
    return reading.reread(desk_of(window), case).case.hearings[-1]


@pytest.fixture
def heard(window: Window) -> tuple[CaseId, HearingId, HearingPage]:
    """A sitting with three turns."""
    case, sitting, page = a_sitting(window)
    for words in SAID:
        page.record.input.setPlainText(words)
        page.record.end_turn()
    settle(window)
    return case, sitting, page


@given(st.lists(st.integers(1, 900), max_size=60), st.integers(1, 700))
def test_pages_hold_every_turn_once_in_order_and_no_more_than_there_is_room_for(heights: list[int], room: int) -> None:
    pages = pages_of(heights, room)
    assert [at for page in pages for at in page] == list(range(len(heights)))
    assert all(len(page) == 1 or sum(heights[at] for at in page) <= room for page in pages)
    assert all(
        pages[n] and sum(heights[at] for at in (*pages[n], pages[n + 1][0])) > room for n in range(len(pages) - 1)
    )


def test_a_page_is_confirmed_by_one_after_the_other_from_the_keyboard(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    keyboard = Keyboard(window)
    keyboard.reach("宣读笔录")
    keyboard.press("Space")
    names = [signer.name for signer in page.reading.signers]
    assert page.reading.note.words.text().startswith("这一页还没有人核对")
    keyboard.press("Ctrl+Return", "Ctrl+Return")
    assert [each.by for each in now(window, case).reads] == names[:2]
    assert page.reading.note.words.text() == f"这一页已核对：{'、'.join(names[:2])}。"
    keyboard.press("Esc")
    assert page.sheets.currentWidget() is page.record


def test_a_slip_is_corrected_while_reading_with_its_trace_and_the_page_is_asked_again(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    page.read_out()
    settle(window)
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+Return", "Down", "Enter")
    assert page.reading.input.words == SAID[1]
    page.reading.input.setPlainText("五千元，今天就能付。")
    keyboard.press("Enter")
    found = now(window, case)
    assert (found.turns[1].text, found.turns[1].corrected_from) == ("五千元，今天就能付。", (SAID[1],))
    assert [each.fits for each in found.reads] == [False]
    assert page.reading.note.words.text().startswith("这一页还没有人核对")
    assert page.reading.turns.lines[1].text == "五千元，今天就能付。"


def test_esc_leaves_a_correction_first_and_then_the_reading(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    page.read_out()
    settle(window)
    keyboard = Keyboard(window)
    keyboard.press("Down", "Enter", "Esc")
    assert page.sheets.currentWidget() is page.reading
    assert not page.reading.input.isVisible()
    keyboard.press("Esc")
    assert page.sheets.currentWidget() is page.record
    assert turns(window, case) == list(SAID)


@pytest.mark.threat("T04")
def test_a_correction_half_typed_while_reading_is_kept_when_the_vault_is_locked(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    page.read_out()
    settle(window)
    page.reading.begin_correction(page.reading.turns.index(0))
    page.reading.input.setPlainText("五千六。")
    assert page.unkept()
    assert window.house is not None
    window.house.close_pages()
    finish(window.worker)
    assert turns(window, case)[0] == "五千六。"


def test_a_long_record_is_read_page_by_page(window: Window) -> None:
    _, _, page = a_sitting(window)
    for number in range(12):
        page.record.input.setPlainText(f"第{number}段。" + "路窄车过不去。" * 12)
        page.record.end_turn()
    settle(window)
    page.read_out()
    settle(window)
    keyboard, seen = Keyboard(window), []
    for _ in range(40):
        seen += [line.text for line in page.reading.turns.lines if line.text not in seen]
        keyboard.press("PgDown")
    assert [words[: words.index("。")] for words in seen] == [f"第{number}段" for number in range(12)]
    assert page.reading.page == len(page.reading.pages) - 1 > 1
    for _ in range(40):
        keyboard.press("PgUp")
    assert page.reading.page == 0


def write_name(page: HearingPage) -> None:
    """Two strokes with the mouse."""
    pad, box = page.signing.pad, page.signing.pad.field()

    def at(x: float, y: float) -> QPoint:
        return QPointF(box.x() + box.width() * x, box.y() + box.height() * y).toPoint()

    for row in (0.3, 0.6):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at(0.2, row))
        for step in (0.4, 0.6, 1.4):
            QTest.mouseMove(pad, at(step, row))
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at(0.8, row))


def test_a_name_written_on_the_field_is_kept_as_strokes_bound_to_the_record(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, sitting, page = heard
    page.sign()
    settle(window)
    first = page.signing.signers[0].name
    write_name(page)
    page.signing.give(SignWay.STROKES)
    settle(window)
    (found,) = now(window, case).signatures
    assert (found.signer, found.way, found.fits, len(found.strokes)) == (first, SignWay.STROKES, True, 2)
    assert all(
        0 <= x <= FIELD_WIDTH and 0 <= y <= FIELD_HEIGHT and t >= 0 for line in found.strokes for x, y, t in line
    )
    assert found.strokes[0][0][:2] == pytest.approx((600, 300), abs=12)
    assert page.signing.people.currentRow() == 1
    assert page.signing.pad.strokes == ()
    hearing.correct_turn(desk_of(window), case, sitting, turn=now(window, case).turns[0].id, text="五千六。")
    page.signing.read_again()
    settle(window)
    item = page.signing.people.item(0)
    assert item is not None
    assert "要重新签" in item.text()
    assert page.signing.people.currentRow() == 0


def test_an_empty_field_is_no_signature(window: Window, heard: tuple[CaseId, HearingId, HearingPage]) -> None:
    case, _, page = heard
    page.sign()
    settle(window)
    page.signing.give(SignWay.STROKES)
    settle(window)
    assert now(window, case).signatures == ()


def test_a_refusal_wants_its_reason_and_paper_is_the_third_way(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    page.sign()
    settle(window)
    keyboard = Keyboard(window)
    keyboard.reach("拒绝签字")
    keyboard.press("Space")
    assert keyboard.focus is page.signing.reason
    keyboard.type("要先问家里人")
    keyboard.press("Enter")
    keyboard.reach("打印后手签")
    keyboard.press("Space")
    found = now(window, case).signatures
    assert [(each.way, each.reason) for each in found] == [(SignWay.REFUSED, "要先问家里人"), (SignWay.PAPER, "")]
    people = page.signing.people
    assert isinstance(people, QListWidget)
    assert [people.item(at).text().split("\n")[1][:4] for at in range(2)] == ["拒绝签名", "在打印的"]


def test_the_record_is_closed_from_the_signatures_with_the_typed_word(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    page.sign()
    settle(window)
    keyboard = Keyboard(window)
    keyboard.reach("都签好了，结束笔录")
    keyboard.press("Space")
    keyboard.type("结束")
    keyboard.press("Enter")
    assert now(window, case).closed


@pytest.mark.threat("T10")
def test_private_notes_are_behind_a_key_and_gone_from_the_screen_when_it_is_left(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+J")
    keyboard.type("申请人私下说五千就肯")
    keyboard.press("Enter")
    assert page.notes.kept.toPlainText().endswith("申请人私下说五千就肯")
    keyboard.press("Esc")
    assert page.notes.kept.toPlainText() == ""
    assert page.sheets.currentWidget() is page.record
    assert turns(window, case) == list(SAID)


def test_a_note_the_disk_refused_stays_in_its_line(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, page = heard
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+J")
    full_disk(monkeypatch, notes, "add_note")
    keyboard.type("要再谈")
    keyboard.press("Enter")
    assert page.notes.line.text() == "要再谈"
    assert page.unkept()


def test_a_mark_is_set_and_taken_away_by_its_key(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _, page = heard
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+B")
    assert [turn.marked for turn in now(window, case).turns] == [False, False, True]
    assert page.record.turns.lines[-1].marked
    page.record.list.setCurrentIndex(page.record.turns.index(0))
    page.record.list.setFocus()
    keyboard.press("Ctrl+B", "Ctrl+B")
    assert [turn.marked for turn in now(window, case).turns] == [False, False, True]
    full_disk(monkeypatch, hearing_course, "mark_turn")
    keyboard.press("Ctrl+B")
    assert not page.record.turns.lines[0].marked


def test_a_break_is_said_in_the_record_and_words_being_typed_come_before_it(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    keyboard = Keyboard(window)
    page.record.input.setPlainText("歇一下吧。")
    keyboard.press("Ctrl+E")
    assert turns(window, case)[3:] == ["歇一下吧。", "09时30分，休息。"]
    assert page.record.note.isVisible()
    assert page.record.aside.rest.accessibleName() == "继续"
    keyboard.press("Ctrl+E")
    assert turns(window, case)[-1] == "09时30分，休息结束，继续进行。"
    assert not page.record.note.isVisible()


def test_words_of_the_case_are_written_by_their_keys(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    _, _, page = heard
    words = page.record.aside.words
    assert len(words) > 2
    Keyboard(window).press("Alt+1", "Alt+2", "Alt+9")
    assert page.record.input.words == "".join((words[0], words[1], *words[8:9]))


def test_the_head_is_completed_while_the_sitting_goes_on(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    case, _, page = heard
    begun = now(window, case).held_at
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+I")
    page.head_sheet.meeting.setCurrentIndex(list(Meeting).index(Meeting.FIRESIDE))
    keyboard.fill("人大代表周某，党员李某")
    keyboard.type("王某")
    keyboard.press("Enter")
    found = now(window, case)
    assert (found.meeting, found.observers, found.absent, found.held_at) == (
        Meeting.FIRESIDE, ("人大代表周某", "党员李某"), ("王某",), begun,
    )  # fmt: skip
    assert found.place == "现场"
    keyboard.press("Ctrl+I", "Esc")
    assert page.sheets.currentWidget() is page.record


def test_whoever_goes_away_from_the_signatures_comes_back_to_the_record(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage]
) -> None:
    _, _, page = heard
    page.sign()
    settle(window)
    page_of(window, HearingPage)
    assert page.sheets.currentWidget() is page.record


ASKED, SAYS = Line("主持人", "你愿意吗？"), Line("张三", "愿意。", party=True)


@pytest.mark.parametrize(
    ("before", "line", "label"),
    [
        (None, ASKED, "问："), (ASKED, SAYS, "答："), (Line("主持人", "请说。"), SAYS, ""), (None, SAYS, ""),
        (None, Line("张三", "凭什么？", party=True), ""), (ASKED, Line("记事", "沉默。"), ""),
    ],
)  # fmt: skip
def test_a_question_of_the_host_and_the_answer_to_it_are_labelled(before: Line | None, line: Line, label: str) -> None:
    assert ask_or_answer(before, line) == label


@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_every_sheet_fits_every_screen_is_named_for_the_ear_and_speaks_chinese(
    window: Window, heard: tuple[CaseId, HearingId, HearingPage], width: int
) -> None:
    _, _, page = heard
    window.resize(width, 768 if width > 1024 else 700)
    for show in (page.read_out, page.sign, page.show_notes, page.show_head):
        show()
        settle(window)
        assert window.width() == width
        assert window.house is not None
        assert cut_off(window.house) == []
        inputs = [each for each in shown(window) if isinstance(each, QLineEdit | QPlainTextEdit | QAbstractButton)]
        assert [each for each in inputs if not each.accessibleName()] == []
        words = " ".join(each.text() for each in shown(window) if isinstance(each, QLabel | QAbstractButton))
        assert LATIN.findall(KNOWN.sub("", words)) == []
