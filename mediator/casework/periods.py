"""What a clerk notes about periods: what happened that starts or ends one, and what the head approved of a running one.

Nothing here counts a day; `core.deadlines` does. A change that the rule table does not allow is refused in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mediator.casework.desk import Desk, day_of
from mediator.casework.drafting import filled, pen_for
from mediator.casework.guards import known, writable
from mediator.casework.texts import cleaned_text
from mediator.core.codes import Code, PeriodStep, Reception
from mediator.core.course import EventId, PeriodChange, PeriodId
from mediator.core.deadlines import Deadline, every_deadline, set_of
from mediator.core.events import RECORDABLE, EventWord
from mediator.core.periods import in_unit
from mediator.core.records import Case, CaseId
from mediator.core.rules import Extension, Rule, RuleSet
from mediator.errors import RefusedByRule, Unacceptable

WORDS: Final[Mapping[str, Code]] = {each.value: each for each in (*RECORDABLE, *Reception)}


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a change of a period, why, and on which day; without a day it is today."""

    by: str
    reason: str
    on: date | None = None


def record_event(
    desk: Desk, case_id: CaseId, word: str, *, on: date | None = None, at: datetime | None = None, text: str = "",
    by: str = "",
) -> EventId:  # fmt: skip
    """A period starts or ends with it, or people were received; `at` is its hour, and without a day it was today.

    Raises Unacceptable `event.word` for a word that nobody can record, RefusedByRule `event.future`.
    """
    opened = writable(desk, case_id)
    if word not in WORDS:
        raise Unacceptable("event.word", where=word[:64])
    day = on or (day_of(at) if at else desk.today())
    if day > desk.today() and WORDS[word] is not EventWord.RETURN_BY:
        raise RefusedByRule("event.future", rule=word)
    told = {"text": cleaned_text(desk, text, "text"), "by": cleaned_text(desk, by, "by") or desk.vault.user.name}
    event, fields = EventId(desk.fresh_id()), filled({"event": word, "on": day, "at": at, **told})
    desk.vault.append([pen_for(desk, case_id, opened.seen).write("event.recorded", id=event, fields=fields)])
    return event


def void_event(desk: Desk, case_id: CaseId, event: EventId, *, reason: str = "") -> None:
    """It did not happen after all; the entry stays. Raises Unacceptable `event.unknown`."""
    opened = writable(desk, case_id)
    if all(each.id != event for each in opened.case.course.events):
        raise Unacceptable("event.unknown", where=event[:64])
    why = cleaned_text(desk, reason, "reason") or None
    desk.vault.append([pen_for(desk, case_id, opened.seen).write("event.voided", id=event, reason=why)])


def extend(desk: Desk, case_id: CaseId, rule: str, *, length: int, approval: Approval) -> PeriodId:
    """A period becomes longer with the head's approval (D03 once by a month, D12 for D11 at most thirty days, once).

    Raises RefusedByRule `period.none`, `period.fixed`, `period.extended`, `period.length`, `period.over`,
    `period.approval`, `period.day`.
    """
    running, rules = running_of(desk, case_id, rule)
    extension = rules.extension(running.rule)
    if extension is None or running.lapses:
        raise RefusedByRule("period.fixed", rule=running.rule, label=running.label)
    made = made_of(known(desk, case_id).case, running)
    if sum(each.step is PeriodStep.EXTENDED for each in made) >= extension.times:
        raise RefusedByRule("period.extended", rule=running.rule, label=running.label, times=extension.times)
    if not 0 < length <= extension.most:
        raise RefusedByRule("period.length", rule=extension.id, most=in_unit(extension.most, extension.unit))
    return changed(desk, case_id, running, PeriodStep.EXTENDED, approval=approval, longer=(length, extension))


def pause(desk: Desk, case_id: CaseId, rule: str, *, approval: Approval) -> PeriodId:
    """A period stands still from a day on, with approval: a hearing of the re-review, an expert's opinion.

    Raises RefusedByRule `period.none`, `period.no_pause`, `period.paused`, `period.over`, `period.approval`,
    `period.day`.
    """
    running, rules = running_of(desk, case_id, rule)
    if not row_of(rules, running).pauses:
        raise RefusedByRule("period.no_pause", rule=running.rule, label=running.label)
    if running.stopped_on:
        raise RefusedByRule("period.paused", rule=running.rule, label=running.label)
    return changed(desk, case_id, running, PeriodStep.PAUSED, approval=approval)


