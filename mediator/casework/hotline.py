"""The file that goes back to the 12345 hotline: did each work order arrive, under which number, how does it stand.

Answers are those that somebody recorded; a work order without one is told as still being handled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.ledger_import import Outcome, Reading, ref_of
from mediator.core.records import Case, CaseId
from mediator.docs.tables import Book, Format, Row, Sheet

HEADER: Final[Row] = ("工单编号", "接收情况", "承办单位", "承办编号", "办理状态", "答复日期", "答复内容", "说明")
ANSWERS: Final = ("hotline_returned", "answered")


def receipt(desk: Desk, reading: Reading, outcome: Outcome) -> Book:
    """The receipt for a file that was taken in, in the format it came in: one row a work order, in the file's order."""
    added = {(each.sheet, each.line): each.id for each in outcome.added}
    rows = [HEADER, *rows_of(desk, reading, outcome, added)]
    return Book(Format(reading.book.format.kind, reading.book.format.encoding), (Sheet("接收回执", tuple(rows)),))


def rows_of(desk: Desk, reading: Reading, outcome: Outcome, added: dict[tuple[str, int], CaseId]) -> Iterator[Row]:
    """One row a line."""
    organization, told = desk.vault.room.organization, dict[str, CaseId]()
    for name, line in reading.lines:
        ref = str(line.extra.get("source_ref") or "")
        if line.reasons:
            yield (ref, "退回", organization, "", "", "", "", "；".join(line.reasons))
            continue
        case_id = added.get((name, line.number))
        said = "已接收" if case_id else "重复（此前已接收）"
        case_id = case_id or outcome.known.get(ref_of(line)) or told.get(ref)
        if case_id:
            told[ref] = case_id
            yield (ref, said, organization, *standing(desk.vault.case(case_id).case), "")


def standing(case: Case) -> Row:
    """Our number, how far the case is, and its newest answer."""
    answer = next((event for word in ANSWERS if (event := case.course.last(word))), None)
    state = "已答复" if answer else case.status.term
    return (case.number, state, answer.on.isoformat() if answer else "", answer.text if answer else "")
