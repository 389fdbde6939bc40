"""Later: a near deadline is put off to a day with a reason, a late one never, and it comes back by itself."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import snoozing
from mediator.casework.desk import Desk
from mediator.casework.workbench import Called
from mediator.errors import RefusedByRule
from mediator.journal.streams import desk_stream
from tests.casework.desks import StillClock, a_document, taken_in


def near(desk: Desk) -> None:
    """Accepted on 10 February, today is 9 March 2026: the first meeting is late, the month ends tomorrow."""
    taken_in(desk, a_document(title="快到期", accepted_on="2026-02-10"))


def soon(desk: Desk) -> Called:
    """The deadline that is not late: the month ends tomorrow."""
    return next(each for each in snoozing.bench(desk).called if each.days > 0)


def move(desk: Desk, days: int) -> None:
    """Let days pass."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(days=days)


def test_it_is_put_off_with_its_reason_and_comes_back_on_its_day(desk: Desk) -> None:
    near(desk)
    each = soon(desk)
    snoozing.snooze(desk, each, date(2026, 3, 10), "等鉴定结果")
    found = snoozing.bench(desk)
    assert (each in found.called, found.later) == (False, (each,))
    last = desk.vault.stream(desk_stream(desk.vault.desk))[-1]
    assert (last.kind, last.content()["reason"]) == ("audit.snoozed", "等鉴定结果")
    move(desk, 1)
    found = snoozing.bench(desk)
    assert (each.label in {one.label for one in found.called}, found.later) == (True, ())


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (date(2026, 3, 9), "等", "snooze.day"),
        (date(2027, 1, 1), "等", "snooze.day"),
        (date(2026, 3, 10), " ", "snooze.reason"),
    ],
)
def test_a_day_ahead_within_the_period_and_a_reason_are_needed(desk: Desk, until: date, reason: str, code: str) -> None:
    near(desk)
    each = soon(desk)
    with pytest.raises(RefusedByRule) as caught:
        snoozing.snooze(desk, each, until, reason)
    assert caught.value.code == code
    assert snoozing.bench(desk).later == ()


def test_what_is_late_is_never_put_off(desk: Desk) -> None:
    near(desk)
    move(desk, 30)
    late = next(each for each in snoozing.bench(desk).called if each.days < 0)
    with pytest.raises(RefusedByRule) as caught:
        snoozing.snooze(desk, late, late.due, "等")
    assert caught.value.code == "snooze.late"
