"""The table of the lint: severity and source of each rule, and the loan prime rate, as dated data (`data/lint.json`).

A county may raise a severity, never lower it: `raised`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from mediator.core.findings import Severity
from mediator.errors import Unacceptable

SEVERITY_TERMS: Final = {Severity.INFO: "提示", Severity.WARN: "请核对", Severity.BLOCK: "必须改"}
ORDER: Final = (Severity.INFO, Severity.WARN, Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule: `severity` is the least it has, a rule may find something graver at a place."""

    id: str
    severity: Severity
    source: str


@dataclass(frozen=True, slots=True)
class LprTable:
    """One-year LPR in hundredths of a percent by the day from which it counts; beyond `known_until` nobody knows."""

    rates: tuple[tuple[date, int], ...]
    known_until: date


@lru_cache(maxsize=1)
def content() -> Mapping[str, Any]:
    """The file."""
    text = resources.files("mediator.core").joinpath("data/lint.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=1)
def shipped_lint() -> Mapping[str, LintRule]:
    """The rules that come with the program, in their order."""
    return {row["id"]: LintRule(row["id"], Severity(row["severity"]), row["source"]) for row in content()["rules"]}


@lru_cache(maxsize=1)
def lpr_table() -> LprTable:
    """The published rates that come with the program."""
    told = content()["lpr"]
    rates = tuple((date.fromisoformat(day), int(rate)) for day, rate in told["rates"])
    return LprTable(rates, date.fromisoformat(told["known_until"]))


def graver(one: Severity, other: Severity) -> Severity:
    """The graver of two."""
    return max(one, other, key=ORDER.index)


def raised(rules: Mapping[str, LintRule], county: object) -> Mapping[str, LintRule]:
    """The rules with a county's severities: `{"severities": {"V22": "block"}}` as rows `[["V22", "block"]]`.

    Raises Unacceptable `table.form` for an unknown rule, and for one that would be lowered.
    """
    rows = county.get("severities") if isinstance(county, dict) else None
    if not isinstance(rows, list):
        raise Unacceptable("table.form", where="severities")
    found = dict(rules)
    for place, row in enumerate(rows):
        rule, severity = named(row, rules, f"severities.{place}")
        found[rule.id] = replace(rule, severity=severity)
    return found


def named(row: object, rules: Mapping[str, LintRule], where: str) -> tuple[LintRule, Severity]:
    """A rule and the severity that a county wants for it."""
    match row:
        case [str(rule), str(severity)] if rule in rules and severity in set(ORDER):
            wanted = Severity(severity)
            if graver(rules[rule].severity, wanted) is wanted:
                return rules[rule], wanted
    raise Unacceptable("table.form", where=where)
