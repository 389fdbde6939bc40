"""Unlock the vault a command names, and lock it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.places import default_vault
from mediator.commands.program import Call
from mediator.commands.secrets_in import password

if TYPE_CHECKING:
    from mediator.casework.desk import Desk, Workshop
    from mediator.core.lint import Finding


def place_of(call: Call) -> Path:
    """The vault's folder."""
    return Path(call.options.vault) if call.options.vault else default_vault()


@contextmanager
def at_desk(call: Call, *, workshop: Workshop | None = None, secret: str | None = None) -> Iterator[Desk]:
    """An unlocked vault, locked again at the end; `secret` is a password that was read before."""
    from mediator.casework import opening

    typed = password(call) if secret is None else secret
    desk = opening.unlock(workshop or call.workshop, place_of(call), call.options.user, typed)
    try:
        yield desk
    finally:
        opening.lock(desk)


def telling(call: Call) -> Workshop:
    """A workshop whose deeds say on standard error which characters they took out of a text."""

    def heard(findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            call.say(f"{finding.place}：{finding.message}")

    return replace(call.workshop, heard=heard)
