"""Charts as geometry: shapes inside their room, as long as their numbers, and all of it in words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.charts import LEFT, Chart, Series, lines, lying, spoken, stacked, standing, top_of

SIZE = (600.0, 240.0)
ROWS = st.integers(1, 12).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 10**6), min_size=n, max_size=n), min_size=1, max_size=4)
)


def series_of(rows: list[list[int]]) -> tuple[list[str], list[Series]]:
    """Labels and series of some numbers."""
    return [f"{n + 1}月" for n in range(len(rows[0]))], [Series(f"第{n}组", tuple(row)) for n, row in enumerate(rows)]


def inside(chart: Chart) -> bool:
    """Every shape lies in the drawing."""
    bars = all(
        b.x >= 0 and b.x + b.width <= chart.width + 1e-6 and b.y >= 0 and b.y + b.height <= chart.height + 1e-6
        and b.height >= -1e-6 for b in chart.bars
    )  # fmt: skip
    return bars and all(0 <= p.x <= chart.width and 0 <= p.y <= chart.height for p in chart.points)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (1, 4), (4, 4), (5, 8), (11, 16), (12, 16), (17, 20), (41, 80), (400, 400), (401, 800)]
)
def test_the_scale_ends_at_a_round_number_of_four_whole_steps(most: int, top: int) -> None:
    assert top_of(most) == top


@given(ROWS)
def test_bars_stand_inside_as_high_as_their_numbers(rows: list[list[int]]) -> None:
    labels, series = series_of(rows)
    chart = standing("按月", labels, series, SIZE)
    assert inside(chart)
    top = top_of(max(map(max, rows)))
    full = chart.rules[0].y - chart.rules[-1].y
    for bar in chart.bars:
        assert bar.height == pytest.approx(full * rows[bar.series][bar.label] / top)
        assert bar.words.endswith(f"{rows[bar.series][bar.label]:,}")
    spans = sorted((bar.x, bar.x + bar.width) for bar in chart.bars)
    assert all(end <= start + 1e-6 for (_, end), (start, _) in itertools.pairwise(spans))
    assert spans[0][0] >= LEFT


@given(ROWS)
def test_stacked_bars_add_up_and_touch(rows: list[list[int]]) -> None:
    labels, series = series_of(rows)
    chart = stacked("按月", labels, series, SIZE)
    assert inside(chart)
    for place in range(len(labels)):
        pile = [bar for bar in chart.bars if bar.label == place]
        assert all(lower.y == pytest.approx(upper.y + upper.height) for lower, upper in itertools.pairwise(pile))
        whole = sum(row[place] for row in rows) / top_of(max(map(sum, zip(*rows, strict=True))))
        assert sum(bar.height for bar in pile) == pytest.approx((chart.rules[0].y - chart.rules[-1].y) * whole)


@given(ROWS)
def test_lines_and_lying_bars_keep_the_order_of_their_numbers(rows: list[list[int]]) -> None:
    labels, series = series_of(rows)
    line, bars = lines("趋势", labels, series, SIZE), lying("按类型", labels, rows[0], width=400)
    assert inside(line)
    assert inside(bars)
    by_height = sorted(line.points, key=lambda p: -p.y)
    assert [rows[p.series][p.label] for p in by_height] == sorted(rows[p.series][p.label] for p in line.points)
    ratio = max(bar.width for bar in bars.bars) / (max(rows[0]) or 1)
    assert all(bar.width == pytest.approx(rows[0][bar.label] * ratio) for bar in bars.bars)


def test_the_words_say_every_number() -> None:
    told = spoken("按月", ["1月", "2月"], [Series("受理", (6, 1200)), Series("达成", (5, 3))])
    assert told == "按月：1月受理6，达成5；2月受理1,200，达成3。"
    nothing = lying("按类型", [], [], width=400)
    assert (nothing.told, nothing.height, nothing.bars) == ("按类型：没有数据。", 0.0, ())
    assert standing("空", [], [], SIZE).bars == ()
