"""A county that forgot hears its own words again (row 25): the desks it had or took out, the numbers that it gave.

A laptop that the county does not know shows the county's own entry that admitted it; the county's key on it is enough.
The chain of that former life then comes back from the laptops, and from it everything that rows keep beside entries.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import read_entry, verify_entry
from mediator.journal.kinds import KINDS
from sync.center.chain import CENTER_STATE
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.keeping import GUEST, guest
from sync.center.tables import DESK, NUMBER_BLOCK, NUMBER_HEAD, REVOKED, SEAT
from sync.session.joining import JoinRequest

ABSENT: Final = "absent"
FORGOTTEN: Final = frozenset({GUEST, ABSENT})
ADMITTED: Final = "desk.enrolled"
OPEN: Final = "open"
CLOSED: Final = "closed"
NAMED: Final = ("desk", "sign", "seal")


@dataclass(frozen=True, slots=True)
class Witness:
    """The county's entry that admitted a desk, and the key that it bears."""

    entry: Entry
    key: bytes


def read(center: Center, request: JoinRequest) -> Witness | None:
    """The county's own word for exactly these keys, None for anything else."""
    try:
        entry = read_entry(urlsafe_b64decode(request.witness.encode()))
    except (MediatorError, ValueError, binascii.Error):
        return None
    told = entry.content()
    if entry.kind != ADMITTED or KINDS[ADMITTED].fault(told):
        return None
    if any(told.get(name) != getattr(request, name) for name in NAMED):
        return None
    key = next((each for each in keys_of(center) if bears(center, entry, each)), None)
    return Witness(entry, key) if key else None


def keys_of(center: Center) -> tuple[bytes, ...]:
    """Every key that this county had."""
    return (center.sealer.sign_public, *center.former_signs)


def bears(center: Center, entry: Entry, key: bytes) -> bool:
    """True when an entry is signed by a key."""
    try:
        verify_entry(entry, lambda text, mark: center.sealer.verify(key, text, mark))
    except MediatorError:
        return False
    return True


def remember_life(center: Center, scope: Scope, told: Witness) -> None:
    """The chain to which a witness belongs is the county's own of a former life: it is asked for from now on."""
    own = {"sign": center.card.sign, "label": center.card.name, "state": CENTER_STATE, "enrolled_at": center.now()}
    scope.add_if_absent(DESK, [guest(told.entry.desk) | own])


def learn(scope: Scope, entries: Iterable[Entry]) -> None:
    """What rows keep beside entries, from the county's own words that came back: desks, the list, blocks of numbers."""
    for each in sorted(entries, key=lambda entry: entry.n):
        rule, step = KINDS.get(each.kind), STEPS.get(each.kind)
        body = each.content()
        if step and rule and not rule.fault(body):
            step(scope, body)


def learn_desk(scope: Scope, body: Mapping[str, object]) -> None:
    """A desk that the county had admitted is expected; what it had told may come by others meanwhile."""
    row = {name: str(body.get(name, "")) for name in ("desk", "sign", "seal", "township", "room", "seat")}
    held = scope.one(select(DESK.c.state).where(DESK.c.desk == row["desk"]))
    if held is None:
        scope.add(DESK, [guest(DeskId(row["desk"])) | row | {"label": row["room"], "state": ABSENT}])
    scope.add_if_absent(SEAT, [{"seat": row["seat"], "desk": row["desk"]}] if row["seat"] else [])


def learn_revoked(scope: Scope, body: Mapping[str, object]) -> None:
    """A desk that the county had taken out is out again, whatever it said meanwhile."""
    desk = str(body["desk"])
    head = scope.one(select(DESK.c.head_n).where(DESK.c.desk == desk))
    no = max(int(str(body["no"])), int(scope.value(select(func.max(REVOKED.c.no))) or 0))
    scope.add_if_absent(REVOKED, [{"desk": desk, "no": no, "n": head.head_n if head else 0, "by": "", "at": 0}])
    scope.change(update(DESK).where(DESK.c.desk == desk).values(state="revoked"))


def learn_block(scope: Scope, body: Mapping[str, object]) -> None:
    """Numbers that were given are given; what of them is used is counted anew."""
    key = {"kind": str(body["kind"]), "year": int(str(body["year"])), "room": str(body["room"])}
    first, last, desk = int(str(body["from"])), int(str(body["to"])), str(body["desk"])
    block = {**key, "first": first, "last": last, "desk": desk, "used": first - 1, "state": OPEN}
    scope.add_if_absent(NUMBER_BLOCK, [block])
    scope.add_if_absent(NUMBER_HEAD, [{**key, "next": 1}])
    head = update(NUMBER_HEAD).where(*(NUMBER_HEAD.c[name] == value for name, value in key.items()))
    scope.change(head.where(NUMBER_HEAD.c.next <= last).values(next=last + 1))
    scope.change(update(DESK).where(DESK.c.desk == desk).values(counted_n=0))


def learn_closed(scope: Scope, body: Mapping[str, object]) -> None:
    """A block whose rest was taken back is over."""
    last, desk = int(str(body["to"])), str(body["desk"])
    own = (NUMBER_BLOCK.c.desk == desk, NUMBER_BLOCK.c.kind == body["kind"], NUMBER_BLOCK.c.last == last)
    scope.change(update(NUMBER_BLOCK).where(*own).values(state=CLOSED))


STEPS: Final = {
    ADMITTED: learn_desk, "desk.revoked": learn_revoked, "numbers.granted": learn_block, "numbers.closed": learn_closed,
}  # fmt: skip


def absent(center: Center) -> list[Row[Any]]:
    """Desks that the county had and that have not come back, with how far others told of them."""
    columns = (DESK.c.desk, DESK.c.seat, DESK.c.township, DESK.c.room, DESK.c.head_n)
    with center.database.reading() as scope:
        return list(scope.rows(select(*columns).where(DESK.c.state == ABSENT).order_by(DESK.c.township, DESK.c.seat)))
