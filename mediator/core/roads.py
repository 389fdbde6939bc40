"""Which road a matter should take (rules.md 4): a table advises with reason and source, a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mediator.core.calendar import Calendar
from mediator.core.codes import CaseKind, CaseStatus, Standing
from mediator.core.laws import Article, library
from mediator.core.legal_roads import acts
from mediator.core.performing import Owed, obligations_now, standing_of
from mediator.core.records import Case
from mediator.core.tables import Table, shipped


@dataclass(frozen=True, slots=True)
class Road:
    """One row: it fits by words of the matter, its type, its kind, or by what its agreement leaves open or broken.

    `words` may hold `…` for a few characters of one sentence, `but` are turns of phrase that are taken out of the text
    first. `after` and `without` are events that must have been recorded or must not. `packet` lists kinds of paper.
    """

    id: str
    road: str
    advice: str
    sources: tuple[Article, ...]
    words: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[CaseKind, ...] = ()
    agreement: bool = False
    debt: bool = False
    breach: bool = False
    after: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    packet: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def roads() -> tuple[Road, ...]:
    """The table in its order; a source that the library does not have is a KeyError."""
    return tuple(map(road_of, Table(shipped("roads.json")).rows("roads")))


def road_of(row: Table) -> Road:
    """One row."""
    return Road(
        row.text("id"), row.text("road"), row.text("advice"), tuple(library()[key] for key in row.texts("source")),
        row.texts("words"), row.texts("but"), row.texts("types"), row.codes("kinds", CaseKind), row.flag("agreement"),
        row.flag("debt"), row.flag("breach"), row.texts("after"), row.texts("without"), row.texts("packet"),
    )  # fmt: skip


def advised(case: Case, today: date, calendar: Calendar) -> tuple[Road, ...]:
    """The roads that fit, in the order of the table; 信访 only where nothing else does."""
    found = tuple(each for each in roads() if fits(each, case, today, calendar))
    special = tuple(each for each in found if not each.kinds)
    return special or found


def road_named(name: str) -> Road | None:
    """A row by its id."""
    return next((each for each in roads() if each.id == name), None)


def fits(road: Road, case: Case, today: date, calendar: Calendar) -> bool:
    """True when one thing that the row looks for is there and its events are as it asks."""
    if not has_come_so_far(road, case):
        return False
    if road.breach:
        return broken(case, today, calendar)
    if road.agreement:
        return owes_later(case, today, debt=road.debt)
    text = f"{case.title}\n{case.facts}\n{case.requests}\n{case.dispute_type}"
    return case.kind in road.kinds or case.dispute_type in road.types or named(road, text)


def has_come_so_far(road: Road, case: Case) -> bool:
    """True when all events happened after which a row is for, and none without which it is."""
    happened = {each.event for each in case.course.events}
    return happened.issuperset(road.after) and happened.isdisjoint(road.without)


def named(road: Road, text: str) -> bool:
    """One of the row's words stands in the text, beside the turns of phrase that say something else."""
    bare = pattern(road.but).sub("\n", text) if road.but else text
    return bool(road.words) and pattern(road.words).search(bare) is not None


@lru_cache(maxsize=64)
def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words; `…` stands for up to eight characters within a sentence, a comma included."""
    return re.compile("|".join("[^。；？！\n]{0,8}".join(map(re.escape, each.split("…"))) for each in words))


def broken(case: Case, today: date, calendar: Calendar) -> bool:
    """A signed agreement was not kept: the record says so, or something is late today."""
    if case.agreement is None or not case.agreement.is_signed:
        return False
    rows = (standing_of(each, today=today, calendar=calendar) for each in obligations_now(case))
    return case.status is CaseStatus.BREACHED or Standing.LATE in rows


def owes_later(case: Case, today: date, *, debt: bool) -> bool:
    """A signed agreement leaves something to be done later; `debt` asks for sums and things alone (GZF 37)."""
    if case.agreement is None or not case.agreement.is_signed:
        return False
    left = tuple(still_ahead(case, today))
    return bool(left) and (not debt or all(map(is_debt, left)))


def still_ahead(case: Case, today: date) -> Iterator[Owed]:
    """What is still to be done, its day to come or not told."""
    return (each for each in obligations_now(case) if not each.done and (each.now.due_on or date.max) > today)


def is_debt(owed: Owed) -> bool:
    """A sum, or a thing to be handed over."""
    return owed.now.amount is not None or (bool(owed.now.goods.strip()) and not acts(owed))
