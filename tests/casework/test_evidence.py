"""Scans in a dossier: kept encrypted under our ids, placed by a clerk's own word, never under a name from outside."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mediator.casework import dossier, evidence, opening, volume
from mediator.casework.desk import Desk
from mediator.core.records import EvidenceId
from mediator.errors import MediatorError, Unacceptable
from tests.casework.desks import PASSWORD, a_document, a_signed_case, archived, case_of, taken_in
from tests.docs.foreign import HOSTILE, camera_photo, page, pdf, written

NAMES = ("..", "CON.jpg", "a:b.jpg", "$(reboot).jpg", "照片\u202egpj.exe", "-rf", "x" * 200)


def a_file(folder: Path, data: bytes, name: str = "a") -> Path:
    """A file from outside."""
    path = folder / f"{name}.in"
    path.write_bytes(data)
    return path


def test_a_scan_is_kept_as_pages_of_ours_and_found_again_by_its_hash(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    kept = evidence.attach(desk, case_id, a_file(tmp_path, pdf(3)), place="证据", title=" 监控\u0000截图 ")
    (seen,) = case_of(desk, case_id).evidence
    assert (seen.id, seen.title, seen.place, seen.pages) == (kept.id, "监控截图", "evidence", 3)
    data = desk.vault.paper(seen.sha256)
    assert data is not None
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (seen.sha256, seen.size)


@pytest.mark.threat("T37")
@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_from_outside_goes_nowhere(desk: Desk, tmp_path: Path, name: str) -> None:
    case_id = a_signed_case(desk)
    evidence.attach(desk, case_id, a_file(tmp_path, camera_photo(), name), place="证据", title="照片")
    told = b"".join(entry.body or b"" for entry in desk.vault.case(case_id).entries)
    assert f"{name}.in".encode() not in told
    dossier.excuse(desk, case_id, "mediation_agreement", "见扫描件")
    for kind in ("application", "acceptance_register", "rights_notice", "mediation_record"):
        dossier.excuse(desk, case_id, kind, "见扫描件")
    filed = dossier.file(desk, case_id, out=tmp_path / "out")
    assert f"{name}.in".encode() not in filed.file.read_bytes() + filed.manifest.read_bytes()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([filed.file.name, filed.manifest.name])


@pytest.mark.threat("T38")
@pytest.mark.parametrize("name", ["a program", "a PNG of 60,000 by 60,000", "a PDF of a hundred thousand pages"])
def test_a_hostile_file_leaves_the_case_as_it_was(desk: Desk, tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    case_id, path = a_signed_case(desk), a_file(tmp_path, make(), "照片")
    before = desk.vault.entry_count()
    with pytest.raises(Unacceptable) as caught:
        evidence.attach(desk, case_id, path, place="证据", title="照片")
    assert (caught.value.code, caught.value.where) == (code, "照片.in")
    assert desk.vault.entry_count() == before


@pytest.mark.parametrize(
    ("place", "title", "code"),
    [("天上", "照片", "dossier.place"), ("ledger", "照片", "dossier.place"), ("证据", "\u0007 ", "dossier.title")],
)
def test_a_place_and_a_title_are_asked_for_before_the_file_is_read(
    desk: Desk, tmp_path: Path, place: str, title: str, code: str
) -> None:
    case_id = a_signed_case(desk)
    with pytest.raises(MediatorError) as caught:
        evidence.attach(desk, case_id, tmp_path / "there is none", place=place, title=title)
    assert caught.value.code == code


def test_a_file_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as caught:
        evidence.attach(desk, a_signed_case(desk), tmp_path / "无.jpg", place="证据", title="照片")
    assert (caught.value.code, caught.value.where) == ("file.missing", "无.jpg")


def test_a_scan_is_taken_out_with_a_reason_and_its_pages_stay(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    kept = evidence.attach(desk, case_id, a_file(tmp_path, camera_photo()), place="证据", title="照片")
    for key, reason, code in ((kept.id, " ", "evidence.reason"), (EvidenceId("f" * 32), "错", "evidence.unknown")):
        with pytest.raises(MediatorError) as caught:
            evidence.detach(desk, case_id, key, reason=reason)
        assert caught.value.code == code
    evidence.detach(desk, case_id, kept.id, reason="附错了案件")
    assert case_of(desk, case_id).evidence == ()
    assert desk.vault.paper(kept.sha256) is not None


def test_nothing_is_attached_taken_out_or_excused_in_an_archived_case(desk: Desk, tmp_path: Path) -> None:
    case_id, path = archived(desk), a_file(tmp_path, written(page(), "PNG"))
    for deed in (
        lambda: evidence.attach(desk, case_id, path, place="证据", title="照片"),
        lambda: evidence.detach(desk, case_id, EvidenceId("f" * 32), reason="错"),
        lambda: dossier.excuse(desk, case_id, "application", "口头"),
    ):
        with pytest.raises(MediatorError, match=r"case\.read_only"):
            deed()


@pytest.mark.threat("T01")
def test_a_scan_lies_in_the_vault_and_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    kept = evidence.attach(desk, case_id, a_file(tmp_path, camera_photo()), place="证据", title="照片")
    data = desk.vault.paper(kept.sha256)
    assert data is not None
    opening.lock(desk)
    for path in desk.vault.folder.rglob("*"):
        assert not path.is_file() or data[-200:] not in path.read_bytes()
    again = opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD)
    assert again.vault.paper(kept.sha256) == data
    opening.lock(again)


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("证据", "evidence"), ("evidence", "evidence"), (" 履行 ", "performance"), ("receipt", "receipt"),
        ("人民调解协议书", "mediation_agreement"), ("其他", "other"),
    ],
)  # fmt: skip
def test_a_place_is_a_part_of_the_dossier_or_a_paper(word: str, place: str) -> None:
    assert volume.place_of(word) == place


def test_scans_stand_behind_the_papers_of_their_part_and_with_those_they_stand_for(desk: Desk, tmp_path: Path) -> None:
    case_id, path = taken_in(desk, a_document()), a_file(tmp_path, written(page(), "PNG"))
    for place in (
        "回访",
        "其他",
        "收条",
        "supplement_agreement",
        "mediation_agreement",
        "证据",
        "evidence_list",
        "申请",
    ):
        evidence.attach(desk, case_id, path, place=place, title=place)
    assert [row.title for row in dossier.items(desk, case_id)] == [
        "申请", "evidence_list", "证据", "mediation_agreement", "supplement_agreement", "收条", "回访", "其他"
    ]  # fmt: skip
