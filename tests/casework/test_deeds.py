"""Every deed on a case: refused where the case is foreign, closed, archived or signed, and never half done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from mediator.casework import (
    agreement,
    conflicts,
    hearing,
    hearing_course,
    hearing_signing,
    intake,
    notes,
    opening,
    passing,
    performing,
    printing,
    reading,
)
from mediator.casework.agreement import Instalments, ObligationForm
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.hearing_signing import Answer, Signer
from mediator.casework.intake import PartyForm
from mediator.casework.performing import FollowUpForm
from mediator.core.codes import CaseStatus, Side
from mediator.core.money import Fen
from mediator.core.records import CaseId, ClauseId, HearingId, ObligationId, PartyId, PaymentId, TurnId
from mediator.core.sittings import SignWay
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.sittings import record_digest
from tests.casework.desks import a_desk, a_document, a_hearing, a_signed_case, an_agreement, archived, case_of, taken_in
from tests.journal.list_journal import Writer
from tests.journal.test_hostile import with_body

NOBODY = "f" * 32
DAY = date(2026, 3, 9)
Args = tuple[Desk, CaseId]


@dataclass(frozen=True)
class Ids:
    """Ids of one thing of each sort in a case."""

    party: PartyId
    hearing: HearingId
    turn: TurnId
    clause: ClauseId
    obligation: ObligationId
    payment: PaymentId


STRANGE = Ids(
    PartyId(NOBODY), HearingId(NOBODY), TurnId(NOBODY), ClauseId(NOBODY), ObligationId(NOBODY), PaymentId(NOBODY)
)  # fmt: skip
Deed = Callable[[Desk, CaseId, Ids], object]
PAY = ObligationForm(payer="甲", payee="乙", amount=Fen(100))
LI = Signer("李四", "申请人")


def on_paper(ids: Ids) -> Answer:
    """A signature on paper under a record of one turn."""
    return Answer(LI, SignWay.PAPER, record_digest([(ids.turn, "甲", "话。")]))


DRAFTING: Mapping[str, Deed] = {
    "save_agreement": lambda d, c, _: agreement.save_agreement(d, c, {}, {"place": "村委会"}),
    "add_clause": lambda d, c, _: agreement.add_clause(d, c, {}, text="新"),
    "save_clause": lambda d, c, i: agreement.save_clause(d, c, {}, clause=i.clause, text="新"),
    "remove_clause": lambda d, c, i: agreement.remove_clause(d, c, {}, clause=i.clause),
    "order_clauses": lambda d, c, i: agreement.order_clauses(d, c, {}, order=[i.clause]),
    "add_obligation": lambda d, c, _: agreement.add_obligation(d, c, {}, PAY),
    "save_obligation": lambda d, c, i: agreement.save_obligation(d, c, {}, obligation=i.obligation, fields={}),
    "remove_obligation": lambda d, c, i: agreement.remove_obligation(d, c, {}, obligation=i.obligation),
    "split_instalments": lambda d, c, _: agreement.split_instalments(
        d, c, {}, form=PAY, plan=Instalments(Fen(100), (DAY,))
    ),
    "sign": lambda d, c, _: agreement.sign(d, c, DAY, reason="双方要求照此签订"),
    "remove_party": lambda d, c, i: intake.remove_party(d, c, i.party, {}),
}
WRITING: Mapping[str, Deed] = {
    **DRAFTING,
    "save_case": lambda d, c, _: intake.save_case(d, c, {}, {"title": "新"}),
    "add_party": lambda d, c, _: intake.add_party(d, c, {}, PartyForm(Side.WITNESS, "丙")),
    "save_party": lambda d, c, i: intake.save_party(d, c, i.party, {}, {"note": "新"}),
    "open_hearing": lambda d, c, _: hearing.open_hearing(d, c, HearingForm()),
    "save_hearing": lambda d, c, i: hearing.save_hearing(d, c, i.hearing, form=HearingForm(place="新")),
    "record_turn": lambda d, c, i: hearing.record_turn(d, c, i.hearing, speaker="甲", text="话。"),
    "correct_turn": lambda d, c, i: hearing.correct_turn(d, c, i.hearing, turn=i.turn, text="改。"),
    "tick_script": lambda d, c, i: hearing.tick_script(d, c, i.hearing, done=[hearing.SCRIPT[0].id]),
    "rest_or_go_on": lambda d, c, i: hearing_course.rest_or_go_on(d, c, i.hearing),
    "mark_turn": lambda d, c, i: hearing_course.mark_turn(d, c, i.hearing, turn=i.turn, marked=True),
    "initial": lambda d, c, i: hearing_signing.initial(d, c, i.hearing, shown=[(i.turn, "甲", "话。")], by=LI),
    "answer": lambda d, c, i: hearing_signing.answer(d, c, i.hearing, on_paper(i)),
    "add_note": lambda d, c, _: notes.add_note(d, c, "自己看的。"),
    "close_hearing": lambda d, c, i: hearing.close_hearing(d, c, i.hearing),
    "record_payment": lambda d, c, i: performing.record_payment(d, c, i.obligation, amount=Fen(1), paid_on=DAY),
    "void_payment": lambda d, c, i: performing.void_payment(d, c, i.payment, reason="录错"),
    "pass_over": lambda d, c, _: passing.pass_over(d, c, "V03", reason="当事人没有带证件"),
    "record_follow_up": lambda d, c, _: performing.record_follow_up(d, c, FollowUpForm(DAY)),
}
ANY: Mapping[str, Deed] = {
    **WRITING,
    "move": lambda d, c, _: intake.move(d, c, CaseStatus.TRANSFERRED, "移送"),
    "accept": lambda d, c, _: intake.accept(d, c),
    "choose": lambda d, c, _: conflicts.choose(d, c, "case", "title", value="新", reason=""),
    "preview": lambda d, c, _: printing.preview(d, c, "application"),
    "make": lambda d, c, _: printing.make(d, c, ["application"], formats=("pdf",), out=Path("/"), draft=True),
    "reprint": lambda d, c, _: printing.reprint(d, c, "号", out=Path("/")),
    "reread": lambda d, c, _: reading.reread(d, c),
}
IN_A_SITTING = (
    "save_hearing", "record_turn", "correct_turn", "tick_script", "close_hearing", "rest_or_go_on", "mark_turn",
    "initial",
)  # fmt: skip
IN_SOMETHING = {
    "save_party": "party.unknown", "remove_party": "party.unknown", "save_clause": "clause.unknown",
    "remove_clause": "clause.unknown", "order_clauses": "clause.order", "save_obligation": "obligation.unknown",
    "remove_obligation": "obligation.unknown", "record_payment": "obligation.unknown",
    "void_payment": "payment.unknown", "answer": "hearing.unknown", **dict.fromkeys(IN_A_SITTING, "hearing.unknown"),
}  # fmt: skip


def ids_of(desk: Desk, case_id: CaseId) -> Ids:
    """The first thing of each sort in a case that has all of them."""
    case = case_of(desk, case_id)
    assert case.agreement is not None
    sitting = next(each for each in case.hearings if not each.closed)
    return Ids(
        case.parties[0].id, sitting.id, sitting.turns[0].id, case.agreement.clauses[0].id,
        case.agreement.obligations[0].id, case.payments[0].id if case.payments else PaymentId(NOBODY),
    )  # fmt: skip


def a_case_with_everything(desk: Desk) -> tuple[CaseId, Ids]:
    """A draft agreement with a clause, an obligation that was paid on, and an open sitting with a turn."""
    document = a_document(hearings=[a_hearing()], agreement=an_agreement(signed_on="2026-03-05"))
    case_id = taken_in(desk, document)
    sitting = hearing.open_hearing(desk, case_id, HearingForm())
    hearing.record_turn(desk, case_id, sitting, speaker="甲", text="话。")
    obligation = ids_of(desk, case_id).obligation
    performing.record_payment(desk, case_id, obligation, amount=Fen(1), paid_on=DAY)
    return case_id, ids_of(desk, case_id)


def refused(desk: Desk, deed: Deed, case_id: CaseId, ids: Ids) -> MediatorError:
    """The refusal of a deed, which left not one entry."""
    before = desk.vault.entry_count()
    with pytest.raises((RefusedByRule, Unacceptable)) as caught:
        deed(desk, case_id, ids)
    assert desk.vault.entry_count() == before
    return caught.value


@pytest.mark.parametrize("name", ANY)
def test_a_case_that_nobody_knows_is_named_by_every_deed(desk: Desk, name: str) -> None:
    error = refused(desk, ANY[name], CaseId(NOBODY), STRANGE)
    assert (error.code, error.where) == ("case.unknown", NOBODY)


@pytest.mark.parametrize("name", IN_SOMETHING)
def test_a_deed_on_something_that_is_not_in_the_case_is_refused(desk: Desk, name: str) -> None:
    case_id, _ = a_case_with_everything(desk)
    assert refused(desk, WRITING[name], case_id, STRANGE).code == IN_SOMETHING[name]


@pytest.mark.parametrize("name", WRITING)
def test_nothing_is_written_in_an_archived_case(desk: Desk, name: str) -> None:
    assert refused(desk, WRITING[name], archived(desk), STRANGE).code == "case.read_only"


def from_a_newer_program(desk: Desk, case_id: CaseId) -> None:
    """An entry of another desk that must be understood and is not (`x` = 1)."""
    entry = Writer("新").write(StreamId(case_id), "case.set", {"fields": {}})
    assert entry.body is not None
    desk.vault.absorb([with_body(entry, entry.body, k="weather.noted", x=1)])


@pytest.mark.parametrize("name", [name for name in WRITING if name != "record_turn"])
def test_what_this_program_does_not_understand_is_not_written_over(desk: Desk, name: str) -> None:
    case_id, ids = a_case_with_everything(desk)
    from_a_newer_program(desk, case_id)
    assert refused(desk, WRITING[name], case_id, ids).code == "case.newer"


def test_a_hearing_goes_on_whatever_a_newer_program_wrote(desk: Desk) -> None:
    case_id, ids = a_case_with_everything(desk)
    from_a_newer_program(desk, case_id)
    hearing.record_turn(desk, case_id, ids.hearing, speaker="甲", text="接着说。")
    assert case_of(desk, case_id).hearings[-1].turns[-1].text == "接着说。"


@pytest.mark.parametrize("name", DRAFTING)
def test_nothing_of_a_signed_agreement_is_changed(desk: Desk, name: str) -> None:
    case_id = a_signed_case(desk)
    case = case_of(desk, case_id)
    assert case.agreement is not None
    ids = replace(
        STRANGE, party=case.parties[0].id, clause=case.agreement.clauses[0].id,
        obligation=case.agreement.obligations[0].id,
    )  # fmt: skip
    assert refused(desk, DRAFTING[name], case_id, ids).code == "agreement.frozen"


@pytest.mark.parametrize("name", IN_A_SITTING)
def test_nothing_is_written_into_a_record_that_was_closed(desk: Desk, name: str) -> None:
    case_id, ids = a_case_with_everything(desk)
    hearing.close_hearing(desk, case_id, ids.hearing)
    assert refused(desk, WRITING[name], case_id, ids).code == "hearing.closed"


def ready(desk: Desk, name: str) -> tuple[CaseId, Ids]:
    """A case in which this deed is allowed."""
    case_id, ids = a_case_with_everything(desk)
    if name == "sign":
        intake.move(desk, case_id, CaseStatus.AGREED)
    return case_id, ids


def entries_of(desk: Desk, name: str) -> int:
    """How many entries a deed writes."""
    case_id, ids = ready(desk, name)
    before = desk.vault.entry_count()
    ANY[name](desk, case_id, ids)
    return desk.vault.entry_count() - before


def run(desk: Desk, statement: str) -> None:
    """A statement on the vault's own connection."""
    desk.vault.on_thread(lambda ledger: ledger.connection.execute(statement).fetchall())


