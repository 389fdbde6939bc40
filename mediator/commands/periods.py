"""`mediator case event`, `case period` and `calendar show`: what starts periods, what changes them, what counts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.periods import Approval
    from mediator.core.published import InForce


def on_day(text: str | None) -> date | None:
    """A day of the command line, None when it was left out; raises Unacceptable `date.form`."""
    from mediator.core.dates import parse_iso_day

    return parse_iso_day(text) if text else None


def event_add(call: Call) -> Result:
    """Something happened that a period starts or ends with."""
    from mediator.casework import periods, reading

    options = call.options
    with at_desk(call) as desk:
        case = reading.show(desk, options.case).case
        on = on_day(options.on)
        event = periods.record_event(desk, case.id, options.word, on=on, text=options.text, by=options.by)
    return Result({"case": case.id, "event": event}, (f"已登记：{periods.WORDS[options.word].term}。", event))


def event_void(call: Call) -> Result:
    """It did not happen after all."""
    from mediator.casework import periods, reading
    from mediator.core.course import EventId

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
        periods.void_event(desk, case.id, EventId(call.options.event), reason=call.options.reason)
    return Result({"case": case.id, "event": call.options.event}, ("已作废。",))


def event_list(call: Call) -> Result:
    """What was recorded."""
    from mediator.casework import periods, reading

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
    rows = [
        {"id": e.id, "event": e.event, "on": e.on.isoformat(), "text": e.text, "by": e.by} for e in case.course.events
    ]
    terms = {word: each.term for word, each in periods.WORDS.items()}
    lines = tuple(f"{row['on']}\t{terms.get(row['event'], row['event'])}\t{row['text']}\t{row['id']}" for row in rows)
    return Result({"events": rows}, lines or ("没有登记过办理环节。",))


def approval_of(call: Call) -> Approval:
    """Who approved, why, and when."""
    from mediator.casework.periods import Approval

    return Approval(call.options.by, call.options.reason, on_day(call.options.on))


def period_extend(call: Call) -> Result:
    """A period becomes longer."""
    return _changed(call, "extend")


def period_pause(call: Call) -> Result:
    """A period stands still."""
    return _changed(call, "pause")


def period_resume(call: Call) -> Result:
    """It runs again."""
    return _changed(call, "resume")


def _changed(call: Call, step: str) -> Result:
    """One change, and what the deadline is after it."""
    from mediator.casework import checking, periods, reading
    from mediator.commands.case import deadline_document

    options, approval = call.options, approval_of(call)
    with at_desk(call) as desk:
        case = reading.show(desk, options.case).case
        if step == "extend":
            change = periods.extend(desk, case.id, options.rule, length=options.length, approval=approval)
        else:
            deed = periods.pause if step == "pause" else periods.resume
            change = deed(desk, case.id, options.rule, approval=approval)
        after = reading.show(desk, options.case).case
        rule = next(each.rule for each in after.course.periods if each.id == change)
        found = [each for each in checking.deadlines(desk, after) if each.rule == rule]
        today = desk.today()
    rows = [deadline_document(each, today) for each in found]
    return Result({"change": change, "deadlines": rows}, tuple(each.explanation for each in found))


def period_void(call: Call) -> Result:
    """A change that was noted by mistake."""
    from mediator.casework import periods, reading
    from mediator.core.course import PeriodId

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
        periods.void_change(desk, case.id, PeriodId(call.options.change), reason=call.options.reason)
    return Result({"case": case.id, "change": call.options.change}, ("已作废。",))


def period_list(call: Call) -> Result:
    """Changes of the periods of a case."""
    from mediator.casework import reading

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
    changes = case.course.periods
    rows = [asdict(each) | {"step": each.step.value, "on": each.on.isoformat()} for each in changes]
    lines = tuple(f"{c.on}\t{c.rule}\t{c.step.term}\t{c.approved_by}\t{c.reason}\t{c.id}" for c in changes)
    return Result({"changes": rows}, lines or ("期限没有变更过。",))


def calendar_show(call: Call) -> Result:
    """Which calendar and which rules count, and where they are from."""
    with at_desk(call) as desk:
        tables, today = desk.vault.tables, desk.today()
    year = call.options.year or today.year
    document: dict[str, object] = {
        "years": [{"year": each, "from": origin} for each, origin in tables.years],
        "hours_from": tables.hours_from,
        "rules": [
            {"valid_from": each.valid_from.isoformat(), "from": each.origin, "count": len(each.rules)}
            for each in tables.rules
        ],
        "refused": [{"name": r.table.name, "version": r.table.version, "where": r.where} for r in tables.refused],
        "year": year,
        "known": tables.calendar.covers(year),
        "days_off": sorted(day.isoformat() for day in tables.calendar.days_off if day.year == year),
        "workdays": sorted(day.isoformat() for day in tables.calendar.make_up if day.year == year),
    }
    return Result(document, told(tables, year))


def told(tables: InForce, year: int) -> tuple[str, ...]:
    """The same in words."""
    from mediator.core.dates import chinese_date

    calendar = tables.calendar
    doubt = calendar.doubt(date(year, 1, 1))
    off = sorted((day, name) for day, name in calendar.names.items() if day.year == year)
    work = sorted(day for day in calendar.make_up if day.year == year)
    return (
        *(f"{each}年节假日：{origin}" for each, origin in tables.years),
        f"办公时间：{tables.hours_from}",
        *(f"期限规则：{each.origin}，{chinese_date(each.valid_from)}起算的期限适用" for each in tables.rules),
        *(f"读不懂，没有采用：{r.table.origin}，{r.table.name} {r.where}" for r in tables.refused),
        *([f"{year}年：{doubt}"] if doubt else []),
        *(f"{day.isoformat()} 放假 {name}" for day, name in off),
        *(f"{day.isoformat()} 上班" for day in work),
    )
