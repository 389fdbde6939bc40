"""One case: what is shown, what stays masked, which deeds stand there, and choosing between two desks."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import intake, performing, reading
from mediator.casework.desk import Desk
from mediator.casework.performing import FollowUpForm
from mediator.core.codes import CaseStatus
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.journal.streams import desk_stream
from mediator.ui.pages.case_page import CasePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, a_signed_case, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import conflicting, rename

ID_NUMBER = "110101199003074477"


def a_party(**fields: str) -> dict[str, str]:
    """The applicant with what a test needs."""
    return {"ref": "a", "side": "applicant", "kind": "person", "name": "李四", **fields}


def desk_of(window: Window) -> Desk:
    """The desk behind the window."""
    assert window.seat is not None
    return window.seat.desk


def shown(window: Window, case: CaseId) -> CasePage:
    """The page of a case."""
    assert window.house is not None
    window.house.go("case_page", case)
    settle(window)
    page = window.house.page
    assert isinstance(page, CasePage)
    return page


def words_of(page: CasePage) -> list[str]:
    """The deeds that stand above."""
    return [name for name, press in page.deeds.items() if press.isVisibleTo(page)]


def traces(desk: Desk, kind: str) -> int:
    """How often the desk's own stream tells of a kind."""
    return sum(entry.kind == kind for entry in desk.vault.stream(desk_stream(desk.vault.desk)))


def test_looking_at_a_case_leaves_one_trace_however_often_it_is_painted(window: Window) -> None:
    case = taken_in(desk_of(window), a_document())
    before = traces(desk_of(window), "access.case_opened")
    page = shown(window, case)
    page.refresh(frozenset({case}))
    page.enter(case)
    settle(window)
    assert traces(desk_of(window), "access.case_opened") == before + 1
    assert page.title.text() == case_of(desk_of(window), case).number


@pytest.mark.threat("T10")
def test_numbers_are_masked_until_a_reason_stands_there_and_again_when_the_page_is_left(window: Window) -> None:
    desk = desk_of(window)
    parties = [
        a_party(id_number=ID_NUMBER, id_type="resident_id", phone="13800001234", address="湖川村甲12号"),
        {"ref": "b", "side": "respondent", "kind": "person", "name": "张三"},
    ]
    page = shown(window, taken_in(desk, a_document(parties=parties)))
    page.tabs.setCurrentIndex(1)
    masked = cells(page)
    assert ID_NUMBER not in masked
    assert "13800001234" not in masked
    assert "湖川村…" in masked
    keyboard = Keyboard(window)
    keyboard.reach("显示号码")
    keyboard.press("Space")
    assert ID_NUMBER not in cells(page), "no reason, no number"
    assert window.house is not None
    assert window.house.trouble.isVisible()
    page.people.why.setFocus()
    keyboard.type("核对身份")
    keyboard.press("Enter")
    assert {ID_NUMBER, "13800001234", "湖川村甲12号"} <= set(cells(page))
    assert traces(desk, "access.revealed") == 1
    assert page.people.hiding.isActive()
    page.people.hiding.timeout.emit()
    assert ID_NUMBER not in cells(page), "after half a minute"
    page.people.is_revealed()
    window.house.go("workbench")
    settle(window)
    assert ID_NUMBER not in cells(page)


def cells(page: CasePage) -> list[str]:
    """Every word of the table of people."""
    rows = page.people.rows
    return [column.words(row) for row in rows.rows for column in rows.columns]


@pytest.mark.parametrize(
    ("status", "deeds"),
    [
        (CaseStatus.REGISTERED, {"papers", "edit", "accept"}),
        (CaseStatus.ACCEPTED, {"papers", "agreement", "hear"}),
        (CaseStatus.WITHDRAWN, {"papers"}),
    ],
)
def test_only_deeds_that_the_state_allows_stand_above(window: Window, status: CaseStatus, deeds: set[str]) -> None:
    desk = desk_of(window)
    case = taken_in(desk, a_document())
    if status is CaseStatus.ACCEPTED:
        intake.accept(desk, case)
    elif status is not CaseStatus.REGISTERED:
        intake.move(desk, case, status, "当事人撤回")
    assert set(words_of(shown(window, case))) == deeds


def test_a_case_is_accepted_from_its_page(window: Window) -> None:
    case = taken_in(desk_of(window), a_document())
    page = shown(window, case)
    keyboard = Keyboard(window)
    keyboard.reach("受理")
    keyboard.press("Space")
    assert page.state.text() == "受理"
    assert "hear" in words_of(page)
    assert [each.label for each in page.overview.deadlines.rows] == ["首次调解", "调解期限"]


def test_a_move_that_needs_a_reason_keeps_what_was_typed_until_it_is_done(window: Window) -> None:
    desk = desk_of(window)
    case = taken_in(desk, a_document())
    page = shown(window, case)
    pane = page.overview
    pane.target.show_value(CaseStatus.NOT_ACCEPTED.value)
    assert "必须写" in pane.reason.placeholderText()
    pane.move_on()
    settle(window)
    assert case_of(desk, case).status is CaseStatus.REGISTERED
    pane.target.show_value(CaseStatus.NOT_ACCEPTED.value)
    pane.reason.setText("不属于民间纠纷")
    pane.move_on()
    settle(window)
    assert case_of(desk, case).status is CaseStatus.NOT_ACCEPTED
    assert pane.reason.text() == ""
    assert pane.course.item(0).text().endswith("改变办理状态：不予受理")


