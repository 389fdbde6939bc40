"""Several facts in one entry: what was taken over from another book is one deed, signed once (`case.imported`).

Each fact has the kind and the body it would have as an entry of its own, and is checked, folded and indexed as that;
later entries change its fields one by one. Erasing the body erases all that was taken over with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import msgspec

from mediator.journal.entry import Draft, Entry

TRANSCRIPT: Final = "case.imported"
ROOMY: Final = 256 * 1024
IN_TRANSCRIPTS: Final = frozenset({
    "case.opened", "case.set", "case.moved", "case.numbered", "party.added", "party.set", "hearing.opened",
    "hearing.set", "hearing.sentence", "hearing.closed", "agreement.set", "agreement.order", "agreement.signed",
    "clause.added", "clause.set", "obligation.added", "obligation.set", "event.recorded",
})  # fmt: skip
Fact = tuple[str, Mapping[str, object]]


def is_facts(value: object) -> bool:
    """Pairs of a kind that may be taken over and its body; at least one."""
    return isinstance(value, list) and bool(value) and all(map(is_fact, value))


def is_fact(row: object) -> bool:
    """One of them."""
    match row:
        case [str(kind), dict()]:
            return kind in IN_TRANSCRIPTS
    return False


def facts_of(kind: str, body: Mapping[str, object]) -> Iterable[Fact]:
    """What an entry of this kind says: itself, or each fact of a transcript whose body was found sound."""
    rows = body.get("facts") if kind == TRANSCRIPT else None
    return ((row[0], row[1]) for row in rows if is_fact(row)) if isinstance(rows, list) else ((kind, body),)


def facts_in(entry: Entry) -> Iterable[Fact]:
    """What an entry says; of one that is erased or sealed no more than its kind."""
    return facts_of(entry.kind, entry.content())


def as_told(entry: Entry, kind: str) -> Entry:
    """The entry as the author of one of its facts: the facts before it in the same transcript were seen."""
    seen = sorted({**entry.marks, entry.desk: entry.n}.items())
    return replace(entry, head=msgspec.structs.replace(entry.head, k=kind, m=seen))


def transcribed(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts of one case and one moment in as few entries as their bodies allow; one that stands alone stays itself."""
    portion: list[Draft] = []
    room = ROOMY
    for draft in drafts:
        size = len(msgspec.json.encode(draft.body)) + len(draft.kind)
        if portion and (size > room or draft.kind not in IN_TRANSCRIPTS):
            yield gathered(portion)
            portion, room = [], ROOMY
        portion.append(draft)
        room = room - size if draft.kind in IN_TRANSCRIPTS else 0
    if portion:
        yield gathered(portion)


def gathered(portion: Sequence[Draft]) -> Draft:
    """One draft that says what these say."""
    first = portion[0]
    if len(portion) == 1:
        return first
    facts = [[each.kind, each.body] for each in portion]
    return Draft(first.stream, TRANSCRIPT, {"facts": facts}, first.seen, first.wall, first.user, first.boot)
