"""Duplicates and similar cases: what looks alike and why; a person decides, and may decide otherwise later (F89, F91).

Nothing is merged. Saying 同一事项 links the two cases, saying otherwise afterwards takes the link away; what was called
不像 does not come up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.guards import known, writable
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.links import link_draft
from mediator.casework.texts import cleaned_text
from mediator.core.codes import Likeness, LinkReason, LinkRole
from mediator.core.course import Link, LinkId
from mediator.core.kin import closeness
from mediator.core.likeness import LIKELY, NAMESAKE, Score, compare
from mediator.core.records import Case, CaseId, Party, PartyId
from mediator.core.same_matter import Matter, compare_matters
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft
from mediator.store import likening
from mediator.store.driver import Connection
from mediator.store.likening import Said
from mediator.store.vault import Deed, Inside, Opened

SHOWN: Final = 20
KIN_SHOWN: Final = 5
KIN_LOOKED_AT: Final = 40
KIN_LEAST: Final = 12
NOT_YET: Final = CaseId("")


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that may be the same matter, or that has a party who may be the same; `judged` says a person confirmed it.

    For the same person `party` and `other_party` are ids; `party` is empty for one that is not saved yet.
    """

    case: CaseId
    number: str
    title: str
    likeness: Likeness
    score: int
    reasons: tuple[str, ...]
    party: str = ""
    other_party: str = ""
    name: str = ""
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Kin:
    """A past case of the same sort with how it ended and what was agreed, and why it is shown."""

    case: CaseId
    number: str
    title: str
    score: int
    reasons: tuple[str, ...]
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typing:
    """What stands in the registration form so far; `case` is the draft's own id once it is saved."""

    form: CaseForm
    parties: tuple[PartyForm, ...] = ()
    village: str = ""
    source_ref: str = ""
    case: CaseId = NOT_YET
    now: date | None = field(default=None)


def duplicates_of(desk: Desk, case_id: CaseId) -> tuple[Hit, ...]:
    """Cases that may be this matter or share a party with it, the likeliest first; those called 不像 are left out.

    Raises Unacceptable `case.unknown`.
    """
    opened = known(desk, case_id)
    return found(desk, likening.matter_of(opened.case, opened=opened.entries[0].wall), LIKELY)


def suspicions(desk: Desk, case_id: CaseId) -> tuple[Hit, ...]:
    """What a clerk is shown beside a registration: duplicates, and people of the same name alone as a reminder.

    Raises Unacceptable `case.unknown`.
    """
    opened = known(desk, case_id)
    return found(desk, likening.matter_of(opened.case, opened=opened.entries[0].wall), NAMESAKE)


def duplicates_while_typing(desk: Desk, draft: Typing) -> tuple[Hit, ...]:
    """The same for a form that is being filled in; people of the same name alone are shown too, as a reminder."""
    matter = likening.matter_of(imagined(draft), opened=desk.now_ms())
    return found(desk, matter, NAMESAKE)


def imagined(draft: Typing) -> Case:
    """The case as typed so far."""
    parties = tuple(
        Party(
            PartyId(""), each.ref, each.side, each.kind, each.name, sex=each.sex, birth_date=each.birth_date,
            id_number=each.id_number, phone=each.phone, address=each.address, note=each.note,
        )
        for each in draft.parties
        if each.name.strip() or each.id_number.strip()
    )  # fmt: skip
    form = draft.form
    return Case(
        draft.case, form.kind, form.title, form.dispute_type, facts=form.facts, requests=form.requests,
        accepted_on=form.accepted_on, parties=parties, village=draft.village, source_ref=draft.source_ref,
    )  # fmt: skip


def found(desk: Desk, matter: Matter, least: int) -> tuple[Hit, ...]:
    """Everything alike that no person has called different, the likeliest first."""

    def look(connection: Connection) -> tuple[tuple[Matter, ...], tuple[Said, ...]]:
        said = likening.said_about(connection, matter.case) if matter.case else ()
        return likening.candidates(connection, matter), said

    others, said = desk.vault.on_thread(lambda ledger: look(ledger.connection))
    hits = [hit for other in others for hit in alike(matter, other, least) if not denied(said, matter.case, hit)]
    hits.sort(key=lambda hit: (-hit.score, hit.likeness is not Likeness.MATTER, hit.case))
    return tuple(named(desk, replace(hit, judged=confirmed(said, matter.case, hit))) for hit in hits[:SHOWN])


def alike(matter: Matter, other: Matter, least: int) -> Iterator[Hit]:
    """One hit a case: the same matter, else the party that is likeliest the same."""
    whole = compare_matters(matter, other)
    if whole.value >= LIKELY:
        yield hit_of(other, Likeness.MATTER, whole)
        return
    pairs = ((compare(mine, theirs), mine, theirs) for mine in matter.people for theirs in other.people)
    best = max(pairs, key=lambda pair: pair[0].value, default=None)
    if best is not None and best[0].value >= least:
        score, mine, theirs = best
        hit = hit_of(other, Likeness.PERSON, score)
        yield replace(hit, party=mine.party, other_party=theirs.party, name=theirs.name)


def hit_of(other: Matter, likeness: Likeness, score: Score) -> Hit:
    """A hit before the list tells number and title."""
    return Hit(CaseId(other.case), "", "", likeness, score.value, score.reasons)


def named(desk: Desk, hit: Hit) -> Hit:
    """With number and title of the list."""
    row = desk.vault.on_thread(
        lambda ledger: ledger.connection.execute(
            "SELECT number, title FROM case_row WHERE id = ?", (hit.case,)
        ).fetchone()
    )
    return replace(hit, number=row[0], title=row[1]) if row else hit


