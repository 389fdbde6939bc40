"""From an error's code to the sentence a mediator reads: what happened, what is safe, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from mediator.errors import MediatorError


@dataclass(frozen=True, slots=True)
class Complaint:
    """`message` says what happened, `safe` what is kept, `next` what to do; `where` names the place, if any."""

    code: str
    message: str
    where: str
    safe: str
    next: str


def complain(error: MediatorError) -> Complaint:
    """The sentence for an error; an unknown code gets a sentence that names the code."""
    raise NotImplementedError
