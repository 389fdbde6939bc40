"""The words of the rule table for what happens in a matter, and where each is read from the record (rules.md 2).

Most are read from the record itself: the day of acceptance, the agreement in force, a hearing. A recorded event of the
same word counts instead, because a clerk who types "受理, 3 March" knows better than the day the entry was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.codes import AgreementForm, CaseStatus, Code, OrderSort, Verdict
from mediator.core.dates import BEIJING, chinese_date
from mediator.core.performing import Owed, obligations_now
from mediator.core.records import Agreement, Case


class EventWord(Code):
    """What a period starts with or ends with; a clerk may record those of `RECORDABLE`."""

    APPLIED = "applied", "申请调解"
    REGISTERED = "registered", "登记"
    ARRIVED = "arrived", "收件"
    DECIDED = "decided", "告知是否受理"
    ACCEPTED = "accepted", "受理"
    HEARD = "heard", "调解"
    CONCLUDED = "concluded", "调解结束"
    IN_FORCE = "in_force", "协议生效"
    WRITTEN_IN_FORCE = "written_in_force", "书面协议生效"
    CONFIRMATION_ASKED = "confirmation_asked", "申请司法确认"
    CONFIRMED = "confirmed", "司法确认裁定生效"
    CONFIRMATION_REFUSED = "confirmation_refused", "司法确认申请被驳回"
    NOTARY_ASKED = "notary_asked", "申请赋强公证"
    NOTARIZED = "notarized", "出具赋强公证书"
    NOTARY_REFUSED = "notary_refused", "公证机构不予办理"
    DEBT_DISPUTED = "debt_disputed", "一方对债务提出异议"
    AGREED_DAY = "agreed_day", "约定履行"
    DUE_OVER = "due_over", "履行期限届满"
    PERFORMED = "performed", "履行"
    ALL_PERFORMED = "all_performed", "全部履行"
    PERFORMANCE_OVER = "performance_over", "履行期间届满"
    ENFORCEMENT_ASKED = "enforcement_asked", "申请强制执行"
    VISITED = "visited", "回访"
    CLOSED = "closed", "结案"
    FILED = "filed", "归档"
    ANSWERED = "answered", "答复"
    DELIVERED = "delivered", "处理意见书送达"
    REVIEW_ASKED = "review_asked", "申请复查"
    REVIEWED = "reviewed", "作出复查意见"
    REVIEW_DELIVERED = "review_delivered", "复查意见书送达"
    SECOND_REVIEW_ASKED = "second_review_asked", "申请复核"
    SECOND_REVIEWED = "second_reviewed", "作出复核意见"
    LEAD_NAMED = "lead_named", "确定牵头单位"
    GROUP_NAMED = "group_named", "成立工作专班"
    LEGAL_ROAD = "legal_road", "转入法定途径并告知来电人"
    DISPATCHED = "dispatched", "派单"
    RETURN_BY = "return_by", "派单要求的反馈日"
    HOTLINE_RETURNED = "hotline_returned", "向12345反馈"
    HANDED_OVER = "handed_over", "移交调解门诊"
    RESULT_RETURNED = "result_returned", "反馈调解结果"
    FAILED_RETURNED = "failed_returned", "调解不成退回"
    NEXT_DECIDED = "next_decided", "决定转交督办或者包案"
    URGED = "urged", "催办单下达"
    SUPERVISED = "supervised", "督办单下达"
    SUGGESTED = "suggested", "工作建议下达"
    ORDER_ANSWERED = "order_answered", "答复督促"


@dataclass(frozen=True, slots=True)
class Happening:
    """One of them as it happened; without `on` it happened, nobody noted when.

    `about` is the obligation or order it concerns, `at` the hour where one is known. `due` is a last day that is not
    counted but given, with `told` saying by whom.
    """

    on: date | None
    at: datetime | None = None
    about: str = ""
    due: date | None = None
    told: str = ""


Found = Iterator[Happening]
MADE_BY_MOVES: Final = {
    EventWord.DECIDED: (CaseStatus.ACCEPTED, CaseStatus.NOT_ACCEPTED),
    EventWord.CONCLUDED: (CaseStatus.SIGNED, CaseStatus.NOT_AGREED, CaseStatus.WITHDRAWN, CaseStatus.TERMINATED),
    EventWord.ANSWERED: (CaseStatus.ANSWERED,),
    EventWord.CLOSED: (CaseStatus.CLOSED,),
    EventWord.FILED: (CaseStatus.ARCHIVED,),
}
MADE_BY_ORDERS: Final = {
    EventWord.URGED: OrderSort.URGE,
    EventWord.SUPERVISED: OrderSort.SUPERVISE,
    EventWord.SUGGESTED: OrderSort.SUGGEST,
}


def happenings(case: Case, word: EventWord, calendar: Calendar) -> tuple[Happening, ...]:
    """Every time it happened, recorded ones before those that the record shows, in order of their days."""
    found = [Happening(each.on, each.at) for each in case.course.events if each.event == word.value]
    if not found:
        found = [*moved_to(case, word), *ordered(case, word), *from_record(case, word, calendar)]
    return tuple(sorted(found, key=lambda each: each.on or date.min))


def from_record(case: Case, word: EventWord, calendar: Calendar) -> Found:
    """What the record itself shows of a word."""
    if word in READERS:
        yield from READERS[word](case)
    if word in COUNTED:
        yield from COUNTED[word](case, calendar)


def day_of(moment: datetime) -> date:
    """The day in Beijing, where all periods are counted."""
    return moment.astimezone(BEIJING).date()


def at(moment: datetime | None) -> Found:
    """A moment, if there is one."""
    if moment:
        yield Happening(day_of(moment), moment)


def on(day: date | None) -> Found:
    """A day, if there is one."""
    if day:
        yield Happening(day)


def moved_to(case: Case, word: EventWord) -> Found:
    """Moves of the case that say it."""
    wanted = MADE_BY_MOVES.get(word, ())
    for move in case.moves:
        if move.to in wanted:
            yield Happening(day_of(move.on) if move.on else None)


def ordered(case: Case, word: EventWord) -> Found:
    """Orders of the sort that the word names, from the day the room had them; one with a day of its own by that day."""
    sort = MADE_BY_ORDERS.get(word)
    for order in case.course.orders:
        if order.sort is sort and order.received_on:
            told = f"{sort.term}要求{chinese_date(order.answer_by)}前答复。" if order.answer_by else ""
            yield Happening(order.received_on, about=order.id, due=order.answer_by, told=told)


def order_answered(case: Case) -> Found:
    """Answers that were not sent back."""
    for order in case.course.orders:
        if order.answered_on and order.verdict is not Verdict.RETURNED:
            yield Happening(order.answered_on, about=order.id)


def agreement_of(case: Case) -> Agreement | None:
    """The agreement once it is in force."""
    agreement = case.agreement
    return agreement if agreement and agreement.is_signed and agreement.signed_on else None


def in_force(case: Case) -> Found:
    """The agreement of either form."""
    agreement = agreement_of(case)
    yield from on(agreement.signed_on if agreement else None)


def written_in_force(case: Case) -> Found:
    """The written one: an oral agreement is neither confirmed by a court (RTF 33) nor owed a visit."""
    agreement = agreement_of(case)
    yield from on(agreement.signed_on if agreement and agreement.form is AgreementForm.WRITTEN else None)


def owed_of(case: Case) -> tuple[Owed, ...]:
    """Obligations of an agreement in force, as they stand now."""
    return obligations_now(case) if agreement_of(case) else ()


def agreed_day(case: Case, calendar: Calendar) -> Found:
    """Each obligation's own day, which is given and not counted; a day off is shifted (MFD 203)."""
    agreement = agreement_of(case)
    for each in owed_of(case):
        if agreement and each.now.due_on:
            last = calendar.on_or_after(each.now.due_on)
            yield Happening(agreement.signed_on, None, each.now.id, last, told_day(each.now.due_on, calendar))


