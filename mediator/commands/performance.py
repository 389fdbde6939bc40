"""`mediator case performance`, `amend`, `road`: what stands after an agreement, which road a matter takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.periods import on_day
from mediator.commands.program import Call, Result
from mediator.commands.wording import UsageProblem, chosen

if TYPE_CHECKING:
    from datetime import date

    from mediator.casework.desk import Desk
    from mediator.casework.performance import Duty, PerformanceSight
    from mediator.casework.performing import AmendmentForm
    from mediator.casework.roads import LegalRoad, RoadSight
    from mediator.core.deadlines import Deadline
    from mediator.core.legal_roads import Path, Step
    from mediator.core.records import CaseId, ObligationId
    from mediator.core.roads import Road


def performance(call: Call) -> Result:
    """Obligations as they stand, receipts, visits, satisfaction, what a breach leads to."""
    from mediator.casework import performance as after
    from mediator.casework import reading

    with at_desk(call) as desk:
        return seen(desk.today(), after.sight_of(desk, reading.find(desk, call.options.case)))


def seen(today: date, sight: PerformanceSight) -> Result:
    """All of it, as document and in words."""
    document: dict[str, object] = {
        "obligations": [duty_document(each) for each in sight.duties],
        "receipts": [{"number": each.number, "title": each.title} for each in sight.receipts],
        "visits": [visit_document(each, today) for each in sight.visits],
        "made": [{"on": each.visited_on.isoformat(), "visited": each.visited} for each in sight.made],
        "unasked": [each.value for each in sight.unasked],
        "roads": [road_document(each) for each in sight.roads],
    }
    lines = (
        *(duty_line(each) for each in sight.duties),
        *(f"收条\t{each.number}" for each in sight.receipts),
        *(f"{each.due.isoformat()} {each.state(today).term} {each.label}" for each in sight.visits),
        *(f"{each.road}：{each.advice}" for each in sight.roads),
    )
    return Result(document, lines or ("还没有协议。",))


def duty_document(duty: Duty) -> dict[str, object]:
    """An obligation as JSON; `no` is what `case amend` takes, sums are in yuan."""
    from mediator.core.money import plain

    owed = duty.owed
    return {
        "no": duty.no, "id": owed.signed.id, "payer": owed.now.payer, "payee": owed.now.payee,
        "amount": "" if owed.now.amount is None else plain(owed.now.amount), "goods": owed.now.goods,
        "paid": plain(owed.paid), "open": plain(owed.open),
        "due": owed.now.due_on.isoformat() if owed.now.due_on else "",
        "last": duty.last.isoformat() if duty.last else "", "explanation": duty.explanation,
        "standing": duty.standing.value, "waived": owed.waived, "changed": owed.changed, "in_kind": owed.in_kind,
        "contested": owed.contested,
        "payments": [
            {"on": paid.paid_on.isoformat(), "amount": plain(paid.amount), "goods": paid.goods}
            for paid in owed.payments
        ],
    }  # fmt: skip


def duty_line(duty: Duty) -> str:
    """An obligation for people."""
    from mediator.core.money import figures

    owed = duty.owed
    what = owed.now.goods if owed.now.amount is None else f"{figures(owed.now.amount)}元"
    left = f"，还差{figures(owed.open)}元" if owed.paid and owed.open else ""
    day = duty.last.isoformat() if duty.last else owed.now.due_as_given
    changed = "（同一天有两项不同的变更，请作废一项）" if owed.contested else "（按补充协议）" if owed.changed else ""
    return f"{duty.no}. {owed.now.payer}→{owed.now.payee}\t{what}\t{day}\t{duty.standing.term}{left}{changed}"


def visit_document(each: Deadline, today: date) -> dict[str, object]:
    """A visit of D05."""
    return {
        "due": each.due.isoformat(), "part": each.part, "obligation": each.about, "state": each.state(today).value,
        "explanation": each.explanation,
    }  # fmt: skip


def amend(call: Call) -> Result:
    """An obligation changed by an issued supplement, or such a change voided; then how all of them stand."""
    from mediator.casework import performance as after
    from mediator.casework import performing, reading
    from mediator.core.course import AmendmentId

    options = call.options
    if bool(options.obligation) == bool(options.void):
        raise UsageProblem("usage", where="写明第几项履行内容，或者用 --void 作废一项变更")
    form = None if options.void else amendment_of(call)
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if form:
            made = performing.amend(desk, case_id, replace(form, obligation=obligation_at(desk, case_id, call)))
        else:
            made = AmendmentId(options.void)
            performing.void_amendment(desk, case_id, made, reason=options.reason)
        told = seen(desk.today(), after.sight_of(desk, case_id))
    return Result({"amendment": made, **told.document}, told.lines)


def amendment_of(call: Call) -> AmendmentForm:
    """What the command line says of the change; the obligation is looked up in the vault."""
    from mediator.casework.desk import day_of
    from mediator.casework.performing import AmendmentForm
    from mediator.core.money import parse_yuan
    from mediator.core.records import ObligationId

    options = call.options
    return AmendmentForm(
        ObligationId(""), on_day(options.on) or day_of(call.workshop.clock.now()), options.paper,
        amount=parse_yuan(options.amount) if options.amount else None, due_on=on_day(options.due),
        waived=options.waive, note=options.note,
    )  # fmt: skip


def obligation_at(desk: Desk, case_id: CaseId, call: Call) -> ObligationId:
    """The obligation at a place of the agreement; raises Unacceptable `obligation.unknown`."""
    from mediator.casework import reading
    from mediator.errors import Unacceptable

    agreement, place = reading.reread(desk, case_id).case.agreement, int(call.options.obligation)
    rows = agreement.obligations if agreement else ()
    if place > len(rows):
        raise Unacceptable("obligation.unknown")
    return rows[place - 1].id


def road(call: Call) -> Result:
    """Roads that are advised and the one decided on; decide, or record a step of court confirmation or notary."""
    from mediator.casework import reading, roads

    options, step = call.options, step_of(call)
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if step:
            path, taken, day = step
            roads.take_step(desk, case_id, path, taken, on=day, text=options.text)
        elif options.road:
            roads.choose(desk, case_id, options.road, reason=options.reason)
        sight = roads.sight_of(desk, case_id)
    return Result(roads_document(sight), roads_lines(sight))


def step_of(call: Call) -> tuple[Path, Step, date | None] | None:
    """The step of the command line, None where none was given."""
    from mediator.core.legal_roads import Path, Step

    options = call.options
    if not options.step:
        return None
    return chosen(Path, options.road or "", "途径"), chosen(Step, options.step, "步骤"), on_day(options.on)


def road_document(each: Road) -> dict[str, object]:
    """A road with why and by what law."""
    return {"id": each.id, "road": each.road, "advice": each.advice, "sources": [a.cited for a in each.sources]}


def roads_document(sight: RoadSight) -> dict[str, object]:
    """All roads of a matter as JSON."""
    return {
        "advised": [road_document(each) for each in sight.advised],
        "chosen": sight.chosen.id if sight.chosen else "", "reason": sight.reason,
        "known": [each.id for each in sight.every], "legal": [legal_document(each) for each in sight.legal],
    }  # fmt: skip


def legal_document(each: LegalRoad) -> dict[str, object]:
    """Court confirmation or notary as JSON."""
    return {
        "id": each.path.value, "road": each.path.term, "step": each.step.value if each.step else "",
        "open": each.open, "next": [step.value for step in each.following],
        "why_not": [{"code": reason.value, "message": reason.term} for reason in each.why_not],
        "due": each.due.isoformat() if each.due else "", "left": each.left, "explanation": each.explanation,
        "packet": [{"kind": item.kind, "title": item.title, "there": item.there} for item in each.packet],
        "steps": [{"step": step.value, "on": e.on.isoformat(), "by": e.by, "text": e.text} for step, e in each.steps],
    }  # fmt: skip


def roads_lines(sight: RoadSight) -> tuple[str, ...]:
    """The same for people."""
    chosen_words = [f"已选：{sight.chosen.road}{'，' + sight.reason if sight.reason else ''}"] if sight.chosen else []
    return (
        *chosen_words,
        *(
            f"建议：{each.road}（{each.id}）　{each.advice}（{'、'.join(a.cited for a in each.sources)}）"
            for each in sight.advised
        ),
        *(line for each in sight.legal for line in legal_lines(each)),
    )


def legal_lines(each: LegalRoad) -> tuple[str, ...]:
    """How far one of the two came, by when, why not, and what the packet lacks."""
    day = f"，最后一天{each.due.isoformat()}" if each.due and each.open else ""
    missing = [item.title for item in each.packet if not item.there]
    return (
        f"{each.path.term}：{each.step.term if each.step else '可以申请' if each.open else '不能申请'}{day}",
        *(f"  {reason.term}" for reason in each.why_not if each.step is None),
        *([f"  还缺：{'、'.join(missing)}"] if each.open and missing else []),
    )
