"""A record is laid before people: page by page with initials, at the end with signatures, refusals with their reason.

Every word of theirs is bound to what they were shown; whoever's screen is older than the record is asked to look again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.guards import going_on, hearing_of, known
from mediator.casework.hearing import open_record
from mediator.casework.texts import cleaned_text
from mediator.core.codes import Side
from mediator.core.records import Case, CaseId, Hearing, HearingId, PartyId
from mediator.core.sittings import RecordSignature, SignWay, Strokes
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.checks import is_strokes
from mediator.journal.sittings import Said, pinned, record_digest
from mediator.store.appending import Changes

SIDES: Final = (
    Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY, Side.AGENT, Side.GUARDIAN, Side.INVITED, Side.WITNESS,
)  # fmt: skip
# A pen that only touched the field has written nothing; the shortest name has more points than this.
FEWEST_POINTS: Final = 4


@dataclass(frozen=True, slots=True)
class Signer:
    """One who was there and signs; `party` is empty for mediators and the recorder."""

    name: str
    role: str
    party: PartyId | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody does with the record of this digest: signs it on the field, on paper, or refuses and says why."""

    signer: Signer
    way: SignWay
    digest: str
    strokes: Strokes = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A record as it is laid before people: who is asked, and the digest their answers are bound to."""

    case: Case
    hearing: Hearing
    digest: str


def lay_before(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Laid:
    """The record as it stands on disk; a digest over thousands of turns is no work for the screen's thread."""
    opened = known(desk, case_id)
    hearing = hearing_of(opened, hearing_id)
    return Laid(opened.case, hearing, digest_of(hearing))


def signers_of(case: Case, hearing: Hearing) -> tuple[Signer, ...]:
    """Everybody who was there, parties first; a name that was absent signs nothing, a mediator who wrote signs once."""
    found: dict[str, Signer] = {}
    for each in _all(case, hearing):
        if each.name not in hearing.absent:
            found.setdefault(each.party or each.name, each)
    return tuple(found.values())


def _all(case: Case, hearing: Hearing) -> Iterator[Signer]:
    for side in SIDES:
        for party in case.on_side(side):
            yield Signer(party.name, party.role_as_given or side.term, party.id)
    for name in hearing.mediators:
        yield Signer(name, "调解员")
    if hearing.recorder and hearing.recorder not in hearing.mediators:
        yield Signer(hearing.recorder, "记录人")


def answer_of(hearing: Hearing, signer: Signer) -> RecordSignature | None:
    """What this signer answered last."""
    mine = (each for each in hearing.signatures if (each.party or each.signer) == (signer.party or signer.name))
    return next(mine, None)


def digest_of(hearing: Hearing) -> str:
    """The record as it would be signed now."""
    return record_digest(pinned(hearing.turns))


def initial(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, shown: Sequence[Said], by: Signer) -> Changes:
    """Somebody's word that these turns were read to him as shown and are right.

    Raises RefusedByRule `hearing.closed`, `hearing.changed`, Unacceptable `hearing.no_signer`, `hearing.no_words`.
    """
    pen, hearing = open_record(desk, case_id, hearing_id)
    name = named(desk, by)
    if not shown:
        raise Unacceptable("hearing.no_words")
    standing = set(pinned(hearing.turns))
    if not standing.issuperset(shown):
        raise RefusedByRule("hearing.changed")
    draft = pen.write(
        "hearing.read", hearing=hearing_id, by=name, party=by.party, turns=[row[0] for row in shown],
        digest=record_digest(shown), at=pen.wall,
    )  # fmt: skip
    return desk.vault.append([draft])


def answer(desk: Desk, case_id: CaseId, hearing_id: HearingId, given: Answer) -> Changes:
    """Keep how somebody answered to a record, open or closed.

    Raises RefusedByRule `hearing.changed`, Unacceptable `hearing.no_signer`, `hearing.no_words`, `hearing.no_strokes`,
    `hearing.strokes`, `hearing.no_reason`.
    """
    opened = going_on(desk, case_id)
    hearing = hearing_of(opened, hearing_id)
    name, reason = named(desk, given.signer), cleaned_text(desk, given.reason, "reason").strip()
    if not pinned(hearing.turns):
        raise Unacceptable("hearing.no_words")
    if given.digest != digest_of(hearing):
        raise RefusedByRule("hearing.changed")
    strokes = drawn(given)
    if given.way is SignWay.REFUSED and not reason:
        raise Unacceptable("hearing.no_reason")
    pen = pen_for(desk, case_id, opened.seen)
    draft = pen.write(
        "hearing.signed", hearing=hearing_id, signer=name, party=given.signer.party, way=given.way.value,
        digest=given.digest, strokes=strokes, reason=reason, at=pen.wall,
    )  # fmt: skip
    return desk.vault.append([draft])


def named(desk: Desk, signer: Signer) -> str:
    """The signer's name as it is kept; raises Unacceptable `hearing.no_signer`."""
    name = cleaned_text(desk, signer.name, "signer").strip()
    if not name:
        raise Unacceptable("hearing.no_signer")
    return name


def drawn(given: Answer) -> list[list[list[int]]]:
    """Strokes as the entry holds them, none for another way; raises Unacceptable `hearing.no_strokes`, `.strokes`."""
    if given.way is not SignWay.STROKES:
        return []
    strokes = [[list(point) for point in stroke] for stroke in given.strokes]
    if sum(map(len, strokes)) < FEWEST_POINTS:
        raise Unacceptable("hearing.no_strokes")
    if not is_strokes(strokes):
        raise Unacceptable("hearing.strokes")
    return strokes