def told_day(day: date, calendar: Calendar) -> str:
    """An agreed day with its shift to a working day, and whether the days off of its year are known."""
    last = calendar.on_or_after(day)
    shift = f"；{calendar.why_off(day)}，顺延至{chinese_date(last)}（民法典第二百零三条）" if last != day else ""
    return f"协议约定{chinese_date(day)}前履行{shift}。{calendar.doubt(day, last)}"


def due_over(case: Case, calendar: Calendar) -> Found:
    """The last day on which each obligation could be performed in time."""
    for each in owed_of(case):
        if each.now.due_on:
            yield Happening(calendar.on_or_after(each.now.due_on), about=each.now.id)


def performed(case: Case) -> Found:
    """Obligations of which nothing is asked any more, on the day of the last payment."""
    for each in owed_of(case):
        if each.done:
            yield Happening(max((paid.paid_on for paid in each.payments), default=None), about=each.now.id)


def all_performed(case: Case) -> Found:
    """Every obligation is performed."""
    rows = owed_of(case)
    if rows and all(each.done for each in rows):
        yield Happening(max((each.on for each in performed(case) if each.on), default=None))


def performance_over(case: Case, calendar: Calendar) -> Found:
    """After court confirmation: the last day of the last instalment, else the day the ruling took effect (MSF 250)."""
    for ruling in happenings(case, EventWord.CONFIRMED, calendar)[-1:]:
        days = [each.on for each in due_over(case, calendar) if each.on]
        yield Happening(max([*days, *([ruling.on] if ruling.on else [])], default=None))


