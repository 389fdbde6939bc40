"""The vault's door: make, unlock, lock, recover, its users, backups and checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk, Workshop

if TYPE_CHECKING:
    from mediator.store.reports import BackupReport, CheckReport
    from mediator.store.vault import VaultUser


@dataclass(frozen=True, slots=True)
class RoomForm:
    """Who sits here: the committee as printed, its division code (6, 9 or 12 digits), the first user."""

    organization: str
    division: str
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, open; `recovery_code` is 48 digits in groups of 6 and is shown this once."""

    vault_id: str
    recovery_code: str
    desk: Desk


def vault_exists(place: Path) -> bool:
    """True when a vault lies in this folder."""
    raise NotImplementedError


def logins(place: Path) -> tuple[str, ...]:
    """Logins that may open the vault, readable without a password."""
    raise NotImplementedError


def create(workshop: Workshop, place: Path, form: RoomForm, password: str) -> Created:
    """Make a vault and open it. Raises Unacceptable `password.weak` with the reasons, `vault.exists`."""
    raise NotImplementedError


def confirm_recovery_code(desk: Desk, typed: str) -> bool:
    """True when the code typed back is the one given out; the vault remembers that it was confirmed."""
    raise NotImplementedError


def unlock(workshop: Workshop, place: Path, login: str | None, password: str) -> Desk:
    """Open the vault; without login the only user. Raises NoAccess `vault.wrong_password`, `vault.locked_by_other`."""
    raise NotImplementedError


def lock(desk: Desk) -> None:
    """Close the vault and wipe its keys; waits for the running write."""
    raise NotImplementedError


def recover(workshop: Workshop, place: Path, code: str, new_password: str) -> None:
    """Set a new password for the first user with the recovery code."""
    raise NotImplementedError


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change this user's password."""
    raise NotImplementedError


def users(desk: Desk) -> tuple[VaultUser, ...]:
    """Everybody who may open this vault."""
    raise NotImplementedError


def add_user(desk: Desk, *, login: str, name: str, password: str) -> VaultUser:
    """A further user with an own key slot."""
    raise NotImplementedError


def remove_user(desk: Desk, login: str) -> None:
    """Take a user's key slot away; the last one stays."""
    raise NotImplementedError


def backup(desk: Desk, out: Path) -> BackupReport:
    """A verified backup in a new folder under `out`."""
    raise NotImplementedError


def restore(workshop: Workshop, source: Path, place: Path, *, login: str | None, password: str) -> Desk:
    """A new vault from a backup; it gets a new desk id, so its numbers never clash with the old desk's."""
    raise NotImplementedError


def check(desk: Desk, *, full: bool) -> CheckReport:
    """Every integrity check; `full` verifies every author's signature too."""
    raise NotImplementedError
