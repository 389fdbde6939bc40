"""A finished paper read back from its bytes, by other libraries than those that wrote it."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Final
from zlib import error as zlib_error

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree
from pypdf.errors import PyPdfError

from mediator.docs.finished_word import squeezed
from mediator.docs.fonts import SONG_BOLD
from mediator.docs.mark import printed_code
from mediator.docs.page import BOTTOM, MM
from mediator.docs.qr import MOST_PIXELS, read_codes
from mediator.errors import Unacceptable

SHOWN: Final = re.compile(rb"/(\S+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj", re.DOTALL)
ESCAPED: Final = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
CONTROLS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# The reader takes a hyphen at a line's end for a cut word and puts this in its place and the line break's.
HYPHEN: Final = ("\x02", "-\n")
PAGE_NUMBER: Final = re.compile(r"第\d+页共\d+页|—\d+—")
MARKED_HEAD: Final = re.compile(r"核对码：[0-9A-Z]{4}-[0-9A-Z]{4}")
# What the mark takes at the head of a page above a slip, and how far from the end such a page may be.
HEAD_ROOM: Final = 31 * MM
FEW_PAGES: Final = 3
LEEWAY: Final = 4.0
FEWEST: Final = 2
SHARP: Final = 2.0
# What reading a broken or hostile file may come to; anything else is a fault of ours.
BROKEN: Final = (
    PyPdfError, pypdfium2.PdfiumError, zipfile.BadZipFile, zlib_error, etree.LxmlError, ArithmeticError,
    AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageText:
    """The type area with its lines, the foot and a mark's code at the head without blanks, the bold words at the top.

    `unmapped` is how many characters have no Unicode mapping.
    """

    body: str
    foot: str
    head: str
    bold: str
    unmapped: int


@dataclass
class PdfFile:
    """A PDF by its bytes."""

    data: bytes

    @cached_property
    def structure(self) -> pypdf.PdfReader:
        """Objects of the file."""
        return pypdf.PdfReader(io.BytesIO(self.data))

    @property
    def root(self) -> Any:
        """The catalogue, the file's first object."""
        return self.structure.trailer["/Root"].get_object()

    @cached_property
    def _pages(self) -> list[PageText]:
        """The text of each page."""
        with pypdfium2.PdfDocument(self.data) as document:
            return [page_text(page) for page in document]

    @property
    def bodies(self) -> list[str]:
        """Text of each page's type area, lines kept."""
        return [each.body for each in self._pages]

    @property
    def feet(self) -> list[str]:
        """Text below each page's type area, without blanks."""
        return [each.foot for each in self._pages]

    @property
    def unmapped(self) -> int:
        """Characters that a reader could not copy out."""
        return sum(each.unmapped for each in self._pages)

    @property
    def repeated(self) -> list[str]:
        """The header of a table that each page repeats at its top: bold words that stood before, without blanks."""
        before = ("", *accumulate(map(squeezed, self.bodies)))
        return [
            each.bold if len(each.bold) >= FEWEST and each.bold in told else ""
            for each, told in zip(self._pages, before, strict=False)
        ]

    @property
    def code(self) -> str:
        """The check code in the bottom margin of the last page, or at the head of one before a slip; empty for none."""
        told = (PAGE_NUMBER.sub("", self.feet[-1]), *(each.head for each in self._pages[-FEW_PAGES:]))
        return next(filter(None, map(printed_code, told)), "")

    def marks(self, *, margin: bool = False) -> list[str]:
        """What every QR says on the last page that has one, or in the `margin` alone where ours stands.

        Raises Unacceptable `picture.size` for a sheet as large as a wall.
        """
        with pypdfium2.PdfDocument(self.data) as document:
            last = len(document)
            for place in range(last - 1, max(-1, last - 1 - FEW_PAGES), -1):
                if found := codes_on(document[place], margin=margin):
                    return found
        return []

    @cached_property
    def codes(self) -> dict[str, set[int]]:
        """The codes that the pages show, by the name of the face."""
        found: dict[str, set[int]] = {}
        for page in self.structure.pages:
            fonts = {name[1:].encode(): str(font.get_object()["/BaseFont"]) for name, font in fonts_of(page)}
            current = ""
            content: Any = page.get_contents()
            for name, shown in SHOWN.findall(b"" if content is None else content.get_data()):
                current = fonts.get(name, current)
                found.setdefault(current, set()).update(plain(shown))
        return found

    @property
    def fonts(self) -> list[Any]:
        """Font dictionaries of every page, each once."""
        found: dict[str, Any] = {}
        for page in self.structure.pages:
            for _, font in fonts_of(page):
                known = font.get_object()
                found[str(known.get("/BaseFont"))] = known
        return list(found.values())


def page_text(page: Any) -> PageText:
    """What a page says, and where."""
    text, (width, height) = page.get_textpage(), page.get_size()
    low, high = BOTTOM - LEEWAY, height - HEAD_ROOM
    corner = squeezed(text.get_text_bounded(0, high, width, height))
    head = corner if MARKED_HEAD.fullmatch(corner) else ""
    unmapped = (pdfium.FPDFText_HasUnicodeMapError(text.raw, place) == 1 for place in range(text.count_chars()))
    return PageText(
        text.get_text_bounded(0, low, width, high if head else height).replace(*HYPHEN),
        squeezed(text.get_text_bounded(0, 0, width, low).replace(*HYPHEN)),
        head,
        squeezed(text.get_text_range(0, leading(text, SONG_BOLD))),
        sum(unmapped),
    )


def codes_on(page: Any, *, margin: bool) -> list[str]:
    """What the QR of a page say; those of our own stand in its bottom margin, above a slip at its head."""
    width, height = page.get_size()
    if width * height * SHARP**2 > MOST_PIXELS:
        raise Unacceptable("picture.size")
    for cut in ((0, 0, 0, height - BOTTOM), (0, height - HEAD_ROOM, 0, 0)) if margin else ((0, 0, 0, 0),):
        if found := read_codes(page.render(scale=SHARP, grayscale=True, crop=cut).to_pil()):
            return found
    return []


def leading(text: Any, face: str) -> int:
    """How many characters at a page's start are set in a face."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for place in range(text.count_chars()):
        length = pdfium.FPDFText_GetFontInfo(text.raw, place, name, 128, ctypes.byref(flags))
        if length and face.encode() not in name.value:
            return place
    return int(text.count_chars())


def fonts_of(page: Any) -> list[tuple[str, Any]]:
    """Name and dictionary of each font of a page."""
    return list((page.get("/Resources") or {}).get("/Font", {}).items())


def plain(shown: bytes) -> bytes:
    """The bytes that a PDF string stands for."""

    def byte(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1], 8)]) if match[1].isdigit() else CONTROLS.get(match[1], match[1])

    return ESCAPED.sub(byte, shown)
