"""A later day, by keyboard alone: the hearing goes on, an agreement in instalments, money, a visit, a stick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from mediator.casework import hearing, opening
from mediator.casework.hearing import HearingForm
from mediator.core.codes import CaseStatus
from mediator.core.records import Agreement, Case, CaseId
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.ui.screenshots import settle
from tests.casework.desks import PASSWORD, StillClock, a_desk, a_document, a_workshop, case_of, taken_in
from tests.ui.counties import PaperCounty
from tests.ui.keyboard import Keyboard, a_window, tick

PAYS = "张三分三期归还李四借款人民币9,000.00元（大写：玖仟元整），自2026年3月31日起每月一期。"
REST = (("争议事项", "归还期限。"), ("各方责任", "张三承担还款责任。"), ("签订地点", "镇上"), ("一式几份", "3"))
OFFER = "三月底起，一个月还三千，三个月还清。"
FACTS = "2025年5月，张三因建房向李四借款9,000元，写有借条，约定年底归还。到期后张三称工程款未到，一直未还。"


@pytest.fixture
def yesterday(tmp_path: Path) -> Iterator[tuple[Keyboard, CaseId, PaperCounty]]:
    """A vault that was locked in the middle of a hearing; the window stands at its door on the next morning."""
    clock, county = StillClock(), PaperCounty()
    workshop = replace(a_workshop(clock=clock), exchange=county)
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    case = taken_in(desk, a_document(accepted_on="2026-03-08", facts=FACTS, requests="归还借款9,000元。"))
    sitting = hearing.open_hearing(desk, case, HearingForm(clock.now(), "一楼调解室", ("李调解",), "李调解"))
    for speaker, words in (("李四", "借了九千，到期没还。"), ("张三", "我欠八千。")):
        hearing.record_turn(desk, case, sitting, speaker=speaker, text=words)
    opening.lock(desk)
    clock.move(hours=3)
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    yield Keyboard(window), case, county
    window.lock(whatever=True)
    settle(window)
    window.close()
    settle(window)


def unlock(keyboard: Keyboard) -> None:
    """The password and Enter."""
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert keyboard.window.house is not None


def case_now(keyboard: Keyboard, case: CaseId) -> Case:
    """What the vault holds."""
    assert keyboard.window.seat is not None
    return case_of(keyboard.window.seat.desk, case)


def go_on_hearing(keyboard: Keyboard) -> None:
    """Three actions from unlocking to the first word; the last turn was written down wrongly."""
    keyboard.press("Enter")
    keyboard.press("Up")
    keyboard.press("Ctrl+A")
    keyboard.type("我欠九千。")
    keyboard.press("Enter")
    keyboard.press("F3")
    keyboard.type(OFFER)
    keyboard.press("Enter", "F2")
    keyboard.type("行。")
    keyboard.press("Enter", "Ctrl+9", "Enter")
    keyboard.reach("结束并签字")
    keyboard.press("Enter")
    keyboard.type("结束")
    keyboard.press("Enter")


def agree(keyboard: Keyboard) -> None:
    """One clause, three instalments, the rest, then signing."""
    keyboard.reach("写协议")
    keyboard.press("Enter")
    keyboard.press("Ctrl+Return")
    keyboard.type(PAYS)
    keyboard.press("Ctrl+Return")
    keyboard.type("双方就此借款再无争议。")
    to_tab(keyboard, 1)
    for name, words in (("金额（元）", "9000"), ("期限", "2026-03-31"), ("方式", "银行转账"), ("分几期", "3")):
        keyboard.reach(name)
        keyboard.type(words)
    keyboard.reach("加一笔")
    keyboard.press("Enter")
    to_tab(keyboard, 1)
    for name, words in REST:
        keyboard.reach(name)
        keyboard.type(words)
    keyboard.reach("定稿签订")
    keyboard.press("Enter")
    keyboard.type("双方都认识，证件以后补。")
    keyboard.press("Enter")


def to_tab(keyboard: Keyboard, by: int) -> None:
    """Another part of the agreement, by the arrows."""
    for _ in range(60):
        if keyboard.focus.metaObject().className() == "QTabBar":
            break
        keyboard.press("Shift+Tab")
    keyboard.press(*(["Right"] * by))


def issue(keyboard: Keyboard, folder: Path) -> Path:
    """Tick the agreement, name the folder, issue."""
    keyboard.reach("去打印")
    keyboard.press("Enter")
    tick(keyboard, "人民调解协议书")
    keyboard.reach("存到哪里")
    keyboard.press("Ctrl+A")
    keyboard.type(str(folder))
    keyboard.reach("签发选中的")
    keyboard.press("Enter")
    (made,) = folder.glob("*.pdf")
    return made


def perform(keyboard: Keyboard) -> None:
    """Part of the first instalment, and a visit."""
    keyboard.press("Ctrl+3", "Enter")
    keyboard.reach("登记履行")
    keyboard.press("Enter")
    keyboard.reach("金额（元）")
    keyboard.press("Ctrl+A")
    keyboard.type("2,000.00")
    keyboard.reach("付款日期")
    keyboard.press("Ctrl+A")
    keyboard.type("2026年3月9日")
    keyboard.press("Tab")
    keyboard.type("现金")
    keyboard.reach("登记付款")
    keyboard.press("Enter")
    keyboard.reach("登记哪一项")
    keyboard.press("Right", "Right")
    keyboard.reach("被回访人")
    keyboard.fill("李四", "已收到两千元，其余按期。", "满意")
    keyboard.press("Enter")


def exchange_by_stick(keyboard: Keyboard, stick: Path) -> None:
    """The folder is typed into the dialog as a person types it."""
    keyboard.press("Ctrl+8")
    keyboard.reach("写入并读取 U 盘")

    press = keyboard.focus

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        field = dialog.findChild(QLineEdit) if isinstance(dialog, QFileDialog) else None
        if not isinstance(dialog, QFileDialog) or field is None:
            QTimer.singleShot(0, choose)
            return
        field.setText(str(stick))
        dialog.accept()

    QTimer.singleShot(0, choose)
    QTest.keyClick(press, Qt.Key.Key_Return)
    keyboard.window.activateWindow()
    QTest.qWaitForWindowActive(keyboard.window)
    settle(keyboard.window)


def test_a_second_day_from_the_open_hearing_to_the_stick_and_back_behind_the_lock(
    yesterday: tuple[Keyboard, CaseId, PaperCounty], tmp_path: Path
) -> None:
    keyboard, case, county = yesterday
    unlock(keyboard)
    go_on_hearing(keyboard)
    heard = case_now(keyboard, case).hearings[0]
    assert heard.closed
    assert [(turn.speaker, turn.text) for turn in heard.turns][:4] == [
        ("李四", "借了九千，到期没还。"), ("张三", "我欠九千。"), ("张三", OFFER), ("李四", "行。"),
    ]  # fmt: skip
    assert heard.turns[1].corrected_from == ("我欠八千。",)
    agree(keyboard)
    agreed = signed(keyboard, case)
    assert [(str(each.due_on), each.amount) for each in agreed.obligations] == [
        ("2026-03-31", 300_000), ("2026-04-30", 300_000), ("2026-05-31", 300_000),
    ]  # fmt: skip
    text = squeezed("".join(PdfFile(issue(keyboard, tmp_path / "papers").read_bytes()).bodies))
    assert squeezed("玖仟元整") in text
    assert "2026年4月30日" in text
    perform(keyboard)
    found = case_now(keyboard, case)
    (payment,), (visit,) = found.payments, found.follow_ups
    assert (payment.amount, str(payment.paid_on), payment.method) == (200_000, "2026-03-09", "现金")
    assert (visit.visited, visit.satisfaction) == ("李四", "满意")
    (tmp_path / "stick").mkdir()
    exchange_by_stick(keyboard, tmp_path / "stick")
    assert county.asked == ["stick stick"]
    keyboard.press("Ctrl+L")
    assert keyboard.window.house is None
    unlock(keyboard)
    assert len(case_now(keyboard, case).papers) == 1


def signed(keyboard: Keyboard, case: CaseId) -> Agreement:
    """The agreement in force; what still blocks is shown where it is not."""
    found = case_now(keyboard, case)
    house = keyboard.window.house
    assert house is not None
    told = getattr(house.page, "told", None)
    assert found.status is CaseStatus.SIGNED, told.words.text() if told else found.status
    assert found.agreement is not None
    return found.agreement
