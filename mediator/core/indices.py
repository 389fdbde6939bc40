"""Indices (工作力指数, F127): a score out of a hundred, made of named indicators by a dated table of the county.

A score holds nothing that its table does not show: each part's figure, its two lines and its points stand beside each
other, the figure opens its list, and whoever adds the points up comes to the same score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from mediator.core.counting import Matters
from mediator.core.deadlines import SHIPPED
from mediator.core.indicators import Figure, Indicator, indicators
from mediator.core.judges import JUDGES
from mediator.core.petitions import SINCE
from mediator.core.spans import Span
from mediator.core.tabled import Cell, Tabled, columns, figured
from mediator.core.tables import Table, shipped

LONGEST_NAME: Final = 20
MOST_INDICES, MOST_PARTS, MOST_WEIGHT = 6, 30, 1000
# How many of a figure's smallest steps are one of what a person writes into the table: tenths of a percent, fen.
STEPS: Final = {"rate": 10, "money": 100}
FORMULA: Final = (
    "得分＝权重×（本期－零分线）÷（满分线－零分线），不低于零，不高于权重；总分＝各项得分之和÷计入的权重之和×100。"
    "本期没有基数的指标不计入。"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What an indicator gives: nothing at `none`, the whole weight at `full`, both as a person reads them (95 = 95%).

    `none` above `full` stands for an indicator of which less is better.
    """

    indicator: str
    weight: int
    none: int
    full: int


@dataclass(frozen=True, slots=True)
class Index:
    """A named score and its parts."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class IndexSet:
    """The indices of a table, from its day on; `origin` tells where it is from."""

    valid_from: date
    indices: tuple[Index, ...]
    origin: str = SHIPPED


@dataclass(frozen=True, slots=True)
class Scored:
    """A part with its figure and its points in tenths, None where there is nothing to divide by."""

    part: Part
    figure: Figure
    points: int | None


def read_indices(content: object, *, valid_from: date = SINCE, origin: str = SHIPPED) -> IndexSet:
    """A table as the county publishes it; raises Unacceptable `table.form` with the place."""
    table = Table(content)
    found = tuple(index_of(row) for row in table.rows("indices"))
    if len(found) > MOST_INDICES or len({each.name for each in found}) < len(found):
        raise table.fault(table.place("indices"))
    return IndexSet(valid_from, found, origin)


def index_of(row: Table) -> Index:
    """One index with at least one part."""
    name, parts = row.text("name"), tuple(part_of(each) for each in row.rows("parts"))
    if len(name) > LONGEST_NAME:
        raise row.fault(row.place("name"))
    if not 0 < len(parts) <= MOST_PARTS:
        raise row.fault(row.place("parts"))
    return Index(name, parts)


def part_of(row: Table) -> Part:
    """One part: an indicator that this program knows, a weight, and two lines that differ."""
    part = Part(row.text("indicator"), row.count("weight"), row.count("none"), row.count("full"))
    if part.indicator not in indicators():
        raise row.fault(row.place("indicator"))
    if not 0 < part.weight <= MOST_WEIGHT:
        raise row.fault(row.place("weight"))
    if part.none == part.full:
        raise row.fault(row.place("full"))
    return part


@lru_cache(maxsize=1)
def program_indices() -> IndexSet:
    """The table that comes with the program: an example that a county replaces by its own."""
    return read_indices(shipped("indices.json"))


def indices_on(sets: Sequence[IndexSet], day: date) -> IndexSet:
    """The newest table that was in force on a day, the oldest for a day before all of them."""
    found = [each for each in sets if each.valid_from <= day]
    return max(found or sets[:1], key=lambda each: each.valid_from)


def parts_scored(index: Index, matters: Matters, span: Span) -> Iterator[Scored]:
    """Each part over these matters."""
    for part in index.parts:
        figure = matters.figure(indicators()[part.indicator], JUDGES[part.indicator], span)
        yield Scored(part, figure, points_of(part, figure))


def points_of(part: Part, figure: Figure) -> int | None:
    """Tenths of a point, half rounded up; None for a share of nothing."""
    value = figure.rate if figure.indicator.shape == "rate" else figure.total
    if value is None:
        return None
    steps = STEPS.get(figure.indicator.shape, 1)
    way, whole = value - part.none * steps, (part.full - part.none) * steps
    if whole < 0:
        way, whole = -way, -whole
    return rounded(10 * part.weight * min(max(way, 0), whole), whole)


def score(parts: Sequence[Scored]) -> int | None:
    """Tenths out of a thousand, half rounded up; None where no part counts."""
    counted = [(each.part.weight, each.points) for each in parts if each.points is not None]
    return (
        rounded(100 * sum(points for _, points in counted), sum(weight for weight, _ in counted)) if counted else None
    )


def rounded(value: int, by: int) -> int:
    """A quotient of two that are not negative, half rounded up."""
    return (2 * value + by) // (2 * by)


def told(tenths: int | None) -> str:
    """`93.5`; a dash for none."""
    return "—" if tenths is None else f"{tenths // 10}.{tenths % 10}"


def scored(index: Index, matters: Matters, span: Span, *, origin: str) -> Tabled:
    """The score with everything it is made of."""
    parts = tuple(parts_scored(index, matters, span))
    heads = columns(("指标", 26), ("本期", 16, True), ("零分线", 14), ("满分线", 14), ("权重", 12), ("得分", 18))
    rows = [
        (
            Cell(each.figure.indicator.name), figured(each.figure), Cell(line(each.figure.indicator, each.part.none)),
            Cell(line(each.figure.indicator, each.part.full)), Cell(str(each.part.weight)),
            Cell("不计入" if each.points is None else told(each.points)),
        )
        for each in parts
    ]  # fmt: skip
    whole = tuple(map(Cell, ("总分", "", "", "", "", told(score(parts)))))
    return Tabled(index.name, heads, (*rows, whole), note=f"{FORMULA}标准：{origin}。")


def line(indicator: Indicator, value: int) -> str:
    """A line with the unit of its indicator: `95%`, `12件`."""
    return f"{value:,}{indicator.unit}"
