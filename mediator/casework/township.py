"""乡镇密钥: what rooms of a township share is sealed with it, and the county carries what it cannot read.

The first computer makes it; each further one gets it wrapped to itself once the head has compared six digits, and uses
it once it has compared the key's. When a computer leaves, a new key takes its place for what is written from then on.
Until there is a key such records stay on the computer that wrote them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.guards import real_room
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from mediator.journal.checks import is_key
from mediator.journal.entry import Draft, Entry
from mediator.journal.kinds import SEALED
from mediator.journal.streams import township_stream
from mediator.store import township_deeds as store
from mediator.store.township import KIND, Held, fresh_held, wrapped_for

DIVISION: Final = 9
ESCROW: Final = "0" * 32


@dataclass(frozen=True, slots=True)
class Peer:
    """Another computer of the township; `digits` are compared before it is admitted, `off` is one that left."""

    desk: str
    seat: str
    digits: str
    has: bool
    off: bool


@dataclass(frozen=True, slots=True)
class State:
    """Where the township's key stands at this computer.

    `digits` name the key that seals here, empty for none; `offered` are keys that came and wait to be compared;
    `renew` is true while a computer that left knows the key.
    """

    digits: str
    epoch: int
    own: str
    offered: tuple[str, ...]
    peers: tuple[Peer, ...]

    @property
    def renew(self) -> bool:
        """Whether a new key is due."""
        return bool(self.digits) and any(each.off and each.has for each in self.peers)


def state(desk: Desk) -> State:
    """As it stands; asks nobody."""
    held = store.held_keys(desk.vault)
    current = next((each for each in held if each.sure), None)
    offered = tuple(each.digits for each in held if not each.sure and each.epoch >= (current.epoch if current else 0))
    peers = tuple(peers_of(desk, current))
    keys = desk.vault.desk_keys
    own = digits_of(desk.vault.desk, keys.sign_public.hex(), keys.seal_public.hex())
    return State(current.digits if current else "", current.epoch if current else 0, own, offered, peers)


def digits_of(desk: str, sign: str, seal: str) -> str:
    """Six digits of a computer's keys, which both rooms see before one admits the other."""
    digest = hashlib.sha256(b"mediator/township-desk/1\x00" + bytes.fromhex(desk + sign + seal)).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def township_of(desk: Desk) -> str:
    """The code of the township."""
    return desk.vault.room.division[:DIVISION]


def enrolled(desk: Desk) -> list[dict[str, str]]:
    """What the county told of every computer of the township but this one."""
    told = [{name: str(value) for name, value in each.content().items()} for each in desk.vault.traces("desk.enrolled")]
    here = township_of(desk)
    return [each for each in told if each.get("township") == here and each.get("desk") != desk.vault.desk]


def peers_of(desk: Desk, current: Held | None) -> Iterable[Peer]:
    """The other computers, by seat."""
    gone = {str(each.content().get("desk")) for each in desk.vault.traces("desk.revoked")}
    readers = readers_of(desk, current.name) if current else set()
    for each in sorted(enrolled(desk), key=lambda row: row.get("seat", "")):
        if is_key(each.get("seal")) and is_key(each.get("sign")):
            digits = digits_of(each["desk"], each["sign"], each["seal"])
            off = each["desk"] in gone or not each.get("seat")
            yield Peer(each["desk"], each.get("seat", ""), digits, each["desk"] in readers, off)


def readers_of(desk: Desk, name: str) -> set[str]:
    """The computers to which a key was wrapped, and those that wrapped it."""
    found: set[str] = set()
    for entry in desk.vault.traces(KIND):
        match entry.content():
            case {"id": known, "wraps": [*rows]} if known == name:
                found |= {entry.desk, *(str(row[0]) for row in rows if isinstance(row, list) and row)}
    return found


def make(desk: Desk, *, escrow: str = "") -> State:
    """The township's first key; `escrow` is the public key of the county's offline safe, 64 hex, wrapped to as well.

    Raises NoAccess `sync.not_enrolled`, RefusedByRule `township.made`, `township.center` while the county's program is
    one that takes nothing sealed, Unacceptable `township.escrow`.
    """
    real_room(desk, "practice.exchange")
    if desk.vault.shelf.card() is None:
        raise NoAccess("sync.not_enrolled")
    if not desk.vault.pieces.able():  # the same version of the county takes both
        raise RefusedByRule("township.center")
    if store.held_keys(desk.vault):
        raise RefusedByRule("township.made")
    return begun(desk, fresh_held(1), (), escrow)


