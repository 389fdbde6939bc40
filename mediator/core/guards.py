"""What must hold before a matter moves on (rules.md 1, last column): each guard names what the record lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category, LinkReason, LinkRole, Side
from mediator.core.events import EventWord
from mediator.core.performing import obligations_now
from mediator.core.records import Case, Hearing, Party, PartyId
from mediator.core.reviewing import round_done

STAKE: Final = (Side.APPLICANT, Side.RESPONDENT)
HEAD_APPROVED: Final = "head_approved"
OUTSIDE: Final = re.compile("刑事|行政处罚|治安处罚|身份关系|亲子关系确认|婚姻效力")
READ_OUT: Final = ("告知权利", "告知义务", "询问回避")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says with a move, and what only the room can look up.

    `to` is where the matter is to go, `blocking` the rules that stop its agreement, `papers` how many papers its
    dossier lacks, `concluded` that a matter it repeats was concluded (L24).
    """

    to: CaseStatus
    reason: str = ""
    approved_by: str = ""
    blocking: str = ""
    papers: int = 0
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """The code of a sentence and the facts in it."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()


Guard = Callable[[Case, Asked], Lacking | None]


def unless(held: object, code: str, **facts: str | int) -> Lacking | None:
    """Nothing where it holds."""
    return None if held else Lacking(code, tuple(facts.items()))


def happened(case: Case, *words: EventWord) -> bool:
    """One of these was recorded."""
    return any(case.course.last(word.value) for word in words)


def complete(case: Case, _asked: Asked) -> Lacking | None:
    """L01: one party named, facts not empty."""
    named = any(party.name.strip() for party in case.parties)
    return unless(named and case.facts.strip(), "case.incomplete")


def in_scope(case: Case, _asked: Asked) -> Lacking | None:
    """L02: what people's mediation may take (V01, RTG 22)."""
    return unless(case.kind is not CaseKind.PEOPLE_MEDIATION or not OUTSIDE.search(case.dispute_type), "case.outside")


def nowhere_else(case: Case, _asked: Asked) -> Lacking | None:
    """L02: not before a court already (RTG 22), which a link of 诉访分离 says."""
    apart = (each for each in case.course.links if each.reason is LinkReason.LITIGATION_APART)
    return unless(not any(each.role is LinkRole.ORIGIN for each in apart), "case.elsewhere")


def not_concluded(_case: Case, asked: Asked) -> Lacking | None:
    """L24: later repeats of concluded facts are registered and pointed to the conclusion, not handled again."""
    return unless(not asked.concluded, "case.concluded")


def reasoned(_case: Case, asked: Asked) -> Lacking | None:
    """A reason is given."""
    return unless(asked.reason.strip(), "case.reason", target=asked.to.term)


def approved(_case: Case, asked: Asked) -> Lacking | None:
    """The head who approves it is named."""
    return unless(asked.approved_by.strip(), "case.approval", target=asked.to.term)


def mediators_named(case: Case, _asked: Asked) -> Lacking | None:
    """L03: somebody mediates."""
    return unless(any(each.mediators for each in case.hearings), "case.no_mediator")


def rights_told(case: Case, _asked: Asked) -> Lacking | None:
    """L03: rights and duties were told and recusal was asked at one sitting (RTG 30)."""
    return unless(any(set(READ_OUT) <= set(each.script_done) for each in case.hearings), "case.rights")


def consented(case: Case, _asked: Asked) -> Lacking | None:
    """L04: a people's mediation has the consent of every party on record, theirs or their agent's."""
    if case.kind is not CaseKind.PEOPLE_MEDIATION:
        return None
    silent = unheard(case)
    sides = all(case.on_side(side) for side in STAKE)
    return unless(sides and not silent, "case.consent", count=len(silent))


def unheard(case: Case) -> list[Party]:
    """Parties without a word in any record, their own or their agent's."""
    return [each for each in case.parties if each.side in STAKE and not spoke(case, each)]


