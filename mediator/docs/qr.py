"""The QR of a mark: drawn into the PDF as one sharp shape, handed to the DOCX as a picture, read back from either.

Error level Q: a quarter of the symbol may be under a stamp or a crease. 146 characters make version 10, 57 modules.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import segno
import zxingcpp
from PIL import Image

from mediator.docs.breaking import Glyph
from mediator.docs.drawing import put_glyphs
from mediator.docs.mark import Mark
from mediator.docs.page import CELL, MARK_HEIGHT, MM
from mediator.errors import Unacceptable

SIDE: Final = 19 * MM
BESIDE: Final = 6 * MM
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


def put_mark(canvas: Any, y: float, *, mark: Mark, glyphs: Sequence[Glyph]) -> None:
    """QR at the foot of its strip below y, the check code beside its middle."""
    foot = y - MARK_HEIGHT
    path = canvas.beginPath()
    for row, column, length, modules in bars(mark.text):
        size = SIDE / modules
        path.rect(column * size, foot + SIDE - (row + 1) * size, length * size, size)
    canvas.drawPath(path, stroke=0, fill=1)
    put_glyphs(canvas, glyphs, (SIDE + BESIDE, foot + (SIDE - CELL.size) / 2), style=CELL)


def png(mark: Mark) -> bytes:
    """The QR as a picture for the DOCX, without quiet zone: the paper around it is white."""
    buffer = io.BytesIO()
    symbol(mark.text).save(buffer, kind="png", scale=DOTS, border=0)
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
