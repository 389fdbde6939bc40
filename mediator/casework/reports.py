"""Statistics and ledgers: a report of a span, the list behind each figure, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import trace
from mediator.casework.faces import fonts_in
from mediator.casework.files_out import file_name, staged_papers
from mediator.core import reporting
from mediator.core.indicators import Row
from mediator.core.ledgers import Name, Names
from mediator.core.reporting import counted, span_for
from mediator.core.spans import Span
from mediator.core.tabled import Report
from mediator.docs.model import Document
from mediator.docs.pdf import write_pdf
from mediator.docs.report_paper import report_document
from mediator.docs.sheet import write_xlsx
from mediator.docs.word import write_docx
from mediator.errors import RefusedByRule
from mediator.store import figures
from mediator.store.listing import CaseRow

FORMATS: Final = ("xlsx", "pdf", "docx")
Kind = reporting.Kind
KINDS: Final = reporting.KINDS


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a report."""

    path: Path
    pages: int = 0


def span_of(desk: Desk, kind: Kind, first: date | None = None, last: date | None = None) -> Span:
    """The days that a report covers, as of the desk's day; raises RefusedByRule `report.span`."""
    return span_for(kind, desk.today(), first, last)


def report(desk: Desk, kind: Kind, span: Span) -> Report:
    """The tables of a report; every figure carries the rows behind it."""
    indices = desk.vault.tables.indices
    return counted(kind, span, lambda asked: figures.facts(desk.vault, asked), partial(names_of, desk), indices)


def names_of(desk: Desk, cases: Sequence[str]) -> Names:
    """What lists show of these cases."""
    rows = figures.named(desk.vault, cases)
    return {case: Name(row.number, row.title, row.parties, row.mediator) for case, row in rows.items()}


def behind(desk: Desk, rows: Sequence[Row]) -> tuple[CaseRow, ...]:
    """The list behind a figure, exactly one line for each of its rows, in their order."""
    known = figures.named(desk.vault, sorted({row.case for row in rows}))
    return tuple(known[row.case] for row in rows)


def write(desk: Desk, made: Report, *, formats: Sequence[str], out: Path) -> tuple[Written, ...]:
    """The files of a report, all or none; leaves a trace of what left the house.

    Raises RefusedByRule `document.format`, WorldFailed `file.write`.
    """
    for wrong in (each for each in formats if each not in FORMATS):
        raise RefusedByRule("document.format", where=wrong[:40])
    document = paper_of(desk, made)
    files: dict[Path, tuple[bytes, int]] = {
        out / file_name(made.title, made.span.words, ending=each): in_format(desk, document, each) for each in formats
    }
    with staged_papers(desk, {path: data for path, (data, _) in files.items()}):
        leave_trace(desk, made, formats)
    return tuple(Written(path, pages) for path, (_, pages) in files.items())


def printed(desk: Desk, made: Report) -> bytes:
    """The report as a PDF for the printer; it leaves the house as a file would, and leaves the same trace."""
    data, _ = in_format(desk, paper_of(desk, made), "pdf")
    leave_trace(desk, made, ("print",))
    return data


def paper_of(desk: Desk, made: Report) -> Document:
    """The report as this room prints it, counted now."""
    at = desk.workshop.clock.now().astimezone(BEIJING)
    return replace(report_document(made, unit=desk.vault.room.organization, counted_at=at), across=desk.across)


def leave_trace(desk: Desk, made: Report, formats: Sequence[str]) -> None:
    """Which figures of which days left the house, and how."""
    span = [made.span.first.isoformat(), made.span.last.isoformat()]
    desk.vault.append([trace(desk, "audit.report_made", report=made.kind, span=span, formats=list(formats))])


def in_format(desk: Desk, document: Document, ending: str) -> tuple[bytes, int]:
    """Bytes and pages, 0 where the format has none."""
    if ending == "xlsx":
        return write_xlsx(document, figures=True), 0
    if ending == "docx":
        return write_docx(document), 0
    return write_pdf(document, fonts_in(desk.workshop.fonts_folder))
