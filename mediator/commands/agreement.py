"""`mediator agreement`: the library of clauses, a clause from it, what the agreement makes due, and its signing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.findings import finding_document, finding_line
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.core.clauses import Template
    from mediator.core.deadlines import Due
    from mediator.core.records import Case, Clause, Obligation


def clauses(call: Call) -> Result:
    """The library: what fits the case first."""
    from mediator.casework import compiling, reading

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
    found = compiling.templates(case)
    rows = [template_document(case, each) for each in found]
    lines = (f"{each.id}\t{each.title}\t{each.about}" for each in found)
    return Result({"templates": rows}, tuple(lines))


def template_document(case: Case, template: Template) -> dict[str, object]:
    """One template as JSON has it."""
    from mediator.core.clauses import fits

    slots = [
        {"name": slot.name, "label": slot.label, "shape": slot.shape.value, "needed": slot.needed, "usual": slot.usual}
        for slot in template.slots
    ]
    return {
        "id": template.id, "title": template.title, "about": template.about, "text": template.text,
        "fits": fits(template, case.dispute_type), "slots": slots,
    }  # fmt: skip


def add(call: Call) -> Result:
    """A clause of the library at the end, or other slots for one that is there."""
    from mediator.casework import compiling, reading

    options = call.options
    slots = compiling.read_slots(call.streams.input if options.slots == "-" else Path(options.slots))
    with at_desk(call) as desk:
        opened = reading.show(desk, options.case)
        case, seen = opened.case.id, opened.seen
        clause = compiling.add(desk, case, seen, template_id=options.template, typed=slots)
        agreement = reading.reread(desk, case).case.agreement
    rows = agreement.obligations if agreement else ()
    text = next((each.text for each in (agreement.clauses if agreement else ()) if each.id == clause), "")
    made = [obligation_document(each) for each in rows if each.clause == clause]
    return Result({"clause": clause, "text": text, "obligations": made}, (text, f"已列入付款计划{len(made)}笔。"))


def sign(call: Call) -> Result:
    """Freeze the agreement on a day; refused with the findings while a rule blocks or a warning is open."""
    from mediator.casework import checking, reading
    from mediator.casework.agreement import sign as signed
    from mediator.core.dates import parse_iso_day

    options = call.options
    with at_desk(call) as desk:
        case = reading.show(desk, options.case).case
        day = parse_iso_day(options.on) if options.on else desk.today()
        signed(desk, case.id, day, reason=options.reason)
        case = reading.reread(desk, case.id).case
        found = checking.findings(desk, case)
    document: dict[str, object] = {
        "case": case.id, "status": case.status.value, "signed_on": day.isoformat(),
        "findings": [finding_document(each) for each in found],
    }  # fmt: skip
    return Result(document, (f"协议已经签订，签订日期{day.isoformat()}，内容不能再改。", *map(finding_line, found)))


def show(call: Call) -> Result:
    """Clauses, obligations and the calendar of what falls due."""
    from mediator.casework import compiling, reading
    from mediator.casework.agreement import draft_of

    with at_desk(call) as desk:
        case = reading.show(desk, call.options.case).case
        agreement, due = draft_of(case), compiling.dues(desk, case)
    document: dict[str, object] = {
        "clauses": [clause_document(case, each) for each in agreement.clauses],
        "obligations": [obligation_document(each) for each in agreement.obligations],
        "dues": [due_document(each) for each in due],
    }
    lines = (
        *(f"第{place}条：{each.text}" for place, each in enumerate(agreement.clauses, 1)),
        *(f"{each.day.isoformat()}\t{line_of(each.obligation)}\t{each.explanation}" for each in due),
    )
    return Result(document, lines or ("还没有协议。",))


def clause_document(case: Case, clause: Clause) -> dict[str, object]:
    """One clause; what was filled in as it may be filled in again, parties by their short names."""
    from mediator.casework.compiling import typed_of

    return {
        "id": clause.id, "no": clause.no, "text": clause.text, "template": clause.template,
        "slots": typed_of(case, clause),
    }  # fmt: skip


def obligation_document(each: Obligation) -> dict[str, object]:
    """One obligation; sums as case files write them."""
    from mediator.core.money import plain

    return {
        "id": each.id, "clause": each.clause, "payer": each.payer, "payee": each.payee,
        "amount": None if each.amount is None else plain(each.amount), "goods": each.goods,
        "due": each.due_on.isoformat() if each.due_on else None, "due_as_given": each.due_as_given,
        "method": each.method, "part_of_total": each.part_of_total, "note": each.note,
    }  # fmt: skip


def due_document(due: Due) -> dict[str, object]:
    """One day of the calendar."""
    return {
        "obligation": due.obligation.id, "due": due.day.isoformat(), "last": due.last.isoformat(),
        "explanation": due.explanation,
    }  # fmt: skip


def line_of(each: Obligation) -> str:
    """Who owes whom what."""
    from mediator.core.money import figures

    what = each.goods if each.amount is None else f"{figures(each.amount)}元"
    return f"{each.payer}\t{each.payee}\t{what}"
