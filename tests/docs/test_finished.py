"""A finished paper read back by other libraries than those that wrote it."""

from __future__ import annotations

import pytest

from mediator.docs.finished import PdfFile, plain
from mediator.docs.finished_word import WordFile, squeezed
from tests.docs.papers import a_paper


@pytest.mark.parametrize(
    ("shown", "meant"),
    [(rb"abc", b"abc"), (rb"\050\051\134", b"()\\"), (rb"\(\)\\", b"()\\"), (rb"\n\r\t\b\f", b"\n\r\t\b\f"),
     (rb"\0011", b"\x011"), (rb"\000\377", b"\x00\xff")],
)  # fmt: skip
def test_a_string_of_a_page_is_read_to_its_bytes(shown: bytes, meant: bytes) -> None:
    assert plain(shown) == meant


@pytest.mark.parametrize("text", ["甲 乙", "甲\u3000乙", "甲\n乙", "甲\t\r\n乙", "甲\xa0乙"])
def test_blanks_of_any_kind_do_not_count(text: str) -> None:
    assert squeezed(text) == "甲乙"


def test_clauses_of_a_docx_are_read_with_their_numbers() -> None:
    clauses = [each for each in WordFile(a_paper("mediation_agreement").files["docx"]).paragraphs if each[1:2] == "、"]
    assert [each[0] for each in clauses] == ["一", "二", "三"]


def test_header_rows_are_known_as_such() -> None:
    word = WordFile(a_paper("mediation_agreement").files["docx"])
    assert word.headers == ["序号付款人收款人金额或标的履行期限方式"]


def test_no_character_of_a_paper_of_ours_lacks_its_way_back_to_text() -> None:
    assert PdfFile(a_paper("mediation_agreement").files["pdf"]).unmapped == 0
