"""Verified backups, and the way back: a restored vault is a new desk (sync-design 8)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.crypto import slots
from mediator.crypto.tree import VaultKeys
from mediator.errors import RefusedByRule, Unacceptable, WorldFailed
from mediator.journal.entry import Draft
from mediator.journal.streams import desk_stream
from mediator.store.appending import Ledger
from mediator.store.beginning import DATABASE, beginning, exists
from mediator.store.checking import check_file
from mediator.store.driver import transaction, translated, unless_done
from mediator.store.files import replace_durably, sync_folder
from mediator.store.keyfiles import MAIN, SPARE, read_keys
from mediator.store.opening import open_database
from mediator.store.unlocking import Ground, new_desk, open_vault
from mediator.store.vault import Vault

PAGES_A_STEP: Final = 2000


@dataclass(frozen=True, slots=True)
class BackupReport:
    """Where the backup lies, how many entries it holds, and that it was opened and checked."""

    folder: Path
    entries: int
    verified: bool


def backup(vault: Vault, out: Path, *, stamp: str) -> BackupReport:
    """Copy the vault into `out/<stamp>` under the same keys, open the copy and check it fully.

    Raises WorldFailed `backup.failed` (nothing is left behind) and RefusedByRule `backup.exists`.
    """
    folder = out / f"mediator-backup-{stamp}"
    if folder.exists():
        raise RefusedByRule("backup.exists")
    part = out / f"{folder.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        report = vault.on_thread(lambda ledger: copy_checked(vault, ledger, part))
        assert isinstance(report, BackupReport)
        for name in (MAIN, SPARE):
            replace_durably(part / name, (vault.folder / name).read_bytes())
        part.rename(folder)
        sync_folder(out)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise WorldFailed("backup.failed") from None
    return BackupReport(folder, report.entries, report.verified)


def copy_checked(vault: Vault, ledger: Ledger, part: Path) -> BackupReport:
    """On the owner thread: page-wise copy into a file of the same key, then a full check of the copy."""
    with translated():
        target = open_database(part / DATABASE, vault.keys.db)
        try:
            ledger.connection.backup(target, pages=PAGES_A_STEP)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            target.close()
    report = check_file(part / DATABASE, ledger, vault.keys.db, full=True)
    if not report.ok:
        raise Unacceptable("backup.damaged")
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (part / name).unlink(missing_ok=True)
    return BackupReport(part, report.entries, True)


def restore(
    source: Path, folder: Path, *, login: str | None, password: str, ground: Ground, first: Callable[[Vault], None]
) -> Vault:
    """Bring a backup back into a new folder as a new desk, which says whom it succeeds and after which entry.

    `first` writes what no vault may be without. Killed anywhere there is no vault, never one with the old desk.
    """
    if exists(folder):
        raise RefusedByRule("vault.exists")
    file = read_keys(source, policy=ground.policy)
    keys = slots.unlock(file, login, password)
    with beginning(folder) as lock:
        shutil.copyfile(source / DATABASE, folder / DATABASE)
        for name in (SPARE, MAIN):
            replace_durably(folder / name, (source / name).read_bytes())
        old = become_new_desk(folder, keys.db, keys)
        vault = open_vault(folder, keys, lock=lock, login=file.slot_of(login).login, ground=ground)
        body = {"old": old[0], "last": old[1]}
        with unless_done(vault.close):
            stream = desk_stream(vault.desk)
            vault.append([Draft(stream, "desk.succeeds", body, {}, ground.now(), vault.user.id or None)])
            first(vault)
    return vault


def become_new_desk(folder: Path, key: bytearray, keys: VaultKeys) -> tuple[str, int]:
    """Give the copied database a new desk; answers the old desk and its last entry."""
    connection = open_database(folder / DATABASE, key)
    try:
        old = connection.execute("SELECT value FROM setting WHERE name = 'desk'").fetchone()[0]
        last = connection.execute(
            "SELECT ifnull(max(n), 0) FROM journal WHERE desk = ?", (bytes.fromhex(old),)
        ).fetchone()[0]
        new_desk(connection, keys, {"succeeds": old})
        with transaction(connection):
            for table in ("outgoing", "cursor", "receipt", "block"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  constant names
            connection.execute("DELETE FROM secret WHERE name IN ('card', 'enrolling')")
            connection.execute("DELETE FROM setting WHERE name IN ('seat', 'room_short')")
    finally:
        connection.close()
    return old, last
