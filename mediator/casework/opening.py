"""The vault's door: make, unlock, lock, recover, its users, backups and checks."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from mediator.casework import attempts
from mediator.casework.desk import BEIJING, Desk, Workshop, milliseconds
from mediator.casework.drafting import trace
from mediator.casework.files_out import sweep
from mediator.casework.guards import real_room
from mediator.casework.texts import Cleaner
from mediator.core.dates import chinese_moment
from mediator.errors import NoAccess, RefusedByRule, Unacceptable, WorldFailed
from mediator.store import backups, beginning, checking, erasing, founding, keydeeds, unlocking
from mediator.store import vault as vaults
from mediator.store.driver import unless_done
from mediator.store.founding import NewVault
from mediator.store.unlocking import Ground
from mediator.store.vault import Vault

BackupReport = backups.BackupReport
CheckReport = checking.CheckReport
VaultUser = vaults.VaultUser
DIVISION: Final = re.compile(r"[0-9]{6}([0-9]{3}){0,2}")
LOGIN: Final = re.compile(r"[^\s:/\\]{1,64}")
CODE_CHECK: Final = "recovery_check"
CONFIRMED: Final = "recovery_confirmed"
KEYS: Final = "keys_traced"
ERASURE_LIST: Final = backups.ERASURE_LIST
WANTED: Final = backups.WANTED
READ: Final = "read"


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
    recovery_code: str = field(repr=False)
    desk: Desk


def vault_exists(place: Path) -> bool:
    """True when a vault lies in this folder."""
    return beginning.exists(place)


def logins(workshop: Workshop, place: Path) -> tuple[str, ...]:
    """Logins that may open the vault, readable without a password."""
    return keydeeds.logins(place, policy=_ground(workshop).policy)


def _ground(workshop: Workshop) -> Ground:
    """What the store is handed."""
    return workshop.ground(workshop.clock)


def checked_form(form: RoomForm) -> RoomForm:
    """The form, cleaned; raises Unacceptable `room.organization`, `room.division`, `room.login`, `room.name`."""
    cleaner = Cleaner()
    clean = RoomForm(*(cleaner.clean(getattr(form, name), name).strip() for name in form.__slots__))
    if not clean.organization or len(clean.organization) > 200:
        raise Unacceptable("room.organization", where="organization")
    if not DIVISION.fullmatch(clean.division):
        raise Unacceptable("room.division", where="division")
    if not LOGIN.fullmatch(clean.login):
        raise Unacceptable("room.login", where="login")
    if not clean.name or len(clean.name) > 100:
        raise Unacceptable("room.name", where="name")
    return clean


def create(workshop: Workshop, place: Path, form: RoomForm, password: str, *, kind: str = "") -> Created:
    """Make a vault and open it. Raises RefusedByRule `vault.exists`, `password.*`, Unacceptable `room.*`.

    `kind` is `desk.PRACTICE` for a practice room; nothing changes it later.
    """
    clean = checked_form(form)
    new = NewVault(clean.organization, clean.division, clean.login, clean.name, kind)

    def first(made: founding.Created) -> None:
        desk = Desk(made.vault, workshop)
        born = founding.birth(made.vault, wall=desk.now_ms())
        made.vault.append([born, trace(desk, "access.login", login=clean.login)])
        made.vault.keep_setting(CODE_CHECK, code_check(made.recovery_code))
        remember_keys(desk)

    made = founding.create(place, new, password=password, ground=_ground(workshop), first=first)
    return Created(made.vault.id, made.recovery_code, Desk(made.vault, workshop))


def code_check(code: str) -> str:
    """What the vault keeps of a recovery code until it is typed back; 128 random bits need no slow hash."""
    digits = "".join(char for char in code if char.isdecimal())
    return hashlib.sha256(b"mediator/recovery-check/1\x00" + digits.encode()).hexdigest()


def confirm_recovery_code(desk: Desk, typed: str) -> bool:
    """True when the code typed back is the one given out; the vault remembers that it was confirmed."""
    if desk.vault.setting(CODE_CHECK) != code_check(typed):
        return False
    desk.vault.keep_setting(CONFIRMED, desk.today().isoformat())
    return True


def recovery_confirmed(desk: Desk) -> bool:
    """True once the code of the recovery sheet was typed back."""
    return bool(desk.vault.setting(CONFIRMED))


def unlock(
    workshop: Workshop, place: Path, login: str | None, password: str, *, unlisted: bool = False
) -> Desk:  # fmt: skip
    """Open the vault; without login the only user. Raises NoAccess `vault.wrong_password`, `vault.locked_by_other`.

    After three wrong passwords in a row the next try waits: NoAccess `vault.wait` with the `seconds` left (T09).
    A backup that came back opens only for who asks for it `unlisted`, to read the county's erasures or to waive them:
    NoAccess `vault.erasure_list`.
    """
    if not beginning.exists(place):
        raise NoAccess("vault.none", where=str(place))
    who, now = login or "".join(logins(workshop, place)[:1]), milliseconds(workshop.clock.now())
    refuse_waiting(place, who, now)
    try:
        vault = unlocking.unlock(place, login=login, password=password, ground=_ground(workshop))
    except NoAccess as error:
        if error.code == "vault.wrong_password":
            attempts.missed(place, who, now)
        raise named(error) from None
    return _at_desk(vault, workshop, missed=attempts.forgiven(place, who), unlisted=unlisted)


def refuse_waiting(place: Path, login: str, now: int) -> None:
    """Raise NoAccess `vault.wait` while this login has to wait for its next try."""
    if left := attempts.seconds_left(place, login, now):
        raise NoAccess("vault.wait", seconds=left)


def second_person(desk: Desk, login: str, password: str) -> str:
    """The login of another user of this vault who typed his password here; wrong ones wait as at the door (T09).

    Raises RefusedByRule `erasure.second_person` for the same user, NoAccess `vault.wrong_password`, `vault.wait`.
    """
    if login == desk.vault.user.login:
        raise RefusedByRule("erasure.second_person")
    place, now = desk.vault.folder, desk.now_ms()
    refuse_waiting(place, login, now)
    try:
        keydeeds.prove(place, login=login, password=password, policy=_ground(desk.workshop).policy)
    except NoAccess as error:
        if error.code == "vault.wrong_password":
            attempts.missed(place, login, now)
        raise
    attempts.forgiven(place, login)
    return login


def listed_state(desk: Desk) -> str:
    """`WANTED` while a backup that came back has not read the county's erasures, `READ` until they are carried out."""
    return desk.vault.setting(ERASURE_LIST) or ""


