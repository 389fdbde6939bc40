"""`mediator case move`, `link`, `reopen`, `review`, `satisfaction`, `petition`: the life of a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.periods import on_day
from mediator.commands.program import Call, Result
from mediator.commands.wording import UsageProblem, chosen

if TYPE_CHECKING:
    from mediator.casework.links import Outcome
    from mediator.casework.petitions import PetitionSight, Sighted
    from mediator.casework.reviewing import SatisfactionForm
    from mediator.core.codes import CaseStatus
    from mediator.core.records import Case

COMPUTED = "computed"


def move(call: Call) -> Result:
    """Move a matter, or list where it may go."""
    from mediator.casework import intake, reading
    from mediator.core.codes import CaseStatus
    from mediator.core.life import next_moves

    options = call.options
    to = chosen(CaseStatus, options.state, "状态") if options.state else None
    day = on_day(options.on)
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if to is CaseStatus.ACCEPTED:
            intake.accept(desk, case_id, day)
        elif to:
            intake.move(desk, case_id, to, options.reason, approved_by=options.by)
        case = reading.reread(desk, case_id).case
    further = next_moves(case.status, case.kind)
    document: dict[str, object] = {
        "case": case.id, "number": case.number, "status": case.status.value, "next": [each.value for each in further],
    }  # fmt: skip
    return Result(document, (f"{case.number}　{case.status.term}", f"可以改为：{named(further)}"))


def named(states: tuple[CaseStatus, ...]) -> str:
    """States with the words that the command takes."""
    return "、".join(f"{each.term}（{each.value}）" for each in states) or "无"


def link(call: Call) -> Result:
    """Link a matter to another, take a link away, or list the links with what became of the others."""
    from mediator.casework import links, reading
    from mediator.core.codes import LinkReason

    options = call.options
    if options.other and not options.why:
        raise UsageProblem("usage", where="缺少 --as")
    why = chosen(LinkReason, options.why, "关联") if options.other else None
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if options.remove:
            links.unlink(desk, case_id, options.remove, reason=options.reason)
        if why:
            links.link(desk, case_id, links.LinkForm(reading.find(desk, options.other), why, options.note))
        found = links.outcomes(desk, reading.reread(desk, case_id).case)
    lines = tuple(
        f"{each.link.reason.term}\t{each.link.role.term}\t{each.number}\t{each.state}\t{each.title}\t{each.link.id}"
        for each in found
    )
    return Result({"case": case_id, "links": [link_document(each) for each in found]}, lines or ("没有关联的事项。",))


def link_document(each: Outcome) -> dict[str, object]:
    """A link with what the other matter came to."""
    link = each.link
    return {
        "id": link.id, "case": link.other, "reason": link.reason.value, "role": link.role.value, "note": link.note,
        "number": each.number, "title": each.title, "state": each.state, "outcome": each.outcome,
    }  # fmt: skip


def reopen(call: Call) -> Result:
    """A matter at its end begins again as a new one."""
    from mediator.casework import reading, reopening

    options = call.options
    with at_desk(call) as desk:
        old = reading.find(desk, options.case)
        new = reopening.reopen_as_new(desk, old, reason=options.reason, approved_by=options.by)
        case = reading.reread(desk, new).case
    return Result({"case": case.id, "number": case.number, "origin": old}, (f"已重新登记：{case.number}",))


def review(call: Call) -> Result:
    """The next step of the three reviews, or how far they came."""
    from mediator.casework import reading, reviewing
    from mediator.core.reviewing import ReviewStep

    options = call.options
    step = chosen(ReviewStep, options.step, "步骤") if options.step else None
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if step:
            reviewing.review(desk, case_id, step, text=options.text, by=options.by)
        case = reading.reread(desk, case_id).case
    return review_result(case)


def review_result(case: Case) -> Result:
    """The steps that were taken and the one that comes next."""
    from mediator.core.reviewing import WORDS, next_step, round_done, steps_of

    taken, further = steps_of(case.course.events), next_step(case)
    rows = [{"step": each.event, "on": each.on.isoformat(), "by": each.by, "text": each.text} for each in taken]
    lines = [f"{each.on.isoformat()}\t{WORDS[each.event].term}\t{each.by}\t{each.text}" for each in taken]
    document: dict[str, object] = {"steps": rows, "next": further.value, "done": round_done(case)}
    return Result(document, (*lines, "三步审核已经完成。" if round_done(case) else f"下一步：{further.term}"))


def satisfaction(call: Call) -> Result:
    """Keep an answer, void one, or list them with who was not asked about yet."""
    from mediator.casework import reading, reviewing
    from mediator.core.course import SatisfactionId

    form, options = answer_of(call), call.options
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if form:
            reviewing.record_satisfaction(desk, case_id, form)
        if options.void:
            reviewing.void_satisfaction(desk, case_id, SatisfactionId(options.void), reason=options.reason)
        return satisfaction_result(reading.reread(desk, case_id).case)


def answer_of(call: Call) -> SatisfactionForm | None:
    """The answer of the command line, None where none was given; about whom and what belong together."""
    from mediator.casework.desk import day_of
    from mediator.casework.reviewing import SatisfactionForm
    from mediator.core.codes import Satisfied, SatisfiedWith

    options = call.options
    if not options.about and not options.answer:
        return None
    if not options.about or not options.answer:
        raise UsageProblem("usage", where="--about 和 --answer 要一起写")
    about, answer = chosen(SatisfiedWith, options.about, "对象"), chosen(Satisfied, options.answer, "评价")
    day = on_day(options.on) or day_of(call.workshop.clock.now())
    return SatisfactionForm(about, answer, day, options.asked, options.by, options.note)


def satisfaction_result(case: Case) -> Result:
    """Every answer that counts, and about whom nobody asked."""
    from mediator.casework.performance import unasked

    answers, open_ones = case.course.satisfactions, unasked(case)
    rows = [
        {"id": each.id, "about": each.about.value, "answer": each.answer.value, "on": each.asked_on.isoformat(),
         "asked": each.asked, "asked_by": each.asked_by, "note": each.note}
        for each in answers
    ]  # fmt: skip
    lines = [
        f"{a.asked_on.isoformat()}\t{a.about.term}\t{a.answer.term}\t{a.asked}\t{a.asked_by}\t{a.id}" for a in answers
    ]
    waiting = [f"还没有询问：{'、'.join(each.term for each in open_ones)}"] if open_ones else []
    document: dict[str, object] = {"answers": rows, "unasked": [each.value for each in open_ones]}
    return Result(document, (*lines, *waiting))


def petition(call: Call) -> Result:
    """First or repeated, the person's one list, group, checklist; corrected with a reason."""
    from mediator.casework import petitions, reading
    from mediator.core.codes import Visit

    options = call.options
    visit = chosen(Visit, options.visit, "初信初访标记") if options.visit not in ("", COMPUTED) else None
    with at_desk(call) as desk:
        case_id = reading.find(desk, options.case)
        if options.visit:
            petitions.correct_visit(desk, case_id, visit, reason=options.reason)
        sight = petitions.sight_of(desk, case_id)
    return Result(petition_document(sight), petition_lines(sight))


