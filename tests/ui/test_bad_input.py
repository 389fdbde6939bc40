"""What nobody should type or paste, and somebody does: each has its sentence, and nothing is lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit

from mediator.casework import hearing, opening
from mediator.casework.desk import Workshop
from mediator.core.records import CaseId
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.intake_party import PartyCard
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.pieces.fields import looks_like_day, read_day
from mediator.ui.pieces.moments import typed_sum
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, StillClock, a_document, a_signed_case, case_of, taken_in
from tests.ui.doors import close
from tests.ui.keyboard import Keyboard, a_window
from tests.ui.scenes import a_sitting, desk_of, full_disk, page_of, turns

MEGABYTE = "他说路是我修的，我说地是我的。" * (1_000_000 // 45)
STALL_S = 1.0


def clip(data: QMimeData | str) -> None:
    """Something lies in the clipboard."""
    if isinstance(data, str):
        QGuiApplication.clipboard().setText(data)
    else:
        QGuiApplication.clipboard().setMimeData(data)


def a_picture() -> QMimeData:
    """As a screenshot lies there."""
    sheet = QImage(40, 40, QImage.Format.Format_RGB32)
    sheet.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(sheet)
    return data


def marked_up() -> QMimeData:
    """As a browser copies: markup beside plain words, a link, a script."""
    data = QMimeData()
    data.setHtml("<b>欠</b><script>alert(1)</script><img src='http://x/y.png'>五千")
    data.setText("<b>欠</b>五千")
    data.setUrls([QUrl("http://x/y.png")])
    return data


def test_a_megabyte_pasted_into_a_hearing_stays_in_the_line_with_its_sentence_and_holds_nobody_up(
    window: Window,
) -> None:
    case, _, page = a_sitting(window)
    keyboard = Keyboard(window)
    clip(MEGABYTE)
    began = time.thread_time()
    keyboard.press("Ctrl+V")
    assert time.thread_time() - began < STALL_S
    keyboard.press("Enter")
    told = turns(window, case)
    kept = page.record.input.words
    assert MEGABYTE in ("".join(told), kept), "neither kept nor left standing"
    assert told or window.house.trouble.isVisible()  # type: ignore[union-attr]  # somebody sits there
    keyboard.press("Ctrl+A")
    keyboard.type("重新打的一句")
    keyboard.press("Enter")
    assert turns(window, case)[-1] == "重新打的一句"


@pytest.mark.parametrize("paste", [a_picture, marked_up])
def test_a_picture_is_no_word_and_markup_is_only_words(window: Window, paste: Callable[[], QMimeData]) -> None:
    case, _, _ = a_sitting(window)
    keyboard = Keyboard(window)
    keyboard.type("前")
    clip(paste())
    keyboard.press("Ctrl+V")
    keyboard.type("后")
    keyboard.press("Enter")
    (said,) = turns(window, case)
    assert said in {"前后", "前<b>欠</b>五千后"}
    assert ("欠" in said) == (paste is marked_up)


def test_a_megabyte_of_facts_is_told_and_stays_until_it_is_shorter(window: Window) -> None:
    page = page_of(window, IntakePage)
    facts = page.fields["facts"]
    keyboard = Keyboard(window)
    facts.setFocus()
    clip(MEGABYTE)
    keyboard.press("Ctrl+V")
    page.leave()
    settle(window)
    saved = case_of(desk_of(window), CaseId(page.registration.case)) if page.registration.case else None
    assert facts.text == MEGABYTE
    assert (saved is not None and saved.facts == MEGABYTE) or page.unkept()
    facts.setFocus()
    keyboard.press("Ctrl+A")
    keyboard.type("短了")
    page.leave()
    settle(window)
    assert case_of(desk_of(window), CaseId(page.registration.case)).facts == "短了"


def test_a_name_of_forty_characters_is_kept_whole_and_shown_whole(window: Window) -> None:
    name = "阿卜杜热合曼·买买提依明·艾合麦提江·吐尔逊·阿不都克里木·依米提·玉素甫江·亚森"[:40]
    case = taken_in(
        desk_of(window),
        a_document(parties=[{"ref": "a", "side": "applicant", "kind": "person", "name": name}]),
    )
    page = page_of(window, IntakePage, case)
    line = page.findChildren(PartyCard)[0].fields["name"]
    assert line.text == name
    assert case_of(desk_of(window), case).parties[0].name == name


@pytest.mark.parametrize(
    ("typed", "day"),
    [("0202-3-5", None), ("2026-13-5", None), ("2026-2-30", None), ("20260305", "2026-03-05"),
     ("２０２６－３－５", "2026-03-05"), ("2026年3月5日", "2026-03-05"), ("9026-3-5", None)],
)  # fmt: skip
def test_a_year_that_nobody_lived_in_is_a_slip_of_the_hand(typed: str, day: str | None) -> None:
    found = read_day(typed)
    assert (found.isoformat() if found else None) == day


def test_a_day_in_words_is_no_slip() -> None:
    assert not looks_like_day("2026年底前")
    assert looks_like_day("0202-3-5")


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("5000", 500000), ("5,000.00", 500000), ("5，000", 500000), ("５０００", 500000), ("5000元", 500000),
     ("1.2万", 1200000), ("３万元", 3000000), ("叁仟元整", 300000), ("人民币5,500元", 550000)],
)  # fmt: skip
def test_a_sum_is_read_as_people_write_it(typed: str, fen: int) -> None:
    assert typed_sum(typed) == fen


@pytest.mark.parametrize("typed", ["", "五千左右吧", "5000-6000", "-3", "1e5", "∞", "5000.005"])
def test_what_is_no_sum_is_told_and_stays(window: Window, typed: str) -> None:
    case = a_signed_case(desk_of(window))
    page = page_of(window, PerformancePage, case)
    keyboard = Keyboard(window)
    keyboard.reach("金额（元）")
    keyboard.press("Ctrl+A")
    keyboard.press("Delete")
    keyboard.type(typed)
    keyboard.reach("登记付款")
    keyboard.press("Enter")
    assert case_of(desk_of(window), case).payments == ()
    assert any(typed == each.text() for each in page.findChildren(QLineEdit))


def test_the_payment_plan_takes_ten_thousands_and_refuses_the_year_0202(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(accepted_on="2026-03-01"))
    page = page_of(window, ComposerPage, case)
    plan = page.payments
    for typed, due, count in (("1.2万", "0202-3-5", 0), ("1.2万", "2026-4-5", 1)):
        plan.amount.setText(typed)
        plan.due.setText(due)
        plan.add()
        settle(window)
        made = case_of(desk_of(window), case).agreement
        assert len(made.obligations if made else ()) == count
        assert bool(plan.told.words.text()) == (count == 0)
    assert case_of(desk_of(window), case).agreement.obligations[0].amount == 1_200_000  # type: ignore[union-attr]


def test_a_clock_that_was_set_back_keeps_the_order_of_what_was_said(window: Window, clock: StillClock) -> None:
    case, _, _ = a_sitting(window)
    keyboard = Keyboard(window)
    own = desk_of(window).workshop.clock
    assert isinstance(own, StillClock)
    for words, hours in (("一", 0.0), ("二", -48.0), ("三", 1.0)):
        own.move(hours=hours)
        keyboard.type(words)
        keyboard.press("Enter")
    assert turns(window, case) == ["一", "二", "三"]


def test_a_second_start_is_told_who_has_it_open_and_changes_nothing(
    workshop: Workshop, locked: opening.Created, tmp_path: Path
) -> None:
    first = opening.unlock(workshop, tmp_path / "vault", "li", PASSWORD)
    keyboard = Keyboard(a_window(workshop, tmp_path / "vault", tmp_path))
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, UnlockPage)
    assert "打开" in page.told.words.text()
    assert keyboard.window.house is None
    before = first.vault.entry_count()
    opening.lock(first)
    keyboard.press("Ctrl+A")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert desk_of(keyboard.window).vault.entry_count() > before
    keyboard.window.lock(whatever=True)
    settle(keyboard.window)
    close(keyboard.window)


def test_a_vault_copied_onto_the_desktop_opens_as_it_was_copied_and_leaves_the_first_alone(
    workshop: Workshop, locked: opening.Created, tmp_path: Path
) -> None:
    (tmp_path / "桌面").mkdir()
    shutil.copytree(tmp_path / "vault", tmp_path / "桌面" / "vault - 副本")
    keyboard = Keyboard(a_window(workshop, tmp_path / "桌面" / "vault - 副本", tmp_path))
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    copied = desk_of(keyboard.window)
    assert copied.vault.folder.name == "vault - 副本"
    own = opening.unlock(workshop, tmp_path / "vault", "li", PASSWORD)
    assert own.vault.folder.name == "vault"
    opening.lock(own)
    keyboard.window.lock(whatever=True)
    settle(keyboard.window)
    close(keyboard.window)


def test_an_empty_folder_that_is_chosen_as_a_vault_leads_to_the_first_run(
    workshop: Workshop, locked: opening.Created, tmp_path: Path
) -> None:
    keyboard = Keyboard(a_window(workshop, tmp_path / "vault", tmp_path))
    keyboard.window.gate.go_elsewhere(tmp_path / "nothing")
    assert isinstance(keyboard.window.gate.currentWidget(), FirstRunPage)
    close(keyboard.window)


def test_a_disk_that_is_full_while_one_types_keeps_the_words_on_the_page_and_says_so(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _, page = a_sitting(window)
    keyboard = Keyboard(window)
    with monkeypatch.context() as patched:
        full_disk(patched, hearing, "record_turn")
        keyboard.type("磁盘满的时候说的话")
        keyboard.press("Enter")
        assert turns(window, case) == []
    assert "磁盘满的时候说的话" in page.record.input.words
    keyboard.press("Enter")
    assert turns(window, case) == ["磁盘满的时候说的话"]
