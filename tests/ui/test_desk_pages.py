"""Workbench, performance, exchange, settings: what they say is what is so, and what they do is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mediator.casework import hearing, intake, opening, reading
from mediator.casework.county import Enrolled, Exchanged, PastExchange, SyncState
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import CaseRow, RowQuery
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.errors import NoAccess, WorldFailed
from mediator.store.vault import Vault
from mediator.ui.pages.case_list import CaseListPage
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_desk, a_document, a_signed_case, a_workshop, case_of, taken_in
from tests.ui.keyboard import Keyboard, a_window, sit_down

NEW = "石桥下的流水 77 声"
WHEN = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


@dataclass
class PaperCounty:
    """A county that answers at once, stands where the real door stands, and remembers what was asked of it."""

    state: SyncState = field(default_factory=lambda: SyncState("d", "缙云县中心", "https://xian", "enrolled", 4, 0, 0))
    asked: list[str] = field(default_factory=list)
    fails: str = ""

    def by_network(self, vault: Vault, url: str) -> Exchanged:
        self.asked.append("network")
        if self.fails:
            raise WorldFailed(self.fails)
        past = PastExchange(WHEN, "network", 4, 2, "")
        self.state = replace(self.state, pending=0, receipts=1, last=past, history=(past,))
        return Exchanged(4, 2, 1, 0, 0, 900)

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        self.asked.append(f"stick {folder.name}")
        return Exchanged(4, 0, 0, 0, 4, 900)

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        self.asked.append(f"enroll {url} {code}")
        return Enrolled("d", "缙云县中心", "waiting", "482 913")

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        self.asked.append("enroll stick")
        return Enrolled("d", "缙云县中心", "requested", "482 913")

    def status(self, vault: Vault) -> SyncState:
        return self.state


@pytest.fixture
def county() -> PaperCounty:
    """One that has taken this desk in."""
    return PaperCounty()


@pytest.fixture
def empty(tmp_path: Path, county: PaperCounty) -> Iterator[Window]:
    """A window at an empty vault with a road to the county."""
    workshop = replace(a_workshop(), exchange=county)
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    made = a_window(workshop, tmp_path / "vault", tmp_path, look=Look())
    sit_down(made, desk)
    yield made
    made.close()
    settle(made)


def desk_of(window: Window) -> Desk:
    """The desk behind the window."""
    assert window.seat is not None
    return window.seat.desk


def go(window: Window, name: str, case: str = "") -> None:
    """Show a page."""
    assert window.house is not None
    window.house.go(name, case)
    settle(window)


def bench(window: Window) -> WorkbenchPage:
    """The workbench."""
    go(window, "workbench")
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, WorkbenchPage)
    return page


def money(window: Window, case: str = "") -> PerformancePage:
    """The page of payments and visits."""
    go(window, "performance", case)
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, PerformancePage)
    return page


def exchange_page(window: Window) -> SyncPage:
    """The page of the exchange."""
    go(window, "sync")
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, SyncPage)
    return page


def settings(window: Window) -> SettingsPage:
    """The settings."""
    go(window, "settings")
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, SettingsPage)
    return page


def test_an_empty_day_says_so_and_what_to_do_next(empty: Window) -> None:
    page = bench(empty)
    assert page.title.text() == "今日　3月9日 星期一"
    assert "今天没有安排" in page.empty.words.text()
    assert page.empty.isVisible()
    assert "还没有备份过" in page.backed.text()


def test_a_case_without_a_date_a_deadline_and_a_sitting_stand_on_the_workbench(empty: Window) -> None:
    desk = desk_of(empty)
    taken_in(desk, a_document(title="没有日子"))
    due = taken_in(desk, a_document(title="快到期", accepted_on="2026-02-10"))
    page = bench(empty)
    assert not page.empty.isVisible()
    assert [each.title for each in page.undated.rows] == ["没有日子"]
    (deadline,) = page.deadlines.rows
    assert (deadline.case, page.time_left(deadline), page.tone(deadline)) == (due, "剩 1 天", "soon")
    assert "次日起算" in deadline.deadline.explanation
    hearing.open_hearing(desk, due, HearingForm(desk.workshop.clock.now(), "镇调解室", ("李调解",), "何记录"))
    settle(empty)
    assert [each.title for each in page.hearings.rows] == ["快到期"]


def test_a_row_of_the_workbench_opens_by_enter(empty: Window) -> None:
    case = taken_in(desk_of(empty), a_document())
    page = bench(empty)
    keyboard = Keyboard(empty)
    keyboard.reach("没有下次日期的案件")
    keyboard.press("Down", "Enter")
    assert empty.house is not None
    assert (empty.house.page.name, empty.house.page.case) == ("case_page", case)
    assert page is not empty.house.page


def test_a_code_that_was_never_typed_back_is_asked_for_until_it_is(tmp_path: Path) -> None:
    workshop = a_workshop()
    made = opening.create(workshop, tmp_path / "vault", ROOM, PASSWORD)
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, made.desk)
    assert bench(window).recovery.isVisible()
    page = settings(window)
    assert page.recovery.typed.isVisible()
    page.recovery.typed.setText("1" * 48)
    page.recovery.confirm()
    settle(window)
    assert page.recovery.told.isVisible()
    page.recovery.typed.setText(made.recovery_code)
    page.recovery.confirm()
    settle(window)
    assert not page.recovery.typed.isVisible()
    assert not bench(window).recovery.isVisible()
    window.close()
    settle(window)


def test_a_part_of_a_sum_is_recorded_and_the_rest_stands_ready(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = money(empty, case)
    assert page.amount.text() == "3000.00"
    keyboard = Keyboard(empty)
    page.amount.setFocus()
    page.amount.selectAll()
    keyboard.type("1,000.00")
    page.paid_on.setText("2026年3月8日")
    page.method.setText("现金")
    page.pay()
    settle(empty)
    (payment,) = case_of(desk, case).payments
    assert (payment.amount, payment.paid_on, payment.method) == (100_000, date(2026, 3, 8), "现金")
    assert "已登记付款1,000.00元" in page.told.words.text()
    assert page.amount.text() == "2000.00"
    assert case_of(desk, case).status is CaseStatus.PERFORMING


def test_the_whole_sum_ends_it_and_a_visit_can_still_be_recorded(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = money(empty, case)
    page.pay()
    settle(empty)
    assert case_of(desk, case).status is CaseStatus.PERFORMED
    assert page.owed.rows == ()
    page.visited.setText("李四")
    page.satisfaction.setText("满意")
    page.visit()
    settle(empty)
    (visit,) = case_of(desk, case).follow_ups
    assert (visit.visited, visit.satisfaction, visit.visitor) == ("李四", "满意", "李调解")
    assert case_of(desk, case).status is CaseStatus.FOLLOWED_UP
    assert page.visited.text() == ""


@pytest.mark.parametrize(("amount", "day"), [("一千", "2026-03-08"), ("1000.00", "昨天")])
def test_a_slip_in_a_payment_is_told_and_what_was_typed_stays(empty: Window, amount: str, day: str) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = money(empty, case)
    page.amount.setText(amount)
    page.paid_on.setText(day)
    page.pay()
    settle(empty)
    assert page.told.isVisible()
    assert (page.amount.text(), page.paid_on.text()) == (amount, day)
    assert case_of(desk, case).payments == ()


def test_without_a_case_the_page_lists_what_is_due_in_two_weeks(empty: Window) -> None:
    desk = desk_of(empty)
    a_signed_case(desk)
    page = money(empty)
    assert page.owed.rows == (), "due on the first of April"
    assert page.all.isHidden()
    page.pay()
    page.visit()
    assert page.told.isVisible()


def test_one_press_exchanges_and_says_what_went_and_came(empty: Window, county: PaperCounty) -> None:
    page = exchange_page(empty)
    assert not page.joining.isVisible()
    assert "4" in page.waiting.text()
    keyboard = Keyboard(empty)
    keyboard.reach("现在同步")
    keyboard.press("Space")
    assert county.asked == ["network"]
    assert "送出 4 项，收到 2 项" in page.told.words.text()
    assert page.outcome(page.history.rows[0]) == "已完成"
    assert all(press.isEnabled() for press in page.pressed)


def test_a_road_that_is_closed_is_told_and_may_be_tried_again(empty: Window, county: PaperCounty) -> None:
    page = exchange_page(empty)
    county.fails = "network.unreachable"
    page.by_network()
    settle(empty)
    assert "连不上县中心" in page.told.words.text()
    assert all(press.isEnabled() for press in page.pressed)
    county.fails = ""
    page.by_network()
    settle(empty)
    assert county.asked == ["network", "network"]


def test_the_stick_may_be_pulled_out_only_when_it_is_said(empty: Window, county: PaperCounty, tmp_path: Path) -> None:
    page = exchange_page(empty)
    page.by_stick(tmp_path)
    settle(empty)
    assert county.asked == [f"stick {tmp_path.name}"]
    assert "拔出" in page.told.words.text()


def test_joining_shows_the_figures_that_are_compared_by_telephone(empty: Window, county: PaperCounty) -> None:
    county.state = replace(county.state, state="none")
    page = exchange_page(empty)
    assert page.joining.isVisible()
    page.url.setText(" https://xian ")
    page.code.setText("ABCD")
    page.join_network()
    settle(empty)
    assert county.asked == ["enroll https://xian ABCD"]
    assert "482 913" in page.told.words.text()


def test_a_case_in_conflict_is_listed_and_opens(empty: Window, tmp_path: Path) -> None:
    desk = desk_of(empty)
    other = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    case = taken_in(desk, a_document())
    stream = desk.vault.case(case).entries[0].stream
    other.vault.absorb(desk.vault.stream(stream))
    for each, word in ((desk, "甲"), (other, "乙")):
        intake.save_case(each, case, reading.reread(each, case).seen, {"title": word})
    desk.vault.absorb(other.vault.stream(stream))
    opening.lock(other)
    page = exchange_page(empty)
    assert [row.id for row in page.conflicts.rows] == [case]
    go(empty, "case_list")
    assert empty.house is not None
    cases = empty.house.page
    assert isinstance(cases, CaseListPage)
    cases.model.row_at(0)
    settle(empty)
    row = cases.model.row_at(0)
    assert row is not None
    assert (cases.state(row), cases.state_tone(row)) == ("冲突 1 处", "late")


def test_a_password_is_changed_and_the_old_one_opens_nothing(empty: Window) -> None:
    page = settings(empty)
    page.old.setText(PASSWORD)
    page.new.setText(NEW)
    page.again.setText(NEW + "一")
    page.change_password()
    assert "不一样" in page.password_told.words.text()
    page.again.setText(NEW)
    page.change_password()
    settle(empty)
    assert "密码已改" in page.password_told.words.text()
    assert (page.old.text(), page.new.text(), page.again.text()) == ("", "", "")
    folder = desk_of(empty).vault.folder
    Keyboard(empty).press("Ctrl+L")
    with pytest.raises(NoAccess):
        opening.unlock(a_workshop(), folder, None, PASSWORD)
    opening.lock(opening.unlock(a_workshop(), folder, None, NEW))


def test_a_user_is_let_in_and_his_key_is_taken_only_by_a_second_press(empty: Window) -> None:
    page = settings(empty)
    users = page.users
    assert not users.press.isVisible(), "nobody takes away his own key"
    for line, text in ((users.named, "王调解"), (users.login, "wang"), (users.password, NEW), (users.own, PASSWORD)):
        line.setText(text)
    users.add()
    settle(empty)
    assert "王调解" in users.known.text()
    assert users.password.text() == ""
    users.remove()
    settle(empty)
    assert "王调解（wang）" in users.known.text()
    assert "再按一次" in users.told.words.text()
    users.remove()
    settle(empty)
    assert "王调解" not in users.known.text()


def test_a_backup_is_written_opened_again_and_told(empty: Window, tmp_path: Path) -> None:
    page = settings(empty)
    (tmp_path / "stick").mkdir()
    page.back_up(tmp_path / "stick")
    settle(empty)
    assert "已备份并核对" in page.safety_told.words.text()
    assert "上次备份并核对" in page.last_backup.text()
    page.check(full=True)
    settle(empty)
    assert "保险库完好" in page.safety_told.words.text()


def test_a_backup_onto_nothing_is_told(empty: Window, tmp_path: Path) -> None:
    page = settings(empty)
    (tmp_path / "file").write_bytes(b"")
    page.back_up(tmp_path / "file")
    settle(empty)
    assert page.safety_told.isVisible()
    assert "还没有备份过" in page.last_backup.text()


def test_text_size_and_colours_are_chosen_by_keyboard(empty: Window) -> None:
    settings(empty)
    keyboard = Keyboard(empty)
    for words, look in (("size", Look("light", "large")), ("theme", Look("dark", "large"))):
        assert empty.house is not None
        page = empty.house.page
        assert isinstance(page, SettingsPage)
        page.take_look(words, look.size if words == "size" else look.theme)
        settle(empty)
        assert empty.preferences.look == look
    keyboard.press("Ctrl+1")
    assert empty.house is not None
    assert empty.house.page.name == "workbench"


def test_the_list_is_filtered_and_opened_by_keyboard_and_keeps_the_focus_where_it_is(empty: Window) -> None:
    desk = desk_of(empty)
    first = taken_in(desk, a_document(title="甲"))
    taken_in(desk, a_document(title="乙"))
    intake.accept(desk, first)
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    page.status.show_value(CaseStatus.ACCEPTED.value)
    page.ask()
    settle(empty)
    assert page.model.total == reading.count(desk, RowQuery((CaseStatus.ACCEPTED,))) == 1
    keyboard = Keyboard(empty)
    keyboard.press("Ctrl+K")
    intake.save_case(desk, first, reading.reread(desk, first).seen, {"origin": "来访"})
    settle(empty)
    assert keyboard.focus is empty.house.search
    page.table.setFocus()
    empty.grab()
    settle(empty)
    keyboard.press("Enter")
    assert (empty.house.page.name, empty.house.page.case) == ("case_page", first)


def test_rows_that_were_asked_for_another_filter_are_thrown_away(empty: Window) -> None:
    taken_in(desk_of(empty), a_document())
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    page.model.windows.clear()
    page.fetch(0)
    page.generation += 1
    settle(empty)
    assert page.model.windows == {}


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        ("", "", ""),
        ("2026-03-09", "今天", "soon"),
        ("2026-03-08", "逾期 1 天", "late"),
        ("2026-03-18", "剩 9 天", "calm"),
        ("2023-09-01", "2023-09-01", "late"),
    ],
)
def test_the_next_deadline_is_told_in_days(empty: Window, due: str, words: str, tone: str) -> None:
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    row = a_row(due)
    assert (page.due(row), page.tone(row)) == (words, tone)


def a_row(due: str) -> CaseRow:
    """A row with a day."""
    return CaseRow(
        CaseId("a"), "1", "借款", "people_mediation", CaseStatus.SIGNED, "合同", "李*", "李调解", "", due, "D06",
        0, 0, 0, 0, False,
    )  # fmt: skip
