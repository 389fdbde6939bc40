"""Files in and out: bounded, named, whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework import files_out
from mediator.casework.complaints import complain
from mediator.casework.files_in import bounded
from mediator.casework.files_out import file_name, refusal_of, staged, sync_folder
from mediator.errors import MediatorError, Unacceptable, WorldFailed


def test_a_file_is_read_one_byte_beyond_its_limit_at_most(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(bytes(100))
    assert len(bounded(tmp_path / "f", 10)) == 11
    assert len(bounded(tmp_path / "f", 100)) == 100


@pytest.mark.parametrize(
    ("name", "family", "code"),
    [
        ("没有", Unacceptable, "file.missing"),
        ("folder", Unacceptable, "file.missing"),
        ("link", Unacceptable, "file.missing"),
        ("file/below", WorldFailed, "file.read"),
        ("长" * 300, WorldFailed, "file.read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, family: type[MediatorError], code: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(family) as caught:
        bounded(tmp_path / name, 10)
    assert (caught.value.code, caught.value.where) == (code, Path(name).name)


@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_a_file_name_fits_every_file_system(parts: list[str]) -> None:
    name = file_name(*parts, ending="pdf")
    assert name.endswith(".pdf")
    assert len(name) <= 124
    assert not set(name) & set('<>:"/\\|?*\0\n\u202e')
    assert not name.startswith(" ")


def test_the_parts_of_a_name_are_kept() -> None:
    assert file_name("临A-0001-申1", "", "申请书", ending="docx") == "临A-0001-申1 申请书.docx"
    assert file_name("a/b:c", ending="pdf") == "a-b-c.pdf"


def listing(folder: Path) -> dict[str, bytes]:
    """Names and bytes of what lies in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_appear_together_when_the_deed_is_done(tmp_path: Path) -> None:
    out = tmp_path / "新 文件夹" / "里面"
    with staged({out / "a": b"1", out / "b": b"2"}):
        assert set(listing(out)) == {".a.part", ".b.part"}
    assert listing(out) == {"a": b"1", "b": b"2"}


def test_a_deed_that_fails_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), staged({tmp_path / "a": b"new", tmp_path / "b": b"2"}):
        raise ZeroDivisionError
    assert listing(tmp_path) == {"a": b"old"}


def test_a_link_in_the_place_of_a_file_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"kept")
    (tmp_path / "a").symlink_to(tmp_path / "target")
    with staged({tmp_path / "a": b"new"}):
        pass
    assert (tmp_path / "target").read_bytes() == b"kept"
    assert not (tmp_path / "a").is_symlink()


@pytest.mark.parametrize(
    ("path", "where", "fault"),
    [
        ("file/a", "file", "folder"),
        ("长" * 90 + "/" + "长" * 90, "长" * 90, "name"),
        ("folder", "folder", "folder"),
    ],
)
def test_what_cannot_be_written_is_named_with_the_reason(tmp_path: Path, path: str, where: str, fault: str) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(WorldFailed, match=r"file\.write") as caught, staged({tmp_path / path: b"new"}):
        pass
    assert (caught.value.where, caught.value.facts["fault"]) == (where, fault)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满，文件没有写成：a。"),
        (errno.EROFS, "没有权限，文件没有写成：a。"),
        (errno.ENOTDIR, "“a”不是文件夹，或者已被同名的文件夹占用，文件没有写成。"),
        (errno.ENAMETOOLONG, "名称太长，系统不接受：a。"),
        (errno.EIO, "文件没有写成：a。"),
    ],
)
def test_each_reason_has_its_own_sentence(
    tmp_path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files_out, "write_synced", refused)
    with pytest.raises(WorldFailed) as caught, staged({tmp_path / "a": b""}):
        pytest.fail("nothing is done with files that could not be staged")
    said = complain(caught.value)
    assert (said.message, said.safe) == (words, "保险库没有改动，原来的文件都在。")
    assert said.next.endswith("。")


def test_an_error_without_a_number_has_no_special_reason() -> None:
    assert refusal_of(OSError("odd")) == ""


def test_a_system_without_handles_to_folders_is_not_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Path("/nirgends")
    with monkeypatch.context() as patched:
        patched.setattr(os, "name", "nt")
        sync_folder(nowhere)
    with pytest.raises(FileNotFoundError):
        sync_folder(nowhere)
