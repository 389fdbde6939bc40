"""Figures asked of facts in hand: what a span does not touch is not looked at, and nothing it touches is missed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.counting import Held, Unseen
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Row, indicators, of
from mediator.core.judges import JUDGES
from mediator.core.spans import Span
from tests.core.test_indicators import matters
from tests.core.twelve import MARCH, TWELVE


@given(matters(), st.dates(date(2026, 1, 20), date(2026, 4, 20)), st.integers(0, 90))
def test_a_figure_of_what_a_span_touches_is_the_figure_of_everything(
    rows: list[CaseFacts], first: date, days: int
) -> None:
    span = Span(first, date.fromordinal(first.toordinal() + days), date(2026, 4, 30))
    held = Held(rows)
    for code, indicator in indicators().items():
        assert held.figure(indicator, JUDGES[code], span) == of(indicator, JUDGES[code], rows, span)


@pytest.mark.parametrize("code", JUDGES)
def test_the_twelve_months_of_a_year_are_counted_as_before(code: str) -> None:
    held = Held(TWELVE)
    for month in range(1, 13):
        span = Span(date(2026, month, 1), date(2026, month, 28), MARCH.as_of)
        assert held.figure(indicators()[code], JUDGES[code], span) == of(indicators()[code], JUDGES[code], TWELVE, span)


def test_a_month_looks_at_what_lies_in_it_alone() -> None:
    away = Span(date(2020, 1, 1), date(2020, 1, 31), MARCH.as_of)
    assert Held(TWELVE).within(away) == ()
    assert 0 < len(Held(TWELVE).within(Span(date(2026, 4, 1), date(2026, 4, 30), MARCH.as_of))) < len(TWELVE)


def test_rows_that_were_not_asked_for_have_a_number_and_are_asked_for_when_looked_at() -> None:
    asked: list[int] = []

    def ask() -> list[Row]:
        asked.append(1)
        return [Row("a"), Row("b")]

    rows = Unseen(2, ask)
    assert len(rows) == 2
    assert not asked
    assert [each.case for each in rows] == ["a", "b"]
    assert rows[1] == Row("b")
