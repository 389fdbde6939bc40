"""Files as they come from outside: pictures and PDFs, honest and hostile, made by other hands than the house's."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

A4: Final = (595.28, 841.89)


def written(image: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture's file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def page(words: str = "", *, size: tuple[int, int] = (420, 594)) -> Image.Image:
    """A white page with a black bar at its upper left, and words below."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 3, size[1] // 10), fill="black")
    draw.text((40, size[1] // 2), words, fill="black")
    return image


def png(width: int, height: int, data: bytes, *, colour: int = 6) -> bytes:
    """A PNG that says this size and holds these bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*row) for row in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")))


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def camera_photo() -> bytes:
    """A photograph that was taken sideways at a known place by a known camera."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "GEHEIM-KAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return written(page(), "JPEG", exif=exif, comment=b"GEHEIM-ORT")


def pdf(pages: int = 1, *, draw: Callable[[Canvas], None] = lambda _canvas: None) -> bytes:
    """A PDF of empty pages, each drawn on by a function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def loaded_pdf() -> bytes:
    """A PDF with a script, an action when it opens, a link out and a file inside."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 30)
        canvas.drawString(80, 400, "visible")
        canvas.linkURL("https://example.invalid/", (0, 0, 300, 300))

    writer = PdfWriter(clone_from=io.BytesIO(pdf(draw=draw)))
    names = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x')")}
    script = DictionaryObject({NameObject(name): value for name, value in names.items()})
    writer._root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("hidden.exe", b"MZ")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("geheim", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def stream(head: bytes, data: bytes) -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def crowded_pdf(pages: int) -> bytes:
    """A PDF whose tree says this many pages, all of them one."""
    kids = b"3 0 R " * pages
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )


def one_page_pdf(content: bytes, *more: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page with this content stream object and further objects from 5 on."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources),
        content, *more,
    )  # fmt: skip


def image_bomb_pdf() -> bytes:
    """A PDF of some kilobytes with a picture of 30,000 by 30,000 dots inside."""
    data = zlib.compress(bytes(30_000) * 3_000, 1)
    head = b"/Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode"
    return one_page_pdf(
        stream(b"", b"q 595 0 0 842 0 0 cm /I Do Q"), stream(head, data), resources=b"/XObject << /I 5 0 R >>"
    )


def content_bomb_pdf() -> bytes:
    """A PDF whose page content is packed a thousandfold, twice."""
    packed = zlib.compress(zlib.compress(b"q 1 0 0 1 0 0 cm Q\n" * 20_000_000, 1), 9)
    return one_page_pdf(stream(b"/Filter [/FlateDecode /FlateDecode]", packed))


def endless_page_pdf() -> bytes:
    """A PDF with a page of three hundred kilometres."""
    return one_page_pdf(stream(b"", b""), box=b"0 0 1e9 1e9")


def looping_tiff() -> bytes:
    """A TIFF whose only frame says that the next frame is itself."""
    data = bytearray(written(page(size=(40, 40)), "TIFF"))
    (first,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


def many_frames() -> bytes:
    """A TIFF of more frames than a file may have pages."""
    small = Image.new("1", (8, 8))
    return written(small, "TIFF", save_all=True, append_images=[small] * 200)


HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "nothing": (lambda: b"", "scan.kind"),
    "a program": (lambda: b"MZ" + bytes(500), "scan.kind"),
    "a GIF": (lambda: written(page(), "GIF"), "scan.kind"),
    "a web page": (lambda: b"<svg onload='x'/>", "scan.kind"),
    "a PostScript behind a head of PNG": (lambda: b"\x89PNG\r\n\x1a\n%!PS", "scan.kind"),
    "more than 20 MiB": (lambda: b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "scan.size"),
    "a PNG of 60,000 by 60,000": (lambda: png(60_000, 60_000, b"x"), "scan.pixels"),
    "a PNG of 7,200 by 7,200": (lambda: png(7_200, 7_200, b"x"), "scan.pixels"),
    "a PNG that says more than it holds": (lambda: png(100, 100, zlib.compress(b"x" * 50)), "scan.damaged"),
    "half a JPEG": (lambda: written(page(), "JPEG")[:3_000], "scan.damaged"),
    "half a PDF": (lambda: pdf(3)[:400], "scan.damaged"),
    "a PDF that is none": (lambda: b"%PDF-1.7 nothing", "scan.damaged"),
    "a locked PDF": (locked_pdf, "scan.locked"),
    "a TIFF of 201 frames": (many_frames, "scan.pages"),
    "a PDF of a hundred thousand pages": (lambda: crowded_pdf(100_000), "scan.pages"),
    "a PDF of 201 pages": (lambda: crowded_pdf(201), "scan.pages"),
}
