"""Clauses from the library: text and obligations come from the same slots and are written and changed together."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Final

from mediator.casework.agreement import draft_of, with_clause
from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, filled, pen_for, plain
from mediator.casework.guards import draftable
from mediator.casework.importing import Source, read_source
from mediator.casework.intake import Seen
from mediator.casework.strict_json import decode
from mediator.casework.texts import cleaned_fields
from mediator.core.clauses import Template, library, offered, template_of
from mediator.core.compiling import Compiled, compile_clause
from mediator.core.deadlines import Due, dues_of
from mediator.core.performing import obligations_now
from mediator.core.records import Case, CaseId, Clause, ClauseId, Obligation
from mediator.core.typed import as_lines, shown, stored
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft
from mediator.store.appending import Changes

Typed = Mapping[str, object]
# What the compiler says of an obligation; a note stays as somebody wrote it.
MADE: Final = tuple(each.name for each in fields(Obligation) if each.name not in ("id", "note", "clause"))


def templates(case: Case) -> tuple[Template, ...]:
    """The library for a case: what fits its dispute type, what fits every one, the rest."""
    return offered(case.dispute_type)


def template_for(template_id: str) -> Template:
    """A template by id; raises Unacceptable `clause.template`."""
    found = template_of(template_id)
    if found is None:
        raise Unacceptable("clause.template", where=template_id[:64])
    return found


def preview(case: Case, template_id: str, typed: Typed) -> Compiled:
    """What a filled template would come to; raises Unacceptable `clause.slot` with the word of the slot."""
    template = template_for(template_id)
    return compile_clause(template, stored(template, typed, case.parties), case.parties)


def add(desk: Desk, case_id: CaseId, seen: Seen, *, template_id: str, typed: Typed) -> ClauseId:
    """A clause of the library at the end, with the obligations it makes, in one transaction."""
    case, template = draftable(desk, case_id).case, template_for(template_id)
    slots, made = compiled(desk, case, template, typed)
    pen, clause = pen_for(desk, case_id, seen), ClauseId(desk.fresh_id())
    first = pen.write("clause.added", id=clause, fields={"text": made.text, "template": template.id, "slots": slots})
    desk.vault.append([first, *(added(desk, pen, clause, each) for each in made.obligations)])
    return clause


def compiled(desk: Desk, case: Case, template: Template, typed: Typed) -> tuple[dict[str, object], Compiled]:
    """Cleaned slots as entries keep them, and what they come to."""
    slots = stored(template, cleaned_fields(desk, typed), case.parties)
    return slots, compile_clause(template, slots, case.parties)


def added(desk: Desk, pen: Pen, clause: ClauseId, made: Obligation) -> Draft:
    """The entry of an obligation that comes from a clause."""
    return pen.write("obligation.added", id=desk.fresh_id(), fields=filled({**said_of(made), "clause": clause}))


def said_of(made: Obligation) -> dict[str, object]:
    """The fields that come from the compiler."""
    return {name: getattr(made, name) for name in MADE}


def change(desk: Desk, case_id: CaseId, seen: Seen, *, clause: ClauseId, typed: Typed) -> Changes:
    """Other slots of a clause of the library: its text and its obligations anew, in one transaction.

    Obligations keep their ids in order, so that what was said of them stays. Written again as it stands, a clause
    takes up a corrected name, undoes hand edits of its plan and settles what two desks wrote differently.
    Raises Unacceptable `clause.slot`, and `clause.template` for a free clause.
    """
    old = with_clause(desk, case_id, clause)
    case, template = draftable(desk, case_id).case, template_for(old.template)
    slots, made = compiled(desk, case, template, typed)
    pen = pen_for(desk, case_id, seen)
    first = pen.write("clause.set", id=clause, fields={"text": made.text, "template": template.id, "slots": slots})
    return desk.vault.append([first, *rewritten(desk, pen, old, made, case=case)])


def rewritten(desk: Desk, pen: Pen, clause: Clause, made: Compiled, *, case: Case) -> Iterator[Draft]:
    """Entries that make the obligations of a clause what the compiler says: changed, added, removed.

    A field on which two desks differ is written even where the value shown is the right one: that settles it.
    """
    old = [each for each in draft_of(case).obligations if each.clause == clause.id]
    doubts = {(each.entity, each.field) for each in case.conflicts}
    for before, after in zip(old, made.obligations, strict=False):
        was, now = said_of(before), said_of(after)
        other = {name: plain(each) for name, each in now.items() if each != was[name] or (before.id, name) in doubts}
        if other:
            yield pen.write("obligation.set", id=before.id, fields=other)
    for after in made.obligations[len(old) :]:
        yield added(desk, pen, clause.id, after)
    for before in old[len(made.obligations) :]:
        yield pen.write("obligation.removed", id=before.id)


def dues(desk: Desk, case: Case) -> tuple[Due, ...]:
    """The calendar of what still counts and falls due, as later signed papers left it, with days off explained."""
    now = tuple(each.now for each in obligations_now(case) if not each.waived)
    return dues_of(replace(draft_of(case), obligations=now), desk.vault.calendar)


def typed_of(case: Case, clause: Clause) -> dict[str, object]:
    """The slots of a clause as they may be typed again, parties by their short names; none for a free clause."""
    template = template_of(clause.template)
    known = {slot.name: slot for slot in template.slots} if template else {}
    refs = {each.id: each.ref for each in case.parties if each.ref}
    return {name: shown(known[name], value, refs) for name, value in clause.slots.items() if name in known}


def said_plainly(case: Case, value: str) -> str:
    """One side of a conflict about slots in a clerk's words: `付款人：张三；总额：9000.00`."""
    slots = literal_eval(value) if value.startswith("{") else {}
    template = next((each for each in library() if set(slots) <= {slot.name for slot in each.slots}), None)
    if template is None:
        return value
    names = {each.id: each.name for each in case.parties}
    rows = ((template.slot(name), each) for name, each in slots.items())
    return "；".join(f"{slot.label}：{plainly(shown(slot, each, names))}" for slot, each in rows)


def plainly(value: object) -> str:
    """A shown slot in one line."""
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return as_lines(value).replace("\n", "、") if isinstance(value, list) else str(value)


def read_slots(source: Source) -> dict[str, object]:
    """Filled slots from a file: one JSON object; raises Unacceptable `case.*` for what is no JSON, `clause.slots`."""
    found = decode(read_source(source))
    if not isinstance(found, dict):
        raise Unacceptable("clause.slots")
    return found
