"""The workbench and the reports at 5,000 cases, and what becomes of them at ten times as many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from mediator.casework import importing, opening, practice, reports, workbench
from mediator.casework.desk import Desk
from mediator.store.appending import Ledger
from tests.bench.measures import Measured, timed
from tests.casework.desks import a_desk, encoded
from tests.sync.world import TOWNSHIP

CASES, PORTION, TIMES = 5000, 100, 10
# What rows are found by stands first and last: copies get a case id of their own.
COPIED: Final = {
    "case_row": "id", "fact_row": "case_id", "agenda_row": "case_id", "deadline_row": "case_id",
}  # fmt: skip


def best(work: Callable[[], object]) -> float:
    """The quickest of five, in ms."""
    return min(timed(work) for _ in range(5)) * 1000


def filled(desk: Desk) -> None:
    """Made-up cases of two years and more, until the desk's today."""
    days = [desk.today() - timedelta(days=n) for n in range(795, -1, -1)]
    documents = list(practice.made_up(7, CASES, township=TOWNSHIP, days=days))
    for start in range(0, CASES, PORTION):
        importing.import_file(desk, encoded(documents[start : start + PORTION]))


def multiplied(ledger: Ledger) -> None:
    """Each folded row nine times more under other ids: the workbench reads nothing else."""
    for table, key in COPIED.items():
        names = [row[1] for row in ledger.connection.execute(f"PRAGMA table_info({table})")]
        shown = ", ".join(f"printf('%02d', :n) || substr({name}, 3)" if name == key else name for name in names)
        for number in range(1, TIMES):
            copy = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) SELECT {shown} FROM {table}_first"
            if number == 1:
                ledger.connection.execute(f"CREATE TEMP TABLE {table}_first AS SELECT * FROM {table}")
            ledger.connection.execute(copy, {"n": number})


def figures(folder: Path) -> Iterator[Measured]:
    """The first page, a month's report and a year's, then the first page again over ten times as many rows."""
    desk = a_desk(folder / "figures")
    try:
        filled(desk)
        first = best(lambda: workbench.bench(desk))
        yield Measured(f"工作台，{CASES}件", first, "ms", 300)
        for kind in reports.KINDS:
            if kind.id in ("month", "year", "ledger"):
                span = reports.span_of(desk, kind, date(desk.today().year, 1, 1) if kind.id == "ledger" else None)
                took = best(lambda kind=kind, span=span: reports.report(desk, kind, span))  # type: ignore[misc]  # this turn's kind
                yield Measured(f"{kind.title}，{CASES}件", took, "ms", 500)
        desk.vault.on_thread(multiplied)
        more = best(lambda: workbench.bench(desk))
        yield Measured(f"工作台，{CASES * TIMES}件", more, "ms", 300)
        yield Measured(f"工作台，从{CASES}件到{CASES * TIMES}件", more / first, "倍", 1.5)
    finally:
        opening.lock(desk)


FIGURES = (figures,)
