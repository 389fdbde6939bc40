"""稍后: a deadline that is near is put off this desk's workbench to a chosen day, with a reason; the period runs on.

Nothing late is put off, and nothing beyond its last day: the workbench must show it by then. Whoever put it off and why
stands in the audit trail; which ones are put off is a setting of this vault, for the next room has a desk of its own.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

from mediator.casework import workbench
from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.texts import cleaned_text
from mediator.casework.workbench import Bench, Called
from mediator.core.deadlines import DeadlineState
from mediator.errors import RefusedByRule

SETTING: Final = "snoozed"


def bench(desk: Desk) -> Bench:
    """The workbench of today; deadlines that were put off stand in `later`."""
    whole, asleep = workbench.bench(desk), kept(desk)
    later = tuple(each for each in whole.called if name_of(each) in asleep and each.state is not DeadlineState.OVERDUE)
    return replace(whole, called=tuple(each for each in whole.called if each not in later), later=later)


def snooze(desk: Desk, called: Called, until: date, reason: str) -> None:
    """Put a deadline off to a day.

    Raises RefusedByRule `snooze.late` for one that is late, `snooze.day` for a day that is not ahead or beyond the last
    day, `snooze.reason` without a reason.
    """
    if called.days < 0 or called.state is DeadlineState.OVERDUE:
        raise RefusedByRule("snooze.late")
    if not desk.today() < until <= called.due:
        raise RefusedByRule("snooze.day", due=called.due.isoformat())
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("snooze.reason")
    desk.vault.append(
        [trace(desk, "audit.snoozed", case=called.case, rule=called.rule, until=until.isoformat(), reason=why)]
    )  # fmt: skip
    desk.vault.keep_setting(SETTING, json.dumps({**kept(desk), name_of(called): until.isoformat()}))


def kept(desk: Desk) -> dict[str, str]:
    """What is put off today, each with the day on which it comes back; those that came back are left out."""
    found: dict[str, str] = json.loads(desk.vault.setting(SETTING) or "{}")
    today = desk.today().isoformat()
    return {name: until for name, until in found.items() if until > today}


def name_of(called: Called) -> str:
    """One deadline of one case; the last day is part of it, so that a changed period is told anew."""
    return "/".join((called.case, called.rule, called.part, called.about, called.due.isoformat()))
