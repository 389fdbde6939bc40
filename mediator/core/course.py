"""The course of a matter beside its record: what happened around it, what was counted, asked and ordered.

Frozen records made by `journal.course`. Days are `date`, moments aware `datetime`, money integer fen, ids 32 hex
characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from mediator.core.codes import (
    Likeness,
    LinkReason,
    LinkRole,
    OrderSort,
    PeriodStep,
    Satisfied,
    SatisfiedWith,
    Verdict,
)
from mediator.core.money import Fen

LinkId = NewType("LinkId", str)
EventId = NewType("EventId", str)
PeriodId = NewType("PeriodId", str)
OrderId = NewType("OrderId", str)
SatisfactionId = NewType("SatisfactionId", str)
AmendmentId = NewType("AmendmentId", str)
LikenessId = NewType("LikenessId", str)


@dataclass(frozen=True, slots=True)
class Received:
    """Who took the matter in first and when (首接首办, S01): the author of its first entry, which nothing changes."""

    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """This matter and another one; `role` says which of the two this one is."""

    id: LinkId
    other: str
    reason: LinkReason
    role: LinkRole
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact that periods start from or end with; `event` is a word of the rule table, `at` its hour.

    `text` is what was found or answered, `by` who did it.
    """

    id: EventId
    event: str
    on: date
    at: datetime | None = None
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """A period made longer, stopped or running again, with approval; `length` counts `unit`s of the rule table."""

    id: PeriodId
    rule: str
    step: PeriodStep
    on: date
    length: int = 0
    unit: str = ""
    approved_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """催办单, 督办单 or 工作建议 on this matter, with its answer and the county's verdict.

    `received_on` is the day from which a computer of the room had it, None while it lies where the room cannot see it.
    `rule` and `due` say which deadline it is about, `place` which finding; the id comes from these, so that the room
    and the county that both raise it raise one.
    """

    id: OrderId
    sort: OrderSort
    rule: str
    text: str
    due: date | None = None
    place: str = ""
    answer_by: date | None = None
    issued_on: date | None = None
    issued_by_county: bool = False
    received_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    verdict: Verdict | None = None
    verdict_text: str = ""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """One answer of the double satisfaction question; never asked by the one it is about (S13)."""

    id: SatisfactionId
    asked_on: date
    about: SatisfiedWith
    answer: Satisfied
    asked: str = ""
    asked_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An obligation changed after signing by a later signed paper (补充协议): new sum, new day, or nothing owed."""

    id: AmendmentId
    obligation: str
    on: date
    paper: str = ""
    amount: Fen | None = None
    due_on: date | None = None
    waived: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A warning that was passed over with a reason; `digest` pins what stood at the place then."""

    rule: str
    place: str
    digest: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person said about two matters, or a party of each: the same, or not."""

    id: LikenessId
    likeness: Likeness
    other: str
    same: bool
    party: str = ""
    other_party: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lending:
    """A room of another township to which the county handed the matter (转办); `open` until it was taken back."""

    room: str
    township: str
    name: str
    reason: str
    at: datetime | None
    open: bool


@dataclass(frozen=True, slots=True)
class Course:
    """All of it, each list in folding order."""

    received: Received | None = None
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    periods: tuple[PeriodChange, ...] = ()
    orders: tuple[Order, ...] = ()
    satisfactions: tuple[Satisfaction, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    passed: tuple[Passed, ...] = ()
    judged: tuple[Judged, ...] = ()
    lendings: tuple[Lending, ...] = ()

    def last(self, event: str) -> Event | None:
        """The newest event of this word by its day."""
        return max((each for each in self.events if each.event == event), key=lambda each: each.on, default=None)


NO_COURSE = Course()
