"""Tables of figures as plain records: what a page shows, a paper prints and a spreadsheet holds.

Every cell that is a figure carries the rows behind it, so that whoever points at it can open its list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mediator.core.indicators import Figure, Indicator, Row
from mediator.core.spans import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """Words and, for a figure, the rows they were counted from, its formula in words, and whether its base is small."""

    words: str
    rows: Sequence[Row] = ()
    told: str = field(default="", compare=False)
    few: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how wide it is beside the others, and whether it holds figures."""

    name: str
    width: int
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table with its name; a line of a ledger carries its matter in its first cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: `kind` is its word on the command line."""

    kind: str
    title: str
    span: Span
    tables: tuple[Tabled, ...]


def figured(figure: Figure) -> Cell:
    """A figure as a cell that opens its list; a share of very few is marked."""
    few = figure.small and figure.indicator.shape == "rate"
    return Cell(figure.printed, figure.hits, meaning(figure.indicator), few)


def meaning(indicator: Indicator) -> str:
    """How a figure is counted, by which day, and what is left out."""
    left_out = f"；不计入：{indicator.excluded}" if indicator.excluded else ""
    return f"{indicator.name}（{indicator.unit}）：{indicator.formula}；按{indicator.day}计{left_out}。"


def counted(rows: Sequence[Row]) -> Cell:
    """A plain count of rows."""
    return Cell(f"{len(rows):,}", tuple(rows))


def columns(*told: tuple[str, int] | tuple[str, int, bool]) -> tuple[Column, ...]:
    """Columns in short: name, width, and True for figures."""
    return tuple(Column(*each) for each in told)
