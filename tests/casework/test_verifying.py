"""A paper file is genuine, altered or unknown; nothing in a strange file can do more than be unknown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework import printing, verifying
from mediator.casework.desk import Desk
from mediator.casework.verifying import MAX_FILE, carries, docx_properties, pdf_plain, pdf_text
from mediator.errors import Unacceptable
from tests.casework.desks import a_document, case_of, taken_in


@pytest.fixture
def issued(desk: Desk, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    """An issued application: its number and its bytes by format."""
    case_id = taken_in(desk, a_document())
    (made,) = printing.make(
        desk, case_id, ["application"], formats=("docx", "pdf"), out=tmp_path / "out", draft=False
    )  # fmt: skip
    return made.number, {file.path.suffix[1:]: file.path.read_bytes() for file in made.files}


def state(desk: Desk, folder: Path, data: bytes, name: str = "file") -> tuple[str, str]:
    """State and number of a file with these bytes."""
    (folder / name).write_bytes(data)
    (found,) = verifying.verify(desk, [folder / name])
    return found.state, found.document


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A DOCX whose parts went through a change."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_very_bytes_are_genuine_under_any_name(
    desk: Desk, issued: tuple[str, dict[str, bytes]], tmp_path: Path, ending: str
) -> None:
    number, files = issued
    assert state(desk, tmp_path, files[ending], "随便 什么名字") == ("genuine", number)


def test_a_byte_more_is_altered(desk: Desk, issued: tuple[str, dict[str, bytes]], tmp_path: Path) -> None:
    number, files = issued
    assert state(desk, tmp_path, files["pdf"] + b"\n") == ("altered", number)


def test_a_changed_word_in_a_docx_is_altered(desk: Desk, issued: tuple[str, dict[str, bytes]], tmp_path: Path) -> None:
    number, files = issued
    changed = rezipped(files["docx"], lambda _, part: part.replace("李四".encode(), "王五".encode()))
    assert changed != files["docx"]
    assert state(desk, tmp_path, changed) == ("altered", number)


def test_a_paper_whose_number_was_taken_out_is_unknown(
    desk: Desk, issued: tuple[str, dict[str, bytes]], tmp_path: Path
) -> None:
    files = issued[1]
    bare = rezipped(files["docx"], lambda name, part: b"" if name == verifying.PROPERTIES else part)
    assert state(desk, tmp_path, bare) == ("unknown", "")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7 nothing", "只是文字".encode()])
def test_a_strange_file_is_unknown(
    desk: Desk, issued: tuple[str, dict[str, bytes]], tmp_path: Path, data: bytes
) -> None:
    assert issued[0]
    assert state(desk, tmp_path, data) == ("unknown", "")


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    assert carries(b"%PDF (" + pdf_text("临A-0001-申1")[1:], "临A-0001-申1")
    assert not carries(b"%PDF (" + pdf_text("临A-0001-申12")[1:], "临A-0001-申1")


@given(st.binary(max_size=300))
def test_no_bytes_bring_a_reader_down(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"%PDF"):
        assert carries(start + data, "临没有-0000-申9") is False


def test_a_zip_without_properties_has_none() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("other", b"x")
    assert docx_properties(out.getvalue()) == b""


def test_escapes_of_a_pdf_are_undone() -> None:
    assert pdf_plain(rb"%PDF(\050\\\)\101)") == rb"%PDF((\)A)"
    assert pdf_plain(b"no pdf") == b""


def test_a_file_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(Unacceptable, match=r"file\.size") as caught:
        verifying.read_paper(path)
    assert caught.value.where == "sparse.pdf"


def test_papers_without_files_in_their_entry_are_no_harm(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    assert case_of(desk, case_id).papers == ()
    assert verifying.issued_files(desk) == ({}, ())
