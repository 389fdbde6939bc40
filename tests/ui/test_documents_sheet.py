"""Printing: real pages at true size, copies by rule, both sides, an offset in millimetres, a test page, no printer."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from mediator.casework import printing
from mediator.journal.streams import desk_stream
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.documents_printing import Run, print_pages, print_test
from mediator.ui.preferences import Sheet, remembered
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import case_of
from tests.ui.issuing import AGREEMENT, issue, papers
from tests.ui.scenes import an_application, desk_of

MM = 72 / 25.4
DOTS = 4  # a millimetre, when pages are looked at


def a_printer(file: Path) -> QPrinter:
    """One that prints into a PDF; its own margins are wide."""
    an_application()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(20, 20, 20, 20))
    return printer


def a_paper(file: Path, *sizes: tuple[float, float]) -> bytes:
    """Pages with a black square of 10 mm whose corner is 30 mm from the left and 40 mm from the top."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(file), pagesize=sizes[0])
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(30 * MM, size[1] - 50 * MM, 10 * MM, 10 * MM, fill=1)
        canvas.showPage()
    canvas.save()
    return file.read_bytes()


def pages_in(file: Path) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    """Of each page its size and the corner of its ink, in whole millimetres; None for an empty side."""
    found = []
    for page in pypdfium2.PdfDocument(file):
        picture = page.render(scale=DOTS / MM, grayscale=True).to_pil().convert("L")
        box = picture.point([255 if shade < 128 else 0 for shade in range(256)]).getbbox()
        size = (round(page.get_width() / MM), round(page.get_height() / MM))
        found.append((size, (round(box[0] / DOTS), round(box[1] / DOTS)) if box else None))
    return found


UP, ACROSS = (210 * MM, 297 * MM), (297 * MM, 210 * MM)


@pytest.mark.parametrize(
    ("run", "sizes", "wanted"),
    [
        (Run(), (UP, ACROSS), [((210, 297), (30, 40)), ((297, 210), (30, 40))]),
        (Run(offset=(2.0, -3.0)), (UP,), [((210, 297), (32, 37))]),
        (Run(copies=2), (UP,), [((210, 297), (30, 40))] * 2),
        (Run(copies=2, duplex=True), (UP,), [((210, 297), (30, 40)), ((210, 297), None)] * 2),
        (Run(copies=2, duplex=True), (UP, UP), [((210, 297), (30, 40))] * 4),
    ],
)
def test_pages_are_printed_at_their_true_size_where_they_belong(
    tmp_path: Path,
    run: Run,
    sizes: tuple[tuple[float, float], ...],
    wanted: list[tuple[tuple[int, int], tuple[int, int] | None]],
) -> None:
    printer = a_printer(tmp_path / "printed.pdf")
    assert print_pages(a_paper(tmp_path / "paper.pdf", *sizes), printer, run) == len(sizes)
    assert pages_in(tmp_path / "printed.pdf") == wanted


@pytest.mark.parametrize("offset", [(0.0, 0.0), (1.0, 2.0)])
def test_the_frame_of_the_test_page_stands_ten_millimetres_from_the_edges(
    tmp_path: Path, offset: tuple[float, float]
) -> None:
    print_test(a_printer(tmp_path / "test.pdf"), offset)
    assert pages_in(tmp_path / "test.pdf") == [((210, 297), (10 + int(offset[0]), 10 + int(offset[1])))]
    words = pypdfium2.PdfDocument(tmp_path / "test.pdf")[0].get_textpage().get_text_range()
    assert "10 毫米" in unicodedata.normalize("NFKC", words)


def opened(window: Window, folder: Path, *names: str) -> DocumentsPage:
    """An issued agreement before the printers of a computer."""
    _, page = papers(window, folder)
    issue(window, page, AGREEMENT)
    page.sheet.printers = lambda: names
    page.issued.print_chosen()
    settle(window)
    return page


def test_the_issued_pages_are_shown_with_the_copies_that_the_rule_asks(window: Window, tmp_path: Path) -> None:
    page = opened(window, tmp_path, "办公室")
    case = page.issued.case
    assert case is not None
    assert case.agreement is not None
    assert page.sheet.job.data in {each.read_bytes() for each in (tmp_path / "papers").iterdir()}
    assert page.sheet.copies.value() == case.agreement.copies == 3
    pages = page.sheet.paper.pages
    assert page.sheet.need.text() == f"共 {pages} 页，3 份，要纸 {3 * pages} 张。"
    assert page.sheet.now.isEnabled()
    assert not page.desktop.isVisible()
    assert printing.copies_for(case, "receipt") == 2
    assert printing.copies_for(case, "application") == 1


def test_without_a_printer_it_is_said_plainly_and_the_pages_are_saved(window: Window, tmp_path: Path) -> None:
    page = opened(window, tmp_path)
    assert "没有装打印机" in page.sheet.none.words.text()
    assert not page.sheet.now.isEnabled()
    page.sheet.save_to(tmp_path / "去印.pdf")
    settle(window)
    assert (tmp_path / "去印.pdf").read_bytes() == page.sheet.job.data
    assert str(tmp_path / "去印.pdf") in page.told.words.text()


def test_what_is_set_for_the_printer_is_there_for_the_next_paper_and_after_the_next_start(
    window: Window, tmp_path: Path
) -> None:
    page = opened(window, tmp_path, "办公室", "大厅")
    page.sheet.printer.setCurrentIndex(1)
    page.sheet.duplex.setChecked(True)
    page.sheet.right.setValue(1.5)
    page.sheet.send(a_printer(tmp_path / "printed.pdf"))
    settle(window)
    assert "已送往打印机" in page.told.words.text()
    assert page.desktop.isVisible(), "the papers are not back"
    assert remembered(window.preferences.path).sheet == Sheet("大厅", True, 1.5, 0.0)
    page.print_paper()
    settle(window)
    assert (page.sheet.printer.value, page.sheet.duplex.isChecked(), page.sheet.right.value()) == ("大厅", True, 1.5)
    assert page.sheet.copies.value() == 1, "a draft is printed once"


@pytest.mark.threat("T16")
def test_a_job_is_called_by_the_number_of_the_case_alone(window: Window, tmp_path: Path) -> None:
    page = opened(window, tmp_path, "办公室")
    printer = a_printer(tmp_path / "printed.pdf")
    page.sheet.send(printer)
    settle(window)
    assert page.issued.case is not None
    assert printer.docName() == f"调解助手 {page.issued.case.number}"


@pytest.mark.parametrize("told", ["{}", '{"sheet": 3}', '{"sheet": {"right": "2", "down": 99, "duplex": 1}}'])
def test_a_spoilt_file_of_preferences_moves_no_paper(tmp_path: Path, told: str) -> None:
    (file := tmp_path / "look.json").write_text(told, encoding="utf-8")
    assert remembered(file).sheet == Sheet()


def test_a_printed_paper_leaves_its_trace(window: Window, tmp_path: Path) -> None:
    page = opened(window, tmp_path, "办公室")
    case = page.issued.case
    assert case is not None
    assert len(case_of(desk_of(window), case.id).papers) == 1
    vault = desk_of(window).vault
    assert [each.kind for each in vault.stream(desk_stream(vault.desk))][-1] == "audit.document_reprinted"
