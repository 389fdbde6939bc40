"""Which road a matter should take (rules.md 4): a table advises with reason and source, a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mediator.core.codes import CaseKind
from mediator.core.laws import Article, library
from mediator.core.performing import obligations_now
from mediator.core.records import Case
from mediator.core.tables import Table, shipped


@dataclass(frozen=True, slots=True)
class Road:
    """One row: it fits by words of the matter, its type, its kind, or by what its agreement leaves open."""

    id: str
    road: str
    advice: str
    sources: tuple[Article, ...]
    words: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[CaseKind, ...] = ()
    agreement: bool = False
    money: bool = False


@lru_cache(maxsize=1)
def roads() -> tuple[Road, ...]:
    """The table in its order; a source that the library does not have is a KeyError."""
    return tuple(map(road_of, Table(shipped("roads.json")).rows("roads")))


def road_of(row: Table) -> Road:
    """One row."""
    return Road(
        row.text("id"), row.text("road"), row.text("advice"), tuple(library()[key] for key in row.texts("source")),
        row.texts("words"), row.texts("types"), row.codes("kinds", CaseKind), row.flag("agreement"), row.flag("money"),
    )  # fmt: skip


def advised(case: Case, today: date) -> tuple[Road, ...]:
    """The roads that fit, in the order of the table; 信访 only where nothing else does."""
    found = tuple(each for each in roads() if fits(each, case, today))
    special = tuple(each for each in found if not each.kinds)
    return special or found


def fits(road: Road, case: Case, today: date) -> bool:
    """True when one thing that the row looks for is there."""
    if road.agreement:
        return owes_later(case, today, money=road.money)
    text = f"{case.title}\n{case.facts}\n{case.requests}\n{case.dispute_type}"
    return case.kind in road.kinds or case.dispute_type in road.types or named(road.words, text)


def named(words: Iterable[str], text: str) -> bool:
    """One of the words stands in the text."""
    return any(each in text for each in words)


def owes_later(case: Case, today: date, *, money: bool) -> bool:
    """A signed agreement leaves something to be done later; `money` asks for sums alone (GZF 37)."""
    if case.agreement is None or not case.agreement.is_signed:
        return False
    left = [
        each for each in obligations_now(case) if not each.done and (not each.now.due_on or each.now.due_on > today)
    ]
    return bool(left) and (not money or all(each.now.amount is not None for each in left))
