"""A check of everything the county holds: every entry, every chain, every row of the case list (T64)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from mediator.errors import MediatorError
from mediator.journal.canonical import decode_object
from mediator.journal.entry import DeskId, Entry, StreamId
from sync.center.blind import held_marks
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.doomed import Doomed, lawful
from sync.center.folding import place_of, row_values
from sync.center.piece_checks import check_pieces
from sync.center.reading import SCAN, read_rows, signed_by
from sync.center.recounting import wrong_sums
from sync.center.rows import SHIPPED
from sync.center.tables import CASE_ROW, DESK, ENTRY, WITHHELD


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of everything found; `findings` are codes with the place, never content."""

    entries: int
    cases: int
    findings: tuple[str, ...]


def check(center: Center) -> Checked:
    """Every entry read again, its chain and its author's signature; every row of the list folded again and compared."""
    findings: list[str] = []
    total = 0
    with center.database.reading() as scope:
        decided = lawful(center, scope)
        for desk in scope.rows(select(DESK).order_by(DESK.c.desk)):
            for entry in entries_of(center, scope, DeskId(desk.desk), findings, decided):
                total += 1
                if not signed_by(center, entry, desk):
                    findings.append(f"entry.signature {desk.desk}:{entry.n}")
            findings += broken_chain(scope, desk)
        rows = scope.rows(select(CASE_ROW).order_by(CASE_ROW.c.case))
        for row in rows:
            findings += [f"{code} case {row.case}" for code in wrong_row(center, scope, row)]
        findings += wrong_sums(center, scope)
    findings += check_pieces(center)
    return Checked(total, len(rows), tuple(findings))


def entries_of(
    center: Center, scope: Scope, desk: DeskId, findings: list[str], decided: Doomed
) -> Iterator[Entry]:  # fmt: skip
    """The entries of a desk that can be read; the others are told in `findings`."""
    after = 0
    own = select(*SHIPPED).where(ENTRY.c.desk == desk).order_by(ENTRY.c.n)
    while rows := scope.rows(own.where(ENTRY.c.n > after).limit(SCAN)):
        yield from read_rows(center, rows, findings, decided)
        after = rows[-1].n


def broken_chain(scope: Scope, desk: Row[Any]) -> list[str]:
    """Where a desk's chain does not hold: a wrong link, a missing counter, a head that is not its last entry's."""
    entries = scope.rows(select(ENTRY.c.n, ENTRY.c.hash, ENTRY.c.head).where(ENTRY.c.desk == desk.desk))
    withheld = scope.rows(select(WITHHELD).where(WITHHELD.c.desk == desk.desk))
    known = {row.last: row.hash for row in withheld} | {row.n: row.hash for row in entries}
    links = ((row.n, previous(row.head)) for row in entries)
    found = [f"entry.chain {desk.desk}:{n}" for n, before in sorted(links) if known.get(n - 1, before) != before]
    spans = [*((row.n, row.n) for row in entries), *((row.first, row.last) for row in withheld)]
    found += [f"entry.missing {desk.desk}:{n}" for n in holes(spans, top=desk.head_n)]
    if desk.head_n and known.get(desk.head_n, desk.head_hash) != desk.head_hash:
        found.append(f"desk.head {desk.desk}:{desk.head_n}")
    return found


def previous(head: bytes) -> str:
    """The hash that a head names as the one before."""
    return str(decode_object(head).get("p", ""))


def holes(spans: Iterable[tuple[int, int]], *, top: int) -> Iterator[int]:
    """The first counter of every hole from 1 to `top` that no span covers."""
    reached = 0
    for first, last in [*sorted(spans), (top + 1, top + 1)]:
        if reached + 1 < first and reached < top:
            yield reached + 1
        reached = max(reached, last)


def wrong_row(center: Center, scope: Scope, row: Row[Any]) -> Iterator[str]:
    """Why a row of the case list cannot be believed: it does not open, or its entries fold to something else."""
    try:
        inside = center.cabinet.open(row.folded, place=place_of(row.case)) if row.folded else b""
        wanted = {} if row.dirty else row_values(center, scope, StreamId(row.case))
    except MediatorError as error:
        yield error.code
    else:
        held = dict(row._mapping) | {"folded": inside, "marks": held_marks(scope, StreamId(row.case))}
        if any(held[name] != value for name, value in wanted.items()):
            yield "case.row"
