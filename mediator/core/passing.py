"""A warning passed over with a reason: for what was told about what stood there then, and for nothing else.

Whoever signs answers for each warning (rules.md 3). A block is never passed over; in an agreement that is signed,
what blocks is only told where nobody can change the words any more.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Final

from mediator.core.findings import Finding, Severity
from mediator.core.records import Agreement, Case, Clause

# What still stops a paper of a signed agreement: the record beside it can be completed, or its paper cannot be read.
LASTING: Final = frozenset({"V03", "V08", "V09", "V11", "V12", "V13", "V36", "V40"})
LINT: Final = re.compile(r"V\d{2}")
UNREAD: Final = frozenset({"id", "ref", "template", "slots", "clause"})
INSIDE: Final = frozenset({"agreement", "clauses", "obligations"})


def stops(finding: Finding, case: Case) -> bool:
    """Whether a finding stands in the way of a deed; a signed agreement is not undone by what its clauses say."""
    if finding.severity is not Severity.BLOCK:
        return False
    signed = case.agreement is not None and case.agreement.is_signed
    return not signed or not LINT.fullmatch(finding.rule) or finding.rule in LASTING


def text_at(case: Case, place: str) -> str:
    """What stands at a finding's dotted place, whole: a clause's words, all fields of a party, of an obligation.

    Of a list every member; nothing at a place that is not there, the whole agreement at no place. Ids are left out, and
    so is what is empty: a field that a newer program knows changes nothing.
    """
    found, parts = root_of(case, place)
    for part in parts:
        found = step(found, part)
    told = plain(found)
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, sort_keys=True)


def root_of(case: Case, place: str) -> tuple[object, list[str]]:
    """Where a place starts, at the case or in its agreement, and the words from there on."""
    parts = place.split(".") if place else ["agreement"]
    if parts[0] not in INSIDE:
        return case, parts
    return case.agreement or Agreement(), parts[1:] if parts[0] == "agreement" else parts


def step(found: object, part: str) -> object:
    """One word of a place: a member of a list by its number, of each member by its name, a field of a record."""
    if isinstance(found, tuple):
        if part.isdigit():
            return found[int(part)] if int(part) < len(found) else None
        return tuple(step(each, part) for each in found)
    return getattr(found, part, None)


def plain(value: object) -> object:
    """A value as JSON has it, in one way only."""
    if isinstance(value, Clause):
        return value.text
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    inside = members(value)
    if inside is None:
        return plain_scalar(value)
    return filled({str(name): plain(each) for name, each in inside.items()})


def members(value: object) -> Mapping[str, object] | None:
    """What a mapping or a record holds, of a record the fields that are read; None for what holds nothing."""
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value) if each.name not in UNREAD}
    return None


def filled(told: Mapping[str, object]) -> dict[str, object]:
    """What is not empty."""
    return {name: each for name, each in told.items() if each is not False and each not in ("", [], {})}


def plain_scalar(value: object) -> object:
    """Codes by value, days and moments as text, nothing as an empty text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else value


def digest_of(text: str, told: str) -> str:
    """SHA-256 of what stood at a place and what was told about it: another warning there was never passed over."""
    return hashlib.sha256(b"mediator/passed/1\x00" + json.dumps([text, told]).encode()).hexdigest()


def digest_for(finding: Finding, case: Case) -> str:
    """The digest under which a finding is passed over now."""
    return digest_of(text_at(case, finding.place), finding.message)


def with_passed(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """Findings with reason and by where a warning was passed over as it stands now.

    The newest reason for the same words counts; blocks and infos stay as they are.
    """
    said = {(each.rule, each.place, each.digest): each for each in case.course.passed}
    return tuple(
        replace(each, reason=passed.reason, by=passed.by)
        if each.severity is Severity.WARN and (passed := said.get((each.rule, each.place, digest_for(each, case))))
        else each
        for each in findings
    )


def open_among(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Warnings that nobody has answered for yet."""
    return tuple(each for each in findings if each.severity is Severity.WARN and not each.reason)