def renew(desk: Desk, *, escrow: str = "") -> State:
    """A new key for what is written from now on, wrapped to every computer that had the last one and is still in use.

    Raises RefusedByRule `township.none` without a key of one's own to take over from.
    """
    held = next((each for each in store.held_keys(desk.vault) if each.sure), None)
    if held is None:
        raise RefusedByRule("township.none")
    staying = [each.desk for each in peers_of(desk, held) if each.has and not each.off]
    return begun(desk, fresh_held(held.epoch + 1), staying, escrow)


def begun(desk: Desk, held: Held, readers: Sequence[str], escrow: str) -> State:
    """Tell the township of a key and seal with it from now on."""
    if escrow and not is_key(escrow):
        raise Unacceptable("township.escrow")
    safe = {"escrow": wrapped_for(escrow, held, ESCROW)} if escrow else {}
    draft = told(desk, held, readers, **safe)
    store.begin(desk.vault, held, [draft, trace(desk, "audit.township_key", epoch=held.epoch)])
    say_again(desk)
    return state(desk)


def say_again(desk: Desk) -> None:
    """What this computer wrote before it had a key is written once more, sealed: the other rooms may read it too.

    What was signed unsealed stays home for ever, for nobody can seal what is signed already.
    """
    shared, missing = set[str](), list[Entry]()
    for kind in sorted(SEALED):
        own = [each for each in desk.vault.traces(kind) if each.desk == desk.vault.desk and not each.erased]
        shared |= {str(each.content().get("id")) for each in own if each.head.s}
        missing += [each for each in own if str(each.content().get("id")) not in shared]
    desk.vault.append(
        [Draft(each.stream, each.kind, each.content(), {}, desk.now_ms(), each.user or None) for each in missing]
    )


def told(desk: Desk, held: Held, readers: Sequence[str], **more: str) -> Draft:
    """The entry that wraps a key to these computers."""
    seals = {each["desk"]: each["seal"] for each in enrolled(desk)}
    wraps = [[reader, wrapped_for(seals[reader], held, reader)] for reader in sorted(readers)]
    body: dict[str, object] = {"id": held.name, "epoch": held.epoch, "wraps": wraps, **more}
    stream = township_stream(township_of(desk))
    return Draft(stream, KIND, body, {}, desk.now_ms(), desk.vault.user.id or None)


def admit(desk: Desk, peer: str, digits: str) -> State:
    """The head lets another computer read, after its six digits were compared; it gets every key that seals here.

    Raises RefusedByRule `township.none`, `township.off`, Unacceptable `township.unknown`, NoAccess `township.digits`.
    """
    found = next((each for each in state(desk).peers if peer in (each.desk, each.seat)), None)
    if found is None:
        raise Unacceptable("township.unknown", where=peer[:64])
    if found.off:
        raise RefusedByRule("township.off")
    if found.digits != digits.strip():
        raise NoAccess("township.digits")
    keys = [each for each in store.held_keys(desk.vault) if each.sure]
    if not keys:
        raise RefusedByRule("township.none")
    drafts = [told(desk, each, [found.desk]) for each in keys]
    desk.vault.append([*drafts, trace(desk, "audit.township_admitted", peer=found.desk)])
    return state(desk)


def accept(desk: Desk, digits: str) -> State:
    """Use a key that came, after its six digits were compared with the computer that made it.

    Raises NoAccess `township.digits` for digits of no such key.
    """
    found = [each for each in store.held_keys(desk.vault) if not each.sure and each.digits == digits.strip()]
    if len(found) != 1:
        raise NoAccess("township.digits")
    held = Held(found[0].name, found[0].epoch, found[0].key, sure=True)
    store.begin(desk.vault, held, [trace(desk, "audit.township_key", epoch=held.epoch)])
    say_again(desk)
    return state(desk)
