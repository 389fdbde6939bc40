"""A bound volume as other libraries read it: order, stamped numbers, bookmarks, and the papers' own pages unchanged."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Sequence

import pypdfium2
import pytest
from pypdf import PdfReader

from mediator.docs.binding import Sheets, Volume, bind, first_pages
from mediator.docs.fonts import Fonts
from mediator.docs.page import PAGE_HEIGHT, PAGE_WIDTH
from mediator.errors import Unacceptable
from tests.casework.desks import ROOT
from tests.docs.foreign import one_page_pdf, pdf, stream

FONTS = Fonts.load(ROOT / ".fonts")
VOLUME = Volume("人民调解卷宗", "（2026）缙壶民调字第0031号", "壶镇镇人民调解委员会")
# A page that leaves the pen turned upside down and shrunk, as careless writers do, and shares its resources.
CARELESS = one_page_pdf(stream(b"", b"0.1 0 0 -0.1 300 300 cm q q"), resources=b"/XObject << >>")
EMPTY = one_page_pdf(stream(b"", b""))


def sheets(title: str, data: bytes, pages: int, label: str = "") -> Sheets:
    return Sheets(title, pages, lambda: data, label)


def volume() -> list[Sheets]:
    """Cover, contents of two pages, and papers of three, one, one and two pages."""
    return [
        sheets("封面", pdf(1), 1, "封面"), sheets("卷内目录", pdf(2), 2, "目录"), sheets("申请书", pdf(3), 3),
        sheets("照片", CARELESS, 1), sheets("空白页", EMPTY, 1), sheets("协议书", pdf(2), 2),
    ]  # fmt: skip


def bound(items: Sequence[Sheets]) -> bytes:
    into = io.BytesIO()
    bind(items, VOLUME, FONTS, into=into)
    return into.getvalue()


def corners(data: bytes) -> list[tuple[str, str]]:
    """What stands in the upper left and upper right corner of each page."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            edges = ((0, PAGE_WIDTH / 4), (PAGE_WIDTH * 3 / 4, PAGE_WIDTH))
            left, right = (text.get_text_bounded(a, PAGE_HEIGHT - 60, b, PAGE_HEIGHT).strip() for a, b in edges)
            found.append((left, right))
    return found


def test_numbers_stand_in_the_outer_corner_from_the_first_paper_on() -> None:
    numbered = [("", "1"), ("2", ""), ("", "3"), ("4", ""), ("", "5"), ("6", ""), ("", "7")]
    assert corners(bound(volume())) == [("", ""), ("", ""), ("", ""), *numbered]


def test_first_pages_are_those_that_are_stamped() -> None:
    assert first_pages(volume()) == (0, 0, 1, 4, 5, 6)


def test_a_bookmark_leads_to_the_first_page_of_each_item() -> None:
    reader = PdfReader(io.BytesIO(bound(volume())))
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]  # type: ignore[union-attr, arg-type]
    assert marks == [("封面", 0), ("卷内目录", 1), ("申请书", 3), ("照片", 6), ("空白页", 7), ("协议书", 8)]
    assert reader.page_mode == "/UseOutlines"


def test_a_viewer_shows_the_stamped_numbers() -> None:
    labels = PdfReader(io.BytesIO(bound(volume()))).page_labels
    assert labels[0].startswith("封面")
    assert [label.startswith("目录") for label in labels[1:3]] == [True, True]
    assert labels[3:] == ["1", "2", "3", "4", "5", "6", "7"]


def test_what_a_paper_draws_is_in_the_volume_byte_for_byte() -> None:
    own = pdf(1, draw=lambda canvas: canvas.drawString(100, 100, "kept"))
    (page,) = PdfReader(io.BytesIO(own)).pages
    drawn = page.get_contents()
    last = PdfReader(io.BytesIO(bound([*volume(), sheets("收条", own, 1)]))).pages[-1].get_contents()
    assert drawn is not None
    assert last is not None
    assert drawn.get_data() in last.get_data()


def test_the_file_says_what_it_is_and_nothing_in_it_acts() -> None:
    data = bound(volume())
    reader = PdfReader(io.BytesIO(data))
    told = reader.metadata
    assert told is not None
    assert (told.title, told.subject, told.author) == (VOLUME.title, VOLUME.number, VOLUME.committee)
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert [
        word for word in (b"/JavaScript", b"/OpenAction", b"/AA ", b"/EmbeddedFile", b"/Annots") if word in data
    ] == []


def test_the_same_papers_give_the_same_bytes() -> None:
    assert bound(volume()) == bound(volume())


def test_an_item_of_another_length_than_said_is_not_bound() -> None:
    with pytest.raises(Unacceptable) as caught:
        bound([sheets("申请书", pdf(3), 2)])
    assert (caught.value.code, caught.value.where) == ("dossier.damaged", "申请书")


def test_each_item_is_told_when_it_is_in() -> None:
    told: list[int] = []
    bind(volume(), VOLUME, FONTS, into=io.BytesIO(), bound=told.append)
    assert told == [1, 2, 3, 4, 5, 6]


@pytest.mark.full
def test_four_hundred_pages_take_no_more_than_a_quarter_of_a_gigabyte_beside_themselves() -> None:
    into = io.BytesIO()
    items = [sheets(f"笔录{number}", pdf(20), 20) for number in range(20)]
    tracemalloc.start()
    bind(items, VOLUME, FONTS, into=into)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(PdfReader(into).pages) == 400
    assert peak < 256 * 1024 * 1024 + len(into.getvalue())
