"""A closed matter that begins again as a new one: both carry the link, the old stays as it was."""

from __future__ import annotations

import pytest

from mediator.casework import links, reopening
from mediator.casework.desk import Desk
from mediator.core.codes import CaseKind, CaseStatus, LinkReason, LinkRole
from mediator.core.fact_making import linked
from mediator.core.life import may_reopen
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_signed_case, archived, case_of, led_to, taken_in

WORDS = {"reason": "对方又来堵路", "approved_by": "王主任"}


def test_a_new_matter_takes_title_parties_and_facts_and_nothing_of_the_course(desk: Desk) -> None:
    old = archived(desk)
    before = case_of(desk, old)
    new = reopening.reopen_as_new(desk, old, **WORDS)
    made, after = case_of(desk, new), case_of(desk, old)
    assert (made.title, made.facts, made.dispute_type) == (before.title, before.facts, before.dispute_type)
    assert [(each.side, each.name, each.ref) for each in made.parties] == [
        (each.side, each.name, each.ref) for each in before.parties
    ]
    assert {each.id for each in made.parties}.isdisjoint(each.id for each in before.parties)
    assert (made.status, made.hearings, made.agreement, made.papers) == (CaseStatus.REGISTERED, (), None, ())
    assert made.number not in ("", before.number)
    assert (after.status, after.agreement, after.moves) == (before.status, before.agreement, before.moves)
    assert [(each.event, each.by) for each in made.course.events] == [("head_approved", "王主任")]


def test_both_carry_one_link_and_the_origin_sees_the_outcome(desk: Desk) -> None:
    old = archived(desk)
    new = reopening.reopen_as_new(desk, old, **WORDS)
    (here,), (there,) = case_of(desk, old).course.links, case_of(desk, new).course.links
    assert (here.id, here.reason, here.note) == (there.id, LinkReason.REOPENED, WORDS["reason"])
    assert (here.role, here.other, there.role, there.other) == (LinkRole.ORIGIN, new, LinkRole.TARGET, old)
    (seen,) = links.outcomes(desk, case_of(desk, old))
    assert (seen.state, seen.number) == ("登记", case_of(desk, new).number)
    assert linked(case_of(desk, old), frozenset({LinkReason.REOPENED}), LinkRole.ORIGIN), "counted as come back"


def test_who_acts_for_whom_stays_among_the_new_parties(desk: Desk) -> None:
    parties = [
        {"ref": "a", "side": "applicant", "kind": "person", "name": "李四"},
        {"ref": "b", "side": "respondent", "kind": "person", "name": "张三"},
        {"ref": "g", "side": "agent", "kind": "person", "name": "王代理", "acts_for": "a", "authorization": "special"},
    ]
    old = led_to(desk, taken_in(desk, a_document(parties=parties)), CaseStatus.WITHDRAWN, CaseStatus.CLOSED)
    new = case_of(desk, reopening.reopen_as_new(desk, old, **WORDS))
    assert [each.acts_for for each in new.parties] == [None, None, new.parties[0].id]


@pytest.mark.parametrize(
    ("states", "words", "code"),
    [
        ((), WORDS, "case.move"),
        ((CaseStatus.PERFORMED, CaseStatus.CLOSED), WORDS | {"reason": " "}, "case.reason"),
        ((CaseStatus.PERFORMED, CaseStatus.CLOSED), WORDS | {"approved_by": ""}, "case.approval"),
        ((CaseStatus.CONCLUDED, CaseStatus.CLOSED), WORDS, "case.concluded"),
    ],
)
def test_what_is_not_at_its_end_or_nobody_approved_is_refused(
    desk: Desk, states: tuple[CaseStatus, ...], words: dict[str, str], code: str
) -> None:
    case = led_to(desk, a_signed_case(desk), *states) if states else a_signed_case(desk)
    before = desk.vault.entry_count()
    with pytest.raises(RefusedByRule) as caught:
        reopening.reopen_as_new(desk, case, **words)
    assert caught.value.code == code
    assert desk.vault.entry_count() == before


def test_a_matter_nobody_knows_is_not_reopened(desk: Desk) -> None:
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        reopening.reopen_as_new(desk, CaseId("f" * 32), **WORDS)


@pytest.mark.parametrize(
    ("status", "mediation", "petition"),
    [
        (CaseStatus.CLOSED, True, True), (CaseStatus.ARCHIVED, True, True), (CaseStatus.BREACHED, True, True),
        (CaseStatus.SIGNED, False, False), (CaseStatus.CONCLUDED, False, False),
    ],
)  # fmt: skip
def test_the_table_of_lives_says_what_begins_again(status: CaseStatus, mediation: bool, petition: bool) -> None:
    assert may_reopen(status, CaseKind.PEOPLE_MEDIATION) is mediation
    assert may_reopen(status, CaseKind.PETITION) is petition
