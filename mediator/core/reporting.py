"""Which reports there are, and how each is made of facts: one table for the desk, the command line and the county."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core import ledgers, statistics
from mediator.core.calendar import ONE_DAY, months_later
from mediator.core.counting import Held, Matters
from mediator.core.facts import CaseFacts
from mediator.core.indices import IndexSet, indices_on, scored
from mediator.core.ledgers import Names
from mediator.core.spans import Span, month_end
from mediator.core.tabled import Report, Tabled
from mediator.errors import RefusedByRule


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report: its word, its title, and of statistics how many months it covers by itself."""

    id: str
    title: str
    months: int = 0


KINDS: Final = (
    Kind("month", "调解工作月报", 1),
    Kind("quarter", "调解工作季报", 3),
    Kind("year", "调解工作年报", 12),
    Kind("mediation_statistics", "人民调解统计表", 1),
    Kind("ledger", "人民调解台账"),
    Kind("case_sheet", "一案一表台账"),
    Kind("backlog", "积案台账"),
    Kind("work_orders", "四色工单台账"),
    Kind("reception_statistics", "接访下访台账"),
    Kind("screening_report", "矛盾纠纷排查台账"),
    Kind("performance", "协议履行台账"),
)
# Periods by name, with how many months each has.
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
LEDGERS: Final[dict[str, ledgers.Make]] = {
    "ledger": ledgers.mediations, "case_sheet": ledgers.case_sheets, "backlog": ledgers.backlog,
    "work_orders": ledgers.work_orders, "reception_statistics": ledgers.receptions,
    "screening_report": ledgers.screenings, "performance": ledgers.duties,
}  # fmt: skip
STATISTICS: Final[dict[str, Callable[[Matters, Span], tuple[Tabled, ...]]]] = {
    "month": statistics.statistics, "quarter": statistics.statistics, "year": statistics.statistics,
    "mediation_statistics": statistics.ministry,
}  # fmt: skip


def span_for(kind: Kind, today: date, first: date | None = None, last: date | None = None) -> Span:
    """The days that a report covers: those given, else the running month, quarter or year up to its end.

    A ledger runs from New Year to today. Raises RefusedByRule `report.span` when it would end before it begins.
    """
    start = first or began(last or today, kind.months)
    end = last or (months_later(start.replace(day=1), kind.months) - ONE_DAY if kind.months else max(today, start))
    if end < start:
        raise RefusedByRule("report.span")
    return Span(start, end, today)


def began(day: date, months: int) -> date:
    """The first day of the month, quarter or year that a day lies in; a ledger's is New Year."""
    return date(day.year, (day.month - 1) // (months or 12) * (months or 12) + 1, 1)


def days_of(period: str, today: date) -> tuple[date, date]:
    """First and last day of `month`, `quarter`, `year` that runs today, or `last_…`; raises KeyError for no period."""
    length = MONTHS[period.removeprefix("last_")]
    first = months_later(began(today, length), -length if period.startswith("last_") else 0)
    return first, month_end(months_later(first, length - 1))


def counted(
    kind: Kind,
    span: Span,
    ask: Callable[[Span], Sequence[CaseFacts]],
    names: Callable[[Sequence[str]], Names],
    indices: Sequence[IndexSet],
) -> Report:
    """The tables of a report; `ask` gives the facts of a span, `names` what lists show of these cases.

    Statistics are of this span and of the same span of last year, each matter once; scores are those of the table of
    indices that was in force on the last day.
    """
    held = tuple(ask(span))
    if kind.id in LEDGERS:
        return Report(kind.id, kind.title, span, LEDGERS[kind.id](held, names([each.case for each in held]), span))
    both = tuple({each.case: each for each in (*held, *ask(span.year_before))}.values())
    matters = Held(both)
    return Report(
        kind.id, kind.title, span, (*STATISTICS[kind.id](matters, span), *scores(kind, matters, span, indices))
    )


def scores(kind: Kind, matters: Matters, span: Span, indices: Sequence[IndexSet]) -> Iterator[Tabled]:
    """A table for each score of a report of a month, a quarter or a year; the ministry's form has none."""
    if kind.id in MONTHS:
        table = indices_on(indices, span.last)
        for each in table.indices:
            yield scored(each, matters, span, origin=table.origin)
