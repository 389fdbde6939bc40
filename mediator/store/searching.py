"""Exact substring search of any length (feasibility 1.4, without its approximations).

Each character becomes one ASCII token, its code point in base 36, so blanks, punctuation and every plane are
found like letters. A query is a phrase of such tokens: no user syntax gets through, and the index alone is exact.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mediator.journal.fields import values
from mediator.journal.fold import Item
from mediator.store.driver import Connection

AROUND: Final = 24
SEARCHED: Final = {
    "case": ("number", "title", "dispute_type", "facts", "requests", "organization"),
    "party": ("name", "id_number", "phone", "address", "occupation", "legal_representative", "note"),
    "hearing": ("place", "recorder"),
    "sentence": ("text", "speaker"),
    "agreement": ("disputed_points", "responsibility", "place"),
    "clause": ("text",),
    "obligation": ("payer", "payee", "goods", "due_as_given", "note"),
}
MERGED: Final = 8000
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the text stands; `field` is `party.name`, `sentence.text`…; excerpt holds the words around."""

    case: str
    number: str
    field: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Hits:
    """All places counted, the newest shown."""

    total: int
    hits: tuple[Hit, ...]


def folded(text: str) -> str:
    """Width and case made equal on both sides of a search: NFKC, then case-folded."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=30_000)
def token(char: str) -> str:
    """A character's code point in base 36."""
    number, digits = ord(char), ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def tokens(text: str) -> str:
    """The tokens of a text, joined by blanks."""
    return " ".join(map(token, folded(text)))


def forget(connection: Connection, case_id: str, item: str) -> None:
    """Take an item's texts out of the index."""
    connection.execute(
        "DELETE FROM text_index WHERE rowid IN (SELECT id FROM text WHERE case_id = ? AND item = ?)", (case_id, item)
    )
    connection.execute("DELETE FROM text WHERE case_id = ? AND item = ?", (case_id, item))


def texts(item: Item) -> list[tuple[str, str]]:
    """Field name and text of all that is searched in an item; of a form everything that was typed."""
    if item.kind == "form":
        return [("form.values", words) for words in filter(None, map(typed_text, typed_in(item)))]
    found = ((field, value) for field in SEARCHED.get(item.kind, ()) for value in values(item.fields.get(field)))
    return [(f"{item.kind}.{field}", value) for field, value in found if isinstance(value, str) and value]


def typed_in(item: Item) -> Iterator[object]:
    """Every value that was typed into a form."""
    return (value for name, field in item.fields.items() if name != "paper" for value in values(field))


def typed_text(value: object) -> str:
    """What was typed into a field, the cells of a table one after another."""
    if isinstance(value, list):
        return "\n".join(str(cell) for row in value if isinstance(row, list) for cell in row)
    return value if isinstance(value, str) else ""


def index(connection: Connection, case_id: str, key: str, item: Item, *, fresh: bool) -> None:
    """Put an item's searched texts into the index; `fresh` says there is nothing of it to take out first."""
    if not fresh:
        forget(connection, case_id, key)
    for field, value in texts(item):
        row = connection.execute(
            "INSERT INTO text (case_id, item, field, body) VALUES (?, ?, ?, ?)", (case_id, key, field, value)
        )
        connection.execute("INSERT INTO text_index (rowid, body) VALUES (?, ?)", (row.lastrowid, tokens(value)))


def tidy(connection: Connection) -> None:
    """Merge the index's segments, at most `MERGED` pages of them: many small saves make it three times slower."""
    connection.execute("INSERT INTO text_index (text_index, rank) VALUES ('merge', ?)", (-MERGED,))


def search(connection: Connection, text: str, limit: int) -> Hits:
    """Every place that holds `text`, the newest `limit` of them shown; an empty text finds nothing."""
    wanted = folded(text)
    if not wanted:
        return Hits(0, ())
    phrase = f'"{tokens(text)}"'
    rows = connection.execute(
        "SELECT text.case_id, ifnull(case_row.number, ''), text.field, text.body FROM"
        " (SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rowid DESC LIMIT ?) AS found"
        " JOIN text ON text.id = found.rowid LEFT JOIN case_row ON case_row.id = text.case_id ORDER BY text.id DESC",
        (phrase, limit),
    ).fetchall()
    total = len(rows)
    if total >= limit:  # a second question only when the first could not count all
        counted = "SELECT count(*) FROM text_index WHERE text_index MATCH ?"
        total = connection.execute(counted, (phrase,)).fetchone()[0]
    return Hits(total, tuple(Hit(case, number, field, excerpt(body, wanted)) for case, number, field, body in rows))


def excerpt(body: str, wanted: str) -> str:
    """The words around the first place; positions are those of the folded text, near enough for reading."""
    at = max(folded(body).find(wanted), 0)
    start, end = max(at - AROUND, 0), at + len(wanted) + AROUND
    return ("…" if start else "") + body[start:end] + ("…" if end < len(body) else "")
