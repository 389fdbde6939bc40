"""Carrying out a lawful erasure in a vault (T68): bodies, salts, rows, search texts, papers, tapes, and traces.

First one transaction: entries become their twins, everything folded from them is folded anew, papers that nothing
names any more go, and so does the bundle that was frozen with their words in it. Then the vault is washed: indexes
are merged, for a deleted word stays in a segment until then, the log is cut off, recordings without a key are deleted.
Killed in between, the next opening washes on. What a disk once held under the vault's key stays under that key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from mediator.errors import WorldFailed
from mediator.journal.entry import DeskId, Draft, Entry, EntryId, StreamId
from mediator.journal.erasures import DONE, blobs_in, reaches
from mediator.journal.fold import CASE
from mediator.journal.framing import erased_twin, read_entry
from mediator.journal.port import Absorbed
from mediator.store import doomed, searching
from mediator.store.appending import Ledger, append, changing, write_case_row
from mediator.store.driver import Connection, transaction
from mediator.store.files import sync_folder
from mediator.store.holding import OF_KIND
from mediator.store.likening import forget
from mediator.store.tapes import ENDING, FOLDER
from mediator.store.township import opened
from mediator.store.vault import Vault

UNWASHED: Final = "unwashed"
STEP: Final = 500
INDEXES: Final = (*searching.INDEXES, "pair_index")
OF_CASE: Final = (
    ("case_row", "id"), ("alias", "id"), ("deadline_row", "case_id"), ("under_order", "case_id"),
    ("fact_row", "case_id"), ("agenda_row", "case_id"),
)  # fmt: skip
LEFT: Final = (
    "SELECT journal.bytes, erased.kind FROM erased JOIN journal ON journal.desk = erased.desk AND journal.n = erased.n"
    " WHERE erased.by_desk = ? AND erased.by_n = ? AND journal.stream = erased.stream"
    " AND substr(journal.bytes, 7, 1) = x'00'"
)
NAMING: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM journal WHERE kind IN ('document.issued', 'evidence.attached')"
    " AND instr(bytes, ?) LIMIT 1)"
)
HASH: Final = re.compile(rb'"([0-9a-f]{64})"')


def decide(vault: Vault, drafts: Sequence[Draft]) -> tuple[EntryId, ...]:
    """Keep decisions of this desk and carry them out, all in one transaction; returns once nothing is left of it."""

    def work(ledger: Ledger) -> tuple[EntryId, ...]:
        with changing(ledger) as touched:
            touched.update(draft.stream for draft in drafts)
            entries = append(ledger, drafts, {})
            doomed.note(ledger.connection, entries)
            for entry in entries:
                take_bodies(ledger, entry.id)
        return tuple(entry.id for entry in entries)

    decided = vault.on_thread(work)
    wash(vault)
    vault.tell_absorbed(Absorbed(0, 0, 0, streams=frozenset(draft.stream for draft in drafts)))
    return decided


def carry_out(vault: Vault, decisions: Sequence[Entry]) -> None:
    """Carry out decisions that came from elsewhere; returns once nothing is left."""

    def work(ledger: Ledger) -> None:
        with changing(ledger) as touched:
            touched.update(each.stream for each in decisions)
            for each in decisions:
                take_bodies(ledger, each.id)

    vault.on_thread(work)
    wash(vault)
    vault.tell_absorbed(Absorbed(0, 0, 0, streams=frozenset(each.stream for each in decisions)))


def take_bodies(ledger: Ledger, decision: EntryId) -> None:
    """What a decision reaches loses salt and body, inside a transaction of `changing`; a second time finds nothing."""
    gone = left_of(ledger.connection, decision)
    if not gone:
        return
    for entry in gone:
        where = (erased_twin(entry).raw, bytes.fromhex(entry.desk), entry.n)
        ledger.connection.execute("UPDATE journal SET bytes = ? WHERE desk = ? AND n = ?", where)
    drop_papers(ledger.connection, gone)
    drop_blobs(ledger.connection, decision, gone)
    for table in ("outgoing", "load", "load_file"):  # frozen bundles with the words or the pieces in them
        ledger.connection.execute(f"DELETE FROM {table}")  # noqa: S608  constant names
    ledger.connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, '1')", (UNWASHED,))
    for stream in {entry.stream for entry in gone}:
        fold_again(ledger, stream)


def left_of(connection: Connection, decision: EntryId) -> list[Entry]:
    """The entries that a decision reaches and that still have a body here."""
    rows = connection.execute(LEFT, (bytes.fromhex(decision[0]), decision[1])).fetchall()
    found = ((read_entry(data), kind) for data, kind in rows)
    return [entry for entry, kind in found if reaches(entry.kind, kind)]


def drop_papers(connection: Connection, gone: Iterable[Entry]) -> None:
    """Files that only these entries named; one that another paper or piece of evidence is made of stays."""
    for digest in {each for entry in gone for each in HASH.findall(entry.body or b"")}:
        if not connection.execute(NAMING, (b'"%b"' % digest,)).fetchone()[0]:
            connection.execute("DELETE FROM paper WHERE sha256 = ?", (bytes.fromhex(digest.decode()),))


def drop_blobs(connection: Connection, decision: EntryId, gone: Iterable[Entry]) -> None:
    """Rows of recordings and scans that these entries spoke of, or that the decision names in its own stream."""
    for entry in gone:
        connection.execute("DELETE FROM blob WHERE desk = ? AND n = ?", (bytes.fromhex(entry.desk), entry.n))
    row = connection.execute(
        "SELECT bytes, stream FROM journal WHERE desk = ? AND n = ?", (bytes.fromhex(decision[0]), decision[1])
    ).fetchone()
    for blob in blobs_in(read_entry(row[0]).content()):
        connection.execute("DELETE FROM blob WHERE blob = ? AND stream = ?", (bytes.fromhex(blob), row[1]))


def fold_again(ledger: Ledger, stream: StreamId) -> None:
    """Every row and search text of a case as what is left of it says; a case of which nothing is left has none."""
    ledger.streams.forget((stream,))
    log, connection = ledger.log(stream), ledger.connection
    there = CASE in log.state.items
    held = {key for key, _, _ in searching.kept(connection, stream)}
    for key in sorted(held | set(log.state.items)):
        found = searching.texts_of(log.state, key) if there else []
        searching.index(connection, stream, key, found, fresh=False)
    for table, column in OF_CASE if not there else OF_CASE[1:2]:
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (stream,))  # noqa: S608  constant names
    if there:
        write_case_row(ledger, stream, log)
    else:
        forget(connection, stream)


def wash(vault: Vault) -> None:
    """See the module; nothing is done where nothing was erased since the last time. Turns of a hearing go between."""
    if vault.setting(UNWASHED) != "1":
        return
    for name in INDEXES:
        begun = vault.on_thread(partial(merge, name=name, pages=-STEP))
        while begun:
            begun = vault.on_thread(partial(merge, name=name, pages=STEP))
    drop_tapes(vault)
    vault.on_thread(cut_log)
    vault.keep_setting(UNWASHED, "")


def merge(ledger: Ledger, *, name: str, pages: int) -> bool:
    """One step of bringing an index into one segment; false when there is nothing more to merge."""
    with transaction(ledger.connection):
        before = ledger.connection.total_changes
        ledger.connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608  constant names
        return bool(ledger.connection.total_changes - before >= 2)


def cut_log(ledger: Ledger) -> None:
    """Bring the log into the file and cut it off, with every old page in it; raises WorldFailed `vault.busy`."""
    if ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise WorldFailed("vault.busy")


def drop_tapes(vault: Vault) -> None:
    """Recordings whose key is gone: nobody can ever hear them again, and they take room."""

    def work(ledger: Ledger) -> set[str]:
        rows = ledger.connection.execute(OF_KIND, ("recording.keyed",)).fetchall()
        return {str(opened(ledger.connection, read_entry(row[0])).content().get("id")) for row in rows}

    keyed = vault.on_thread(work)
    folder = vault.folder / FOLDER
    left = [path for path in folder.glob(f"*.{ENDING}") if path.stem not in keyed]
    for path in left:
        path.unlink(missing_ok=True)
    if left:
        sync_folder(folder)


def decisions(vault: Vault) -> tuple[Entry, ...]:
    """Every sound decision that this vault holds, with its body."""
    return vault.on_thread(lambda ledger: tuple(sound(ledger.connection)))


def sound(connection: Connection) -> Iterator[Entry]:
    """Decisions that keep the rule of their kind."""
    noted = "SELECT count(*) FROM erased WHERE by_desk = ? AND by_n = ?"
    for (data,) in connection.execute(doomed.OF_DECISIONS).fetchall():
        entry = read_entry(data)
        if connection.execute(noted, (bytes.fromhex(entry.desk), entry.n)).fetchone()[0]:
            yield entry


def unanswered(vault: Vault) -> tuple[Entry, ...]:
    """Decisions of which this desk has not said yet that nothing is left here."""

    def work(ledger: Ledger) -> tuple[Entry, ...]:
        own = [read_entry(row[0]) for row in ledger.connection.execute(OF_KIND, (DONE,)).fetchall()]
        said = {(DeskId(str(each.content()["desk"])), each.content()["n"]) for each in own if each.desk == ledger.desk}
        return tuple(each for each in sound(ledger.connection) if each.id not in said)

    return vault.on_thread(work)


def still_here(vault: Vault, decision: Entry) -> int:
    """How many entries it reaches have a body here."""
    return vault.on_thread(lambda ledger: len(left_of(ledger.connection, decision.id)))
