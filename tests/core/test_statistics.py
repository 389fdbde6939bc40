"""Reports of a span: beside last year's, by month, by kind of dispute; parts add up to the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from mediator.core.counting import Held
from mediator.core.facts import CaseFacts
from mediator.core.indicators import figure, indicators
from mediator.core.spans import Span
from mediator.core.statistics import (
    AGREEMENTS,
    ORIGINS,
    RESULTS,
    by_month,
    compared,
    crossed,
    meanings,
    ministry,
    statistics,
)
from mediator.core.tabled import Tabled
from tests.core.test_indicators import matters
from tests.core.twelve import MARCH, TWELVE

QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31), MARCH.as_of)


def words(tabled: Tabled, name: str, place: int = 0) -> list[str]:
    """The row of a table with this word at a place."""
    [row] = [row for row in tabled.rows if row[place].words == name]
    return [cell.words for cell in row]


def a_year_earlier(facts: CaseFacts) -> CaseFacts:
    """The same matter in 2025, accepted and concluded there."""
    days = {
        name: day.replace(year=2025)
        for name in ("registered_on", "accepted_on", "concluded_on", "signed_on")
        if (day := getattr(facts, name))
    }
    return replace(facts, case=f"{facts.case}'", **days)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("受理件数", ["5", "2", "+3", "+150.0%", ""]),
        ("调处成功率", ["75.0%", "100.0%", "-25.0个百分点", "—", "基数不足5"]),
        ("办结率", ["60.0%", "100.0%", "-40.0个百分点", "—", ""]),
        ("协议金额", ["14,000.00", "14,000.00", "0.00", "0.0%", ""]),
        ("满意率", ["66.7%", "—", "—", "—", "基数不足5"]),
        ("催办单", ["1", "0", "+1", "—", ""]),
    ],
)
def test_this_year_stands_beside_the_last(name: str, row: list[str]) -> None:
    before = [replace(a_year_earlier(each), answers=(), orders=()) for each in TWELVE if each.case in "AG"]
    assert words(compared(Held((*TWELVE, *before)), MARCH), name, 1)[3:] == row


def test_the_months_of_a_quarter_and_the_whole() -> None:
    found = by_month(Held(TWELVE), QUARTER)
    assert [row[0].words for row in found.rows] == ["2026年1月", "2026年2月", "2026年3月", "合计"]
    assert words(found, "2026年1月") == ["2026年1月", "1", "1", "1", "100.0%", "1,000.00", "—"]
    assert words(found, "合计") == ["合计", "7", "8", "4", "80.0%", "15,000.00", "100.0%"]


def test_the_ministrys_form_of_the_twelve() -> None:
    results, origins, agreements, others = ministry(Held(TWELVE), MARCH)
    assert words(results, "邻里") == ["邻里", "3", "2", "0", "1", "0", "0", "0"]
    assert words(results, "劳动争议") == ["劳动争议", "1", "0", "1", "0", "0", "0", "1"]
    assert words(results, "合计") == ["合计", "5", "3", "1", "1", "0", "0", "1"]
    assert words(origins, "合计") == ["合计", "5", "3", "1", "1", "0", "0", "1", "0", "0"]
    assert words(agreements, "合计") == ["合计", "1", "3", "1", "0", "2", "1", "14,000.00", "1", "1"]
    assert [[cell.words for cell in row] for row in others.rows] == [["纠纷类型", "祖坟", "1"]]
    assert others.rows[0][2].rows[0].case == "D"


@given(matters())
def test_kinds_of_dispute_add_up_to_the_whole_in_every_column(rows: list[CaseFacts]) -> None:
    for wanted in (RESULTS, ORIGINS, AGREEMENTS):
        *parts, whole = crossed("表", Held(rows), MARCH, wanted).rows
        for place in range(1, len(whole)):
            listed = sorted(row for part in parts for row in part[place].rows)
            assert listed == list(whole[place].rows)
            if "元" not in wanted[place - 1].name:
                assert whole[place].words == f"{len(listed):,}"
                assert int(whole[place].words) == sum(int(part[place].words) for part in parts)


@given(matters())
def test_every_figure_of_a_report_opens_a_list_of_that_many_rows(rows: list[CaseFacts]) -> None:
    for row in compared(Held(rows), MARCH).rows:
        indicator = next(each for each in indicators().values() if each.name == row[1].words)
        found = figure(indicator.code, rows, MARCH)
        assert (row[3].words, row[3].rows) == (found.printed, found.hits)
        if indicator.shape == "count":
            assert row[3].words == f"{len(row[3].rows):,}"


def test_a_months_report_is_not_cut_and_says_what_each_figure_means() -> None:
    assert [each.title for each in statistics(Held(TWELVE), MARCH)] == ["主要指标", "按纠纷类型", "指标口径"]
    assert [each.title for each in statistics(Held(TWELVE), QUARTER)][1] == "分月情况"
    assert len(meanings().rows) == len(indicators())
    assert "五人以上" in words(meanings(), "群体性事项")[1]


def test_every_figure_says_how_it_was_counted_and_a_share_of_few_is_marked() -> None:
    [origins] = [table for table in ministry(Held(TWELVE), MARCH) if table.title.startswith("表二")]
    cells = {column.name: cell for column, cell in zip(origins.columns, origins.rows[-1], strict=True)}
    told = "其中法院（件）：本期受理的人民调解、和解案件中，来源为“法院”的；按受理日期计。"
    assert cells["其中法院"].told == told
    table = compared(Held(TWELVE), MARCH)
    rows = {row[1].words: row[3] for row in table.rows}
    assert (
        rows["受理件数"].told == "受理件数（件）：本期受理的人民调解、和解案件；按受理日期计；不计入：信访事项、工单。"
    )
    assert rows["调处成功率"].few
    assert not rows["受理件数"].few, "a plain count is no share"
    assert all(row[3].told for row in table.rows)
