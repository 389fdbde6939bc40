"""Old ledgers and exports of the hotline taken in: seen first, then kept in honest batches that may be repeated.

A line is known again by its digest (or by the sender's number), which stands in the case as `source_ref`: the same
file twice adds nothing, and a mended file adds exactly what was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mediator.casework import importing, ledger_heads
from mediator.casework.desk import Desk
from mediator.casework.drafting import plain, trace
from mediator.casework.guards import real_room
from mediator.casework.importing import Plan
from mediator.casework.intake import NUMBER_WORDS, case_drafts
from mediator.casework.ledger_heads import Head
from mediator.casework.ledger_rows import Line, line_of
from mediator.casework.texts import Cleaner
from mediator.core.codes import CaseKind
from mediator.core.divisions import village_code
from mediator.core.lint import Finding
from mediator.core.records import CaseId
from mediator.docs.tables import MAX_BYTES, Book, Sheet, read_book
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft
from mediator.journal.transcripts import transcribed
from mediator.store import likening
from mediator.store.vault import Deed, Inside

__all__ = ["MAX_BYTES", "Outcome", "Reading", "Taken", "preview", "read", "take_in"]

BATCH: Final = 100
LEDGER: Final = "台账:"
NO_CHOICE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet with a header and its lines."""

    sheet: Sheet
    head: Head
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood; nothing is kept yet. `skipped` are sheets without a header of ours."""

    book: Book
    kind: CaseKind
    parts: tuple[Part, ...]
    skipped: tuple[str, ...]
    chosen: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> Iterator[tuple[str, Line]]:
        """Every line with the name of its sheet."""
        return ((part.sheet.name, line) for part in self.parts for line in part.lines)


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that became a case."""

    sheet: str
    line: int
    id: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: cases added, lines known before with their case, lines refused."""

    added: tuple[Taken, ...] = ()
    known: Mapping[str, CaseId] = field(default_factory=dict)
    refused: tuple[tuple[str, Line], ...] = ()


def read(desk: Desk, data: bytes, kind: CaseKind, chosen: Mapping[str, str] = NO_CHOICE) -> Reading:
    """Understand a file. Raises Unacceptable `table.*`, `ledger.head` without any header, `ledger.column`, `.field`."""
    book, cleaner = read_book(data), Cleaner()
    parts: list[Part] = []
    skipped: list[str] = []
    for sheet in book.sheets:
        head = ledger_heads.head_of(sheet)
        if head is None:
            skipped.append(sheet.name)
            continue
        head = ledger_heads.mapped(ledger_heads.remembered(desk, head), chosen)
        rows = enumerate(sheet.rows[head.below :], head.below + 1)
        lines = (line_of(head, row, number, kind=kind, cleaner=cleaner) for number, row in rows)
        parts.append(Part(sheet, head, tuple(line for line in lines if line)))
    if not parts:
        raise Unacceptable("ledger.head")
    return Reading(book, kind, tuple(parts), tuple(skipped), chosen, cleaner.findings)


def ref_of(line: Line) -> str:
    """What a line is known again by."""
    return str(line.extra.get("source_ref") or "") or LEDGER + line.digest


def known(desk: Desk, reading: Reading) -> dict[str, CaseId]:
    """Lines that became cases before, by what they are known again by."""
    refs = [ref_of(line) for _, line in reading.lines if line.document]
    return desk.vault.on_thread(lambda ledger: likening.known_refs(ledger.connection, refs))


def fresh(reading: Reading, held: Mapping[str, CaseId]) -> list[tuple[str, Line]]:
    """Good lines that are not held; a line that stands twice in the file counts once."""
    once = {ref_of(line): (name, line) for name, line in reversed(list(reading.lines)) if line.document}
    return [row for ref, row in reversed(once.items()) if ref not in held]


def preview(desk: Desk, reading: Reading) -> Outcome:
    """What taking in would do, without numbers; nothing is kept."""
    held = known(desk, reading)
    added = tuple(Taken(name, line.number, CaseId(""), "") for name, line in fresh(reading, held))
    return Outcome(added, held, refused(reading))


def refused(reading: Reading) -> tuple[tuple[str, Line], ...]:
    """Lines that cannot be cases."""
    return tuple((name, line) for name, line in reading.lines if line.reasons)


def take_in(desk: Desk, reading: Reading, told: Callable[[int, int], None] = lambda _done, _all: None) -> Outcome:
    """Keep the good lines, a hundred in one transaction; what a kill leaves out the next run adds.

    `told` hears after each batch how many of how many are durable. The mapping is remembered with the header.
    Raises RefusedByRule `practice.import` in a practice room.
    """
    real_room(desk, "practice.import")
    held = known(desk, reading)
    rows = fresh(reading, held)
    added: list[Taken] = []
    for part in reading.parts:
        ledger_heads.remember(desk, part.head, reading.chosen)
    for start in range(0, len(rows), BATCH):
        added += keep(desk, rows[start : start + BATCH], reading.kind)
        told(len(added), len(rows))
    return Outcome(tuple(added), held, refused(reading))


def keep(desk: Desk, rows: Sequence[tuple[str, Line]], kind: CaseKind) -> list[Taken]:
    """One batch, all or nothing."""
    plans = [(name, line, importing.plan(desk, line.document, [])) for name, line in rows if line.document]
    numbers: list[str] = []

    def make(inside: Inside) -> Deed:
        drafts: list[Draft] = []
        for _, line, plan in plans:
            numbers.append(inside.take_number(NUMBER_WORDS[kind]))
            drafts += transcribed([*drafts_of(desk, plan, line, numbers[-1])])
        return Deed([*drafts, *(trace(desk, "audit.case_imported", case=plan.id) for _, _, plan in plans)])

    desk.vault.perform(make)
    taken = zip(plans, numbers, strict=True)
    return [Taken(name, line.number, plan.id, number) for (name, line, plan), number in taken]


def drafts_of(desk: Desk, plan: Plan, line: Line, number: str) -> Iterator[Draft]:
    """The entries of one line: the case, what no case file holds, the moves, the day the hotline sent it on."""
    pen, document = plan.pen, plan.document
    yield from case_drafts(pen, document.form, number, outcome=document.outcome)
    if line.old_number:
        yield pen.write("case.numbered", number=number, alias=line.old_number)
    village = village_code(desk.vault.room.division, line.village)
    extra = {**line.extra, "source_ref": ref_of(line), "village": village}
    yield pen.write("case.set", fields={name: plain(value) for name, value in extra.items() if value})
    yield from plan.rest
    for event, day, at in (("dispatched", line.dispatched, line.dispatched), ("return_by", line.return_by, None)):
        if day:
            told = {"event": event, "on": day.isoformat()[:10], **({"at": plain(at)} if at else {})}
            yield pen.write("event.recorded", id=desk.fresh_id(), fields=told)