def spoke(case: Case, party: Party) -> bool:
    """The party, or who acts for it, has words in a record."""
    voices = {party.id, *(each.id for each in case.parties if each.acts_for == party.id)}
    names = {each.name for each in case.parties if each.id in voices}
    return any(heard(hearing, voices, names) for hearing in case.hearings)


def heard(hearing: Hearing, voices: set[PartyId], names: set[str]) -> bool:
    """One of these speaks in it."""
    return any(turn.party in voices or turn.speaker in names for turn in hearing.turns)


def unblocked(_case: Case, asked: Asked) -> Lacking | None:
    """L04: no rule blocks the agreement as drafted."""
    return unless(not asked.blocking, "case.blocked", rules=asked.blocking)


def signed(case: Case, _asked: Asked) -> Lacking | None:
    """L05: an agreement comes into force by signing alone."""
    return unless(case.agreement and case.agreement.is_signed, "case.unsigned")


def performed(case: Case, asked: Asked) -> Lacking | None:
    """L07: nothing is owed any more by the record, or a person says how he knows."""
    left = sum(not each.done for each in obligations_now(case))
    return unless(not left or asked.reason.strip(), "case.unperformed", count=left)


def visited(case: Case, _asked: Asked) -> Lacking | None:
    """L08: a visit is on record."""
    return unless(case.follow_ups, "case.unvisited")


def dossier_whole(case: Case, asked: Asked) -> Lacking | None:
    """L09: the dossier lacks no paper that nobody excused; a written agreement was visited (L08)."""
    agreement = case.agreement
    written = agreement and agreement.is_signed and agreement.form is AgreementForm.WRITTEN
    if written and not case.follow_ups:
        return Lacking("case.unvisited")
    return unless(not asked.papers, "case.dossier", count=asked.papers)


def bound(case: Case, _asked: Asked) -> Lacking | None:
    """L10: the dossier was bound, with page numbers and contents."""
    return unless(case.filings, "case.unfiled")


def came_from(case: Case, asked: Asked) -> Lacking | None:
    """A transferred matter comes back to the state that it left."""
    left = next((move.came_from for move in reversed(case.moves) if move.to is CaseStatus.TRANSFERRED), None)
    return unless(left in (None, asked.to), "case.came_from", origin=left.term if left else "")


def reviewed(case: Case, _asked: Asked) -> Lacking | None:
    """L22: a petition was investigated, analysed and approved, in this order, by three entries."""
    return unless(case.kind is not CaseKind.PETITION or round_done(case), "case.review")


def category_handled(case: Case, _asked: Asked) -> Lacking | None:
    """D21-D23: what the category of a work order asks for before it is answered."""
    needs = {
        Category.YELLOW: ("order.lead", bool(case.lead_body) or happened(case, EventWord.LEAD_NAMED)),
        Category.ORANGE: ("order.road", happened(case, EventWord.LEGAL_ROAD)),
        Category.RED: ("order.group", happened(case, EventWord.GROUP_NAMED)),
    }
    code, held = needs.get(case.category, ("", True)) if case.category else ("", True)
    return unless(held, code)


def review_asked(case: Case, _asked: Asked) -> Lacking | None:
    """D13: the petitioner asked for it."""
    return unless(happened(case, EventWord.REVIEW_ASKED), "petition.review")


def second_review_asked(case: Case, _asked: Asked) -> Lacking | None:
    """D14: the review was given and the petitioner asked for another."""
    given = happened(case, EventWord.REVIEWED, EventWord.REVIEW_DELIVERED)
    return unless(given and happened(case, EventWord.SECOND_REVIEW_ASKED), "petition.second_review")


def answer_delivered(case: Case, _asked: Asked) -> Lacking | None:
    """L24: nothing is concluded that was never answered into the petitioner's hands."""
    return unless(happened(case, EventWord.DELIVERED), "petition.delivered")
