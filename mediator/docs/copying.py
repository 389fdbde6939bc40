"""A copy of an issued paper: the same words and mark, 副本 across each page (documents.md 1)."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

import docx
import pypdf
from reportlab.pdfgen.canvas import Canvas

from mediator.docs.drawing import watermark
from mediator.docs.fonts import HEI_BOLD, Fonts
from mediator.docs.wordbase import packed
from mediator.docs.wordedges import put_across

COPIED: Final = ("docx", "pdf")
WORD: Final = "副本"


def copy_of(data: bytes, form: str, fonts: Fonts) -> bytes:
    """The file with 副本 across; only for the formats of COPIED."""
    return copied_pdf(data, fonts) if form == "pdf" else copied_docx(data)


def copied_pdf(data: bytes, fonts: Fonts) -> bytes:
    """Each page over a page that says 副本, so that the text stays readable."""
    fonts.face(HEI_BOLD)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    size = (float(writer.pages[0].mediabox.width), float(writer.pages[0].mediabox.height))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    watermark(canvas, HEI_BOLD, WORD, size)
    canvas.save()
    across = pypdf.PdfReader(buffer).pages[0]
    for page in writer.pages:
        page.merge_page(across, over=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def copied_docx(data: bytes) -> bytes:
    """副本 in the header, as a draft has 草稿."""
    word: Any = docx.Document(io.BytesIO(data))
    put_across(word.sections[0], WORD)
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        return packed({name: saved.read(name) for name in saved.namelist()})
