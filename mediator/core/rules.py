"""The rule table of deadlines, as records: what each period starts with, how it is counted, what follows (rules.md 2).

The table is data of the county, shipped with defaults. A set of rules counts from a day on; a period is counted by the
set that was in force on the day it started, so that a change never moves what already runs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import CaseKind, CaseStatus, Category, Code
from mediator.core.events import EventWord
from mediator.core.tables import Table, shipped


class Unit(Code):
    """What a length is counted in; the term follows the number."""

    DAYS = "days", "日"
    MONTHS = "months", "个月"
    YEARS = "years", "年"
    WORKING_DAYS = "working_days", "个工作日"
    HALF_WORKING_DAYS = "half_working_days", "个半天工作时间"
    WORKING_HOURS = "working_hours", "个工作小时"


AMBER_UNITS: Final = frozenset({Unit.DAYS, Unit.WORKING_DAYS, Unit.WORKING_HOURS})
EXTENDED_BY: Final = frozenset({Unit.DAYS, Unit.MONTHS, Unit.WORKING_DAYS})


class Approver(Code):
    """Who may make a period longer."""

    HEAD = "head", "负责人"
    COUNTY = "county", "县中心"


@dataclass(frozen=True, slots=True)
class Rule:
    """One period. A deadline of two periods has two rows with `part`s of their own.

    `amber` are lengths before the last day at which it is called, longest first. A period of length 0 has its last day
    given. `ends` are the words that end it, `during` the states outside which it does not run, `lapses` says that a
    right ends with it and nobody is late. `orders` are the deadlines of the orders that lateness leads to.
    """

    id: str
    part: str
    label: str
    start: EventWord
    length: int
    unit: Unit
    rolls: bool
    amber: tuple[int, ...]
    amber_unit: Unit
    pauses: bool
    lapses: bool
    ends: tuple[EventWord, ...]
    orders: tuple[str, ...]
    follows: str
    source: str
    kinds: frozenset[CaseKind] = frozenset()
    category: Category | None = None
    during: frozenset[CaseStatus] = frozenset()
    given: EventWord | None = None

    @property
    def counts_workdays(self) -> bool:
        """Days off are skipped one by one, so that the last day never needs to be shifted."""
        return self.unit in (Unit.WORKING_DAYS, Unit.HALF_WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a period may be made longer; `id` is the rule that allows it, `of` the deadline it is about."""

    id: str
    of: str
    label: str
    times: int
    most: int
    unit: Unit
    by: Approver
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules in force from a day on; `origin` says in words where they came from, `digest` names the table."""

    valid_from: date
    origin: str
    digest: str
    rules: tuple[Rule, ...]
    extensions: tuple[Extension, ...]

    def extension(self, rule: str) -> Extension | None:
        """What may make this deadline longer."""
        return next((each for each in self.extensions if each.of == rule), None)

    def of(self, rule: str) -> tuple[Rule, ...]:
        """The rows of one deadline."""
        return tuple(each for each in self.rules if each.id == rule)


def read_rule(row: Table) -> Rule:
    """One row of the table; raises Unacceptable `table.form`."""
    rule = Rule(
        id=row.text("id"),
        part=row.text("part", ""),
        label=row.text("label"),
        start=row.code("start", EventWord),
        length=row.count("length"),
        unit=row.code("unit", Unit),
        rolls=row.flag("rolls"),
        amber=tuple(sorted(row.counts("amber"), reverse=True)),
        amber_unit=row.code("amber_unit", Unit),
        pauses=row.flag("pauses"),
        lapses=row.flag("lapses"),
        ends=row.codes("ends", EventWord),
        orders=row.texts("orders"),
        follows=row.text("follows"),
        source=row.text("source"),
        kinds=frozenset(row.codes("kinds", CaseKind)),
        category=row.code("category", Category) if row.text("category", "") else None,
        during=frozenset(row.codes("during", CaseStatus)),
        given=row.code("given", EventWord) if row.text("given", "") else None,
    )
    if rule.amber_unit not in AMBER_UNITS or rule.unit is Unit.WORKING_HOURS:
        raise Table.fault(row.place("unit"))
    return rule


def read_extension(row: Table) -> Extension:
    """One row of what may be made longer; raises Unacceptable `table.form`."""
    extension = Extension(
        id=row.text("id"),
        of=row.text("of"),
        label=row.text("label"),
        times=row.count("times"),
        most=row.count("most"),
        unit=row.code("unit", Unit),
        by=row.code("by", Approver),
        source=row.text("source"),
    )
    if extension.unit not in EXTENDED_BY:
        raise Table.fault(row.place("unit"))
    return extension


def read_rules(content: object, *, valid_from: date, origin: str) -> RuleSet:
    """A set of rules from its table; raises Unacceptable `table.form`, also for two rows of one name or none at all."""
    table = Table(content)
    rules = tuple(map(read_rule, table.rows("rules")))
    names = {(each.id, each.part) for each in rules}
    if not rules or len(names) != len(rules):
        raise Table.fault("rules")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return RuleSet(valid_from, origin, digest, rules, tuple(map(read_extension, table.rows("extensions"))))


def shipped_rules(origin: str) -> tuple[RuleSet, ...]:
    """The sets that come with the program, oldest first."""
    sets = Table(shipped("deadlines.json")).rows("versions")
    return tuple(read_rules(each.content, valid_from=each.day("valid_from"), origin=origin) for each in sets)
