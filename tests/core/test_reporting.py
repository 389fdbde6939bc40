"""One table of reports for desk and county: days by kind, last year beside this one, ledgers with names."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.core.facts import CaseFacts
from mediator.core.indices import program_indices
from mediator.core.ledgers import Name, Names
from mediator.core.reporting import KINDS, LEDGERS, MONTHS, STATISTICS, Kind, counted, days_of, span_for
from mediator.core.spans import Span
from mediator.errors import RefusedByRule

TODAY = date(2026, 8, 20)
BY_ID = {each.id: each for each in KINDS}


@pytest.mark.parametrize(
    ("kind", "first", "last", "wanted"),
    [
        ("month", None, None, (date(2026, 8, 1), date(2026, 8, 31))),
        ("quarter", None, None, (date(2026, 7, 1), date(2026, 9, 30))),
        ("year", None, None, (date(2026, 1, 1), date(2026, 12, 31))),
        ("ledger", None, None, (date(2026, 1, 1), TODAY)),
        ("quarter", None, date(2026, 2, 10), (date(2026, 1, 1), date(2026, 2, 10))),
        ("month", date(2026, 2, 3), None, (date(2026, 2, 3), date(2026, 2, 28))),
        ("ledger", date(2026, 9, 1), None, (date(2026, 9, 1), date(2026, 9, 1))),
    ],
)
def test_a_kind_covers_the_days_it_is_named_after(
    kind: str, first: date | None, last: date | None, wanted: tuple[date, date]
) -> None:
    span = span_for(BY_ID[kind], TODAY, first, last)
    assert (span.first, span.last, span.as_of) == (*wanted, TODAY)


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        ("month", "2026-08-01 2026-08-31"), ("last_month", "2026-07-01 2026-07-31"),
        ("quarter", "2026-07-01 2026-09-30"), ("last_quarter", "2026-04-01 2026-06-30"),
        ("year", "2026-01-01 2026-12-31"), ("last_year", "2025-01-01 2025-12-31"),
    ],
)  # fmt: skip
def test_a_period_has_its_days_by_name(period: str, wanted: str) -> None:
    first, last = days_of(period, TODAY)
    assert f"{first} {last}" == wanted
    assert [str(day) for day in days_of("last_quarter", date(2026, 2, 28))] == ["2025-10-01", "2025-12-31"]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RefusedByRule):
        span_for(BY_ID["month"], TODAY, date(2026, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_statistics_ask_for_last_year_as_well_and_ledgers_for_names(kind: Kind) -> None:
    spans: list[Span] = []
    named: list[int] = []

    def ask(span: Span) -> tuple[CaseFacts, ...]:
        spans.append(span)
        return ()

    def names(cases: object) -> Names:
        named.append(1)
        return {"x": Name()}

    span = span_for(kind, TODAY)
    made = counted(kind, span, ask, names, (program_indices(),))
    assert (made.kind, made.title, made.span) == (kind.id, kind.title, span)
    assert spans == [span] if kind.id in LEDGERS else spans == [span, span.year_before]
    assert len(named) == (kind.id in LEDGERS)
    assert (kind.id in LEDGERS) != (kind.id in STATISTICS)
    assert [each.title for each in made.tables].count("工作力指数") == (kind.id in MONTHS)
