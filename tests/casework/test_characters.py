"""A picture in the place of a character that no face has: kept in the case, set in every later paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import characters, printing, verifying
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.docs.finished_word import WordFile
from mediator.docs.pictured import plain_picture
from mediator.errors import MediatorError, Unacceptable
from tests.casework.desks import a_document, case_of, taken_in
from tests.casework.issued import package_of, parts_of
from tests.docs.test_pictured import LACKING, drawn

NAMED = {"ref": "p1", "side": "applicant", "kind": "person", "name": f"吴{LACKING}"}
OTHER = {"ref": "p2", "side": "respondent", "kind": "person", "name": "王五"}


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(parties=[NAMED, OTHER]))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "字形.png"
    file.write_bytes(drawn())
    return file


def noticed(desk: Desk, case_id: CaseId, out: Path) -> str:
    """The text of an issued notice."""
    (made,) = printing.make(desk, case_id, ["rights_notice"], formats=("docx", "pdf"), out=out, draft=False)
    return WordFile(made.files[0].path.read_bytes()).text


def test_a_paper_that_was_refused_is_issued_once_the_character_has_a_picture(
    desk: Desk, case_id: CaseId, picture: Path, tmp_path: Path
) -> None:
    with pytest.raises(Unacceptable) as caught:
        noticed(desk, case_id, tmp_path)
    assert (caught.value.code, caught.value.where) == ("document.character", f"U+{ord(LACKING):04X}")
    characters.put_picture(desk, case_id, LACKING, picture)
    assert f"吴{LACKING}" in noticed(desk, case_id, tmp_path)


@pytest.mark.threat("T65")
def test_a_docx_with_a_picture_that_was_saved_again_is_genuine_and_one_with_another_picture_is_not(
    desk: Desk, case_id: CaseId, picture: Path, tmp_path: Path
) -> None:
    characters.put_picture(desk, case_id, LACKING, picture)
    (made,) = printing.make(desk, case_id, ["rights_notice"], formats=("docx",), out=tmp_path, draft=False)
    (file,) = made.files
    parts = parts_of(file.path.read_bytes())
    glyph = next(name for name, data in parts.items() if data == case_of(desk, case_id).pictures[0].png)
    saved, other = package_of(parts, backwards=True), package_of({**parts, glyph: plain_picture(drawn((300, 80)))})
    found = []
    for data in (saved, other):
        file.path.write_bytes(data)
        found += [(each.state, each.note) for each in verifying.verify(desk, [file.path])]
    assert found == [("genuine", verifying.SAVED_AGAIN), ("altered", verifying.OTHER_PICTURES)]


def test_the_newest_picture_of_a_character_is_the_one_that_counts(desk: Desk, case_id: CaseId, picture: Path) -> None:
    characters.put_picture(desk, case_id, LACKING, picture)
    (first,) = case_of(desk, case_id).pictures
    picture.write_bytes(drawn(size=(140, 140)))
    picture.write_bytes(drawn((300, 300), ink="#444444"))
    characters.put_picture(desk, case_id, LACKING, picture)
    (second,) = case_of(desk, case_id).pictures
    assert (first.char, second.char) == (LACKING, LACKING)
    assert first.png != second.png


@pytest.mark.parametrize(
    ("char", "code"),
    [("吴", "glyph.known"), ("吴王", "glyph.char"), ("", "glyph.char"), ("\u202e", "glyph.char"),
     ("\ue000", "glyph.char")],
)  # fmt: skip
def test_what_needs_no_picture_or_can_have_none_is_refused(
    desk: Desk, case_id: CaseId, picture: Path, char: str, code: str
) -> None:
    with pytest.raises(MediatorError) as caught:
        characters.put_picture(desk, case_id, char, picture)
    assert caught.value.code == code
    assert case_of(desk, case_id).pictures == ()


def test_a_file_that_is_no_picture_leaves_the_case_as_it_was(desk: Desk, case_id: CaseId, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"%PDF-1.7")
    for name, code in (("x.png", "glyph.kind"), ("y.png", "file.missing")):
        with pytest.raises(MediatorError) as caught:
            characters.put_picture(desk, case_id, LACKING, tmp_path / name)
        assert caught.value.code == code
    assert case_of(desk, case_id).pictures == ()
