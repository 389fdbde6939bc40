"""What a desk sees of a petition at once: the how-manieth time, one list per person and matter, group, conclusion.

Computed from what duplicates are found by; a person corrects it with a reason (S01, S02, S10, L24, L25).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mediator.casework import likeness
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for, plain
from mediator.casework.guards import known, writable
from mediator.casework.likeness import Hit, Typing
from mediator.casework.moving import was_concluded
from mediator.casework.opening import users
from mediator.casework.texts import cleaned_text
from mediator.core.codes import CaseStatus, Likeness, LinkReason, Side, Visit
from mediator.core.course import Received
from mediator.core.fact_making import registered_on
from mediator.core.life import PETITIONS
from mediator.core.likeness import LIKELY, NAMESAKE, compare
from mediator.core.petitions import Checked, PetitionRules, checklist_of, petitioners, rules_on, visit_by, visit_words
from mediator.core.records import Case, CaseId
from mediator.core.same_matter import Matter, compare_matters
from mediator.errors import RefusedByRule
from mediator.store import likening
from mediator.store.appending import Changes
from mediator.store.driver import Connection
from mediator.store.likening import Said

ELSEWHERE: Final = "本库之外的用户"
SAME: Final = frozenset({LinkReason.SAME_MATTER, LinkReason.REOPENED})


@dataclass(frozen=True, slots=True)
class Sighted:
    """One registration of the person's matter; `confirmed` says that a person called it the same, `reasons` why else.

    `mine` is the one that was asked about.
    """

    case: CaseId
    number: str
    title: str
    on: date
    status: CaseStatus
    outcome: str
    concluded: bool
    confirmed: bool
    reasons: tuple[str, ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class PetitionSight:
    """Everything of that about one matter.

    `visit` is what counts: what a person corrected, else what was computed; None between first and repeated. `count` is
    the how-manieth time, `matters` the one list, oldest first. `people` came with it, `group` says that they are enough
    for a group's. `concluded` is the matter whose conclusion later repeats are pointed to (L24). `receiver` is the name
    of who took it in first (S01), a word for somebody who is no user of this vault.
    """

    visit: Visit | None
    computed: Visit | None
    words: str
    count: int
    matters: tuple[Sighted, ...]
    people: int
    group: bool
    rules: PetitionRules
    checklist: tuple[Checked, ...]
    received: Received | None
    receiver: str
    corrected: bool = False
    reason: str = ""

    @property
    def concluded(self) -> Sighted | None:
        """The newest concluded one among the earlier."""
        return next((each for each in reversed(self.matters) if each.concluded and not each.mine), None)


def group_from(desk: Desk) -> int:
    """From how many persons on a matter that comes in today is a group's, by the county's table."""
    return rules_on(desk.vault.tables.petitions, desk.today()).group


def sight_of(desk: Desk, case_id: CaseId) -> PetitionSight:
    """The whole of it today; raises Unacceptable `case.unknown`, RefusedByRule `petition.kind`."""
    opened = known(desk, case_id)
    case = petition(opened.case)
    rules = rules_on(desk.vault.tables.petitions, registered_on(case))
    matters = one_list(desk, case, opened.entries[0].wall)
    count = next(place for place, each in enumerate(matters, 1) if each.mine)
    computed, people = visit_by(count, rules), petitioners(case)
    visit = case.visit or computed
    return PetitionSight(
        visit, computed, case.visit.term if case.visit else visit_words(count, computed), count, matters, people,
        people >= rules.group, rules, checklist_of(case, rules, desk.vault.calendar), case.course.received,
        receiver_of(desk, case), case.visit is not None, case.visit_reason,
    )  # fmt: skip


def receiver_of(desk: Desk, case: Case) -> str:
    """The name of who took it in first; users of another computer, and those removed, are not known by name."""
    received = case.course.received
    names = {each.id: each.name for each in users(desk)}
    return names.get(received.by, ELSEWHERE) if received else ""


def petition(case: Case) -> Case:
    """The case itself when it is a petition or a work order; raises RefusedByRule `petition.kind`."""
    if case.kind not in PETITIONS:
        raise RefusedByRule("petition.kind", kind=case.kind.term)
    return case


def one_list(desk: Desk, case: Case, opened_at: int) -> tuple[Sighted, ...]:
    """This matter and the person's others on the same, oldest first (一件事, 一清单)."""
    matter = likening.matter_of(case, opened=opened_at)
    hits = {hit.case: hit for hit in same_matters(desk, case, matter)}
    cases = [desk.vault.case(each).case for each in hits]
    rows = [(start_of(each), sighted(each, hits[each.id])) for each in cases if each.kind in PETITIONS]
    mine = replace(sighted(case, Hit(case.id, "", "", Likeness.MATTER, 0, ())), mine=True)
    return tuple(row for _, row in sorted([*rows, (start_of(case), mine)], key=lambda pair: pair[0]))


