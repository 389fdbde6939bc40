"""Is the vault whole? Every check, on a fresh connection, so that one bad page does not hide the others (T27, T64)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mediator.crypto.signing import verify
from mediator.errors import MediatorError
from mediator.journal.entry import NO_HASH, DeskId, Entry, StreamId
from mediator.journal.fold import CASE, StreamLog
from mediator.journal.framing import read_entry, verify_entry
from mediator.store.appending import Ledger
from mediator.store.driver import Connection, translated
from mediator.store.opening import open_database
from mediator.store.searching import SEARCHED
from mediator.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: a stable code and where, never content."""

    code: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Outcome of a check; `entries` were looked at."""

    ok: bool
    entries: int
    findings: tuple[Finding, ...]


def check(vault: Vault, *, full: bool) -> CheckReport:
    """Quick: pages and structure. Full: also every commitment, author signature, folded row and search row."""

    def work(ledger: Ledger) -> CheckReport:
        with translated():
            ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return check_file(vault.folder / "vault.db", ledger, vault.keys.db, full=full)

    report = vault.on_thread(work)
    assert isinstance(report, CheckReport)
    return report


def check_file(path: Path, ledger: Ledger, key: bytearray, *, full: bool) -> CheckReport:
    """Check the database file on a connection of its own."""
    connection = open_database(path, key)
    try:
        findings = list(check_pages(connection, path))
        count = int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
        if full:
            findings += check_entries(connection, ledger)
            findings += check_folded(connection)
        return CheckReport(not findings, count, tuple(findings))
    finally:
        connection.close()


def check_pages(connection: Connection, path: Path) -> Iterable[Finding]:
    """Page MACs, structure, and the file's length against its own header."""
    with translated():
        for (text,) in connection.execute("PRAGMA cipher_integrity_check"):
            yield Finding("check.page", str(text)[:60])
        for (text,) in connection.execute("PRAGMA quick_check"):
            if text != "ok":
                yield Finding("check.structure", "")
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        size = int(connection.execute("PRAGMA page_size").fetchone()[0])  # the cipher answers in text
    if path.stat().st_size != pages * size:
        yield Finding("check.length", "")


def check_entries(connection: Connection, ledger: Ledger) -> list[Finding]:
    """Chain of each desk, commitment and canonical form of each entry, own signatures."""
    findings: list[Finding] = []
    previous: dict[DeskId, Entry] = {}
    public = ledger.keys.sign_public
    keys = author_keys(connection) | {ledger.desk: public}
    for desk, n, data in connection.execute("SELECT desk, n, bytes FROM journal ORDER BY desk, n"):
        where = f"{desk.hex()}:{n}"
        try:
            entry = read_entry(data)
            if entry.desk in keys:
                verify_entry(entry, partial(verify, keys[entry.desk]))
        except MediatorError as error:
            findings.append(Finding(error.code, where))
            continue
        before = previous.get(entry.desk)
        if entry.desk == ledger.desk or (before and before.n == n - 1):
            expected = before.hash if before else NO_HASH
            if entry.head.p != expected or (entry.desk == ledger.desk and n != (before.n + 1 if before else 1)):
                findings.append(Finding("check.chain", where))
        previous[entry.desk] = entry
    return findings


def author_keys(connection: Connection) -> dict[DeskId, bytes]:
    """Public keys of other desks, from the center's `desk.enrolled` entries."""
    found: dict[DeskId, bytes] = {}
    for (data,) in connection.execute("SELECT bytes FROM journal WHERE kind = 'desk.enrolled'"):
        body = read_entry(data).content()
        desk, key = body.get("desk"), body.get("sign")
        if isinstance(desk, str) and isinstance(key, str):
            found[DeskId(desk)] = bytes.fromhex(key)
    return found


def check_folded(connection: Connection) -> list[Finding]:
    """Rows and search texts against a fresh fold of the journal."""
    findings = []
    for (stream,) in connection.execute("SELECT DISTINCT stream FROM journal").fetchall():
        log = StreamLog()
        log.add(
            read_entry(row[0]) for row in connection.execute("SELECT bytes FROM journal WHERE stream = ?", (stream,))
        )
        if CASE in log.state.items and not row_agrees(connection, StreamId(stream.hex()), log):
            findings.append(Finding("check.folded", stream.hex()))
    return findings


def row_agrees(connection: Connection, stream: StreamId, log: StreamLog) -> bool:
    """True when the list's row and the search texts are those of the fold."""
    row = connection.execute("SELECT number, title FROM case_row WHERE id = ?", (stream,)).fetchone()
    fields = log.state.items[CASE].fields
    shown = tuple(str(fields[name][0].value) if fields.get(name) else "" for name in ("number", "title"))
    texts = connection.execute("SELECT count(*) FROM text WHERE case_id = ?", (stream,)).fetchone()[0]
    wanted = sum(
        1
        for item in log.state.items.values()
        for name in SEARCHED.get(item.kind, ())
        for value in {write.value for write in item.fields.get(name, ()) if isinstance(write.value, str)}
        if value
    )
    return row is not None and tuple(row) == shown and texts == wanted
