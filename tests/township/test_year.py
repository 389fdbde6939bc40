"""Must hold over a whole township year: every deadline on its day, no order twice, nobody blamed, figures equal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from mediator.core.calendar import Calendar
from mediator.core.course import OrderId
from mediator.core.supervision import Wanted, wanted
from sync.center import folding
from sync.center import supervising as county
from sync.center.figures import keep_facts
from tests.township.judged import unequal_figures, wrong_orders
from tests.township.matters import matters_of
from tests.township.town import a_town
from tests.township.year import Year

AUTUMN: Final = (date(2025, 9, 15), date(2025, 12, 31))
WHOLE: Final = (date(2025, 7, 1), date(2026, 6, 30))
Found = dict[str, object]


def lived(folder: Path, span: tuple[date, date], count: int, *, seed: int = 3) -> Found:
    """So many matters from day to day, and all that was wrong."""
    with a_town(folder, span[0]) as town:
        year = Year(town, matters_of(seed, count, *span), *span).run()
        return {
            "uncalled": year.uncalled, "twice": year.twice, "blamed": year.blamed,
            "orders": list(wrong_orders(year)), "figures": list(unequal_figures(year)),
        }  # fmt: skip


NOTHING: Final[Found] = {"uncalled": [], "twice": [], "blamed": [], "orders": [], "figures": []}


def test_in_an_autumn_with_a_month_offline_each_deadline_has_its_day_and_each_order_is_one(tmp_path: Path) -> None:
    assert lived(tmp_path, AUTUMN, 60) == NOTHING


@pytest.mark.full
def test_in_a_year_of_two_thousand_matters_too(tmp_path: Path) -> None:
    assert lived(tmp_path, WHOLE, 2000) == NOTHING


def numbered_by_the_county(monkeypatch: pytest.MonkeyPatch) -> None:
    """The county gives its orders ids of its own."""

    def renamed(*told: Any) -> tuple[Wanted, ...]:
        return tuple(replace(each, id=OrderId(each.id[::-1])) for each in wanted(*told))

    monkeypatch.setattr(county, "wanted", renamed)


def by_the_countys_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The county judges up to today, whatever a room has told."""
    monkeypatch.setattr(county, "heard_of", lambda center, _, rows: {row.case: center.today() for row in rows})


def a_weekend_is_a_weekend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on a make-up workday."""
    monkeypatch.setattr(Calendar, "is_workday", lambda self, day: day.weekday() < 5 and day not in self.days_off)


def facts_of_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the county counts by is kept once and never again."""
    kept: set[str] = set()

    def once(center: Any, scope: Any, case: Any, **told: Any) -> None:
        if case.id not in kept:
            kept.add(case.id)
            keep_facts(center, scope, case, **told)

    monkeypatch.setattr(folding, "keep_facts", once)


@pytest.mark.full
@pytest.mark.parametrize(
    ("plant", "finds"),
    [
        (numbered_by_the_county, {"twice"}),
        (by_the_countys_clock, {"blamed", "orders"}),
        (a_weekend_is_a_weekend, {"uncalled", "orders"}),
        (facts_of_the_first_day, {"figures"}),
    ],
)
def test_a_planted_defect_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], finds: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    found = lived(tmp_path, AUTUMN, 60)
    assert finds <= {name for name, wrong in found.items() if wrong}