@pytest.mark.parametrize("name", [*WRITING, "move"])
def test_a_deed_refused_at_its_last_entry_leaves_nothing_and_works_once_there_is_room(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    rehearsal = a_desk(tmp_path / "rehearsal")
    count = entries_of(rehearsal, name)
    opening.lock(rehearsal)
    case_id, ids = ready(desk, name)
    before, whole = desk.vault.entry_count(), case_of(desk, case_id)
    run(
        desk,
        f"CREATE TEMP TRIGGER full BEFORE INSERT ON journal WHEN NEW.n >= {before + count}"
        " BEGIN SELECT RAISE(ABORT, 'no room here'); END",
    )
    with pytest.raises(Exception, match="no room here"):
        ANY[name](desk, case_id, ids)
    assert (desk.vault.entry_count(), case_of(desk, case_id)) == (before, whole)
    run(desk, "DROP TRIGGER full")
    ANY[name](desk, case_id, ids)
    assert desk.vault.entry_count() == before + count
    assert opening.check(desk, full=True).ok


@pytest.mark.parametrize("name", [*WRITING, "move"])
def test_a_locked_vault_takes_no_deed(desk: Desk, name: str) -> None:
    case_id, ids = a_case_with_everything(desk)
    opening.lock(desk)
    with pytest.raises(MediatorError, match=r"vault\.closed"):
        ANY[name](desk, case_id, ids)
