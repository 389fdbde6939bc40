"""Elements of a Word file are asked alike: words as they stand, a missing value is empty, a place to sign has a tab."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mediator.docs.elements import W, has_place, value_of, words_of

SPACE = W[1:-1]


def parsed(inner: str) -> Any:
    """A paragraph with this inside."""
    return etree.fromstring(f'<w:p xmlns:w="{SPACE}">{inner}</w:p>')


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("", ""),
        ("<w:r><w:t>申请人</w:t></w:r><w:r><w:t> 张三</w:t></w:r>", "申请人 张三"),
        ("<w:r><w:t/></w:r><w:r><w:t>完</w:t></w:r>", "完"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
        ("<w:hyperlink><w:r><w:t>内层</w:t></w:r></w:hyperlink>", "内层"),
    ],
)
def test_words_are_those_of_every_run_in_order_and_of_nothing_else(inner: str, words: str) -> None:
    assert words_of(parsed(inner)) == words


@pytest.mark.parametrize(
    ("inner", "path", "value"),
    [
        ('<w:pPr><w:jc w:val="right"/></w:pPr>', f"pPr/{W}jc", "right"),
        ("<w:pPr><w:jc/></w:pPr>", f"pPr/{W}jc", ""),
        ("<w:pPr/>", f"pPr/{W}jc", ""),
        ("", f"pPr/{W}jc", ""),
        ('<w:numId w:val="2"/>', "numId", "2"),
    ],
)
def test_a_value_that_is_not_told_is_empty(inner: str, path: str, value: str) -> None:
    assert value_of(parsed(inner), path) == value


@pytest.mark.parametrize(
    ("inner", "place"),
    [
        ("<w:r><w:t>申请人（签名）：</w:t></w:r><w:r><w:tab/></w:r>", True),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>正文</w:t></w:r>", False),
        ("<w:hyperlink><w:r><w:tab/></w:r></w:hyperlink>", False),
        ("", False),
    ],
)
def test_only_a_tab_among_its_own_runs_makes_a_place_to_sign(inner: str, place: bool) -> None:
    assert has_place(parsed(inner)) is place


@given(st.lists(st.text(alphabet="甲乙 丙", max_size=5), max_size=5))
def test_however_a_text_is_cut_into_runs_it_reads_the_same(pieces: list[str]) -> None:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces)
    assert words_of(parsed(runs)) == "".join(pieces)
