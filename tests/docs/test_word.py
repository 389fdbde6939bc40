"""The DOCX part by part: what Word and WPS read, as it was looked at and approved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from mediator.docs import page
from mediator.docs.catalogue import kind_of
from mediator.docs.elements import W
from mediator.docs.finished_word import WordFile
from mediator.docs.model import Align, Block, Clause, Document, Form, Heading, Place, Run, Signatures, Table, text
from mediator.docs.page import HEIGHT, LEADING, PITCH, WIDTH
from mediator.docs.word import Words, Writer, write_docx
from mediator.docs.wordbase import twips
from tests.docs.papers import WRITTEN, a_paper

GOLDEN = Path(__file__).parent / "golden" / "word"
PARTS = ("word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/fontTable.xml", "[Content_Types].xml")


def pretty(data: bytes) -> str:
    """A part with a line for each element, as the approved ones are kept."""
    return str(etree.tostring(etree.fromstring(data), pretty_print=True, encoding="unicode"))


def a_document(*blocks: Block, **more: Any) -> Document:
    """A paper of these blocks."""
    return Document("kind", "协议书", "某镇人民调解委员会", "第1号", blocks, **more)


def written(*blocks: Block, **more: Any) -> WordFile:
    """The DOCX of these blocks, read back."""
    return WordFile(write_docx(a_document(*blocks, **more)))


def styles_of(word: WordFile) -> list[str]:
    """The style of each paragraph outside tables."""
    return [each.get(f"{W}val") for each in word.body.findall(f"{W}p/{W}pPr/{W}pStyle")]


def child_names(word: WordFile, path: str) -> Iterator[list[str]]:
    """The names of the children of each element on a path."""
    for each in word.body.iterfind(path):
        yield [etree.QName(child).localname for child in each]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_reads_as_the_approved_one(part: str) -> None:
    found = pretty(WordFile(a_paper("mediation_agreement").files["docx"]).parts[part])
    assert found == (GOLDEN / Path(part).name).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_body_of_each_kind_reads_as_the_approved_one(kind: str) -> None:
    found = pretty(WordFile(a_paper(kind).files["docx"]).parts["word/document.xml"])
    assert found == (GOLDEN / f"{kind}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_run_of_every_part_has_an_east_asian_face(kind: str) -> None:
    for name, data in WordFile(a_paper(kind).files["docx"]).parts.items():
        if name.startswith(("word/document", "word/footer")):
            for run in etree.fromstring(data).iter(f"{W}r"):
                faces = run.find(f"{W}rPr/{W}rFonts")
                assert faces is not None
                assert faces.get(f"{W}eastAsia")
                assert faces.get(f"{W}hint") == "eastAsia"


@pytest.mark.parametrize("kind", WRITTEN)
def test_another_reader_opens_it_and_finds_our_sheet(kind: str) -> None:
    section = docx.Document(io.BytesIO(a_paper(kind).files["docx"])).sections[0]
    edges = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    card = kind_of(kind).sheet is page.CARD
    assert [round(edge.mm) for edge in edges if edge] == [210, 297, *((20, 25, 20) if card else (37, 28, 26))]


def test_nothing_of_the_library_s_stock_file_is_left() -> None:
    parts = WordFile(a_paper("receipt").files["docx"]).parts
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/fontTable.xml", "word/footer1.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml",
    }  # fmt: skip
    assert not [name for name, data in parts.items() if b"Theme" in data.replace(b"themeFontLang", b"")]


def test_names_are_sorted_and_times_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(a_paper("receipt").files["docx"])) as package:
        names = package.namelist()
        assert names == ["[Content_Types].xml", *sorted(names[1:])]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_level_has_its_style() -> None:
    word = written(text("甲。"), Heading("事实："), Clause(1, "乙。"), Clause(2, "丙。"))
    assert styles_of(word) == [
        "MediatorCommittee", "MediatorTitle", "MediatorBody", "MediatorBody", "MediatorHeading", "MediatorClause",
        "MediatorClause",
    ]  # fmt: skip
    assert word.paragraphs[-2:] == ["一、乙。", "二、丙。"]
    assert word.headings == ["事实："]


def test_no_committee_and_no_number_leave_no_empty_lines() -> None:
    word = WordFile(write_docx(Document("kind", "收条", "", "", (text("今收到。"),))))
    assert word.paragraphs == ["收条", "今收到。"]
    assert word.body.find(f"{W}p/{W}pPr/{W}spacing").get(f"{W}after") == str(twips(LEADING / 2))


def test_paragraph_properties_stand_in_the_order_of_the_standard() -> None:
    order = ["pStyle", "keepNext", "numPr", "pBdr", "tabs", "spacing", "ind", "jc"]
    for kind in WRITTEN:
        for names in child_names(WordFile(a_paper(kind).files["docx"]), f".//{W}pPr"):
            assert names == sorted(names, key=order.index), kind


@pytest.mark.parametrize(("align", "value"), [(Align.LEFT, "left"), (Align.CENTER, "center"), (Align.RIGHT, "right")])
def test_a_paragraph_stands_where_it_is_aligned(align: Align, value: str) -> None:
    last = written(text("甲。", align=align)).body.findall(f"{W}p")[-1]
    assert last.find(f"{W}pPr/{W}jc").get(f"{W}val") == value
    assert (last.find(f"{W}pPr/{W}ind") is not None) is (align is Align.LEFT)


def test_body_text_is_indented_by_two_characters_of_any_size() -> None:
    indent = written(text("甲。")).body.findall(f"{W}p")[-1].find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"
    assert indent.get(f"{W}firstLine") == str(int(2 * PITCH * 20))


def test_a_gap_for_the_pen_is_underlined_blanks() -> None:
    last = written(text("今收到", Run(blank=4))).body.findall(f"{W}p")[-1].findall(f"{W}r")[-1]
    assert last.find(f"{W}t").text == "\u3000" * 4
    assert last.find(f"{W}rPr/{W}u").get(f"{W}val") == "single"


def test_a_table_has_width_grid_and_cell_widths_that_add_up() -> None:
    table = Table(("甲", "乙", "丙"), (("1", "2", "3"),), (0.2, 0.3, 0.5), (Align.CENTER, Align.LEFT, Align.RIGHT))
    found = written(table).body.find(f"{W}tbl")
    grid = [int(each.get(f"{W}w")) for each in found.iter(f"{W}gridCol")]
    assert [int(each.get(f"{W}w")) for each in found.iter(f"{W}tcW")] == grid * 2
    assert int(found.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == sum(grid)
    assert sum(grid) == pytest.approx(WIDTH * 20, abs=3)
    assert len(list(found.iter(f"{W}tblHeader"))) == 1
    assert len(list(found.iter(f"{W}cantSplit"))) == 2
    sides = [each.get(f"{W}val") for each in found.iter(f"{W}jc")]
    assert sides == ["center"] * 3 + ["center", "left", "right"]


def test_a_single_pair_of_a_form_covers_the_grid_of_two() -> None:
    found = written(Form(((("姓名", "吴某"), ("性别", "男")), (("住址", "某村"),)))).body.find(f"{W}tbl")
    spans = [
        [cell.find(f"{W}tcPr/{W}gridSpan") is not None for cell in row.iter(f"{W}tc")] for row in found.iter(f"{W}tr")
    ]
    assert spans == [[False] * 4, [False, True]]
    assert len(list(found.iter(f"{W}gridCol"))) == 4


def test_a_row_that_goes_on_has_no_rule_and_no_air_where_it_is_open() -> None:
    table = Table(("甲",), (("1",), ("2",), ("3",)), (1.0,), goes_on=frozenset({0, 1}))
    found = []
    for shape in written(table).body.iter(f"{W}tcPr"):
        rules, air = (shape.find(f"{W}{name}") for name in ("tcBorders", "tcMar"))
        found.append([each.tag.removeprefix(W) for holder in (rules, air) if holder is not None for each in holder])
    assert found == [[], ["bottom"] * 2, ["top", "bottom"] * 2, ["top"] * 2]


@pytest.mark.parametrize(("words", "lines"), [("", 1), ("调" * 10, 1), ("调" * 11, 2), ("调\n解", 2), ("\n\n", 3)])
def test_how_many_lines_a_cell_takes(words: str, lines: int) -> None:
    assert Writer().lines_of(Words(words), 10 * 12 + 8) == lines


def test_what_stands_before_the_signatures_is_kept_with_them() -> None:
    block = Signatures((Place("当事人"), Place("记录人")), seal="某委员会", day="2026年3月5日")
    rows = written(text("甲。"), text("乙。"), block).body.findall(f"{W}p")[3:]
    assert [row.find(f"{W}pPr/{W}keepNext") is not None for row in rows] == [False, True, True, True, True, False]


def test_a_table_before_the_signatures_keeps_its_last_row_with_them() -> None:
    word = written(Table(("甲",), (("1",), ("2",)), (1.0,)), Signatures((Place("当事人"),)))
    kept = [row.find(f".//{W}keepNext") is not None for row in word.body.iter(f"{W}tr")]
    assert kept == [False, False, True]


def test_rules_to_sign_end_alike_at_the_edge() -> None:
    tabs = list(written(Signatures((Place("当事人"), Place("记录人")))).body.iter(f"{W}tabs"))
    assert [tab[0].get(f"{W}pos") for tab in tabs] == [str(int(WIDTH * 20))] * 2
    assert {tab[0].get(f"{W}leader") for tab in tabs} == {"underscore"}


def test_signature_text_is_what_stands_from_the_first_place_on() -> None:
    block = Signatures((Place("当事人", "吴某"),), day="今日")
    assert written(text("甲。"), block).signatures == ["当事人吴某（签名）：今日"]
    assert written(text("甲。")).signatures == []


def test_what_stands_between_two_blocks_of_places_to_sign_belongs_to_neither() -> None:
    first, second = Signatures((Place("当事人"),), day="今日"), Signatures((), "某委员会", "明日")
    box = Form(((("决定", "同意"),),))
    assert written(first, Heading("决定"), box, second).signatures == ["当事人（签名）：今日", "某委员会（盖章）明日"]


def test_the_foot_counts_pages_and_a_record_s_has_a_place_to_sign() -> None:
    assert [code in written().feet for code in (" PAGE ", " NUMPAGES ", "当事人签名：")] == [True, True, False]
    assert "当事人签名：" in written(foot_sign="当事人签名：").feet


@pytest.mark.parametrize("draft", [True, False])
def test_only_a_draft_has_the_word_across_each_page(draft: bool) -> None:
    parts = written(draft=draft).parts
    headers = [data.decode() for name, data in parts.items() if name.startswith("word/header")]
    assert [('string="草稿"' in each, "rotation:315" in each) for each in headers] == [(True, True)] * draft


def test_a_head_too_long_for_its_size_is_made_smaller_in_both_formats_alike() -> None:
    word = WordFile(write_docx(Document("kind", "书", "调" * 26, "", ())))
    assert word.body.find(f"{W}p/{W}r/{W}rPr/{W}sz").get(f"{W}val") == "34"


def test_a_page_of_the_grid_holds_22_lines() -> None:
    assert 22 * twips(LEADING) <= HEIGHT * 20 < 23 * twips(LEADING)