def test_an_archived_case_says_why_nothing_can_be_written(window: Window) -> None:
    desk = desk_of(window)
    case = taken_in(desk, a_document())
    intake.move(desk, case, CaseStatus.NOT_ACCEPTED, "不属于民间纠纷")
    intake.move(desk, case, CaseStatus.ARCHIVED)
    page = shown(window, case)
    assert page.readonly.isVisible()
    assert words_of(page) == ["papers"]


def test_the_record_of_a_sitting_and_the_agreement_can_be_read(window: Window) -> None:
    case = a_signed_case(desk_of(window))
    page = shown(window, case)
    assert page.tabs.tabText(2) == "调解 1"
    assert "李四：请还钱。\n张三：同意四月一日前还。" in page.records.record.toPlainText()
    assert "一次性归还" in page.agreement.words.toPlainText()
    assert page.agreement.signed.text() == "已生效，不能再改"


def test_what_is_paid_and_what_is_still_open_is_told_in_words(window: Window) -> None:
    desk = desk_of(window)
    case = a_signed_case(desk)
    page = shown(window, case)
    owed = case_of(desk, case).agreement
    assert owed is not None
    obligation = owed.obligations[0]
    assert page.agreement.performed(page.agreement.obligations.rows[0]) == "还没有履行"
    performing.record_payment(desk, case, obligation.id, amount=Fen(100_000), paid_on=desk.today())
    settle(window)
    assert page.agreement.performed(page.agreement.obligations.rows[0]) == "还差 2,000.00元"
    performing.record_follow_up(desk, case, FollowUpForm(desk.today(), "李调解", "李四", "已付一部分", "满意"))
    settle(window)
    assert [each.visited for each in page.agreement.visits.rows] == ["李四"]


def test_a_slip_of_a_payment_is_voided_with_a_reason_and_stays_to_be_seen(window: Window) -> None:
    desk = desk_of(window)
    case = a_signed_case(desk)
    agreement = case_of(desk, case).agreement
    assert agreement is not None
    performing.record_payment(desk, case, agreement.obligations[0].id, amount=Fen(300_000), paid_on=desk.today())
    page = shown(window, case)
    page.tabs.setCurrentIndex(3)
    page.agreement.payment_table.selectRow(0)
    page.agreement.void()
    settle(window)
    assert not case_of(desk, case).payments[0].voided, "no reason, no deed"
    page.agreement.why_void.setText("登记错了案件")
    page.agreement.payment_table.selectRow(0)
    page.agreement.void()
    settle(window)
    assert case_of(desk, case).payments[0].voided
    assert page.agreement.counts(page.agreement.payments.rows[0]) == "已作废"


def move_house(desk: Desk, case: CaseId, word: str) -> None:
    """Another birthday of the applicant."""
    opened = reading.reread(desk, case)
    day = "1990-03-07" if word == "本机" else "1990-03-17"
    intake.save_party(desk, case, opened.case.parties[0].id, opened.seen, {"birth_date": day})


def test_two_titles_stand_side_by_side_and_one_is_chosen_by_keyboard(window: Window, tmp_path: Path) -> None:
    case = conflicting(window, tmp_path, rename)
    page = shown(window, case)
    assert page.conflicts.isVisible()
    (row,) = page.conflicts.rows
    assert {version.here for version in row.versions} == {True, False}
    keyboard = Keyboard(window)
    keyboard.reach("就用这个")
    keyboard.press("Space")
    assert page.conflicts.told.isVisible(), "without a choice nothing is written"
    place = next(place for place, version in enumerate(row.versions) if not version.here)
    row.group.button(place).setFocus()
    keyboard.press("Space")
    row.reason.setFocus()
    keyboard.type("打电话问过本人")
    keyboard.reach("就用这个")
    keyboard.press("Space")
    assert case_of(desk_of(window), case).title == "借款（别处）"
    assert not page.conflicts.isVisible()


def test_a_conflict_is_named_as_a_clerk_would_and_its_values_are_words(window: Window, tmp_path: Path) -> None:
    page = shown(window, conflicting(window, tmp_path, move_house))
    (row,) = page.conflicts.rows
    names = [row.group.button(place).accessibleName() for place in range(2)]
    assert sorted(names) == [
        "李四的出生日期，另一台电脑的：1990年3月17日",
        "李四的出生日期，本机的：1990年3月7日",
    ]


def test_what_somebody_is_choosing_stands_while_other_things_change(window: Window, tmp_path: Path) -> None:
    case = conflicting(window, tmp_path, rename)
    page = shown(window, case)
    row = page.conflicts.rows[0]
    row.group.button(0).setChecked(True)
    row.reason.setText("写到一半")
    desk = desk_of(window)
    intake.save_case(desk, case, reading.reread(desk, case).seen, {"origin": "来访"})
    settle(window)
    assert page.conflicts.rows[0] is row
    assert (row.group.checkedId(), row.reason.text()) == (0, "写到一半")


def test_a_finding_leads_to_the_form_or_to_the_composer(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(hearings=[a_hearing()]))
    page = shown(window, case)
    went: list[str] = []
    assert window.seat is not None
    window.seat.went.disconnect()
    window.seat.went.connect(lambda name, _case: went.append(name))
    page.point("parties.0.id_number")
    page.point("clauses.1")
    assert went == ["intake", "composer"]
