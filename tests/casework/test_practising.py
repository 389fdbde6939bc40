"""The practice room: anybody may come in, and nothing of it ever meets a real room."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import exchange, importing, ledger_import, opening, practising, printing, reading, reports
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseKind, CaseStatus
from mediator.docs.finished import PdfFile
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from tests.casework.desks import PASSWORD, a_desk, a_document, a_workshop, encoded, taken_in
from tests.ui.counties import PaperCounty

LEDGER = "编号,申请人,被申请人,纠纷类型,案情\n1,张三,李四,邻里纠纷,界墙之争\n".encode()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Desk]:
    """A practice room with a road to a county that would take anything."""
    made = practising.enter(replace(a_workshop(), exchange=PaperCounty()), tmp_path / "vault-practice")
    yield made
    opening.lock(made)


def no_case_more(desk: Desk) -> int:
    """How many cases there are."""
    return reading.count(desk, RowQuery())


def test_it_opens_without_any_password_with_cases_to_go_on_with_and_cases_to_look_at(room: Desk) -> None:
    states = [row.status for row in reading.rows(room, RowQuery(limit=40))]
    assert room.practice
    assert states.count(CaseStatus.ACCEPTED) == practising.OPEN
    assert states.count(CaseStatus.SIGNED) > 3
    assert opening.recovery_confirmed(room)


def test_what_was_practised_is_there_the_next_time_and_gone_after_beginning_again(room: Desk) -> None:
    place, workshop, before = room.vault.folder, room.workshop, no_case_more(room)
    importing.keep(room, importing.read_file(encoded(a_document())))
    opening.lock(room)
    again = practising.enter(workshop, place)
    assert no_case_more(again) == before + 1
    opening.lock(again)
    fresh = practising.begin_again(workshop, place)
    assert no_case_more(fresh) == before
    assert fresh.vault.id != again.vault.id
    opening.lock(fresh)


DEEDS: dict[str, Callable[[Desk, Path], object]] = {
    "practice.exchange": exchange.by_stick,
    "practice.exchange ": lambda desk, out: exchange.by_network(desk, "https://center.example"),
    "practice.exchange  ": exchange.enroll_stick,
    "practice.exchange   ": lambda desk, out: exchange.enroll_network(desk, "https://center.example", "1234"),
    "practice.import": lambda desk, out: importing.import_file(desk, encoded(a_document())),
    "practice.import ": lambda desk, out: ledger_import.take_in(
        desk, ledger_import.read(desk, LEDGER, CaseKind.PEOPLE_MEDIATION)
    ),
    "practice.backup": opening.backup,
    "practice.password": lambda desk, out: opening.change_password(desk, practising.PASSWORD, PASSWORD),
}


@pytest.mark.parametrize("code", DEEDS)
def test_no_deed_brings_anything_in_or_out(room: Desk, tmp_path: Path, code: str) -> None:
    (tmp_path / "out").mkdir()
    before = room.vault.entry_count()
    with pytest.raises(RefusedByRule) as refused:
        DEEDS[code](room, tmp_path / "out")
    assert refused.value.code == code.strip()
    assert room.vault.entry_count() == before
    assert list((tmp_path / "out").iterdir()) == []
    county = room.workshop.exchange
    assert isinstance(county, PaperCounty)
    assert county.asked == []


def test_a_copy_of_its_folder_cannot_be_restored_as_a_real_vault(room: Desk, tmp_path: Path) -> None:
    opening.lock(room)
    shutil.copytree(room.vault.folder, tmp_path / "mediator-backup-x")
    with pytest.raises(RefusedByRule, match=r"practice\.restore"):
        opening.restore(
            room.workshop, tmp_path / "mediator-backup-x", tmp_path / "vault", login=None, password=practising.PASSWORD
        )
    assert not opening.vault_exists(tmp_path / "vault")


def test_a_copy_of_its_folder_at_the_place_of_the_real_vault_is_still_a_practice_room(
    room: Desk, tmp_path: Path
) -> None:
    opening.lock(room)
    shutil.copytree(room.vault.folder, tmp_path / "vault")
    moved = opening.unlock(room.workshop, tmp_path / "vault", None, practising.PASSWORD)
    assert moved.practice
    assert moved.across == "演练"
    opening.lock(moved)


@pytest.mark.parametrize("password", [PASSWORD, practising.PASSWORD])
def test_a_real_vault_in_its_folder_is_not_opened_and_never_deleted(tmp_path: Path, password: str) -> None:
    workshop, place = a_workshop(), tmp_path / "vault-practice"
    form = replace(practising.ROOM, organization="真的调委会")
    real = opening.create(workshop, place, form, password).desk
    case = taken_in(real, a_document())
    opening.lock(real)
    with pytest.raises(RefusedByRule, match=r"practice\.foreign"):
        practising.enter(workshop, place)
    opening.lock(practising.begin_again(workshop, place))
    (aside,) = tmp_path.glob("vault-practice-*")
    kept = opening.unlock(workshop, aside, None, password)
    assert not kept.practice
    assert reading.reread(kept, case).case.title == "借款"
    opening.lock(kept)


def test_every_paper_says_rehearsal_across_whether_issued_drafted_blank_or_counted(room: Desk, tmp_path: Path) -> None:
    signed = reading.rows(room, RowQuery((CaseStatus.SIGNED,), limit=1))[0].id
    both = ("docx", "pdf")
    issued = printing.make(room, signed, ["mediation_agreement"], formats=both, out=tmp_path, draft=False)
    drawn = printing.make(room, signed, ["receipt"], formats=both, out=tmp_path, draft=True)
    empty = printing.blank(room, ["evidence_list"], formats=both, out=tmp_path)
    span = reports.span_of(room, reports.KINDS[0])
    counted = reports.write(room, reports.report(room, reports.KINDS[0], span), formats=("pdf", "docx"), out=tmp_path)
    paths = [each.path for made in (*issued, *drawn, *empty) for each in made.files] + [each.path for each in counted]
    assert len(paths) == 8
    assert issued[0].number
    for path in paths:
        if path.suffix == ".pdf":
            assert all("演练" in page for page in PdfFile(path.read_bytes()).bodies), path.name
        else:
            assert b"\xe6\xbc\x94\xe7\xbb\x83" in header_of(path), path.name


def header_of(path: Path) -> bytes:
    """The parts of a DOCX that stand on each page."""
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist() if "header" in name)


def test_a_paper_of_the_practice_room_is_unknown_in_a_real_one(room: Desk, tmp_path: Path) -> None:
    signed = reading.rows(room, RowQuery((CaseStatus.SIGNED,), limit=1))[0].id
    (made,) = printing.make(room, signed, ["mediation_agreement"], formats=("pdf",), out=tmp_path, draft=False)
    real = a_desk(tmp_path / "vault")
    (told,) = printing.verify(real, [made.files[0].path])
    assert told.state == "unknown"
    opening.lock(real)


def test_a_real_room_has_no_word_across_and_is_no_practice_room(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "vault")
    assert (desk.practice, desk.across) == (False, "")
    opening.lock(desk)


def test_a_disk_that_refuses_keeps_the_practice_room(room: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.lock(room)

    def refused(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(shutil, "rmtree", refused)
    with pytest.raises(MediatorError) as error:
        practising.begin_again(room.workshop, room.vault.folder)
    assert error.value.code == "file.write"
    assert not isinstance(error.value, Unacceptable)
    assert opening.vault_exists(room.vault.folder)
