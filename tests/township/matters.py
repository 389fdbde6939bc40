"""What is to happen in each matter, decided by a seed, and the periods that follow from it by plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from mediator.casework import practice
from mediator.core.codes import CaseKind, Category
from mediator.core.dates import BEIJING
from tests.sync.world import TOWNSHIP
from tests.township.arithmetic import (
    DAY,
    Promise,
    half_a_day,
    in_a_month,
    in_days,
    in_workdays,
    rolled,
)

ORDER_LENGTHS: Final = {Category.YELLOW: 5, Category.RED: 10}


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do on a day; `what` names a deed of `tests.township.deeds`, `with_` what it is told."""

    on: date
    what: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass
class Matter:
    """One matter: at which desk, what it is, what happens and what is promised. The id comes with the first step."""

    desk: int
    document: dict[str, Any]
    steps: list[Step] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    id: str = ""

    def will(self, on: date, what: str, **told: Any) -> None:
        """One step more."""
        self.steps.append(Step(on, what, told))


def matters_of(seed: int, count: int, first: date, last: date) -> list[Matter]:
    """Mediations, work orders and petitions between two days, six in ten, a quarter and the rest."""
    chance = Random(seed)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    makers: Sequence[Callable[[Random, date], Matter]] = (mediation,) * 12 + (work_order,) * 5 + (petition,) * 3
    return [chance.choice(makers)(chance, chance.choice(days)) for _ in range(count)]


def later(chance: Random, day: date, least: int, most: int) -> date:
    """So many days later."""
    return day + timedelta(days=chance.randint(least, most))


def first_of(*days: date | None) -> date | None:
    """The earliest of those that there are."""
    return min((each for each in days if each), default=None)


def mediation(chance: Random, registered: date) -> Matter:
    """From the application to the closing; some late at each step, some never paid."""
    accepted = later(chance, registered, 0, 5)
    whole = practice.case(chance, township=TOWNSHIP, accepted=later(chance, accepted, 1, 35))
    ended = datetime.fromisoformat(whole["hearings"][0]["held_at"]).date()
    heard = min(later(chance, accepted, 1, 12), ended)
    agreed = "agreement" in whole
    left_out = ("hearings", "agreement", "outcome", "accepted_on")
    matter = Matter(chance.randrange(2), {name: each for name, each in whole.items() if name not in left_out})
    matter.will(registered, "take_in", applied=True)
    matter.will(accepted, "accept")
    matter.will(heard, "hold", hearing=whole["hearings"][0])
    matter.promises += [
        in_workdays("D01", registered, 3, 1).until(accepted),
        in_days("D02", accepted, 7, 2).until(heard),
        *month_of_mediation(chance, matter, accepted, ended),
    ]
    if agreed:
        matter.will(ended, "sign", agreement=whole["agreement"])
        after_signing(chance, matter, ended, whole["agreement"]["payments"])
    else:
        matter.will(ended, "fail", to=whole["outcome"])
        close(matter, later(chance, ended, 1, 9))
    return matter


def month_of_mediation(chance: Random, matter: Matter, accepted: date, ended: date) -> Iterator[Promise]:
    """D03, in some cases made longer by a month while it ran."""
    plain = in_a_month("D03", accepted, 7)
    asked = later(chance, accepted, 10, 26)
    if asked < ended and chance.random() < 0.5:
        matter.will(asked, "extend", rule="D03", length=1)
        longer = in_a_month("D03", accepted, 7, more=1)
        yield plain.until(asked)
        yield Promise("D03", asked, longer.due, longer.amber, ended)
    else:
        yield plain.until(ended)


def after_signing(chance: Random, matter: Matter, signed: date, payments: Sequence[dict[str, str]]) -> None:
    """Court confirmation asked or not, payments, a visit, and the closing of what was done."""
    asked = later(chance, signed, 3, 40) if chance.random() < 0.3 else None
    if asked:
        matter.will(asked, "note", event="confirmation_asked")
    matter.promises.append(in_days("D04", signed, 30, 10, right=True).until(asked))
    visited = later(chance, signed, 10, 40) if chance.random() < 0.85 else None
    if visited:
        matter.will(visited, "visit")
    paid = [paid_on(chance, signed, date.fromisoformat(each["due"])) for each in payments]
    for place, day in enumerate(paid):
        if day:
            matter.will(day, "pay", place=place)
    over = None
    if visited and all(paid):
        over = max(visited, *(day for day in paid if day)) + 3 * DAY
        close(matter, over)
    matter.promises.append(in_days("D05", signed, 30, 5, part="agreement").until(first_of(visited, over)))
    for each, day in zip(payments, paid, strict=True):
        matter.promises += owed(signed, date.fromisoformat(each["due"]), day, visited=visited, over=over)


