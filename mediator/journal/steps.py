"""One step of the fold for each kind of entry: what it changes in the state. Bodies are checked before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from mediator.journal.checks import PRESENT, is_day
from mediator.journal.entry import Entry
from mediator.journal.fields import write_of
from mediator.journal.lending import GRANTED, RELEASED, fold_granted, fold_released
from mediator.journal.marks import covers
from mediator.journal.state import AGREEMENT, CASE, Signing, State, put

Body = Mapping[str, object]


def fields_of(body: Body) -> Mapping[str, object]:
    """The `fields` member."""
    found = body.get("fields", {})
    return found if isinstance(found, dict) else {}


def fold_case(state: State, entry: Entry, body: Body) -> State:
    """`case.set`."""
    return put(state, entry, CASE, CASE, fields_of(body))


def fold_opened(state: State, entry: Entry, body: Body) -> State:
    """`case.opened`: its author is the first receiver for good (S01)."""
    opened = fold_case(state, entry, body)
    return replace(opened, openings=(*state.openings, write_of("", entry)))


def fold_agreement(state: State, entry: Entry, body: Body) -> State:
    """`agreement.set`."""
    return put(state, entry, AGREEMENT, AGREEMENT, fields_of(body))


def fold_item(state: State, entry: Entry, body: Body) -> State:
    """`X.added`, `X.set`, `X.recorded`: fields, and presence, which is a field like any other."""
    kind = entry.kind.partition(".")[0]
    return put(state, entry, str(body["id"]), kind, {**fields_of(body), PRESENT: True})


def fold_absent(state: State, entry: Entry, body: Body) -> State:
    """`X.left`, `X.removed`, `X.voided`."""
    return put(state, entry, str(body["id"]), entry.kind.partition(".")[0], {PRESENT: False})


def fold_moved(state: State, entry: Entry, body: Body) -> State:
    """`case.moved`: status is one field; every move is kept for the history."""
    moved = put(state, entry, CASE, CASE, {"status": body["to"]})
    return replace(moved, moves=(*state.moves, (write_of(body["to"], entry), body)))


def fold_numbered(state: State, entry: Entry, body: Body) -> State:
    """`case.numbered`: the printed number; an older one stays as alias."""
    numbered = put(state, entry, CASE, CASE, {"number": body["number"]})
    alias = body.get("alias")
    return replace(numbered, aliases=(*state.aliases, alias)) if isinstance(alias, str) else numbered


def fold_sentence(state: State, entry: Entry, body: Body) -> State:
    """`hearing.sentence`: append-only."""
    names = ("hearing", "after", "speaker", "party", "text", "at", "recording", "sound")
    return put(state, entry, str(body["id"]), "sentence", {name: body[name] for name in names if name in body})


def fold_corrected(state: State, entry: Entry, body: Body) -> State:
    """`hearing.corrected`: the earlier wording is kept beside the new one; words that were erased leave only it."""
    key = str(body["id"])
    item = state.items.get(key)
    old, marks = item.fields.get("text", ()) if item else (), entry.marks
    seen = tuple(str(write.value) for write in old if covers(marks, write.desk, write.n))
    fields = {"text": body["text"]} if item else {"text": body["text"], "hearing": body["hearing"]}
    corrected = put(state, entry, key, "sentence", fields)
    return replace(corrected, earlier={**state.earlier, key: (*state.earlier.get(key, ()), *seen)})


def fold_closed(state: State, entry: Entry, body: Body) -> State:
    """`hearing.closed`: what it had not seen is late."""
    key = str(body["hearing"])
    closed = put(state, entry, key, "hearing", {"closed": True})
    marks = {**entry.marks, entry.desk: entry.n}
    return replace(closed, closings={**state.closings, key: (*state.closings.get(key, ()), marks)})


def fold_marked(state: State, entry: Entry, body: Body) -> State:
    """`hearing.marked`: a mark beside a turn, or none again; words that are not there need none."""
    key = str(body["id"])
    return put(state, entry, key, "sentence", {"marked": body["marked"]}) if key in state.items else state


def fold_read(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """`hearing.read`: append-only."""
    return replace(state, reads=(*state.reads, body))


def fold_answered(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """`hearing.signed`: append-only; a signer's last answer is the one that is shown."""
    return replace(state, answers=(*state.answers, body))


def fold_sound(state: State, entry: Entry, body: Body) -> State:
    """`recording.*`: append-only; consents, beginnings and ends in folding order."""
    return replace(state, sounds=(*state.sounds, (entry.kind, body)))


