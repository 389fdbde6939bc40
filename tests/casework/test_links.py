"""Links stand on both matters or on none, and the origin sees what became of the target."""

from __future__ import annotations

import pytest

from mediator.casework import intake, links
from mediator.casework.desk import Desk
from mediator.casework.links import LinkForm
from mediator.core.codes import CaseStatus, LinkReason, LinkRole
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, case_of, taken_in

REASON = LinkReason.PETITION_TO_MEDIATION


@pytest.fixture
def two(desk: Desk) -> tuple[CaseId, CaseId]:
    """A petition that was linked to a mediation."""
    petition, mediation = taken_in(desk, a_document(kind="petition")), taken_in(desk, a_document())
    links.link(desk, petition, LinkForm(mediation, REASON, "移交调解门诊"))
    return petition, mediation


def test_a_link_stands_on_both_matters_with_opposite_roles(desk: Desk, two: tuple[CaseId, CaseId]) -> None:
    (here,), (there,) = (case_of(desk, each).course.links for each in two)
    assert (here.id, here.reason, here.note) == (there.id, there.reason, there.note)
    assert (here.other, there.other) == (two[1], two[0])
    assert (here.role, there.role) == (LinkRole.ORIGIN, LinkRole.TARGET)


def test_the_origin_sees_what_became_of_the_target(desk: Desk, two: tuple[CaseId, CaseId]) -> None:
    intake.move(desk, two[1], CaseStatus.WITHDRAWN)
    (seen,) = links.outcomes(desk, case_of(desk, two[0]))
    assert (seen.state, seen.number) == ("撤回", case_of(desk, two[1]).number)


def test_a_link_is_taken_away_on_both_sides_and_may_be_set_again(desk: Desk, two: tuple[CaseId, CaseId]) -> None:
    (made,) = case_of(desk, two[0]).course.links
    with pytest.raises(RefusedByRule, match=r"link\.reason"):
        links.unlink(desk, two[1], made.id, reason=" ")
    links.unlink(desk, two[1], made.id, reason="关联错了")
    assert [case_of(desk, each).course.links for each in two] == [(), ()]
    links.link(desk, two[0], LinkForm(two[1], REASON))
    assert [len(case_of(desk, each).course.links) for each in two] == [1, 1]


def test_what_makes_no_sense_is_refused(desk: Desk, two: tuple[CaseId, CaseId]) -> None:
    before = desk.vault.entry_count()
    for other, code in ((two[0], "link.self"), (two[1], "link.twice"), (CaseId("f" * 32), "case.unknown")):
        with pytest.raises((RefusedByRule, Unacceptable)) as caught:
            links.link(desk, two[0], LinkForm(other, REASON))
        assert caught.value.code == code
    with pytest.raises(Unacceptable, match=r"link\.unknown"):
        links.unlink(desk, two[0], "f" * 32, reason="错")
    assert desk.vault.entry_count() == before
