"""Every named indicator: counted by hand on twelve matters, and what holds for any set of matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import Category, Result
from mediator.core.facts import CaseFacts
from mediator.core.indicators import all_figures, figure, indicators
from mediator.core.judges import JUDGES
from mediator.core.spans import Span
from tests.core.twelve import MARCH, TWELVE

# code, the rows of the figure, the rows it is a share of (the same where it is no share), as printed
GOLDEN = {
    "registered": ("A C D E G H I J K L", "", "10"),
    "accepted": ("A C D E G", "", "5"),
    "from_petition": ("D", "", "1"),
    "pending": ("C I K L", "", "4"),
    "concluded": ("A B D E G H J", "", "7"),
    "agreed": ("A D G", "", "3"),
    "success_rate": ("A D G", "A B D G", "75.0%"),
    "closing_rate": ("A D E G H J", "A C D E G H I J K L", "60.0%"),
    "on_time_rate": ("A D G H J", "A B D G H J", "83.3%"),
    "first_settled_rate": ("H J", "H J", "100.0%"),
    "once_settled_rate": ("A D H J", "A B D G H J", "66.7%"),
    "local_settled_rate": ("A D G J", "A B D G H J", "66.7%"),
    "repeat_rate": ("I L", "H I J K L", "40.0%"),
    "group_matters": ("C D I", "", "3"),
    "satisfied_rate": ("A:a3 H:h2", "A:a3 H:h1 H:h2", "66.7%"),
    "visits": ("A:1 G:1", "", "2"),
    "written": ("A G", "", "2"),
    "oral": ("D", "", "1"),
    "settlements": ("D", "", "1"),
    "amount": ("A G", "", "14,000.00"),
    "confirmed": ("F", "", "1"),
    "notarized": ("G", "", "1"),
    "performed": ("A", "", "1"),
    "performance_rate": ("A:a1 A:a2 F:f1", "A:a1 A:a2 F:f1", "100.0%"),
    "punctual_rate": ("A:a1 A:a2", "A:a1 A:a2 F:f1", "66.7%"),
    "prevented_crime": ("A", "", "1"),
    "prevented_crime_people": ("A", "", "2"),
    "prevented_group": ("D", "", "1"),
    "prevented_group_people": ("D", "", "8"),
    "orders_blue": ("J", "", "1"),
    "orders_yellow": ("", "", "0"),
    "orders_orange": ("", "", "0"),
    "orders_red": ("K", "", "1"),
    "orders_plain": ("L", "", "1"),
    "orders_late": ("K", "", "1"),
    "urged": ("H:h3", "", "1"),
    "supervised": ("I:i1", "", "1"),
    "suggested": ("K:k1 K:k2", "", "2"),
    "answered_late": ("I:i1", "", "1"),
    "rectified": ("K:k1", "", "1"),
    "receptions": ("I:r1 I:r2", "", "2"),
    "reception_people": ("I:r1 I:r2", "", "10"),
    "visits_down": ("I:r2", "", "1"),
    "screenings": ("L:s1 L:s2", "", "2"),
    "zero_screenings": ("L:s2", "", "1"),
}  # fmt: skip
DAYS = st.none() | st.dates(date(2026, 2, 20), date(2026, 4, 10))


def shown(rows: object) -> str:
    """Rows as the golden table writes them."""
    return " ".join(f"{row.case}:{row.item}" if row.item else row.case for row in rows)  # type: ignore[attr-defined]  # rows of a figure


@pytest.mark.parametrize("code", JUDGES)
def test_each_indicator_is_what_was_counted_by_hand(code: str) -> None:
    hits, base, printed = GOLDEN[code]
    found = figure(code, TWELVE, MARCH)
    assert (shown(found.hits), shown(found.base), found.printed) == (hits, base or hits, printed)


def test_each_indicator_has_its_words_and_its_rule() -> None:
    assert list(indicators()) == list(JUDGES) == list(GOLDEN)
    assert all(each.name and each.formula and each.day and each.unit for each in indicators().values())


@st.composite
def matters(draw: st.DrawFn) -> list[CaseFacts]:
    """Any matters: the twelve with days, results and flags thrown about."""
    rows = draw(st.lists(st.sampled_from(TWELVE), max_size=12))
    return [
        replace(
            each, case=f"{place:02d}", registered_on=draw(st.dates(date(2026, 2, 1), date(2026, 4, 10))),
            accepted_on=draw(DAYS), concluded_on=draw(DAYS), due_on=draw(DAYS), signed_on=draw(DAYS),
            result=draw(st.sampled_from(Result)), returned=draw(st.booleans()), sent_away=draw(st.booleans()),
            category=draw(st.none() | st.sampled_from(Category)), people=draw(st.integers(0, 20)),
            group=draw(st.booleans()),
        )
        for place, each in enumerate(rows)
    ]  # fmt: skip


@given(matters(), st.randoms(use_true_random=False))
def test_a_list_is_its_figure_within_its_base_whatever_the_order(rows: list[CaseFacts], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    found = all_figures(rows, MARCH)
    assert found == all_figures(mixed, MARCH)
    for each in found:
        assert set(each.hits) <= set(each.base)
        assert len(set(each.base)) == len(each.base)
        if each.indicator.shape == "count":
            assert each.total == len(each.hits) == len(each.base)
        if each.rate is not None:
            assert 0 <= each.rate <= 1000
            assert abs(each.rate * len(each.base) - 1000 * len(each.hits)) * 2 <= len(each.base)


@given(matters(), st.dates(date(2026, 3, 1), date(2026, 3, 30)))
def test_two_halves_of_a_span_add_up_to_the_whole(rows: list[CaseFacts], middle: date) -> None:
    halves = (
        Span(MARCH.first, middle, MARCH.as_of), Span(middle + timedelta(days=1), MARCH.last, MARCH.as_of)
    )  # fmt: skip
    for code in set(JUDGES) - {"pending", "closing_rate"}:  # these look at the end of the span
        whole, parts = figure(code, rows, MARCH), [figure(code, rows, half) for half in halves]
        assert whole.total == sum(each.total for each in parts)
        assert list(whole.base) == sorted(row for each in parts for row in each.base)


def test_a_share_of_nothing_is_a_dash_and_of_few_is_marked() -> None:
    nothing = figure("success_rate", (), MARCH)
    assert (nothing.printed, nothing.rate, nothing.small) == ("—", None, False)
    assert figure("success_rate", TWELVE, MARCH).small
    assert not figure("closing_rate", TWELVE, MARCH).small
