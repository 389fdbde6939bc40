"""Two persons erase lawfully, what remains is told, and a backup that comes back shows nothing before it has heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import erasing, exchange, intake, listening, opening, printing, reading
from mediator.casework.county import Exchanged
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm
from mediator.core.codes import PartyKind, Side
from mediator.core.erasures import ErasureGround
from mediator.core.records import CaseId
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.erasures import CASE_ERASED, DONE, ERASED, targets_of
from mediator.store.tapes import tape_path
from sync.center.county import Center
from sync.center.enrollment import join, make_code
from sync.center.erasing import listed
from sync.session.exchange import exchange as exchanged
from sync.session.exchange import keep_membership
from sync.session.joining import JoinRequest, proof_of, read_answer
from tests.casework.desks import PASSWORD, a_desk, a_signed_case, a_workshop, case_of
from tests.casework.tapes import recorded
from tests.casework.test_exchange import Door
from tests.journal.list_journal import Writer
from tests.sync.center.real import TOWNSHIP, real_center
from tests.sync.center.test_exchange import Line

OTHER = "石桥下的流水 77 声"
SECOND = ("wang", OTHER)
GROUND = ErasureGround.CONSENT_WITHDRAWN
NAME = "诸葛守拙"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A vault of two users."""
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    return desk


def a_case(desk: Desk) -> tuple[CaseId, str]:
    """A case that was typed in, with a party; the party's id."""
    opened = CaseForm(title="借款", dispute_type="contract", facts=f"{NAME}借款未还。")
    case = intake.open_case(desk, opened)
    form = PartyForm(name=NAME, side=Side.APPLICANT, kind=PartyKind.PERSON, phone="13957800322")
    return case, intake.add_party(desk, case, desk.vault.case(case).seen, form)


def kinds(desk: Desk, case: CaseId) -> list[str]:
    """What was written in a case, in order."""
    return [entry.kind for entry in desk.vault.case(case).entries]


@pytest.mark.threat("T68")
def test_two_persons_erase_a_party_and_are_told_where_the_name_still_stands(two: Desk) -> None:
    case, party = a_case(two)
    found = erasing.erase(two, case, [party], ground=GROUND, second=SECOND)
    assert found.taken == (("添加当事人", 1),)
    assert [(each.term, each.count, each.evidence) for each in found.remaining] == [("登记案件", 1, False)]
    assert case_of(two, case).parties == ()
    decision = next(entry for entry in two.vault.case(case).entries if entry.kind == ERASED)
    assert decision.content()["decided_by"] == ["li", "wang"]
    assert kinds(two, case)[-2:] == [ERASED, DONE]
    assert opening.check(two, full=True).ok
    assert two.vault.traces("audit.erased")[0].content() == {"case": case, "ground": "pipl47.3"}
    assert erasing.requests(two) == ()


@pytest.mark.threat("T68")
@pytest.mark.threat("T09")
def test_one_person_or_a_wrong_password_erases_nothing(two: Desk) -> None:
    case, party = a_case(two)
    for second, error in (
        (("li", PASSWORD), RefusedByRule),
        (("wang", "错的"), NoAccess),
        (("he", OTHER), Unacceptable),
    ):
        with pytest.raises((error, NoAccess)):
            erasing.erase(two, case, [party], ground=GROUND, second=second)
    for _ in range(4):
        with pytest.raises(NoAccess):
            erasing.erase(two, case, [party], ground=GROUND, second=("wang", "错的"))
    with pytest.raises(NoAccess, match=r"vault\.wait"):
        erasing.erase(two, case, [party], ground=GROUND, second=SECOND)
    assert ERASED not in kinds(two, case)
    assert len(case_of(two, case).parties) == 1


@pytest.mark.threat("T65")
def test_what_was_signed_stays_and_is_named(two: Desk) -> None:
    case = a_signed_case(two)
    with pytest.raises(RefusedByRule, match=r"erasure\.frozen"):
        erasing.plan(two, case)
    with pytest.raises(Unacceptable, match=r"erasure\.unknown"):
        erasing.plan(two, case, ["f" * 32])
    with pytest.raises(RefusedByRule, match=r"erasure\.transcript"):
        erasing.plan(two, case, [case_of(two, case).parties[0].id])


