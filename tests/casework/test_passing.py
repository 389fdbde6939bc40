"""Signing asks for every warning; a reason is kept with what stood there, on every desk, at once with the signing."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import agreement, checking, importing, intake, opening, passing, printing, reading
from mediator.casework.checking import Refused
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.core.codes import CaseStatus
from mediator.core.findings import Finding, Severity
from mediator.core.records import CaseId, ClauseId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Ledger
from tests.casework.desks import (
    PASSWORD,
    a_desk,
    a_document,
    a_hearing,
    a_signed_case,
    a_workshop,
    an_agreement,
    case_of,
    encoded,
    taken_in,
)
from tests.casework.test_conflicts import exchange, seen
from tests.store.killing import die, killed

WHY = "双方都认识，证件后补。"
WAIVES = {"text": "双方今后不得再向法院起诉，也不得信访。"}
VAGUE = {"text": "张三尽快向李四赔礼道歉。"}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    yield made
    opening.lock(made)


def a_draft(desk: Desk, **changes: Any) -> CaseId:
    """A draft with warnings, one of them at its second clause, and no block."""
    agreed = an_agreement(copies=2, clauses=[*an_agreement()["clauses"], VAGUE])
    return taken_in(desk, a_document(hearings=[a_hearing()], agreement=agreed | changes))


def found(desk: Desk, case_id: CaseId, rule: str) -> list[Finding]:
    """Findings of one rule."""
    return [each for each in checking.findings(desk, case_of(desk, case_id)) if each.rule == rule]


def waiting(desk: Desk, case_id: CaseId) -> list[tuple[str, str]]:
    """Rule and place of each warning that nobody answered for."""
    return [(each.rule, each.place) for each in checking.open_warnings(desk, case_of(desk, case_id))]


def second(desk: Desk, case_id: CaseId) -> ClauseId:
    """The vague clause."""
    agreed = case_of(desk, case_id).agreement
    assert agreed is not None
    return agreed.clauses[1].id


def test_signing_names_every_open_warning_and_writes_nothing(desk: Desk) -> None:
    case_id = a_draft(desk)
    before = desk.vault.entry_count()
    for nothing in ("", " \u3000 "):
        with pytest.raises(Refused) as caught:
            agreement.sign(desk, case_id, desk.today(), reason=nothing)
        assert caught.value.code == "agreement.warnings"
        assert [(each.rule, each.place) for each in caught.value.findings] == waiting(desk, case_id)
        assert all(each.rule in sentence(caught.value) for each in caught.value.findings)
    assert ("V19", "clauses.1") in waiting(desk, case_id)
    assert desk.vault.entry_count() == before


def test_one_reason_answers_for_what_is_open_and_leaves_older_reasons_alone(desk: Desk) -> None:
    case_id = a_draft(desk)
    passing.pass_over(desk, case_id, "V34", reason="双方只要两份")
    still = waiting(desk, case_id)
    agreement.sign(desk, case_id, desk.today(), reason=WHY)
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.SIGNED
    assert [(each.rule, each.place) for each in case.course.passed] == [("V34", "agreement.copies"), *still]
    assert {each.reason for each in case.course.passed[1:]} == {WHY}
    warned = [each for each in checking.findings(desk, case) if each.severity is Severity.WARN]
    assert {(each.rule, each.reason) for each in warned} == {
        ("V34", "双方只要两份"),
        *((rule, WHY) for rule, _ in still),
    }
    assert {each.by for each in warned} == {"李调解"}
    assert checking.open_warnings(desk, case) == ()


def test_nothing_is_asked_where_each_warning_was_answered_for(desk: Desk) -> None:
    case_id = a_draft(desk)
    for rule, place in waiting(desk, case_id):
        passing.pass_over(desk, case_id, rule, place=place, reason=WHY)
    agreement.sign(desk, case_id, desk.today())
    assert case_of(desk, case_id).status is CaseStatus.SIGNED


def test_no_reason_signs_what_a_rule_blocks(desk: Desk) -> None:
    case_id = a_draft(desk, clauses=[*an_agreement()["clauses"], WAIVES])
    with pytest.raises(Refused) as caught:
        agreement.sign(desk, case_id, desk.today(), reason=WHY)
    assert (caught.value.code, {each.rule for each in caught.value.findings}) == ("agreement.findings", {"V24"})
    assert case_of(desk, case_id).course.passed == ()


@pytest.mark.parametrize(
    ("rule", "reason", "code"),
    [
        ("V24", WHY, "finding.block"),
        ("V19", "", "finding.unknown"),
        ("V34", " \u3000 ", "finding.reason"),
    ],
)
def test_only_an_open_warning_is_passed_over_and_only_with_a_reason(
    desk: Desk, rule: str, reason: str, code: str
) -> None:
    case_id = a_draft(desk, clauses=[*an_agreement()["clauses"], WAIVES])
    before = desk.vault.entry_count()
    with pytest.raises((RefusedByRule, Unacceptable)) as caught:
        passing.pass_over(desk, case_id, rule, reason=reason)
    assert (caught.value.code, desk.vault.entry_count()) == (code, before)


def test_a_warning_is_passed_over_once_at_its_place_alone(desk: Desk) -> None:
    case_id = a_draft(desk)
    passing.pass_over(desk, case_id, "V03", place="parties.0.id_number", reason=WHY)
    assert [each.reason for each in found(desk, case_id, "V03")] == [WHY, ""]
    with pytest.raises(RefusedByRule, match=r"finding\.passed"):
        passing.pass_over(desk, case_id, "V03", place="parties.0.id_number", reason=WHY)
    with pytest.raises(Unacceptable, match=r"finding\.unknown"):
        passing.pass_over(desk, case_id, "V03", place="parties.9.id_number", reason=WHY)


def test_a_reason_given_at_one_desk_is_open_again_when_the_other_changed_the_clause(desk: Desk, other: Desk) -> None:
    case_id = a_draft(desk)
    exchange(desk, other, case_id)
    passing.pass_over(desk, case_id, "V19", reason="当事人坚持这样写")
    words = "张三近期向李四赔礼道歉。"
    agreement.save_clause(other, case_id, seen(other, case_id), clause=second(other, case_id), text=words)
    exchange(desk, other, case_id)
    for each in (desk, other):
        assert ("V19", "clauses.1") in waiting(each, case_id)
        assert len(case_of(each, case_id).course.passed) == 1
    passing.pass_over(other, case_id, "V19", reason="还是这样写")
    exchange(desk, other, case_id)
    for each in (desk, other):
        assert [one.reason for one in found(each, case_id, "V19")] == ["还是这样写"]
    agreement.save_clause(desk, case_id, seen(desk, case_id), clause=second(desk, case_id), text=VAGUE["text"])
    assert [one.reason for one in found(desk, case_id, "V19")] == ["当事人坚持这样写"]


def test_an_agreement_that_came_in_as_signed_stays_signed_is_not_asked_and_is_printed(
    desk: Desk, tmp_path: Path
) -> None:
    agreed = an_agreement(clauses=[*an_agreement()["clauses"], WAIVES])
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=agreed, outcome="agreed")
    taken = importing.import_file(desk, encoded(document))
    assert [each.rule for each in taken.findings if each.severity is Severity.BLOCK] == ["V24"]
    case_id = taken.cases[0].id
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.SIGNED
    assert [each.severity for each in found(desk, case_id, "V24")] == [Severity.BLOCK]
    assert (checking.blocking(desk, case), checking.open_warnings(desk, case)) == ((), ())
    (made,) = printing.make(desk, case_id, ["mediation_agreement"], formats=("pdf",), out=tmp_path, draft=False)
    assert made.number


def test_what_can_still_be_mended_keeps_an_agreement_a_draft_when_it_comes_in(desk: Desk) -> None:
    payment = {"payer": "b", "payee": "a", "amount": "3000.00", "method": "转账"}
    document = a_document(hearings=[a_hearing()], agreement=an_agreement(payments=[payment]), outcome="agreed")
    taken = importing.import_file(desk, encoded(document))
    assert [each.rule for each in taken.findings] == ["L05"]
    assert case_of(desk, taken.cases[0].id).status is CaseStatus.AGREED


def test_a_signed_agreement_that_a_name_is_taken_from_later_is_not_printed(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    opened = reading.reread(desk, case_id)
    intake.save_party(desk, case_id, opened.case.parties[0].id, opened.seen, {"name": ""})
    with pytest.raises(printing.Refused, match=r"document\.findings"):
        printing.make(desk, case_id, ["mediation_agreement"], formats=("pdf",), out=tmp_path, draft=False)


def sign_until(step: int, vault: Path, case_id: CaseId) -> None:
    """Sign with a reason; the power goes while the entry of this step is written."""
    desk = opening.unlock(a_workshop(), vault, None, PASSWORD)
    last = desk.vault.entry_count() + step
    trigger = f"CREATE TEMP TRIGGER cut AFTER INSERT ON journal WHEN NEW.n = {last} BEGIN SELECT die(); END"

    def arm(ledger: Ledger) -> None:
        ledger.connection.create_function("die", 0, die)
        ledger.connection.execute(trigger)

    desk.vault.on_thread(arm)
    agreement.sign(desk, case_id, desk.today(), reason=WHY)


@pytest.mark.threat("T12")
@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="kills need a fork server")
@pytest.mark.parametrize("step", [1, 3, 8])
def test_a_kill_within_the_signing_keeps_neither_reason_nor_signature(tmp_path: Path, step: int) -> None:
    vault = tmp_path / "vault"
    desk = a_desk(vault)
    case_id = a_draft(desk)
    opening.lock(desk)
    assert killed(partial(sign_until, step, vault, case_id))
    again = opening.unlock(a_workshop(), vault, None, PASSWORD)
    case = case_of(again, case_id)
    assert (case.course.passed, case.agreement.is_signed) == ((), False)  # type: ignore[union-attr]  # it has one
    assert waiting(again, case_id)
    opening.lock(again)
