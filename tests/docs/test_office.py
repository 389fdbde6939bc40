"""An office program sets the DOCX on as many pages as the PDF has, shows its mark, and saves it again as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pypdfium2
import pytest

from mediator.docs.catalogue import KINDS
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile
from mediator.docs.showing import look
from mediator.docs.wordstrokes import signatures_in
from tests.docs.forms.test_mediation_record import full, made
from tests.docs.papers import issued
from tests.docs.test_pictured import named

FACES: Final = Path(__file__).parents[2] / ".fonts"
NAMED: Final = {
    "仿宋_GB2312": "FandolFang", "宋体": "Noto Serif SC", "黑体": "Noto Sans SC", "方正小标宋简体": "Noto Serif SC",
    "楷体_GB2312": "LXGW WenKai",
}  # fmt: skip


def faces_file(folder: Path) -> Path:
    """Our faces under the names that the DOCX asks for, and nothing else of the computer's."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in NAMED.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{FACES}</dir><cachedir>{folder / 'cache'}</cachedir>{rules}</fontconfig>",
        encoding="utf-8",
    )
    return file


def converted(files: list[Path], folder: Path, form: str = "pdf") -> None:
    """Every file as the office program writes it in another form, into a folder."""
    program = shutil.which("soffice")
    assert program, "scripts/setup.sh full installs the office program"
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", form,
         "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "FONTCONFIG_FILE": str(faces_file(folder))},
    )  # fmt: skip


def pages_of(file: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Paper]]:
    """Every kind of paper, its DOCX in a file."""
    folder = tmp_path_factory.mktemp("papers")
    found = {kind: (folder / f"{kind}.docx", issued(kind)) for kind in KINDS}
    for file, paper in found.values():
        file.write_bytes(paper.files["docx"])
    return found


@pytest.mark.full
def test_every_kind_of_paper_has_as_many_pages_in_an_office_program_as_in_the_pdf(
    written: dict[str, tuple[Path, Paper]], tmp_path: Path
) -> None:
    converted([file for file, _ in written.values()], tmp_path)
    ours = {kind: paper.pages for kind, (_, paper) in written.items()}
    assert {kind: pages_of(tmp_path / f"{kind}.pdf") for kind in KINDS} == ours


@pytest.mark.full
def test_an_office_program_shows_the_mark_on_the_last_page_where_it_can_be_read(
    written: dict[str, tuple[Path, Paper]], tmp_path: Path
) -> None:
    converted([file for file, _ in written.values()], tmp_path)
    for kind, (_, paper) in written.items():
        assert paper.mark
        assert PdfFile((tmp_path / f"{kind}.pdf").read_bytes()).marks(margin=True) == [paper.mark.text], kind


@pytest.mark.full
def test_a_docx_that_an_office_program_saved_again_still_answers_to_its_mark(
    written: dict[str, tuple[Path, Paper]], tmp_path: Path
) -> None:
    converted([file for file, _ in written.values()], tmp_path, "docx:MS Word 2007 XML")
    for kind, (file, paper) in written.items():
        again = (tmp_path / f"{kind}.docx").read_bytes()
        assert again != file.read_bytes()
        assert paper.mark
        assert look(again).agrees(paper.mark), kind


@pytest.mark.full
def test_a_signed_record_keeps_its_signatures_when_an_office_program_saves_it_and_has_its_pages(tmp_path: Path) -> None:
    paper = made(full())
    file = tmp_path / "record.docx"
    file.write_bytes(paper.files["docx"])
    (tmp_path / "again").mkdir()
    converted([file], tmp_path)
    converted([file], tmp_path / "again", "docx:MS Word 2007 XML")
    again = (tmp_path / "again" / "record.docx").read_bytes()
    assert pages_of(tmp_path / "record.pdf") == paper.pages
    assert paper.mark
    assert look(again).agrees(paper.mark)
    assert len(list(signatures_in(WordFile(again)))) == 2


@pytest.mark.full
def test_a_docx_with_a_pictured_character_keeps_its_very_picture_when_an_office_program_saves_it(
    tmp_path: Path,
) -> None:
    paper = issued("rights_notice", named())
    file = tmp_path / "notice.docx"
    file.write_bytes(paper.files["docx"])
    (tmp_path / "again").mkdir()
    converted([file], tmp_path / "again", "docx:MS Word 2007 XML")
    before, after = (look(each.read_bytes()) for each in (file, tmp_path / "again" / "notice.docx"))
    assert paper.mark
    assert after.agrees(paper.mark)
    assert before.pictured == after.pictured != frozenset()
