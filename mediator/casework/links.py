"""Links between matters (访调对接, 诉访分离, 转办, 三调联动): on both in one transaction, never a copy."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, filled, pen_for
from mediator.casework.guards import known, writable
from mediator.casework.texts import cleaned_text
from mediator.core.codes import LinkReason, LinkRole
from mediator.core.course import Link, LinkId
from mediator.core.records import Case, CaseId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft
from mediator.store.appending import Changes
from mediator.store.vault import Deed, Inside, Opened


@dataclass(frozen=True, slots=True)
class LinkForm:
    """Which matter this one became, and why."""

    other: CaseId
    reason: LinkReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the other matter came to, shown at this one; it is read there each time and kept nowhere else."""

    link: Link
    number: str
    title: str
    state: str
    outcome: str


def link(desk: Desk, case_id: CaseId, form: LinkForm) -> Changes:
    """This matter becomes the origin, the other the target; one id on both sides.

    Raises RefusedByRule `link.self`, `link.twice`, Unacceptable `case.unknown`.
    """
    note = cleaned_text(desk, form.note, "note")
    if form.other == case_id:
        raise RefusedByRule("link.self")

    def make(inside: Inside) -> Deed:
        here, there = both(desk, inside, case_id, form.other)
        if any(each.other == form.other and each.reason is form.reason for each in here.case.course.links):
            raise RefusedByRule("link.twice", reason=form.reason.term)
        key = desk.fresh_id()
        sides = ((here, there, LinkRole.ORIGIN), (there, here, LinkRole.TARGET))
        return Deed([added(desk, key, side, form.reason, note) for side in sides])

    return desk.vault.perform(make)


def both(desk: Desk, inside: Inside, one: CaseId, other: CaseId) -> tuple[Opened, Opened]:
    """Both matters as they stand inside the transaction; this one may be written, the other must be known."""
    writable(desk, one)
    known(desk, other)
    return inside.case(one), inside.case(other)


def added(desk: Desk, key: str, side: tuple[Opened, Opened, LinkRole], reason: LinkReason, note: str) -> Draft:
    """One side of a link."""
    here, there, role = side
    return link_draft(pen_for(desk, here.case.id, here.seen), Link(LinkId(key), there.case.id, reason, role, note))


def link_draft(pen: Pen, link: Link) -> Draft:
    """The entry that puts a link on one matter."""
    fields = asdict(link)
    return pen.write("link.added", id=fields.pop("id"), fields=filled(fields))


def unlink(desk: Desk, case_id: CaseId, link_id: str, *, reason: str) -> Changes:
    """Take a link away on both sides, with a reason; it may be set again. Raises Unacceptable `link.unknown`."""
    found = next((each for each in writable(desk, case_id).case.course.links if each.id == link_id), None)
    if found is None:
        raise Unacceptable("link.unknown")
    why = cleaned_text(desk, reason, "reason")
    if not why.strip():
        raise RefusedByRule("link.reason")
    seen = [desk.vault.case(CaseId(each)) for each in (case_id, found.other)]
    pens = [pen_for(desk, each.case.id, each.seen) for each in seen if each.entries]
    return desk.vault.append([pen.write("link.removed", id=link_id, reason=why) for pen in pens])


def outcome_of(origin: Case, target: Case) -> tuple[Outcome, ...]:
    """How the target stands, for each link that the origin has with it."""
    rows = (each for each in origin.course.links if each.other == target.id)
    return tuple(Outcome(each, target.number, target.title, target.status.term, target.outcome) for each in rows)


def outcomes(desk: Desk, case: Case) -> tuple[Outcome, ...]:
    """How every linked matter stands that this vault holds."""
    others = {each.other: desk.vault.case(CaseId(each.other)) for each in case.course.links}
    return tuple(row for each in others.values() if each.entries for row in outcome_of(case, each.case))
