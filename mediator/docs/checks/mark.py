"""The mark on a finished paper: its QR read back as a reader would, held against what the paper says (C17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.mark import printed_code, text_digest
from mediator.docs.page import LEFT, PAGE_WIDTH
from mediator.docs.qr import SIDE

AROUND: Final = 12.0


def mark_true(bench: Examined) -> Iterator[PaperFinding]:
    """C17: the one QR of each file is this paper's, and digest, pages and check code are those of the file."""
    mark = bench.paper.mark
    if mark is None:
        if bench.facts.stamp:
            yield PaperFinding("C17", "文书没有二维码")
        return
    for form, text in bench.texts:
        told = (text_digest(text)[:16], printed_code(text), bench.paper.pages, marks_in(bench, form))
        if told != (mark.digest, mark.code, mark.pages, [mark.text]):
            yield PaperFinding("C17", "二维码与文书对不上", form)


def marks_in(bench: Examined, form: str) -> list[str]:
    """What the QR of one file says; in the PDF only the strip where it stands is looked at."""
    if form == "docx":
        return bench.word.marks if bench.word else []
    sides = {"left": LEFT - AROUND, "right": PAGE_WIDTH - LEFT - SIDE - AROUND}
    return bench.pdf.marks(**sides) if bench.pdf else []


CHECKS: Final[tuple[Check, ...]] = (mark_true,)
