"""Spans of days that reports cover: a month, a quarter, a year, and the same span a year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediator.core.calendar import ONE_DAY, months_later
from mediator.core.dates import chinese_date


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both counted; `as_of` is the day on which it is looked at."""

    first: date
    last: date
    as_of: date

    def holds(self, day: date | None) -> bool:
        """True when the day lies in it; no day lies nowhere."""
        return day is not None and self.first <= day <= self.last

    @property
    def year_before(self) -> Span:
        """The same days of last year, looked at today; the last day of a February stays the last day."""
        return Span(months_later(self.first, -12), end_of(months_later(self.last, -12), self.last), self.as_of)

    @property
    def words(self) -> str:
        """`2026年3月`, `2026年第一季度`, `2026年`, or both days."""
        return month_words(self) or quarter_words(self) or year_words(self) or both_days(self)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return months_later(day.replace(day=1), 1) - ONE_DAY


def end_of(day: date, like: date) -> date:
    """The day itself, or the last of its month where the other one is the last of its own."""
    return month_end(day) if like == month_end(like) else day


def month_of(day: date, as_of: date) -> Span:
    """The month of a day."""
    return Span(day.replace(day=1), month_end(day), as_of)


def months_of(span: Span) -> tuple[Span, ...]:
    """The months that a span touches, each cut to it, oldest first."""
    found, first = [], span.first
    while first <= span.last:
        last = min(month_end(first), span.last)
        found.append(Span(first, last, span.as_of))
        first = last + ONE_DAY
    return tuple(found)


def whole_months(span: Span, count: int) -> bool:
    """True for exactly so many whole months."""
    return span.first.day == 1 and span.last == month_end(months_later(span.first, count - 1))


def month_words(span: Span) -> str:
    """`2026年3月`, else nothing."""
    return f"{span.first.year}年{span.first.month}月" if whole_months(span, 1) else ""


def quarter_words(span: Span) -> str:
    """`2026年第一季度`, else nothing."""
    whole = whole_months(span, 3) and span.first.month % 3 == 1
    return f"{span.first.year}年第{'一二三四'[span.first.month // 3]}季度" if whole else ""


def year_words(span: Span) -> str:
    """`2026年`, else nothing."""
    return f"{span.first.year}年" if whole_months(span, 12) and span.first.month == 1 else ""


def both_days(span: Span) -> str:
    """`2026年3月5日至2026年4月1日`."""
    return f"{chinese_date(span.first)}至{chinese_date(span.last)}"
