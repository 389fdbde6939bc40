"""The exchange that nobody pressed for: quiet, over the network alone, with the county this vault belongs to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mediator.casework import exchange, retrying
from mediator.casework.county import Exchanged, ever
from mediator.casework.desk import Desk
from mediator.casework.retrying import NO_TRY, Pace
from mediator.errors import MediatorError


def by_itself(desk: Desk, going: Callable[[], bool] = ever) -> Exchanged | None:
    """One exchange when its time came, or when there is a road again after there was none; None otherwise.

    Only a change is written into the history, so that a year without a network does not fill it. Raises what
    `exchange.by_network` raises; when it is tried next is kept in each case.
    """
    if desk.practice or desk.workshop.exchange is None or not retrying.is_by_itself(desk.vault):
        return None
    door, pace = desk.workshop.exchange, retrying.pace_of(desk.vault)
    due = pace.is_due(desk.now_ms())
    if not due and not pace.is_without_road:
        return None
    if not door.reachable(desk.vault):
        if due:
            retrying.keep_try(desk, "network.unreachable")
        return None
    once = partial(door.by_network, desk.vault, "", going)
    return retrying.paced(desk, lambda: quietly(desk, pace, once), pressed=False)


def quietly(desk: Desk, pace: Pace, once: Callable[[], Exchanged]) -> Exchanged:
    """An exchange that leaves a line where something moved or another trouble began."""
    try:
        done = once()
    except MediatorError as error:
        if error.code not in (pace.code, *NO_TRY):
            exchange.note_failure(desk, "network", error.code)
        raise
    moved = done.sent or done.received or done.receipts
    return exchange.note(desk, "network", done) if moved or done.code not in (pace.code, *NO_TRY) else done
