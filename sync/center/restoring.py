"""The county's database came back from a backup: what must change before a laptop is answered (sync-design 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import delete, select, update

from mediator.journal.entry import DeskId
from mediator.journal.streams import desk_stream
from sync.center.chain import CENTER_STATE, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.keeping import guest
from sync.center.numbers import BLOCK, WORDS, take_seat
from sync.center.tables import CENTER_META, DESK, FEED_HEAD, NUMBER_HEAD, SESSION, UPLOAD, UPLOAD_PART

BLOCKS_PASSED_OVER: Final = 10
SEATS_PASSED_OVER: Final = 32


def begin_anew(center: Center, *, who: str, epoch: int = 0) -> Center:
    """The same county in a new life: a higher epoch in card, receipts and feeds, and a new chain of its own.

    Laptops hold entries of the old chain that the backup does not know; going on with its counters would be a second
    history. Number blocks and seats may have been given since the backup: ten blocks of every room and 32 seats are
    passed over, so that none is given twice. What laptops sent since the backup they send again. `epoch` is one that
    no laptop has heard of (`sync.center.lives`).
    """
    return center.database.write(lambda scope: begin_in(center, scope, who=who, epoch=epoch))


def begin_in(center: Center, scope: Scope, *, who: str, epoch: int = 0) -> Center:
    """The same inside a transaction."""
    card = replace(center.card, epoch=max(epoch, center.card.epoch + 1))
    anew = replace(center, card=card, desk=DeskId(center.random(16).hex()))
    for name, value in (("epoch", str(card.epoch)), ("desk", anew.desk)):
        scope.put(CENTER_META, {"name": name, "value": value})
    own = {"sign": card.sign, "seal": card.seal, "label": card.name, "state": CENTER_STATE}
    scope.add(DESK, [guest(anew.desk) | own | {"enrolled_at": center.now()}])
    scope.change(update(FEED_HEAD).values(epoch=card.epoch))
    for table in (UPLOAD_PART, UPLOAD, SESSION):
        scope.change(delete(table))
    pass_over(center, scope)
    body = {"login": who, "epoch": card.epoch, "before": center.desk}
    say(anew, scope, desk_stream(anew.desk), "audit.center_restored", body, feeds=[])
    return anew


def pass_over(
    center: Center, scope: Scope, *, blocks: int = BLOCKS_PASSED_OVER, seats: int = SEATS_PASSED_OVER
) -> None:
    """Leave out numbers and seats that may have been given since the backup, also in rooms that had none then."""
    year = center.today().year
    rooms = {center.places.short(code) for code in center.places.townships(center.county)}
    rooms |= {row.room for row in scope.rows(select(DESK.c.room).where(DESK.c.room != ""))}
    blank = [{"kind": word, "year": year, "room": room, "next": 1} for word in WORDS for room in sorted(rooms)]
    scope.add_if_absent(NUMBER_HEAD, blank)
    scope.change(update(NUMBER_HEAD).where(NUMBER_HEAD.c.year == year).values(next=NUMBER_HEAD.c.next + blocks * BLOCK))
    for _ in range(seats):
        take_seat(scope, "")
