"""Each check of a finished PDF finds the defect it is there for."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from mediator.core.records import Case
from mediator.docs import drawing
from mediator.docs.checks.pdf import odd, shapeless
from mediator.docs.finished import PdfFile
from mediator.docs.fonts import FANGSONG
from mediator.docs.page import BOTTOM, LEADING, LEFT, PAGE_HEIGHT, TOP
from tests.docs.papers import a_case, a_paper, fonts
from tests.docs.planted import KIND, found, with_pdf


def redrawn(pages: list[list[str]], *, foot: float = BOTTOM - 44) -> bytes:
    """A PDF of these rows from the top, page feet right, to plant what our own writer never does."""
    buffer = io.BytesIO()
    fonts().face(FANGSONG)
    canvas = Canvas(buffer, invariant=1, initialFontName=FANGSONG)
    for number, rows in enumerate(pages, start=1):
        canvas.setFont(FANGSONG, 16)
        for place, row in enumerate(rows):
            canvas.drawString(LEFT, PAGE_HEIGHT - TOP - 20 - place * LEADING, row)
        canvas.drawString(LEFT, foot, f"第{number}页共{len(pages)}页")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def rows_of(kind: str, case: Case | None = None) -> list[list[str]]:
    """The rows of a finished paper, page by page."""
    return [body.splitlines() for body in PdfFile(a_paper(kind, case).files["pdf"]).bodies]


def with_rows(kind: str, pages: list[list[str]], case: Case | None = None) -> set[str]:
    """What is found in a paper whose PDF has these rows."""
    paper = a_paper(kind, case)
    return found(replace(paper, pages=len(pages), files={**paper.files, "pdf": redrawn(pages)}), case)


def a_plain_case() -> Case:
    """The case with a name that the face of the planted PDF has."""
    case = a_case()
    return replace(case, parties=(case.parties[0], replace(case.parties[1], name="吴某强"), *case.parties[2:]))


def every_font(writer: pypdf.PdfWriter) -> list[Any]:
    """The font dictionaries of the first page."""
    return [font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]  # the file's own tree


def test_a_face_that_is_not_embedded() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # the file's own tree
            del font.get_object()["/FontDescriptor"]

    assert "C04" in found(with_pdf(a_paper(KIND), strip))


def test_text_that_cannot_be_copied_out() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # the file's own tree
            font.get_object().pop("/ToUnicode", None)

    assert {"C01", "C06"} & found(with_pdf(a_paper(KIND), strip))


def test_a_missing_page() -> None:
    def drop(writer: pypdf.PdfWriter) -> None:
        writer.remove_page(0)

    assert {"C01", "C02", "C11"} <= found(with_pdf(a_paper(KIND), drop))


def test_a_pdf_that_acts() -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    assert "C18" in found(with_pdf(a_paper(KIND), add))


@pytest.mark.parametrize("entry", [("/Title", "别的"), ("/Author", "C:\\Users\\chen\\paper.docx")])
def test_a_pdf_whose_description_is_wrong_or_tells_a_path(entry: tuple[str, str]) -> None:
    def put(writer: pypdf.PdfWriter) -> None:
        writer.add_metadata({entry[0]: TextStringObject(entry[1])})

    assert "C19" in found(with_pdf(a_paper(KIND), put))


def test_a_pdf_without_a_language() -> None:
    def strip(writer: pypdf.PdfWriter) -> None:
        root = writer.root_object
        assert isinstance(root, DictionaryObject)
        del root[NameObject("/Lang")]

    assert "C19" in found(with_pdf(a_paper(KIND), strip))


def test_a_face_whose_name_says_that_it_is_whole() -> None:
    def rename(writer: pypdf.PdfWriter) -> None:
        for font in every_font(writer):
            font[NameObject("/BaseFont")] = NameObject("/FangSong")

    assert "C04" in found(with_pdf(a_paper(KIND), rename))


def test_a_face_of_drawn_pictures() -> None:
    def retype(writer: pypdf.PdfWriter) -> None:
        every_font(writer)[0][NameObject("/Subtype")] = NameObject("/Type3")

    assert "C04" in found(with_pdf(a_paper(KIND), retype))


def program_of(name: str) -> bytes:
    """The embedded program of a face of the agreement."""
    font = next(each for each in PdfFile(a_paper(KIND).files["pdf"]).fonts if str(each["/BaseFont"]).endswith(name))
    return bytes(font["/FontDescriptor"]["/FontFile2"].get_data())


def test_a_character_that_a_face_lacks_is_an_empty_shape_and_found() -> None:
    pages = rows_of("rights_notice")
    assert "㛃" in "".join(pages[0])
    assert "C05" in with_rows("rights_notice", pages)


@pytest.mark.parametrize(("code", "wrong"), [(1, False), (0, True), (256, True)])
def test_a_code_without_a_shape_of_its_own(code: int, wrong: bool) -> None:
    assert shapeless(program_of(FANGSONG), {1, code}) is wrong


def test_a_copy_of_the_shape_for_missing_characters_counts_as_missing() -> None:
    face = TTFont(io.BytesIO(program_of("NotoSerifSC-Regular")))
    table = face["cmap"].tables[0].cmap
    face["glyf"][table[1]] = face["glyf"][".notdef"]
    buffer = io.BytesIO()
    face.save(buffer)
    assert shapeless(buffer.getvalue(), {1})
    assert not shapeless(buffer.getvalue(), {2})


@pytest.mark.parametrize(("char", "wrong"), [("\ufffd", True), ("\ue123", True), ("人", False), ("\U0002cc56", False)])
def test_what_cannot_be_copied_out(char: str, wrong: bool) -> None:
    assert odd(char) is wrong


@pytest.mark.parametrize("side", ["start", "end"])
def test_a_mark_where_it_may_not_stand(side: str) -> None:
    pages = rows_of("rights_notice")
    place = next(n for n, row in enumerate(pages[0]) if "，" in row[1:-1] and n + 1 < len(pages[0]))
    joined = pages[0][place] + pages[0][place + 1]
    cut = joined.index("，") if side == "start" else joined.index("，") + 1
    if side == "end":
        joined = joined.replace("，", "，（", 1)
        cut += 1
    pages[0][place : place + 2] = [joined[:cut], joined[cut:]]
    assert "C07" in with_rows("rights_notice", pages)


def test_a_page_of_nothing_but_places_to_sign() -> None:
    pages = rows_of("rights_notice", a_plain_case())
    whole = [row for page in pages for row in page]
    start = next(n for n, row in enumerate(whole) if "签名或者按指印" in row)
    assert "C08" in with_rows("rights_notice", [whole[:20], whole[20:start], whole[start:]], a_plain_case())
    assert "C08" not in with_rows(
        "rights_notice", [whole[:20], whole[20 : start - 1], whole[start - 1 :]], a_plain_case()
    )


def test_a_slip_below_the_cut_is_no_company_for_the_places_to_sign() -> None:
    kind, case = "confirmation_application", a_plain_case()
    whole = [row for page in rows_of(kind, case) for row in page]
    start = next(n for n, row in enumerate(whole) if "或者按指印" in row)
    slip = next(n for n, row in enumerate(whole) if row.startswith("提示"))
    for split in (slip, slip + 1, len(whole)):
        pages = [whole[:20], whole[20:start], whole[start:split], whole[split:]]
        assert "C08" in with_rows(kind, [page for page in pages if page], case)
    assert "C08" not in with_rows(kind, [whole[:20], whole[20 : start - 2], whole[start - 2 :]], case)
    assert "C08" not in with_rows(kind, [whole[:20], whole[20:slip], whole[slip:]], case)


def test_a_decision_between_two_blocks_of_places_to_sign_is_company_and_the_seal_alone_is_not() -> None:
    whole = [row for page in rows_of("recusal_record", a_plain_case()) for row in page]
    decision, seal = whole.index("调解委员会的决定"), next(n for n, row in enumerate(whole) if "（盖章）" in row)
    assert "C08" not in with_rows("recusal_record", [whole[:decision], whole[decision:]], a_plain_case())
    assert "C08" in with_rows("recusal_record", [whole[:seal], whole[seal:]], a_plain_case())


def test_a_heading_as_the_last_line_of_a_page() -> None:
    whole = [row for page in rows_of("rights_notice", a_plain_case()) for row in page]
    place = whole.index("调解协议的效力：")
    assert "C09" in with_rows("rights_notice", [whole[:18], whole[18 : place + 1], whole[place + 1 :]], a_plain_case())
    assert "C09" not in with_rows("rights_notice", [whole[:10], whole[10:place], whole[place:]], a_plain_case())


def test_a_foot_that_counts_wrong() -> None:
    paper = a_paper(KIND)
    assert "C11" in found(replace(paper, pages=paper.pages + 1))
    pages = rows_of(KIND)
    low = replace(paper, files={**paper.files, "pdf": redrawn(pages, foot=-50)})
    assert "C11" in found(low)


@pytest.mark.parametrize(
    "entry",
    [("/AA", DictionaryObject()), ("/AcroForm", DictionaryObject()),
     ("/Names", DictionaryObject({NameObject("/EmbeddedFiles"): DictionaryObject()}))],
)  # fmt: skip
def test_a_pdf_that_hides_a_file_or_a_form(entry: tuple[str, DictionaryObject]) -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        writer.root_object[NameObject(entry[0])] = entry[1]

    assert "C18" in found(with_pdf(a_paper(KIND), add))


def test_a_page_with_a_link() -> None:
    def add(writer: pypdf.PdfWriter) -> None:
        link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([link])

    assert "C18" in found(with_pdf(a_paper(KIND), add))


@pytest.mark.parametrize("kind", ["mediation_record", "investigation_record"])
def test_a_record_s_page_without_a_place_to_sign(kind: str) -> None:
    assert "C24" in with_rows(kind, rows_of(kind))
    assert "C24" not in found(a_paper(kind))


def test_the_draft_s_watermark_is_not_taken_for_text() -> None:
    assert drawing.UNDER > 0
    text = PdfFile(a_paper(KIND, draft=True).files["pdf"]).bodies[0]
    assert text.count("草") == text.count("稿") == 1
