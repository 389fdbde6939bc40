"""The error tree; every room may import it and it imports nothing.

    MediatorError
    ├── RefusedByRule    1  a rule of the field says no: lint, deadline, role, state
    ├── NoAccess         3  wrong password, locked, or no right
    ├── Unacceptable     4  damaged or unacceptable input, vault, bundle, template; nothing was changed
    ├── NeedsPerson      5  done, but a person has to look: conflict, duplicate, quarantine
    ├── WorldFailed      6  disk full, no network, stick gone; nothing is lost, try again
    └── Bug              70 we broke a promise to ourselves

An error carries a stable code (`vault.wrong_password`, `case.schema`, `bundle.signature`) and plain values.
It never carries prose or case content: the sentence a person reads is looked up by code in
`mediator.casework.complaints`, so logs and traces stay free of names and numbers of parties.
"""

from __future__ import annotations

from typing import ClassVar


class MediatorError(Exception):
    """Root of all errors; `code` is stable, `where` names a place (a field, a file name), `facts` fill the sentence."""

    exit_code: ClassVar[int] = 70

    def __init__(self, code: str, *, where: str = "", **facts: str | int) -> None:
        """Remember code, place and facts; facts are counts, ids, limits and names of fields, never case content."""
        super().__init__(code)
        self.code = code
        self.where = where
        self.facts: dict[str, str | int] = facts


class RefusedByRule(MediatorError):
    """A rule of the field refuses the deed; `facts` may name the rule (V09, L05)."""

    exit_code = 1


class NoAccess(MediatorError):
    """Wrong password, locked vault, revoked desk, or a role without the right."""

    exit_code = 3


class Unacceptable(MediatorError):
    """Input, vault, bundle or template is damaged or breaks its format; the state is as before."""

    exit_code = 4


class NeedsPerson(MediatorError):
    """The deed is done, and something waits for a person's decision."""

    exit_code = 5


class WorldFailed(MediatorError):
    """The surroundings failed; what was acknowledged is kept and the deed may be repeated."""

    exit_code = 6


class Bug(MediatorError):
    """A promise inside the program was broken; shown as such, with its code."""
