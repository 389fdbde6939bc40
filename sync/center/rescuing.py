"""Entries of a former desk out of another laptop's vault (sync-design 3.3, 8): asked for, and taken in.

A desk that was succeeded is retired: it sends nothing more itself. What the center lacks of it is asked of its
successor, whose backup it became; in a later life of the center, of every laptop of the township, for they hold what
the center had given them and has lost. The center's own words of a former life are asked of every laptop likewise: what
laptops wrote since names them, and would wait for them for ever. The author's signature stands on each run, so it does
not matter who brings it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.erasures import CASE_ERASED
from mediator.journal.lending import LENDING
from sync.center import doomed, witness
from sync.center.backlog import catch_up
from sync.center.chain import CENTER_STATE, lock_desk
from sync.center.claiming import claim, claim_begun
from sync.center.county import Center
from sync.center.custody import CENTER_ITSELF, custodies, heard_by, routes, together
from sync.center.database import Scope
from sync.center.judging import RETIRED, Kept, above, mark_cases, place_of, take
from sync.center.keeping import reached
from sync.center.rows import SHIPPED, entry_of, known_hashes
from sync.center.tables import DESK, ENTRY, WITHHELD
from sync.center.witness import ABSENT
from sync.session.rescue import TAKEN, WANTED, Notice, cursor_name, notice
from sync.wire.frames import Segment, Withheld

MOST_LIVES: Final = 32
ABOUT_CASES: Final = frozenset(LENDING) | {"order.issued", "supervision.issued", "supervision.judged", CASE_ERASED}
Parts = Sequence[Segment | Withheld]


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was taken of former desks: cases to fold, entries by the feeds they go into, what the bringer is told.

    `later` is what is to be done once these stand in their feeds.
    """

    streams: frozenset[StreamId] = frozenset()
    routed: Mapping[str, Sequence[EntryId]] = field(default_factory=dict)
    told: tuple[Notice, ...] = ()
    later: tuple[Callable[[], None], ...] = ()


def wanted(center: Center, scope: Scope, desk: Row[Any], have: Mapping[str, tuple[int, int]]) -> list[Notice]:
    """What this laptop is asked for, once in each life of the center: retired desks whose words it may hold, and the
    center.

    In the first life of a center only a successor can hold what it lacks.
    """
    epoch = center.card.epoch
    lives = former_lives(center, scope, desk.desk)
    places = sorted(heard_by(scope, place_of(desk)))
    gone = (DESK.c.state.in_((RETIRED, ABSENT)), DESK.c.desk != desk.desk)
    retired = select(DESK).where(DESK.c.township.in_(places), *gone)
    rows = [
        *scope.rows(retired.order_by(DESK.c.enrolled_at.desc(), DESK.c.desk).limit(MOST_LIVES)),
        *scope.rows(select(DESK).where(DESK.c.state == CENTER_STATE, DESK.c.desk != center.desk).limit(MOST_LIVES)),
    ]
    return [
        notice(WANTED, row.desk, n=row.head_n, h=row.head_hash, epoch=epoch)
        for row in rows
        if have.get(cursor_name(row.desk), (0, 0))[0] < epoch and (epoch > 1 or row.head_n < lives.get(row.desk, 0))
    ]


def former_lives(center: Center, scope: Scope, desk: str) -> dict[str, int]:
    """The desks whose vault this one grew out of, each with the last entry that its backup held."""
    found: dict[str, int] = {}
    asked = [desk]
    while asked and len(found) < MOST_LIVES:
        told = select(*SHIPPED).where(ENTRY.c.desk == asked.pop(), ENTRY.c.kind == "desk.succeeds", ENTRY.c.code == "")
        for body in (entry_of(row, center).content() for row in scope.rows(told)):
            old, last = str(body.get("old", "")), body.get("last")
            if isinstance(last, int) and old not in found:
                found[old] = last
                asked.append(old)
    return found


