"""The mark on a finished paper: its QR read back as a reader would, held against what the paper says (C17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.mark import text_digest


def mark_true(bench: Examined) -> Iterator[PaperFinding]:
    """C17: the one QR of each file is this paper's, and digest, pages and check code are those of the file."""
    mark = bench.paper.mark
    if mark is None:
        if bench.facts.stamp:
            yield PaperFinding("C17", "文书没有二维码")
        return
    for form, text in bench.texts:
        told = (text_digest(text)[:16], bench.paper.pages, *in_file(bench, form))
        if told != (mark.digest, mark.pages, mark.code, [mark.text]):
            yield PaperFinding("C17", "二维码与文书对不上", form)


def in_file(bench: Examined, form: str) -> tuple[str, list[str]]:
    """The check code of one file and what its QR say; in the PDF only the margin where they stand is looked at."""
    if form == "docx":
        return (bench.word.code, bench.word.marks) if bench.word else ("", [])
    return (bench.pdf.code, bench.pdf.marks(margin=True)) if bench.pdf else ("", [])


CHECKS: Final[tuple[Check, ...]] = (mark_true,)