def last_word(said: tuple[Said, ...], case: str, hit: Hit) -> Said | None:
    """The newest judgement about a hit's pair, on whichever of the two cases it stands."""
    pair = {case, hit.case}
    words = [each for each in said if {each.case, each.other} == pair and each.likeness == hit.likeness.value]
    if hit.likeness is Likeness.PERSON:
        words = [each for each in words if {each.party, each.other_party} == {hit.party, hit.other_party}]
    return words[-1] if words else None


def denied(said: tuple[Said, ...], case: str, hit: Hit) -> bool:
    """True where a person said that they are not the same."""
    word = last_word(said, case, hit)
    return word is not None and not word.same


def confirmed(said: tuple[Said, ...], case: str, hit: Hit) -> bool:
    """True where a person said that they are."""
    word = last_word(said, case, hit)
    return word is not None and word.same


def similar_to(desk: Desk, case_id: CaseId) -> tuple[Kin, ...]:
    """The five nearest past cases with outcome, clauses and why; raises Unacceptable `case.unknown`."""
    opened = known(desk, case_id)
    return kin_of(desk, likening.matter_of(opened.case, opened=opened.entries[0].wall))


def similar_while_typing(desk: Desk, draft: Typing) -> tuple[Kin, ...]:
    """The same for a form that is being filled in."""
    return kin_of(desk, likening.matter_of(imagined(draft), opened=desk.now_ms()))


def kin_of(desk: Desk, matter: Matter) -> tuple[Kin, ...]:
    """Nearest texts first looked up, then weighed one by one; what was called 不像 is left out."""
    sketch = matter.sketch
    corpus, near = desk.vault.on_thread(
        lambda ledger: likening.near_texts(ledger.connection, sketch, limit=KIN_LOOKED_AT)
    )
    said = desk.vault.on_thread(lambda ledger: likening.said_about(ledger.connection, matter.case))
    weighed = [(closeness(sketch, other, corpus), case) for case, other in near if case != matter.case]
    hits = [hit_of(Matter((), sketch, case), Likeness.SIMILAR, Score(k.value, k.reasons)) for k, case in weighed]
    kept = [hit for hit in hits if hit.score >= KIN_LEAST and not denied(said, matter.case, hit)]
    kept.sort(key=lambda hit: (-hit.score, hit.case))
    return tuple(told(desk.vault.case(hit.case).case, hit) for hit in kept[:KIN_SHOWN])


def told(case: Case, hit: Hit) -> Kin:
    """How a past case ended and what was agreed."""
    clauses = tuple(clause.text for clause in case.agreement.clauses) if case.agreement else ()
    return Kin(hit.case, case.number, case.title, hit.score, hit.reasons, case.status.term, clauses)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says about two cases, or about a party of each."""

    other: CaseId
    likeness: Likeness
    same: bool
    party: str = ""
    other_party: str = ""
    reason: str = ""


def judge(desk: Desk, case_id: CaseId, judgement: Judgement) -> None:
    """Keep what a person said; the same matter becomes a link on both cases, and no longer the same takes it away.

    Raises Unacceptable `case.unknown`, `party.unknown`, RefusedByRule `case.read_only`.
    """
    opened, other = writable(desk, case_id), known(desk, judgement.other)
    if judgement.likeness is Likeness.PERSON:
        require_parties(opened.case, other.case, judgement)
    reason = cleaned_text(desk, judgement.reason, "reason")
    fields = {
        "other": judgement.other, "likeness": judgement.likeness.value, "same": judgement.same,
        "party": judgement.party, "other_party": judgement.other_party, "reason": reason,
    }  # fmt: skip
    pen = pen_for(desk, case_id, opened.seen)
    word = pen.write("likeness.judged", id=desk.fresh_id(), fields={k: v for k, v in fields.items() if v != ""})

    def make(_inside: Inside) -> Deed:
        links = link_drafts(desk, opened, other, judgement) if judgement.likeness is Likeness.MATTER else []
        return Deed([word, *links])

    desk.vault.perform(make)


def require_parties(case: Case, other: Case, judgement: Judgement) -> None:
    """Both parties are there; raises Unacceptable `party.unknown`."""
    if case.party(judgement.party) is None or other.party(judgement.other_party) is None:
        raise Unacceptable("party.unknown")


def link_drafts(desk: Desk, opened: Opened, other: Opened, judgement: Judgement) -> list[Draft]:
    """The link of one matter on both cases, or its end; a link that stands is not set twice."""
    drafts: list[Draft] = []
    both = (*same_matter(opened.case, other.case), *same_matter(other.case, opened.case))
    key = LinkId(next(iter(both), desk.fresh_id()))  # one id on both sides, so that either side takes it away
    for here, there, role in ((opened, other, LinkRole.TARGET), (other, opened, LinkRole.ORIGIN)):
        pen, standing = pen_for(desk, here.case.id, here.seen), same_matter(here.case, there.case)
        if judgement.same and not standing:
            drafts.append(link_draft(pen, Link(key, there.case.id, LinkReason.SAME_MATTER, role)))
        elif not judgement.same:
            drafts += [pen.write("link.removed", id=each) for each in standing]
    return drafts


def same_matter(here: Case, there: Case) -> list[LinkId]:
    """The links of 同一事项 that one case has with another."""
    links = (each for each in here.course.links if each.reason is LinkReason.SAME_MATTER)
    return [each.id for each in links if each.other == there.id]
