"""The life of a mediation case, L01-L11: which move is legal from where (rules.md 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mediator.core.codes import CaseStatus as S

MOVES: Final[Mapping[S, tuple[S, ...]]] = {
    S.REGISTERED: (S.ACCEPTED, S.NOT_ACCEPTED, S.WITHDRAWN),
    S.ACCEPTED: (S.IN_MEDIATION, S.WITHDRAWN, S.TERMINATED),
    S.NOT_ACCEPTED: (S.REGISTERED, S.ARCHIVED),
    S.IN_MEDIATION: (S.AGREED, S.NOT_AGREED, S.WITHDRAWN, S.TERMINATED),
    S.AGREED: (S.SIGNED, S.IN_MEDIATION, S.NOT_AGREED, S.WITHDRAWN, S.TERMINATED),
    S.SIGNED: (S.PERFORMING, S.PERFORMED, S.BREACHED, S.FOLLOWED_UP),
    S.PERFORMING: (S.PERFORMED, S.BREACHED, S.FOLLOWED_UP),
    S.PERFORMED: (S.FOLLOWED_UP, S.CLOSED),
    S.BREACHED: (S.PERFORMING, S.PERFORMED, S.FOLLOWED_UP, S.IN_MEDIATION, S.CLOSED),
    S.FOLLOWED_UP: (S.PERFORMING, S.PERFORMED, S.BREACHED, S.CLOSED),
    S.NOT_AGREED: (S.CLOSED, S.IN_MEDIATION),
    S.WITHDRAWN: (S.CLOSED, S.REGISTERED),
    S.TERMINATED: (S.CLOSED,),
    S.CLOSED: (S.ARCHIVED, S.IN_MEDIATION),
    S.ARCHIVED: (S.IN_MEDIATION,),
    S.TRANSFERRED: (),
}


def next_moves(status: S) -> tuple[S, ...]:
    """Where a case may go from here; any state may be transferred, and a transferred case may come back anywhere."""
    if status is S.TRANSFERRED:
        return tuple(each for each in S if each is not S.TRANSFERRED)
    return (*MOVES[status], S.TRANSFERRED)


def may_move(origin: S, target: S) -> bool:
    """True when the move is legal; staying where one is is no move."""
    return target in next_moves(origin)