def petition_document(sight: PetitionSight) -> dict[str, object]:
    """All of it as JSON."""
    received = sight.received
    at = received.at.isoformat() if received and received.at else ""
    return {
        "visit": sight.visit.value if sight.visit else "", "words": sight.words, "count": sight.count,
        "corrected": sight.corrected, "reason": sight.reason, "people": sight.people, "group": sight.group,
        "matters": [matter_document(each) for each in sight.matters],
        "concluded": sight.concluded.number if sight.concluded else "",
        "checklist": [
            {"label": each.item.label, "done": each.done, "source": each.item.source} for each in sight.checklist
        ],
        "received": {"by": sight.receiver, "at": at},
    }  # fmt: skip


def matter_document(each: Sighted) -> dict[str, object]:
    """One registration of the list."""
    return {
        "case": each.case, "number": each.number, "title": each.title, "on": each.on.isoformat(),
        "status": each.status.value, "concluded": each.concluded, "confirmed": each.confirmed,
        "reasons": list(each.reasons), "mine": each.mine,
    }  # fmt: skip


def petition_lines(sight: PetitionSight) -> tuple[str, ...]:
    """The same for people."""
    pointed = [f"同一事项已经终结：{sight.concluded.number}，请告知终结意见。"] if sight.concluded else []
    return (
        f"{sight.words}{'（人工更正：' + sight.reason + '）' if sight.corrected else ''}",
        f"信访人{sight.people}人{'，达到群体标准' if sight.group else ''}，首接人{sight.receiver}",
        *pointed,
        *(f"{each.on.isoformat()}\t{each.number}\t{each.status.term}\t{each.title}" for each in sight.matters),
        *(f"{'已办' if each.done else '未办'}\t{each.item.label}" for each in sight.checklist),
    )
