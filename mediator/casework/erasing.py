"""Lawful erasure at a desk (PIPL 47): two persons decide, everything that names it goes, what remains is told and why.

A single thing of a case (a party, a turn, a scan, the key of a recording) is a room's to decide, and a whole case of
which nothing was signed or issued. What was signed or issued is evidence in other people's hands: it stays until its
keeping is over and the county decides. A decision that comes from outside takes nothing here until somebody here says
yes (T75), but for one that this vault itself signed in a former life.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from mediator.casework import half_said, opening
from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, pen_for, trace
from mediator.casework.guards import known
from mediator.casework.texts import cleaned_text
from mediator.core.erasures import ErasureGround
from mediator.core.records import CaseId
from mediator.core.terms import kind_term
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft, Entry, EntryId
from mediator.journal.erasures import CASE_ERASED, DONE, ERASED, FROZEN, reaches, targets_of
from mediator.journal.transcripts import TRANSCRIPT, facts_in
from mediator.store import erasing as store
from mediator.store.former import former_lives, signed
from mediator.store.vault import Opened

KEYED: Final = "recording.keyed"
ENDED: Final = "recording.ended"
NAMED_FROM: Final = 2
Second = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What stays although it may speak of the same: how many entries of a kind, and whether it is evidence."""

    term: str
    count: int
    evidence: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure would take, by kind, and what it would leave."""

    targets: tuple[EntryId, ...]
    taken: tuple[tuple[str, int], ...]
    remaining: tuple[Remaining, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A decision from outside that waits for somebody's yes here; `left` counts the entries that it would take.

    `ref` names it at this desk.
    """

    ref: str
    case: CaseId
    whole: bool
    ground: ErasureGround | None
    decided_by: tuple[str, ...]
    left: int


def plan(desk: Desk, case_id: CaseId, items: Sequence[str] = ()) -> Plan:
    """What would go with these things of a case, or with all of it.

    Raises Unacceptable `case.unknown`, `erasure.unknown` for an id that nothing bears, RefusedByRule `erasure.frozen`
    for a whole case of which something was signed or issued, `erasure.transcript` where an old book was taken over as
    one entry.
    """
    opened = known(desk, case_id)
    held = [entry for entry in opened.entries if not entry.erased and reaches(entry.kind, ERASED)]
    gone = [entry for entry in held if not items or speaks_of(entry, set(items))]
    refuse(opened, gone, items)
    names = names_in(gone)
    rest = [entry for entry in opened.entries if entry not in gone and entry.body]
    frozen = Counter(entry.kind for entry in rest if entry.kind in FROZEN)
    spoken = Counter(entry.kind for entry in rest if entry.kind not in FROZEN and mentions(entry, names))
    remaining = [Remaining(kind_term(kind), count, evidence=True) for kind, count in frozen.items()]
    remaining += [Remaining(kind_term(kind), count, evidence=False) for kind, count in spoken.items()]
    taken = Counter(kind_term(entry.kind) for entry in gone)
    return Plan(tuple(entry.id for entry in gone), tuple(taken.items()), tuple(remaining))


def refuse(opened: Opened, gone: Sequence[Entry], items: Sequence[str]) -> None:
    """Raise what `plan` raises."""
    known_ids = {key for entry in opened.entries for key in ids_in(entry)}
    strange = next((each for each in items if each not in known_ids), "")
    if strange or not gone:
        raise Unacceptable("erasure.unknown", where=strange[:64])
    if items and any(entry.kind == TRANSCRIPT for entry in gone):
        raise RefusedByRule("erasure.transcript")
    if not items and any(kind in FROZEN for entry in opened.entries for kind, _ in facts_in(entry)):
        raise RefusedByRule("erasure.frozen")


def speaks_of(entry: Entry, items: set[str]) -> bool:
    """True for an entry that writes one of these things, or something of one of these hearings."""
    return not items.isdisjoint(ids_in(entry))


def ids_in(entry: Entry) -> set[str]:
    """The things an entry writes, and the hearing they belong to."""
    return {str(body[name]) for _, body in facts_in(entry) for name in ("id", "hearing") if name in body}


def names_in(entries: Iterable[Entry]) -> set[bytes]:
    """Names of the parties among what goes; one character is no name to look for."""
    fields = [body.get("fields") for entry in entries for kind, body in facts_in(entry) if kind.startswith("party.")]
    names = (each.get("name") for each in fields if isinstance(each, dict))
    return {name.encode() for name in names if isinstance(name, str) and len(name) >= NAMED_FROM}


def mentions(entry: Entry, names: Iterable[bytes]) -> bool:
    """True when what an entry says holds one of these names."""
    return any(name in (entry.body or b"") for name in names)


def erase(
    desk: Desk, case_id: CaseId, items: Sequence[str] = (), *, ground: ErasureGround, second: Second
) -> Plan:  # fmt: skip
    """Erase these things of a case, or all of it, for good; `second` is another user's login and password.

    Returns when nothing is left here, with what had been planned. Raises as `plan`, RefusedByRule
    `erasure.second_person`, NoAccess `vault.wrong_password`, `vault.wait`.
    """
    found = plan(desk, case_id, items)
    decide(desk, [Chosen(case_id, found.targets)], ground=ground, second=second)
    return found


