"""A closed matter begins again as a new one: the old stays as it was, a link of 重新调解 stands on both (L11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, pen_for, plain, trace
from mediator.casework.guards import held
from mediator.casework.intake import NUMBER_WORDS, CaseForm, PartyForm, case_drafts, party_draft
from mediator.casework.links import link_draft
from mediator.casework.moving import was_concluded
from mediator.casework.texts import cleaned_text
from mediator.core.codes import LinkReason, LinkRole
from mediator.core.course import Link, LinkId
from mediator.core.guards import HEAD_APPROVED
from mediator.core.life import may_reopen
from mediator.core.records import Case, CaseId, Party, PartyId
from mediator.errors import RefusedByRule
from mediator.journal.entry import Draft
from mediator.store.vault import Deed, Inside

AGAIN: Final = LinkReason.REOPENED.term


def reopen_as_new(desk: Desk, case_id: CaseId, *, reason: str, approved_by: str) -> CaseId:
    """A new matter with the old one's title, type, facts and parties, nothing of its course; both carry the link.

    Raises Unacceptable `case.unknown`, RefusedByRule `case.newer`, `case.move`, `case.concluded`, `case.reason`,
    `case.approval`.
    """
    why, head = cleaned_text(desk, reason, "reason").strip(), cleaned_text(desk, approved_by, "approved_by").strip()
    refuse(held(desk, case_id).case, why, head)
    new = CaseId(desk.fresh_id())

    def make(inside: Inside) -> Deed:
        old = inside.case(case_id)
        number, key = inside.take_number(NUMBER_WORDS[old.case.kind]), LinkId(desk.fresh_id())
        pen, back = pen_for(desk, new), pen_for(desk, case_id, old.seen)
        approval = {"event": HEAD_APPROVED, "on": plain(desk.today()), "text": AGAIN, "by": head}
        return Deed(
            [
                *case_drafts(pen, form_of(old.case), number),
                *party_drafts(desk, pen, old.case.parties),
                pen.write("event.recorded", id=desk.fresh_id(), fields=approval),
                link_draft(pen, Link(key, case_id, LinkReason.REOPENED, LinkRole.TARGET, why)),
                link_draft(back, Link(key, new, LinkReason.REOPENED, LinkRole.ORIGIN, why)),
                trace(desk, "audit.case_opened", case=new),
            ]
        )

    desk.vault.perform(make)
    return new


def refuse(case: Case, reason: str, head: str) -> None:
    """Only what is at its end begins again, with a reason and the head's word; concluded facts never do (L24)."""
    if case.newer_only:
        raise RefusedByRule("case.newer")
    if was_concluded(case):
        raise RefusedByRule("case.concluded", rule="L24")
    if not may_reopen(case.status, case.kind):
        raise RefusedByRule("case.move", origin=case.status.term, target=AGAIN)
    for told, code in ((reason, "case.reason"), (head, "case.approval")):
        if not told:
            raise RefusedByRule(code, target=AGAIN, rule="L11")


def form_of(case: Case) -> CaseForm:
    """What the new matter is registered with."""
    return CaseForm(
        title=case.title, dispute_type=case.dispute_type, facts=case.facts, kind=case.kind, requests=case.requests,
        origin=case.origin, category=case.category, organization=case.organization,
    )  # fmt: skip


def party_drafts(desk: Desk, pen: Pen, parties: tuple[Party, ...]) -> Iterator[Draft]:
    """The parties under ids of their own; who stands for whom stays."""
    ids = {each.id: PartyId(desk.fresh_id()) for each in parties}
    for each in parties:
        fields = {name: value for name, value in asdict(each).items() if name != "id"}
        fields["acts_for"] = ids.get(each.acts_for) if each.acts_for else None
        yield party_draft(pen, ids[each.id], PartyForm(**fields))