def test_a_paper_that_was_issued_is_told_as_evidence(two: Desk, tmp_path: Path) -> None:
    case, party = a_case(two)
    printing.make(two, case, ["acceptance_register"], formats=("pdf",), out=tmp_path / "out", draft=False)
    remaining = erasing.plan(two, case, [party]).remaining
    assert [(each.term, each.evidence) for each in remaining if each.evidence] == [("签发文书", True)]
    with pytest.raises(RefusedByRule, match=r"erasure\.frozen"):
        erasing.plan(two, case)


@pytest.mark.threat("T68")
def test_a_case_of_which_nothing_was_issued_may_go_whole(two: Desk) -> None:
    case, _ = a_case(two)
    erasing.erase(two, case, ground=ErasureGround.PURPOSE_OVER, second=SECOND)
    assert reading.count(two, reading.RowQuery()) == 0
    assert two.vault.search(NAME).hits == ()
    assert opening.check(two, full=True).ok


@pytest.mark.threat("T68")
def test_the_key_and_the_file_of_a_recording_go_and_what_was_agreed_stays(two: Desk) -> None:
    case, sitting, tape = recorded(two, 3.0)
    assert erasing.erase_recordings(two, [(case, tape)], ground=ErasureGround.PERIOD_OVER, second=SECOND) == 1
    assert not tape_path(two.vault.folder, tape).exists()
    with pytest.raises((NoAccess, Unacceptable)):
        listening.listen(two, case, tape)
    held = next(each for each in case_of(two, case).hearings if each.id == sitting)
    assert (len(held.recordings), len(held.consents), bool(held.recordings[0].digest)) == (1, 2, True)
    assert erasing.erase_recordings(two, [(case, tape)], ground=ErasureGround.PERIOD_OVER, second=SECOND) == 0
    assert opening.check(two, full=True).ok


@pytest.mark.threat("T75")
def test_a_decision_from_elsewhere_waits_for_a_yes_here(two: Desk) -> None:
    case, party = a_case(two)
    targets = targets_of(erasing.plan(two, case, [party]).targets)
    body: dict[str, object] = {"targets": targets, "ground": "pipl47.2", "decided_by": ["shen", "he"]}
    two.vault.absorb([Writer("center").write(StreamId(case), CASE_ERASED, body)])
    waiting = erasing.settle(two)
    assert [(each.whole, each.left, each.ground, each.decided_by) for each in waiting] == [
        (True, 1, ErasureGround.PERIOD_OVER, ("shen", "he"))
    ]
    assert len(case_of(two, case).parties) == 1
    with pytest.raises(Unacceptable, match=r"erasure\.unknown"):
        erasing.carry_out(two, ["f" * 32 + ":9"])
    assert erasing.carry_out(two, [waiting[0].ref]) == 1
    assert case_of(two, case).parties == ()
    assert (erasing.requests(two), kinds(two, case)[-1]) == ((), DONE)


# -- a backup that comes back --------------------------------------------------------------------------------------


def enroll(desk: Desk, center: Center) -> None:
    """Join the county by a code."""
    vault, sealer = desk.vault, desk.vault.sealer()
    sign, seal = sealer.sign_public, sealer.seal_public
    proof = proof_of(make_code(center, TOWNSHIP).text, desk=vault.desk, sign=sign, seal=seal)
    request = JoinRequest(vault.desk, sign.hex(), seal.hex(), "壶镇镇调委会", TOWNSHIP, "李调解", proof)
    keep_membership(vault.shelf, read_answer(join(center, request).answer, center.card, sealer, desk=vault.desk))


class CountyDoor(Door):
    """The road to a county in this process."""

    def __init__(self, center: Center) -> None:
        super().__init__()
        self.center = center

    def by_network(self, vault, url, going=None):  # type: ignore[no-untyped-def]  # as the port says
        done = exchanged(vault, vault.shelf, vault.sealer(), Line(self.center), desk=vault.desk, now=self.center.now)
        return Exchanged(done.sent, done.received, done.receipts, 0, done.pending, done.bytes, done.code)


def at_county(desk: Desk, center: Center) -> Desk:
    """The same desk with a road to this county."""
    return Desk(desk.vault, replace(desk.workshop, exchange=CountyDoor(center)))


def with_backup(folder: Path, center: Center) -> tuple[Desk, CaseId, str, Path]:
    """A room of the county with a case that the county has too, and a backup of it."""
    desk = at_county(a_desk(folder / "vault"), center)
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    enroll(desk, center)
    case, party = a_case(desk)
    exchange.by_network(desk)
    return desk, case, party, opening.backup(desk, folder / "backup").folder


