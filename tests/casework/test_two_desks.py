"""Two desks at once on one matter: links, reviews, answers and changes come out alike whatever is carried first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest

from mediator.casework import intake, likeness, links, opening, performance, performing, reviewing
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.likeness import Judgement
from mediator.casework.links import LinkForm
from mediator.casework.performing import AmendmentForm
from mediator.casework.reviewing import SatisfactionForm
from mediator.core.codes import CaseStatus, Likeness, LinkReason, LinkRole, Satisfied, SatisfiedWith
from mediator.core.money import Fen
from mediator.core.performing import SUPPLEMENT, obligations_now
from mediator.core.records import CaseId
from mediator.core.reviewing import ReviewStep, next_step, round_done
from mediator.errors import RefusedByRule
from mediator.journal.entry import Entry, StreamId
from tests.casework.desks import a_desk, a_document, a_signed_case, a_workshop, case_of, led_to, taken_in

TODAY = date(2026, 3, 9)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The second computer of the room."""
    made = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    yield made
    opening.lock(made)


def carry(first: Desk, second: Desk, cases: tuple[CaseId, ...], dice: Random) -> None:
    """Each gets what the other has, stream by stream and piece by piece, in an order of chance."""
    loads: list[tuple[Desk, list[Entry]]] = []
    for case in cases:
        here, there = (list(each.vault.stream(StreamId(case))) for each in (first, second))
        loads += [(second, here[:cut]) for cut in (dice.randint(0, len(here)), len(here))]
        loads += [(first, there[:cut]) for cut in (dice.randint(0, len(there)), len(there))]
    dice.shuffle(loads)
    for desk, entries in loads:
        if entries:
            desk.vault.absorb(entries)


def agree(first: Desk, second: Desk, cases: tuple[CaseId, ...]) -> None:
    """Both hold the same course of every case."""
    for case in cases:
        assert case_of(first, case).course == case_of(second, case).course


def symmetric(desk: Desk, cases: tuple[CaseId, ...]) -> None:
    """Every link stands on both matters: one id, one reason, opposite roles."""
    ends = {
        (each.id, case, each.other, each.reason, each.role)
        for case in cases
        for each in case_of(desk, case).course.links
    }
    turned = {LinkRole.ORIGIN: LinkRole.TARGET, LinkRole.TARGET: LinkRole.ORIGIN}
    assert ends == {(key, there, here, reason, turned[role]) for key, here, there, reason, role in ends}


def some_link(desk: Desk, cases: tuple[CaseId, ...], dice: Random) -> None:
    """A link set, taken away or judged, as a clerk might; a link that stands already is refused."""
    one, two = dice.sample(cases, 2)
    standing = case_of(desk, one).course.links
    deeds: list[Callable[[], object]] = [
        lambda: links.link(desk, one, LinkForm(two, dice.choice([LinkReason.JOINT, LinkReason.SAME_MATTER]))),
        lambda: likeness.judge(desk, one, Judgement(two, Likeness.MATTER, same=dice.random() < 0.7)),
    ]
    if standing:
        deeds.append(lambda: links.unlink(desk, one, dice.choice(standing).id, reason="关联错了"))
    with suppress(RefusedByRule):
        dice.choice(deeds)()


@pytest.mark.parametrize("seed", range(6))
def test_links_stay_symmetric_whatever_two_desks_do_and_whatever_is_carried_first(
    desk: Desk, other: Desk, seed: int
) -> None:
    dice = Random(seed)
    cases = tuple(taken_in(desk, a_document(title=f"事项{n}")) for n in range(3))
    carry(desk, other, cases, dice)
    for _ in range(3):
        for each in (desk, other):
            for _ in range(3):
                some_link(each, cases, dice)
            symmetric(each, cases)
        carry(desk, other, cases, dice)
        agree(desk, other, cases)
        symmetric(desk, cases)


