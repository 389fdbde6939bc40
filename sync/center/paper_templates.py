"""The county's templates of papers: looked at like a room's own, released by a second person, sent down, taken back.

What somebody hands in is an entry of the center's own that no feed holds. Only its release puts it, and the word of
the second person beside it, into the feed of every room; there it still waits for somebody of the room (T75).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from mediator.core.text import clean
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Entry
from mediator.journal.kinds import KINDS
from mediator.journal.streams import TEMPLATES, desk_stream
from sync.center.chain import CENTER_STATE, lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import COUNTY_FEED, number_in
from sync.center.hands import Layouts, Looked
from sync.center.published import readable
from sync.center.publishing import LONGEST_VERSION, read_day
from sync.center.rows import SHIPPED
from sync.center.tables import DESK, ENTRY

MAX_TEMPLATE: Final = 8 << 20
LONGEST_REASON: Final = 200
PROPOSED: Final = "template.proposed"
ISSUED: Final = "template.issued"
RECALLED: Final = "template.recalled"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form beside the file; `valid_from` is an ISO day."""

    kind: str
    version: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's word on a template: who, when (ms UTC), and of a withdrawal why."""

    who: str
    at: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """One version of a template. `entry` is its proposal; `issued` and `recalled` are None while nobody did."""

    entry: Entry
    id: str
    kind: str
    version: str
    valid_from: date
    sha256: str
    proposed: Word
    issued: Word | None = None
    recalled: Word | None = None

    @property
    def waits(self) -> bool:
        """True while a second person has not spoken."""
        return not self.issued and not self.recalled

    @property
    def file(self) -> bytes:
        """The DOCX; raises Unacceptable `template.damaged` when it is not the one that was looked at."""
        portions: Any = self.entry.content()["data"]
        try:
            found = base64.b64decode("".join(portions), validate=True)
        except (ValueError, TypeError):
            found = b""
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise Unacceptable("template.damaged")
        return found


def propose(center: Center, layouts: Layouts, typed: Typed, data: bytes, *, who: str) -> Looked:
    """Keep a file that will do, to be released by somebody else; of one that will not, only the faults come back.

    Raises Unacceptable `template.kind`, `template.size`, `publish.day`, RefusedByRule `publish.version`.
    """
    version, day = checked_head(layouts, typed)
    if len(data) > MAX_TEMPLATE:
        raise Unacceptable("template.size")
    looked = layouts.look(typed.kind, data)
    if looked.will_do:
        template = center.random(16).hex()
        body = {
            "id": template, "kind": typed.kind, "version": version, "valid_from": day.isoformat(), "login": who,
            "sha256": hashlib.sha256(looked.file).hexdigest(), "data": list(looked.portions),
        }  # fmt: skip
        told = {"login": who, "template": template, "kind": typed.kind, "version": version}

        def work(scope: Scope) -> None:
            say(center, scope, TEMPLATES, PROPOSED, body, feeds=[])
            say(center, scope, desk_stream(center.desk), "audit.template_proposed", told, feeds=[])

        center.database.write(work)
    return looked


def checked_head(layouts: Layouts, typed: Typed) -> tuple[str, date]:
    """Version and first day of what was typed, for a kind that there is."""
    if typed.kind not in layouts.kinds():
        raise Unacceptable("template.kind")
    version = clean(typed.version).text.strip()
    if not 0 < len(version) <= LONGEST_VERSION:
        raise RefusedByRule("publish.version")
    return version, read_day(typed.valid_from)


def issue(center: Center, layouts: Layouts, template: str, *, who: str) -> None:
    """Send a template down to every room; the file is looked at once more.

    Raises RefusedByRule `template.second_person` for who handed it in, `template.decided` when somebody spoke already,
    Unacceptable `template.unknown`, `template.damaged`, `template.findings`.
    """
    found = one(center, template)
    if not layouts.look(found.kind, found.file).will_do:
        raise Unacceptable("template.findings")

    def work(scope: Scope) -> None:
        now = locked(center, scope, template)
        if not now.waits:
            raise RefusedByRule("template.decided")
        if now.proposed.who == who:
            raise RefusedByRule("template.second_person")
        note(center, scope, now, "audit.template_issued", who)
        body = {"id": now.id, "sha256": now.sha256, "login": who}
        said = say(center, scope, TEMPLATES, ISSUED, body, feeds=[])
        number_in(scope, center.card.epoch, {COUNTY_FEED: [now.entry.id, said.id]})

    center.database.write(work)


