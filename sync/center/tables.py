"""Tables of the county's database (sync-design 13): `county` leads every primary key and every index.

No sequences, no triggers, no foreign keys across counties, no unique constraint without the county, so that one
database may hold many counties and may be spread by county later. Moments are ms UTC, days ISO text.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

SCHEMA: Final = 3
METADATA: Final = MetaData()
Kind = TypeEngine[Any]
ID: Final = String(32)
HASH: Final = String(64)
WORD: Final = String(64)
MOMENT: Final = BigInteger()
COUNT: Final = BigInteger()


def table(name: str, key: dict[str, Kind], columns: dict[str, Kind], *indexes: Index, empty: str = "") -> Table:
    """A table whose primary key is the county and then `key`; columns named in `empty` may be null."""
    may_be_null = set(empty.split())
    parts = [Column("county", String(6), primary_key=True)]
    parts += [Column(each, kind, primary_key=True, autoincrement=False) for each, kind in key.items()]
    parts += [Column(each, kind, nullable=each in may_be_null) for each, kind in columns.items()]
    return Table(name, METADATA, *parts, *indexes)


CENTER_META: Final = table("center_meta", {"name": WORD}, {"value": Text()})
DESK: Final = table(
    "desk",
    {"desk": ID},
    {
        "township": WORD, "room": WORD, "seat": WORD, "sign": HASH, "seal": HASH, "label": Text(), "state": WORD,
        "compared": Integer(), "head_n": COUNT, "head_hash": HASH, "down_no": COUNT, "counted_n": COUNT,
        "last_seen": MOMENT, "told_until": MOMENT, "enrolled_at": MOMENT,
    },
    Index("desk_by_township", "county", "township"),
)  # fmt: skip
SEAT: Final = table("seat", {"seat": WORD}, {"desk": ID})
ENTRY: Final = table(
    "entry",
    {"desk": ID, "n": COUNT},
    {
        "hash": HASH, "stream": ID, "kind": WORD, "reach": WORD, "head": LargeBinary(), "sealed": LargeBinary(),
        "sig": LargeBinary(), "state": WORD, "code": WORD, "arrived": MOMENT,
    },
    Index("entry_by_stream", "county", "stream"),
    Index("entry_by_kind", "county", "kind", "arrived"),
    Index("entry_by_state", "county", "state"),
    empty="sealed",
)  # fmt: skip
ERASED: Final = table("erased", {"desk": ID, "n": COUNT, "by_desk": ID, "by_n": COUNT}, {"stream": ID, "kind": WORD})
ERASURE_ASKED: Final = table("erasure_asked", {"case": ID}, {"ground": WORD, "by": WORD, "at": MOMENT})
WITHHELD: Final = table("withheld", {"desk": ID, "first": COUNT}, {"last": COUNT, "hash": HASH})
FEED: Final = table(
    "feed",
    {"feed": WORD, "no": COUNT},
    {"desk": ID, "n": COUNT},
    Index("feed_once", "county", "feed", "desk", "n", unique=True),
)
FEED_HEAD: Final = table("feed_head", {"feed": WORD}, {"no": COUNT, "epoch": COUNT})
STREAM_READER: Final = table(
    "stream_reader", {"stream": ID, "feed": WORD}, {"township": WORD, "room": WORD, "until": Text()}
)
RECEIPT: Final = table(
    "receipt",
    {"desk": ID, "no": COUNT},
    {"ce": COUNT, "n": COUNT, "hash": HASH, "bundle": ID, "bytes": LargeBinary(), "made": MOMENT},
)
UPLOAD: Final = table(
    "upload",
    {"ticket": ID},
    {
        "desk": ID,
        "length": COUNT,
        "held": COUNT,
        "opened": MOMENT,
        "touched": MOMENT,
        "holder": WORD,
        "lease": MOMENT,
    },
    Index("upload_by_desk", "county", "desk"),
)
UPLOAD_PART: Final = table("upload_part", {"ticket": ID, "start": COUNT}, {"bytes": LargeBinary()})
DOWNLOAD: Final = table(
    "download",
    {"ticket": ID},
    {
        "desk": ID, "snapshot": ID, "part": COUNT, "parts": COUNT, "feed": WORD, "epoch": COUNT, "upto": COUNT,
        "share": Text(), "length": COUNT, "made": MOMENT,
    },
    Index("download_by_desk", "county", "desk", "part"),
)  # fmt: skip
DOWNLOAD_PIECE: Final = table("download_piece", {"ticket": ID, "start": COUNT}, {"bytes": LargeBinary()})
BLOB: Final = table(
    "blob",
    {"blob": ID},
    {
        "desk": ID, "n": COUNT, "stream": ID, "size": COUNT, "cls": Integer(), "manifest": LargeBinary(),
        "held": COUNT, "complete": MOMENT,
    },
    Index("blob_by_desk", "county", "desk", "complete"),
    Index("blob_by_stream", "county", "stream"),
    empty="manifest",
)  # fmt: skip
BLOB_PIECE: Final = table(
    "blob_piece",
    {"blob": ID, "idx": COUNT},
    {"stored_as": HASH, "desk": ID, "arrived": MOMENT},
    Index("blob_piece_by_file", "county", "stored_as"),
    Index("blob_piece_by_desk", "county", "desk", "arrived"),
)
QUARANTINE: Final = table(
    "quarantine",
    {"bundle": ID},
    {"desk": ID, "code": WORD, "bytes": LargeBinary(), "arrived": MOMENT},
    Index("quarantine_by_desk", "county", "desk"),
)
CASE_ROW: Final = table(
    "case_row",
    {"case": ID},
    {
        "township": WORD, "room": WORD, "status": WORD, "accepted_on": WORD, "signed_on": WORD, "due": WORD,
        "due_rule": WORD, "asked_from": WORD, "advice": COUNT, "orders": COUNT, "attended": COUNT, "conflicts": COUNT,
        "waiting": COUNT, "folded": LargeBinary(), "dirty": Integer(), "as_of": MOMENT,
    },
    Index("case_board", "county", "township", "status", "accepted_on", "signed_on", "due"),
    Index("case_due", "county", "due", "township", "status"),
    Index("case_accepted", "county", "accepted_on"),
    Index("case_signed", "county", "signed_on"),
    Index("case_by_asking", "county", "asked_from"),
    Index("case_by_orders", "county", "orders"),
    Index("case_by_attended", "county", "attended"),
    Index("case_dirty", "county", "dirty"),
    Index("case_newest", "county", "as_of"),
)  # fmt: skip
FACT_ROW: Final = table(
    "fact_row",
    {"case": ID},
    {"township": WORD, "first": WORD, "last": WORD, "worded": Integer(), "body": LargeBinary()},
    Index("fact_by_last", "county", "last", "first"),
    Index("fact_by_words", "county", "worded", "last"),
    Index("fact_by_township", "county", "township", "last"),
)
BLIND: Final = table(
    "blind", {"field": WORD, "mark": ID, "case": ID}, {"township": WORD}, Index("blind_by_case", "county", "case")
)
SUM_ROW: Final = table(
    "sum_row",
    {"code": WORD, "month": WORD, "township": WORD, "part": WORD, "until": WORD, "since": WORD},
    {"base": COUNT, "hits": COUNT, "total": COUNT},
)
NUMBER_HEAD: Final = table("number_head", {"kind": WORD, "year": Integer(), "room": WORD}, {"next": COUNT})
NUMBER_BLOCK: Final = table(
    "number_block",
    {"kind": WORD, "year": Integer(), "room": WORD, "first": COUNT},
    {"last": COUNT, "desk": ID, "used": COUNT, "state": WORD},
    Index("block_by_desk", "county", "desk"),
)
ENROLL_CODE: Final = table(
    "enroll_code",
    {"code": ID},
    {
        "township": WORD, "room": WORD, "sealed": LargeBinary(), "expires": MOMENT, "tries": Integer(), "state": WORD,
        "confirm": Integer(), "desk": ID, "replaces": WORD,
    },
    Index("code_by_township", "county", "township", "state"),
)  # fmt: skip
ENROLL_REQUEST: Final = table(
    "enroll_request",
    {"desk": ID},
    {
        "township": WORD, "room": WORD, "sign": HASH, "seal": HASH, "label": Text(), "digits": WORD, "state": WORD,
        "asked": MOMENT,
    },
)  # fmt: skip
CERT: Final = table("cert", {"desk": ID}, {"serial": COUNT, "body": LargeBinary()})
REVOKED: Final = table("revoked", {"desk": ID}, {"no": COUNT, "n": COUNT, "by": WORD, "at": MOMENT})
ACCOUNT: Final = table(
    "account",
    {"login": WORD},
    {
        "salt": LargeBinary(), "verifier": LargeBinary(), "role": WORD, "failures": Integer(), "wait_until": MOMENT,
        "township": WORD, "fresh": Integer(), "off": Integer(), "secret": LargeBinary(), "spare": LargeBinary(),
        "code_on": Integer(), "step": COUNT, "came": MOMENT,
    },
    empty="secret spare",
)  # fmt: skip
SESSION: Final = table(
    "session",
    {"id": HASH},
    {"login": WORD, "csrf": WORD, "made": MOMENT, "seen": MOMENT},
    Index("session_by_login", "county", "login"),
)
NOTED: Final = table(
    "noted",
    {"desk": ID, "n": COUNT},
    {"kind": WORD, "login": WORD, "about": WORD, "at": MOMENT},
    Index("noted_by_login", "county", "login", "at"),
    Index("noted_by_about", "county", "about", "at"),
    Index("noted_by_kind", "county", "kind", "at"),
    Index("noted_by_day", "county", "at"),
)
