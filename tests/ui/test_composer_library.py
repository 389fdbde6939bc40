"""The library in the composer, by keyboard alone: chosen, filled in, read in plain words, added, filled in anew."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from mediator.casework import agreement, compiling
from mediator.core.clauses import library
from mediator.core.records import Agreement, CaseId
from mediator.ui import tokens
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.composer_slots import PartiesBox
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in
from tests.ui.eyes import cut_off
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, full_disk, page_of
from tests.ui.test_every_page import long_words


def composing(window: Window, **changes: Any) -> tuple[CaseId, ComposerPage, Keyboard]:
    """The composer about a fresh case of two parties, at the library."""
    case = taken_in(desk_of(window), a_document(**changes))
    page = page_of(window, ComposerPage, case)
    keyboard = Keyboard(window)
    keyboard.reach("从条款库选")
    keyboard.press("Enter")
    return case, page, keyboard


def drafted(window: Window, case: CaseId) -> Agreement:
    """What the vault holds."""
    return agreement.draft_of(case_of(desk_of(window), case))


def pick(page: ComposerPage, keyboard: Keyboard, template_id: str) -> None:
    """The arrows go through the list to a template."""
    for _ in range(page.library.choice.count()):
        if page.library.choice.value == template_id:
            return
        keyboard.press("Down")
    raise AssertionError(f"{template_id} is not in the list")


def write(keyboard: Keyboard, name: str, text: str) -> None:
    """Other words in a field."""
    keyboard.reach(name)
    keyboard.press("Ctrl+A")
    keyboard.type(text)


def test_a_clause_is_chosen_filled_in_read_and_added_by_keyboard(window: Window) -> None:
    case, page, keyboard = composing(window)
    assert keyboard.focus is page.library.choice
    pick(page, keyboard, "instalments")
    keyboard.reach("付款人")
    keyboard.press("Down")
    write(keyboard, "款项名称", "借款")
    write(keyboard, "总额", "9,000.00")
    write(keyboard, "各期日期：首期日期", "2026年4月30日")
    write(keyboard, "各期日期：共几期", "3")
    assert page.library.told.words.text() == "条款的“收款人”与另一方是同一人。"
    keyboard.reach("收款人")
    keyboard.press("Up")
    assert page.library.told.words.text().endswith("付款计划 3 笔，合计 9,000.00 元。")
    keyboard.reach("加进协议")
    keyboard.press("Enter")
    made = drafted(window, case)
    assert made.clauses[0].text.startswith("张三应当向李四支付借款人民币9,000.00元")
    assert [str(each.due_on) for each in made.obligations] == ["2026-04-30", "2026-05-30", "2026-06-30"]
    assert keyboard.focus.property("plainText") == made.clauses[0].text
    assert page.payments.rows.rows == made.obligations
    assert not page.library.half_typed


def test_a_clause_of_the_library_is_filled_in_anew_by_keyboard(window: Window) -> None:
    case, page, keyboard = composing(window)
    clause = compiling.add(desk_of(window), case, {}, template_id="lump_sum", typed={
        "payer": "b", "payee": "a", "cause": "借款", "amount": "3000.00", "due": "2026-05-01", "method": "转账",
    })  # fmt: skip
    settle(window)
    page.parts.setCurrentWidget(page.clauses)
    keyboard.reach("改第 1 条填写的内容")
    keyboard.press("Enter")
    assert page.library.choice.value == "lump_sum"
    assert {name: str(each.typed) for name, each in page.library.inputs.items()} == {
        "payer": case_of(desk_of(window), case).parties[1].id, "payee": case_of(desk_of(window), case).parties[0].id,
        "cause": "借款", "amount": "3000.00", "due": "2026-05-01", "method": "转账",
    }  # fmt: skip
    write(keyboard, "金额", "4000.00")
    keyboard.reach("按填写的重写这一条")
    keyboard.press("Enter")
    made = drafted(window, case)
    assert [(each.id, "4,000.00元" in each.text) for each in made.clauses] == [(clause, True)]
    assert [each.amount for each in made.obligations] == [400_000]
    assert not page.library.editing


def test_words_typed_over_a_clause_of_the_library_make_it_a_free_one(window: Window) -> None:
    case, page, keyboard = composing(window)
    typed = {"first": "a", "second": "b"}
    clause = compiling.add(desk_of(window), case, {}, template_id="good_neighbors", typed=typed)
    settle(window)
    row = page.clauses.rows[clause]
    assert row.refill.isVisibleTo(page.clauses)
    page.parts.setCurrentWidget(page.clauses)
    keyboard.reach("第 1 条")
    keyboard.press("Ctrl+A")
    keyboard.type("双方和好。")
    page.leave()
    settle(window)
    assert (drafted(window, case).clauses[0].template, drafted(window, case).clauses[0].text) == ("", "双方和好。")
    assert not row.refill.isVisibleTo(page.clauses)


def test_taking_a_clause_out_takes_its_plan_out(window: Window) -> None:
    case, page, keyboard = composing(window)
    typed = {"doer": "b", "other": "a", "act": "搬走沙袋", "due": "2026-05-01"}
    compiling.add(desk_of(window), case, {}, template_id="act", typed=typed)
    settle(window)
    page.parts.setCurrentWidget(page.clauses)
    keyboard.reach("去掉第 1 条")
    keyboard.press("Enter")
    assert (drafted(window, case).clauses, drafted(window, case).obligations) == ((), ())


def test_a_wrong_slot_is_told_and_has_the_keyboard(window: Window) -> None:
    case, page, keyboard = composing(window)
    pick(page, keyboard, "lump_sum")
    write(keyboard, "金额", "三千")
    keyboard.reach("加进协议")
    keyboard.press("Enter")
    assert "金额不对" in page.library.told.words.text()
    assert keyboard.focus is page.library.inputs["amount"]
    assert (drafted(window, case).clauses, page.library.half_typed) == ((), True)


def test_a_clause_the_disk_refused_stays_in_the_form(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    case, page, keyboard = composing(window)
    pick(page, keyboard, "settled_once")
    write(keyboard, "什么事", "路边厕所")
    with monkeypatch.context() as broken:
        full_disk(broken, compiling, "add")
        keyboard.reach("加进协议")
        keyboard.press("Enter")
    assert page.unkept()
    assert page.library.inputs["matter"].typed == "路边厕所"
    page.library.keep_clause()
    settle(window)
    assert "路边厕所" in drafted(window, case).clauses[0].text
    assert not page.unkept()


def test_the_form_of_one_case_never_stands_in_anothers(window: Window) -> None:
    _, page, keyboard = composing(window)
    pick(page, keyboard, "settled_once")
    write(keyboard, "什么事", "路边厕所")
    page = page_of(window, ComposerPage, taken_in(desk_of(window), a_document(title="另一件")))
    assert all(each.typed != "路边厕所" for each in page.library.inputs.values())
    assert not page.library.half_typed


def test_a_form_stays_while_the_case_changes_elsewhere(window: Window) -> None:
    case, page, keyboard = composing(window)
    pick(page, keyboard, "settled_once")
    write(keyboard, "什么事", "路边厕所")
    agreement.save_agreement(desk_of(window), case, {}, {"place": "村委会"})
    settle(window)
    assert page.fields["place"].text == "村委会"
    assert page.library.inputs["matter"].typed == "路边厕所"


def test_several_parties_are_ticked_and_shares_are_typed_beside_their_names(window: Window) -> None:
    parties = [*a_document()["parties"], {"ref": "c", "side": "respondent", "kind": "person", "name": "王五"}]
    case, page, keyboard = composing(window, parties=parties)
    pick(page, keyboard, "joint_debtors")
    for name in ("付款人（连带）：张三", "付款人（连带）：王五"):
        keyboard.reach(name)
        keyboard.press("Space")
    write(keyboard, "总额", "300.00")
    write(keyboard, "付款日期：各期不等", "2026-5-1 100.00")
    keyboard.press("Enter")
    keyboard.type("2026-6-1 200.00")
    keyboard.reach("加进协议")
    keyboard.press("Enter")
    made = drafted(window, case)
    assert [(each.payer, each.amount) for each in made.obligations] == [("张三、王五", 10_000), ("张三、王五", 20_000)]
    box = page.library.inputs
    page.library.edit(made.clauses[0])
    assert isinstance(page.library.inputs["debtors"], PartiesBox)
    assert page.library.inputs["days"].typed == [["2026-05-01", "100.00"], ["2026-06-01", "200.00"]]
    assert page.library.inputs is not box


def test_every_template_has_an_input_for_every_slot_which_takes_the_keyboard(window: Window) -> None:
    _, page, _ = composing(window)
    for template in library():
        page.library.choice.show_value(template.id)
        page.library.build()
        settle(window)
        for slot in template.slots:
            made = page.library.inputs[slot.name]
            made.setFocus()
            focus = QApplication.focusWidget()
            assert focus is not None
            assert focus is made or made.isAncestorOf(focus)
            assert slot.label in focus.accessibleName()


@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_no_form_of_the_library_cuts_a_word_or_is_wider_than_the_screen(window: Window, width: int) -> None:
    window.resize(width, 768 if width > 1024 else 700)
    page = page_of(window, ComposerPage, long_words(window))
    page.choose_clause()
    for template_id in ("joint_debtors", "several_debtors", "injury_items", "settled_once"):
        page.library.choice.show_value(template_id)
        page.library.build()
        page.library.changed()
        settle(window)
        assert window.width() == width, template_id
        assert cut_off(page) == [], template_id
        assert page.library.sheet.width() <= page.library.area.viewport().width(), template_id


def test_a_signed_agreement_takes_no_clause(window: Window) -> None:
    page = page_of(window, ComposerPage, a_signed_case(desk_of(window)))
    assert not page.library.isEnabled()
    assert not page.clauses.choosing.isEnabled()
