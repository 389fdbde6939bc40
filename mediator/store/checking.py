"""Is the vault whole? Each part on its own connection, so that one bad page does not hide the others (T27, T64)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from mediator.core.deadlines import every_deadline
from mediator.core.records import CaseId
from mediator.crypto.signing import verify
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Entry
from mediator.journal.fold import CASE, StreamLog
from mediator.journal.framing import read_entry, verify_entry
from mediator.journal.records import case_of
from mediator.store import counting, doomed, dues, likening, listing, searching
from mediator.store.appending import Ledger
from mediator.store.authors import author_keys
from mediator.store.beginning import DATABASE
from mediator.store.driver import Connection, translated
from mediator.store.opening import open_database
from mediator.store.tapes import scan, tape_path
from mediator.store.township import opened
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


Part = Callable[[Connection, Ledger], Iterable[Finding]]


def check(vault: Vault, *, full: bool) -> CheckReport:
    """Quick: pages, structure, length. Full: also every entry, signature, paper, folded row and search text.

    Raises WorldFailed when the log cannot be brought into the file first: half of it would look like damage.
    """

    def work(ledger: Ledger) -> CheckReport:
        with suppress(Unacceptable), translated():  # what hinders it is damage, and the check below names it
            ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        report = check_file(vault.folder / DATABASE, ledger, vault.keys.db, full=full)
        beside = () if ledger.head_found else (Finding("check.head"),)
        found = (*report.findings, *beside, *(check_recordings(vault.folder, vault.keys.db, ledger) if full else ()))
        return CheckReport(not found, report.entries, found)

    return vault.on_thread(work)


def check_recordings(folder: Path, key: bytearray, ledger: Ledger) -> Iterator[Finding]:
    """Each recording's file reaches the digest that its entry pins; one of another desk may not be here.

    One whose key was erased is not here either, nor one that the county keeps.
    """
    ends, keys, kept = list[Entry](), list[Entry](), set[str]()
    with suppress(MediatorError), connected(folder / DATABASE, key) as connection:  # damage was named by its own part
        ends, keys = (
            [
                opened(connection, read_entry(row[0]))
                for row in connection.execute("SELECT bytes FROM journal WHERE kind = ?", (kind,)).fetchall()
            ]
            for kind in ("recording.ended", "recording.keyed")
        )
        kept = {ref for (ref,) in connection.execute("SELECT ref FROM blob WHERE safe > 0")}
    keyed = {entry.content().get("id") for entry in keys}
    for entry in ends:
        content = entry.content()
        heard = content.get("chunks") and content["id"] in keyed
        if heard and not reaches(folder, content, ours=entry.desk == ledger.desk and content["id"] not in kept):
            yield Finding("check.recording", str(content["id"]))


def reaches(folder: Path, content: Mapping[str, object], *, ours: bool) -> bool:
    """True when the file of a recording is the one that was pinned, or another desk's and not here."""
    try:
        return scan(tape_path(folder, str(content["id"]))).digest == content["digest"]
    except MediatorError as error:
        return error.code == "recording.not_here" and not ours


def check_file(path: Path, ledger: Ledger, key: bytearray, *, full: bool) -> CheckReport:
    """Check a database file that nobody writes meanwhile; `ledger` tells whose it is and how far it must go."""
    findings = [found for name in (FULL if full else QUICK) for found in examined(path, key, ledger, name)]
    return CheckReport(not findings, entry_count(path, key), tuple(findings))


def examined(path: Path, key: bytearray, ledger: Ledger, name: str) -> list[Finding]:
    """What one part finds on a fresh connection; a part that cannot be read is a finding itself."""
    findings: list[Finding] = []
    try:
        with connected(path, key) as connection:
            findings.extend(PARTS[name](connection, ledger))
    except MediatorError as error:
        findings.append(Finding("check.damaged", f"{name} {error.code}"))
    return findings


def entry_count(path: Path, key: bytearray) -> int:
    """How many entries the journal holds, 0 when it cannot be read."""
    with suppress(MediatorError), connected(path, key) as connection:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    return 0


@contextmanager
def connected(path: Path, key: bytearray) -> Iterator[Connection]:
    """A connection for one part of the check; its errors are ours."""
    connection = open_database(path, key)
    try:
        with translated():
            yield connection
    finally:
        connection.close()


def check_pages(connection: Connection, _ledger: Ledger) -> Iterator[Finding]:
    """The MAC of every page."""
    for (text,) in connection.execute("PRAGMA cipher_integrity_check"):
        yield Finding("check.page", str(text)[:60])


def check_length(connection: Connection, _ledger: Ledger) -> Iterator[Finding]:
    """The file's length against its own header: page MACs say nothing of pages that are gone or too many."""
    pages, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    if path.stat().st_size != pages * size:
        yield Finding("check.length")


def check_structure(connection: Connection, _ledger: Ledger, *, pragma: str) -> Iterator[Finding]:
    """Trees and, in the full check, every index against its table; the search index checks itself."""
    for (text,) in connection.execute(f"PRAGMA {pragma}"):
        if text != "ok":
            yield Finding("check.structure", str(text)[:60])


