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
    return min(facts.days).isoformat(), LATER if facts.open else max(facts.days).isoformat()
