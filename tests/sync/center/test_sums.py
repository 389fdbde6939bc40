"""What matters add month by month comes to the very figure that the judges see over any span of whole months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.calendar import months_later
from mediator.core.codes import DisputeType
from mediator.core.facts import CaseFacts
from mediator.core.indicators import indicators, of
from mediator.core.spans import Span, month_end
from sync.center.sums import BY_NOW, COLUMNS, GROWING, PARTED, STOCKS, Place, month_word, sums_of
from tests.core.twelve import TWELVE

DAYS = st.none() | st.dates(date(2026, 1, 20), date(2026, 6, 10))
ANY = next(iter(indicators().values()))


@st.composite
def matters(draw: st.DrawFn) -> CaseFacts:
    """One of the twelve with its days thrown over half a year."""
    each = draw(st.sampled_from(TWELVE))
    orders = tuple(
        replace(order, issued_on=draw(DAYS), answer_by=draw(DAYS), answered_on=draw(DAYS)) for order in each.orders
    )
    return replace(
        each, registered_on=draw(st.dates(date(2026, 1, 20), date(2026, 6, 10))), accepted_on=draw(DAYS),
        concluded_on=draw(DAYS), due_on=draw(DAYS), signed_on=draw(DAYS), orders=orders,
        duties=tuple(replace(duty, due_on=draw(DAYS)) for duty in each.duties),
    )  # fmt: skip


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Some whole months, looked at on some day."""
    first = months_later(date(2025, 12, 1), draw(st.integers(0, 7)))
    last = month_end(months_later(first, draw(st.integers(0, 5))))
    return Span(first, last, draw(st.dates(date(2026, 1, 1), date(2026, 7, 1))))


def added_up(facts: CaseFacts, code: str, span: Span) -> tuple[int, int, int]:
    """A figure out of sums."""
    first, last, seen = month_word(span.first), month_word(span.last), span.as_of.isoformat()
    found = [
        told
        for at, told in sums_of(facts).items()
        if (at.code, at.part) == (code, facts.dispute.value if code in PARTED else "")
        and (code in STOCKS or first <= at.month)
        and max(at.month, at.until) <= last
        and at.since <= seen
    ]
    base, hits, total = (sum(each) for each in zip(*found, strict=True)) if found else (0, 0, 0)
    return base, hits, total


@given(matters(), spans())
def test_months_add_up_to_every_figure_of_every_span_of_whole_months(facts: CaseFacts, span: Span) -> None:
    for code, judge in COLUMNS.items():
        seen = of(ANY, judge, [facts], span)
        assert added_up(facts, code, span) == (len(seen.base), len(seen.hits), seen.total), code


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("accepted", {Place("accepted", "2026-03"): (1, 1, 1)}),
        ("concluded", {Place("concluded", "2026-05"): (1, 1, 1)}),
        ("pending", {Place("pending", "2026-03"): (1, 1, 1), Place("pending", "2026-05"): (-1, -1, -1)}),
        (
            "closing_rate",
            {Place("closing_rate", "2026-03"): (1, 0, 0), Place("closing_rate", "2026-03", until="2026-05"): (0, 1, 1)},
        ),
        ("受理", {Place("受理", "2026-03", part=DisputeType.NEIGHBOR.value): (1, 1, 1)}),
        ("orders_late", {}),
    ],
)
def test_a_matter_of_march_that_ended_in_may_adds_this(code: str, told: dict[Place, tuple[int, int, int]]) -> None:
    facts = replace(TWELVE[0], concluded_on=date(2026, 5, 4), dispute=DisputeType.NEIGHBOR)
    assert {at: each for at, each in sums_of(facts).items() if at.code == code} == told


def test_what_is_late_from_a_day_on_says_from_which() -> None:
    late = next(each for each in TWELVE if each.case == "K")
    assert late.due_on
    found = [at.since for at in sums_of(late) if at.code == "orders_late"]
    assert found == [date.fromordinal(late.due_on.toordinal() + 1).isoformat()]


def test_no_figure_is_named_that_is_none() -> None:
    assert set(COLUMNS) >= STOCKS | GROWING | BY_NOW
