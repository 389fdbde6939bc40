"""Tables that go on over pages: their header stands again at the top (C20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.elements import W, words_of
from mediator.docs.finished_word import WordFile, squeezed

TELLING: Final = 4


def headers_flagged(bench: Examined) -> Iterator[PaperFinding]:
    """C20: in the DOCX, the first row of a table is flagged as its header where all of it is bold."""
    for number, table in enumerate(bench.word.body.iter(f"{W}tbl") if bench.word else (), start=1):
        row = table.find(f"{W}tr")
        if row is not None and is_header(row) and row.find(f"{W}trPr/{W}tblHeader") is None:
            yield PaperFinding("C20", "表头没有在每页重复", f"docx:{number}")


def is_header(row: Any) -> bool:
    """True for a row of several cells that all have bold words and nothing else."""
    cells = [list(cell.iter(f"{W}r")) for cell in row.iter(f"{W}tc")]
    return len(cells) > 1 and all(runs and all(run.find(f"{W}rPr/{W}b") is not None for run in runs) for runs in cells)


def headers_repeated(bench: Examined) -> Iterator[PaperFinding]:
    """C20: in the PDF, no page begins with a row of a table whose header it does not show."""
    if not (bench.pdf and bench.word):
        return
    rows = tuple(row for row in headed_rows(bench.word) if len(row) >= TELLING)
    for number, body in enumerate(bench.pdf.bodies[1:], start=2):
        if squeezed(body).startswith(rows):
            yield PaperFinding("C20", "表头没有在每页重复", str(number))


def headed_rows(word: WordFile) -> Iterator[str]:
    """The rows below a header, without blanks."""
    for table in word.body.iter(f"{W}tbl"):
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None:
            for row in list(table.iter(f"{W}tr"))[1:]:
                yield squeezed(words_of(row))


CHECKS: Final[tuple[Check, ...]] = (headers_flagged, headers_repeated)
