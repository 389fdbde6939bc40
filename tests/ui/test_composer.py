"""The composer: clauses and payments are kept as they are typed, refused ones stay, an older reading undoes nothing."""

from __future__ import annotations

import pytest

from mediator.casework import agreement
from mediator.core.records import CaseId
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pieces.fields import Field
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_signed_case, case_of
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import full_disk, newest, page_of

WORDS = "李某于五月一日前搬走沙袋。"


def composing(window: Window) -> tuple[CaseId, ComposerPage]:
    """The composer about the case changed last."""
    case = newest(window)
    return case, page_of(window, ComposerPage, case)


def clauses(window: Window, case: CaseId) -> list[str]:
    """What the vault holds."""
    assert window.seat is not None
    found = case_of(window.seat.desk, case).agreement
    return [each.text for each in found.clauses] if found else []


def first(page: ComposerPage) -> Field:
    """The field of the first clause."""
    return next(iter(page.clauses.rows.values())).field


def write(field: Field, words: str) -> None:
    """Words in a field, as after typing."""
    (field.input.setPlainText if hasattr(field.input, "setPlainText") else field.input.setText)(words)


def test_a_clause_that_could_not_be_kept_stays_and_is_kept_the_next_time(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, page = composing(window)
    with monkeypatch.context() as broken:
        full_disk(broken, agreement, "save_clause")
        write(first(page), WORDS)
        page.leave()
        settle(window)
        page.ask()
        settle(window)
    assert first(page).text == WORDS
    assert window.house is not None
    assert window.house.trouble.isVisible()
    page.leave()
    settle(window)
    assert clauses(window, case)[0] == WORDS


@pytest.mark.parametrize("name", ["disputed_points", "place", "copies"])
def test_a_particular_that_could_not_be_kept_stays_and_is_kept_the_next_time(
    window: Window, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    case, page = composing(window)
    words = "4" if name == "copies" else WORDS
    with monkeypatch.context() as broken:
        full_disk(broken, agreement, "save_agreement")
        write(page.fields[name], words)
        page.leave()
        settle(window)
        page.ask()
        settle(window)
    assert page.fields[name].text == words
    page.leave()
    settle(window)
    assert window.seat is not None
    assert str(getattr(case_of(window.seat.desk, case).agreement, name)) == words


def test_a_reading_older_than_what_was_typed_undoes_nothing(window: Window) -> None:
    case, page = composing(window)
    page.ask()  # reads the old words; its answer comes after the new ones were handed over
    write(first(page), WORDS)
    first(page).flush()
    shown: list[str] = []
    first(page).input.textChanged.connect(lambda *_: shown.append(first(page).text))
    settle(window)
    assert shown == []
    assert clauses(window, case)[0] == WORDS


def test_a_payment_typed_while_the_one_before_is_saved_stays(window: Window) -> None:
    _, page = composing(window)
    page.payments.amount.setText("500")
    page.payments.due.setText("2026-05-01")
    page.payments.add()
    page.payments.amount.setText("700")
    settle(window)
    assert page.payments.amount.text() == "700"
    assert page.payments.due.text() == ""


def test_instalments_share_the_sum_a_month_apart(window: Window) -> None:
    case, page = composing(window)
    assert window.seat is not None
    before = len((case_of(window.seat.desk, case).agreement).obligations)  # type: ignore[union-attr]
    page.payments.amount.setText("1000.00")
    page.payments.due.setText("2026-01-31")
    page.payments.parts.setText("3")
    page.payments.add()
    settle(window)
    agreed = case_of(window.seat.desk, case).agreement
    assert agreed is not None
    made = agreed.obligations[before:]
    assert [str(each.due_on) for each in made] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert sum(each.amount or 0 for each in made) == 100_000


@pytest.mark.parametrize(
    ("typed", "day", "words"),
    [("2026年5月1日", "2026-05-01", ""), ("2026.5.1", "2026-05-01", ""), ("收割后付", "None", "收割后付")],
)
def test_a_day_of_payment_is_typed_in_any_usual_form_or_put_in_words(
    window: Window, typed: str, day: str, words: str
) -> None:
    case, page = composing(window)
    page.payments.amount.setText("500")
    page.payments.due.setText(typed)
    page.payments.add()
    settle(window)
    assert window.seat is not None
    agreed = case_of(window.seat.desk, case).agreement
    assert agreed is not None
    assert (str(agreed.obligations[-1].due_on), agreed.obligations[-1].due_as_given) == (day, words)


@pytest.mark.parametrize(("amount", "told"), [("", "金额"), ("五千", "金额"), ("12.345", "金额")])
def test_an_amount_that_is_none_is_told_and_stays(window: Window, amount: str, told: str) -> None:
    _, page = composing(window)
    page.parts.setCurrentWidget(page.payments)
    page.payments.amount.setText(amount)
    page.payments.add()
    settle(window)
    assert page.payments.told.isVisible()
    assert page.payments.amount.text() == amount


def test_a_clause_moves_with_alt_and_the_arrows_and_keeps_the_cursor(window: Window) -> None:
    case, page = composing(window)
    before = clauses(window, case)
    first(page).input.setFocus()
    keyboard = Keyboard(window)
    keyboard.press("Alt+Down")
    assert clauses(window, case) == [before[1], before[0], *before[2:]]
    assert keyboard.focus.property("plainText") == before[0]


def test_enter_on_a_finding_leads_to_its_place(window: Window) -> None:
    _, page = composing(window)
    found = page.checks.findings.list
    assert found.count()
    found.setFocus()
    keyboard = Keyboard(window)
    keyboard.press("Enter")
    assert keyboard.focus is not found


def test_a_signed_agreement_can_be_read_and_not_typed_over(window: Window) -> None:
    assert window.seat is not None
    page = page_of(window, ComposerPage, a_signed_case(window.seat.desk))
    assert page.state.text() == "已签订"
    assert not any(row.isEnabled() for row in page.clauses.rows.values())
    assert not page.checks.to_sign.isEnabled()
    assert not page.clauses.adding.isEnabled()


def test_words_that_could_not_be_kept_in_one_case_never_stand_in_another(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = composing(window)
    assert window.seat is not None
    other = a_signed_case(window.seat.desk)
    with monkeypatch.context() as broken:
        full_disk(broken, agreement, "save_agreement")
        write(page.fields["place"], WORDS)
        page.payments.amount.setText("500")
        page = page_of(window, ComposerPage, other)
    assert page.fields["place"].text == "镇调解室"
    assert page.payments.amount.text() == ""
