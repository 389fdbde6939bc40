"""Scans and photographs from outside as pages of the house: A4, room for the binding, nothing active or hidden.

JPEG, PNG, TIFF of several pages and PDF come in; the pages are drawn anew in a process of its own (`redrawing`), and
what is kept is a PDF of those pictures alone (T37, T38, T40).
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pypdf import PdfWriter
from pypdf.generic import (
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from mediator.docs.page import MM, PAGE_HEIGHT, PAGE_WIDTH
from mediator.docs.redrawing import HEAD, MAX_PAGES, MAX_PIXELS, REFUSED
from mediator.errors import Unacceptable, WorldFailed

MAX_FILE: Final = 20 * 1024 * 1024
SECONDS: Final = 120
NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
KINDS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"%PDF")
# Room for the binding on the left, for the page's stamp above.
FRAME_LEFT, FRAME_TOP, FRAME_WIDTH, FRAME_HEIGHT = 25 * MM, 20 * MM, 170 * MM, 262 * MM
COARSEST: Final = 72 / 96
LIMITS: Final = {"scan.pixels": MAX_PIXELS // 1_000_000, "scan.pages": MAX_PAGES}


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as JPEG with its size in pixels."""

    width: int
    height: int
    data: bytes

    @property
    def grey(self) -> bool:
        """True for one channel, as the head of the JPEG says it."""
        place = 2
        while self.data[place + 1] not in (0xC0, 0xC1, 0xC2):
            place += 2 + int.from_bytes(self.data[place + 2 : place + 4], "big")
        return self.data[place + 9] == 1


@dataclass(frozen=True, slots=True)
class Scan:
    """A file from outside as it is kept: PDF bytes and how many pages they have."""

    data: bytes
    pages: int


def scanned(data: bytes) -> Scan:
    """The pages of a file as a PDF of ours; the same file gives the same bytes.

    Raises Unacceptable `scan.size` (over 20 MiB), `scan.kind`, `scan.pixels`, `scan.pages`, `scan.locked`,
    `scan.damaged`, `scan.bomb` (more memory or time than any honest file needs), WorldFailed `scan.process`.
    """
    if len(data) > MAX_FILE:
        raise Unacceptable("scan.size", limit=MAX_FILE // 1024 // 1024)
    if not data.startswith(KINDS):
        raise Unacceptable("scan.kind")
    pictures = list(taken_apart(redrawn_apart(data)))
    if not pictures:
        raise Unacceptable("scan.damaged")
    return Scan(as_pdf(pictures), len(pictures))


def redrawn_apart(data: bytes) -> bytes:
    """What the other process wrote."""
    command = [sys.executable, "-m", "mediator.docs.redrawing"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False, creationflags=NO_WINDOW
        )
    except subprocess.TimeoutExpired:
        raise Unacceptable("scan.bomb") from None
    except OSError:
        raise WorldFailed("scan.process") from None
    if done.returncode == REFUSED:
        code = done.stderr.decode().strip()
        raise Unacceptable(code, limit=LIMITS.get(code, 0))
    if done.returncode:
        raise Unacceptable("scan.bomb")
    return done.stdout


def taken_apart(pages: bytes) -> Iterator[Picture]:
    """The pictures in the other process's output."""
    place = 0
    while place < len(pages):
        width, height, length = HEAD.unpack_from(pages, place)
        place += HEAD.size + length
        yield Picture(width, height, pages[place - length : place])


def as_pdf(pictures: list[Picture]) -> bytes:
    """One A4 page a picture."""
    writer = PdfWriter()
    for picture in pictures:
        page = writer.add_blank_page(PAGE_WIDTH, PAGE_HEIGHT)
        image = writer._add_object(image_object(picture))
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Scan"): image})}
        )
        page[NameObject("/Contents")] = drawn_at(writer, frame_of(picture))
    writer.add_metadata({"/Producer": "Mediator", "/Creator": "Mediator"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def image_object(picture: Picture) -> StreamObject:
    """A JPEG as a PDF holds it, its bytes as they are."""
    image = StreamObject()
    image._data = picture.data
    colour = "/DeviceGray" if picture.grey else "/DeviceRGB"
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": colour, "/Filter": "/DCTDecode"}
    for name, value in names.items():
        image[NameObject(name)] = NameObject(value)
    for name, number in (("/Width", picture.width), ("/Height", picture.height), ("/BitsPerComponent", 8)):
        image[NameObject(name)] = NumberObject(number)
    return image


def frame_of(picture: Picture) -> tuple[float, float, float, float]:
    """Width, height, left and bottom of a picture in the middle of its frame; small ones are not blown up."""
    scale = min(FRAME_WIDTH / picture.width, FRAME_HEIGHT / picture.height, COARSEST)
    width, height = picture.width * scale, picture.height * scale
    left = FRAME_LEFT + (FRAME_WIDTH - width) / 2
    return width, height, left, PAGE_HEIGHT - FRAME_TOP - (FRAME_HEIGHT + height) / 2


def drawn_at(writer: PdfWriter, frame: tuple[float, float, float, float]) -> IndirectObject:
    """The page's content: the picture in its place."""
    width, height, left, bottom = frame
    content = StreamObject()
    content._data = f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm /Scan Do Q".encode()
    return writer._add_object(content)
