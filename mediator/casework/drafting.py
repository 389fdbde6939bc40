"""Drafts of journal entries: plain values, one author, one moment, the marks of what the form showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final, TypeVar

from mediator.casework.desk import Desk
from mediator.core.codes import Code
from mediator.core.records import Case, CaseId
from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Draft, Entry, Marks, StreamId
from mediator.journal.fold import State, StreamLog
from mediator.journal.framing import make_entry
from mediator.journal.records import case_of
from mediator.journal.streams import desk_stream

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ROOMY: Final = 256 * 1024
C = TypeVar("C", bound=Code)
NOBODY: Final = DeskId("0" * 32)
NONE_SEEN: Final[Marks] = {}


def member(codes: type[C], value: object) -> C:
    """The member of a code list for a travelling value; raises KeyError for one that is not in it."""
    return {each.value: each for each in codes}[value]


def plain(value: object) -> object:
    """A record's value as entries hold it: days as ISO text, moments as ms UTC, codes by value, None as empty text."""
    if isinstance(value, Mapping):
        return [[name, plain(item)] for name, item in value.items()]
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return "" if value is None else plain_scalar(value)


def plain_scalar(value: object) -> object:
    """One plain value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value - EPOCH) // timedelta(milliseconds=1)
    return value.isoformat() if isinstance(value, date) else value


def filled(fields: Mapping[str, object]) -> dict[str, object]:
    """Plain fields without those that are empty: what a new entity writes."""
    rows = ((name, plain(value)) for name, value in fields.items())
    return {name: value for name, value in rows if value not in ("", []) and value is not False}


def in_portions(fields: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Fields in portions that each stay far below the 1 MiB an entry's body may have; at least one portion."""
    portion: dict[str, object] = {}
    room = ROOMY
    for name, value in fields.items():
        size = len(value) * 4 if isinstance(value, str) else 64
        if portion and size > room:
            yield portion
            portion, room = {}, ROOMY
        portion[name] = value
        room -= size
    yield portion


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the drafts of one deed on one stream."""

    stream: StreamId
    seen: Marks
    wall: int
    user: str | None

    def write(self, kind: str, /, **body: object) -> Draft:
        """One draft; body members that are None are left out."""
        kept = {name: value for name, value in body.items() if value is not None}
        return Draft(self.stream, kind, kept, self.seen, self.wall, self.user)

    def set_fields(
        self, kind: str, fields: Mapping[str, object], *, then: str = "", key: str | None = None
    ) -> list[Draft]:
        """Drafts that write fields, a long text in a draft of its own; `then` is the kind of the further ones."""
        first, *more = in_portions(fields)
        return [self.write(kind, id=key, fields=first), *(self.write(then or kind, id=key, fields=m) for m in more)]


def pen_for(desk: Desk, case_id: CaseId, seen: Marks = NONE_SEEN) -> Pen:
    """A pen for a case; without marks the store adds only this desk's own previous entry (M3)."""
    return Pen(StreamId(case_id), seen, desk.now_ms(), desk.vault.user.id or None)


def trace(desk: Desk, kind: str, **body: object) -> Draft:
    """An `access.*` or `audit.*` draft in the desk's own stream: ids, counts and codes, never values."""
    return Pen(desk_stream(desk.vault.desk), NONE_SEEN, desk.now_ms(), desk.vault.user.id or None).write(kind, **body)


def imagined(drafts: Sequence[Draft]) -> State:
    """The state these drafts of one stream will fold to, before they are kept; raises what keeping them would raise."""
    log = StreamLog()
    log.add(unsigned(drafts))
    return log.state


def imagined_case(case_id: CaseId, drafts: Sequence[Draft]) -> Case:
    """The record these drafts will come to."""
    return case_of(case_id, imagined(drafts))


def fits(draft: Draft) -> bool:
    """True when the draft can become an entry: no text and no body beyond the limits of one."""
    try:
        make_entry(draft, desk=NOBODY, n=1, prev=NO_HASH, marks={}, salt=bytes(32), sign=lambda _: bytes(64))
    except Unacceptable:
        return False
    return True


def unsigned(drafts: Iterable[Draft]) -> Iterator[Entry]:
    """Entries of nobody, chained and unsigned."""
    prev = NO_HASH
    for n, draft in enumerate(drafts, 1):
        marks = {NOBODY: n - 1} if n > 1 else {}
        entry = make_entry(draft, desk=NOBODY, n=n, prev=prev, marks=marks, salt=bytes(32), sign=lambda _: bytes(64))
        prev = entry.hash
        yield entry