def take_rescued(center: Center, scope: Scope, bringer: Row[Any], parts: Parts) -> Rescued:
    """Take in what a laptop brings of desks that are gone; parts of any other desk are passed over.

    Heads go on as far as there is no hole. Raises Unacceptable `entry.fork` for another history than the one held.
    """
    streams: set[StreamId] = set()
    routed: Mapping[str, Sequence[EntryId]] = {}
    told: list[Notice] = []
    later: list[Callable[[], None]] = []
    for old, run in groupby(sorted(parts, key=lambda part: (part.desk, part.first)), key=lambda part: part.desk):
        author = lock_desk(scope, old)
        if author is None or not may_be_brought(center, scope, author, bringer):
            continue
        own = list(run)
        fresh = fresh_of(scope, old, own)
        lost = author.state == CENTER_STATE
        kept = take_back(center, scope, bringer, fresh) if lost else take(center, scope, author, fresh)
        withheld = [part for part in own if isinstance(part, Withheld)]
        scope.add_if_absent(WITHHELD, above(withheld, author.head_n))
        n, digest = reached(scope, old, (author.head_n, author.head_hash))
        scope.change(update(DESK).where(DESK.c.desk == old).values(head_n=n, head_hash=digest))
        streams |= kept.streams
        if lost:
            later += [partial(settle, center, scope, case, owner) for case, owner in handed_on(fresh).items()]
        else:
            later.append(partial(claim_begun, center, scope, author, kept.shared))
        by = CENTER_ITSELF if lost else place_of(author)
        routed = together(routed, routes(scope, kept.shared, by=by))
        told.append(notice(TAKEN, old, n=own[-1].last, h=own[-1].last_hash, epoch=center.card.epoch))
    return Rescued(frozenset(streams), routed, tuple(told), tuple(later))


def may_be_brought(center: Center, scope: Scope, author: Row[Any], bringer: Row[Any]) -> bool:
    """A retired desk whose words the bringer may hold, or the center in a former life."""
    if author.state == CENTER_STATE:
        return bool(author.desk != center.desk)
    return bool(author.state in (RETIRED, ABSENT) and author.township in heard_by(scope, place_of(bringer)))


def take_back(center: Center, scope: Scope, bringer: Row[Any], fresh: Sequence[Entry]) -> Kept:
    """Keep what the center had said itself; its words about cases are shown to those who have them again.

    Whose a case is that is not known yet is told by the county's own word, or by whoever opened it.
    """
    doomed.keep(center, scope, fresh)
    witness.learn(scope, fresh)
    about = [each for each in fresh if each.kind in ABOUT_CASES]
    streams = mark_cases(scope, bringer, about)
    return Kept({}, streams, tuple(each for each in about if each.stream in streams - set(handed_on(about))))


def handed_on(entries: Iterable[Entry]) -> dict[StreamId, str]:
    """Cases that the center's own words lend or take back, with the township whose they say it is, if they do."""
    found: dict[StreamId, str] = {}
    for each in entries:
        if each.kind in LENDING:
            found[each.stream] = str(each.content().get("owner", "")) or found.get(each.stream, "")
    return found


def settle(center: Center, scope: Scope, case: StreamId, owner: str) -> None:
    """Bring a case in line with the county's own words on it, which came back."""
    held = custodies(scope, [case])[case].township
    if owner in ("", held):
        catch_up(center, scope, case)
    else:
        claim(center, scope, case, owner)


def fresh_of(scope: Scope, desk: DeskId, parts: Parts) -> list[Entry]:
    """The entries that are not held; raises Unacceptable `entry.fork` for a second history."""
    held = known_hashes(scope, desk, parts[0].first, parts[-1].last)
    entries = [entry for part in parts if isinstance(part, Segment) for entry in part.entries]
    claims = [(entry.n, entry.hash) for entry in entries] + [(part.last, part.last_hash) for part in parts]
    for n, digest in claims:
        if held.get(n, digest) != digest:
            raise Unacceptable("entry.fork", where=f"{desk}:{n}")
    return [entry for entry in entries if entry.n not in held]
