"""The facts of a matter as bytes: one form for the room's table and for the county's, so that both hold the same."""

from __future__ import annotations

from typing import Final

import msgspec

from mediator.core.facts import CaseFacts
from mediator.errors import Unacceptable

# Raised with every change of what the facts are: rows of another version are folded anew.
FACTS_VERSION: Final = 2
LATER: Final = "9999-12-31"
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_DECODER: Final = msgspec.json.Decoder(CaseFacts)


def facts_bytes(facts: CaseFacts) -> bytes:
    """Equal facts are equal bytes."""
    return _ENCODER.encode(facts)


def facts_from(data: bytes) -> CaseFacts:
    """What `facts_bytes` wrote; raises Unacceptable `facts.form` for anything else."""
    try:
        return _DECODER.decode(data)
    except msgspec.DecodeError:
        raise Unacceptable("facts.form") from None


def days_of(facts: CaseFacts) -> tuple[str, str]:
    """The first and the last day, ISO, by which a span finds a matter; one that is still open has no last day."""
    days = [
        facts.registered_on, facts.accepted_on, facts.concluded_on, facts.closed_on, facts.signed_on,
        facts.confirmed_on, facts.notarized_on, *facts.visited, *(each.due_on for each in facts.duties),
        *(each.on for each in facts.answers), *(each.issued_on for each in facts.orders),
        *(each.on for each in facts.received), *(each.on for each in facts.screened),
    ]  # fmt: skip
    held = sorted(day.isoformat() for day in days if day)
    return held[0], LATER if facts.open else held[-1]
