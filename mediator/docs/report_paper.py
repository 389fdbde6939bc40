"""A report as a paper: its tables on sheets that lie across, with what they cover and when they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mediator.core.dates import chinese_date
from mediator.core.tabled import Report, Tabled
from mediator.docs.model import Align, Block, Document, Form, Heading, Place, Signatures, Table, text
from mediator.docs.page import REPORT

NOTHING = "本期没有数据。"


def report_document(report: Report, *, unit: str, counted_at: datetime) -> Document:
    """The paper of a report; `unit` is the body that reports, the moment is when it was counted."""
    return Document(report.kind, report.title, "", "", tuple(blocks_of(report, unit, counted_at)), sheet=REPORT)


def blocks_of(report: Report, unit: str, counted_at: datetime) -> Iterator[Block]:
    """Head, tables, places to sign."""
    moment = f"{chinese_date(counted_at.date())} {counted_at:%H:%M}"
    yield Form(((("填报单位", unit), ("统计期间", report.span.words)), (("统计时点", moment), ("报表", report.title))))
    for each in report.tables:
        if len(report.tables) > 1:
            yield Heading(each.title)
        yield from table_of(each)
    yield Signatures((Place("填表人"), Place("负责人")), seal=unit)


def table_of(tabled: Tabled) -> Iterator[Block]:
    """One table with its note; an empty one says so."""
    yield ruled_table(tabled) if tabled.rows else text(NOTHING, indent=0)
    if tabled.note:
        yield text(tabled.note, indent=0)


def ruled_table(tabled: Tabled) -> Table:
    """Its columns in proportion, figures to the right."""
    total = sum(each.width for each in tabled.columns)
    return Table(
        header=tuple(each.name for each in tabled.columns),
        rows=tuple(tuple(cell.words for cell in row) for row in tabled.rows),
        widths=tuple(each.width / total for each in tabled.columns),
        aligns=tuple(Align.RIGHT if each.figure else Align.LEFT for each in tabled.columns),
    )
