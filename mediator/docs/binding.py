"""Papers bound to one volume: their own pages unchanged, a number stamped in the outer upper corner, a bookmark each.

A right-hand page has its number at the right, a left-hand page at the left, as a bound volume is leafed through
(documents.md 4). Cover and contents come first and have none. Same papers, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from mediator.docs.fonts import SONG, Fonts
from mediator.docs.page import MM, PAGE_HEIGHT, PAGE_WIDTH
from mediator.errors import Unacceptable

STAMP: Final = "/MediatorPage"
STAMP_SIZE: Final = 14
STAMP_EDGE, STAMP_TOP = 15 * MM, 14 * MM
PRODUCER: Final = "Mediator"
NO_HEAD: Final[Mapping[NameObject, Any]] = {}


@dataclass(frozen=True, slots=True)
class Sheets:
    """One item of the volume: its bookmark, how many pages it has, and what reads its PDF when its turn comes.

    `label` is what a viewer shows for the page of an item before the numbered ones; it is empty for a numbered item.
    """

    title: str
    pages: int
    read: Callable[[], bytes]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """What the file as a whole is called."""

    title: str
    number: str
    committee: str


def first_pages(items: Sequence[Sheets]) -> tuple[int, ...]:
    """The stamped number of each item's first page, 0 for cover and contents."""
    found, following = [], 1
    for item in items:
        found.append(0 if item.label else following)
        following += 0 if item.label else item.pages
    return tuple(found)


def bind(
    items: Sequence[Sheets],
    volume: Volume,
    fonts: Fonts,
    *,
    into: BinaryIO,
    bound: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the volume; one item is in memory at a time beside the volume itself. `bound(n)` is told after each item.

    Raises Unacceptable `dossier.damaged` with the title of an item that is not as long as it was said to be.
    """
    writer = PdfWriter()
    stamper = Stamper(writer, stamp_pages(fonts, sum(item.pages for item in items if not item.label)))
    for place, item in enumerate(items):
        put_item(writer, item, stamper)
        bound(place + 1)
    finish(writer, items, volume)
    writer.write(into)


def put_item(writer: PdfWriter, item: Sheets, stamper: Stamper) -> None:
    """The pages of one item, numbered and bookmarked."""
    start = len(writer.pages)
    source = io.BytesIO(item.read())
    reader = PdfReader(source)
    if len(reader.pages) != item.pages:
        raise Unacceptable("dossier.damaged", where=item.title)
    writer.append(reader, import_outline=False)
    reader.close()  # the writer remembers whom it copied from, and would keep every paper in memory twice
    source.close()
    writer.add_outline_item(title=item.title, page_number=start)
    if not item.label:
        for number in range(start, start + item.pages):
            stamper.put(writer.pages[number])


def stamp_pages(fonts: Fonts, count: int) -> Iterator[PageObject]:
    """One page for each number, with nothing on it but the number."""
    fonts.face(SONG)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, initialFontName=SONG)
    for number in range(1, count + 1):
        canvas.setFont(SONG, STAMP_SIZE)
        draw = canvas.drawRightString if number % 2 else canvas.drawString
        draw(PAGE_WIDTH - STAMP_EDGE if number % 2 else STAMP_EDGE, PAGE_HEIGHT - STAMP_TOP, str(number))
        canvas.showPage()
    canvas.save()
    return iter(PdfReader(buffer).pages)


class Stamper:
    """Numbers the pages of one file in order.

    The number is drawn before the page itself, in a stream that all pages share: what a page draws stays byte for
    byte, and a page that leaves the pen turned or shrunk moves no number.
    """

    def __init__(self, writer: PdfWriter, stamps: Iterator[PageObject]) -> None:
        """Take the file and the numbers."""
        self._writer, self._stamps = writer, stamps
        self._draw = self._added(f"q {STAMP} Do Q\n".encode())

    def put(self, page: PageObject) -> None:
        """The next number on a page of this file."""
        resources = DictionaryObject(resolved(page.get("/Resources")))
        forms = DictionaryObject(resolved(resources.get("/XObject")))
        forms[NameObject(STAMP)] = self._form(next(self._stamps))
        resources[NameObject("/XObject")] = forms
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = ArrayObject((self._draw, *contents_of(page)))

    def _form(self, stamp: PageObject) -> IndirectObject:
        """A page as a thing that other pages draw; the face is in the file once."""
        names = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form")}
        parts = {"/BBox": ArrayObject(stamp.mediabox), "/Resources": resolved(stamp.get("/Resources"))}
        kept = {NameObject(name): value.clone(self._writer) for name, value in {**names, **parts}.items()}
        return self._added(content_of(stamp), kept)

    def _added(self, data: bytes, head: Mapping[NameObject, Any] = NO_HEAD) -> IndirectObject:
        """A stream of the file."""
        piece = DecodedStreamObject()
        piece.set_data(data)
        piece.update(head)
        return self._writer._add_object(piece)


def contents_of(page: PageObject) -> list[Any]:
    """The streams of a page, none for an empty one."""
    own = page.get("/Contents")
    if own is None:
        return []
    held = own.get_object()
    return list(held) if isinstance(held, ArrayObject) else [page.raw_get("/Contents")]


def content_of(page: PageObject) -> bytes:
    """What a page draws."""
    content: Any = page.get_contents()
    return b"" if content is None else bytes(content.get_data())


def resolved(value: Any) -> Any:
    """The dictionary itself, empty for none."""
    return {} if value is None else value.get_object()


def finish(writer: PdfWriter, items: Sequence[Sheets], volume: Volume) -> None:
    """What a reader of the file sees beside its pages."""
    writer.add_metadata(
        {
            "/Title": volume.title, "/Subject": volume.number, "/Author": volume.committee, "/Creator": PRODUCER,
            "/Producer": PRODUCER,
        }
    )  # fmt: skip
    writer._root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    writer.page_mode = "/UseOutlines"
    place = 0
    for item in items:
        if item.label:
            writer.set_page_label(place, place + item.pages - 1, prefix=item.label)
            place += item.pages
    if place < len(writer.pages):
        writer.set_page_label(place, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL, start=1)