def erase_recordings(
    desk: Desk, recordings: Sequence[tuple[CaseId, str]], *, ground: ErasureGround, second: Second
) -> int:  # fmt: skip
    """Destroy the keys and files of recordings whose keeping is over, in one deed; how many there were.

    What was said about them (consents, begin, length, digest) stays. Raises as `erase`.
    """
    wanted: dict[CaseId, list[Entry]] = {}
    count = 0
    for case_id, recording in recordings:
        of_it = [each for each in known(desk, case_id).entries if recording in ids_in(each)]
        if any(each.kind == KEYED for each in of_it):
            count += 1
            wanted.setdefault(case_id, []).extend(each for each in of_it if each.kind in (KEYED, ENDED))
    chosen = [
        Chosen(
            case_id,
            tuple(each.id for each in entries if each.kind == KEYED),
            tuple(sorted({row[0] for each in entries if each.kind == ENDED for row in each.head.f})),
        )
        for case_id, entries in wanted.items()
    ]
    if chosen:
        decide(desk, chosen, ground=ground, second=second)
    return count


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes of a case: entries, and the pieces of blobs that others name."""

    case: CaseId
    targets: tuple[EntryId, ...]
    blobs: tuple[str, ...] = ()


def decide(desk: Desk, chosen: Sequence[Chosen], *, ground: ErasureGround, second: Second) -> None:
    """One decision for each case, carried out here, answered, and in the desk's own trace."""
    other = opening.second_person(desk, *second)
    by = [desk.vault.user.login, other]
    drafts = [
        pen_of(desk, each.case).write(
            ERASED, targets=targets_of(each.targets), ground=ground.value, decided_by=by,
            blobs=list(each.blobs) or None,
        )
        for each in chosen
    ]  # fmt: skip
    forget_half_said(desk)
    decided = store.decide(desk.vault, drafts)
    told = [trace(desk, "audit.erased", case=each.case, ground=ground.value) for each in chosen]
    desk.vault.append([*answers(desk, zip((each.case for each in chosen), decided, strict=True)), *told])


def pen_of(desk: Desk, case_id: CaseId) -> Pen:
    """A pen that has seen all that is here."""
    return pen_for(desk, case_id, known(desk, case_id).seen)


def answers(desk: Desk, done: Iterable[tuple[CaseId, EntryId]]) -> list[Draft]:
    """This computer's word that nothing of these decisions is left here."""
    return [pen_of(desk, case).write(DONE, desk=by, n=n) for case, (by, n) in done]


def forget_half_said(desk: Desk) -> None:
    """What is being typed may be what goes."""
    if desk.vault.setting(half_said.NAME):
        half_said.keep(desk, None)


def requests(desk: Desk) -> tuple[Request, ...]:
    """Decisions from outside that wait for a yes here."""
    return tuple(map(partial(request_of, desk), store.unanswered(desk.vault)))


def request_of(desk: Desk, decision: Entry) -> Request:
    """One of them."""
    body = decision.content()
    ground = next((each for each in ErasureGround if each.value == body.get("ground")), None)
    by = body.get("decided_by")
    return Request(
        ref=ref_of(decision), case=CaseId(decision.stream), whole=decision.kind == CASE_ERASED, ground=ground,
        decided_by=tuple(map(str, by)) if isinstance(by, list) else (), left=store.still_here(desk.vault, decision),
    )  # fmt: skip


def ref_of(decision: Entry) -> str:
    """The name of a decision for people."""
    return f"{decision.desk}:{decision.n}"


def carry_out(desk: Desk, wanted: Iterable[str]) -> int:
    """Somebody's yes to decisions from outside: what they reach goes for good; how many there were.

    Raises Unacceptable `erasure.unknown` for one that does not wait.
    """
    waiting = {ref_of(each): each for each in store.unanswered(desk.vault)}
    chosen = list(dict.fromkeys(wanted))
    strange = next((each for each in chosen if each not in waiting), "")
    if strange:
        raise Unacceptable("erasure.unknown", where=strange[:64])
    follow(desk, [waiting[each] for each in chosen])
    desk.vault.append([trace(desk, "audit.erasure_followed", count=len(chosen))])
    settle(desk)
    return len(chosen)


def follow(desk: Desk, decisions: Sequence[Entry]) -> None:
    """Carry decisions out and answer them."""
    if decisions:
        forget_half_said(desk)
        store.carry_out(desk.vault, decisions)
        desk.vault.append(answers(desk, ((CaseId(each.stream), each.id) for each in decisions)))


def settle(desk: Desk) -> tuple[Request, ...]:
    """After an exchange and at each opening: what needs nobody's yes is done and answered; what waits for one.

    That is a decision of which nothing is here, and one that this vault signed itself before it was restored. A washing
    that a kill broke off goes on.
    """
    store.wash(desk.vault)
    unanswered = store.unanswered(desk.vault)
    lives = former_lives(desk.vault) if unanswered else {}
    own = (each for each in unanswered if each.desk in lives and signed(each, lives[each.desk]))
    empty = (each for each in unanswered if not store.still_here(desk.vault, each))
    follow(desk, list({each.id: each for each in (*own, *empty)}.values()))
    left = requests(desk)
    if not left and opening.listed_state(desk) == opening.READ:
        desk.vault.keep_setting(opening.ERASURE_LIST, "")
    return left


def waive(desk: Desk, reason: str) -> None:
    """The head goes on without the county's list; who and why stays in the trace.

    Raises RefusedByRule `erasure.reason`, `erasure.no_list` where none is awaited.
    """
    if not opening.listed_state(desk):
        raise RefusedByRule("erasure.no_list")
    why = cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("erasure.reason")
    desk.vault.append([trace(desk, "audit.erasure_list_waived", reason=why)])
    desk.vault.keep_setting(opening.ERASURE_LIST, "")
