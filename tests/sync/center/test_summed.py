"""Sums follow every change of a matter, say what the opened facts say, and cannot be changed unseen."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select, update

from mediator.core.counting import Held, Matters
from mediator.core.indicators import indicators
from mediator.core.judges import JUDGES
from mediator.core.reporting import KINDS
from mediator.core.spans import Span
from sync.center import figures, folding, statistics
from sync.center.checking import check
from sync.center.county import Center
from sync.center.database import seen_from
from sync.center.folding import fold_dirty
from sync.center.recounting import wrong_sums
from sync.center.summed import summed, whole
from sync.center.tables import CASE_ROW, CENTER_META, FACT_ROW, SUM_ROW
from tests.sync.center.test_exchange import by_network, tell
from tests.sync.center.test_figures import written
from tests.sync.world import NEIGHBOR, TOWNSHIP, Desk, a_laptop

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 9))
SPRING = Span(date(2026, 2, 1), date(2026, 5, 31), date(2026, 4, 9))


def told(matters: Matters, span: Span) -> list[tuple[str, int, int, str]]:
    """Every indicator in numbers."""
    found = (matters.figure(each, JUDGES[code], span) for code, each in indicators().items())
    return [(each.indicator.code, len(each.base), len(each.hits), each.printed) for each in found]


@pytest.fixture
def desks(center: Center) -> list[Desk]:
    """One laptop of each of two townships, with some cases."""
    made = [a_laptop(Random(n), center, f"desk-{n}", township=place) for n, place in enumerate((TOWNSHIP, NEIGHBOR))]
    for number, desk in enumerate(made * 4):
        tell(desk, 1, case=f"{number:032x}")
    return made


def go_on(center: Center, desks: list[Desk], random: Random) -> None:
    """Things happen in every case, and reach the county."""
    for number, desk in enumerate(desks * 4):
        for _ in range(4):
            written(random, desk, f"{number:032x}")
    for desk in desks:
        by_network(center, desk)
    assert fold_dirty(center) == 0


def recounted(center: Center) -> list[str]:
    """What a count of everything says of the sums."""
    with center.database.reading() as scope:
        return list(wrong_sums(center, scope))


@pytest.mark.parametrize("span", [MARCH, SPRING], ids=["month", "four months"])
def test_sums_say_what_opened_facts_say_after_every_change(center: Center, desks: list[Desk], span: Span) -> None:
    random = Random(6)
    for _ in range(3):
        go_on(center, desks, random)
        for township in ("", TOWNSHIP, NEIGHBOR):
            opened = Held(figures.facts(center, span, township=township))
            beside = Held(figures.facts(center, span.year_before, township=township))
            kept = summed(center, span, township=township)
            assert told(kept, span) == told(opened, span)
            assert told(kept, span.year_before) == told(beside, span.year_before)
        assert recounted(center) == []


def test_the_list_behind_a_sum_is_the_list_of_the_opened_facts(center: Center, desks: list[Desk]) -> None:
    go_on(center, desks, Random(7))
    opened, kept = Held(figures.facts(center, MARCH)), summed(center, MARCH, township="")
    for code, each in indicators().items():
        mine, theirs = (held.figure(each, JUDGES[code], MARCH) for held in (kept, opened))
        assert (tuple(mine.hits), tuple(mine.base)) == (tuple(theirs.hits), tuple(theirs.base)), code


@pytest.mark.threat("T57")
def test_who_sees_one_township_sees_its_sums_alone(center: Center, desks: list[Desk]) -> None:
    go_on(center, desks, Random(8))
    own = summed(center, MARCH, township=NEIGHBOR)
    with seen_from(NEIGHBOR):
        assert told(summed(center, MARCH, township=""), MARCH) == told(own, MARCH)
        assert told(summed(center, MARCH, township=TOWNSHIP), MARCH) == told(Held(()), MARCH)


def test_a_matter_that_goes_to_another_township_or_away_takes_its_sums_along(center: Center, desks: list[Desk]) -> None:
    go_on(center, desks, Random(9))
    case = f"{0:032x}"
    own = update(CASE_ROW).where(CASE_ROW.c.case == case).values(township=NEIGHBOR, dirty=1)
    center.database.write(lambda scope: scope.change(own))
    fold_dirty(center)
    assert recounted(center) == []
    center.database.write(lambda scope: figures.drop_facts(center, scope, case))
    assert recounted(center) == []
    with center.database.reading() as scope:
        assert scope.one(select(FACT_ROW.c.case).where(FACT_ROW.c.case == case)) is None


@pytest.mark.threat("T64")
@pytest.mark.parametrize("column", ["base", "hits", "total"])
def test_a_sum_that_somebody_changed_is_found_by_a_check(center: Center, desks: list[Desk], column: str) -> None:
    go_on(center, desks, Random(10))
    raised = update(SUM_ROW).where(SUM_ROW.c.code == "accepted").values({column: SUM_ROW.c[column] + 1})
    center.database.write(lambda scope: scope.change(raised))
    findings = check(center).findings
    assert findings
    assert {each.partition(" ")[0] for each in findings} == {"sum.row"}
    assert "accepted" in findings[0]


def test_a_program_that_counts_otherwise_begins_its_sums_anew(center: Center, desks: list[Desk]) -> None:
    go_on(center, desks, Random(11))
    wrong = update(SUM_ROW).values(base=SUM_ROW.c.base + 5)
    center.database.write(lambda scope: scope.change(wrong))
    center.database.write(lambda scope: scope.put(CENTER_META, {"name": "sums", "value": "an earlier one"}))
    center.database.write(lambda scope: scope.put(CENTER_META, {"name": "fold", "value": "an earlier one"}))
    folding.refold_after_update(center)
    with center.database.reading() as scope:
        assert scope.value(select(func.count()).select_from(SUM_ROW)) == 0
    assert fold_dirty(center) == 0
    assert recounted(center) == []


def test_what_is_folded_again_without_a_change_moves_no_sum(center: Center, desks: list[Desk]) -> None:
    go_on(center, desks, Random(12))
    with center.database.reading() as scope:
        before = scope.rows(select(SUM_ROW).order_by(*SUM_ROW.primary_key))
    center.database.write(lambda scope: scope.change(update(CASE_ROW).values(dirty=1)))
    fold_dirty(center)
    with center.database.reading() as scope:
        assert scope.rows(select(SUM_ROW).order_by(*SUM_ROW.primary_key)) == before


@pytest.mark.parametrize(
    ("first", "last", "sums"),
    [((2026, 3, 1), (2026, 3, 31), True), ((2026, 3, 2), (2026, 3, 31), False), ((2026, 3, 1), (2026, 3, 30), False),
     ((2024, 2, 1), (2024, 2, 29), True), ((2023, 1, 1), (2025, 12, 31), True)],
)  # fmt: skip
def test_days_of_ones_own_are_counted_from_facts(
    first: tuple[int, int, int], last: tuple[int, int, int], sums: bool
) -> None:
    assert whole(Span(date(*first), date(*last), date(2026, 4, 9))) is sums


def test_a_report_of_own_days_and_one_of_the_month_agree_where_nothing_lies_between(
    center: Center, desks: list[Desk]
) -> None:
    go_on(center, desks, Random(13))
    short = Span(MARCH.first, date(2026, 3, 30), MARCH.as_of)
    for kind in (KINDS[0], KINDS[3]):
        month, days = (statistics.report(center, kind, span) for span in (MARCH, short))
        assert [each.title for each in month.tables] == [each.title for each in days.tables]
        words = [[[cell.words for cell in row] for row in each.rows] for each in month.tables]
        assert words == [[[cell.words for cell in row] for row in each.rows] for each in days.tables]
