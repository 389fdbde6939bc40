"""A picture or PDF from outside, drawn anew page by page: run as a process of its own with little memory and time.

    python -m mediator.docs.redrawing < file > pages

Nothing of the file itself goes on: pages come out as JPEG of what can be seen, without EXIF, places, scripts, links or
attachments (T38). Each is preceded by its width and height in pixels and its length, four bytes each. A refusal is a
code on standard error and exit 3.
"""

from __future__ import annotations

import io
import struct
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, Final

import pypdfium2
from PIL import Image

from mediator.errors import Unacceptable

MAX_PIXELS: Final = 50_000_000
MAX_UNPACKED: Final = 160_000_000
MAX_PAGES: Final = 200
MAX_KEPT: Final = 100 * 1024 * 1024
MEMORY: Final = 320 * 1024 * 1024
# The frame of a page holds 170 x 262 mm; 240 dots an inch there are 200 dots an inch of an A4 original (DA/T 31).
WIDEST, HIGHEST = 1606, 2476
QUALITY: Final = 80
REFUSED: Final = 3
HEAD: Final = struct.Struct(">III")
# Bytes of a pixel once it is unpacked and made ready to be resized; four for any other mode.
WIDE: Final = {"1": 1, "L": 1, "LA": 2, "I;16": 2, "RGB": 3, "YCbCr": 3}
GREYEST: Final = 24
ORIENTATION: Final = 0x0112
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
SMOOTH: Final = {"1": "L", "P": "RGBA", "PA": "RGBA", "La": "LA", "RGBa": "RGBA"}
BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error)
HUGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def redrawn(data: bytes) -> Iterator[Image.Image]:
    """Every page as it is seen, small enough for its frame.

    Raises Unacceptable `scan.kind`, `scan.pixels`, `scan.pages`, `scan.locked`, `scan.damaged`.
    """
    return pdf_pages(data) if data.startswith(b"%PDF") else pictures(data)


def pictures(data: bytes) -> Iterator[Image.Image]:
    """Every frame of a JPEG, PNG or TIFF, upright; sizes are looked at before anything is unpacked."""
    with opened(data) as image:
        for number in range(MAX_PAGES + 1):
            if not at_frame(image, number):
                return
            if number == MAX_PAGES:
                raise Unacceptable("scan.pages", limit=MAX_PAGES)
            refuse_huge(image)
            yield read(lambda: upright(image))


def opened(data: bytes) -> Image.Image:
    """The picture, its head alone read."""
    try:
        return Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF"))
    except HUGE:
        raise Unacceptable("scan.pixels", limit=MAX_PIXELS) from None
    except BROKEN:
        raise Unacceptable("scan.kind") from None


def at_frame(image: Image.Image, number: int) -> bool:
    """Go to a frame; False when there is none. Frames are counted one by one, whatever the head says."""
    if number == 0:
        return True
    if image.format != "TIFF":
        return False
    try:
        image.seek(number)
    except EOFError:
        return False
    except HUGE:
        raise Unacceptable("scan.pixels", limit=MAX_PIXELS) from None
    except BROKEN:
        raise Unacceptable("scan.damaged") from None
    return True


def refuse_huge(image: Image.Image) -> None:
    """Raise for more pixels, or more bytes of them, than are ever unpacked."""
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or pixels * WIDE.get(image.mode, 4) > MAX_UNPACKED:
        raise Unacceptable("scan.pixels", limit=MAX_PIXELS)


def read(work: Callable[[], Image.Image]) -> Image.Image:
    """What a decoder gives; whatever it stumbles over is a damaged file."""
    try:
        return work()
    except HUGE:
        raise Unacceptable("scan.pixels", limit=MAX_PIXELS) from None
    except BROKEN:
        raise Unacceptable("scan.damaged") from None


def upright(image: Image.Image) -> Image.Image:
    """The frame in its frame's size, turned as its camera says, plain grey or colour on white.

    It is made small before anything else, so that one copy of a large picture is in memory at a time.
    """
    image.draft("RGB", (2 * WIDEST, 2 * HIGHEST))
    image.load()
    small = fitted(image.convert(SMOOTH[image.mode]) if image.mode in SMOOTH else image)
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    return plain(small.transpose(turn) if turn is not None else small)


def fitted(image: Image.Image) -> Image.Image:
    """A copy that fits the frame either way up; one channel after the other, to hold no second copy."""
    scale = min(HIGHEST / max(image.size), 1.0)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    bands = image.getbands()
    if len(bands) == 1:
        return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    small = (image.getchannel(band).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0) for band in bands)
    return Image.merge(image.mode, list(small))


def eight_bits(image: Image.Image) -> Image.Image:
    """Grey of more than eight bits, brought down to eight by its own brightest point."""
    values = image.convert("F")
    extrema: Any = values.getextrema()
    return values.point(lambda value: value * (255 / (extrema[1] or 1.0)) + 0).convert("L")


def plain(image: Image.Image) -> Image.Image:
    """Grey or colour without transparency."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode.startswith(("I", "F")):
        return eight_bits(image)
    if "A" not in image.getbands():
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return ground


def pdf_pages(data: bytes) -> Iterator[Image.Image]:
    """Every page of a PDF as a picture; forms are not filled, scripts have nothing to run in."""
    with read_pdf(data) as document:
        if len(document) > MAX_PAGES:
            raise Unacceptable("scan.pages", limit=MAX_PAGES)
        for number in range(len(document)):
            yield read(partial(picture_of, document, number))


def read_pdf(data: bytes) -> Any:
    """The document."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unacceptable("scan.locked" if "assword" in str(error) else "scan.damaged") from None
    if not len(document):
        raise Unacceptable("scan.damaged")
    return document


def picture_of(document: Any, number: int) -> Image.Image:
    """One page within its frame, grey where it has no colour."""
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
        image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise Unacceptable("scan.damaged") from None
    page.close()
    return image.convert("L") if colourless(image) else image


def colourless(image: Image.Image) -> bool:
    """True when a small copy of the picture is grey all over."""
    small = image.resize((64, 64)).convert("HSV").getchannel("S")
    extrema: Any = small.getextrema()
    return bool(extrema[1] < GREYEST)


def jpeg(image: Image.Image) -> bytes:
    """The picture without anything that is not seen."""
    buffer = io.BytesIO()
    Image.frombytes(image.mode, image.size, image.tobytes()).save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def limit_memory() -> None:
    """No more than MEMORY of addresses, where the system can hold a process to that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(source: BinaryIO, target: BinaryIO) -> int:
    """The process: pages out, or a code."""
    limit_memory()
    warnings.simplefilter("ignore")
    room = MAX_KEPT
    try:
        for image in redrawn(source.read()):
            data = jpeg(image)
            room -= len(data)
            if room < 0:
                raise Unacceptable("scan.bomb")
            target.write(HEAD.pack(*image.size, len(data)) + data)
    except Unacceptable as refused:
        print(refused.code, file=sys.stderr)
        return REFUSED
    except MemoryError:
        print("scan.bomb", file=sys.stderr)
        return REFUSED
    target.flush()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.stdin.buffer, sys.stdout.buffer))
