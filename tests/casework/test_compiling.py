"""Clauses of the library at a desk: one transaction, one source for text and obligations, nothing half changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import agreement, checking, compiling, opening, reading
from mediator.casework.case_writing import case_document
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.core.codes import AgreementForm
from mediator.core.lint import Finding
from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, CaseId, Clause, ClauseId, Obligation
from mediator.docs.catalogue import KINDS
from mediator.docs.facts import PaperFacts
from mediator.docs.model import words
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_desk, a_document, a_hearing, a_workshop, case_of, taken_in

PLAN: dict[str, object] = {
    "payer": "b", "payee": "a", "cause": "借款", "amount": "9,000.00", "days": {"first": "2026-04-30", "count": 3},
    "method": "转账",
}  # fmt: skip
SIGNED_ON = date(2026, 3, 9)


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(hearings=[a_hearing()]))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    yield made
    opening.lock(made)


def draft(desk: Desk, case_id: CaseId) -> Agreement:
    """The agreement as it stands."""
    return agreement.draft_of(case_of(desk, case_id))


def clause_of(desk: Desk, case_id: CaseId) -> Clause:
    """The only clause."""
    (only,) = draft(desk, case_id).clauses
    return only


def entries(desk: Desk, case_id: CaseId) -> int:
    """How many entries the case has."""
    return len(desk.vault.case(case_id).entries)


def add(desk: Desk, case_id: CaseId, template_id: str = "instalments", **changes: Any) -> ClauseId:
    """A clause of the library as filled in above, with changes."""
    seen = reading.reread(desk, case_id).seen
    return compiling.add(desk, case_id, seen, template_id=template_id, typed={**PLAN, **changes})


def change(desk: Desk, case_id: CaseId, clause: ClauseId, **changes: Any) -> None:
    """Other slots."""
    seen = reading.reread(desk, case_id).seen
    compiling.change(desk, case_id, seen, clause=clause, typed={**PLAN, **changes})


def rows(found: tuple[Obligation, ...]) -> list[tuple[Fen | None, str]]:
    """Sums and days."""
    return [(each.amount, str(each.due_on)) for each in found]


def test_a_clause_comes_with_what_it_makes_owed(desk: Desk, case_id: CaseId) -> None:
    clause = add(desk, case_id)
    kept = clause_of(desk, case_id)
    lender, borrower = case_of(desk, case_id).parties
    assert (kept.id, kept.template) == (clause, "instalments")
    assert kept.slots == {
        "payer": borrower.id, "payee": lender.id, "cause": "借款", "amount": 900_000, "method": "转账",
        "days": {"first": "2026-04-30", "count": 3},
    }  # fmt: skip
    assert kept.text.startswith("张三应当向李四支付借款人民币9,000.00元（大写：玖仟元整），以转账方式分3期付清：")
    owed = draft(desk, case_id).obligations
    assert rows(owed) == [(300_000, "2026-04-30"), (300_000, "2026-05-30"), (300_000, "2026-06-30")]
    assert {(each.clause, each.payer_party, each.payee_party) for each in owed} == {(clause, borrower.id, lender.id)}
    assert compiling.typed_of(case_of(desk, case_id), kept) == {**PLAN, "amount": "9000.00"}


def test_a_preview_writes_nothing_and_says_what_would_be_written(desk: Desk, case_id: CaseId) -> None:
    before = entries(desk, case_id)
    shown = compiling.preview(case_of(desk, case_id), "instalments", PLAN)
    assert entries(desk, case_id) == before
    add(desk, case_id)
    assert clause_of(desk, case_id).text == shown.text
    assert rows(draft(desk, case_id).obligations) == rows(shown.obligations)


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ({"first": "2026-04-30", "count": 2}, 2),
        ({"first": "2026-04-30", "count": 5}, 3),
        (["2026-05-01"], 1),
        ([["2026-05-01", "100.00"], ["2026-05-02"], ], 2),
    ],
)  # fmt: skip
def test_other_slots_rewrite_text_and_obligations_which_keep_their_ids(
    desk: Desk, case_id: CaseId, days: object, kept: int
) -> None:
    clause = add(desk, case_id)
    before = [each.id for each in draft(desk, case_id).obligations]
    change(desk, case_id, clause, days=days)
    now = draft(desk, case_id)
    again = compiling.preview(case_of(desk, case_id), "instalments", {**PLAN, "days": days})
    assert now.clauses[0].text == again.text
    assert rows(now.obligations) == rows(again.obligations)
    assert [each.id for each in now.obligations][:kept] == before[:kept]
    assert {each.clause for each in now.obligations} == {clause}


def test_a_note_on_an_instalment_outlives_a_change(desk: Desk, case_id: CaseId) -> None:
    clause = add(desk, case_id)
    first = draft(desk, case_id).obligations[0].id
    agreement.save_obligation(
        desk, case_id, reading.reread(desk, case_id).seen, obligation=first, fields={"note": "当面交付"}
    )
    change(desk, case_id, clause, amount="12000.00")
    assert draft(desk, case_id).obligations[0].note == "当面交付"
    assert draft(desk, case_id).obligations[0].amount == 400_000


def test_a_clause_that_goes_takes_what_it_made_owed_and_nothing_else(desk: Desk, case_id: CaseId) -> None:
    first, second = add(desk, case_id), add(desk, case_id, amount="30.00", days=["2026-05-01"])
    agreement.remove_clause(desk, case_id, reading.reread(desk, case_id).seen, clause=first)
    left = draft(desk, case_id)
    assert [each.id for each in left.clauses] == [second]
    assert rows(left.obligations) == [(3_000, "2026-05-01")]


def test_words_changed_by_hand_cut_a_clause_loose_and_are_compared(desk: Desk, case_id: CaseId) -> None:
    clause = add(desk, case_id)
    seen = reading.reread(desk, case_id).seen
    text = clause_of(desk, case_id).text
    agreement.save_clause(desk, case_id, seen, clause=clause, text=text, no="一")
    assert clause_of(desk, case_id).template == "instalments"
    seen = reading.reread(desk, case_id).seen
    changed = text.replace("9,000.00元（大写：玖仟元整）", "8,000.00元（大写：捌仟元整）")
    agreement.save_clause(desk, case_id, seen, clause=clause, text=changed)
    assert (clause_of(desk, case_id).template, clause_of(desk, case_id).slots) == ("", {})
    assert {("V13", "obligations"), ("V14", "clauses.0")} <= places(desk, case_id)
    with pytest.raises(Unacceptable, match=r"clause\.template"):
        change(desk, case_id, clause)


def places(desk: Desk, case_id: CaseId) -> set[tuple[str, str]]:
    """Rules and places of all findings."""
    found: tuple[Finding, ...] = checking.findings(desk, case_of(desk, case_id))
    return {(each.rule, each.place) for each in found}


def test_an_obligation_changed_by_hand_is_held_against_its_clause(desk: Desk, case_id: CaseId) -> None:
    add(desk, case_id)
    assert not {"V12", "V13", "V14", "V15", "V39"} & {rule for rule, _ in places(desk, case_id)}
    last = draft(desk, case_id).obligations[-1].id
    seen = reading.reread(desk, case_id).seen
    fields = {"amount": Fen(1), "due_on": date(2026, 7, 1)}
    agreement.save_obligation(desk, case_id, seen, obligation=last, fields=fields)
    assert {("V12", "clauses.0"), ("V15", "clauses.0")} <= places(desk, case_id)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "0"}, "条款的“总额”金额不对，应当大于零，写成“3090.00”。"),
        ({"amount": 9000}, "条款的“总额”金额不对，应当大于零，写成“3090.00”。"),
        ({"payee": "王五"}, "条款的“收款人”不是本案的当事人，或者有几位同名。"),
        ({"payee": "b"}, "条款的“收款人”与另一方是同一人。"),
        ({"cause": ""}, "条款的“款项名称”还没有填写。"),
        ({"days": [["2026-04-30", "1.00"], ["2026-05-30", "2.00"]]}, "条款的“各期日期”各期金额之和与总额不符。"),
        ({"days": ["2026-04-31"]}, "条款的“各期日期”日期不对，或者这一天不存在。"),
        ({"telegraph": "1"}, "这种条款没有名为“telegraph”的内容。"),
    ],
)
def test_a_wrong_slot_is_named_in_plain_words_and_nothing_is_written(
    desk: Desk, case_id: CaseId, changes: dict[str, Any], said: str
) -> None:
    before = entries(desk, case_id)
    with pytest.raises(Unacceptable) as told:
        add(desk, case_id, **changes)
    assert complain(told.value).message == said
    assert entries(desk, case_id) == before


def test_an_unknown_template_and_a_file_of_something_else_are_refused(
    desk: Desk, case_id: CaseId, tmp_path: Path
) -> None:
    with pytest.raises(Unacceptable, match=r"clause\.template"):
        add(desk, case_id, "telegraph")
    (tmp_path / "slots.json").write_text("[]", encoding="utf-8")
    with pytest.raises(Unacceptable, match=r"clause\.slots"):
        compiling.read_slots(tmp_path / "slots.json")


def ready(desk: Desk, case_id: CaseId) -> None:
    """What signing asks beside clauses."""
    fields = {"form": AgreementForm.WRITTEN, "place": "调解室", "disputed_points": "期限", "responsibility": "归还"}
    agreement.save_agreement(desk, case_id, reading.reread(desk, case_id).seen, fields)


def test_what_is_signed_keeps_where_it_came_from_and_changes_no_more(desk: Desk, case_id: CaseId) -> None:
    clause = add(desk, case_id)
    ready(desk, case_id)
    before = draft(desk, case_id)
    agreement.sign(desk, case_id, SIGNED_ON, reason="照此签订")
    signed = draft(desk, case_id)
    assert (signed.clauses, signed.obligations) == (before.clauses, before.obligations)
    for deed in (lambda: add(desk, case_id), lambda: change(desk, case_id, clause, amount="1.00")):
        with pytest.raises(RefusedByRule, match=r"agreement\.frozen"):
            deed()


def test_two_desks_that_changed_one_slot_differ_until_it_is_written_again(
    desk: Desk, other: Desk, case_id: CaseId
) -> None:
    clause = add(desk, case_id)
    stream = desk.vault.case(case_id).entries[0].stream
    other.vault.absorb(desk.vault.stream(stream))
    change(desk, case_id, clause, amount="6000.00")
    change(other, case_id, clause, amount="3000.00")
    desk.vault.absorb(other.vault.stream(stream))
    found = {(each.entity, each.field) for each in case_of(desk, case_id).conflicts}
    owed = {each.id for each in draft(desk, case_id).obligations}
    assert found == {(clause, "slots"), (clause, "text"), *((each, "amount") for each in owed)}
    slots = next(each for each in case_of(desk, case_id).conflicts if each.field == "slots")
    told = {compiling.said_plainly(case_of(desk, case_id), each) for each in slots.values}
    assert {"总额：6000.00" in each for each in told} == {True, False}
    assert all("付款人：张三" in each and "各期日期：" in each for each in told)
    change(desk, case_id, clause, amount="6000.00")
    other.vault.absorb(desk.vault.stream(stream))
    for each in (desk, other):
        assert case_of(each, case_id).conflicts == ()
        assert rows(draft(each, case_id).obligations)[0] == (200_000, "2026-04-30")


def test_a_case_file_holds_texts_and_obligations_and_no_template(desk: Desk, case_id: CaseId) -> None:
    add(desk, case_id)
    act = {"doer": "a", "other": "b", "act": "搬走沙袋", "due": "2026-05-01", "standard": ""}
    compiling.add(desk, case_id, reading.reread(desk, case_id).seen, template_id="act", typed=act)
    ready(desk, case_id)
    document = case_document(reading.reread(desk, case_id))
    again = taken_in(desk, document)
    old, new = draft(desk, case_id), draft(desk, again)
    assert [each.text for each in new.clauses] == [each.text for each in old.clauses]
    assert rows(new.obligations) == rows(old.obligations)
    assert [each.goods for each in new.obligations][-1] == "搬走沙袋"
    assert {(each.template, bool(each.slots)) for each in new.clauses} == {("", False)}


# Everything that comes from the obligations: one changed slot changes just these.
DEPEND = {
    "mediation_agreement", "settlement_agreement", "administrative_mediation_agreement", "receipt",
    "confirmation_application", "arbitration_review_application", "notary_application",
}  # fmt: skip
PAPERS = (*sorted(DEPEND), "application", "acceptance_register", "confirmation_commitment", "rights_notice",
          "mediation_record")  # fmt: skip


def papers(case: Case) -> dict[str, str]:
    """All words of the papers."""
    facts = PaperFacts("", SIGNED_ON, "镇调委会", draft=True)
    return {kind: words(KINDS[kind].compose(case, facts)) for kind in PAPERS}


@pytest.mark.parametrize(
    ("changes", "others", "turned"),
    [
        ({"amount": "6000.00"}, set(), ("3,000.00元", "2,000.00元")),
        ({"days": {"first": "2026-05-31", "count": 3}}, {"receipt"}, ("2026年4月30日", "2026年6月30日")),
        ({"method": "现金"}, set(), ("转账", "现金")),
    ],
)
def test_one_changed_slot_changes_every_paper_that_rests_on_it_and_no_other(
    desk: Desk, case_id: CaseId, changes: dict[str, object], others: set[str], turned: tuple[str, str]
) -> None:
    old, new = turned
    clause = add(desk, case_id)
    before, dues = papers(case_of(desk, case_id)), compiling.dues(desk, case_of(desk, case_id))
    change(desk, case_id, clause, **changes)
    after = papers(case_of(desk, case_id))
    assert {kind for kind in PAPERS if before[kind] != after[kind]} == DEPEND - others
    for kind in DEPEND - others:
        assert old in before[kind], kind
        assert new in after[kind], kind
        assert old not in after[kind], kind
    now = compiling.dues(desk, case_of(desk, case_id))
    assert ([each.day for each in now] == [each.day for each in dues]) == ("days" not in changes)
    assert [each.obligation.id for each in now] == [each.obligation.id for each in dues]


def test_the_notary_reads_by_when_each_part_is_due(desk: Desk, case_id: CaseId) -> None:
    add(desk, case_id, days=["2026-04-30", "2026-05-30"])
    act = {"doer": "a", "other": "b", "act": "归还借条", "due": "2026-06-01"}
    compiling.add(desk, case_id, reading.reread(desk, case_id).seen, template_id="act", typed=act)
    said = "履行期限：2026年4月30日前支付4,500.00元；2026年5月30日前支付4,500.00元；2026年6月1日前归还借条"
    assert said in papers(case_of(desk, case_id))["notary_application"]


def test_the_calendar_of_dues_explains_days_off(desk: Desk, case_id: CaseId) -> None:
    add(desk, case_id, days=["2026-10-01"])
    (due,) = compiling.dues(desk, case_of(desk, case_id))
    assert (due.day, due.last) == (date(2026, 10, 1), date(2026, 10, 8))
    assert "民法典第二百零三条" in due.explanation


def test_the_library_begins_with_what_fits_the_case(desk: Desk, case_id: CaseId) -> None:
    found = compiling.templates(case_of(desk, case_id))
    assert "contract" in found[0].fits
    assert "contract" not in found[-1].fits
