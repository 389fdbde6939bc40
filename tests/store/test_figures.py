"""Rows for figures: written when they change, never by a turn, folded again when they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mediator.core.agenda import Planned
from mediator.core.records import CaseId
from mediator.core.spans import Span
from mediator.store import checking, counting
from mediator.store.figures import agenda, facts, work_orders
from mediator.store.vault import Vault
from tests.store.vaults import CASE, CLOCK, a_case, a_vault, draft, run_sql

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 9))
HEARING, PAYER, PAYEE, DUTY = (f"{n:032x}" for n in (11, 12, 13, 14))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path / "v")
    yield made
    made.close()


def written(vault: Vault) -> int:
    """How many rows the connection changed so far."""
    return int(vault.on_thread(lambda ledger: ledger.connection.total_changes))


def watched(vault: Vault) -> list[tuple[object, ...]]:
    """What was written into the two tables since the triggers were set."""
    return run_sql(vault, "SELECT name FROM temp.seen")


def watch(vault: Vault) -> None:
    """Note every write into the two tables."""
    run_sql(vault, "CREATE TEMP TABLE seen (name TEXT)")
    for table in ("fact_row", "agenda_row"):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            run_sql(
                vault,
                f"CREATE TEMP TRIGGER {table}_{verb} AFTER {verb} ON main.{table}"
                f" BEGIN INSERT INTO seen VALUES ('{table} {verb}'); END",
            )


def test_a_turn_of_a_hearing_writes_no_row_for_figures_and_a_change_writes_one(vault: Vault) -> None:
    a_case(vault, accepted_on="2026-03-05")
    held = {"held_at": CLOCK.now().timestamp() * 1000 // 1, "place": "镇调解室"}
    vault.append([draft(CASE, "hearing.opened", {"id": HEARING, "fields": {**held, "held_at": 1773019800000}})])
    watch(vault)
    turn = {"id": "ab" * 16, "hearing": HEARING, "speaker": "张三", "text": "一句", "at": 1}
    vault.append([draft(CASE, "hearing.sentence", turn)])
    vault.append([draft(CASE, "case.set", {"fields": {"facts": "另一个事实"}})])
    assert watched(vault) == []
    vault.append([draft(CASE, "case.set", {"fields": {"people": 7}})])
    assert watched(vault) == [("fact_row UPDATE",)]
    vault.append([draft(CASE, "hearing.set", {"id": HEARING, "fields": {"place": "村委会"}})])
    assert watched(vault)[1:] == [("agenda_row DELETE",), ("agenda_row INSERT",)]


def test_a_matter_is_found_in_each_span_of_its_days_and_while_it_is_open(vault: Vault) -> None:
    a_case(vault, accepted_on="2026-03-05")
    [row] = facts(vault, Span(date(2027, 1, 1), date(2027, 12, 31), MARCH.as_of))
    assert (row.case, row.accepted_on, row.registered_on) == (CASE, date(2026, 3, 5), date(2026, 3, 5))
    assert not facts(vault, Span(date(2025, 1, 1), date(2025, 12, 31), MARCH.as_of))
    vault.append([draft(CASE, "case.moved", {"to": "withdrawn", "from": "registered"})])
    assert facts(vault, MARCH)
    assert not facts(vault, Span(date(2026, 4, 1), date(2026, 4, 30), MARCH.as_of))


def test_what_is_dropped_or_of_an_older_program_is_folded_again(vault: Vault) -> None:
    for number in range(70):  # more than the streams that are kept in memory
        a_case(vault, CaseId(f"{number + 1:032x}"), accepted_on="2026-03-05", kind="work_order", category="blue")
    before, lines = facts(vault, MARCH), agenda(vault, tuple(Planned), MARCH.first, MARCH.last)
    assert (len(before), len(lines), work_orders(vault)) == (70, 70, {"blue": 70})
    run_sql(vault, "DELETE FROM fact_row WHERE case_id > ?", f"{9:032x}")
    run_sql(vault, "DELETE FROM agenda_row")
    run_sql(vault, "UPDATE fact_row SET version = 0")
    assert facts(vault, MARCH) == before
    assert agenda(vault, tuple(Planned), MARCH.first, MARCH.last) == lines
    assert vault.on_thread(lambda ledger: counting.unfolded(ledger.connection)) == ()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM fact_row", "UPDATE fact_row SET last = '2020-01-01'", "UPDATE fact_row SET body = x'7b7d'",
        "DELETE FROM agenda_row", "UPDATE agenda_row SET day = '2026-03-10'",
    ],
)  # fmt: skip
def test_a_full_check_finds_rows_that_are_not_those_of_the_journal(damage: str, vault: Vault) -> None:
    a_case(vault, kind="work_order", title="来电")
    assert checking.check(vault, full=True).ok
    run_sql(vault, damage)
    assert [each.code for each in checking.check(vault, full=True).findings] == ["check.folded"]
