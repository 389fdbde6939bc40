"""Spans of days: their names, their months, the same days of last year."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.core.spans import Span, month_of, months_of

NOW = date(2026, 4, 10)


def span(first: str, last: str) -> Span:
    """Two ISO days."""
    return Span(date.fromisoformat(first), date.fromisoformat(last), NOW)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-01", "2026-03-31", "2026年3月"),
        ("2026-01-01", "2026-03-31", "2026年第一季度"),
        ("2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-02-01", "2026-04-30", "2026年2月1日至2026年4月30日"),
        ("2026-07-01", "2027-06-30", "2026年7月1日至2027年6月30日"),
        ("2026-03-05", "2026-03-05", "2026年3月5日至2026年3月5日"),
    ],
)
def test_a_span_is_named_as_a_report_names_it(first: str, last: str, words: str) -> None:
    assert span(first, last).words == words


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-03-01", "2026-03-31", ("2025-03-01", "2025-03-31")),
        ("2025-02-01", "2025-02-28", ("2024-02-01", "2024-02-29")),
        ("2024-02-01", "2024-02-29", ("2023-02-01", "2023-02-28")),
        ("2026-03-05", "2026-04-09", ("2025-03-05", "2025-04-09")),
    ],
)
def test_last_year_has_the_same_days_and_a_whole_month_stays_whole(
    first: str, last: str, before: tuple[str, str]
) -> None:
    assert span(first, last).year_before == span(*before)


def test_a_span_falls_into_months_that_cover_it_once() -> None:
    found = months_of(span("2025-12-20", "2026-02-03"))
    assert [(each.first.isoformat(), each.last.isoformat()) for each in found] == [
        ("2025-12-20", "2025-12-31"), ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-03"),
    ]  # fmt: skip
    assert month_of(date(2026, 2, 14), NOW) == span("2026-02-01", "2026-02-28")
    assert not span("2026-02-01", "2026-02-28").holds(None)
