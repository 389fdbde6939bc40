"""What a file shows that is held to be one of our papers: its words, pages, QR. Nothing is believed yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediator.docs.finished import BROKEN, PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.hidden import shows_more
from mediator.docs.mark import LENGTH, PREFIX, Mark, text_digest
from mediator.docs.qr import read_picture
from mediator.docs.wordstandins import stand_ins

LONGEST_TEXT: Final = 4 * LENGTH


@dataclass(frozen=True, slots=True)
class Shown:
    """`form` is docx, pdf, qr (a picture or the text of a QR) or empty; `marks` what its QR say.

    `texts` are readings of its words, with and without the headers of tables that a PDF repeats. `pages` is 0 and
    `code` empty where the file does not say. `plain` is False for a DOCX that shows more than its words. `pictured` are
    characters that a DOCX shows as pictures, with the SHA-256 of each: what they show only the record knows.
    """

    form: str = ""
    marks: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    pages: int = 0
    code: str = ""
    plain: bool = True
    pictured: frozenset[tuple[str, str]] = frozenset()

    def agrees(self, mark: Mark) -> bool:
        """True when words, check code and pages are those that the mark was made for."""
        said = any(text_digest(text)[:16] == mark.digest for text in self.texts)
        told = self.pages in (0, mark.pages) and self.code in ("", mark.code)
        return said and told and self.plain


NOTHING: Final = Shown()


def look(data: bytes) -> Shown:
    """Look at a file, whatever it is; what cannot be read shows nothing. Raises Unacceptable `picture.size`."""
    try:
        if data.startswith(b"%PDF"):
            return shown_pdf(PdfFile(data))
        return shown_word(WordFile(data)) if data.startswith(b"PK") else shown_qr(data)
    except BROKEN:
        return NOTHING


def shown_pdf(pdf: PdfFile) -> Shown:
    """A PDF: every QR of its last page."""
    return Shown("pdf", tuple(pdf.marks()), tuple(dict.fromkeys(readings(pdf))), len(pdf.bodies), pdf.code)


def readings(pdf: PdfFile) -> Iterator[str]:
    """The words of all pages, and the same without the bold words at a page's top that stood before: a header."""
    pages = [squeezed(body) for body in pdf.bodies]
    yield "".join(pages)
    yield "".join(map(str.removeprefix, pages, pdf.repeated))


def shown_word(word: WordFile) -> Shown:
    """A DOCX; it does not say how many pages it has."""
    plain = not shows_more(word) and word.tight
    return Shown("docx", tuple(word.marks), (word.text,), code=word.code, plain=plain, pictured=pictured(word))


def pictured(word: WordFile) -> frozenset[tuple[str, str]]:
    """Characters of a DOCX that stand as pictures, each with the digest of its picture."""
    return frozenset((each.char, each.sha256) for each in stand_ins(word))


def shown_qr(data: bytes) -> Shown:
    """A picture of a QR, or its text in a file."""
    if len(data) <= LONGEST_TEXT and data.strip().startswith(PREFIX.encode()):
        return Shown("qr", (data.strip().decode("ascii"),))
    found = tuple(read_picture(data))
    return Shown("qr", found) if found else NOTHING
