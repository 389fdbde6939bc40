"""A picture in the place of a character that no face has: made small, black and plain, set as high as the em.

What a reader copies out of a PDF is still the character: it stands under the picture, in a face of its own, unseen.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from mediator.errors import Unacceptable

SIDE, INK = 160, 148
MAX_GIVEN: Final = 2 * 1024 * 1024
MAX_KEPT: Final = 32 * 1024
MAX_PIXELS: Final = 4_000_000
FAINTEST: Final = 48
# A Han character hangs so much of the em below its baseline.
BELOW: Final = 0.12
UNSEEN: Final = 3


def plain_picture(data: bytes) -> bytes:
    """A PNG as it is kept: its ink alone, black on nothing, in a square of 160 pixels as a character in its em.

    Raises Unacceptable `glyph.kind`, `glyph.size`, `glyph.empty`. The size is asked before a pixel is unpacked.
    """
    ink = ink_of(data)
    box = ink.getbbox()
    if box is None:
        raise Unacceptable("glyph.empty")
    square = Image.new("L", (SIDE, SIDE), 0)
    shape = ImageOps.contain(ink.crop(box), (INK, INK), Image.Resampling.LANCZOS)
    square.paste(shape, ((SIDE - shape.width) // 2, (SIDE - shape.height) // 2))
    buffer = io.BytesIO()
    Image.merge("LA", (Image.new("L", square.size, 0), square)).save(buffer, "PNG", optimize=True)
    if buffer.tell() > MAX_KEPT:
        raise Unacceptable("glyph.size")
    return buffer.getvalue()


def ink_of(data: bytes) -> Image.Image:
    """How dark each pixel is on white paper, faint ones left out."""
    if len(data) > MAX_GIVEN:
        raise Unacceptable("glyph.size")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Unacceptable("glyph.size")
            shown = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unacceptable("glyph.kind") from None
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    return ImageOps.invert(paper.convert("L")).point([0 if dark < FAINTEST else dark for dark in range(256)])


def put_pictures(canvas: Any, glyphs: Sequence[Any], at: tuple[float, float], *, size: float, extra: float) -> None:
    """The pictures of a run of glyphs on a baseline, each over its character, which is there and not seen."""
    x, y = at
    for glyph in glyphs:
        canvas.saveState()
        words = canvas.beginText(x, y)
        words.setFont(glyph.face, size)
        words.setTextRenderMode(UNSEEN)
        words.textOut(glyph.char)
        canvas.drawText(words)
        canvas.restoreState()
        picture = ImageReader(io.BytesIO(glyph.picture))
        canvas.drawImage(picture, x, y - BELOW * size, width=size, height=size, mask="auto")
        x += glyph.width + extra
