"""The schema, as migrations named after what changes for the user. They never import today's record classes.

Tables other than `journal`, `setting`, `paper`, `serial` and those of the exchange can be dropped and folded again.
"""

from __future__ import annotations

from typing import Final

from mediator.errors import Unacceptable
from mediator.store.driver import Database, Migrations

vault_migrations: Final = Migrations("vault")


@vault_migrations()
def keep_every_entry(db: Database) -> None:
    """The journal: exact bytes of every entry."""
    db.execute(
        "CREATE TABLE journal (desk BLOB NOT NULL, n INTEGER NOT NULL, stream BLOB NOT NULL, kind TEXT NOT NULL,"
        " hash BLOB NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (desk, n)) STRICT"
    )
    db.execute("CREATE INDEX journal_stream ON journal (stream)")
    db.execute("CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("CREATE TABLE paper (sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
    db.execute(
        "CREATE TABLE block (word TEXT NOT NULL, year INTEGER NOT NULL, room TEXT NOT NULL, next INTEGER NOT NULL,"
        " last INTEGER NOT NULL, PRIMARY KEY (word, year, next)) STRICT"
    )
    db.execute("CREATE TABLE serial (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID")


@vault_migrations()
def list_cases(db: Database) -> None:
    """One row a case, folded, for lists and counts."""
    db.execute(
        "CREATE TABLE case_row (id TEXT PRIMARY KEY, number TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,"
        " status TEXT NOT NULL, dispute_type TEXT NOT NULL, parties TEXT NOT NULL, mediator TEXT NOT NULL,"
        " accepted_on TEXT NOT NULL, next_due TEXT NOT NULL, next_rule TEXT NOT NULL, updated INTEGER NOT NULL,"
        " opened INTEGER NOT NULL, conflicts INTEGER NOT NULL, waiting INTEGER NOT NULL, doubt INTEGER NOT NULL,"
        " village TEXT NOT NULL, category TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX case_row_updated ON case_row (updated DESC, id)")
    db.execute("CREATE INDEX case_row_status ON case_row (status, updated DESC, id)")
    db.execute("CREATE INDEX case_row_number ON case_row (number)")
    db.execute("CREATE INDEX case_row_due ON case_row (next_due, id)")
    db.execute("CREATE TABLE alias (number TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT, WITHOUT ROWID")


@vault_migrations()
def find_any_words(db: Database) -> None:
    """Exact search for any part of any text, from one character on; `store/grams.py` says what a token is."""
    db.execute("CREATE TABLE searched (no INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE) STRICT")
    db.execute(
        "CREATE TABLE text (id INTEGER PRIMARY KEY, item TEXT NOT NULL, field TEXT NOT NULL, body TEXT NOT NULL) STRICT"
    )
    for name in ("name_index", "text_index"):
        db.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5 (body, tokenize='ascii', content='', columnsize=0, prefix='4')"
        )
    db.execute(
        "CREATE VIRTUAL TABLE alike_index USING fts5"
        " (names, words, sounds, tokenize='ascii', content='', contentless_delete=1)"
    )


@vault_migrations()
def exchange_with_the_county(db: Database) -> None:
    """What the exchange remembers: cursors, receipts, the one frozen bundle, what happened."""
    db.execute("CREATE TABLE cursor (feed TEXT PRIMARY KEY, epoch INTEGER NOT NULL, no INTEGER NOT NULL) STRICT")
    db.execute("CREATE TABLE receipt (n INTEGER NOT NULL, no INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT")
    db.execute(
        "CREATE TABLE outgoing (bundle TEXT PRIMARY KEY, no INTEGER NOT NULL, base INTEGER NOT NULL,"
        " top INTEGER NOT NULL, top_hash TEXT NOT NULL, data BLOB NOT NULL) STRICT"
    )
    db.execute(
        "CREATE TABLE exchange (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, road TEXT NOT NULL, sent INTEGER NOT NULL,"
        " received INTEGER NOT NULL, code TEXT NOT NULL) STRICT"
    )


@vault_migrations()
def see_duplicates_and_similar_cases(db: Database) -> None:
    """What cases and their parties are compared by: sketches, blocking keys, pairs of characters, what persons said."""
    db.execute("CREATE TABLE person_sketch (no INTEGER PRIMARY KEY, case_id TEXT NOT NULL, body BLOB NOT NULL) STRICT")
    db.execute("CREATE INDEX person_sketch_case ON person_sketch (case_id)")
    db.execute(
        "CREATE TABLE person_key (key INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (key, no)) STRICT,"
        " WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE matter_sketch (no INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, source_ref TEXT NOT NULL,"
        " body BLOB NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX matter_sketch_ref ON matter_sketch (source_ref) WHERE source_ref <> ''")
    db.execute(
        "CREATE VIRTUAL TABLE pair_index USING fts5"
        " (body, tokenize='ascii', content='', contentless_delete=1, detail=none)"
    )
    db.execute(
        "CREATE TABLE judged (case_id TEXT NOT NULL, place INTEGER NOT NULL, other TEXT NOT NULL,"
        " likeness TEXT NOT NULL, same INTEGER NOT NULL, party TEXT NOT NULL, other_party TEXT NOT NULL,"
        " PRIMARY KEY (case_id, place)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX judged_other ON judged (other)")


@vault_migrations()
def list_cases_under_order(db: Database) -> None:
    """Orders of supervision that wait for an answer or for a verdict, by their case and by the day of the answer."""
    db.execute(
        "CREATE TABLE under_order (case_id TEXT NOT NULL, order_id TEXT NOT NULL, answer_by TEXT NOT NULL,"
        " PRIMARY KEY (case_id, order_id)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX under_order_day ON under_order (answer_by, case_id)")


@vault_migrations()
def count_and_plan(db: Database) -> None:
    """What figures are counted from and what stands on the calendar; filled by the first question that needs it."""
    db.execute(
        "CREATE TABLE fact_row (case_id TEXT PRIMARY KEY, version INTEGER NOT NULL, first TEXT NOT NULL,"
        " last TEXT NOT NULL, body BLOB NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX fact_row_last ON fact_row (last, first)")
    db.execute("CREATE INDEX fact_row_version ON fact_row (version)")
    db.execute(
        "CREATE TABLE agenda_row (case_id TEXT NOT NULL, sort TEXT NOT NULL, item TEXT NOT NULL, day TEXT NOT NULL,"
        " hour TEXT NOT NULL, tag TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (case_id, sort, item)) STRICT,"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX agenda_row_day ON agenda_row (sort, day, hour)")
    db.execute("CREATE INDEX agenda_row_tag ON agenda_row (sort, tag)")
    db.execute("CREATE INDEX case_row_undated ON case_row (status, updated DESC) WHERE next_due = ''")


@vault_migrations()
def see_what_is_due(db: Database) -> None:
    """Deadlines that are not over, found by the day on which they are near; filled when the vault is opened."""
    db.execute(
        "CREATE TABLE deadline_row (case_id TEXT NOT NULL, rule TEXT NOT NULL, part TEXT NOT NULL, about TEXT NOT NULL,"
        " label TEXT NOT NULL, due TEXT NOT NULL, due_at INTEGER NOT NULL, amber_on TEXT NOT NULL,"
        " lapses INTEGER NOT NULL, PRIMARY KEY (case_id, rule, part, about)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX deadline_row_duty ON deadline_row (amber_on) WHERE lapses = 0")
    db.execute("CREATE INDEX deadline_row_right ON deadline_row (due) WHERE lapses = 1")
    db.execute("CREATE INDEX deadline_row_due ON deadline_row (lapses, due)")


@vault_migrations()
def tell_orders_without_opening_cases(db: Database) -> None:
    """Orders that wait, whole, and entries by kind; the rows are filled again when the vault is opened."""
    db.execute("DROP TABLE under_order")
    db.execute(
        "CREATE TABLE under_order (case_id TEXT NOT NULL, order_id TEXT NOT NULL, answer_by TEXT NOT NULL,"
        " body BLOB NOT NULL, PRIMARY KEY (case_id, order_id)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX under_order_day ON under_order (answer_by, case_id)")
    db.execute("CREATE INDEX under_order_case ON under_order (case_id, answer_by)")
    db.execute("CREATE INDEX journal_kind ON journal (kind) WHERE kind <> 'hearing.sentence'")


@vault_migrations()
def recordings_and_scans_travel(db: Database) -> None:
    """Which recordings and scans entries speak of, what the county has of each, which are asked back."""
    db.execute(
        "CREATE TABLE blob (blob BLOB PRIMARY KEY, desk BLOB NOT NULL, n INTEGER NOT NULL, stream BLOB NOT NULL,"
        " size INTEGER NOT NULL, class INTEGER NOT NULL, leaves INTEGER NOT NULL, sort TEXT NOT NULL,"
        " ref TEXT NOT NULL, manifest BLOB NOT NULL, lacked BLOB, safe INTEGER NOT NULL, asked INTEGER NOT NULL,"
        " held BLOB) STRICT"
    )
    db.execute("CREATE INDEX blob_owed ON blob (class, size) WHERE safe = 0")
    db.execute("CREATE INDEX blob_asked ON blob (class, size) WHERE asked = 1")
    db.execute("CREATE INDEX blob_ref ON blob (ref)")
    db.execute("CREATE TABLE load (bundle TEXT PRIMARY KEY, no INTEGER NOT NULL, data BLOB NOT NULL) STRICT")
    db.execute("CREATE TABLE load_file (no INTEGER PRIMARY KEY, mark TEXT NOT NULL, pieces TEXT NOT NULL) STRICT")


@vault_migrations()
def erase_what_the_law_asks(db: Database) -> None:
    """What lawful erasures name, so that it is never kept with its body again; filled when the vault is opened."""
    db.execute(
        "CREATE TABLE erased (desk BLOB NOT NULL, n INTEGER NOT NULL, stream BLOB NOT NULL, kind TEXT NOT NULL,"
        " by_desk BLOB NOT NULL, by_n INTEGER NOT NULL, PRIMARY KEY (desk, n, by_desk, by_n)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX erased_by ON erased (by_desk, by_n)")


@vault_migrations()
def share_what_stays_in_the_township(db: Database) -> None:
    """Keys of the township, wrapped to this desk or made by it."""
    db.execute(
        "CREATE TABLE township_key (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, key BLOB NOT NULL,"
        " sure INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )


KNOWN: Final = tuple(each.name for each in vault_migrations._migrations)


def migrate(db: Database) -> None:
    """Bring the schema up to date; raises Unacceptable `vault.newer` for a file of a newer program, untouched."""
    applied = {each.name for each in vault_migrations.applied(db)}
    if applied - set(KNOWN):
        raise Unacceptable("vault.newer")
    if applied != set(KNOWN):
        vault_migrations.apply(db)
