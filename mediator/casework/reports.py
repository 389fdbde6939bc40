"""Statistics and ledgers: a report of a span, the list behind each figure, and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import trace
from mediator.casework.faces import fonts_in
from mediator.casework.files_out import file_name, staged_papers
from mediator.core import ledgers, statistics
from mediator.core.calendar import months_later
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Row
from mediator.core.ledgers import Name, Names
from mediator.core.spans import Span
from mediator.core.tabled import Report, Tabled
from mediator.docs.model import Document
from mediator.docs.pdf import write_pdf
from mediator.docs.report_paper import report_document
from mediator.docs.sheet import write_xlsx
from mediator.docs.word import write_docx
from mediator.errors import RefusedByRule
from mediator.store import figures
from mediator.store.listing import CaseRow

FORMATS: Final = ("xlsx", "pdf", "docx")
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report: its word, its title, and of statistics how many months it covers by itself."""

    id: str
    title: str
    months: int = 0


KINDS: Final = (
    Kind("month", "调解工作月报", 1),
    Kind("quarter", "调解工作季报", 3),
    Kind("year", "调解工作年报", 12),
    Kind("mediation_statistics", "人民调解统计表", 1),
    Kind("ledger", "人民调解台账"),
    Kind("case_sheet", "一案一表台账"),
    Kind("backlog", "积案台账"),
    Kind("work_orders", "四色工单台账"),
    Kind("reception_statistics", "接访下访台账"),
    Kind("screening_report", "矛盾纠纷排查台账"),
    Kind("performance", "协议履行台账"),
)
LEDGERS: Final[dict[str, ledgers.Make]] = {
    "ledger": ledgers.mediations, "case_sheet": ledgers.case_sheets, "backlog": ledgers.backlog,
    "work_orders": ledgers.work_orders, "reception_statistics": ledgers.receptions,
    "screening_report": ledgers.screenings, "performance": ledgers.duties,
}  # fmt: skip
STATISTICS: Final[dict[str, Callable[[Sequence[CaseFacts], Span], tuple[Tabled, ...]]]] = {
    "month": statistics.statistics, "quarter": statistics.statistics, "year": statistics.statistics,
    "mediation_statistics": statistics.ministry,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a report."""

    path: Path
    pages: int = 0


def span_of(desk: Desk, kind: Kind, first: date | None = None, last: date | None = None) -> Span:
    """The days that a report covers: those given, else the running month, quarter or year up to its end.

    A ledger runs from New Year to today. Raises RefusedByRule `report.span` when it would end before it begins.
    """
    today = desk.today()
    start = first or began(last or today, kind.months)
    end = last or (months_later(start.replace(day=1), kind.months) - ONE_DAY if kind.months else max(today, start))
    if end < start:
        raise RefusedByRule("report.span")
    return Span(start, end, today)


def began(day: date, months: int) -> date:
    """The first day of the month, quarter or year that a day lies in; a ledger's is New Year."""
    return date(day.year, (day.month - 1) // (months or 12) * (months or 12) + 1, 1)


def report(desk: Desk, kind: Kind, span: Span) -> Report:
    """The tables of a report; every figure carries the rows behind it."""
    if kind.id in STATISTICS:
        return Report(kind.id, kind.title, span, STATISTICS[kind.id](facts_of(desk, span), span))
    held = figures.facts(desk.vault, span)
    return Report(kind.id, kind.title, span, LEDGERS[kind.id](held, names_of(desk, [each.case for each in held]), span))


def facts_of(desk: Desk, span: Span) -> tuple[CaseFacts, ...]:
    """Facts for a span and for the same span of last year, each matter once."""
    both = (*figures.facts(desk.vault, span), *figures.facts(desk.vault, span.year_before))
    return tuple({each.case: each for each in both}.values())


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
    at = desk.workshop.clock.now().astimezone(BEIJING)
    document = report_document(made, unit=desk.vault.room.organization, counted_at=at)
    files: dict[Path, tuple[bytes, int]] = {
        out / file_name(made.title, made.span.words, ending=each): in_format(desk, document, each) for each in formats
    }
    with staged_papers(desk, {path: data for path, (data, _) in files.items()}):
        span = [made.span.first.isoformat(), made.span.last.isoformat()]
        desk.vault.append([trace(desk, "audit.report_made", report=made.kind, span=span, formats=list(formats))])
    return tuple(Written(path, pages) for path, (_, pages) in files.items())


def in_format(desk: Desk, document: Document, ending: str) -> tuple[bytes, int]:
    """Bytes and pages, 0 where the format has none."""
    if ending == "xlsx":
        return write_xlsx(document, figures=True), 0
    if ending == "docx":
        return write_docx(document), 0
    return write_pdf(document, fonts_in(desk.workshop.fonts_folder))
