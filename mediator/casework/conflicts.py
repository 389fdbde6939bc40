"""Two desks wrote different values: a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, member, pen_for
from mediator.casework.guards import held
from mediator.casework.intake import moved
from mediator.casework.reading import moment_at
from mediator.casework.texts import cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId, Conflict
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft
from mediator.journal.fields import Write, distinct
from mediator.journal.fold import AGREEMENT, CASE, PRESENT, Item, fold_all
from mediator.store.appending import Changes
from mediator.store.vault import Opened

# How an entity of this kind is taken away; all others are `removed`.
GONE: Final = {"party": "party.left"}


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values of a conflict: when it was written, and whether on this desk."""

    value: str
    at: datetime
    here: bool


def versions(desk: Desk, opened: Opened, conflict: Conflict) -> tuple[Version, ...]:
    """The values of a conflict in the order of `Conflict.values`; empty for two signings."""
    item = fold_all(opened.entries).items.get(conflict.entity)
    writes = distinct(item.fields.get(conflict.field, ())) if item else ()
    return tuple(Version(str(each.value), moment_at(each.wall), each.desk == desk.vault.desk) for each in writes)


def choose(desk: Desk, case_id: CaseId, entity: str, field: str, *, value: str, reason: str) -> Changes:
    """Write the chosen value, having seen both, and keep the reason for the dossier.

    `value` is one of `Conflict.values`. Raises Unacceptable `conflict.none` when there is nothing to choose or the
    value is not among them, RefusedByRule `conflict.signed` for two signings, which nobody may choose between.
    """
    opened = held(desk, case_id)
    if field == "signed":
        raise RefusedByRule("conflict.signed")
    item = fold_all(opened.entries).items.get(entity)
    if item is None:
        raise Unacceptable("conflict.none")
    chosen = written_value(item, field, value)
    pen = pen_for(desk, case_id, opened.seen)
    why = cleaned_text(desk, reason, "reason")
    resolved = pen.write("conflict.resolved", entity=entity, field=field, reason=why)
    return desk.vault.append([chosen_draft(pen, entity, field, item=item, chosen=chosen), resolved])


def written_value(item: Item, field: str, value: str) -> Write:
    """The write of this value among several of a field; raises Unacceptable `conflict.none`."""
    writes = distinct(item.fields.get(field, ()))
    chosen = next((write for write in writes if str(write.value) == value), None)
    if chosen is None or len(writes) < 2:
        raise Unacceptable("conflict.none")
    return chosen


def chosen_draft(pen: Pen, entity: str, field: str, *, item: Item, chosen: Write) -> Draft:
    """The ordinary write that ends the conflict, by the kind of entry that writes this field."""
    if entity in (CASE, AGREEMENT):
        return _of_one(pen, entity, field, chosen.value)
    if item.kind == "sentence":
        return pen.write("hearing.corrected", id=entity, hearing=item.fields["hearing"][0].value, text=chosen.value)
    if field == PRESENT and not chosen.value:
        return pen.write(GONE.get(item.kind, f"{item.kind}.removed"), id=entity)
    fields = {} if field == PRESENT else {field: chosen.value}
    return pen.write(f"{item.kind}.set", id=entity, fields=fields)


def _of_one(pen: Pen, entity: str, field: str, value: object) -> Draft:
    """A write to the case or to its agreement, of which there is one; three fields have entries of their own."""
    if field == "order":
        return pen.write("agreement.order", clauses=value)
    if (entity, field) == (CASE, "number"):
        return pen.write("case.numbered", number=value)
    if (entity, field) == (CASE, "status"):
        status = member(CaseStatus, value)
        return moved(pen, status, status)[0]
    return pen.write(f"{entity}.set", fields={field: value})
