"""Each check of a finished DOCX finds the defect it is there for."""

from __future__ import annotations

import re

import pytest

from mediator.docs.checks.word import broken_relations, untyped
from tests.docs.papers import a_paper
from tests.docs.planted import KIND, found, with_part, with_text


def test_a_foot_without_the_count_of_pages() -> None:
    paper = with_part(a_paper(KIND), "word/footer1.xml", lambda text: text.replace("NUMPAGES", "PAGE"))
    assert "C11" in found(paper)


def test_text_without_an_east_asian_face() -> None:
    assert "C13" in found(with_text(a_paper(KIND), "w:eastAsia=", "w:cs="[:-1] + "2="))


def test_a_relation_that_leads_nowhere() -> None:
    paper = with_part(
        a_paper(KIND), "word/_rels/document.xml.rels", lambda text: text.replace("styles.xml", "missing.xml", 1)
    )
    assert "C13" in found(paper)


def test_a_foot_without_the_number_of_the_page() -> None:
    paper = with_part(a_paper(KIND), "word/footer1.xml", lambda text: text.replace(" PAGE ", " DATE "))
    assert "C11" in found(paper)


@pytest.mark.parametrize(
    ("old", "new"),
    [("<w:rPr><w:rFonts", "<w:rPr><w:u/><w:rFonts"), ("<w:b/>", "<w:b/><w:b/>")],
    ids=["out of order", "twice"],
)
def test_properties_that_do_not_stand_as_the_standard_has_them(old: str, new: str) -> None:
    assert "C13" in found(with_text(a_paper(KIND), old, new))


def test_a_run_whose_faces_were_taken_away() -> None:
    paper = with_part(a_paper(KIND), "word/document.xml", lambda text: re.sub("<w:rFonts[^>]*/>", "", text, count=1))
    assert "C13" in found(paper)


TYPES = b'<Types><Default Extension="rels"/><Override PartName="/word/document.xml"/></Types>'


def test_a_part_that_no_content_type_names() -> None:
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": b"", "word/macro.bin": b"", "_rels/.rels": b""}
    assert list(untyped(parts)) == ["word/macro.bin"]


@pytest.mark.parametrize(
    ("target", "lost"),
    [("word/document.xml", []), ("/word/document.xml", []), ("word/../word/document.xml", []),
     ("word/missing.xml", ["word/missing.xml"]), ("/missing.xml", ["missing.xml"])],
)  # fmt: skip
def test_where_a_relation_leads(target: str, lost: list[str]) -> None:
    rels = f'<Relationships><Relationship Target="{target}"/></Relationships>'.encode()
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": b"", "_rels/.rels": rels}
    assert list(broken_relations(parts)) == lost


def test_a_relation_out_of_the_package_is_not_looked_for_in_it() -> None:
    rels = b'<Relationships><Relationship Target="http://x/" TargetMode="External"/></Relationships>'
    assert list(broken_relations({"[Content_Types].xml": TYPES, "_rels/.rels": rels})) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("<dc:title>人民", "<dc:title>某人民"), ("<dc:language>zh-CN", "<dc:language>en-US"),
     ("<cp:lastModifiedBy>", "<cp:lastModifiedBy>C:\\Users\\chen\\"), ("0031", "0032")],
    ids=["title", "language", "path", "number"],
)  # fmt: skip
def test_a_description_that_is_wrong_or_tells_a_path(old: str, new: str) -> None:
    paper = with_part(a_paper(KIND), "docProps/core.xml", lambda text: text.replace(old, new))
    assert "C19" in found(paper)


def test_a_record_without_a_place_to_sign_on_each_page_is_found_in_word_too() -> None:
    paper = a_paper("mediation_record")
    bare = with_part(paper, "word/footer1.xml", lambda text: text.replace("当事人签名：", ""))
    assert "C24" in found(bare)
