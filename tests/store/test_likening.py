"""What cases are compared by: written where it changed, bounded, and looked through by the full check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.store import likening
from mediator.store.checking import check
from mediator.store.vault import Vault
from tests.store.vaults import CLOCK, a_case, a_vault, draft, run_sql

FACTS = "翻修房屋时屋檐伸出约半米，雨水滴到东墙，致墙面受潮脱落。"
TABLES = ("person_sketch", "person_key", "matter_sketch", "pair_index", "judged")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path / "v")
    yield made
    made.close()


def case_with(vault: Vault, number: int, name: str = "王秀英", **fields: object) -> CaseId:
    """A case with one party."""
    case = a_case(vault, CaseId(f"{number:032x}"), facts=FACTS)
    party = {"ref": "p1", "side": "applicant", "kind": "person", "name": name, "address": "湖川村3号", **fields}
    vault.append([draft(case, "party.added", {"id": f"{number + 9000:032x}", "fields": party})])
    return case


def candidates_of(vault: Vault, case: CaseId) -> set[str]:
    """Cases that a scan of this one would look at."""
    opened = vault.case(case)
    matter = likening.matter_of(opened.case, opened=opened.entries[0].wall)
    found = vault.on_thread(lambda ledger: likening.candidates(ledger.connection, matter))
    return {each.case for each in found}


def state(vault: Vault) -> list[list[tuple[object, ...]]]:
    """Everything folded here."""
    return [run_sql(vault, f"SELECT rowid, * FROM {name}") for name in ("person_sketch", "matter_sketch")]


def test_a_party_is_met_under_a_key_until_it_changes(vault: Vault) -> None:
    one, other = case_with(vault, 1, phone="10012345678"), case_with(vault, 2, name="李四", phone="10012345678")
    vault.append([draft(other, "case.set", {"fields": {"facts": "彩礼未退。", "title": "彩礼"}})])
    assert candidates_of(vault, one) == {other}
    seen = {vault.desk: vault.top(vault.desk)[0]}
    vault.append([draft(other, "party.set", {"id": f"{9002:032x}", "fields": {"phone": ""}}, seen)])
    assert candidates_of(vault, one) == set()
    assert run_sql(vault, "SELECT count(*) FROM person_key WHERE no NOT IN (SELECT no FROM person_sketch)") == [(0,)]


def test_what_changes_nothing_writes_nothing(vault: Vault) -> None:
    case = case_with(vault, 1)
    before = state(vault)
    vault.append([draft(case, "case.moved", {"to": "accepted", "from": "registered"})])
    assert state(vault) == before


def test_a_turn_of_a_hearing_does_not_touch_what_cases_are_compared_by(vault: Vault) -> None:
    case = case_with(vault, 1)
    body: dict[str, object] = {"id": "c" * 32, "hearing": "d" * 32, "speaker": "王", "text": "话", "at": 1}
    asked: list[str] = []
    vault.on_thread(lambda ledger: ledger.connection.set_trace_callback(asked.append))
    vault.append([draft(case, "hearing.sentence", body)])
    vault.on_thread(lambda ledger: ledger.connection.set_trace_callback(None))
    assert asked
    assert not [statement for statement in asked if any(name in statement for name in TABLES)]


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM person_key",
        "DELETE FROM matter_sketch",
        "UPDATE person_sketch SET body = CAST(replace(CAST(body AS TEXT), '王', '汪') AS BLOB)",
        "INSERT INTO judged SELECT case_id, 7, case_id, 'matter', 1, '', '' FROM matter_sketch",
    ],
)
def test_the_full_check_finds_rows_that_are_not_what_the_journal_says(vault: Vault, damage: str) -> None:
    case_with(vault, 1)
    assert check(vault, full=True).ok
    run_sql(vault, damage)
    assert "check.folded" in {found.code for found in check(vault, full=True).findings}


def test_a_common_key_gives_the_newest_holders_alone(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likening, "MOST", 3)
    monkeypatch.setattr(likening, "HOLDERS", 3)
    for number in range(1, 9):
        case_with(vault, number)
    assert candidates_of(vault, CaseId(f"{1:032x}")) == {f"{number:032x}" for number in (6, 7, 8)}


def test_the_senders_number_leads_to_its_case(vault: Vault) -> None:
    case = a_case(vault, source_ref="20260302-118")
    asked = vault.on_thread(lambda ledger: likening.known_refs(ledger.connection, ["", "20260302-118", "7"]))
    assert asked == {"20260302-118": case}


def test_the_day_of_a_case_is_accepted_else_arrived_else_registered(vault: Vault) -> None:
    a_case(vault, CaseId(f"{1:032x}"))
    a_case(vault, CaseId(f"{2:032x}"), arrived_at=1_767_225_600_000)
    a_case(vault, CaseId(f"{3:032x}"), arrived_at=1_767_225_600_000, accepted_on="2026-03-01")
    ids = [CaseId(f"{number:032x}") for number in (1, 2, 3)]
    days = vault.on_thread(lambda ledger: [each.sketch.on for each in likening.matters(ledger.connection, ids)])
    assert days == [f"{CLOCK.moment:%Y-%m-%d}", "2026-01-01", "2026-03-01"]
