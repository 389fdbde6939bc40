"""The book of the manual: every chapter, its pictures inside, the characters no paper prints, all in one file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from mediator.ui.manual import chapters
from tests.casework.desks import ROOT


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two files, built as `make manual` builds them."""
    out = tmp_path_factory.mktemp("book")
    command = [sys.executable, str(ROOT / "scripts/manual.py"), "book", str(out)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return out


def test_both_files_hold_every_chapter_and_the_list_of_characters(book: Path) -> None:
    page = (book / "使用手册.html").read_text(encoding="utf-8")
    sheet = pypdfium2.PdfDocument(book / "使用手册.pdf")
    printed = "".join(each.get_textpage().get_text_range() for each in sheet)
    for each in chapters():
        assert each.title in page
    for words in ("扩展B：不能印的字", "28,587", "U+323xx"):
        assert words in page
    assert len(sheet) > len(chapters())
    assert "28,587" in printed
    assert "U+323xx" in printed  # Chinese is drawn whole but some of it is named by radicals


def test_the_page_is_one_file_that_fetches_nothing_and_runs_nothing(book: Path) -> None:
    page = (book / "使用手册.html").read_text(encoding="utf-8")
    assert page.count('src="data:image/png;base64,') == page.count("<img")
    assert page.count("<img") > 10
    assert "<script" not in page
    assert "href=" not in page


def test_no_word_of_the_manual_is_foreign_but_names_of_keys() -> None:
    known = re.compile(r"pictures/\w+\.png|Ctrl|Shift|Tab|Esc|Delete|Alt|Word|PDF|F\d+|12345")
    for each in chapters():
        assert not re.findall(r"[A-Za-z]{2,}", known.sub("", each.text)), each.title
