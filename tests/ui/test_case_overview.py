"""The first tab of a case: its course, its people behind masks, facts, papers, deadlines, where it may go next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from mediator.casework import intake, performing, printing, reading
from mediator.casework.performing import FollowUpForm
from mediator.casework.reading import Happening
from mediator.core.codes import CaseStatus
from mediator.core.findings import Severity
from mediator.core.records import CaseId
from mediator.ui.pages.case_course import Course
from mediator.ui.pages.case_page import CasePage
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import an_application, desk_of, page_of

ID_NUMBER = "110101199003074477"
AGENT = {"ref": "c", "side": "agent", "kind": "person", "name": "钱代理", "acts_for": "a", "authorization": "general"}
PARTIES = [
    {"ref": "a", "side": "applicant", "kind": "person", "name": "李四", "sex": "male", "birth_date": "1990-03-07",
     "ethnicity": "汉族", "id_number": ID_NUMBER, "phone": "13912345678", "address": "缙云县壶镇镇湖川村三组5号"},
    {"ref": "b", "side": "respondent", "kind": "organization", "name": "路桥公司", "legal_representative": "孙某"},
]  # fmt: skip


def overview(window: Window, **fields: object) -> tuple[CaseId, CasePage]:
    """The page of a new case."""
    case = taken_in(desk_of(window), a_document(**fields))
    return case, page_of(window, CasePage, case)


def test_facts_and_requests_are_read_as_one_text(window: Window) -> None:
    _, page = overview(window, facts="路窄，车进不来。", requests="让出一米二。")
    assert page.overview.facts.toPlainText() == "路窄，车进不来。\n\n请求：让出一米二。"
    _, page = overview(window, facts="路窄。", requests="")
    assert page.overview.facts.toPlainText() == "路窄。"


def test_the_course_tells_what_was_done_and_never_what_was_written(window: Window) -> None:
    case, page = overview(window, facts="厕所挡路。")
    desk = desk_of(window)
    intake.save_case(desk, case, reading.reread(desk, case).seen, {"facts": "三棵树也挡路。"})
    settle(window)
    lines = [page.overview.course.item(row).text() for row in range(page.overview.course.count())]
    assert lines
    assert all(line.startswith("2026-03-09 09:30\n") for line in lines)
    assert not any("厕所" in line or "三棵树" in line for line in lines)


def test_the_course_says_how_often_and_on_which_computer(window: Window) -> None:
    an_application()
    course = Course(Look())
    at = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    course.show_course((Happening(at, "修改登记", here=False, times=3), Happening(at, "登记", here=True)))
    assert [course.item(row).text() for row in range(2)] == [
        "2026-03-09 09:30\n修改登记　3 次（另一台电脑）", "2026-03-09 09:30\n登记",
    ]  # fmt: skip
    course.resize(200, 120)
    course.show()
    picture = course.grab().toImage()
    accent = Look().colour("accent")
    found = {picture.pixelColor(x, y).name() for x in range(28) for y in range(60)}
    assert accent.lower() in found, "the newest point is not in the accent colour"


def test_people_are_told_in_full_on_their_tab_but_behind_masks(window: Window) -> None:
    _, page = overview(window, parties=[*PARTIES, AGENT])
    rows, people = page.people.rows, page.people
    assert people.person(rows.rows[0]) == "男，1990年3月7日生，汉族"
    assert people.more(rows.rows[1]) == "法定代表人孙某"
    assert people.more(rows.rows[2]) == "代理李四；一般授权"
    words = [str(rows.data(rows.index(0, column))) for column in range(rows.columnCount())]
    assert not any(secret in text for text in words for secret in (ID_NUMBER, "13912345678", "三组5号"))


def test_numbers_that_were_shown_hide_themselves_after_half_a_minute(window: Window) -> None:
    _, page = overview(window, parties=PARTIES)
    people = page.people
    people.why.setText("核对身份")
    people.reveal()
    settle(window)
    assert people.number(people.rows.rows[0]) == ID_NUMBER
    assert people.hiding.isActive()
    assert people.hiding.interval() == 30_000
    people.hiding.timeout.emit()
    assert people.number(people.rows.rows[0]) != ID_NUMBER


def test_a_deadline_says_why_to_whoever_rests_on_it(window: Window) -> None:
    _, page = overview(window, accepted_on="2026-03-01", hearings=[a_hearing()])
    rows = page.overview.deadlines
    assert rows.rowCount() >= 1
    why = rows.data(rows.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert why == rows.rows[0].explanation
    assert any("0" <= each <= "9" for each in why)


@pytest.mark.parametrize("reason", ["", "双方要求中止"])
def test_only_allowed_moves_are_offered_and_the_hint_says_whether_a_reason_is_needed(
    window: Window, reason: str
) -> None:
    case, page = overview(window, accepted_on="2026-03-01")
    target = page.overview.target
    offered = {target.itemData(row) for row in range(target.count())}
    assert CaseStatus.SIGNED.value not in offered, "signing is a deed of its own"
    needing = CaseStatus.TERMINATED
    target.show_value(needing.value)
    assert page.overview.reason.placeholderText() == "理由，必须写"
    page.overview.reason.setText(reason)
    page.overview.move_on()
    settle(window)
    moved = case_of(desk_of(window), case).status is needing
    assert moved == bool(reason)


def test_an_issued_paper_stands_on_the_page_and_enter_leads_to_the_papers(window: Window, tmp_path: Path) -> None:
    desk = desk_of(window)
    case = a_signed_case(desk)
    printing.make(desk, case, ["rights_notice"], formats=["pdf"], out=tmp_path, draft=False)
    title = next(info.title for info in printing.kinds() if info.id == "rights_notice")
    page = page_of(window, CasePage, case)
    assert [paper.title for paper in page.overview.papers.rows] == [title]
    keyboard = Keyboard(window)
    keyboard.reach("已签发的文书")
    keyboard.press("Down", "Enter")
    assert window.house is not None
    assert (window.house.page.name, window.house.page.case) == ("documents", case)


def test_a_visit_is_told_with_whom_and_how(window: Window) -> None:
    desk = desk_of(window)
    case = a_signed_case(desk)
    performing.record_follow_up(desk, case, FollowUpForm(desk.today(), "李调解", "李四", "按期收到", "满意"))
    page = page_of(window, CasePage, case)
    rows = page.agreement.visits
    assert [rows.data(rows.index(0, column)) for column in range(4)] == ["2026年3月9日", "李四", "按期收到", "满意"]


def test_a_warning_that_is_left_as_it_is_says_why_and_stands_grey_with_who(window: Window) -> None:
    draft = {name: value for name, value in an_agreement().items() if name not in {"signed_on", "copies"}}
    case, page = overview(window, accepted_on="2026-03-01", hearings=[a_hearing()], agreement=draft)
    pane = page.overview.reasoned
    row = next(row for row, each in enumerate(pane.list.shown) if each.severity is Severity.WARN)
    warned = pane.list.shown[row]
    pane.list.setCurrentRow(row)
    assert pane.line.isVisible()
    pane.line.typed.setText("双方坚持这样写")
    assert page.unkept()
    pane.line.give()
    settle(window)
    again = next(each for each in pane.list.shown if (each.rule, each.place) == (warned.rule, warned.place))
    assert (again.reason, again.by) == ("双方坚持这样写", "李调解")
    assert not page.unkept()
    assert [each.reason for each in case_of(desk_of(window), case).course.passed] == ["双方坚持这样写"]