@pytest.mark.threat("T68")
@pytest.mark.threat("T17")
def test_a_backup_sends_and_shows_nothing_before_it_heard_what_was_erased_since(tmp_path: Path) -> None:
    center = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    desk, case, party, backup = with_backup(tmp_path, center)
    erasing.erase(desk, case, [party], ground=GROUND, second=SECOND)
    exchange.by_network(desk)
    opening.lock(desk)
    place = tmp_path / "again"
    opening.lock(opening.restore(a_workshop(seed=9), backup, place, login="li", password=PASSWORD))
    with pytest.raises(NoAccess, match=r"vault\.erasure_list"):
        opening.unlock(a_workshop(seed=9), place, "li", PASSWORD)
    again = at_county(opening.unlock(a_workshop(seed=9), place, "li", PASSWORD, unlisted=True), center)
    assert len(case_of(again, case).parties) == 1, "the backup still holds it"
    enroll(again, center)
    assert exchange.by_network(again).sent == 0
    assert case_of(again, case).parties == (), "its own former word needs nobody's yes"
    assert opening.listed_state(again) == ""
    assert exchange.by_network(again).sent > 0
    opening.lock(again)
    opened = opening.unlock(a_workshop(seed=9), place, "li", PASSWORD)
    assert opening.check(opened, full=True).ok
    opening.lock(opened)
    assert not any(each.waiting and again.vault.desk in each.waiting for each in listed(center))
    center.database.close()


@pytest.mark.threat("T68")
def test_what_another_computer_erased_since_waits_for_a_yes_and_the_case_stays_shut_until_then(tmp_path: Path) -> None:
    center = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    desk, case, party, backup = with_backup(tmp_path, center)
    opening.lock(desk)
    other = at_county(a_desk(tmp_path / "other", workshop=a_workshop(seed=11)), center)
    opening.add_user(other, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    enroll(other, center)
    exchange.by_network(other)
    erasing.erase(other, case, [party], ground=GROUND, second=SECOND)
    exchange.by_network(other)
    opening.lock(other)
    place = tmp_path / "again"
    again = at_county(opening.restore(a_workshop(seed=9), backup, place, login="li", password=PASSWORD), center)
    enroll(again, center)
    exchange.by_network(again)
    assert opening.listed_state(again) == opening.READ
    waiting = erasing.requests(again)
    assert [each.left for each in waiting] == [1]
    opening.lock(again)
    with pytest.raises(NoAccess, match=r"vault\.erasure_list"):
        opening.unlock(a_workshop(seed=9), place, "li", PASSWORD)
    again = opening.unlock(a_workshop(seed=9), place, "li", PASSWORD, unlisted=True)
    erasing.carry_out(again, [each.ref for each in waiting])
    assert (case_of(again, case).parties, opening.listed_state(again)) == ((), "")
    opening.lock(again)
    center.database.close()


@pytest.mark.threat("T68")
def test_the_head_may_go_on_without_the_list_and_the_trace_says_why(tmp_path: Path) -> None:
    center = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    desk, case, _, backup = with_backup(tmp_path, center)
    with pytest.raises(RefusedByRule, match=r"erasure\.no_list"):
        erasing.waive(desk, "不等了")
    opening.lock(desk)
    place = tmp_path / "again"
    again = opening.restore(a_workshop(seed=9), backup, place, login="li", password=PASSWORD)
    with pytest.raises(RefusedByRule, match=r"erasure\.reason"):
        erasing.waive(again, "　")
    erasing.waive(again, "县中心已停止使用")
    assert again.vault.traces("audit.erasure_list_waived")[0].content() == {"reason": "县中心已停止使用"}
    opening.lock(again)
    opened = opening.unlock(a_workshop(seed=9), place, "li", PASSWORD)
    assert len(case_of(opened, case).parties) == 1
    opening.lock(opened)
    center.database.close()


def test_a_room_that_never_joined_a_county_has_no_list_to_wait_for(two: Desk, tmp_path: Path) -> None:
    case, _ = a_case(two)
    backup = opening.backup(two, tmp_path / "backup").folder
    again = opening.restore(a_workshop(seed=9), backup, tmp_path / "again", login="li", password=PASSWORD)
    assert (opening.listed_state(again), len(case_of(again, case).parties)) == ("", 1)
    opening.lock(again)