def resume(desk: Desk, case_id: CaseId, rule: str, *, approval: Approval) -> PeriodId:
    """It runs again from a day on; that day counts. Raises RefusedByRule `period.none`, `period.not_paused`, …"""
    running, _ = running_of(desk, case_id, rule)
    if running.stopped_on is None:
        raise RefusedByRule("period.not_paused", rule=running.rule, label=running.label)
    return changed(desk, case_id, running, PeriodStep.RESUMED, approval=approval)


def void_change(desk: Desk, case_id: CaseId, change: PeriodId, *, reason: str = "") -> None:
    """A change that was noted by mistake no longer counts. Raises Unacceptable `period.unknown`."""
    opened = writable(desk, case_id)
    if all(each.id != change for each in opened.case.course.periods):
        raise Unacceptable("period.unknown", where=change[:64])
    why = cleaned_text(desk, reason, "reason") or None
    desk.vault.append([pen_for(desk, case_id, opened.seen).write("period.voided", id=change, reason=why)])


def running_of(desk: Desk, case_id: CaseId, name: str) -> tuple[Deadline, RuleSet]:
    """The deadline of this number that is not over, with the rules it is counted by; D12 names the D11 it extends.

    Of two that run under one number the one that may be changed. Raises RefusedByRule `period.none`.
    """
    case, tables = writable(desk, case_id).case, desk.vault.tables
    for each in every_deadline(case, calendar=tables.calendar, rules=tables.rules):
        rules = set_of(tables.rules, each.starts_on)
        longer = {row.of for row in rules.extensions if row.id == name}
        if each.rule in {name, *longer} and not each.done and not each.about:
            if row_of(rules, each).lapses and len(rules.of(each.rule)) > 1:
                continue
            return each, rules
    raise RefusedByRule("period.none", rule=name[:16])


def row_of(rules: RuleSet, deadline: Deadline) -> Rule:
    """The row of the table that a deadline was counted by."""
    return next(each for each in rules.of(deadline.rule) if each.part == deadline.part)


def made_of(case: Case, running: Deadline) -> tuple[PeriodChange, ...]:
    """What was already changed of a running deadline."""
    return tuple(
        each for each in case.course.periods if each.rule == running.rule and each.on >= running.starts_on
    )  # fmt: skip


def changed(
    desk: Desk, case_id: CaseId, running: Deadline, step: PeriodStep, *, approval: Approval,
    longer: tuple[int, Extension] | None = None,
) -> PeriodId:  # fmt: skip
    """Keep a change with who approved it and why."""
    on, opened = approval.on or desk.today(), writable(desk, case_id)
    by, reason = cleaned_text(desk, approval.by, "approved_by"), cleaned_text(desk, approval.reason, "reason")
    if not by.strip() or not reason.strip():
        raise RefusedByRule("period.approval", rule=running.rule, label=running.label)
    refuse_day(running, on, desk.today(), step=step, made=made_of(opened.case, running))
    fields = {"rule": running.rule, "step": step, "on": on, "approved_by": by, "reason": reason}
    if longer:
        fields |= {"length": longer[0], "unit": longer[1].unit}
    change = PeriodId(desk.fresh_id())
    desk.vault.append([
        pen_for(desk, case_id, opened.seen).write("period.changed", id=change, fields=filled(fields))
    ])  # fmt: skip
    return change


def refuse_day(running: Deadline, on: date, today: date, *, step: PeriodStep, made: tuple[PeriodChange, ...]) -> None:
    """A change is made while its period runs, not in the future, and none before an earlier one of the same period."""
    latest = max((each.on for each in made if each.step is not PeriodStep.EXTENDED), default=running.starts_on)
    if step is not PeriodStep.RESUMED and on > running.due:
        raise RefusedByRule("period.over", rule=running.rule, label=running.label, due=running.due.isoformat())
    if not (running.starts_on <= on <= today) or (step is not PeriodStep.EXTENDED and on < latest):
        raise RefusedByRule("period.day", rule=running.rule, label=running.label)
