"""The named indicators (F123-F129): each a predicate over the facts of one matter, so that every figure has its list.

A figure is never counted apart from its list: `of` gives the rows first, and their number or sum is the figure. Names,
formulas in words and what is left out stand in `data/indicators.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from mediator.core.facts import CaseFacts
from mediator.core.judges import JUDGES, Judge
from mediator.core.spans import Span

SMALL: Final = 5


class Row(NamedTuple):
    """One row of the list behind a figure: a matter, and what of it is counted where one matter may count twice."""

    case: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure means, in words; `shape` is count, rate, money (fen) or people, `day` the one that places it."""

    code: str
    group: str
    name: str
    unit: str
    shape: str
    day: str
    formula: str
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value with its lists: `hits` is never more than `base`; `total` is their sum, or their number."""

    indicator: Indicator
    hits: Sequence[Row]
    base: Sequence[Row]
    total: int

    @property
    def rate(self) -> int | None:
        """Tenths of a percent, half rounded up; None where there is nothing to divide by, or nothing to divide."""
        if self.indicator.shape != "rate" or not self.base:
            return None
        return (2000 * len(self.hits) + len(self.base)) // (2 * len(self.base))

    @property
    def small(self) -> bool:
        """So few cases that a rate says little and a count may point at somebody."""
        return 0 < len(self.base) < SMALL

    @property
    def printed(self) -> str:
        """`93.8%`, `12`, `1,234.50`; `—` for a rate of nothing."""
        match self.indicator.shape:
            case "rate":
                return "—" if self.rate is None else f"{self.rate // 10}.{self.rate % 10}%"
            case "money":
                return f"{self.total // 100:,}.{self.total % 100:02d}"
            case _:
                return f"{self.total:,}"


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """All of them by code, in the order of the reports."""
    text = resources.files("mediator.core").joinpath("data/indicators.json").read_text(encoding="utf-8")
    return {row["code"]: Indicator(**row) for row in json.loads(text)}


def figure(code: str, facts: Iterable[CaseFacts], span: Span) -> Figure:
    """One indicator over these matters; raises KeyError for a code that is none."""
    return of(indicators()[code], JUDGES[code], facts, span)


def of(indicator: Indicator, judge: Judge, facts: Iterable[CaseFacts], span: Span) -> Figure:
    """What a judge makes of these matters, whatever their order."""
    hits, base, total = [], [], 0
    for each in facts:
        for seen in judge(each, span):
            row = Row(each.case, seen.item)
            base.append(row)
            if seen.hit:
                hits.append(row)
                total += seen.value
    return Figure(indicator, tuple(sorted(hits)), tuple(sorted(base)), total)


def all_figures(facts: Iterable[CaseFacts], span: Span) -> tuple[Figure, ...]:
    """Every indicator."""
    held = tuple(facts)
    return tuple(figure(code, held, span) for code in indicators())
