"""What is owed today: obligations as later signed papers left them, what was paid on them, how each stands (L07).

The signed agreement never changes. A supplement (补充协议) that was issued in the case may change an obligation's sum
or day, or let it go; what it does not name stays as it was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final, TypeVar

from mediator.core.calendar import Calendar
from mediator.core.codes import Standing
from mediator.core.course import Amendment
from mediator.core.money import Fen
from mediator.core.records import Case, Obligation, ObligationId, Payment

T = TypeVar("T")
SUPPLEMENT: Final = "supplement_agreement"


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation today: `signed` as it was frozen, `now` with the sum and day that count.

    `changes` are the amendments that count, oldest first; `payments` those that count, in order of their days.
    """

    signed: Obligation
    now: Obligation
    waived: bool = False
    changes: tuple[Amendment, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def paid(self) -> Fen:
        """Fen of all payments that count, what was given in kind at the sum it was taken for."""
        return Fen(sum(each.amount for each in self.payments))

    @property
    def owed(self) -> Fen:
        """Fen owed in all, paid or not; of a waived one no more than was paid, of goods nothing."""
        amount = self.now.amount or Fen(0)
        return min(self.paid, amount) if self.waived else amount

    @property
    def open(self) -> Fen:
        """Fen still to be paid, never below nothing."""
        return Fen(max(self.owed - self.paid, 0))

    @property
    def met(self) -> bool:
        """The sum is reached, or the goods were handed over."""
        return bool(self.payments) and self.paid >= (self.now.amount or 0)

    @property
    def done(self) -> bool:
        """Nothing is asked for any more: it was met, or let go."""
        return self.waived or self.met

    @property
    def changed(self) -> bool:
        """A later signed paper speaks of it."""
        return bool(self.changes)

    @property
    def contested(self) -> bool:
        """Two papers of one day say different things of it: two desks at once, or a slip; a person voids one."""
        return any(
            one.on == other.on and (one.amount, one.due_on, one.waived) != (other.amount, other.due_on, other.waived)
            for one, other in combinations(self.changes, 2)
        )

    @property
    def in_kind(self) -> bool:
        """Something other than money was given for it."""
        return any(each.goods for each in self.payments) or (self.now.amount is None and bool(self.payments))


def obligations_now(case: Case) -> tuple[Owed, ...]:
    """Each obligation of the agreement as it stands today, in the order of the agreement; a draft's as it is typed."""
    agreement = case.agreement
    if agreement is None:
        return ()
    changes = amendments_in_force(case) if agreement.is_signed else ()
    return tuple(owed_of(each, changes, case.payments) for each in agreement.obligations)


def owed_now(case: Case, obligation: ObligationId) -> Owed | None:
    """One of them by its id."""
    return next((each for each in obligations_now(case) if each.signed.id == obligation), None)


def amendments_in_force(case: Case) -> tuple[Amendment, ...]:
    """Amendments by their day that a supplement issued in this case carries, none older than the agreement."""
    papers = supplements_of(case)
    signed_on = case.agreement.signed_on if case.agreement else None
    rows = [
        each for each in case.course.amendments if each.paper in papers and (signed_on is None or each.on >= signed_on)
    ]
    return tuple(sorted(rows, key=lambda each: each.on))


def supplements_of(case: Case) -> set[str]:
    """Issued supplements by id and by number, as an amendment may name either."""
    return {name for paper in case.papers if paper.kind == SUPPLEMENT for name in (paper.id, paper.number)}


def owed_of(obligation: Obligation, changes: Iterable[Amendment], payments: Iterable[Payment]) -> Owed:
    """One obligation with the amendments and payments that are about it."""
    mine = tuple(each for each in changes if each.obligation == obligation.id)
    sums, days = ([each.amount for each in mine], [each.due_on for each in mine])
    now = replace(obligation, amount=last_told(sums, obligation.amount), due_on=last_told(days, obligation.due_on))
    waived = last_told([waiver_in(each) for each in mine], signed=False)
    return Owed(obligation, now, waived, mine, paid_for(obligation, payments))


def paid_for(obligation: Obligation, payments: Iterable[Payment]) -> tuple[Payment, ...]:
    """Payments that count for an obligation, in order of their days."""
    paid = (each for each in payments if each.obligation == obligation.id and not each.voided)
    return tuple(sorted(paid, key=lambda each: each.paid_on))


def waiver_in(change: Amendment) -> bool | None:
    """True for a change that lets the duty go, False for one that names a sum again, None for one that says neither."""
    return change.waived or (None if change.amount is None else False)


def last_told(told: Sequence[T | None], signed: T) -> T:
    """What the latest paper says of it; what was signed while none does."""
    return next((each for each in reversed(told) if each is not None), signed)


def standing_of(owed: Owed, *, today: date, calendar: Calendar) -> Standing:
    """How it stands today; late from the day after its due day, a day off being shifted first (MFD 203)."""
    if owed.done:
        return Standing.PAID if owed.met else Standing.WAIVED
    if owed.now.due_on and today > calendar.on_or_after(owed.now.due_on):
        return Standing.LATE
    return Standing.PART_PAID if owed.paid else Standing.OPEN
