"""Unlock the vault a command names, and lock it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.failures import understood
from mediator.commands.places import default_vault
from mediator.commands.program import Call
from mediator.commands.secrets_in import password
from mediator.errors import WorldFailed

if TYPE_CHECKING:
    from mediator.casework.desk import Desk, Workshop
    from mediator.core.lint import Finding


def place_of(call: Call) -> Path:
    """The vault's folder."""
    return Path(call.options.vault) if call.options.vault else default_vault()


@contextmanager
def at_desk(
    call: Call, *, workshop: Workshop | None = None, secret: str | None = None, unlisted: bool = False
) -> Iterator[Desk]:  # fmt: skip
    """An unlocked vault, locked again at the end; `secret` is a password that was read before.

    `unlisted` is for the commands that bring a backup that came back to where it may show itself.
    """
    from mediator.casework import opening

    typed, place = password(call) if secret is None else secret, place_of(call)
    desk = opening.unlock(workshop or call.workshop, place, call.options.user, typed, unlisted=unlisted)
    with held(call, desk):
        yield desk


@contextmanager
def held(call: Call, desk: Desk) -> Iterator[Desk]:
    """A desk that is closed at the end, whatever happens."""
    try:
        yield desk
    finally:
        close(call, desk)


def close(call: Call, desk: Desk) -> None:
    """Lock the vault. What was done is durable before that, so a disk that is full by now is told and no failure."""
    from mediator.casework import opening
    from mediator.casework.complaints import sentence

    try:
        opening.lock(desk)
    except (OSError, WorldFailed) as error:
        call.say(sentence(understood(error)[0]))


def telling(call: Call) -> Workshop:
    """A workshop whose deeds say on standard error which characters they took out of a text."""

    def heard(findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            call.say(f"{finding.place}：{finding.message}")

    return replace(call.workshop, heard=heard)