def recall(center: Center, template: str, reason: str, *, who: str) -> None:
    """Take a template back, everywhere if it went down; papers that were issued from it stay as they are.

    Raises RefusedByRule `template.reason`, `template.decided` for the second time, Unacceptable `template.unknown`.
    """
    why = clean(reason).text.strip()[:LONGEST_REASON]
    if not why:
        raise RefusedByRule("template.reason")

    def work(scope: Scope) -> None:
        now = locked(center, scope, template)
        if now.recalled:
            raise RefusedByRule("template.decided")
        note(center, scope, now, "audit.template_recalled", who)
        body = {"id": now.id, "login": who, "reason": why}
        say(center, scope, TEMPLATES, RECALLED, body, feeds=[COUNTY_FEED] if now.issued else [])

    center.database.write(work)


def note(center: Center, scope: Scope, found: PaperTemplate, kind: str, who: str) -> None:
    """Who did it, in the center's log."""
    told = {"login": who, "template": found.id, "kind": found.kind, "version": found.version}
    say(center, scope, desk_stream(center.desk), kind, told, feeds=[])


def every(center: Center) -> tuple[PaperTemplate, ...]:
    """Every template of the county, the newest first."""
    with center.database.reading() as scope:
        return tuple(reversed(held(center, scope)))


def one(center: Center, template: str) -> PaperTemplate:
    """A template by its id; raises Unacceptable `template.unknown`."""
    return by_id(every(center), template)


def locked(center: Center, scope: Scope, template: str) -> PaperTemplate:
    """The same inside a transaction, after the lock under which every word on templates is said."""
    lock_desk(scope, center.desk)
    return by_id(held(center, scope), template)


def by_id(found: Sequence[PaperTemplate], template: str) -> PaperTemplate:
    """One of them; raises Unacceptable `template.unknown`."""
    here = next((each for each in found if each.id == template), None)
    if here is None:
        raise Unacceptable("template.unknown")
    return here


def held(center: Center, scope: Scope) -> list[PaperTemplate]:
    """The county's own words on templates, those of its former lives too, put together; the oldest first."""
    lives = select(DESK.c.desk).where(DESK.c.state == CENTER_STATE)
    own = [row.desk for row in scope.rows(lives)]
    said = select(*SHIPPED).where(ENTRY.c.stream == TEMPLATES, ENTRY.c.desk.in_(own))
    rows = scope.rows(said.order_by(ENTRY.c.arrived, ENTRY.c.n))
    entries = [each for each in readable(center, rows) if not rule_broken(each)]
    words = {kind: dict(words_of(entries, kind)) for kind in (ISSUED, RECALLED)}
    return [template_of(each, words) for each in entries if each.kind == PROPOSED]


def rule_broken(entry: Entry) -> bool:
    """True for an entry of another kind, or one whose body says nothing."""
    return entry.kind not in (PROPOSED, ISSUED, RECALLED) or bool(KINDS[entry.kind].fault(entry.content()))


def words_of(entries: Sequence[Entry], kind: str) -> Iterator[tuple[str, Word]]:
    """Template -> the word of this kind on it."""
    for each in (each for each in entries if each.kind == kind):
        body = each.content()
        yield str(body["id"]), Word(str(body["login"]), each.wall, str(body.get("reason", "")))


def template_of(entry: Entry, words: dict[str, dict[str, Word]]) -> PaperTemplate:
    """A proposal with what was said on it."""
    body = entry.content()
    template = str(body["id"])
    return PaperTemplate(
        entry, template, str(body["kind"]), str(body["version"]), date.fromisoformat(str(body["valid_from"])),
        str(body["sha256"]), Word(str(body["login"]), entry.wall), words[ISSUED].get(template),
        words[RECALLED].get(template),
    )  # fmt: skip
