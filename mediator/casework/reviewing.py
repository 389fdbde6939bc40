"""A petition's review step by step, and double satisfaction asked by another than the one judged (L22, S13)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from mediator.casework.desk import Desk
from mediator.casework.drafting import filled, pen_for, plain
from mediator.casework.guards import writable
from mediator.casework.texts import cleaned, cleaned_text
from mediator.core.codes import Satisfied, SatisfiedWith
from mediator.core.course import SatisfactionId
from mediator.core.life import PETITIONS
from mediator.core.records import Case, CaseId
from mediator.core.reviewing import ReviewStep, next_step
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Changes


@dataclass(frozen=True, slots=True)
class SatisfactionForm:
    """One answer: about whom, what, who gave it, who asked (the one at the desk when left out)."""

    about: SatisfiedWith
    answer: Satisfied
    asked_on: date
    asked: str = ""
    asked_by: str = ""
    note: str = ""


def review(desk: Desk, case_id: CaseId, step: ReviewStep, *, text: str, by: str = "") -> Changes:
    """The next step of the review with what was found.

    Raises RefusedByRule `review.kind`, `review.order`, `review.text`.
    """
    opened, words = writable(desk, case_id), cleaned_text(desk, text, "text")
    if opened.case.kind not in PETITIONS:
        raise RefusedByRule("review.kind", kind=opened.case.kind.term)
    wanted = next_step(opened.case)
    if step is not wanted:
        raise RefusedByRule("review.order", wanted=wanted.term, step=step.term)
    if not words.strip():
        raise RefusedByRule("review.text", step=step.term)
    who = cleaned_text(desk, by, "by") or desk.vault.user.name
    fields = {"event": step.value, "on": plain(desk.today()), "at": desk.now_ms(), "text": words, "by": who}
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append([pen.write("event.recorded", id=desk.fresh_id(), fields=fields)])


def judged_by_it(case: Case) -> frozenset[str]:
    """Whose work the question is about: who mediated, who kept the record."""
    return frozenset(name.strip() for each in case.hearings for name in (*each.mediators, each.recorder) if name)


def record_satisfaction(desk: Desk, case_id: CaseId, form: SatisfactionForm) -> Changes:
    """Keep an answer; raises RefusedByRule `satisfaction.judged` when the one who asks is the one judged (S13)."""
    opened, clean = writable(desk, case_id), cleaned(desk, form)
    asker = (clean.asked_by or desk.vault.user.name).strip()
    if asker in judged_by_it(opened.case):
        raise RefusedByRule("satisfaction.judged", rule="S13")
    fields = filled(asdict(clean) | {"asked_by": asker})
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append([pen.write("satisfaction.recorded", id=desk.fresh_id(), fields=fields)])


def void_satisfaction(desk: Desk, case_id: CaseId, answer: SatisfactionId, *, reason: str) -> Changes:
    """An answer that was entered by mistake no longer counts. Raises Unacceptable `satisfaction.unknown`."""
    opened, why = writable(desk, case_id), cleaned_text(desk, reason, "reason")
    if not why.strip():
        raise RefusedByRule("satisfaction.reason")
    if all(each.id != answer for each in opened.case.course.satisfactions):
        raise Unacceptable("satisfaction.unknown")
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append([pen.write("satisfaction.voided", id=answer, reason=why)])
