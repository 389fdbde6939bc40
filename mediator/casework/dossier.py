"""The dossier 卷宗: what it lacks, the reasons for that, and the whole as one PDF with a signed list (F45, F56)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mediator.casework import binder, dossier_rules, forms, printing, volume
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.guards import known, writable
from mediator.casework.texts import cleaned_text
from mediator.casework.volume import CLOSING, SHEET, Item
from mediator.casework.watching import UNWATCHED, Watch
from mediator.core.codes import CaseStatus
from mediator.core.lint import Finding, Severity
from mediator.core.records import Case, CaseId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Changes


@dataclass(frozen=True, slots=True)
class Filed:
    """A dossier as it was bound; `findings` are the hints that were left."""

    file: Path
    manifest: Path
    pages: int
    items: tuple[binder.Listed, ...]
    findings: tuple[Finding, ...]
    documents: tuple[printing.Made, ...]


class Incomplete(RefusedByRule):
    """The dossier lacks something; `findings` say all of it. They are for the screen and never part of the error."""

    def __init__(self, found: Sequence[Finding]) -> None:
        """Refuse with code `dossier.incomplete`."""
        blocking = [each.message for each in found if each.severity is Severity.BLOCK]
        super().__init__("dossier.incomplete", count=len(blocking))
        self.findings = tuple(found)


def excuse(desk: Desk, case_id: CaseId, item: str, reason: str) -> Changes:
    """Keep why an item is not there; raises Unacceptable `dossier.item`, RefusedByRule `dossier.reason`."""
    opened = writable(desk, case_id)
    kind = volume.place_of(item) if item != dossier_rules.PERFORMANCE else item
    absent = [row.kind for row in here(desk, opened.case, items(desk, case_id)) if not row.sha256]
    if kind not in (*dossier_rules.EXCUSABLE, *absent):
        raise Unacceptable("dossier.item", where=item[:64])
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("dossier.reason", where=item[:64])
    return desk.vault.append([pen_for(desk, case_id, opened.seen).write("dossier.excused", item=kind, reason=why)])


def lacking(desk: Desk, case_id: CaseId, *, simple: bool = False) -> tuple[Finding, ...]:
    """What the dossier lacks now: blocking findings for what it must have, hints for what it may need."""
    opened = known(desk, case_id)
    return dossier_rules.lacking(opened.case, here(desk, opened.case, items(desk, case_id)), simple=simple)


def items(desk: Desk, case_id: CaseId) -> tuple[Item, ...]:
    """Every paper and scan of the case in the order of its dossier."""
    opened = known(desk, case_id)
    return volume.items_of(opened.case, opened.entries)


def here(desk: Desk, case: Case, rows: Sequence[Item]) -> tuple[Item, ...]:
    """The same, without a PDF where its bytes are on another desk; nothing that a reason excuses."""
    excused = {each.item for each in case.excuses}
    found = [row if row.sha256 and desk.vault.holds_paper(row.sha256) else replace(row, sha256="") for row in rows]
    return tuple(row for row in found if row.sha256 or row.kind not in excused)


def file(desk: Desk, case_id: CaseId, *, out: Path, simple: bool = False, watch: Watch = UNWATCHED) -> Filed:
    """Bind the dossier: one PDF and its list in `out`, both or neither, and `dossier.filed` in the journal.

    A closing report (in a simple dossier 一案一表) that was not issued yet is issued first and stays issued. Raises
    `Incomplete` with everything that is missing or unequal, RefusedByRule `dossier.cancelled`, WorldFailed
    `file.write`.
    """
    refuse_blocked(lacking(desk, case_id, simple=simple))
    made = closed_off(desk, case_id, out=out, simple=simple)
    opened = known(desk, case_id)
    rows = here(desk, opened.case, volume.items_of(opened.case, opened.entries))
    bound = binder.Binder(desk, opened, rows, watch)
    hints = (*dossier_rules.lacking(opened.case, rows, simple=simple), *bound.unequal())
    refuse_blocked(hints)
    files, listed, pages = bound.put(out, simple=simple)
    return Filed(*files, pages, listed, hints, made)


def refuse_blocked(found: Sequence[Finding]) -> None:
    """Raise `Incomplete` with every finding, when one of them blocks."""
    if any(each.severity is Severity.BLOCK for each in found):
        raise Incomplete(found)


def closed_off(desk: Desk, case_id: CaseId, *, out: Path, simple: bool) -> tuple[printing.Made, ...]:
    """The last paper of the dossier, issued when the case is over and has none yet."""
    case = known(desk, case_id).case
    kind = SHEET if simple else CLOSING
    if any(paper.kind == kind for paper in volume.current(case)) or not (simple or dossier_rules.over(case)):
        return ()
    if not simple:
        fill_closing(desk, case_id)
    return printing.make(desk, case_id, [kind], formats=("docx", "pdf"), out=out, draft=False)


def fill_closing(desk: Desk, case_id: CaseId) -> None:
    """The days of the closing report, where the clerk typed none: closed as the record says, filled in today."""
    opened = known(desk, case_id)
    typed = forms.latest(opened.case, CLOSING)
    days = {"closed_on": closed_on(opened.case, desk.today()).isoformat(), "filled_on": desk.today().isoformat()}
    missing = {name: day for name, day in days.items() if not (typed and typed.values.get(name))}
    if typed is None:
        forms.fill(desk, case_id, opened.seen, kind=CLOSING, values=missing)
    elif missing:
        forms.refill(desk, case_id, opened.seen, form=typed.id, values=missing)


def closed_on(case: Case, today: date) -> date:
    """The day the case was closed; one that is being closed is closed today."""
    moved = [move.on for move in case.moves if move.to is CaseStatus.CLOSED and move.on]
    return moved[-1].date() if moved else today