def named(error: NoAccess) -> NoAccess:
    """A lock that tells its holder, with the moment as people write it."""
    since = error.facts.get("since")
    if error.code != "vault.locked_by_other" or not isinstance(since, int):
        return error
    moment = datetime.fromtimestamp(since / 1000, BEIJING)
    return NoAccess(error.code, fault="named", login=error.facts["login"], since=chinese_moment(moment))


def wait_left(workshop: Workshop, place: Path, login: str) -> int:
    """Seconds until this login may try a password again; 0 when it need not wait."""
    return attempts.seconds_left(place, login, milliseconds(workshop.clock.now()))


def wrong_tries(place: Path, login: str) -> int:
    """Wrong passwords in a row for this login since it was last opened; shown to whoever opens next (T09)."""
    return attempts.tries(place, login)


def _at_desk(vault: Vault, workshop: Workshop, *, missed: int = 0, unlisted: bool = False) -> Desk:
    """Sit down: the login and the wrong passwords before it leave their trace, or nobody sits down."""
    desk = Desk(vault, workshop)
    with unless_done(vault.close):
        if listed_state(desk) and not unlisted:
            raise NoAccess("vault.erasure_list")
        erasing.wash(vault)
        catch_up_on_keys(desk)
        vault.append([trace(desk, "access.login", login=vault.user.login, missed=missed or None)])
        sweep(desk)
    return desk


def password_weaknesses(password: str, *about: str) -> tuple[str, ...]:
    """Sentence codes of what is weak about a password being typed, none when it is good; `about` must not be in it."""
    return tuple(f"password.{each}" for each in keydeeds.weak_points(password, about=about))


def lock(desk: Desk) -> None:
    """Close the vault and wipe its keys; waits for the running write."""
    desk.vault.close()


def recover(workshop: Workshop, place: Path, code: str, new_password: str, *, login: str | None = None) -> str:
    """Set a new password with the recovery code; gives the new code, for the used one is worthless now."""
    if not beginning.exists(place):
        raise NoAccess("vault.none", where=str(place))
    return keydeeds.recover(place, code, login=login, new_password=new_password, policy=_ground(workshop).policy)


def told_after(desk: Desk, kind: str, **body: object) -> None:
    """The trace of a deed on the key file, which is done by now; WorldFailed `vault.untraced` says so if it fails."""
    try:
        desk.vault.append([trace(desk, kind, **body)])
        remember_keys(desk)
    except WorldFailed:
        raise WorldFailed("vault.untraced") from None


