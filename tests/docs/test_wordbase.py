"""The empty Word file: our styles, our sheet, nobody's name."""

from __future__ import annotations

import io

import docx
import pytest
from lxml import etree

from mediator.docs.elements import W
from mediator.docs.finished_word import WordFile
from mediator.docs.page import BODY, PITCH, STYLES
from mediator.docs.wordbase import empty_word, packed, relations, style_xml, twips


def part(name: str) -> etree._Element:
    """A part of the empty file."""
    return etree.fromstring(WordFile(empty_word()).parts[name])


def test_the_library_opens_it_and_it_is_empty() -> None:
    word = docx.Document(io.BytesIO(empty_word()))
    assert word.paragraphs == []
    assert word.core_properties.author == ""


def test_every_style_of_the_sheet_is_there_with_its_face_and_size() -> None:
    styles = docx.Document(io.BytesIO(empty_word())).styles
    for style in STYLES:
        found = styles[style.name]
        assert found.font.size.pt == style.size
        assert found.element.rPr.rFonts.get(f"{W}eastAsia") == style.face
        assert found.paragraph_format.line_spacing.pt == pytest.approx(style.leading, abs=0.05)


def test_the_faces_are_those_of_the_standard_form() -> None:
    assert {style.face for style in STYLES} == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}


def test_28_characters_of_the_body_fill_a_line_and_a_29th_does_not_fit() -> None:
    spacing = part("word/styles.xml").find(f"{W}style[@{W}styleId='MediatorBody']/{W}rPr/{W}spacing")
    assert spacing is not None
    advance = BODY.size * 20 + int(spacing.get(f"{W}val", "0"))
    assert 28 * advance <= 28 * PITCH * 20 < 29 * advance


def test_no_blank_is_put_between_chinese_and_latin_and_no_mark_hangs_out() -> None:
    head = part("word/styles.xml").find(f"{W}style[@{W}styleId='MediatorBody']/{W}pPr")
    assert head is not None
    off = [etree.QName(each).localname for each in head if each.get(f"{W}val") == "0"]
    assert off == ["overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"]


def test_the_sheet_s_grid_is_the_line_of_the_body() -> None:
    grid = part("word/document.xml").find(f".//{W}docGrid")
    assert grid is not None
    assert grid.get(f"{W}linePitch") == "579"


def test_language_is_chinese_everywhere() -> None:
    language = part("word/styles.xml").find(f".//{W}lang")
    assert language is not None
    assert (language.get(f"{W}val"), language.get(f"{W}eastAsia")) == ("zh-CN", "zh-CN")


def test_headings_alone_are_levels_of_the_outline() -> None:
    levels = {style.name: style_xml(style).partition('outlineLvl w:val="')[2][:1] for style in STYLES}
    assert {name: level for name, level in levels.items() if level} == {
        "Mediator Heading": "0", "Mediator Heading 2": "1", "Mediator Heading 3": "2", "Mediator Heading 4": "3",
        "Mediator Card Heading": "0",
    }  # fmt: skip


def test_lengths_are_rounded_down_to_what_word_counts_in() -> None:
    assert [twips(points) for points in (1, 28.99, 0.04)] == [20, 579, 0]


def test_relations_are_numbered_in_order() -> None:
    found = etree.fromstring(relations(("t/a", "a.xml"), ("t/b", "b.xml")))
    assert [(each.get("Id"), each.get("Target")) for each in found] == [("rId1", "a.xml"), ("rId2", "b.xml")]


def test_equal_parts_are_equal_bytes_in_any_order() -> None:
    assert packed({"b": b"1", "[Content_Types].xml": b"2"}) == packed({"[Content_Types].xml": b"2", "b": b"1"})
