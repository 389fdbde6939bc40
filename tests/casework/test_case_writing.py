"""A case goes back into the shape of its file: what was given comes out, what was not stays out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mediator.casework import agreement, hearing, intake, links, performing, reading
from mediator.casework.case_file import read_case_file
from mediator.casework.case_writing import case_document, shown_document
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.codes import AgreementForm, CaseStatus, LinkReason
from mediator.core.money import Fen
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, encoded, taken_in

GOODS = {
    "payer": "b",
    "payee": "王五（不在案）",
    "goods": "稻谷",
    "due_as_given": "秋收后",
    "part_of_total": True,
    "note": "晒干",
}


@pytest.mark.parametrize(
    "document",
    [
        a_document(),
        a_document(facts="", requests="还钱", source="来访", category_color="yellow", organization="某村调委会"),
        a_document(accepted_on="2026-03-01", dates={"立案": "2026-03-02"}, outcome="pending"),
        a_document(hearings=[{"turns": []}, a_hearing(turns=[{"speaker": "邻居", "text": "我看见了。"}])]),
        a_document(agreement={"clauses": [{"text": "和好。"}]}),
        a_document(agreement=an_agreement(payments=[GOODS])),
        a_document(outcome="withdrawn"),
    ],
)
def test_what_came_from_a_file_goes_back_into_it(desk: Desk, document: dict[str, Any]) -> None:
    opened = reading.reread(desk, taken_in(desk, document))
    written = case_document(opened)
    assert written == document
    read_case_file(encoded(written))


def test_a_case_written_at_the_desk_can_be_read_as_a_file(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    lender = case_of(desk, case_id).parties[0]
    sitting = hearing.open_hearing(desk, case_id, HearingForm())
    hearing.record_turn(desk, case_id, sitting, speaker=lender.name, text="话。", party=lender.id)
    seen = reading.reread(desk, case_id).seen
    agreement.add_clause(desk, case_id, seen, text="甲。")
    written = case_document(reading.reread(desk, case_id))
    assert written["hearings"] == [{"turns": [{"speaker": "a", "text": "话。"}]}]
    assert written["agreement"] == {"clauses": [{"text": "甲。"}]}
    agreement.save_agreement(desk, case_id, seen, {"form": AgreementForm.ORAL, "signed_on": date(2026, 3, 9)})
    written = case_document(reading.reread(desk, case_id))
    assert written["agreement"] == {"form": "oral", "signed_on": "2026-03-09", "clauses": [{"text": "甲。"}]}
    read_case_file(encoded(written))


def test_the_history_tells_what_when_and_who_and_no_content(desk: Desk) -> None:
    case_id = taken_in(desk, a_document(facts="只此一处的话"))
    intake.move(desk, case_id, CaseStatus.ACCEPTED)
    shown = shown_document(reading.reread(desk, case_id))
    history = shown["history"]
    assert isinstance(history, list)
    assert [each["kind"] for each in history][-1] == "case.moved"
    assert {each["at"] for each in history} == {"2026-03-09T09:30:00+08:00"}
    assert {each["user"] for each in history} == {desk.vault.user.id}
    assert "只此一处的话" not in str(history)
    assert (shown["id"], shown["status"]) == (case_id, "accepted")


def test_a_case_shows_what_is_owed_today_and_what_it_is_linked_to(desk: Desk) -> None:
    case_id, other = a_signed_case(desk), taken_in(desk, a_document())
    links.link(desk, other, links.LinkForm(case_id, LinkReason.JOINT))
    money = desk.vault.case(case_id).case.agreement
    assert money is not None
    key = money.obligations[0].id
    performing.record_payment(desk, case_id, key, amount=Fen(100_000), paid_on=date(2026, 3, 9))
    shown: Any = shown_document(desk.vault.case(case_id))
    (owed,) = shown["owed"]
    assert (owed["owed"], owed["paid"], owed["open"], owed["due"]) == ("3000.00", "1000.00", "2000.00", "2026-04-01")
    assert [(each["other"], each["reason"], each["role"]) for each in shown["links"]] == [(other, "joint", "target")]
