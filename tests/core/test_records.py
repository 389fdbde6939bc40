"""A case answers for its parties and says when its agreement is in force."""

from __future__ import annotations

from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.records import Agreement, Case, CaseId, Clause, ClauseId, Obligation, ObligationId, Party, PartyId


def party(key: str, ref: str, side: Side) -> Party:
    """One party."""
    return Party(PartyId(key * 32), ref, side, PartyKind.PERSON, ref)


def test_parties_are_found_by_side_ref_and_id() -> None:
    one, two, three = party("1", "a", Side.APPLICANT), party("2", "b", Side.RESPONDENT), party("3", "c", Side.APPLICANT)
    case = Case(CaseId("ab" * 16), CaseKind.SETTLEMENT, "", "", parties=(one, two, three))
    assert case.on_side(Side.APPLICANT) == (one, three)
    assert case.on_side(Side.WITNESS) == ()
    assert (case.party("b"), case.party("3" * 32), case.party("d")) == (two, three, None)


def test_an_agreement_is_in_force_once_something_pins_its_content() -> None:
    assert not Agreement().is_signed
    assert Agreement(digest="ab" * 32).is_signed


def test_a_case_without_an_agreement_has_no_clauses_and_nothing_owed() -> None:
    clause, owed = Clause(ClauseId("1"), "双方互谅。"), Obligation(ObligationId("2"), "张三", "李四")
    bare = Case(CaseId("ab" * 16), CaseKind.SETTLEMENT, "", "")
    agreed = Case(
        CaseId("ab" * 16), CaseKind.SETTLEMENT, "", "", agreement=Agreement(clauses=(clause,), obligations=(owed,))
    )
    assert (bare.clauses, bare.obligations) == ((), ())
    assert (agreed.clauses, agreed.obligations) == ((clause,), (owed,))