def while_typing(desk: Desk, draft: Typing) -> tuple[Sighted, ...]:
    """The earlier ones for a form that is being filled in, oldest first; a saved draft is not among them (S10)."""
    case = likeness.imagined(draft)
    hits = {hit.case: hit for hit in same_matters(desk, case, likening.matter_of(case, opened=desk.now_ms()))}
    cases = (desk.vault.case(each).case for each in hits)
    found = [each for each in cases if each.kind in PETITIONS and each.id != draft.case]
    return tuple(sighted(each, hits[each.id]) for each in sorted(found, key=start_of))


def start_of(case: Case) -> tuple[date, str, CaseId]:
    """By what registrations are ordered: their day, their moment, and for two of one moment their ids."""
    at = case.course.received.at if case.course.received else None
    return registered_on(case), at.isoformat() if at else "", case.id


def sighted(case: Case, hit: Hit) -> Sighted:
    """A row of the list."""
    return Sighted(
        case.id, case.number, case.title, registered_on(case), case.status, case.outcome, was_concluded(case),
        hit.judged, hit.reasons,
    )  # fmt: skip


def same_matters(desk: Desk, case: Case, matter: Matter) -> Iterator[Hit]:
    """Others that a person called the same, and those alike by their record whose petitioner is this one's."""
    linked = frozenset(each.other for each in case.course.links if each.reason in SAME)

    def look(connection: Connection) -> tuple[list[Matter], tuple[Said, ...]]:
        found = likening.candidates(connection, matter)
        beside = likening.matters(connection, map(CaseId, sorted(linked - {each.case for each in found})))
        return [*found, *beside], likening.said_about(connection, matter.case)

    others, said = desk.vault.on_thread(lambda ledger: look(ledger.connection))
    for other in others:
        hit = likeness.hit_of(other, Likeness.MATTER, compare_matters(matter, other))
        told = other.case in linked or likeness.confirmed(said, matter.case, hit)
        alike = hit.score >= LIKELY and not likeness.denied(said, matter.case, hit)
        if (told or alike) and one_petitioner(matter, other):
            yield replace(hit, judged=told)


def one_petitioner(matter: Matter, other: Matter) -> bool:
    """One who asks here asked there; within one matter the same name is the same person."""
    mine, theirs = ([each for each in one.people if each.side is Side.APPLICANT] for one in (matter, other))
    return any(compare(here, there).value >= NAMESAKE for here in mine for there in theirs)


def correct_visit(desk: Desk, case_id: CaseId, visit: Visit | None, *, reason: str) -> Changes:
    """Say first or repeated by hand, or take that back with None.

    Raises RefusedByRule `petition.reason`, `petition.kind`.
    """
    opened, why = writable(desk, case_id), cleaned_text(desk, reason, "visit_reason").strip()
    petition(opened.case)
    if not why:
        raise RefusedByRule("petition.reason")
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append(pen.set_fields("case.set", {"visit": plain(visit), "visit_reason": why}))
