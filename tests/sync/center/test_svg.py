"""Charts as SVG: well formed, told in words, dressed by class alone."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mediator.core.charts import Chart, Series, lines, lying, stacked, standing
from sync.center.svg import svg

NAME = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>\"&'"
TWO = (Series("受理", (6, 4)), Series(HOSTILE, (5, 3)))
CHARTS = (
    standing("按月", ["1月", HOSTILE], TWO, (600, 240)), stacked("按月", ["1月", "2月"], TWO, (600, 240)),
    lines("趋势", ["1月", "2月"], TWO, (600, 240)), lying(HOSTILE, ["邻里", "其他"], [24, 0], width=400),
)  # fmt: skip
STYLE = Path(__file__).parents[3] / "templates" / "center" / "style.css"


@pytest.mark.threat("T54")
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_one_picture_told_in_words_and_nothing_in_it_is_markup(chart: Chart) -> None:
    root = ElementTree.fromstring(svg(chart, key="c1"))
    title, desc = root.find(f"{NAME}title"), root.find(f"{NAME}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (chart.title, chart.told)
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert root.get("role") == "img"
    assert not root.findall(f".//{NAME}script")
    shapes = [each for tag in ("rect", "circle") for each in root.iter(NAME + tag)]
    told = [each.findtext(f"{NAME}title") for each in shapes]
    assert told == [*(each.words for each in chart.bars), *(each.words for each in chart.points)]


@pytest.mark.parametrize("chart", CHARTS)
def test_colours_come_by_class_and_every_class_is_dressed(chart: Chart) -> None:
    words = svg(chart, key="c1")
    assert not re.search(r"\b(fill|stroke|style|color)=", words)
    sheet = STYLE.read_text(encoding="utf-8")
    classes = {name for found in re.findall(r'class="([^"]+)"', words) for name in found.split()} - {"series-1"}
    assert all(f".{name}" in sheet for name in classes)
