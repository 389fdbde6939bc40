"""The QR of a mark: drawn into the PDF as one sharp shape, handed to the DOCX as a picture, read back from either.

Error level Q: a quarter of the symbol may be under a stamp or a crease. 146 characters make version 10, 57 modules.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from mediator.docs.breaking import Glyph
from mediator.docs.drawing import put_glyphs
from mediator.docs.mark import Mark, label_for
from mediator.docs.page import CELL, MARK_FOOT, MARK_HEAD, MM, Sheet
from mediator.errors import Unacceptable

SIDE: Final = 19 * MM
BESIDE: Final = 3 * MM
# The check code of the widest letters still fits beside the QR, and both beside the number of the page.
MARK_SIZE: Final = (SIDE + BESIDE + 36 * MM, SIDE)
APART: Final = 18.0
DOTS: Final = 8
MOST_PIXELS: Final = 50_000_000


@lru_cache(maxsize=32)
def symbol(text: str) -> Any:
    """The symbol of what a mark says; a paper needs it once for each format, and again when it is made again."""
    return segno.make_qr(text, error="q", boost_error=False)


def bars(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Dark runs as (row from the top, column, length, modules a side)."""
    matrix = symbol(text).matrix
    for row, modules in enumerate(matrix):
        column = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                yield row, column, length, len(matrix)
            column += length


def left_of_mark(sheet: Sheet) -> float:
    """Where the mark begins in the bottom margin: at the text's edge, on a letter out of its number's way."""
    return (sheet.text_width - MARK_SIZE[0]) / 2 if sheet.letter else 0.0


def foot_of_mark(sheet: Sheet, *, at_head: bool) -> float:
    """How far the mark stands above the foot of its page: in the bottom margin, or in the one at the head."""
    return sheet.height - MARK_HEAD - SIDE if at_head else MARK_FOOT


def put_mark(
    canvas: Any, mark: Mark, labels: Sequence[Sequence[Glyph]], sheet: Sheet, *, at_head: bool = False
) -> None:
    """QR and check code in a margin."""
    x, foot = 0.0 if at_head else left_of_mark(sheet), foot_of_mark(sheet, at_head=at_head)
    path = canvas.beginPath()
    for row, column, length, modules in bars(mark.text):
        size = SIDE / modules
        path.rect(x + column * size, foot + SIDE - (row + 1) * size, length * size, size)
    canvas.drawPath(path, stroke=0, fill=1)
    for place, glyphs in enumerate(labels):
        put_glyphs(canvas, glyphs, (x + SIDE + BESIDE, foot + SIDE - baseline_of(place)), style=CELL)


def baseline_of(place: int) -> float:
    """How far below the top of the QR a line of the check code stands; the lines are in the middle of its height."""
    return (SIDE - APART) / 2 + place * APART + CELL.size / 3


@lru_cache(maxsize=8)
def png(mark: Mark, face: Path) -> bytes:
    """QR and check code as one picture for the DOCX, the code in the face of a file; the paper around is white."""
    dots = DOTS * len(symbol(mark.text).matrix) / SIDE
    picture = Image.new("1", (round(MARK_SIZE[0] * dots), round(MARK_SIZE[1] * dots)), 1)
    draw = ImageDraw.Draw(picture)
    for row, column, length, _ in bars(mark.text):
        left, top = column * DOTS, row * DOTS
        draw.rectangle((left, top, left + length * DOTS - 1, top + DOTS - 1), fill=0)
    font = ImageFont.truetype(str(face), CELL.size * dots, layout_engine=ImageFont.Layout.BASIC)
    for place, words in enumerate(label_for(mark)):
        at = ((SIDE + BESIDE) * dots, baseline_of(place) * dots)
        draw.text(at, words, font=font, fill=0, anchor="ls")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def read_codes(picture: Image.Image) -> list[str]:
    """What every QR in a picture says."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [each.text for each in found]


def read_picture(data: bytes) -> list[str]:
    """What every QR in a PNG or JPEG says, empty for anything else; raises Unacceptable `picture.size`.

    The size is asked of the file's head, before a pixel is unpacked.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unacceptable("picture.size")
            return read_codes(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unacceptable("picture.size") from None
    except (OSError, SyntaxError, ValueError):
        return []
