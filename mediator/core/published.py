"""Which calendar and which rules are in force: the program's own, and what the county published over them.

A county's rule table counts from its day on, beside the older ones. A county's calendar replaces the years that it
names, whenever it was published: a notice of the State Council is one for its year, not for those who read it later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mediator.core.calendar import Calendar, overlaid, read_calendar
from mediator.core.dates import chinese_date
from mediator.core.deadlines import SHIPPED, program_rules
from mediator.core.indices import IndexSet, program_indices, read_indices
from mediator.core.lint_table import LintRule, raised, shipped_lint
from mediator.core.petitions import PetitionRules, program_petitions, read_petitions
from mediator.core.rules import RuleSet, read_rules
from mediator.errors import Unacceptable

CALENDAR: Final = "calendar"
DEADLINES: Final = "deadlines"
LINT: Final = "lint"
PETITIONS: Final = "petitions"
INDICES: Final = "indices"
# Raised when the program counts otherwise by the same tables.
COUNTED_BY: Final = 2


@dataclass(frozen=True, slots=True)
class Published:
    """One table as the county published it; `order` ranks two of one day as the center wrote them."""

    name: str
    version: str
    valid_from: date
    content: object
    order: int = 0

    @property
    def origin(self) -> str:
        """Where it is from, in words."""
        return f"县中心下发，版本{self.version}，自{chinese_date(self.valid_from)}起"


@dataclass(frozen=True, slots=True)
class Refused:
    """A published table that this program cannot read, with the place: what was in force before stays in force."""

    table: Published
    where: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Calendar and rule sets that count now; `years` tells of each published year where it is from.

    `petitions` are thresholds and lists, `indices` scores, each from its day on, `lint` the rules with their
    severities; no folded row holds lint or scores.
    """

    calendar: Calendar
    rules: tuple[RuleSet, ...]
    years: tuple[tuple[int, str], ...]
    hours_from: str = SHIPPED
    refused: tuple[Refused, ...] = field(default=())
    petitions: tuple[PetitionRules, ...] = field(default_factory=lambda: (program_petitions(),))
    lint: Mapping[str, LintRule] = field(default_factory=shipped_lint)
    indices: tuple[IndexSet, ...] = field(default_factory=lambda: (program_indices(),))

    @property
    def mark(self) -> str:
        """Another text whenever another table counts; rows that were folded under the old one are stale."""
        told = self.calendar
        days = [sorted(each) for each in (told.years, told.days_off, told.make_up, told.names.items())]
        groups = [(each.valid_from, each.group) for each in self.petitions]
        return f"{COUNTED_BY}{days}{told.hours}{[(each.valid_from, each.digest) for each in self.rules]}{groups}"


def as_shipped(calendar: Calendar) -> InForce:
    """What counts before the county says anything."""
    return InForce(calendar, program_rules(), tuple((year, SHIPPED) for year in sorted(calendar.years)))


def in_force(calendar: Calendar, tables: Iterable[Published]) -> InForce:
    """What counts with these tables over the program's own; of two for one day the later written one counts."""
    found = as_shipped(calendar)
    for table in sorted(tables, key=lambda each: (each.valid_from, each.order)):
        try:
            found = with_table(found, table)
        except Unacceptable as error:
            found = replace(found, refused=(*found.refused, Refused(table, error.where)))
    return found


def with_table(found: InForce, table: Published) -> InForce:
    """One table over those before it; raises Unacceptable `table.form`. A table of another name is for others."""
    reader = READERS.get(table.name)
    return reader(found, table) if reader else found


def with_rules(found: InForce, table: Published) -> InForce:
    """Deadline rules from their day on."""
    new = read_rules(table.content, valid_from=table.valid_from, origin=table.origin)
    kept = [each for each in found.rules if each.valid_from != new.valid_from]
    return replace(found, rules=tuple(sorted([*kept, new], key=lambda each: each.valid_from)))


def with_calendar(found: InForce, table: Published) -> InForce:
    """The years that it names, and opening hours where it has them."""
    calendar = read_calendar(table.content)
    years = dict(found.years) | dict.fromkeys(calendar.years, table.origin)
    hours_from = table.origin if calendar.hours else found.hours_from
    both = overlaid(found.calendar, calendar)
    return replace(found, calendar=both, years=tuple(sorted(years.items())), hours_from=hours_from)


def with_petitions(found: InForce, table: Published) -> InForce:
    """Thresholds and lists of petitions from their day on."""
    own = read_petitions(table.content, valid_from=table.valid_from, origin=table.origin)
    others = [each for each in found.petitions if each.valid_from != own.valid_from]
    return replace(found, petitions=(*others, own))


def with_indices(found: InForce, table: Published) -> InForce:
    """Scores from their day on."""
    own = read_indices(table.content, valid_from=table.valid_from, origin=table.origin)
    others = [each for each in found.indices if each.valid_from != own.valid_from]
    return replace(found, indices=(*others, own))


def with_lint(found: InForce, table: Published) -> InForce:
    """Rules of the lint made graver."""
    return replace(found, lint=raised(found.lint, table.content))


READERS: Final[Mapping[str, Callable[[InForce, Published], InForce]]] = {
    DEADLINES: with_rules, CALENDAR: with_calendar, PETITIONS: with_petitions, LINT: with_lint,
    INDICES: with_indices,
}  # fmt: skip
