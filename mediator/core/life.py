"""The lives of all kinds of matters, L01-L11 and L20-L25, as one table: which move, who makes it, what must hold.

A move is legal when it stands in the table of its kind; it is made when each of its guards agrees as well. A guard
names what is missing by the code of a sentence (`casework.complaints`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from mediator.core import guards as g
from mediator.core.codes import CaseKind, Code
from mediator.core.codes import CaseStatus as S
from mediator.core.guards import Asked, Guard, Lacking
from mediator.core.records import Case

MEDIATIONS: Final = frozenset(
    {CaseKind.PEOPLE_MEDIATION, CaseKind.SETTLEMENT, CaseKind.ADMINISTRATIVE_MEDIATION, CaseKind.JUDICIAL_MEDIATION}
)
PETITIONS: Final = frozenset({CaseKind.PETITION, CaseKind.WORK_ORDER})


class Mover(Code):
    """Who makes a move; the head's word stands in the entry, whoever types it."""

    MEDIATOR = "mediator", "调解员"
    STAFF = "staff", "工作人员"
    HEAD = "head", "负责人"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table; `rule` is its line of rules.md 1."""

    rule: str
    origins: tuple[S, ...]
    target: S
    mover: Mover
    guards: tuple[Guard, ...] = ()


M, T, H = Mover.MEDIATOR, Mover.STAFF, Mover.HEAD
AFTER: Final = (S.SIGNED, S.PERFORMING, S.BREACHED, S.FOLLOWED_UP)
MEDIATION: Final[tuple[Move, ...]] = (
    Move("L01", (S.NOT_ACCEPTED, S.WITHDRAWN), S.REGISTERED, M),
    Move("L02", (S.REGISTERED,), S.ACCEPTED, M, (g.complete, g.in_scope, g.nowhere_else, g.not_concluded)),
    Move("L02", (S.REGISTERED,), S.NOT_ACCEPTED, M, (g.reasoned,)),
    Move("L03", (S.ACCEPTED,), S.IN_MEDIATION, M, (g.mediators_named, g.rights_told)),
    Move("L03", (S.AGREED, S.NOT_AGREED), S.IN_MEDIATION, M),
    Move("L04", (S.IN_MEDIATION,), S.AGREED, M, (g.consented, g.unblocked)),
    Move("L05", (S.AGREED,), S.SIGNED, M, (g.signed,)),
    Move("L06", (S.IN_MEDIATION, S.AGREED), S.NOT_AGREED, M),
    Move("L06", (S.REGISTERED, S.ACCEPTED, S.IN_MEDIATION, S.AGREED), S.WITHDRAWN, M),
    Move("L06", (S.ACCEPTED, S.IN_MEDIATION, S.AGREED), S.TERMINATED, M, (g.reasoned,)),
    Move("L07", (S.SIGNED, S.BREACHED, S.FOLLOWED_UP), S.PERFORMING, T),
    Move("L07", AFTER, S.PERFORMED, T, (g.performed,)),
    Move("L07", (S.SIGNED, S.PERFORMING, S.FOLLOWED_UP), S.BREACHED, T),
    Move("L08", (S.SIGNED, S.PERFORMING, S.PERFORMED, S.BREACHED), S.FOLLOWED_UP, T, (g.visited,)),
    Move("L09", (S.PERFORMED, S.BREACHED, S.FOLLOWED_UP, S.NOT_AGREED, S.WITHDRAWN, S.TERMINATED), S.CLOSED, H,
         (g.dossier_whole, g.approved)),
    Move("L10", (S.CLOSED,), S.ARCHIVED, T, (g.bound,)),
    Move("L10", (S.NOT_ACCEPTED,), S.ARCHIVED, T),
    Move("L11", (S.CLOSED, S.ARCHIVED, S.BREACHED), S.IN_MEDIATION, H, (g.approved, g.reasoned)),
)  # fmt: skip
MEDIATED: Final = (S.NOT_AGREED, S.WITHDRAWN, S.TERMINATED, S.SIGNED, S.PERFORMED, S.FOLLOWED_UP)
PETITION: Final[tuple[Move, ...]] = (
    Move("L20", (S.REGISTERED,), S.JUDGED, T, (g.complete,)),
    Move("L21", (S.JUDGED,), S.ACCEPTED, T, (g.complete, g.not_concluded)),
    Move("L21", (S.JUDGED,), S.NOT_ACCEPTED, T, (g.reasoned,)),
    Move("L20", (S.JUDGED,), S.WITHDRAWN, T),
    Move("L22", (S.JUDGED, S.ACCEPTED, *MEDIATED), S.HANDLING, T, (g.not_concluded,)),
    Move("L22", (S.HANDLING,), S.IN_MEDIATION, T, (g.mediators_named, g.rights_told)),
    Move("L22", (S.HANDLING,), S.WITHDRAWN, T),
    Move("L23", (S.HANDLING,), S.ANSWERED, H, (g.reviewed, g.category_handled)),
    Move("L24", (S.ANSWERED,), S.IN_REVIEW, T, (g.review_asked,)),
    Move("L24", (S.IN_REVIEW,), S.IN_SECOND_REVIEW, T, (g.second_review_asked,)),
    Move("L24", (S.IN_REVIEW, S.IN_SECOND_REVIEW), S.HANDLING, H, (g.reasoned,)),
    Move("L24", (S.ANSWERED, S.IN_REVIEW, S.IN_SECOND_REVIEW), S.CONCLUDED, H, (g.answer_delivered, g.approved)),
    Move("L25", (S.ANSWERED, S.CONCLUDED), S.FOLLOWED_UP, T, (g.visited,)),
    Move("L09", (S.ANSWERED, S.CONCLUDED), S.CLOSED, H, (g.dossier_whole, g.approved)),
    Move("L11", (S.CLOSED, S.ARCHIVED), S.HANDLING, H, (g.approved, g.reasoned)),
)  # fmt: skip


@lru_cache(maxsize=8)
def table_of(kind: CaseKind) -> Mapping[tuple[S, S], Move]:
    """Every move of a kind by where it starts and ends; a petition may be mediated inside, so it has those rows too."""
    rows = (*MEDIATION, *PETITION) if kind in PETITIONS else MEDIATION
    own = {(origin, row.target): row for row in rows for origin in row.origins}
    states = set(chain.from_iterable(own))
    away = {(each, S.TRANSFERRED): Move("L02", (each,), S.TRANSFERRED, M, (g.reasoned,)) for each in states}
    back = {(S.TRANSFERRED, each): Move("L02", (S.TRANSFERRED,), each, M, (g.came_from,)) for each in states}
    return own | away | back


def next_moves(status: S, kind: CaseKind) -> tuple[S, ...]:
    """Where a matter may go from here, in the order of the life; a transferred one comes back to where it left."""
    table = table_of(kind)
    return tuple(target for target in S if (status, target) in table)


def may_move(origin: S, target: S, kind: CaseKind) -> bool:
    """True when the move stands in the table; staying where one is is no move."""
    return (origin, target) in table_of(kind)


def may_reopen(status: S, kind: CaseKind) -> bool:
    """True when the head may begin such a matter again (L11)."""
    return any(move.rule == "L11" and origin is status for (origin, _), move in table_of(kind).items())


def asks_reason(origin: S, target: S, kind: CaseKind) -> bool:
    """True when this move is not made without a reason."""
    move = table_of(kind).get((origin, target))
    return move is not None and g.reasoned in move.guards


def asks_approval(origin: S, target: S, kind: CaseKind) -> bool:
    """True when the head's name must stand beside the move."""
    move = table_of(kind).get((origin, target))
    return move is not None and g.approved in move.guards


def lacking(case: Case, target: S, asked: Asked) -> Iterator[tuple[Move, Lacking]]:
    """What keeps a legal move from being made, guard by guard; nothing for one that may be made now."""
    move = table_of(case.kind)[case.status, target]
    for guard in move.guards:
        missing = guard(case, asked)
        if missing:
            yield move, missing
