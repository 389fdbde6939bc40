"""Number blocks (sync-design 11): 200 at a time for each desk and kind word, the next when 50 remain.

Two blocks never overlap, because the row of `number_head` is locked when granting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row, Select, func, select, update

from mediator.journal.entry import DeskId, StreamId
from mediator.journal.streams import county_stream, desk_stream
from mediator.journal.transcripts import TRANSCRIPT, facts_of
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import COUNTY_FEED, desk_feed
from sync.center.judging import ENROLLED, RETIRED
from sync.center.keeping import guest
from sync.center.rows import SHIPPED, body_of
from sync.center.tables import DESK, ENTRY, NUMBER_BLOCK, NUMBER_HEAD, SEAT
from sync.wire.members import is_hex

WORDS: Final = ("民调", "和解", "信", "单")
BLOCK: Final = 200
LOW: Final = 50
OPEN: Final = "open"
CLOSED: Final = "closed"
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OFFICIAL: Final = re.compile(rf"（([0-9]{{4}})）(.+)({'|'.join(WORDS)})字第([0-9]{{4,12}})号")
TELLING: Final = ("case.numbered", TRANSCRIPT, "desk.succeeds")


def keep_supplied(center: Center, desk: DeskId) -> None:
    """After an exchange: count what the desk has used, close the blocks of a desk it succeeds, grant what is due.

    The desk it succeeds is looked at too: the county may have died before it had heard whom that one succeeded.
    """
    year = center.today().year
    with center.database.reading() as scope:
        row = scope.one(select(DESK.c.counted_n).where(DESK.c.desk == desk))
        told = row is not None and scope.one(telling(desk, row.counted_n).limit(1))
        if row is None or not (told or words_due(scope, desk, year)):
            return
    for old in center.database.write(lambda scope: _supply(center, scope, desk, year)):
        keep_supplied(center, old)


def _supply(center: Center, scope: Scope, desk: DeskId, year: int) -> list[DeskId]:
    """Done in one transaction; the desks that this one says it succeeds, each told once."""
    lock_desk(scope, center.desk)  # before anything else, so that two grants never wait for each other
    row = lock_desk(scope, desk)
    succeeded: list[DeskId] = []
    if row is None:
        return succeeded
    for entry_row in scope.rows(telling(desk, row.counted_n)):
        body = body_of(entry_row, center)
        if entry_row.kind == "desk.succeeds":
            retire(center, scope, row, body)
            succeeded.append(DeskId(str(body.get("old", ""))))
        for kind, said in facts_of(entry_row.kind, body):
            if kind == "case.numbered":
                count_used(scope, desk, str(said.get("number", "")))
    scope.change(update(DESK).where(DESK.c.desk == desk).values(counted_n=row.head_n))
    for word in words_due(scope, desk, year) if row.state == ENROLLED else ():
        grant(center, scope, row, word=word, year=year)
    return succeeded


def telling(desk: str, after: int) -> Select[Any]:
    """Entries of a desk after a counter that tell of numbers it used, or of a desk it succeeds."""
    told = (ENTRY.c.desk == desk, ENTRY.c.n > after, ENTRY.c.kind.in_(TELLING), ENTRY.c.code == "")
    return select(*SHIPPED, ENTRY.c.kind).where(*told).order_by(ENTRY.c.n)


def words_due(scope: Scope, desk: DeskId, year: int) -> list[str]:
    """Kind words of which the desk has 50 numbers or fewer left this year."""
    left = func.sum(NUMBER_BLOCK.c.last - NUMBER_BLOCK.c.used)
    own = (NUMBER_BLOCK.c.desk == desk, NUMBER_BLOCK.c.year == year, NUMBER_BLOCK.c.state == OPEN)
    rows = scope.rows(select(NUMBER_BLOCK.c.kind, left.label("left")).where(*own).group_by(NUMBER_BLOCK.c.kind))
    have = {row.kind: int(row.left) for row in rows}
    return [word for word in WORDS if have.get(word, 0) <= LOW]


def count_used(scope: Scope, desk: DeskId, number: str) -> None:
    """Note the highest number of a block that stands on a case."""
    match = OFFICIAL.fullmatch(number)
    if match is None:
        return
    serial = int(match[4])
    block = (
        NUMBER_BLOCK.c.desk == desk, NUMBER_BLOCK.c.year == int(match[1]), NUMBER_BLOCK.c.kind == match[3],
        NUMBER_BLOCK.c.first <= serial, NUMBER_BLOCK.c.last >= serial, NUMBER_BLOCK.c.used < serial,
    )  # fmt: skip
    scope.change(update(NUMBER_BLOCK).where(*block).values(used=serial))


def grant(center: Center, scope: Scope, desk: Row[Any], *, word: str, year: int) -> None:
    """The next block of a word for a desk, as the center's entry in the desk's own feed."""
    key = {"kind": word, "year": year, "room": desk.room}
    scope.add_if_absent(NUMBER_HEAD, [{**key, "next": 1}])
    head = update(NUMBER_HEAD).where(*(NUMBER_HEAD.c[name] == value for name, value in key.items()))
    moved = scope.changed(head.values(next=NUMBER_HEAD.c.next + BLOCK).returning(NUMBER_HEAD.c.next))
    first = (moved.next if moved else BLOCK + 1) - BLOCK
    last = first + BLOCK - 1
    scope.add(
        NUMBER_BLOCK, [{**key, "first": first, "last": last, "desk": desk.desk, "used": first - 1, "state": OPEN}]
    )
    body = {"desk": desk.desk, **key, "seat": desk.seat, "from": first, "to": last}
    say(center, scope, desk_stream(desk.desk), "numbers.granted", body, feeds=[desk_feed(desk.desk)])


def retire(center: Center, scope: Scope, successor: Row[Any], body: Mapping[str, object]) -> None:
    """A restored vault is a new desk: the old one's blocks are closed, so that gaps have an explanation.

    Only a desk of the same room can be succeeded. One that never joined is known from now on by what its successor
    says of it, so that what it wrote can be taken from that vault.
    """
    old = str(body.get("old", ""))
    row = scope.one(select(DESK.c.township, DESK.c.room).where(DESK.c.desk == old))
    if row is None and is_hex(old, 32) and is_hex(body.get("sign"), 64):
        make_known(center, scope, successor, body)
    elif row is not None and old != successor.desk and tuple(row) == (successor.township, successor.room):
        scope.change(update(DESK).where(DESK.c.desk == old, DESK.c.state == ENROLLED).values(state=RETIRED))
        close_blocks(center, scope, old, stream=desk_stream(successor.desk), feed=desk_feed(successor.desk))


def step_down(center: Center, scope: Scope, desk: str) -> bool:
    """A desk in use is retired: what it sent stays, its unused numbers are told as closed; false when it is not."""
    own = update(DESK).where(DESK.c.desk == desk, DESK.c.state == ENROLLED)
    if not scope.change(own.values(state=RETIRED)):
        return False
    close_blocks(center, scope, desk, stream=county_stream(center.county), feed=COUNTY_FEED)
    return True


def make_known(center: Center, scope: Scope, successor: Row[Any], body: Mapping[str, object]) -> None:
    """A desk that worked and was lost before it joined: retired at once, its key told to everybody."""
    keys = {"desk": str(body["old"]), "sign": str(body["sign"]), "seal": str(body.get("seal", ""))}
    place = {"township": successor.township, "room": successor.room, "seat": ""}
    scope.add(DESK, [guest(DeskId(keys["desk"])) | keys | place | {"label": successor.label, "state": RETIRED}])
    say(center, scope, county_stream(center.county), "desk.enrolled", keys | place, feeds=[COUNTY_FEED])


def close_blocks(center: Center, scope: Scope, desk: str, *, stream: StreamId, feed: str) -> None:
    """End a desk's open blocks; what is left of each is told in `stream` by `feed`."""
    own = (NUMBER_BLOCK.c.desk == desk, NUMBER_BLOCK.c.state == OPEN)
    blocks = scope.rows(select(NUMBER_BLOCK).where(*own).order_by(NUMBER_BLOCK.c.kind, NUMBER_BLOCK.c.first))
    scope.change(update(NUMBER_BLOCK).where(*own).values(state=CLOSED))
    for block in blocks:
        if block.used < block.last:
            body = {"desk": desk, "kind": block.kind, "year": block.year, "room": block.room, "from": block.used + 1,
                    "to": block.last}  # fmt: skip
            say(center, scope, stream, "numbers.closed", body, feeds=[feed])


def take_seat(scope: Scope, desk: str) -> str:
    """The next free seat of the county: two Crockford characters, then three; never given twice."""
    taken = int(scope.value(select(func.count()).select_from(SEAT)) or 0)
    while scope.one(select(SEAT.c.seat).where(SEAT.c.seat == (seat := seat_of(taken)))) is not None:
        taken += 1
    scope.add(SEAT, [{"seat": seat, "desk": desk}])
    return seat


def keep_seat(scope: Scope, desk: str, seat: str) -> str:
    """A seat that a desk had before the county forgot it."""
    scope.put(SEAT, {"seat": seat, "desk": desk})
    return seat


def seat_of(number: int) -> str:
    """Seat number 0 is `00`, 1,023 `ZZ`, 1,024 `000`."""
    size, rest = (2, number) if number < 1024 else (3, number - 1024)
    return "".join(CROCKFORD[(rest >> (5 * place)) & 31] for place in range(size - 1, -1, -1))
