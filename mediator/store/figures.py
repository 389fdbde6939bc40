"""The door for figures: facts of a span, lines of the calendar. What is missing is folded first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mediator.core.agenda import Planned
from mediator.core.deadlines import every_deadline
from mediator.core.facts import CaseFacts
from mediator.core.spans import Span
from mediator.journal.entry import StreamId
from mediator.journal.records import case_of
from mediator.store import counting, listing
from mediator.store.appending import Ledger
from mediator.store.driver import transaction
from mediator.store.vault import Vault

Entry = counting.Entry
PORTION: Final = 500


def facts(vault: Vault, span: Span) -> tuple[CaseFacts, ...]:
    """The facts of all matters that a figure of this span may be about."""

    def work(ledger: Ledger) -> tuple[CaseFacts, ...]:
        fold_missing(ledger)
        return counting.facts_in(ledger.connection, span)

    return vault.on_thread(work)


def agenda(vault: Vault, sorts: tuple[Planned, ...], first: date, last: date) -> tuple[Entry, ...]:
    """Lines of these sorts from one day to another, by day and hour."""

    def work(ledger: Ledger) -> tuple[Entry, ...]:
        fold_missing(ledger)
        return counting.planned(ledger.connection, sorts, (first, last))

    return vault.on_thread(work)


def work_orders(vault: Vault) -> dict[str, int]:
    """How many work orders are in hand, by category, empty for those without."""
    return vault.on_thread(lambda ledger: counting.tags(ledger.connection, Planned.WORK_ORDER))


def fold_missing(ledger: Ledger) -> None:
    """Rows of cases that have none of this version: once after an update, never in a day's work."""
    missing = counting.unfolded(ledger.connection)
    if missing:
        with transaction(ledger.connection):
            for case_id in missing:
                log = ledger.log(StreamId(case_id))
                case = case_of(case_id, log.state, waiting=log.waiting)
                deadlines = every_deadline(case, calendar=ledger.calendar, rules=ledger.tables.rules)
                counting.write(ledger.connection, case, ledger.tables, deadlines)


def named(vault: Vault, cases: Sequence[str]) -> dict[str, listing.CaseRow]:
    """What lists show of these cases."""

    def work(ledger: Ledger) -> dict[str, listing.CaseRow]:
        parts = (cases[start : start + PORTION] for start in range(0, len(cases), PORTION))
        return {row.id: row for part in parts for row in listing.rows_by_id(ledger.connection, part)}

    return vault.on_thread(work)
