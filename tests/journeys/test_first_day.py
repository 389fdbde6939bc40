"""The first day at a new desk, by keyboard alone: from an empty machine to a printed agreement."""

from __future__ import annotations

from pathlib import Path

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.screenshots import settle
from tests.casework.desks import a_workshop
from tests.journeys.counted import Counted
from tests.ui.keyboard import Keyboard, a_window, tick

SECRET = "湖川村口三棵树下见面"
WORDS = ("厕所是前年花钱修的，白白让出来不行。", "我想一次了断。", "五千元，十五日前付清。")


def first_run(keyboard: Keyboard) -> None:
    """Five steps; the code is read off the screen and typed back."""
    keyboard.fill("缙云县壶镇镇人民调解委员会")
    keyboard.type("331122101")
    keyboard.press("Enter")
    keyboard.fill("陈建国")
    keyboard.type("chen")
    keyboard.press("Enter")
    keyboard.fill(SECRET)
    keyboard.type(SECRET)
    keyboard.press("Enter")
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, FirstRunPage)
    assert page.step == "recovery", page.told.words.text()
    code = page.code.toPlainText()
    keyboard.type("1" * 48)
    keyboard.press("Enter")
    assert page.step == "recovery", "a wrong code must not be taken"
    page.typed.selectAll()
    keyboard.type(code.replace("\n", " ").replace("　", " "))
    keyboard.press("Enter")
    assert page.step == "begin", page.told.words.text()
    keyboard.reach("开始使用")
    keyboard.press("Space")


def register(keyboard: Keyboard) -> None:
    """Two people and their quarrel."""
    keyboard.press("Ctrl+N")
    keyboard.type("吴某斌")
    keyboard.reach("住址")
    keyboard.type("湖川村")
    keyboard.press("Tab")
    keyboard.reach("姓名 *")
    keyboard.type("吴某强")
    keyboard.reach("事由")
    keyboard.type("街巷硬化占地")
    keyboard.reach("纠纷类型 *")
    keyboard.type("邻里纠纷")
    keyboard.reach("事实 *")
    keyboard.type("湖川村街巷硬化，吴某斌门口路面不够宽，被吴某强家的厕所和三棵树挡住。")
    keyboard.reach("受理")
    keyboard.press("Space")


def hear(keyboard: Keyboard) -> None:
    """A sitting: three people speak, the record is read out and closed."""
    keyboard.press("Ctrl+H")
    keyboard.press("Enter")
    keyboard.fill("一楼调解室")
    keyboard.press("Enter")
    for key, words in zip(("F3", "F2", "F1"), WORDS, strict=True):
        keyboard.press(key)
        keyboard.type(words)
        keyboard.press("Enter")
    keyboard.press("Ctrl+8", "Enter")
    keyboard.reach("结束并签字")
    keyboard.press("Space")
    keyboard.type("结束")
    keyboard.press("Enter")


def compose(keyboard: Keyboard) -> None:
    """Clauses, one payment, copies, then signing."""
    keyboard.reach("写协议")
    keyboard.press("Space")
    keyboard.press("Ctrl+Return")
    keyboard.type("吴某斌于2026年4月1日前付给吴某强人民币5,000.00元（大写：伍仟元整）。")
    keyboard.press("Ctrl+Return")
    keyboard.type("双方就此纠纷再无争议。")
    keyboard.reach("定稿签订")


def test_a_newcomer_gets_from_an_empty_machine_to_a_printed_agreement_by_keyboard(tmp_path: Path) -> None:
    the_newcomers_way(tmp_path)


def the_newcomers_way(tmp_path: Path) -> None:
    """All of it, in a folder where nothing lies."""
    workshop = a_workshop()
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    keyboard = Counted(window, "新手的第一份协议")
    first_run(keyboard)
    assert window.house is not None
    register(keyboard)
    assert window.seat is not None
    desk = window.seat.desk
    row = reading.rows(desk, RowQuery())[0]
    assert row.status is CaseStatus.ACCEPTED
    hear(keyboard)
    case = reading.reread(desk, row.id).case
    assert [turn.text for turn in case.hearings[0].turns][:3] == list(WORDS)
    assert case.hearings[0].closed
    assert [turn.speaker for turn in case.hearings[0].turns][:3] == ["吴某强", "吴某斌", "陈建国"]
    compose(keyboard)
    pay_and_sign(keyboard, desk_case=row.id)
    signed = reading.reread(desk, CaseId(row.id)).case
    assert signed.status is CaseStatus.SIGNED
    paper = print_it(keyboard, tmp_path / "papers")
    text = squeezed("".join(PdfFile(paper.read_bytes()).bodies))
    for words in ("吴某斌", "吴某强", "5,000.00元", "伍仟元整", "2026年4月1日", "双方就此纠纷再无争议"):
        assert words in text
    window.close()
    settle(window)


def pay_and_sign(keyboard: Keyboard, *, desk_case: str) -> None:
    """The payment plan on its own tab, then the last words and the signature."""
    page = keyboard.window.house
    assert page is not None
    assert page.page.case == desk_case
    keyboard.reach("加一条")
    keyboard.press("Shift+Tab")
    keyboard.press("Right")
    keyboard.reach("付款人")
    choose(keyboard, "吴某斌")
    keyboard.reach("收款人")
    choose(keyboard, "吴某强")
    keyboard.reach("金额（元）")
    keyboard.type("5000.00")
    keyboard.reach("期限")
    keyboard.type("2026-04-01")
    keyboard.reach("方式")
    keyboard.type("银行转账")
    keyboard.reach("加一笔")
    keyboard.press("Space")
    keyboard.press("Shift+Tab")
    while keyboard.focus.metaObject().className() != "QTabBar":
        keyboard.press("Shift+Tab")
    keyboard.press("Right")
    for name, words in (("争议事项", "让出路面的补偿数额。"), ("各方责任", "双方对通行均有容忍义务。"),
                        ("签订地点", "一楼调解室"), ("一式几份", "3")):  # fmt: skip
        keyboard.reach(name)
        keyboard.type(words)
    keyboard.reach("定稿签订")
    keyboard.press("Space")
    keyboard.type("双方都是本村人，证件以后补。")  # the one line that asks about all warnings
    keyboard.press("Enter")


def choose(keyboard: Keyboard, words: str) -> None:
    """One of a list, by the arrows."""
    for key in ("Home", "Down", "Down"):
        if keyboard.focus.property("currentText") == words:
            return
        keyboard.press(key)
    assert keyboard.focus.property("currentText") == words


def print_it(keyboard: Keyboard, folder: Path) -> Path:
    """Tick the agreement, name the folder, issue."""
    keyboard.reach("去打印")
    keyboard.press("Space")
    tick(keyboard, "人民调解协议书")
    keyboard.reach("存到哪里")
    keyboard.press("Ctrl+A")
    keyboard.type(str(folder))
    keyboard.reach("签发选中的")
    keyboard.press("Space")
    made = list(folder.glob("*.pdf"))
    assert len(made) == 1, [str(each) for each in folder.iterdir()] if folder.exists() else "nothing was written"
    return made[0]
