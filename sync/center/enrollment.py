"""Joining (T52): one-time codes, requests by network and by stick, comparison digits, certificates.

A code is ten Crockford characters, lives 24 hours, works once, belongs to a township, and is burnt by five wrong
tries. It never travels: the laptop proves it knows it. Without a code a person confirms the six digits first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import NO_HASH, DeskId
from mediator.journal.streams import county_stream, desk_stream
from sync.center import witness
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import COUNTY_FEED
from sync.center.judging import ENROLLED
from sync.center.keeping import guest
from sync.center.numbers import CROCKFORD, keep_seat, step_down, take_seat
from sync.center.tables import CERT, DESK, ENROLL_CODE, ENROLL_REQUEST, REVOKED
from sync.center.witness import FORGOTTEN
from sync.session.joining import JoinRequest, answer_bundle, proves
from sync.wire.cards import Certificate, Membership

CODE_LENGTH: Final = 10
COUNTY_DIGITS: Final = 6
LIFE: Final = 24 * 3600 * 1000
MAX_TRIES: Final = 5
OPEN, USED, BURNT = "open", "used", "burnt"
WAITING, CONFIRMED, DENIED = "waiting", "confirmed", "denied"
MAX_WAITING: Final = 200
WAITING_LIFE: Final = 7 * 24 * 3600 * 1000
PROGRAM: Final = "mediator-center"


class Outcome(StrEnum):
    """What a request came to; WAITING asks for a person, the others are refusals but for the first."""

    ANSWERED = "answered"
    WAITING = "enroll.waiting"


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code as shown once; `expires` is ms UTC."""

    text: str
    township: str
    room: str
    expires: int


@dataclass(frozen=True, slots=True)
class Joined:
    """The answer to a request: a bundle, or none while a person has to look."""

    outcome: Outcome
    digits: str
    answer: bytes = b""


def make_code(
    center: Center, township: str, *, room: str = "", confirm: bool = False, who: str = "", replaces: str = ""
) -> Code:
    """A fresh code for a township; raises RefusedByRule `enroll.township` for a code that is none of the county's.

    `confirm` holds the certificate back until a person has compared the digits; `who` asked for it. The desk that it
    `replaces` is retired in the transaction that admits the new one.
    """
    if not known_township(center, township):
        raise RefusedByRule("enroll.township")
    text = "".join(CROCKFORD[byte & 31] for byte in center.random(CODE_LENGTH))
    key = center.random(16).hex()
    code = Code(text, township[:9], room or center.places.short(township[:9]), center.now() + LIFE)
    row = {
        "code": key, "township": code.township, "room": code.room, "expires": code.expires, "tries": 0, "state": OPEN,
        "confirm": int(confirm), "desk": "", "replaces": replaces,
        "sealed": center.cabinet.seal(text.encode(), place=place_of(key)),
    }  # fmt: skip

    def work(scope: Scope) -> None:
        scope.add(ENROLL_CODE, [row])
        note(center, scope, "audit.code_made", who, township=code.township)

    center.database.write(work)
    return code


def known_township(center: Center, township: str) -> bool:
    """True for nine digits of a township of the county, or twelve of a village in it.

    A county whose divisions do not come with the program is taken at its word.
    """
    listed = center.places.townships(center.county)
    digits = len(township) in (9, 12) and township.isascii() and township.isdigit()
    return digits and township.startswith(center.county) and (not listed or township[:9] in listed)


def note(center: Center, scope: Scope, kind: str, who: str, **about: str) -> None:
    """What a person decided about joining, as an entry that never leaves the center; call it last."""
    say(center, scope, desk_stream(center.desk), kind, {"login": who or PROGRAM, **about}, feeds=[])


def place_of(key: str) -> bytes:
    """What a sealed code is bound to."""
    return f"code/{key}".encode()


def join(center: Center, request: JoinRequest) -> Joined:
    """Answer a request that is signed by the key it asks for; repeating it gives the same certificate.

    Raises NoAccess `enroll.code` (wrong, used, burnt and unknown alike), `enroll.expired`, `desk.revoked`,
    RefusedByRule `enroll.taken`, `enroll.denied`, `enroll.queue`.
    """
    verdict = center.database.write(lambda scope: _join(center, scope, request))
    if isinstance(verdict, Joined):
        return verdict
    raise verdict


Verdict = Joined | NoAccess | RefusedByRule


def _join(center: Center, scope: Scope, request: JoinRequest) -> Verdict:
    """The verdict as a value, for a wrong try must be counted and committed although it is refused."""
    lock_desk(scope, center.desk)  # requests are answered one at a time: the same one twice gets one answer
    desk = lock_desk(scope, DeskId(request.desk))
    if (desk is None or desk.state in FORGOTTEN) and request.witness:
        return _by_witness(center, scope, request)
    if desk is not None and desk.state not in FORGOTTEN:
        return _known(center, scope, request, desk)
    asked = scope.locked(select(ENROLL_REQUEST).where(ENROLL_REQUEST.c.desk == request.desk))
    waits = asked is not None and (asked.sign, asked.seal) == (request.sign, request.seal)
    if asked is not None and waits and asked.state != WAITING:
        return _decided(center, scope, request, asked)
    if request.proof:
        return _by_code(center, scope, request, waits=waits)
    return wait(center, scope, request, township=request.division[:9], room="")


