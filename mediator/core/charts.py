"""Charts as plain geometry: numbers become bars, lines and labels in points; a screen or a page draws what it is given.

The picture says nothing that the words do not: every shape carries its value as text, and `told` says all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 0.28
LABEL: Final = 96.0
VALUE: Final = 64.0
ROW: Final = 28.0
LEFT: Final = 48.0
BOTTOM: Final = 26.0
TOP: Final = 14.0
STEPS: Final = (1, 2, 4, 5, 10)
LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers under a name, as many as the chart has labels; counts or fen, never below nothing."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: place and size, which series and label it belongs to, its value in words."""

    x: float
    y: float
    width: float
    height: float
    series: int
    label: int
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line."""

    x: float
    y: float
    series: int
    label: int
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `anchor` is start, middle or end."""

    x: float
    y: float
    words: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin level line across the chart."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its size, its shapes, its legend and all of it in words."""

    title: str
    width: float
    height: float
    told: str
    names: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()


def top_of(most: int) -> int:
    """A round number not below the highest value, divided by four into whole steps; 4 for nothing."""
    step = 1
    while True:
        for each in STEPS:
            if each * step * LINES >= most:
                return each * step * LINES
        step *= 10


def spoken(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Everything the drawing shows, as one sentence for who cannot see it."""
    if not labels:
        return f"{title}：没有数据。"
    rows = (
        label + "，".join(f"{one.name}{one.values[place]:,}" for one in series) for place, label in enumerate(labels)
    )
    return f"{title}：{'；'.join(rows)}。"


def lying(title: str, labels: Sequence[str], values: Sequence[int], *, width: float) -> Chart:
    """Bars that lie, one a label, the words before and the value behind; heights grow with the labels."""
    room, most = width - LABEL - VALUE, max(values, default=0) or 1
    bars, texts = [], []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        y = place * ROW
        bars.append(Bar(LABEL, y + ROW * GAP / 2, room * value / most, ROW * (1 - GAP), 0, place, f"{value:,}"))
        texts.append(Text(LABEL - 8, y + ROW / 2, label, "end"))
        texts.append(Text(width, y + ROW / 2, f"{value:,}", "end"))
    told = spoken(title, labels, (Series("", tuple(values)),))
    return Chart(title, width, ROW * len(labels), told, bars=tuple(bars), texts=tuple(texts))


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of a standing chart and its scale."""

    width: float
    height: float
    labels: int
    top: int

    @property
    def step(self) -> float:
        """Width of one label."""
        return (self.width - LEFT) / max(self.labels, 1)

    def x(self, place: int) -> float:
        """Where a label begins."""
        return LEFT + place * self.step

    def y(self, value: int) -> float:
        """How deep below the upper edge a value stands."""
        return TOP + (self.height - TOP - BOTTOM) * (1 - value / self.top)


def framed(plot: Plot, labels: Sequence[str]) -> tuple[tuple[Text, ...], tuple[Rule, ...]]:
    """Scale and labels of a standing chart."""
    marks = [plot.top // LINES * part for part in range(LINES + 1)]
    scale = (Text(LEFT - 8, plot.y(mark), f"{mark:,}", "end") for mark in marks)
    below = (
        Text(plot.x(place) + plot.step / 2, plot.height - BOTTOM / 3, label, "middle")
        for place, label in enumerate(labels)
    )
    return (*scale, *below), tuple(Rule(LEFT, plot.width, plot.y(mark)) for mark in marks)


def standing(title: str, labels: Sequence[str], series: Sequence[Series], size: tuple[float, float]) -> Chart:
    """Bars that stand, those of a label beside each other."""
    plot = Plot(*size, len(labels), top_of(max((max(one.values, default=0) for one in series), default=0)))
    each = plot.step * (1 - GAP) / max(len(series), 1)
    bars = (
        Bar(
            plot.x(place) + plot.step * GAP / 2 + number * each, plot.y(value), each, plot.y(0) - plot.y(value), number,
            place, f"{labels[place]}{one.name}{value:,}",
        )
        for number, one in enumerate(series)
        for place, value in enumerate(one.values)
    )  # fmt: skip
    texts, rules = framed(plot, labels)
    names = tuple(one.name for one in series)
    return Chart(title, *size, spoken(title, labels, series), names, bars=tuple(bars), texts=texts, rules=rules)


def stacked(title: str, labels: Sequence[str], series: Sequence[Series], size: tuple[float, float]) -> Chart:
    """Bars that stand, those of a label on top of each other: their sum is the height."""
    sums = [sum(one.values[place] for one in series) for place in range(len(labels))]
    plot = Plot(*size, len(labels), top_of(max(sums, default=0)))
    bars: list[Bar] = []
    for place, label in enumerate(labels):
        below = 0
        for number, one in enumerate(series):
            value = one.values[place]
            low, high = plot.y(below), plot.y(below + value)
            x, wide = plot.x(place) + plot.step * GAP / 2, plot.step * (1 - GAP)
            bars.append(Bar(x, high, wide, low - high, number, place, f"{label}{one.name}{value:,}"))
            below += value
    texts, rules = framed(plot, labels)
    names = tuple(one.name for one in series)
    return Chart(title, *size, spoken(title, labels, series), names, bars=tuple(bars), texts=texts, rules=rules)


def lines(title: str, labels: Sequence[str], series: Sequence[Series], size: tuple[float, float]) -> Chart:
    """A line for each series, a point for each label."""
    plot = Plot(*size, len(labels), top_of(max((max(one.values, default=0) for one in series), default=0)))
    points = (
        Point(plot.x(place) + plot.step / 2, plot.y(value), number, place, f"{labels[place]}{one.name}{value:,}")
        for number, one in enumerate(series)
        for place, value in enumerate(one.values)
    )
    texts, rules = framed(plot, labels)
    names = tuple(one.name for one in series)
    return Chart(title, *size, spoken(title, labels, series), names, points=tuple(points), texts=texts, rules=rules)
