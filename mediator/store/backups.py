"""Verified backups, and the way back: a restored vault is a new desk (sync-design 8)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from mediator.crypto import slots
from mediator.crypto.keyfile import KeyFile
from mediator.crypto.passwords import Policy
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import VaultKeys
from mediator.errors import RefusedByRule, Unacceptable, WorldFailed
from mediator.journal.entry import NO_HASH, Draft
from mediator.journal.streams import desk_stream
from mediator.store.appending import Ledger
from mediator.store.beginning import DATABASE, beginning, exists
from mediator.store.checking import check_file
from mediator.store.driver import Connection, transaction, unless_done
from mediator.store.files import sync_folder, written
from mediator.store.founding import new_desk
from mediator.store.head import write_head
from mediator.store.keyfiles import read_copies, read_keys, write_keys
from mediator.store.opening import make_database, open_database, refuse_foreign
from mediator.store.places import refuse_place
from mediator.store.tapes import FOLDER, copy_tapes
from mediator.store.thread import told
from mediator.store.unlocking import DESK_KEYS, Ground, open_vault
from mediator.store.vault import Vault

PAGES_A_STEP: Final = 2000
# A backup may hold what was lawfully erased since: until the county's list was read it shows and sends nothing.
ERASURE_LIST: Final = "erasure_list"
WANTED: Final = "wanted"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """Where the backup lies, how many entries it holds, and that it was opened and checked."""

    folder: Path
    entries: int
    verified: bool


def backup(vault: Vault, out: Path, *, stamp: str, policy: Policy) -> BackupReport:
    """Copy the vault into `out/<stamp>` under the same keys, open the copy and check it fully.

    Raises WorldFailed `backup.failed`, Unacceptable `backup.damaged` (nothing is left behind) and RefusedByRule
    `backup.exists`.
    """
    folder = out / f"mediator-backup-{stamp}"
    part = out / f"{folder.name}.{vault.id[:8]}.part"
    if folder.exists():
        raise RefusedByRule("backup.exists")
    try:
        with unless_done(partial(shutil.rmtree, part, ignore_errors=True)):
            sweep(out, vault)
            part.mkdir(parents=True, mode=0o700)
            entries = vault.on_thread(lambda ledger: copy_checked(ledger, part, vault.keys))
            write_keys(part, read_keys(vault.folder, policy=policy))
            copy_tapes(vault.folder / FOLDER, part / FOLDER)
            part.rename(folder)
            sync_folder(out)
    except (OSError, WorldFailed) as error:
        raise WorldFailed("backup.failed") from error
    return BackupReport(folder, entries, verified=True)


def sweep(out: Path, vault: Vault) -> None:
    """Clear away what a killed backup of this vault left; the vault is ours alone, so none of it is being written."""
    for left in out.glob(f"mediator-backup-*.{vault.id[:8]}.part"):
        shutil.rmtree(left, ignore_errors=True)


def copy_checked(ledger: Ledger, part: Path, keys: VaultKeys) -> int:
    """On the owner thread: page-wise copy into a file of the same key with its head, and a full check; its entries."""
    target = make_database(part / DATABASE, keys.db)
    try:
        ledger.connection.backup(target, pages=PAGES_A_STEP)
    finally:
        target.close()  # the last connection brings everything into the one file
    report = check_file(part / DATABASE, ledger, keys.db, full=True)
    if not report.ok:
        raise Unacceptable("backup.damaged")
    write_head(part, ledger.top, keys)
    return report.entries


def restore(
    source: Path, folder: Path, *, login: str | None, password: str, ground: Ground, first: Callable[[Vault], None]
) -> Vault:
    """Bring a backup back into a new folder as a new desk, which says whom it succeeds and after which entry.

    `first` writes what no vault may be without. Killed anywhere there is no vault, never one with the old desk.
    """
    refuse_place(ground.trouble(folder))
    if exists(folder):
        raise RefusedByRule("vault.exists")
    refuse_foreign(source / DATABASE)
    file, keys = slots.unlock_newest(read_copies(source, policy=ground.policy), login, password)
    with unless_done(keys.close), beginning(folder) as lock:
        before = told(lambda: brought_in(source, folder, file, keys))
        vault = open_vault(folder, keys, lock=lock, login=file.slot_of(login).login, ground=ground)
        with unless_done(vault.close):
            draft = Draft(
                desk_stream(vault.desk), "desk.succeeds", before.told(), {}, ground.now(),
                vault.user.id or None,
            )  # fmt: skip
            vault.append([draft])
            first(vault)
    return vault


def brought_in(source: Path, folder: Path, file: KeyFile, keys: VaultKeys) -> FormerLife:
    """Copy the database, with the log beside it if somebody copied a vault by hand, and make it a new desk's."""
    for end in ("", "-wal"):
        if (source / f"{DATABASE}{end}").is_file():
            with written(folder / f"{DATABASE}{end}"):
                shutil.copyfile(source / f"{DATABASE}{end}", folder / f"{DATABASE}{end}")
    copy_tapes(source / FOLDER, folder / FOLDER)
    write_keys(folder, file)
    write_head(folder, (0, NO_HASH), keys)
    return become_new_desk(folder / DATABASE, keys)


@dataclass(frozen=True, slots=True)
class FormerLife:
    """The desk whose backup a vault came from: its last entry there, and its public keys.

    The county may never have heard of it, and yet take from this vault what it wrote.
    """

    desk: str
    last: int
    keys: DeskKeys

    def told(self) -> dict[str, object]:
        """The body of `desk.succeeds`."""
        sign, seal = self.keys.sign_public.hex(), self.keys.seal_public.hex()
        return {"old": self.desk, "last": self.last, "sign": sign, "seal": seal}


def become_new_desk(path: Path, keys: VaultKeys) -> FormerLife:
    """Give the copied database a new desk; answers whose it was."""
    connection = open_database(path, keys.db)
    try:
        row = connection.execute("SELECT value FROM setting WHERE name = 'desk'").fetchone()
        wrapped = connection.execute("SELECT value FROM secret WHERE name = 'desk_keys'").fetchone()
        if row is None or wrapped is None:
            raise Unacceptable("vault.damaged")
        old, own = str(row[0]), DeskKeys.from_secret(keys.unwrap(wrapped[0], purpose=DESK_KEYS))
        last = connection.execute(
            "SELECT ifnull(max(n), 0) FROM journal WHERE desk = ?", (bytes.fromhex(old),)
        ).fetchone()[0]
        new_desk(connection, keys, {"succeeds": old, ERASURE_LIST: WANTED if joined(connection) else ""})
        with transaction(connection):
            for table in ("outgoing", "load", "load_file", "cursor", "receipt", "block"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  constant names
            connection.execute("DELETE FROM secret WHERE name IN ('card', 'enrolling')")
            connection.execute("UPDATE blob SET safe = 0, lacked = NULL, held = NULL")
            connection.execute("DELETE FROM setting WHERE name IN ('seat', 'room_short', 'county_takes_pieces')")
    finally:
        connection.close()
    return FormerLife(old, int(last), own)


def joined(connection: Connection) -> bool:
    """True when the backup's vault belonged to a county, or was a backup itself that has not asked one yet."""
    card = connection.execute("SELECT count(*) FROM secret WHERE name = 'card'").fetchone()[0]
    asking = connection.execute("SELECT value FROM setting WHERE name = ?", (ERASURE_LIST,)).fetchone()
    return bool(card) or asking == (WANTED,)
