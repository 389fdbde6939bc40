"""What figures are asked of: facts in hand, or sums that somebody keeps of them (`sync.center.sums`).

Reports ask here and not the facts themselves, so that one report is made the same way of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, overload

from mediator.core.codes import DisputeType
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Figure, Indicator, Row, of
from mediator.core.judges import Judge
from mediator.core.spans import Span


class Matters(Protocol):
    """Matters that figures are asked of."""

    def figure(self, indicator: Indicator, judge: Judge, span: Span) -> Figure:
        """What a judge makes of them."""

    def of_dispute(self, kind: DisputeType) -> Matters:
        """Those of one kind of dispute."""

    def worded(self, span: Span) -> Iterable[CaseFacts]:
        """At least those accepted in the span whose kind or origin was written in words of no official term."""


class Held:
    """Facts in hand: every figure with the list of its rows."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Iterable[CaseFacts]) -> None:
        """Of these."""
        self._facts = tuple(facts)

    def figure(self, indicator: Indicator, judge: Judge, span: Span) -> Figure:
        """Counted now."""
        return of(indicator, judge, self._facts, span)

    def of_dispute(self, kind: DisputeType) -> Held:
        """Those of one kind of dispute."""
        return Held(each for each in self._facts if each.dispute is kind)

    def worded(self, _span: Span) -> Iterable[CaseFacts]:
        """All of them."""
        return self._facts


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