def check_entries(connection: Connection, ledger: Ledger) -> Iterator[Finding]:
    """Columns, canonical form, commitment and author's signature of each entry, the chain of each desk, our own top."""
    before: Entry | None = None
    keys, last = author_keys(connection) | {ledger.desk: ledger.keys.sign_public}, (0, NO_HASH)
    for row in connection.execute("SELECT desk, n, stream, kind, hash, bytes FROM journal ORDER BY desk, n"):
        where = f"{row[0].hex()}:{row[1]}"
        try:
            entry = proved(row, keys)
        except MediatorError as error:
            yield Finding(error.code, where)
            continue
        if not follows(entry, before, ours=entry.desk == ledger.desk):
            yield Finding("check.chain", where)
        if entry.erased and entry.desk == ledger.desk and not doomed.is_lawful(connection, entry):
            yield Finding("check.erased", where)
        before = entry
        last = (entry.n, entry.hash) if entry.desk == ledger.desk else last
    if last != ledger.top:
        yield Finding("check.chain", f"{ledger.desk}:{ledger.top[0]}")


def proved(row: tuple[bytes, int, bytes, str, bytes, bytes], keys: dict[DeskId, bytes]) -> Entry:
    """The entry of a row; raises Unacceptable `check.entry` when the columns name another one, or what is wrong."""
    entry = read_entry(row[5])
    told = (entry.desk, entry.n, entry.stream, entry.kind, entry.hash)
    if told != (row[0].hex(), row[1], row[2].hex(), row[3], row[4].hex()):
        raise Unacceptable("check.entry")
    if entry.desk in keys:
        verify_entry(entry, partial(verify, keys[entry.desk]))
    return entry


def follows(entry: Entry, before: Entry | None, *, ours: bool) -> bool:
    """True when the chain holds here; of other desks a filtered feed leaves holes, of ours there are none."""
    previous = before if before and before.desk == entry.desk else None
    number, fingerprint = (previous.n, previous.hash) if previous else (0, NO_HASH)
    if entry.n != number + 1:
        return not ours
    return entry.head.p == fingerprint


def check_papers(connection: Connection, _ledger: Ledger) -> Iterator[Finding]:
    """Issued files by their SHA-256, so that none is another than the one its entry names."""
    for digest, data in connection.execute("SELECT sha256, bytes FROM paper"):
        if hashlib.sha256(data).digest() != digest:
            yield Finding("check.paper", digest.hex()[:16])


def check_folded(connection: Connection, ledger: Ledger) -> Iterator[Finding]:
    """List rows and search texts against a fresh fold of the journal."""
    streams = [row[0] for row in connection.execute("SELECT DISTINCT stream FROM journal")]
    for stream in streams:
        log = StreamLog()
        rows = connection.execute("SELECT bytes FROM journal WHERE stream = ?", (stream,))
        log.add(read_entry(row[0]) for row in rows)
        if CASE in log.state.items and not agrees(connection, CaseId(stream.hex()), log, ledger):
            yield Finding("check.folded", stream.hex())


def check_words(connection: Connection, _ledger: Ledger) -> Iterator[Finding]:
    """The search indexes against the texts: the sum over all tokens of how often each stands in how many of them.

    A sum of Python's keyed hashes takes no room, whatever the size of the vault, and differs when any token does.
    """
    wanted = dict.fromkeys(searching.INDEXES, 0)
    for field, body in connection.execute("SELECT field, body FROM text"):
        for name, tokens in searching.indexed(field, body):
            wanted[name] += weight(Counter(tokens.split(" ")))
    for name in searching.INDEXES:
        connection.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab (main, {name}, row)")
        held = connection.execute(f"SELECT term, doc, cnt FROM {name}_words")  # noqa: S608  constant names
        if wanted[name] != sum(hash(term) * doc + hash((term, "times")) * times for term, doc, times in held):
            yield Finding("check.folded", name)


def weight(tokens: Counter[str]) -> int:
    """What one text's tokens add to the sum."""
    return sum(hash(term) + hash((term, "times")) * times for term, times in tokens.items())


def agrees(connection: Connection, case_id: CaseId, log: StreamLog, ledger: Ledger) -> bool:
    """True when the list's row and the search texts are those of the fold; what only time moves is left out."""
    case = case_of(case_id, log.state, waiting=log.waiting)
    wanted = listing.row_values(case, opened=log.entries[0].wall, updated=0, due=None)
    columns = ", ".join(listing.COLUMNS)
    shown = connection.execute(f"SELECT {columns} FROM case_row WHERE id = ?", (case_id,)).fetchone()  # noqa: S608  constant names
    if shown is None or any(shown[place] != wanted[place] for place in listing.LASTING):
        return False
    found = every_deadline(case, calendar=ledger.calendar, rules=ledger.tables.rules)
    if not dues.agrees(connection, case_id, found) or not counting.agrees(connection, case, ledger.tables, found):
        return False
    if not likening.agrees(connection, case, opened=log.entries[0].wall):
        return False
    return searching.kept(connection, case_id) == sorted(searching.all_texts(log.state))


PARTS: Final[dict[str, Part]] = {
    "pages": check_pages,
    "length": check_length,
    "structure": partial(check_structure, pragma="quick_check"),
    "indexes": partial(check_structure, pragma="integrity_check"),
    "entries": check_entries,
    "papers": check_papers,
    "folded": check_folded,
    "words": check_words,
}
QUICK: Final = ("pages", "length", "structure")
FULL: Final = ("pages", "length", "indexes", "entries", "papers", "folded", "words")