def fold_order(state: State, entry: Entry, body: Body) -> State:
    """`agreement.order`: the order of clauses is one field."""
    return put(state, entry, AGREEMENT, AGREEMENT, {"order": body["clauses"]})


def fold_signed(state: State, entry: Entry, body: Body) -> State:
    """`agreement.signed`: content frozen for ever; a second one with another digest stands beside it."""
    content = body["content"]
    signing = Signing(
        str(body["digest"]), content if isinstance(content, dict) else {}, entry.id, entry.marks, entry.wall
    )
    return replace(state, signings=(*state.signings, signing))


def fold_paper(state: State, entry: Entry, body: Body) -> State:
    """`document.issued`: append-only."""
    return replace(state, papers=(*state.papers, (write_of(body["id"], entry), body)))


def fold_excused(state: State, entry: Entry, body: Body) -> State:
    """`dossier.excused`: append-only; the newest reason for an item is the one that counts."""
    return replace(state, excuses=(*state.excuses, (write_of(body["item"], entry), body)))


def fold_filed(state: State, entry: Entry, body: Body) -> State:
    """`dossier.filed`: append-only."""
    return replace(state, filings=(*state.filings, (write_of(body["id"], entry), body)))


def fold_pictured(state: State, entry: Entry, body: Body) -> State:
    """`character.pictured`: append-only; the newest picture of a character is the one that is set."""
    return replace(state, pictures=(*state.pictures, (write_of(body["char"], entry), body)))


def fold_passed(state: State, entry: Entry, body: Body) -> State:
    """`finding.passed`: append-only."""
    return replace(state, passed=(*state.passed, (write_of(body["rule"], entry), body)))


def fold_received(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """`supervision.received`: the earliest day on which a computer of the room had the order; days are no conflict."""
    key, on = str(body["id"]), body.get("on")
    if not isinstance(on, str) or not is_day(on):
        return state
    return replace(state, received={**state.received, key: min(on, state.received.get(key, on))})


def fold_raised(state: State, entry: Entry, body: Body) -> State:
    """`supervision.raised`: who raises an order himself has it, from the day that stands beside the fields."""
    return fold_received(fold_item(state, entry, body), entry, body)


def fold_issued(state: State, entry: Entry, body: Body) -> State:
    """`supervision.issued`: an order that the county stands behind, raised by the room before or not."""
    return replace(fold_item(state, entry, body), issued=state.issued | {str(body["id"])})


def fold_center(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """`order.issued`: the county's word to the room."""
    return replace(state, orders=(*state.orders, body))


# Kinds without a step are kept for the record and change no case: notes, keys, reasons, desks, blocks of numbers.
FOLDS: Final[Mapping[str, Callable[[State, Entry, Body], State]]] = {
    "case.opened": fold_opened,
    "case.set": fold_case,
    "case.moved": fold_moved,
    "case.numbered": fold_numbered,
    **dict.fromkeys(
        ("party.added", "party.set", "hearing.opened", "hearing.set", "clause.added", "clause.set", "obligation.added",
         "obligation.set", "payment.recorded", "follow_up.recorded", "form.added", "form.set",
         "evidence.attached", "link.added", "event.recorded", "period.changed",
         "supervision.answered", "supervision.judged", "satisfaction.recorded",
         "amendment.recorded", "likeness.judged"), fold_item
    ),
    **dict.fromkeys(
        ("party.left", "clause.removed", "obligation.removed", "payment.voided", "form.removed", "evidence.removed",
         "link.removed", "event.voided", "period.voided", "satisfaction.voided", "amendment.voided"),
        fold_absent,
    ),
    "hearing.sentence": fold_sentence,
    "hearing.corrected": fold_corrected,
    "hearing.closed": fold_closed,
    "hearing.marked": fold_marked,
    "hearing.read": fold_read,
    "hearing.signed": fold_answered,
    **dict.fromkeys(
        ("recording.agreed", "recording.withdrawn", "recording.begun", "recording.ended"), fold_sound
    ),
    "agreement.set": fold_agreement,
    "agreement.order": fold_order,
    "agreement.signed": fold_signed,
    "document.issued": fold_paper,
    "dossier.excused": fold_excused,
    "dossier.filed": fold_filed,
    "character.pictured": fold_pictured,
    "finding.passed": fold_passed,
    "supervision.raised": fold_raised,
    "supervision.received": fold_received,
    "supervision.issued": fold_issued,
    "order.issued": fold_center,
    GRANTED: fold_granted,
    RELEASED: fold_released,
}  # fmt: skip
