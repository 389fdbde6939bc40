"""What ten times as many cases do to each thing that is asked often: python -m tests.bench growth [FEW MANY].

The folded rows and the search index of every case are written by the store's own code from a fold in memory: only the
signed journal is left out, which none of these questions reads. The cases that are opened and compared are real ones.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from mediator.casework import (
    checking,
    drafting,
    importing,
    likeness,
    opening,
    practice,
    reading,
    reports,
    searching,
    supervising,
)
from mediator.casework import workbench as first_page
from mediator.casework.case_file import CaseDocument, read_case_file
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.journal.entry import StreamId
from mediator.journal.fold import StreamLog
from mediator.store import dues
from mediator.store import searching as index
from mediator.store.appending import Ledger, write_case_row
from mediator.store.driver import transaction
from tests.bench.measures import Measured, timed
from tests.casework.desks import StillClock, a_desk, encoded
from tests.sync.world import TOWNSHIP

FEW, MANY = 5_000, 50_000
REAL, PORTION, QUERIES = 60, 200, 120
# What may take how long among few, in ms (issue: Must show 8).
BARS: Final = {"工作台": 300, "校验一件": 50, "查重一件": 100}
GROWS: Final = {
    "月报": "一个月里的事项本身多了十倍，每一件都要数",
    "查找": "每一处都要数出总数",
    "提升督促": "一天里到期的事项本身多了十倍",
}
Ask = Callable[[], object]


def keep_folded(ledger: Ledger, documents: Sequence[CaseDocument], desk: Desk) -> None:
    """Rows and search texts of these cases, in one transaction."""
    with transaction(ledger.connection):
        for document in documents:
            whole = importing.plan(desk, document, [])
            log = StreamLog()
            log.add(drafting.unsigned([*importing.opening_of(whole, whole.id[:8]), *whole.rest]))
            write_case_row(ledger, StreamId(whole.id), log)
            for key in log.state.items:
                index.index(ledger.connection, whole.id, key, index.texts_of(log.state, key), fresh=True)


def filled(desk: Desk, count: int) -> list[CaseId]:
    """So many made-up cases of two years and more; the ids of the real ones among them."""
    days = [desk.today() - timedelta(days=n) for n in range(795, -1, -1)]
    made = practice.made_up(7, count, township=TOWNSHIP, days=days)
    real = importing.import_file(desk, encoded(list(islice(made, REAL))))
    while portion := list(islice(made, PORTION)):
        read = read_case_file(encoded(portion)).documents
        desk.vault.on_thread(partial(keep_folded, documents=read, desk=desk))
    desk.vault.on_thread(lambda ledger: index.tidy(ledger.connection))
    return [each.id for each in real.cases]


def words_of(desk: Desk) -> list[str]:
    """Parts of texts to look for, one character to eight."""
    asked = "SELECT body FROM text WHERE length(body) > 20 ORDER BY id LIMIT 4000"
    bodies = desk.vault.on_thread(lambda ledger: [row[0] for row in ledger.connection.execute(asked)])
    chance, found = Random(4), list[str]()
    for _ in range(QUERIES):
        body, size = chance.choice(bodies), chance.randint(1, 8)
        start = chance.randrange(len(body) - size)
        found.append(body[start : start + size])
    return found


def asks(desk: Desk, real: Sequence[CaseId]) -> Iterator[tuple[str, list[Ask]]]:
    """What is asked, each several times."""
    today = desk.today()
    cases = {each: desk.vault.case(each).case for each in real}
    month, year = (next(each for each in reports.KINDS if each.id == name) for name in ("month", "year"))
    spans = {kind.id: reports.span_of(desk, kind) for kind in (month, year)}
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    for _ in range(2):
        clock.move(minutes=1)  # what was changed in the moment of a look is looked at again
        supervising.raise_due(desk)
    yield "工作台", [partial(first_page.bench, desk)] * 5
    yield "校验一件", [partial(checking.findings, desk, case) for case in cases.values()]
    yield "打开一件", [partial(reading.reread, desk, each) for each in real]
    yield "查重一件", [partial(likeness.duplicates_of, desk, each) for each in real]
    yield "类案", [partial(likeness.similar_to, desk, each) for each in real]
    yield "查找", [partial(searching.search, desk, each, 50, traced=False) for each in words_of(desk)]
    yield "期限清单", [lambda: desk.vault.on_thread(lambda ledger: dues.called(ledger.connection, today, 200))] * 5
    for kind in (month, year):
        yield kind.title, [partial(reports.report, desk, kind, spans[kind.id])] * 3
    yield "提升督促", [partial(supervising.raise_due, desk)] * 3


def medians(folder: Path, count: int) -> dict[str, float]:
    """Milliseconds of each, in the middle."""
    desk = a_desk(folder / str(count))
    try:
        real = filled(desk, count)
        return {
            what: statistics.median(timed(each) for each in every) * 1000 for what, every in asks(desk, real)
        }  # fmt: skip
    finally:
        opening.lock(desk)


def growth(few: int = FEW, many: int = MANY) -> Iterator[Measured]:
    """Each among few, among many, and how many times more; one that grows says why."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        small, large = (medians(Path(folder), count) for count in (few, many))
    for what, value in small.items():
        yield Measured(f"{what}，{few}件", value, "ms", BARS.get(what))
        yield Measured(f"{what}，{many}件", large[what], "ms", None)
        why = GROWS.get(what)
        yield Measured(f"{what}的增长{f'（{why}）' if why else ''}", large[what] / value, "倍", None if why else 1.5)