def _known(center: Center, scope: Scope, request: JoinRequest, desk: Row[Any]) -> Verdict:
    """A desk that is in the county asks again, as when the answer was lost."""
    if desk.state != ENROLLED:
        return NoAccess("desk.revoked")
    same = (desk.sign, desk.seal) == (request.sign, request.seal)
    return answered(center, scope, request) if same else RefusedByRule("enroll.taken")


def _decided(center: Center, scope: Scope, request: JoinRequest, asked: Row[Any]) -> Verdict:
    """A person has spoken on this very request."""
    if asked.state == DENIED:
        return RefusedByRule("enroll.denied")
    return admit(center, scope, request, township=asked.township, room=asked.room, compared=True)


def _by_witness(center: Center, scope: Scope, request: JoinRequest) -> Verdict:
    """A county that has forgotten this desk reads its own word on it again."""
    told = witness.read(center, request)
    if told is None:
        return NoAccess("enroll.witness")
    if scope.one(select(REVOKED.c.desk).where(REVOKED.c.desk == request.desk)) is not None:
        return NoAccess("desk.revoked")
    witness.remember_life(center, scope, told)
    township, room, seat = (str(told.entry.content()[name]) for name in ("township", "room", "seat"))
    return admit(center, scope, request, township=township, room=room, compared=False, seat=seat)


def _by_code(center: Center, scope: Scope, request: JoinRequest, *, waits: bool) -> Verdict:
    """A request with the proof of a code; one that `waits` for a person may ask again with the code it has spent."""
    if waits and spent_on(scope, center, request):
        return Joined(Outcome.WAITING, request.comparison)
    code = code_of(center, scope, request)
    if code is None:
        return NoAccess("enroll.code")
    if code.expires < center.now():
        return NoAccess("enroll.expired")
    spent = update(ENROLL_CODE).where(ENROLL_CODE.c.code == code.code)
    scope.change(spent.values(state=USED, desk=request.desk))
    if code.confirm:
        return wait(center, scope, request, township=code.township, room=code.room)
    joined = admit(center, scope, request, township=code.township, room=code.room, compared=False)
    if code.replaces:
        step_down(center, scope, code.replaces)
    return joined


def code_of(center: Center, scope: Scope, request: JoinRequest) -> Row[Any] | None:
    """The open code that a request proves; else a wrong try is counted against all it may have meant.

    Every open code of its township is tried, so that none tells by time.
    """
    codes = select(ENROLL_CODE).where(ENROLL_CODE.c.state == OPEN).order_by(ENROLL_CODE.c.code)
    rows = [row for row in scope.rows(codes.with_for_update()) if nested(row.township, request.division)]
    proved = [row for row in rows if proves(text_of(center, row), request)]
    if proved:
        return proved[0]
    tried = update(ENROLL_CODE).where(ENROLL_CODE.c.code.in_([row.code for row in rows]))
    scope.change(tried.values(tries=ENROLL_CODE.c.tries + 1))
    worn = (ENROLL_CODE.c.tries >= MAX_TRIES, ENROLL_CODE.c.state == OPEN)
    scope.change(update(ENROLL_CODE).where(*worn).values(state=BURNT))
    return None


def text_of(center: Center, row: Row[Any]) -> str:
    """A code as its owner holds it."""
    return center.cabinet.open(row.sealed, place=place_of(row.code)).decode()


def spent_on(scope: Scope, center: Center, request: JoinRequest) -> bool:
    """True when this desk asks again with the code it has spent, while a person still has to compare the digits."""
    own = select(ENROLL_CODE).where(ENROLL_CODE.c.desk == request.desk, ENROLL_CODE.c.state == USED)
    return any(proves(text_of(center, row), request) for row in scope.rows(own))


def nested(township: str, division: str) -> bool:
    """True when one of two division codes lies within the other; a laptop may name its village or its county."""
    return len(division) >= COUNTY_DIGITS and (township.startswith(division) or division.startswith(township))


