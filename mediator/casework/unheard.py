"""How a backup that came back is opened: it hears what the county erased since, or the head waives that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from mediator.casework import erasing, exchange, opening
from mediator.casework.desk import Desk, Workshop
from mediator.errors import NoAccess
from mediator.store.driver import unless_done

Way = Callable[[Desk], None]


def enter(workshop: Workshop, place: Path, login: str, password: str, *, way: Way) -> Desk:
    """Open a backup that came back, go a way, and sit down if that was enough.

    Raises what opening, the way and the exchange raise, NoAccess `vault.erasure_list` when the list is not there yet.
    """
    desk = opening.unlock(workshop, place, login, password, unlisted=True)
    with unless_done(partial(opening.lock, desk)):
        way(desk)
        refuse(desk)
    return desk


def restored(desk: Desk) -> Desk:
    """The desk of a backup that was just brought back, if it may be shown; else it is locked and refused."""
    with unless_done(partial(opening.lock, desk)):
        refuse(desk)
    return desk


def refuse(desk: Desk) -> None:
    """Raise NoAccess `vault.erasure_list` while the county's list was not heard and carried out."""
    if opening.listed_state(desk):
        raise NoAccess("vault.erasure_list")


def by_network(url: str, code: str) -> Way:
    """Join the county with a code, where that is still to be done, take the list and carry it out."""

    def way(desk: Desk) -> None:
        if exchange.status(desk).state != "enrolled":
            exchange.enroll_network(desk, url, code)
        exchange.by_network(desk)
        follow(desk)

    return way


def by_stick(folder: Path) -> Way:
    """The same by files: the first time a request is written, then the answer is taken, then the list is asked for."""

    def way(desk: Desk) -> None:
        if exchange.status(desk).state == "enrolled" or exchange.enroll_stick(desk, folder).state == "enrolled":
            exchange.by_stick(desk, folder)
            follow(desk)

    return way


def follow(desk: Desk) -> None:
    """Carry out everything that the list names: whoever asked for it has said yes."""
    waiting = [each.ref for each in erasing.settle(desk)]
    if waiting:
        erasing.carry_out(desk, waiting)


def without(reason: str) -> Way:
    """The head goes on without the list; raises RefusedByRule `erasure.reason`."""
    return lambda desk: erasing.waive(desk, reason)
