"""First or repeated, alone or as a group, and the list of what a petition asks for (S02, S10, L24, L25).

Thresholds and lists are a small dated table of the county; what already came in keeps the table of its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.codes import CaseKind, CaseStatus, Category, SatisfiedWith, Side, Visit
from mediator.core.deadlines import SHIPPED
from mediator.core.events import EventWord, happenings
from mediator.core.laws import library
from mediator.core.numerals import chinese
from mediator.core.records import Case
from mediator.core.tables import Table, shipped

SINCE: Final = date(2000, 1, 1)
LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is done once in such a matter: shown by an event, a state, an issued paper or an answer.

    `categories` narrows it to work orders of these colours; `source` is what it rests on, in words.
    """

    label: str
    source: str
    events: tuple[str, ...] = ()
    states: tuple[CaseStatus, ...] = ()
    papers: tuple[str, ...] = ()
    asked: tuple[SatisfiedWith, ...] = ()
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of some kinds of matter in their order."""

    kinds: tuple[CaseKind, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PetitionRules:
    """From how many times on a matter is repeated and from how many persons on it is a group's, with the lists."""

    valid_from: date
    repeat: int
    group: int
    checklists: tuple[Checklist, ...]
    origin: str = SHIPPED


@dataclass(frozen=True, slots=True)
class Checked:
    """An item of one matter, and whether the record shows it."""

    item: Item
    done: bool


def read_petitions(content: object, *, valid_from: date = SINCE, origin: str = SHIPPED) -> PetitionRules:
    """A table as the county publishes it; raises Unacceptable `table.form` with the place."""
    table = Table(content)
    lists = tuple(Checklist(row.codes("kinds", CaseKind), tuple(items_of(row))) for row in table.rows("checklists"))
    return PetitionRules(valid_from, least(table, "repeat"), least(table, "group"), lists, origin)


def least(table: Table, name: str) -> int:
    """A threshold: one alone is neither a repetition nor a group."""
    count = table.count(name)
    if count < LEAST:
        raise table.fault(table.place(name))
    return count


def items_of(row: Table) -> Iterator[Item]:
    """The items of a list; a source that the library knows is cited."""
    for each in row.rows("items"):
        named = each.text("source")
        yield Item(
            each.text("label"), library()[named].cited if named in library() else named, each.texts("events"),
            each.codes("states", CaseStatus), each.texts("papers"), each.codes("asked", SatisfiedWith),
            each.codes("categories", Category),
        )  # fmt: skip


@lru_cache(maxsize=1)
def program_petitions() -> PetitionRules:
    """The table that comes with the program."""
    return read_petitions(shipped("petitions.json"))


def rules_on(sets: Sequence[PetitionRules], day: date) -> PetitionRules:
    """The newest table that was in force on a day, the oldest for a day before all of them."""
    found = [each for each in sets if each.valid_from <= day]
    return max(found or sets[:1], key=lambda each: each.valid_from)


def visit_by(count: int, rules: PetitionRules) -> Visit | None:
    """What the count says: first, repeated from the threshold on, neither in between."""
    if count >= rules.repeat:
        return Visit.REPEATED
    return Visit.FIRST if count <= 1 else None


def visit_words(count: int, visit: Visit | None) -> str:
    """`重复信访（第三次）`, `初信初访`, `再次反映（第二次）`."""
    if visit is Visit.FIRST:
        return visit.term
    return f"{visit.term if visit else '再次反映'}（第{chinese(count)}次）"


def petitioners(case: Case) -> int:
    """How many persons came with it: as told, else its applicants (S10)."""
    return case.people or len(case.on_side(Side.APPLICANT))


def checklist_of(case: Case, rules: PetitionRules, calendar: Calendar) -> tuple[Checked, ...]:
    """The items of this matter, each with what the record shows; nothing for kinds without a list."""
    return tuple(Checked(each, shown(case, each, calendar)) for each in items_for(case, rules))


def items_for(case: Case, rules: PetitionRules) -> Iterator[Item]:
    """Items of the lists of its kind, but those of other categories."""
    for row in rules.checklists:
        if case.kind in row.kinds:
            yield from (each for each in row.items if not each.categories or case.category in each.categories)


def shown(case: Case, item: Item, calendar: Calendar) -> bool:
    """One of the traces that the item leaves is there."""
    states = {case.status, *(each.to for each in case.moves)}
    return (
        any(each.kind in item.papers for each in case.papers)
        or not states.isdisjoint(item.states)
        or any(each.about in item.asked for each in case.course.satisfactions)
        or any(happened(case, word, calendar) for word in item.events)
    )


def happened(case: Case, word: str, calendar: Calendar) -> bool:
    """It was recorded, or the record itself shows it."""
    if case.course.last(word):
        return True
    known = next((each for each in EventWord if each.value == word), None)
    return known is not None and bool(happenings(case, known, calendar))
