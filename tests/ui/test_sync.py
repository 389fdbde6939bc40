"""The exchange: both roads, joining, conflicts; what failed is told and may be tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mediator.casework import intake, opening, reading
from mediator.casework.county import Damaged, Exchanged
from mediator.ui.pages.case_list import CaseListPage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_desk, a_document, a_workshop, taken_in
from tests.ui.counties import PaperCounty
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, go, page_of

NEW = "石桥下的流水 77 声"
WHEN = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


def test_one_press_exchanges_and_says_what_went_and_came(empty: Window, county: PaperCounty) -> None:
    page = page_of(empty, SyncPage)
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
    page = page_of(empty, SyncPage)
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
    page = page_of(empty, SyncPage)
    page.by_stick(tmp_path)
    settle(empty)
    assert county.asked == [f"stick {tmp_path.name}"]
    assert "读回核对，U 盘可以拔出了" in page.told.words.text()


@pytest.mark.parametrize(
    ("code", "said", "unsaid"),
    [
        ("stick.full", "没有往 U 盘上写东西，可以拔出", "已写好"),
        ("stick.read_only", "没有往 U 盘上写东西，可以拔出", "已写好"),
        ("stick.gone", "U 盘或者文件夹不见了", "可以拔出"),
    ],
)
def test_a_stick_that_took_nothing_is_not_said_to_be_written(
    empty: Window, county: PaperCounty, tmp_path: Path, *, code: str, said: str, unsaid: str
) -> None:
    page = page_of(empty, SyncPage)
    county.stick = Exchanged(0, 2, 1, 0, 4, 0, code, lacking=12_000_000 if code == "stick.full" else 0)
    page.by_stick(tmp_path)
    settle(empty)
    words = page.told.words.text()
    assert (said in words, unsaid in words) == (True, False)
    assert ("U 盘还差12 MB" in words) == (code == "stick.full")


def test_a_folder_in_which_nothing_lies_for_us_is_said_so(empty: Window, county: PaperCounty, tmp_path: Path) -> None:
    page = page_of(empty, SyncPage)
    page.by_stick(tmp_path)
    settle(empty)
    assert "U 盘上没有县里给本室的新内容" in page.told.words.text()
    county.stick = replace(county.stick, receipts=1)
    page.by_stick(tmp_path)
    settle(empty)
    assert "没有县里给本室的新内容" not in page.told.words.text()


def test_what_was_passed_over_on_a_stick_is_named(empty: Window, county: PaperCounty, tmp_path: Path) -> None:
    broken = (Damaged("A1.mmb", "bundle.signature"),)
    county.stick = Exchanged(4, 0, 0, 0, 4, 900, damaged=broken, foreign=2, set_aside=1)
    page = page_of(empty, SyncPage)
    page.by_stick(tmp_path)
    settle(empty)
    words = page.told.words.text()
    assert all(each in words for each in ("A1.mmb", "2个文件是别的县中心的", "1条记录不合格式", "拔出"))


def test_joining_shows_the_figures_that_are_compared_by_telephone(empty: Window, county: PaperCounty) -> None:
    county.state = replace(county.state, state="none")
    page = page_of(empty, SyncPage)
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
    page = page_of(empty, SyncPage)
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


def test_a_receipt_slip_is_scanned_into_a_line_and_counted(empty: Window, county: PaperCounty) -> None:
    page = page_of(empty, SyncPage)
    page.receipt.line.setFocus()
    keyboard = Keyboard(empty)
    keyboard.type("nichts")
    keyboard.press("Return")
    settle(empty)
    assert "不是县中心的回执码" in page.receipt.told.words.text()
    assert page.receipt.line.text() == "nichts", "one wrong group can be mended"
    page.receipt.line.setText("R1ABC")
    keyboard.press("Return")
    settle(empty)
    assert county.asked == ["slip nichts", "slip R1ABC"]
    assert "收到本机第 40 条以前的全部内容" in page.receipt.told.words.text()
    assert page.receipt.line.text() == ""


def test_the_slip_that_goes_with_a_stick_is_written_once_there_is_something_on_it(
    empty: Window, county: PaperCounty, tmp_path: Path
) -> None:
    page = page_of(empty, SyncPage)
    assert not page.hand_over.isEnabled()
    page.by_stick(tmp_path)
    settle(empty)
    assert page.hand_over.isEnabled()
    page.write_handover(tmp_path)
    settle(empty)
    (paper,) = tmp_path.glob("U 盘交接单*.pdf")
    assert paper.name in page.told.words.text()