def test_the_same_link_set_at_both_desks_is_taken_away_one_by_one(desk: Desk, other: Desk) -> None:
    cases = (taken_in(desk, a_document()), taken_in(desk, a_document(kind="petition")))
    carry(desk, other, cases, Random(1))
    for each in (desk, other):
        links.link(each, cases[0], LinkForm(cases[1], LinkReason.JOINT))
    carry(desk, other, cases, Random(2))
    for left in (1, 0):
        links.unlink(other, cases[1], case_of(other, cases[1]).course.links[0].id, reason="重复")
        assert [len(case_of(other, each).course.links) for each in cases] == [left, left]
    carry(desk, other, cases, Random(3))
    assert case_of(desk, cases[0]).course.links == ()


def test_a_judgement_s_link_is_one_link_that_either_side_takes_away(desk: Desk) -> None:
    cases = (taken_in(desk, a_document()), taken_in(desk, a_document()))
    likeness.judge(desk, cases[0], Judgement(cases[1], Likeness.MATTER, same=True))
    (link,) = case_of(desk, cases[1]).course.links
    links.unlink(desk, cases[1], link.id, reason="不是一件事")
    assert [case_of(desk, each).course.links for each in cases] == [(), ()]


def test_answers_of_both_desks_are_kept(desk: Desk, other: Desk) -> None:
    case = (a_signed_case(desk),)
    carry(desk, other, case, Random(1))
    for each, answer in ((desk, Satisfied.SATISFIED), (other, Satisfied.DISSATISFIED)):
        form = SatisfactionForm(SatisfiedWith.BODY, answer, TODAY, "李四", "周监督")
        reviewing.record_satisfaction(each, case[0], form)
    carry(desk, other, case, Random(2))
    agree(desk, other, case)
    answers = {each.answer for each in case_of(desk, case[0]).course.satisfactions}
    assert answers == {Satisfied.SATISFIED, Satisfied.DISSATISFIED}


@pytest.mark.parametrize("seed", range(3))
def test_reviews_of_both_desks_come_to_one_next_step_and_skip_none(desk: Desk, other: Desk, seed: int) -> None:
    case = (taken_in(desk, a_document(kind="petition")),)
    led_to(desk, case[0], CaseStatus.JUDGED, CaseStatus.ACCEPTED, CaseStatus.HANDLING)
    carry(desk, other, case, Random(seed))
    for step in ReviewStep:
        reviewing.review(desk, case[0], step, text="属实。")
    reviewing.review(other, case[0], ReviewStep.INVESTIGATED, text="不属实。")
    carry(desk, other, case, Random(seed + 9))
    agree(desk, other, case)
    folded = case_of(desk, case[0])
    assert len(folded.course.events) == 4
    if not round_done(folded):
        with pytest.raises(RefusedByRule, match=r"case\.review"):
            intake.move(other, case[0], CaseStatus.ANSWERED)
        for step in list(ReviewStep)[list(ReviewStep).index(next_step(folded)) :]:
            reviewing.review(other, case[0], step, text="核对后一致。")
    intake.move(other, case[0], CaseStatus.ANSWERED)


def test_two_changes_of_one_day_are_kept_and_told_as_contested(desk: Desk, other: Desk) -> None:
    case = (a_signed_case(desk),)
    paper = {"kind": SUPPLEMENT, "number": "补1", "title": "补充协议", "pages": 1}
    desk.vault.append([pen_for(desk, case[0]).write("document.issued", id="d1" * 16, files=[], **paper)])
    carry(desk, other, case, Random(1))
    (owed,) = obligations_now(case_of(desk, case[0]))
    for each, amount in ((desk, 250_000), (other, 200_000)):
        performing.amend(each, case[0], AmendmentForm(owed.signed.id, TODAY, "补1", amount=Fen(amount)))
        assert not performance.sight_of(each, case[0]).duties[0].owed.contested
    carry(desk, other, case, Random(2))
    agree(desk, other, case)
    for each in (desk, other):
        (duty,) = performance.sight_of(each, case[0]).duties
        assert duty.owed.contested
        assert {change.amount for change in duty.owed.changes} == {250_000, 200_000}
    wrong = next(each for each in case_of(other, case[0]).course.amendments if each.amount == 200_000)
    performing.void_amendment(other, case[0], wrong.id, reason="补充协议写的是2,500元")
    carry(desk, other, case, Random(3))
    (owed,) = obligations_now(case_of(desk, case[0]))
    assert (owed.contested, owed.now.amount) == (False, 250_000)
