"""How a center's new keys are vouched for by its old ones: a card signed by both (sync-design 7, FORMATS).

Whoever knows any key of the chain comes to the newest by it and needs nobody at the room; who knows none of them
believes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.bundle import SIGNATURE, Sealer
from sync.wire.cards import CenterCard, card_of
from sync.wire.members import is_hex

LABEL: Final = b"mediator/succession/1\x00"
MOST: Final = 64
T = TypeVar("T")
Told = Mapping[str, object]


def succession(card: CenterCard, *, old: Sealer, new: Sealer) -> dict[str, object]:
    """The word of the old key for a card that names the new ones, and of the new one that it is there."""
    body = encode(card.members() | {"before": old.sign_public.hex()})
    return {"body": body.decode(), "sig": old.sign(LABEL + body).hex(), "own": new.sign(LABEL + body).hex()}


def read(told: Told, sealer: Sealer) -> tuple[str, CenterCard]:
    """The key that vouches and the card it vouches for; raises Unacceptable `center.succession`."""
    body, old, own = (told.get(name) for name in ("body", "sig", "own"))
    if not isinstance(body, str) or not (is_hex(old, 2 * SIGNATURE) and is_hex(own, 2 * SIGNATURE)):
        raise Unacceptable("center.succession")
    try:
        raw = decode_object(body.encode())
        card, before = card_of(raw), str(raw.get("before"))
        for key, mark in ((before, old), (card.sign, own)):
            sealer.verify(bytes.fromhex(key), LABEL + body.encode(), bytes.fromhex(str(mark)))
    except (MediatorError, ValueError):
        raise Unacceptable("center.succession") from None
    return before, card


def by_any(keys: Sequence[bytes], reading: Callable[[bytes], T]) -> T:
    """What can be read under one of these keys; raises what the last of them says."""
    *others, last = keys
    for key in others:
        with suppress(Unacceptable):
            return reading(key)
    return reading(last)


def follow(card: CenterCard, chain: Iterable[object], sealer: Sealer) -> tuple[CenterCard, ...]:
    """The cards that come after this one, the newest last; none for who is up to date or knows no key of the chain.

    Raises Unacceptable `center.succession` for a word that is signed by nobody or speaks of another center.
    """
    found: list[CenterCard] = []
    for told in list(chain)[:MOST]:
        before, following = read(told if isinstance(told, dict) else {}, sealer)
        held = found[-1] if found else card
        if (following.center, following.county) != (card.center, card.county):
            raise Unacceptable("center.succession")
        if before == held.sign:
            found.append(following)
    return tuple(found)
