"""The QR as a reader meets it: sharp, on paper as in a photograph, half covered, and never larger than memory."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from mediator.docs import qr
from mediator.docs.mark import Mark
from mediator.docs.qr import MARK_SIZE, bars, png, read_picture, symbol
from mediator.errors import Unacceptable
from tests.docs.papers import a_stamp, fonts


def a_mark(digest: bytes = bytes(32), pages: int = 3) -> Mark:
    """Some mark."""
    return a_stamp().mark(digest, pages)


def photograph(
    mark: Mark, *, form: str = "PNG", turned: float = 0.0, blurred: float = 0.0, stamp: float = 0.0
) -> bytes:
    """The picture of the mark on white paper, turned, out of focus, with a red seal over a share of its QR."""
    code = Image.open(io.BytesIO(png(mark, fonts().label))).convert("RGB")
    side = code.height
    sheet = Image.new("RGB", (4 * side, 3 * side), "white")
    sheet.paste(code, (side // 2, side // 2))
    if stamp:
        end = side // 2 + side
        ImageDraw.Draw(sheet).ellipse((end - stamp * side, end - stamp * side, end, end), fill="red")
    out = io.BytesIO()
    sheet.rotate(turned, fillcolor="white").filter(ImageFilter.GaussianBlur(blurred)).save(out, form)
    return out.getvalue()


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.integers(1, 65535))
def test_every_mark_fits_one_size_and_reads_back(digest: bytes, pages: int) -> None:
    mark = a_mark(digest, pages)
    code = symbol(mark.text)
    assert (code.version, code.error, len(code.matrix)) == (10, "Q", 57)
    assert read_picture(photograph(mark)) == [mark.text]


@pytest.mark.parametrize(
    ("form", "turned", "blurred", "stamp"),
    [("JPEG", 0, 0, 0), ("JPEG", 90, 0, 0), ("JPEG", 17, 0, 0), ("PNG", 0, 3, 0), ("PNG", 0, 0, 0.3)],
)
def test_a_photograph_is_read_however_it_was_taken(form: str, turned: float, blurred: float, stamp: float) -> None:
    mark = a_mark()
    assert read_picture(photograph(mark, form=form, turned=turned, blurred=blurred, stamp=stamp)) == [mark.text]


def test_the_bars_drawn_in_the_pdf_are_the_dark_modules_and_nothing_else() -> None:
    text = a_mark().text
    dark = {(row, column + at) for row, column, length, _ in bars(text) for at in range(length)}
    matrix = symbol(text).matrix
    assert dark == {(row, at) for row, modules in enumerate(matrix) for at, module in enumerate(modules) if module}
    runs = [(row, column, length) for row, column, length, _ in bars(text)]
    assert all((row, column + length) not in dark for row, column, length in runs)


def test_the_picture_for_word_says_the_check_code_beside_the_qr_in_black_on_white() -> None:
    one, other = (Image.open(io.BytesIO(png(a_mark(pages=pages), fonts().label))) for pages in (3, 4))
    assert (one.mode, one.size) == ("1", (round(456 * MARK_SIZE[0] / MARK_SIZE[1]), 456))
    beside = [each.crop((470, 0, *each.size)) for each in (one, other)]
    upper, lower = (beside[0].crop((0, top, beside[0].width, top + 200)) for top in (20, 230))
    assert upper.getextrema() == lower.getextrema() == (0, 255)
    assert beside[0].tobytes() != beside[1].tobytes()
    assert upper.tobytes() == beside[1].crop((0, 20, beside[1].width, 220)).tobytes()


@pytest.mark.parametrize("size", [(qr.MOST_PIXELS, 2), (20_000, 20_000)])
def test_a_picture_beyond_the_limit_is_refused_by_its_head(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    with pytest.raises(Unacceptable, match=r"picture\.size"):
        read_picture(out.getvalue())


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    whole = photograph(a_mark())
    for each in (data, b"\x89PNG\r\n\x1a\n" + data, whole[:200] + data, b"\xff\xd8\xff" + data):
        assert read_picture(each) == []
