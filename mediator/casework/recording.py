"""Recording a sitting: everybody's consent before the first second, the beginning, the end, and what a kill left.

The recorder is a process of its own. It is handed an `Order`, which holds the public half of the recording's key and
nothing else of the vault; the private half stands in the vault alone and never leaves the room.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, pen_for
from mediator.casework.guards import going_on, hearing_of, known
from mediator.casework.hearing import ROOM_FOR_A_HEARING, open_record
from mediator.casework.hearing_course import scene
from mediator.casework.hearing_signing import signers_of
from mediator.core.recordings import Asked, Consent, ConsentWay, Ending, lacking, ms_of, standing
from mediator.core.records import Case, CaseId, Hearing, HearingId, TurnId
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from mediator.journal.blobs import Manifest
from mediator.journal.entry import Draft
from mediator.store.appending import Changes
from mediator.store.resting import tape_manifest
from mediator.store.tapes import Label, Tape, key_pair, only_recorder, scan, tape_path

UNDER_WAY: Final = "recordings"
EMPTY: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Order:
    """What the recorder is handed: where to write, what stands at the head, and with which key to seal."""

    path: Path
    label: Label
    public: bytes

    def packed(self) -> str:
        """One line of JSON; it goes through a pipe and into no file and no command line."""
        label = self.label
        return json.dumps({
            "path": str(self.path), "case": label.case, "hearing": label.hearing, "recording": label.recording,
            "begun": label.begun, "public": self.public.hex(),
        })  # fmt: skip


def order_of(line: str) -> Order:
    """The order of a line; raises ValueError, KeyError or TypeError for one that is none."""
    told = json.loads(line)
    label = Label(told["case"], told["hearing"], told["recording"], told["begun"])
    return Order(Path(told["path"]), label, bytes.fromhex(told["public"]))


def imagined_order(case: str, hearing: str) -> Order:
    """An order that nobody can carry out, for a picture of a sitting that is recorded."""
    return Order(Path(), Label(case, hearing, EMPTY[:32], 0), b"")


@dataclass(frozen=True, slots=True)
class Consents:
    """Whom a sitting must ask, what each said last, and who is still to say yes."""

    asked: tuple[Asked, ...]
    words: tuple[Consent | None, ...]
    missing: tuple[Asked, ...]


def asked_in(case: Case, hearing: Hearing) -> tuple[Asked, ...]:
    """Everybody who is there and does not lead the sitting: parties, those who listen, whoever interprets."""
    parties = tuple(Asked(each.name, each.role, each.party) for each in signers_of(case, hearing) if each.party)
    named = {each.name for each in parties}
    others = [(name, "列席") for name in hearing.observers] + [(hearing.interpreter, "翻译")]
    beside = (Asked(name, role) for name, role in others if name and name not in named)
    return (*parties, *beside)


def consents(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Consents:
    """As they stand now; raises Unacceptable `case.unknown`, `hearing.unknown`."""
    opened = known(desk, case_id)
    return consents_in(opened.case, hearing_of(opened, hearing_id))


def consents_in(case: Case, hearing: Hearing) -> Consents:
    """The same of a record that is at hand."""
    asked, words = asked_in(case, hearing), standing(hearing.consents)
    return Consents(
        asked, tuple(words.get(each.party or each.name) for each in asked), lacking(asked, hearing.consents)
    )


def agree(desk: Desk, case_id: CaseId, hearing_id: HearingId, people: Sequence[Asked], *, way: ConsentWay) -> Changes:
    """Keep that these people agreed now and how, each in an entry of his own. Raises `recording.nobody`."""
    pen, hearing = open_record(desk, case_id, hearing_id)
    drafts = [_word(pen, hearing, each, "recording.agreed", way=way.value) for each in people]
    if not drafts:
        raise Unacceptable("recording.nobody")
    return desk.vault.append(drafts)


def withdraw(desk: Desk, case_id: CaseId, hearing_id: HearingId, person: Asked) -> Changes:
    """Keep that somebody does not agree, or no longer; whoever records has stopped before this is called."""
    opened = going_on(desk, case_id)
    pen, hearing = pen_for(desk, case_id, opened.seen), hearing_of(opened, hearing_id)
    return desk.vault.append([_word(pen, hearing, person, "recording.withdrawn")])


def _word(pen: Pen, hearing: Hearing, person: Asked, kind: str, **more: str) -> Draft:
    """One person's word."""
    party = person.party or None
    return pen.write(kind, hearing=hearing.id, name=person.name, party=party, at=pen.wall, **more)


