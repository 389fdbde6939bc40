"""What the statistics know of one matter: a flat record of codes, days and sums.

It holds no name of a party; `sheet` alone names officers, as 一案一表 lists them. `fact_making` makes it from the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import (
    AgreementForm,
    BodyKind,
    CameBy,
    CaseKind,
    CaseStatus,
    Category,
    Difficulty,
    DisputeType,
    OrderSort,
    Performed,
    Prevented,
    Reception,
    Result,
    Satisfied,
    SatisfiedWith,
    Verdict,
    Visit,
)

MEDIATED: Final = frozenset({CaseKind.PEOPLE_MEDIATION, CaseKind.SETTLEMENT})


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation of a signed agreement as it stands: fen, due day, and the day on which it was met.

    `last_on` is the due day or the working day after it, up to which it was in time (MFD 203).
    """

    id: str
    amount: int
    paid: int
    due_on: date | None = None
    last_on: date | None = None
    done_on: date | None = None
    waived: bool = False

    @property
    def settled(self) -> bool:
        """Nothing is asked for any more: it was met, or let go."""
        return self.waived or self.done_on is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the double satisfaction question."""

    id: str
    on: date
    about: SatisfiedWith
    answer: Satisfied


@dataclass(frozen=True, slots=True)
class Ordered:
    """One 催办单, 督办单 or 工作建议 on the matter."""

    id: str
    sort: OrderSort
    rule: str
    issued_on: date | None = None
    answer_by: date | None = None
    answered_on: date | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """One reception by a leader (接访下访): how, by whom, how many persons came."""

    id: str
    on: date
    how: Reception
    leader: str
    people: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """One round of screening (排查) as its report tells; `found` 0 is a zero report."""

    id: str
    on: date
    area: str
    how: str
    by: str
    found: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What 一案一表 and the plan for an old matter add to the record: who answers for it, until when, how far it is."""

    leader: str = ""
    officer: str = ""
    until: str = ""
    progress: str = ""
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One matter as it is counted; days are those on which something happened, `due_on` the last day to conclude.

    `concluded_on` and `result` are those of the present round; `returned` says that it came back, here or as another
    matter, `sent_away` that another body took it over, `amount` is fen of the signed agreement.
    `group` is by the county's table of the day of registration.
    """

    case: str
    kind: CaseKind
    status: CaseStatus
    dispute: DisputeType
    came: CameBy
    difficulty: Difficulty
    body: BodyKind
    registered_on: date
    dispute_as_given: str = ""
    came_as_given: str = ""
    category: Category | None = None
    accepted_on: date | None = None
    concluded_on: date | None = None
    result: Result = Result.PENDING
    closed_on: date | None = None
    due_on: date | None = None
    form: AgreementForm | None = None
    signed_on: date | None = None
    amount: int = 0
    confirmed_on: date | None = None
    notarized_on: date | None = None
    visit: Visit = Visit.FIRST
    returned: bool = False
    sent_away: bool = False
    from_petition: bool = False
    people: int = 0
    group: bool = False
    prevented: Prevented | None = None
    duties: tuple[Duty, ...] = ()
    answers: tuple[Answer, ...] = ()
    orders: tuple[Ordered, ...] = ()
    received: tuple[Received, ...] = ()
    screened: tuple[Screened, ...] = ()
    visited: tuple[date, ...] = ()
    sheet: Sheet = Sheet()

    @property
    def mediated(self) -> bool:
        """A matter of people's mediation, no petition and no work order."""
        return self.kind in MEDIATED

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which something of it lies, in no order: by one of these a span finds what it counts."""
        named = (
            self.registered_on, self.accepted_on, self.concluded_on, self.closed_on, self.signed_on,
            self.confirmed_on, self.notarized_on, *self.visited, *(each.due_on for each in self.duties),
            *(each.on for each in self.answers), *(each.issued_on for each in self.orders),
            *(each.on for each in self.received), *(each.on for each in self.screened),
        )  # fmt: skip
        return tuple(filter(None, named))

    @property
    def open(self) -> bool:
        """Nothing came of it yet."""
        return self.result is Result.PENDING

    @property
    def performed(self) -> Performed | None:
        """How far its signed agreement is performed, None where nothing is owed."""
        if self.signed_on is None or not self.duties:
            return None
        if all(each.settled for each in self.duties):
            return Performed.PERFORMED
        return Performed.BREACHED if self.status is CaseStatus.BREACHED else Performed.PERFORMING