def keys_now(desk: Desk) -> str:
    """How often the key file has been changed."""
    return str(keydeeds.changes(desk.vault.folder, policy=_ground(desk.workshop).policy))


def remember_keys(desk: Desk) -> None:
    """The key file as it is now has its trace."""
    desk.vault.keep_setting(KEYS, keys_now(desk))


def catch_up_on_keys(desk: Desk) -> None:
    """A change of the key file whose trace a kill took away, or the recovery code's, gets its trace now (5.4)."""
    known, now = desk.vault.setting(KEYS), keys_now(desk)
    if known not in (None, now):
        desk.vault.append([trace(desk, "audit.keys_changed", changes=int(now))])
    if known != now:
        remember_keys(desk)


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change this user's password; other users' slots stay. RefusedByRule `practice.password`: there it is known."""
    real_room(desk, "practice.password")
    policy = _ground(desk.workshop).policy
    keydeeds.change_password(desk.vault.folder, login=desk.vault.user.login, old=old, new=new, policy=policy)
    told_after(desk, "audit.password_changed", login=desk.vault.user.login)


def users(desk: Desk) -> tuple[VaultUser, ...]:
    """Everybody who may open this vault."""
    found = keydeeds.logins(desk.vault.folder, policy=_ground(desk.workshop).policy)
    return tuple(_user(desk, login) for login in found)


def _user(desk: Desk, login: str) -> VaultUser:
    """A user as the vault's settings name him."""
    setting = desk.vault.setting
    return VaultUser(setting(f"user:{login}") or "", login, setting(f"name:{login}") or login)


def add_user(desk: Desk, *, login: str, name: str, password: str, own_password: str) -> VaultUser:
    """A further user with an own key slot; whoever lets him in types his own password again."""
    form = checked_form(RoomForm("-", "000000", login, name))
    opener = (desk.vault.user.login, own_password)
    policy = _ground(desk.workshop).policy
    keydeeds.add_user(desk.vault.folder, opener=opener, login=form.login, password=password, policy=policy)
    desk.vault.keep_setting(f"user:{form.login}", desk.fresh_id())
    desk.vault.keep_setting(f"name:{form.login}", form.name)
    told_after(desk, "audit.user_added", login=form.login)
    return _user(desk, form.login)


def remove_user(desk: Desk, login: str) -> None:
    """Take a user's key slot away. Raises RefusedByRule `vault.last_user`, Unacceptable `vault.no_user`."""
    if login not in {user.login for user in users(desk)}:
        raise Unacceptable("vault.no_user", where=login[:64])
    keydeeds.remove_user(desk.vault, login, policy=_ground(desk.workshop).policy)
    told_after(desk, "audit.user_removed", login=login)


def backup(desk: Desk, out: Path) -> BackupReport:
    """A verified backup in a new folder under `out`; the workbench shows when the last one was made.

    Raises RefusedByRule `practice.backup` in a practice room, which is made anew instead.
    """
    real_room(desk, "practice.backup")
    now = desk.workshop.clock.now()
    report = backups.backup(
        desk.vault, out, stamp=now.strftime("%Y%m%d-%H%M%S-%f"), policy=_ground(desk.workshop).policy
    )
    desk.vault.keep_setting("last_backup", now.isoformat())
    desk.vault.append([trace(desk, "audit.backup", entries=report.entries)])
    return report


def last_backup(desk: Desk) -> datetime | None:
    """When the last verified backup was made on this desk."""
    told = desk.vault.setting("last_backup")
    return datetime.fromisoformat(told) if told else None


def restore(workshop: Workshop, source: Path, place: Path, *, login: str | None, password: str) -> Desk:
    """A new vault from a backup; it gets a new desk id, so its numbers never clash with the old desk's.

    Raises RefusedByRule `practice.restore` when what lies there is a practice room; nothing is left behind.
    """
    if not beginning.exists(source):
        raise Unacceptable("backup.none", where=str(source))

    def first(vault: Vault) -> None:
        desk = Desk(vault, workshop)
        real_room(desk, "practice.restore")
        vault.append([founding.birth(vault, wall=desk.now_ms()), trace(desk, "audit.restored")])

    ground = _ground(workshop)
    return Desk(backups.restore(source, place, login=login, password=password, ground=ground, first=first), workshop)


def check(desk: Desk, *, full: bool) -> CheckReport:
    """Every integrity check; `full` verifies every author's signature too."""
    report = checking.check(desk.vault, full=full)
    desk.vault.append([trace(desk, "audit.checked", ok=report.ok, full=full)])
    return report
