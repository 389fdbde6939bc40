"""From folded state to the course of a matter: links, events, periods, orders, answers, judgements."""

from __future__ import annotations

from mediator.core.codes import (
    Likeness,
    LinkReason,
    LinkRole,
    OrderSort,
    PeriodStep,
    Satisfied,
    SatisfiedWith,
    Verdict,
)
from mediator.core.course import (
    Amendment,
    AmendmentId,
    Course,
    Event,
    EventId,
    Judged,
    LikenessId,
    Link,
    LinkId,
    Order,
    OrderId,
    Passed,
    PeriodChange,
    PeriodId,
    Received,
    Satisfaction,
    SatisfactionId,
)
from mediator.core.money import Fen
from mediator.journal.fields import Write
from mediator.journal.lending import lendings_of
from mediator.journal.reading import Reader, code, day, moment, present
from mediator.journal.state import State


def course_of(state: State) -> Course:
    """The whole course; what a newer program wrote in a way this one cannot read is left out of it."""
    return Course(
        received=received_of(state),
        links=links_of(state),
        events=events_of(state),
        periods=periods_of(state),
        orders=orders_of(state),
        satisfactions=satisfactions_of(state),
        amendments=amendments_of(state),
        passed=passed_of(state),
        judged=judged_of(state),
        lendings=lendings_of(state),
    )


def received_of(state: State) -> Received | None:
    """The author of the first entry that opened the case."""
    first = next(iter(state.openings), None)
    return Received(first.user, moment(first.wall)) if first else None


def links_of(state: State) -> tuple[Link, ...]:
    """Links that stand."""
    rows = []
    for key, reader in present(state, "link"):
        reason, role = code(LinkReason, reader.get("reason")), code(LinkRole, reader.get("role"))
        if reason and role:
            rows.append(Link(LinkId(key), reader.text("other"), reason, role, reader.text("note")))
    return tuple(rows)


def events_of(state: State) -> tuple[Event, ...]:
    """Events that stand, of whatever word."""
    rows = ((key, day(reader.get("on")), reader) for key, reader in present(state, "event"))
    return tuple(
        Event(EventId(key), r.text("event"), on, moment(r.get("at")), r.text("text"), r.text("by"))
        for key, on, r in rows
        if on is not None
    )


def periods_of(state: State) -> tuple[PeriodChange, ...]:
    """Changes of periods that stand."""
    rows = []
    for key, reader in present(state, "period"):
        step, on = code(PeriodStep, reader.get("step")), day(reader.get("on"))
        if step is None or on is None:
            continue
        length, unit = reader.count("length") or 0, reader.text("unit")
        approved, reason = reader.text("approved_by"), reader.text("reason")
        rows.append(PeriodChange(PeriodId(key), reader.text("rule"), step, on, length, unit, approved, reason))
    return tuple(rows)


def order_of(key: str, sort: OrderSort, reader: Reader, *, issued: Write, state: State) -> Order:
    """One order; its day is that of the first entry that raised it, so that two of them never disagree about it."""
    at = moment(issued.wall)
    return Order(
        id=OrderId(key),
        sort=sort,
        rule=reader.text("rule"),
        text=reader.text("text"),
        due=day(reader.get("due")),
        place=reader.text("place"),
        answer_by=day(reader.get("answer_by")),
        issued_on=at.date() if at else None,
        issued_by_county=key in state.issued,
        received_on=day(state.received.get(key)),
        answer=reader.text("answer"),
        answered_on=day(reader.get("answered_on")),
        answered_by=reader.text("answered_by"),
        verdict=code(Verdict, reader.get("verdict")),
        verdict_text=reader.text("verdict_text"),
    )


def orders_of(state: State) -> tuple[Order, ...]:
    """Orders raised by the room, issued by the county or both."""
    rows = []
    for key, item in state.of_kind("supervision"):
        reader = Reader.of(item)
        sort, raised = code(OrderSort, reader.get("sort")), item.fields.get("sort", ())
        if sort and raised:
            first = min(raised, key=lambda write: write.wall)
            rows.append(order_of(key, sort, reader, issued=first, state=state))
    return tuple(rows)


def satisfactions_of(state: State) -> tuple[Satisfaction, ...]:
    """Answers that stand."""
    rows = []
    for key, reader in present(state, "satisfaction"):
        on, about = day(reader.get("asked_on")), code(SatisfiedWith, reader.get("about"))
        answer = code(Satisfied, reader.get("answer"))
        if on and about and answer:
            asked, by, note = reader.text("asked"), reader.text("asked_by"), reader.text("note")
            rows.append(Satisfaction(SatisfactionId(key), on, about, answer, asked, by, note))
    return tuple(rows)


def amendments_of(state: State) -> tuple[Amendment, ...]:
    """Changes of obligations that stand."""
    rows = []
    for key, reader in present(state, "amendment"):
        on, amount = day(reader.get("on")), reader.count("amount")
        if on is None:
            continue
        rows.append(
            Amendment(
                id=AmendmentId(key),
                obligation=reader.text("obligation"),
                on=on,
                paper=reader.text("paper"),
                amount=None if amount is None else Fen(amount),
                due_on=day(reader.get("due_on")),
                waived=reader.flag("waived"),
                note=reader.text("note"),
            )
        )
    return tuple(rows)


def passed_of(state: State) -> tuple[Passed, ...]:
    """Warnings passed over, in folding order; by the name that was written down, else by the id of the user."""
    rows = ((write, Reader(body)) for write, body in state.passed)
    return tuple(
        Passed(r.text("rule"), r.text("place"), r.text("digest"), r.text("reason"), r.text("by") or w.user)
        for w, r in rows
    )


def judged_of(state: State) -> tuple[Judged, ...]:
    """What persons said about likeness, in folding order: the last about the same two counts."""
    rows = []
    for key, reader in present(state, "likeness"):
        likeness = code(Likeness, reader.get("likeness"))
        if likeness:
            mine, theirs = reader.text("party"), reader.text("other_party")
            same, reason = reader.flag("same"), reader.text("reason")
            rows.append(Judged(LikenessId(key), likeness, reader.text("other"), same, mine, theirs, reason))
    return tuple(rows)
