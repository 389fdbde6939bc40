"""Scores made of indicators: counted by hand on the twelve matters, and what holds of every score."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.counting import Held
from mediator.core.facts import CaseFacts
from mediator.core.indicators import indicators
from mediator.core.indices import Index, Part, indices_on, parts_scored, program_indices, read_indices, score, scored
from mediator.core.judges import JUDGES
from mediator.errors import Unacceptable
from tests.core.test_indicators import matters
from tests.core.twelve import MARCH, TWELVE

ROW = {"indicator": "closing_rate", "weight": 20, "none": 50, "full": 95}
PARTS = st.lists(
    st.tuples(st.sampled_from(list(JUDGES)), st.integers(1, 100), st.integers(0, 100), st.integers(0, 100))
    .filter(lambda told: told[2] != told[3])
    .map(lambda told: Part(*told)),
    min_size=1,
    max_size=6,
)


def content(*rows: dict[str, object], name: str = "工作力指数") -> dict[str, object]:
    """A table of one index."""
    return {"indices": [{"name": name, "parts": list(rows)}]}


def test_the_programs_own_index_of_march_is_what_was_reckoned_by_hand() -> None:
    [index] = program_indices().indices
    table = scored(index, Held(TWELVE), MARCH, origin="随程序提供")
    assert [[cell.words for cell in row] for row in table.rows] == [
        ["办结率", "60.0%", "50%", "95%", "20", "4.4"],
        ["按期率", "83.3%", "70%", "100%", "20", "8.9"],
        ["一次性化解率", "66.7%", "50%", "90%", "20", "8.4"],
        ["调处成功率", "75.0%", "60%", "95%", "10", "4.3"],
        ["复访率", "40.0%", "20%", "0%", "10", "0.0"],
        ["满意率", "66.7%", "70%", "95%", "10", "0.0"],
        ["履行率", "100.0%", "50%", "95%", "10", "10.0"],
        ["总分", "", "", "", "", "36.0"],
    ]
    assert len(table.rows[0][1].rows) == 6


def test_what_has_nothing_to_divide_by_takes_its_weight_with_it() -> None:
    index = Index("甲", (Part("closing_rate", 20, 50, 95), Part("registered", 5, 0, 20)))
    parts = tuple(parts_scored(index, Held(()), MARCH))
    assert [each.points for each in parts] == [None, 0]
    assert score(parts) == 0
    assert score(parts[:1]) is None
    printed = scored(index, Held(()), MARCH, origin="")
    assert [row[-1].words for row in printed.rows] == ["不计入", "0.0", "0.0"]


@pytest.mark.parametrize(
    ("indicator", "none", "full", "points"),
    [
        ("registered", 0, 20, 50),  # 10 of 20
        ("registered", 20, 0, 50),  # less is better
        ("registered", 0, 5, 100),  # never more than the weight
        ("registered", 40, 20, 100),
        ("amount", 0, 28_000, 50),  # yuan, not fen
        ("success_rate", 50, 100, 50),  # per cent, not tenths
    ],
)
def test_lines_are_in_the_unit_a_person_reads(indicator: str, none: int, full: int, points: int) -> None:
    [part] = parts_scored(Index("甲", (Part(indicator, 10, none, full),)), Held(TWELVE), MARCH)
    assert part.points == points


@given(matters(), PARTS)
def test_a_score_lies_between_nothing_and_a_hundred_and_adds_up(rows: list[CaseFacts], parts: list[Part]) -> None:
    found = tuple(parts_scored(Index("甲", tuple(parts)), Held(rows), MARCH))
    assert all(each.points is None or 0 <= each.points <= 10 * each.part.weight for each in found)
    whole, counted = score(found), [each for each in found if each.points is not None]
    if whole is None:
        assert not counted
    else:
        weight = sum(each.part.weight for each in counted)
        assert 0 <= whole <= 1000
        assert abs(whole * weight - 100 * sum(each.points or 0 for each in counted)) * 2 <= weight


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (content(ROW | {"indicator": "happiness"}), "indices.0.parts.0.indicator"),
        (content(ROW | {"weight": 0}), "indices.0.parts.0.weight"),
        (content(ROW | {"weight": 1001}), "indices.0.parts.0.weight"),
        (content(ROW | {"full": 50}), "indices.0.parts.0.full"),
        (content(ROW | {"none": -1}), "indices.0.parts.0.none"),
        (content(ROW | {"full": 95.5}), "indices.0.parts.0.full"),
        (content(), "indices.0.parts"),
        (content(*[ROW] * 31), "indices.0.parts"),
        (content(ROW, name="指" * 21), "indices.0.name"),
        ({"indices": [*content(ROW)["indices"], *content(ROW)["indices"]]}, "indices"),  # type: ignore[misc]  # lists
        ({"indices": "工作力"}, "indices"),
    ],
)
def test_a_table_that_says_nothing_sensible_is_refused_with_its_place(table: object, where: str) -> None:
    with pytest.raises(Unacceptable) as told:
        read_indices(table)
    assert told.value.where == where


def test_a_county_may_do_without_scores_and_each_span_has_the_table_of_its_last_day() -> None:
    none = read_indices({"indices": []}, valid_from=date(2026, 7, 1), origin="县中心下发")
    sets = (program_indices(), none)
    assert indices_on(sets, date(2026, 6, 30)) is sets[0]
    assert indices_on(sets, date(2026, 7, 1)).indices == ()
    assert indices_on(sets, date(1999, 1, 1)) is sets[0]


def test_every_indicator_may_be_a_part() -> None:
    rows = [ROW | {"indicator": code, "none": 0} for code in indicators()]
    assert len(read_indices({"indices": [{"name": "甲", "parts": rows[:30]}]}).indices[0].parts) == 30
