"""Signing by keyboard: open warnings ask for one reason in the page itself, one at a time in the list before it."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import checking, passing
from mediator.core.codes import CaseStatus
from mediator.core.findings import Finding, Severity
from mediator.core.records import Case, CaseId
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pieces.findings import below
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, full_disk, page_of

WHY = "双方都认识，证件以后补。"


def composing(window: Window) -> tuple[CaseId, ComposerPage]:
    """The composer about a draft with warnings and no block."""
    case = taken_in(desk_of(window), a_document(hearings=[a_hearing()], agreement=an_agreement(copies=2)))
    return case, page_of(window, ComposerPage, case)


def kept(window: Window, case: CaseId) -> Case:
    """The case as it stands."""
    return case_of(desk_of(window), case)


def warned(window: Window, case: CaseId) -> tuple[Finding, ...]:
    """Open warnings."""
    return checking.open_warnings(desk_of(window), kept(window, case))


def press_sign(window: Window, page: ComposerPage) -> Keyboard:
    """定稿签订 by keyboard."""
    page.checks.to_sign.setFocus()
    keyboard = Keyboard(window)
    keyboard.press("Enter")
    return keyboard


def test_signing_asks_once_for_the_open_warnings_and_keeps_the_reason(window: Window) -> None:
    case, page = composing(window)
    before = warned(window, case)
    assert len(before) > 1
    keyboard = press_sign(window, page)
    assert not kept(window, case).agreement.is_signed  # type: ignore[union-attr]  # it has one
    assert {each.rule for each in page.checks.open.shown} == {each.rule for each in before}
    assert all(each.severity is Severity.WARN for each in page.checks.open.shown)
    assert (page.checks.open.isVisible(), page.checks.findings.isVisible()) == (True, False)
    assert keyboard.focus is page.checks.reason.typed
    keyboard.press("Enter")  # no reason, no signing
    assert kept(window, case).course.passed == ()
    keyboard.type(WHY)
    keyboard.press("Enter")
    signed = kept(window, case)
    assert (signed.status, signed.agreement.is_signed) == (CaseStatus.SIGNED, True)  # type: ignore[union-attr]
    assert [(each.reason, each.by) for each in signed.course.passed] == [(WHY, "李调解")] * len(before)
    assert "已签订" in page.told.words.text()
    shown = [each for each in page.checks.findings.list.shown if each.severity is Severity.WARN]
    assert all(f"不改的理由：{WHY}（李调解）" in below(each) for each in shown)
    assert not page.checks.findings.line.isVisible()


def test_escape_gives_the_signing_up_and_leaves_nothing(window: Window) -> None:
    case, page = composing(window)
    keyboard = press_sign(window, page)
    keyboard.type("不算数")
    keyboard.press("Escape")
    assert (page.checks.open.isVisible(), page.checks.findings.isVisible()) == (False, True)
    assert keyboard.focus is page.checks.to_sign
    assert kept(window, case).course.passed == ()
    assert press_sign(window, page).focus.property("text") == ""


def test_space_in_the_list_answers_for_one_warning_and_enter_keeps_it(window: Window) -> None:
    case, page = composing(window)
    before = len(warned(window, case))
    found = page.checks.findings
    row = next(row for row, each in enumerate(found.list.shown) if each.rule == "V34")
    found.list.setFocus()
    found.list.setCurrentRow(row)
    keyboard = Keyboard(window)
    keyboard.press("Space")
    assert keyboard.focus is found.line.typed
    keyboard.type("只要两份")
    keyboard.press("Enter")
    assert [(each.rule, each.reason) for each in kept(window, case).course.passed] == [("V34", "只要两份")]
    assert len(warned(window, case)) == before - 1
    passed = next(each for each in found.list.shown if each.rule == "V34")
    assert found.list.item(found.list.shown.index(passed)).text().startswith("【已说明】")
    assert found.list.hasFocus()


def test_nothing_is_asked_about_blocks_hints_and_what_was_passed_over(window: Window) -> None:
    case, page = composing(window)
    passing.pass_over(desk_of(window), case, "V34", reason="只要两份")
    settle(window)
    found = page.checks.findings
    for row, each in enumerate(found.list.shown):
        found.list.setCurrentRow(row)
        assert found.line.isVisible() == (each.severity is Severity.WARN and each.rule != "V34")


def test_a_signed_agreement_asks_for_no_reason(window: Window) -> None:
    page = page_of(window, ComposerPage, a_signed_case(desk_of(window)))
    found = page.checks.findings
    assert found.list.count()
    for row in range(found.list.count()):
        found.list.setCurrentRow(row)
        assert not found.line.isVisible()


def test_a_disk_that_refuses_the_signing_keeps_no_reason_and_says_so(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, page = composing(window)
    keyboard = press_sign(window, page)
    keyboard.type(WHY)
    with monkeypatch.context() as broken:
        full_disk(broken, desk_of(window).vault, "append")
        keyboard.press("Enter")
    assert kept(window, case).course.passed == ()
    assert kept(window, case).agreement.signed_on == date(2026, 3, 5)  # type: ignore[union-attr]  # as drafted
    assert page.told.isVisible()