def heard(case: Case) -> Found:
    """Hearings that were held."""
    for each in case.hearings:
        yield from at(each.held_at)


def visited(case: Case) -> Found:
    """Visits after the agreement."""
    for each in case.follow_ups:
        yield Happening(each.visited_on)


def bound(case: Case) -> Found:
    """Dossiers that were bound."""
    for each in case.filings:
        yield from at(each.filed_at)


def lead_named(case: Case) -> Found:
    """A lead body stands on the order; when it was named nobody noted."""
    if case.lead_body:
        yield Happening(None)


READERS: Final[Mapping[EventWord, Callable[[Case], Found]]] = {
    EventWord.REGISTERED: lambda case: at(case.course.received.at if case.course.received else None),
    EventWord.ARRIVED: lambda case: at(case.arrived_at),
    EventWord.DECIDED: lambda case: on(case.accepted_on),
    EventWord.ACCEPTED: lambda case: on(case.accepted_on),
    EventWord.HEARD: heard,
    EventWord.CONCLUDED: in_force,
    EventWord.IN_FORCE: in_force,
    EventWord.WRITTEN_IN_FORCE: written_in_force,
    EventWord.PERFORMED: performed,
    EventWord.ALL_PERFORMED: all_performed,
    EventWord.VISITED: visited,
    EventWord.FILED: bound,
    EventWord.LEAD_NAMED: lead_named,
    EventWord.ORDER_ANSWERED: order_answered,
}
COUNTED: Final[Mapping[EventWord, Callable[[Case, Calendar], Found]]] = {
    EventWord.AGREED_DAY: agreed_day,
    EventWord.DUE_OVER: due_over,
    EventWord.PERFORMANCE_OVER: performance_over,
}
# What is computed for several obligations or orders at once is no word a clerk can record.
RECORDABLE: Final = tuple(
    each for each in EventWord
    if each not in {*COUNTED, *MADE_BY_ORDERS, EventWord.PERFORMED, EventWord.ALL_PERFORMED,
                    EventWord.ORDER_ANSWERED}
)  # fmt: skip
