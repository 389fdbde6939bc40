"""Which road a matter takes: what the table advises, what a person decides, how far court and notary came (rules.md 4).

The page of a case asks `sight_of` once and gets it all as plain records.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mediator.casework import checking, periods
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.guards import known, writable
from mediator.casework.texts import cleaned_text
from mediator.core.course import Event, EventId
from mediator.core.deadlines import Deadline, every_deadline
from mediator.core.legal_roads import AFTER, WORDS, Look, Path, Step, WhyNot, reached, steps_of, why_not
from mediator.core.records import Case, CaseId
from mediator.core.roads import Road, advised, road_named, roads
from mediator.docs.catalogue import kind_of
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Changes

CONFIRMING: Final = "D04"


@dataclass(frozen=True, slots=True)
class PacketItem:
    """A paper of the packet: its kind, its title, and whether it was issued or a scan stands for it."""

    kind: str
    title: str
    there: bool


@dataclass(frozen=True, slots=True)
class LegalRoad:
    """Court confirmation or the notary: `step` is how far it came, `why_not` every reason against asking today.

    `due` is the last day to ask (D04), None where no period runs; `left` the days until then, below nothing once over.
    """

    path: Path
    step: Step | None
    why_not: tuple[WhyNot, ...]
    packet: tuple[PacketItem, ...]
    steps: tuple[tuple[Step, Event], ...]
    due: date | None = None
    left: int | None = None
    explanation: str = ""

    @property
    def open(self) -> bool:
        """It may be asked for today and nobody did yet."""
        return not self.why_not and Step.ASKED in AFTER[self.step]

    @property
    def following(self) -> tuple[Step, ...]:
        """What may be recorded next."""
        return AFTER[self.step]


@dataclass(frozen=True, slots=True)
class RoadSight:
    """Everything about the roads of one matter; `chosen` is what a person decided, `reason` why it is another one."""

    advised: tuple[Road, ...]
    every: tuple[Road, ...]
    chosen: Road | None
    reason: str
    legal: tuple[LegalRoad, ...]


def sight_of(desk: Desk, case_id: CaseId) -> RoadSight:
    """What the table advises today, what was decided, court and notary; raises Unacceptable `case.unknown`."""
    case = known(desk, case_id).case
    every = roads()
    legal = tuple(legal_road(desk, case, path) for path in Path)
    return RoadSight(advice_of(desk, case), every, road_named(case.road), case.road_reason, legal)


def advice_of(desk: Desk, case: Case) -> tuple[Road, ...]:
    """The roads that fit today; court confirmation only while its thirty days run."""
    period, found = confirmation_period(desk, case), advised(case, desk.today(), desk.vault.calendar)
    over = period is not None and desk.today() > period.due
    return tuple(each for each in found if not (over and each.id == Path.CONFIRMATION.value))


def choose(desk: Desk, case_id: CaseId, road: str, *, reason: str = "") -> Changes:
    """Decide on a road; one that the table does not advise needs a reason, which is kept (002).

    Raises Unacceptable `road.unknown`, RefusedByRule `road.reason`.
    """
    opened, why = writable(desk, case_id), cleaned_text(desk, reason, "road_reason").strip()
    if road_named(road) is None:
        raise Unacceptable("road.unknown", where=road[:64])
    if not why and road not in {each.id for each in advice_of(desk, opened.case)}:
        raise RefusedByRule("road.reason")
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append(pen.set_fields("case.set", {"road": road, "road_reason": why}))


def legal_road(desk: Desk, case: Case, path: Path) -> LegalRoad:
    """One of the two as it stands today."""
    period = confirmation_period(desk, case) if path is Path.CONFIRMATION else None
    reasons, steps = why_not(look_at(desk, case, path), path), steps_of(case, path)
    road = LegalRoad(path, reached(case, path), reasons, packet_of(case, path), steps)
    if period is None:
        return road
    return replace(road, due=period.due, left=(period.due - desk.today()).days, explanation=period.explanation)


def look_at(desk: Desk, case: Case, path: Path) -> Look:
    """The case; for a court with the last day of D04 and the rules that the lint found."""
    if path is not Path.CONFIRMATION or case.agreement is None:
        return Look(case, desk.today())
    period = confirmation_period(desk, case)
    rules = frozenset(each.rule for each in checking.findings(desk, case))
    return Look(case, desk.today(), period.due if period else None, rules)


def confirmation_period(desk: Desk, case: Case) -> Deadline | None:
    """The thirty days, over or not; None without a written agreement in force."""
    tables = desk.vault.tables
    rows = every_deadline(case, calendar=tables.calendar, rules=tables.rules)
    return next((each for each in rows if each.rule == CONFIRMING), None)


def packet_of(case: Case, path: Path) -> tuple[PacketItem, ...]:
    """The papers that the road asks for, those issued or scanned marked as there."""
    row = road_named(path.value)
    there = {each.kind for each in case.papers} | {each.place for each in case.evidence}
    return tuple(PacketItem(kind, kind_of(kind).title, kind in there) for kind in (row.packet if row else ()))


def take_step(
    desk: Desk, case_id: CaseId, path: Path, step: Step, *, on: date | None = None, text: str = ""
) -> EventId:
    """Record that it was asked for, granted or refused; asked against the record's reasons needs words of explanation.

    Raises RefusedByRule `legal_road.order`, `legal_road.lacking`, `event.future`.
    """
    case = writable(desk, case_id).case
    if step not in AFTER[reached(case, path)]:
        raise RefusedByRule("legal_road.order", road=path.term, step=step.term)
    lacking = why_not(look_at(desk, case, path), path) if step is Step.ASKED else ()
    if lacking and not text.strip():
        raise RefusedByRule("legal_road.lacking", road=path.term, reasons="；".join(each.term for each in lacking))
    return periods.record_event(desk, case_id, WORDS[path, step].value, on=on, text=text)
