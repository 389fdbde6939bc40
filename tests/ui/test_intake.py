"""Registration: what is typed is kept, what was not seen is not written over, numbers stay masked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from mediator.casework import intake, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus, PartyKind, Scope, Sex, Side
from mediator.core.records import CaseId
from mediator.errors import WorldFailed
from mediator.journal.streams import desk_stream
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.intake_party import PartyCard
from mediator.ui.pieces.fields import Field, read_day
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_desk, a_document, a_signed_case, a_workshop, case_of, encoded, taken_in
from tests.ui.keyboard import Keyboard

ID_NUMBER = "110101199003074477"
CREDIT = "91350100M000100Y43"


def desk_of(window: Window) -> Desk:
    """The desk behind the window."""
    assert window.seat is not None
    return window.seat.desk


def form(window: Window, case: str = "") -> IntakePage:
    """The page, new or for a case."""
    assert window.house is not None
    window.house.go("intake", case)
    settle(window)
    page = window.house.page
    assert isinstance(page, IntakePage)
    return page


def put(window: Window, field: Field, text: str) -> None:
    """Type into a field and leave it."""
    field.input.setText(text) if isinstance(field.input, QLineEdit) else field.input.setPlainText(text)
    field.flush()
    settle(window)


def card_of(page: IntakePage, place: int) -> PartyCard:
    """A card by its place."""
    return list(page.cards.values())[place]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-3-5", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("２０２６.０３.０５", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("2026-2-30", None),
        ("三月五日", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


def test_nothing_typed_makes_no_case(window: Window) -> None:
    before = reading.count(desk_of(window), RowQuery())
    page = form(window)
    page.leave()
    settle(window)
    assert reading.count(desk_of(window), RowQuery()) == before
    assert not page.to_case.isVisible()


def test_leaving_the_page_in_the_middle_of_a_word_keeps_it(window: Window) -> None:
    page = form(window)
    Keyboard(window).type("周某")
    assert window.house is not None
    window.house.go("case_list")
    settle(window)
    assert case_of(desk_of(window), page.registration.case).parties[0].name == "周某"


def test_words_that_could_not_be_saved_stay_and_are_saved_by_the_next_leaving(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = form(window)
    put(window, page.fields["title"], "借款")

    def full(*_: object, **__: object) -> None:
        raise WorldFailed("vault.disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(intake, "save_case", full)
        put(window, page.fields["facts"], "张三向李四借款未还。")
    assert window.house is not None
    assert window.house.trouble.isVisible()
    assert page.fields["facts"].text == "张三向李四借款未还。"
    page.leave()
    settle(window)
    assert case_of(desk_of(window), page.registration.case).facts == "张三向李四借款未还。"


def test_two_names_typed_at_once_make_one_case(window: Window) -> None:
    page = form(window)
    before = reading.count(desk_of(window), RowQuery())
    for place, name in enumerate(("李四", "张三")):
        field = card_of(page, place).fields["name"].input
        assert isinstance(field, QLineEdit)
        field.setText(name)
    page.leave()
    settle(window)
    assert reading.count(desk_of(window), RowQuery()) == before + 1
    parties = case_of(desk_of(window), page.registration.case).parties
    assert {(party.name, party.side) for party in parties} == {("李四", Side.APPLICANT), ("张三", Side.RESPONDENT)}


def test_a_refused_acceptance_points_at_the_fields_that_are_missing(window: Window) -> None:
    page = form(window)
    put(window, page.fields["title"], "借款")
    page.accept()
    settle(window)
    assert page.told.isVisible()
    assert page.fields["facts"].fault.isVisible()
    assert card_of(page, 0).fields["name"].fault.isVisible()
    put(window, page.fields["facts"], "张三向李四借款未还。")
    assert not page.fields["facts"].fault.isVisible()


def test_a_case_is_accepted_on_the_day_that_is_typed(window: Window) -> None:
    page = form(window)
    put(window, card_of(page, 0).fields["name"], "李四")
    put(window, page.fields["facts"], "张三向李四借款未还。")
    put(window, page.fields["accepted_on"], "昨天")
    assert page.fields["accepted_on"].fault.isVisible()
    put(window, page.fields["accepted_on"], "2026年3月5日")
    assert not page.fields["accepted_on"].fault.isVisible()
    case = page.registration.case
    page.accept()
    settle(window)
    kept = case_of(desk_of(window), case)
    assert (kept.status, kept.accepted_on) == (CaseStatus.ACCEPTED, date(2026, 3, 5))
    assert window.house is not None
    assert window.house.page.name == "case_page"
    assert page.registration.case == ""


def test_an_organization_has_a_credit_code_and_a_legal_representative(window: Window) -> None:
    page = form(window)
    card = card_of(page, 1)
    put(window, card.fields["name"], "某某建设有限公司")
    card.kind.show_value(PartyKind.ORGANIZATION.value)
    card.tell_kind(card.kind.value)
    assert card.fields["legal_representative"].isVisible()
    assert not card.sex.isVisible()
    put(window, card.fields["id_number"], CREDIT[:-1] + "9")
    assert card.fields["id_number"].fault.isVisible()
    put(window, card.fields["id_number"], CREDIT)
    put(window, card.fields["legal_representative"], "赵某")
    party = case_of(desk_of(window), page.registration.case).parties[0]
    assert (party.kind, party.id_number, party.legal_representative) == (PartyKind.ORGANIZATION, CREDIT, "赵某")


def test_an_agent_stands_for_a_party_that_is_chosen(window: Window) -> None:
    page = form(window)
    put(window, card_of(page, 0).fields["name"], "李四")
    page.add_card(Side.AGENT)
    agent = card_of(page, 2)
    put(window, agent.fields["name"], "王律师")
    principal = case_of(desk_of(window), page.registration.case).parties[0]
    assert [agent.acts_for.itemText(place) for place in range(agent.acts_for.count())] == ["请选择", "李四"]
    agent.acts_for.show_value(principal.id)
    agent.tell("acts_for", agent.acts_for.value)
    agent.tell("authorization", Scope.SPECIAL.value)
    settle(window)
    kept = next(party for party in case_of(desk_of(window), page.registration.case).parties if party.name == "王律师")
    assert (kept.side, kept.acts_for, kept.authorization) == (Side.AGENT, principal.id, Scope.SPECIAL)


def test_birth_and_sex_come_from_the_number_and_may_be_typed_without_one(window: Window) -> None:
    page = form(window)
    card = card_of(page, 0)
    put(window, card.fields["name"], "周某")
    put(window, card.fields["birth_date"], "1968.5.2")
    assert case_of(desk_of(window), page.registration.case).parties[0].birth_date == date(1968, 5, 2)
    put(window, card.fields["id_number"], ID_NUMBER)
    party = case_of(desk_of(window), page.registration.case).parties[0]
    assert (party.birth_date, party.sex) == (date(1990, 3, 7), Sex.MALE)
    assert card.fields["birth_date"].text == "1990-03-07"


def test_a_short_telephone_number_is_told_and_kept(window: Window) -> None:
    page = form(window)
    card = card_of(page, 0)
    put(window, card.fields["phone"], "1395771888")
    assert "现在是 10 位" in card.fields["phone"].fault.text()
    assert case_of(desk_of(window), page.registration.case).parties[0].phone == "1395771888"


def test_cases_with_the_same_name_stand_beside_the_form(window: Window) -> None:
    earlier = taken_in(desk_of(window), a_document())
    page = form(window)
    put(window, card_of(page, 0).fields["name"], "李四")
    assert page.beside.similar.count() == 1
    assert case_of(desk_of(window), earlier).number in page.beside.similar.item(0).text()
    page.beside.open_similar(page.beside.similar.item(0))
    settle(window)
    assert window.house is not None
    assert window.house.page.case == earlier


def a_case_with_numbers(desk: Desk) -> CaseId:
    """A registered case whose applicant has both numbers."""
    parties = [
        {"ref": "a", "side": "applicant", "kind": "person", "name": "李四", "id_type": "resident_id",
         "id_number": ID_NUMBER, "phone": "13800001234"},
        {"ref": "b", "side": "respondent", "kind": "person", "name": "张三"},
    ]  # fmt: skip
    return taken_in(desk, a_document(parties=parties))


@pytest.mark.threat("T10")
def test_numbers_of_a_kept_case_are_masked_until_a_reason_stands_there(window: Window) -> None:
    desk = desk_of(window)
    case = a_case_with_numbers(desk)
    page = form(window, case)
    fields = card_of(page, 0).fields
    assert ID_NUMBER not in (fields["id_number"].text, fields["phone"].text)
    assert "*" in fields["phone"].text
    page.leave()
    settle(window)
    assert case_of(desk, case).parties[0].id_number == ID_NUMBER, "a mask is never saved"
    keyboard = Keyboard(window)
    page.form.why.setFocus()
    keyboard.type("核对证件")
    keyboard.press("Enter")
    assert (fields["id_number"].text, fields["phone"].text) == (ID_NUMBER, "13800001234")
    assert desk.vault.stream(desk_stream(desk.vault.desk))[-1].kind == "access.revealed"
    put(window, fields["phone"], "13800005678")
    assert case_of(desk, case).parties[0].phone == "13800005678"
    page.leave()
    assert fields["phone"].text == "138****5678"


def test_new_registration_begins_empty_after_another_case_was_edited(window: Window) -> None:
    case = taken_in(desk_of(window), a_document())
    page = form(window, case)
    assert page.fields["title"].text == "借款"
    Keyboard(window).press("Ctrl+N")
    assert page.fields["title"].text == ""
    assert page.registration.case == ""


def test_a_draft_of_this_form_is_still_there_when_one_comes_back(window: Window) -> None:
    page = form(window)
    put(window, page.fields["title"], "借款")
    assert window.house is not None
    window.house.go("workbench")
    window.house.go("intake")
    settle(window)
    assert page.fields["title"].text == "借款"


def elsewhere(window: Window, folder: Path, case: CaseId, fields: dict[str, object]) -> None:
    """Another desk writes fields of the case and its words come in."""
    desk = desk_of(window)
    other = a_desk(folder / "other", workshop=a_workshop(seed=8))
    stream = desk.vault.case(case).entries[0].stream
    other.vault.absorb(desk.vault.stream(stream))
    intake.save_case(other, case, reading.reread(other, case).seen, fields)
    desk.vault.absorb(other.vault.stream(stream))
    opening.lock(other)


def test_what_another_desk_wrote_is_shown_at_once(window: Window, tmp_path: Path) -> None:
    case = taken_in(desk_of(window), a_document())
    page = form(window, case)
    elsewhere(window, tmp_path, case, {"origin": "来访"})
    settle(window)
    assert page.fields["origin"].text == "来访"
    put(window, page.fields["origin"], "来电")
    assert case_of(desk_of(window), case).conflicts == ()


def test_what_came_while_one_was_typing_is_a_conflict_and_not_written_over(window: Window, tmp_path: Path) -> None:
    case = taken_in(desk_of(window), a_document())
    page = form(window, case)
    page.fields["title"].setFocus()
    Keyboard(window).type("甲")
    elsewhere(window, tmp_path, case, {"title": "借款乙"})
    settle(window)
    page.fields["title"].flush()
    settle(window)
    (conflict,) = case_of(desk_of(window), case).conflicts
    assert conflict.field == "title"
    assert "借款乙" in conflict.values


def test_a_party_that_another_desk_added_gets_a_card(window: Window, tmp_path: Path) -> None:
    desk = desk_of(window)
    case = taken_in(desk, a_document())
    page = form(window, case)
    assert len(page.cards) == 2
    intake.add_party(desk, case, reading.reread(desk, case).seen, intake.PartyForm(Side.WITNESS, "孙某"))
    settle(window)
    assert [card.fields["name"].text for card in page.cards.values()] == ["李四", "张三", "孙某"]


def test_a_party_goes_with_its_card_but_not_out_of_a_signed_agreement(window: Window) -> None:
    desk = desk_of(window)
    case = taken_in(desk, a_document())
    page = form(window, case)
    page.remove_card(next(iter(page.cards)))
    settle(window)
    assert [party.name for party in case_of(desk, case).parties] == ["张三"]
    signed = a_signed_case(desk)
    page = form(window, signed)
    page.remove_card(next(iter(page.cards)))
    settle(window)
    assert len(page.cards) == 2
    assert page.told.isVisible()


def test_a_case_file_is_taken_in_by_its_path_and_a_bad_one_is_told(window: Window, tmp_path: Path) -> None:
    page = form(window)
    (tmp_path / "bad.json").write_bytes(b"{")
    page.file.take_in(tmp_path / "bad.json")
    settle(window)
    assert page.told.isVisible()
    (tmp_path / "case.json").write_bytes(encoded(a_document()))
    page.file.take_in(tmp_path / "case.json")
    settle(window)
    assert window.house is not None
    assert window.house.page.name == "case_page"
