"""统计 at the county: the rooms' reports, every figure with a list of as many rows, townships that add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update

from mediator.casework import importing, opening, practice, reports
from mediator.casework.desk import Desk
from mediator.core.reporting import KINDS, LEDGERS, Kind
from mediator.core.spans import Span
from mediator.crypto.columns import Columns
from mediator.errors import Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.reach import Reach
from sync.center import statistics
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.judging import unfolded
from sync.center.keeping import Keeper
from sync.center.tables import CASE_ROW
from tests.casework.desks import a_desk, encoded
from tests.sync.world import NEIGHBOR, TOWNSHIP

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 9))
COUNT = 24


def held_by(center: Center, desk: Desk, *, seed: int = 3) -> None:
    """Everything of a desk at the county; its cases belong to two townships by turns."""
    entries = [each for each in desk.vault.since(desk.vault.desk, 0, 100_000) if each.reach is Reach.COUNTY]
    cases = sorted({each.stream for each in entries if each.kind.startswith("case.")})
    Keeper(center).absorb(entries)
    random = Random(seed)
    rows = [unfolded(StreamId(case), random.choice((TOWNSHIP, NEIGHBOR)), "") for case in cases]
    center.database.write(lambda scope: scope.add(CASE_ROW, rows))
    assert fold_dirty(center) == 0


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A room with made-up matters of two years."""
    made = a_desk(tmp_path_factory.mktemp("statistics"))
    days = [date(2025, 1 + n % 12, 3) for n in range(12)] + [date(2026, 1 + n % 3, 2) for n in range(12)]
    importing.import_file(made, encoded(list(practice.made_up(7, COUNT, township=TOWNSHIP, days=days))))
    yield made
    opening.lock(made)


def words(tables: object) -> list[tuple[str, list[list[str]]]]:
    """Titles and the words of every cell."""
    return [(each.title, [[cell.words for cell in row] for row in each.rows]) for each in tables]  # type: ignore[attr-defined]  # tables of a report


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_report_of_the_county_says_what_the_room_says_and_each_figure_has_its_list(
    center: Center, desk: Desk, kind: Kind
) -> None:
    held_by(center, desk)
    here, there = statistics.report(center, kind, YEAR), reports.report(desk, kind, YEAR)
    added = [each for each in here.tables if each.title == statistics.PLACES]
    assert len(added) == (kind.id not in LEDGERS)
    assert words(each for each in here.tables if each not in added) == words(there.tables)
    for number, table in enumerate(here.tables):
        for line, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                _, rows = statistics.cell_of(here, f"{number}-{line}-{column}")
                assert rows == tuple(cell.rows)
                assert len(rows) == len(cell.rows), "the list of a sum is as long as the sum"
        for cell in {cell for row in table.rows for cell in row if cell.rows}:
            assert len(statistics.behind(center, cell.rows)) == len(cell.rows)
            if cell.words.isdigit() and table.columns[0].name != "序号" and cell in [row[1] for row in table.rows]:
                assert int(cell.words) == len(cell.rows)


def test_townships_add_up_to_the_county_and_each_has_its_own_report(center: Center, desk: Desk) -> None:
    held_by(center, desk)
    kind = KINDS[2]
    whole = statistics.report(center, kind, YEAR)
    table = next(each for each in whole.tables if each.title == statistics.PLACES)
    counts = {row[0].words: len(row[1].rows) for row in table.rows}
    assert counts.pop("合计") == sum(counts.values()) > 3
    assert len(counts) == 18, "townships without a matter keep their row"
    for code in (TOWNSHIP, NEIGHBOR):
        own = statistics.report(center, kind, YEAR, township=code)
        accepted = next(row for row in own.tables[0].rows if row[1].words == "受理件数")
        assert accepted[3].words == str(counts[center.places.name(code)])
        assert all(each.title != statistics.PLACES for each in own.tables)


def test_charts_show_months_townships_and_kinds_and_nothing_of_nothing(center: Center, desk: Desk) -> None:
    held_by(center, desk)
    drawn = statistics.pictures(statistics.report(center, KINDS[2], YEAR))
    assert [each.title for each in drawn] == ["分乡镇情况：受理", "分月情况", "按纠纷类型：受理"]
    empty = Span(date(1999, 1, 1), date(1999, 1, 31), date(2026, 3, 9))
    assert statistics.pictures(statistics.report(center, KINDS[0], empty)) == ()


@pytest.mark.parametrize(
    "place", ["", "0", "0-0", "0-0-0-0", "9-0-0", "0-999-0", "0-0-99", "-1-0-0", "٠-0-0", "0-0-100000"]
)
def test_a_link_to_no_figure_is_refused(center: Center, place: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        statistics.cell_of(statistics.report(center, KINDS[0], YEAR), place)
    assert refused.value.code == "figure.unknown"


def test_a_line_that_somebody_changed_stands_in_the_list_and_says_so(
    tmp_path: Path, center: Center, desk: Desk
) -> None:
    from dataclasses import replace

    sealed = replace(center, cabinet=Columns(bytes(32), owner="c" * 32))
    held_by(sealed, desk)
    ledger = next(each for each in KINDS if each.id == "ledger")
    row = statistics.report(sealed, ledger, YEAR).tables[0].rows[0][0].rows[0]
    with sealed.database.reading() as scope:
        folded = scope.value(select(CASE_ROW.c.folded).where(CASE_ROW.c.case == row.case))
    spoil = update(CASE_ROW).where(CASE_ROW.c.case == row.case).values(folded=folded[:-1] + b"\0")
    sealed.database.write(lambda scope: scope.change(spoil))
    assert [each.line.damaged for each in statistics.behind(sealed, (row,))] == [True]
    assert statistics.names_of(sealed, [row.case]) == {}