def paid_on(chance: Random, signed: date, due: date) -> date | None:
    """A little before the day, on it, late or never."""
    return max(signed, later(chance, due, -4, 20)) if chance.random() < 0.8 else None


def owed(signed: date, day: date, paid: date | None, *, visited: date | None, over: date | None) -> Iterator[Promise]:
    """D06 for one payment, and D05 after its day; a visit before that day is none for it."""
    last = rolled(day)
    yield Promise("D06", signed, last, max(last - 7 * DAY, min(signed, last)), paid)
    visit = in_days("D05", last, 7, 5, part="due")
    seen = visited if visited and visited >= last else None
    yield Promise("D05", signed, visit.due, visit.amber, first_of(paid, seen, over), part="due")


def close(matter: Matter, on: date) -> None:
    """The head closes it; nobody binds a dossier in this year, so that D07 goes on."""
    matter.will(on, "close")
    matter.promises.append(in_days("D07", on, 15, 5))


def work_order(chance: Random, arrived: date) -> Matter:
    """A call to the hotline, of one of four categories; what the category asks for, then the answer."""
    category = chance.choice(tuple(Category))
    at = datetime.combine(arrived, time(chance.choice((7, 9, 11, 15, 16)), 30), BEIJING)
    answered = later(chance, arrived, 0, 13)
    matter = Matter(chance.randrange(2), told_by_phone(chance, CaseKind.WORK_ORDER))
    matter.will(arrived, "take_call", category=category, at=at)
    between = min(later(chance, arrived, 0, 5), answered)
    word, rule, part, length = {
        Category.YELLOW: ("lead_named", "D21", "lead", 1), Category.RED: ("group_named", "D23", "group", 1),
        Category.ORANGE: ("legal_road", "D22", "", 3), Category.BLUE: ("", "", "", 0),
    }[category]  # fmt: skip
    near = 2 if category is Category.RED else 1
    if word:
        matter.will(between, "note", event=word)
        matter.promises.append(in_workdays(rule, arrived, length, near, part=part).until(between))
    if category in ORDER_LENGTHS:
        matter.promises.append(
            in_workdays(rule, arrived, ORDER_LENGTHS[category], near, part="answer").until(answered)
        )  # fmt: skip
    if category is Category.BLUE:
        due = half_a_day(at)
        matter.promises.append(Promise("D20", arrived, due, due, answered))
    if chance.random() < 0.5:
        matter.will(arrived, "note", event="dispatched")
        back = later(chance, answered, 0, 4)
        matter.will(back, "note", event="hotline_returned")
        matter.promises.append(in_workdays("D24", arrived, 5, 1).until(back))
    matter.will(answered, "answer")
    return matter


def petition(chance: Random, registered: date) -> Matter:
    """Judged, accepted, reviewed in three steps, answered; in some the petitioner asks for a review."""
    accepted = later(chance, registered, 2, 19)
    answered = later(chance, accepted, 20, 80)
    matter = Matter(chance.randrange(2), told_by_phone(chance, CaseKind.PETITION))
    matter.will(registered, "take_petition")
    matter.will(accepted, "accept_petition")
    matter.promises.append(in_days("D10", registered, 15, 3).until(accepted))
    plain, asked = in_days("D11", accepted, 60, 10), later(chance, accepted, 30, 58)
    if asked < answered and chance.random() < 0.6:
        longer = in_days("D11", accepted, 60 + 20, 10)
        matter.will(asked, "extend", rule="D12", length=20)
        matter.promises += [plain.until(asked), Promise("D11", asked, longer.due, longer.amber, answered)]
    else:
        matter.promises.append(plain.until(answered))
    matter.will(answered, "answer", reviewed=True)
    delivered = later(chance, answered, 0, 3)
    matter.will(delivered, "note", event="delivered")
    again = later(chance, delivered, 5, 28) if chance.random() < 0.4 else None
    matter.promises.append(in_days("D13", delivered, 30, 5, part="request", right=True).until(again))
    if again:
        decided = later(chance, again, 10, 40)
        matter.will(again, "note", event="review_asked")
        matter.will(decided, "note", event="reviewed")
        matter.promises.append(in_days("D13", again, 30, 5, part="decision").until(decided))
    return matter


def told_by_phone(chance: Random, kind: CaseKind) -> dict[str, Any]:
    """What a caller or petitioner tells: a quarrel in the words of practice, without an end."""
    whole = practice.case(chance, township=TOWNSHIP, accepted=date(2025, 7, 1))
    kept = ("format", "version", "title", "dispute_type", "facts", "requests", "parties")
    return {name: whole[name] for name in kept} | {"kind": kind.value}
