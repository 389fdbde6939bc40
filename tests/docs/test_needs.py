"""A paper that needs what the case does not have: refused and the place named, or a rule for the pen; never blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import pytest

from mediator.core.records import Agreement, Case
from mediator.docs.catalogue import KINDS
from mediator.docs.elements import W
from mediator.docs.finished_word import WordFile
from mediator.docs.needs import FOUNDATIONS, missing
from mediator.errors import RefusedByRule
from tests.docs.papers import a_case, a_paper

PAIRS: Final = [(kind, need) for kind, info in KINDS.items() for need in info.needs]


def with_agreement(case: Case, change: Callable[[Agreement], Agreement]) -> Case:
    """The case with its agreement changed."""
    assert case.agreement is not None
    return replace(case, agreement=change(case.agreement))


WITHOUT: Final[Mapping[str, Callable[[Case], Case]]] = {
    "organization": lambda case: replace(case, organization=""),
    "parties": lambda case: replace(case, parties=()),
    "facts": lambda case: replace(case, facts=""),
    "requests": lambda case: replace(case, requests=""),
    "dispute_type": lambda case: replace(case, dispute_type=""),
    "accepted_on": lambda case: replace(case, accepted_on=None),
    "hearings.turns": lambda case: replace(case, hearings=(replace(case.hearings[0], turns=()),)),
    "hearings.mediators": lambda case: replace(case, hearings=(replace(case.hearings[0], mediators=()),)),
    "agreement.clauses": lambda case: with_agreement(case, lambda found: replace(found, clauses=())),
    "agreement.obligations": lambda case: with_agreement(case, lambda found: replace(found, obligations=())),
    "agreement.signed_on": lambda case: with_agreement(case, lambda found: replace(found, signed_on=None)),
    "payments": lambda case: replace(case, payments=()),
    "follow_ups": lambda case: replace(case, follow_ups=()),
}


@pytest.mark.threat("T34")
@pytest.mark.parametrize(("kind", "need"), PAIRS)
def test_each_need_of_each_kind_is_missed_by_name(kind: str, need: str) -> None:
    assert missing(KINDS[kind].needs, a_case()) == ()
    assert need in missing(KINDS[kind].needs, WITHOUT[need](a_case()))


@pytest.mark.threat("T34")
@pytest.mark.parametrize(("kind", "need"), [pair for pair in PAIRS if pair[1] in FOUNDATIONS])
def test_a_paper_without_its_substance_is_refused_and_the_place_named(kind: str, need: str) -> None:
    with pytest.raises(RefusedByRule) as caught:
        a_paper(kind, WITHOUT[need](a_case()))
    assert (caught.value.code, caught.value.where) == ("document.needs", need)


@pytest.mark.parametrize(("kind", "need"), [pair for pair in PAIRS if pair[1] in FOUNDATIONS])
def test_a_draft_may_be_looked_at_before_it_is_whole(kind: str, need: str) -> None:
    assert a_paper(kind, WITHOUT[need](a_case()), draft=True).pages >= 1


def gaps(case: Case, kind: str) -> int:
    """Ruled gaps, rules to sign and empty boxes of a form: the places where a pen may write."""
    body = WordFile(a_paper(kind, case).files["docx"]).body
    boxes = [cell for cell in body.iter(f"{W}tc") if not "".join(node.text or "" for node in cell.iter(f"{W}t"))]
    ruled = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}u") is not None]
    return len(boxes) + len(ruled)


@pytest.mark.threat("T34")
@pytest.mark.parametrize(
    ("kind", "need"),
    [pair for pair in PAIRS if pair[1] in {"dispute_type", "accepted_on", "agreement.signed_on", "hearings.mediators"}],
)
def test_what_may_be_filled_in_by_hand_shows_as_a_place_for_the_pen(kind: str, need: str) -> None:
    case = WITHOUT[need](a_case())
    named = "".join(WordFile(a_paper(kind, case).files["docx"]).paragraphs)
    assert gaps(case, kind) > gaps(a_case(), kind) or "人民调解员（签名）：" in named


def test_every_need_a_form_names_is_a_place_in_the_record() -> None:
    assert {need for _, need in PAIRS} == set(WITHOUT)


def test_a_list_meets_a_need_when_one_of_its_members_does() -> None:
    case = a_case()
    silent = replace(case.hearings[0], turns=())
    assert missing(["hearings.turns"], replace(case, hearings=(silent, case.hearings[0]))) == ()
    assert missing(["hearings.turns", "no_such_field"], replace(case, hearings=(silent,))) == (
        "hearings.turns", "no_such_field",
    )  # fmt: skip
