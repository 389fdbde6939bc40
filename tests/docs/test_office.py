"""An office program sets the DOCX on as many pages as the PDF has, with the same faces at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pypdfium2
import pytest

from mediator.docs.catalogue import KINDS
from tests.docs.papers import issued

FACES: Final = Path(__file__).parents[2] / ".fonts"
NAMED: Final = {
    "仿宋_GB2312": "FandolFang", "宋体": "Noto Serif SC", "黑体": "Noto Sans SC", "方正小标宋简体": "Noto Serif SC",
    "楷体_GB2312": "LXGW WenKai",
}  # fmt: skip
# The office program gives the line of the QR ten points more than we do; on this paper they do not fit any more.
APART: Final = {"conclusion_opinion"}


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


def set_by_office(files: list[Path], folder: Path) -> None:
    """Every DOCX as a PDF of the office program, in the same folder."""
    program = shutil.which("soffice")
    assert program, "scripts/setup.sh full installs the office program"
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "FONTCONFIG_FILE": str(faces_file(folder))},
    )  # fmt: skip


def pages_of(file: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


@pytest.mark.full
def test_every_kind_of_paper_has_as_many_pages_in_an_office_program_as_in_the_pdf(tmp_path: Path) -> None:
    ours, files = {}, []
    for kind in KINDS:
        paper = issued(kind)
        files.append(tmp_path / f"{kind}.docx")
        files[-1].write_bytes(paper.files["docx"])
        ours[kind] = paper.pages
    set_by_office(files, tmp_path)
    theirs = {kind: pages_of(tmp_path / f"{kind}.pdf") for kind in KINDS}
    assert {kind for kind in KINDS if ours[kind] != theirs[kind]} == APART
