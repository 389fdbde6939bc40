"""Charts as SVG text for the county's pages: colours by class alone, so that light, dark and print each dress them.

`role="img"` with title and description says everything to who cannot see; each shape has its value as its own title.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from mediator.core.charts import Bar, Chart, Point, Rule, Text


def svg(chart: Chart, *, key: str) -> str:
    """One `<svg>` element; `key` makes its ids its own on a page with several."""
    parts = (
        f"<title id={quoteattr(f'{key}-title')}>{escape(chart.title)}</title>",
        f"<desc id={quoteattr(f'{key}-told')}>{escape(chart.told)}</desc>",
        *map(rule, chart.rules), *map(bar, chart.bars), *polylines(chart.points), *map(point, chart.points),
        *map(text, chart.texts),
    )  # fmt: skip
    head = (
        f'<svg class="chart" role="img" aria-labelledby={quoteattr(f"{key}-title {key}-told")}'
        f' viewBox="0 0 {number(chart.width)} {number(chart.height)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return "".join((head, *parts, "</svg>"))


def number(value: float) -> str:
    """At most two places, without an end of zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rule(each: Rule) -> str:
    """A line of the scale."""
    y = number(each.y)
    return f'<line class="chart-rule" x1="{number(each.x1)}" x2="{number(each.x2)}" y1="{y}" y2="{y}"/>'


def bar(each: Bar) -> str:
    """A bar with its value."""
    x, y, width, height = map(number, (each.x, each.y, each.width, each.height))
    shape = f'<rect class="chart-bar series-{each.series + 1}" x="{x}" y="{y}" width="{width}" height="{height}">'
    return f"{shape}<title>{escape(each.words)}</title></rect>"


def polylines(points: tuple[Point, ...]) -> Iterator[str]:
    """The line of each series."""
    for series, run in groupby(points, key=lambda each: each.series):
        path = " ".join(f"{number(each.x)},{number(each.y)}" for each in run)
        yield f'<polyline class="chart-line series-{series + 1}" points="{path}"/>'


def point(each: Point) -> str:
    """A point with its value."""
    shape = f'<circle class="chart-point series-{each.series + 1}" cx="{number(each.x)}" cy="{number(each.y)}" r="3">'
    return f"{shape}<title>{escape(each.words)}</title></circle>"


def text(each: Text) -> str:
    """Words at their place; read out once by the description, so hidden from a second reading."""
    at = f'x="{number(each.x)}" y="{number(each.y)}"'
    return f'<text class="chart-text" aria-hidden="true" {at} text-anchor="{each.anchor}">{escape(each.words)}</text>'
