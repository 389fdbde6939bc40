"""Reports of whole months out of kept sums: no matter is opened before somebody asks for the list behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, and_, func, or_, select

from mediator.core.codes import DisputeType
from mediator.core.counting import Matters, Unseen
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Figure, Indicator, indicators, of
from mediator.core.indicators import Row as Counted
from mediator.core.judges import Judge
from mediator.core.spans import Span, month_end, months_of
from mediator.core.statistics import MONTHLY, RESULTS
from sync.center import figures
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.sums import NOTHING, PARTED, STOCKS, Sum, month_word
from sync.center.tables import SUM_ROW

BY_KIND: Final = frozenset(each.name for each in RESULTS)
GROUPED: Final = (SUM_ROW.c.code, SUM_ROW.c.month, SUM_ROW.c.part, SUM_ROW.c.until)
ADDED: Final = tuple(func.sum(SUM_ROW.c[name]).label(name) for name in ("base", "hits", "total"))
Kept = Mapping[tuple[str, str], Sequence[Row[Any]]]


def whole(span: Span) -> bool:
    """True for a span of whole months, of which there are sums."""
    return span.first.day == 1 and span.last == month_end(span.last)


@dataclass(frozen=True, slots=True)
class Summed:
    """The matters of a county or of one township as their sums; `kind` narrows them to one kind of dispute."""

    center: Center
    township: str
    kept: Kept
    kind: DisputeType | None = None

    def figure(self, indicator: Indicator, judge: Judge, span: Span) -> Figure:
        """Added up over the months of the span; its lists are asked for when somebody looks."""
        base, hits, total = self.sum(indicator.code, span)

        def listed() -> Figure:
            return of(indicator, judge, self.facts(span), span)

        def counted() -> Sequence[Counted]:
            return listed().hits

        return Figure(indicator, Unseen(hits, counted), Unseen(base, lambda: listed().base), total)

    def sum(self, code: str, span: Span) -> Sum:
        """Base, hits and total of a figure."""
        first, last = month_word(span.first), month_word(span.last)
        held = self.kept.get((code, self.kind.value if self.kind else ""), ())
        found = [
            (row.base, row.hits, row.total)
            for row in held
            if row.month <= last and row.until <= last and (code in STOCKS or first <= row.month)
        ]
        base, hits, total = (int(sum(each)) for each in zip(*found, strict=True)) if found else NOTHING
        return base, hits, total

    def of_dispute(self, kind: DisputeType) -> Matters:
        """Those of one kind of dispute."""
        return Summed(self.center, self.township, self.kept, kind)

    def worded(self, span: Span) -> Iterable[CaseFacts]:
        """Those that were written in words of no official term; these alone are opened."""
        return figures.facts(self.center, span, township=self.township, worded=True)

    def facts(self, span: Span) -> list[CaseFacts]:
        """All of them, opened: for a list."""
        held = figures.facts(self.center, span, township=self.township)
        return [each for each in held if self.kind in (None, each.dispute)]


def summed(center: Center, span: Span, *, township: str, by_kinds: Iterable[str] = BY_KIND) -> Summed:
    """What reports of a span of whole months ask, beside the same span of last year; `by_kinds` are their columns that
    are told by kinds of dispute.
    """
    months = [month_word(part.first) for part in (*months_of(span), *months_of(span.year_before))]
    with center.database.reading() as scope:
        rows = [
            *rows_of(scope, span, indicators(), months, township=township),
            *rows_of(scope, span, by_kinds, months[: len(months) // 2], township=township),
        ]
    return Summed(center, township, sorted_out(rows))


def by_township(center: Center, span: Span) -> dict[str, Summed]:
    """Townships that have sums, each with the figures that months are told by."""
    months = [month_word(part.first) for part in months_of(span)]
    with center.database.reading() as scope:
        rows = rows_of(scope, span, MONTHLY, months, split=True)
    places: dict[str, list[Row[Any]]] = {}
    for row in rows:
        places.setdefault(row.township, []).append(row)
    return {code: Summed(center, code, sorted_out(held)) for code, held in places.items()}


def rows_of(
    scope: Scope, span: Span, codes: Iterable[str], months: Sequence[str], *, township: str = "", split: bool = False
) -> Sequence[Row[Any]]:
    """Sums of these figures in these months, and of what stands at an end from the beginning on."""
    named = sorted(codes)
    stocks = [each for each in named if each in STOCKS]
    grouped = (*GROUPED, SUM_ROW.c.township) if split else GROUPED
    in_months = and_(SUM_ROW.c.code.in_(named), SUM_ROW.c.month.in_(sorted(months)))
    since_ever = and_(SUM_ROW.c.code.in_(stocks), SUM_ROW.c.month <= month_word(span.last))
    wanted = select(*grouped, *ADDED).where(or_(in_months, since_ever), SUM_ROW.c.since <= span.as_of.isoformat())
    if township:
        wanted = wanted.where(SUM_ROW.c.township == township)
    return scope.rows(wanted.group_by(*grouped))


def sorted_out(rows: Iterable[Row[Any]]) -> Kept:
    """By figure and kind of dispute; a figure that is told by kinds has its whole too."""
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        found.setdefault((row.code, row.part), []).append(row)
        if row.code in PARTED:
            found.setdefault((row.code, ""), []).append(row)
    return found