def wait(center: Center, scope: Scope, request: JoinRequest, *, township: str, room: str) -> Verdict:
    """Keep the request for a week, until a person has compared the digits; a county keeps at most 200 of strangers.

    One that came with a code (it has a `room`) always finds a place; asking again begins the week anew.
    """
    scope.change(delete(ENROLL_REQUEST).where(ENROLL_REQUEST.c.state == WAITING, ~still_waits(center)))
    held = scope.one(select(ENROLL_REQUEST.c.desk).where(ENROLL_REQUEST.c.desk == request.desk))
    count = scope.value(select(func.count()).where(ENROLL_REQUEST.c.state == WAITING))
    if held is None and not room and int(count or 0) >= MAX_WAITING:
        return RefusedByRule("enroll.queue")
    row = {
        "desk": request.desk, "township": township, "room": room or center.places.short(township),
        "sign": request.sign, "seal": request.seal, "label": label_of(request), "digits": request.comparison,
        "state": WAITING, "asked": center.now(),
    }  # fmt: skip
    scope.put(ENROLL_REQUEST, row)
    return Joined(Outcome.WAITING, request.comparison)


def still_waits(center: Center) -> ColumnElement[bool]:
    """The condition of a request that is younger than a week."""
    return ENROLL_REQUEST.c.asked > center.now() - WAITING_LIFE


def label_of(request: JoinRequest) -> str:
    """Who asks, as the county's list of devices shows it."""
    return f"{request.organization} {request.name}".strip()[:120]


def admit(
    center: Center, scope: Scope, request: JoinRequest, *, township: str, room: str, compared: bool, seat: str = ""
) -> Joined:  # fmt: skip
    """Enroll: desk row, seat, certificate, and the center's entry that tells everybody the desk's keys.

    A desk that comes back keeps its seat.
    """
    desk = DeskId(request.desk)
    seat = keep_seat(scope, desk, seat) if seat else take_seat(scope, desk)
    serial = int(scope.value(select(func.max(CERT.c.serial))) or 0) + 1
    certificate = Certificate(
        desk=desk, sign=request.sign, seal=request.seal, county=center.county, township=township, room=room, seat=seat,
        role="desk", not_before_no=serial,
    )  # fmt: skip
    scope.add(CERT, [{"desk": desk, "serial": serial, "body": encode(asdict(certificate))}])
    head = scope.one(select(DESK.c.head_n, DESK.c.head_hash).where(DESK.c.desk == desk))
    row = guest(desk) | {
        "township": township, "room": room, "seat": seat, "sign": request.sign, "seal": request.seal,
        "label": label_of(request), "state": ENROLLED, "compared": int(compared), "enrolled_at": center.now(),
        "head_n": head.head_n if head else 0, "head_hash": head.head_hash if head else NO_HASH,
    }  # fmt: skip
    scope.put(DESK, row)
    body = {"desk": desk, "sign": request.sign, "seal": request.seal, "township": township, "room": room, "seat": seat}
    say(center, scope, county_stream(center.county), "desk.enrolled", body, feeds=[COUNTY_FEED])
    return answered(center, scope, request)


def answered(center: Center, scope: Scope, request: JoinRequest) -> Joined:
    """The answer bundle with the desk's one certificate."""
    body = scope.value(select(CERT.c.body).where(CERT.c.desk == request.desk))
    certificate = Certificate(**decode_object(body))  # type: ignore[arg-type]  # written by `admit` from this very class
    scope.change(update(DESK).where(DESK.c.desk == request.desk).values(down_no=DESK.c.down_no + 1))
    no = int(scope.value(select(DESK.c.down_no).where(DESK.c.desk == request.desk)))
    answer = answer_bundle(Membership(center.card, certificate), center.voice, no=no, wall=center.now())
    return Joined(Outcome.ANSWERED, request.comparison, answer)


def requests(center: Center) -> Sequence[Row[Any]]:
    """Requests that wait for a person, oldest first."""
    with center.database.reading() as scope:
        waiting = select(ENROLL_REQUEST).where(ENROLL_REQUEST.c.state == WAITING, still_waits(center))
        return scope.rows(waiting.order_by(ENROLL_REQUEST.c.asked, ENROLL_REQUEST.c.desk))


def decide(center: Center, digits: str, *, township: str = "", good: bool = True, who: str = "") -> str:
    """A person's word on the request with these digits: the desk's id; the laptop gets its answer when it asks again.

    Raises RefusedByRule `enroll.no_request` when no request or more than one shows these digits.
    """

    def work(scope: Scope) -> str:
        match = (ENROLL_REQUEST.c.digits == digits, ENROLL_REQUEST.c.state == WAITING, still_waits(center))
        rows = scope.rows(select(ENROLL_REQUEST).where(*match).with_for_update())
        if len(rows) != 1:
            raise RefusedByRule("enroll.no_request", count=len(rows))
        place = township[:9] or rows[0].township
        if good and not known_township(center, place):
            raise RefusedByRule("enroll.township")
        room = center.places.short(place) if township else rows[0].room
        row = {"state": CONFIRMED if good else DENIED, "township": place, "room": room}
        scope.change(update(ENROLL_REQUEST).where(ENROLL_REQUEST.c.desk == rows[0].desk).values(**row))
        note(center, scope, "audit.request_decided", who, desk=rows[0].desk, outcome=row["state"])
        return str(rows[0].desk)

    return center.database.write(work)
