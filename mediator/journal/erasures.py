"""A lawful erasure: which entries lose salt and body everywhere, on which ground, and which two persons decided it.

`entry.erased` is a room's decision, `case.erased` the county's on a whole case whose keeping period is over. What was
signed or issued is evidence in other people's hands: only the county's decision reaches it. What tells of erasures and
of who looked at what is never erased. `erasure.done` is one computer's word that nothing of it is left there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from mediator.journal.checks import is_id
from mediator.journal.entry import DeskId, Entry, EntryId
from mediator.journal.framing import erased_twin

ERASED: Final = "entry.erased"
CASE_ERASED: Final = "case.erased"
DONE: Final = "erasure.done"
DECISIONS: Final = frozenset({ERASED, CASE_ERASED})
FROZEN: Final = frozenset({"agreement.signed", "document.issued", "dossier.filed"})
# Beginnings of kinds that no decision reaches: decisions themselves, traces, identities, numbers, the county's tables.
LASTING: Final = (
    ERASED, CASE_ERASED, DONE, "access.", "audit.", "desk.", "user.", "numbers.", "table.", "template.", "case.granted",
    "case.released",
)  # fmt: skip


def targets_in(body: Mapping[str, object]) -> frozenset[EntryId]:
    """The entries that a sound decision names."""
    rows = body.get("targets")
    found = rows if isinstance(rows, list) else []
    return frozenset((DeskId(desk), n) for desk, numbers in found for n in numbers)


def targets_of(ids: Iterable[EntryId]) -> list[list[object]]:
    """As a body holds them: each desk once with its counters, both ascending."""
    rows = groupby(sorted(set(ids)), key=lambda each: each[0])
    return [[desk, [n for _, n in group]] for desk, group in rows]


def reaches(kind: str, decision: str) -> bool:
    """True when a decision of this kind may take the body of an entry of that kind."""
    if kind.startswith(LASTING):
        return False
    return decision == CASE_ERASED or kind not in FROZEN


def without(entries: Iterable[Entry], doomed: Mapping[EntryId, Iterable[tuple[str, str]]]) -> list[Entry]:
    """The entries, those as shape-1 twins that a decision reaches; `doomed` has (stream, kind of decision) by target.

    A decision reaches entries of its own stream alone.
    """
    return [erased_twin(each) if is_doomed(each, doomed.get(each.id, ())) else each for each in entries]


def is_doomed(entry: Entry, decisions: Iterable[tuple[str, str]]) -> bool:
    """True when one of these decisions, as (stream, kind), reaches this entry."""
    return any(stream == entry.stream and reaches(entry.kind, kind) for stream, kind in decisions)


def blobs_in(body: Mapping[str, object]) -> frozenset[str]:
    """Recordings and scans whose pieces go too, named by themselves: the entry with a recording's key stays at home."""
    rows = body.get("blobs")
    return frozenset(each for each in rows if is_id(each)) if isinstance(rows, list) else frozenset()