def begin(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Order:
    """Enter that a recording begins, its key, and a turn that says so; the recorder may start once this returns.

    Raises RefusedByRule `recording.no_consent` (how many are missing), `recording.under_way`, `hearing.closed`,
    `recording.no_room`.
    """
    free = desk.workshop.free(desk.vault.folder)
    if free < ROOM_FOR_A_HEARING:
        raise RefusedByRule("recording.no_room", free=free // 1_000_000)
    settle(desk)
    if _under_way(desk):
        raise RefusedByRule("recording.under_way")
    pen, hearing = open_record(desk, case_id, hearing_id)
    missing = consents_in(known(desk, case_id).case, hearing).missing
    if missing:
        raise RefusedByRule("recording.no_consent", count=len(missing))
    recording, (private, public) = desk.fresh_id(), key_pair()
    label = Label(case_id, hearing_id, recording, pen.wall)
    _remember(desk, [(case_id, hearing_id, recording)])
    desk.vault.append([
        pen.write("recording.begun", id=recording, hearing=hearing_id, at=pen.wall),
        pen.write("recording.keyed", id=recording, key=private.hex()),
        scene(desk, pen, hearing, TurnId(desk.fresh_id()), words=f"{agreed_words(hearing.consents)}，开始录音"),
    ])  # fmt: skip
    return Order(tape_path(desk.vault.folder, recording), label, public)


def agreed_words(words: Iterable[Consent]) -> str:
    """`经张三、李四口头同意`, those who agreed in one way together."""
    by_way: dict[ConsentWay, list[str]] = {}
    for each in words:
        if each.stands:
            by_way.setdefault(each.way, []).append(each.name)
    return (
        "经" + "，".join(f"{'、'.join(names)}{way.term}" for way, names in by_way.items()) if by_way else "在场的人同意"
    )


def settle(desk: Desk, ending: Ending = Ending.BROKEN_OFF) -> tuple[CaseId, ...]:
    """Pin the length and digest of every recording that nobody is writing any more; the cases they belong to.

    Called when the recorder has ended, and after each unlocking for what a kill or a lock left open.
    """
    rows = _under_way(desk)
    if not rows:
        return ()
    with suppress(NoAccess), only_recorder(desk.vault.folder):
        for case, hearing, recording in rows:
            _pin(desk, CaseId(case), HearingId(hearing), recording, ending)
        _remember(desk, [])
        return tuple(CaseId(case) for case, _, _ in rows)
    return ()


def _pin(desk: Desk, case_id: CaseId, hearing_id: HearingId, recording: str, ending: Ending) -> None:
    """The entry that ends a recording, with a turn while the record is open; nothing for one that has ended or that a
    kill kept from beginning."""
    opened = known(desk, case_id)
    hearing = hearing_of(opened, hearing_id)
    if not any(each.id == recording and not each.ended for each in hearing.recordings):
        return
    tape, pen = tape_of(desk, recording), pen_for(desk, case_id, opened.seen)
    broken = ending is Ending.BROKEN_OFF and tape is not None
    at = tape.label.begun + ms_of(tape.samples) if broken and tape else pen.wall
    manifest = manifest_of(tape)
    end = pen.write(
        "recording.ended", id=recording, ending=ending.value, at=at, samples=tape.samples if tape else 0,
        chunks=len(tape.chunks) if tape else 0, size=tape.size if tape else 0, digest=tape.digest if tape else EMPTY,
        blob={"manifest": manifest.digest} if manifest else None,
    )  # fmt: skip
    end = replace(end, blobs=(manifest.named,) if manifest else ())
    told = [] if hearing.closed or ending is Ending.CLOSED else [
        scene(desk, pen, hearing, TurnId(desk.fresh_id()), words=ended_words(ending))
    ]  # fmt: skip
    desk.vault.append([end, *told], papers={manifest.digest: manifest.packed()} if manifest else {})


def manifest_of(tape: Tape | None) -> Manifest | None:
    """What the county will know its pieces by; None where nothing was recorded, or more than can travel (18 hours)."""
    with suppress(RefusedByRule):
        return tape_manifest(tape) if tape and tape.chunks else None
    return None


def ended_words(ending: Ending) -> str:
    """As the record tells it."""
    return ending.term if ending is Ending.STOPPED else f"{ending.term}，录音停止"


def tape_of(desk: Desk, recording: str) -> Tape | None:
    """The file of a recording, proved from end to end; None when none was ever begun or its head is no head."""
    with suppress(Unacceptable):
        return scan(tape_path(desk.vault.folder, recording))
    return None


def _under_way(desk: Desk) -> list[tuple[str, str, str]]:
    """Recordings of this desk that were begun and not ended: case, hearing, recording."""
    return [(row[0], row[1], row[2]) for row in json.loads(desk.vault.setting(UNDER_WAY) or "[]")]


def _remember(desk: Desk, rows: Sequence[tuple[str, str, str]]) -> None:
    """Keep them, durably."""
    desk.vault.keep_setting(UNDER_WAY, json.dumps(rows))
