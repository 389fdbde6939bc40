"""What figures are asked of: facts in hand, or sums that somebody keeps of them (`sync.center.sums`).

Reports ask here and not the facts themselves, so that one report is made the same way of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol, overload

from mediator.core.codes import DisputeType
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Figure, Indicator, Row, of
from mediator.core.judges import Judge, pending
from mediator.core.spans import Span, months_of


class Matters(Protocol):
    """Matters that figures are asked of."""

    def figure(self, indicator: Indicator, judge: Judge, span: Span) -> Figure:
        """What a judge makes of them."""

    def of_dispute(self, kind: DisputeType) -> Matters:
        """Those of one kind of dispute."""

    def worded(self, span: Span) -> Iterable[CaseFacts]:
        """At least those accepted in the span whose kind or origin was written in words of no official term."""


class Held:
    """Facts in hand: every figure with the list of its rows.

    A figure looks at what its span touches and at nothing else: a year of months is not the year counted twelve times.
    """

    def __init__(self, facts: Iterable[CaseFacts]) -> None:
        """Of these."""
        self._facts = tuple(facts)
        self._cut: dict[Span, tuple[CaseFacts, ...]] = {}

    def figure(self, indicator: Indicator, judge: Judge, span: Span) -> Figure:
        """Counted now."""
        return of(indicator, judge, self.within(span), span)

    def within(self, span: Span) -> tuple[CaseFacts, ...]:
        """Those that a figure of the span may be about: a day of theirs lies in its months, or they were pending."""
        if span not in self._cut:
            found = {each.case: each for part in months_of(span) for each in self._by_month.get(month(part.first), ())}
            found |= {each.case: each for each in self._longer if any(pending(each, span))}
            self._cut[span] = tuple(found.values())
        return self._cut[span]

    @cached_property
    def _by_month(self) -> dict[int, list[CaseFacts]]:
        """By each month in which something of them lies."""
        found: dict[int, list[CaseFacts]] = {}
        for each in self._facts:
            for touched in {month(day) for day in each.days}:
                found.setdefault(touched, []).append(each)
        return found

    @cached_property
    def _longer(self) -> list[CaseFacts]:
        """Those without a result in the month of their registration: they may be pending where no day of theirs is."""
        return [e for e in self._facts if not e.concluded_on or month(e.concluded_on) != month(e.registered_on)]

    def of_dispute(self, kind: DisputeType) -> Held:
        """Those of one kind of dispute."""
        return Held(each for each in self._facts if each.dispute is kind)

    def worded(self, _span: Span) -> Iterable[CaseFacts]:
        """All of them."""
        return self._facts


def month(day: date) -> int:
    """The number of a day's month."""
    return day.year * 12 + day.month


class Unseen(Sequence[Row]):
    """The rows behind a figure whose number is known: they are asked for when somebody looks at them."""

    __slots__ = ("_ask", "_count")

    def __init__(self, count: int, ask: Callable[[], Sequence[Row]]) -> None:
        """So many; `ask` gives them."""
        self._count, self._ask = count, ask

    def __len__(self) -> int:
        """Known without looking."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """A row, or some; all are asked for."""
        return self._ask()[place]

    def __iter__(self) -> Iterator[Row]:
        """All of them, asked for once."""
        return iter(self._ask())
