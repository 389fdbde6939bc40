"""`mediator hearing record`: a hearing typed line by line, each line durable before the next is read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from mediator.commands.desks import at_desk, telling
from mediator.commands.program import Call, Result, stop_writing
from mediator.errors import Unacceptable

if TYPE_CHECKING:
    from mediator.casework.desk import Desk
    from mediator.casework.hearing import HearingForm
    from mediator.core.records import Case, CaseId, HearingId, Party

LONGEST: Final = 200_000
LONGEST_NAME: Final = 200
LONGEST_BYTES: Final = (LONGEST + LONGEST_NAME) * 4 + 64


def record(call: Call) -> Result:
    """Read `speaker<TAB>text` lines to the end; print `saved N` after each durable commit."""
    from mediator.casework import hearing, reading

    with at_desk(call, workshop=telling(call)) as desk:
        case = reading.show(desk, call.options.case).case
        hearing_id = hearing.open_hearing(desk, case.id, head(call, desk))
        turns = turns_from(call, desk, case, hearing_id=hearing_id)
        if call.options.close:
            hearing.close_hearing(desk, case.id, hearing_id)
    return Result({"hearing": hearing_id, "turns": turns}, (f'{{"hearing": "{hearing_id}", "turns": {turns}}}',))


def head(call: Call, desk: Desk) -> HearingForm:
    """The hearing's head: now and this user where nothing is said."""
    from mediator.casework.hearing import HearingForm

    options = call.options
    held_at = moment(options.held_at) if options.held_at else call.workshop.clock.now()
    mediators = tuple(options.mediator or (desk.vault.user.name,))
    return HearingForm(held_at, options.place or "", mediators, options.recorder or "")


def moment(text: str) -> datetime:
    """An ISO moment; without offset it is Beijing time. Raises Unacceptable `hearing.time`."""
    from mediator.casework.desk import BEIJING

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unacceptable("hearing.time", where="--held-at") from None
    if not 1 < found.year < 9999:
        raise Unacceptable("hearing.time", where="--held-at")
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def turns_from(call: Call, desk: Desk, case: Case, *, hearing_id: HearingId) -> int:
    """Keep every line as a turn; answers how many."""
    saved = number = 0
    while line := call.streams.input.readline(LONGEST_BYTES):
        number += 1
        speaker, text = parted(line, number)
        if not speaker and not text:
            continue
        keep(desk, case.id, hearing_id, speaker=speaker, text=text, party=party_of(case, speaker))
        saved += 1
        acknowledge(call, saved)
    return saved


def acknowledge(call: Call, saved: int) -> None:
    """Say that a turn is durable; when nobody reads that any more, what is still to come is kept all the same."""
    try:
        print(f"saved {saved}", file=call.streams.output, flush=True)
    except BrokenPipeError:
        stop_writing(call.streams.output)


def keep(desk: Desk, case: CaseId, hearing: HearingId, *, speaker: str, text: str, party: Party | None) -> None:
    """One turn on disk; a speaker given by a party's ref stands in the record by name."""
    from mediator.casework.hearing import record_turn

    name, link = (party.name, party.id) if party else (speaker, None)
    record_turn(desk, case, hearing, speaker=name, text=text, party=link)


def parted(line: bytes, number: int) -> tuple[str, str]:
    """Speaker and text of a line, both empty for a blank one; raises Unacceptable `hearing.*` with the line."""
    text = text_of(line, number)
    if not text.strip():
        return "", ""
    speaker, _, words = (part.strip() for part in text.partition("\t"))
    if not speaker or not words:
        raise bad_line("hearing.line", number)
    if len(words) > LONGEST or len(speaker) > LONGEST_NAME:
        raise bad_line("hearing.long", number)
    return speaker, words


def text_of(line: bytes, number: int) -> str:
    """A line as text without its end; one that was cut at the limit is too long, whatever its last bytes are."""
    if len(line) >= LONGEST_BYTES:
        raise bad_line("hearing.long", number)
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise bad_line("hearing.encoding", number) from None


def bad_line(code: str, number: int) -> Unacceptable:
    """A refusal that names the line; the lines before it are kept."""
    return Unacceptable(code, where=str(number), line=number)


def party_of(case: Case, speaker: str) -> Party | None:
    """The party a speaker is, by ref or by a name that only one bears."""
    by_ref = case.party(speaker)
    if by_ref is not None:
        return by_ref
    named = [party for party in case.parties if party.name == speaker]
    return named[0] if len(named) == 1 else None
