"""The search index: which words of a case are found, and how they come into the index and out of it.

Each text has a row in `text`; its id is the case's number in the vault above and a running number below, so the
newest case stands last, and whose text it is can be told without reading it. Names and numbers lie in an index of
their own, for they are shown first. A text that can be written otherwise, or a name that can be typed by its sound,
is also in `alike_index`, for the second group of hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mediator.journal.checks import PRESENT
from mediator.journal.fields import values
from mediator.journal.reading import Reader
from mediator.journal.state import CASE, Item, State, is_present
from mediator.store.driver import Connection
from mediator.store.grams import folded, grams, plain, sounds

SEARCHED: Final = {
    "case": ("number", "title", "dispute_type", "facts", "requests", "organization", "outcome", "village",
             "source_ref", "risk_reason", "visit_reason", "lead_body", "helping", "road_reason", "prevented"),
    "party": ("name", "id_number", "phone", "address", "occupation", "legal_representative", "note"),
    "hearing": ("place", "recorder", "mediators"),
    "sentence": ("text", "speaker"),
    "agreement": ("disputed_points", "responsibility", "place"),
    "clause": ("text",),
    "obligation": ("payer", "payee", "goods", "due_as_given", "note"),
    "payment": ("note", "goods"),
    "follow_up": ("visitor", "visited", "situation"),
    "evidence": ("title",),
    "link": ("note",),
    "event": ("text", "by"),
    "period": ("approved_by", "reason"),
    "supervision": ("text", "answer", "answered_by", "verdict_text"),
    "satisfaction": ("asked", "note"),
    "amendment": ("note",),
    "likeness": ("reason",),
}  # fmt: skip
PAPER: Final = ("number", "title")
PERSONS: Final = frozenset({"party.name", "party.legal_representative", "hearing.mediators", "hearing.recorder"})
NAMED: Final = PERSONS | {"case.number", "case.title", "case.source_ref", "party.id_number", "party.phone",
                          "paper.number"}  # fmt: skip
# A case has room for 16 million texts.
SHIFT: Final = 24
MERGED: Final = 8000
INDEXES: Final = ("name_index", "text_index", "alike_index")
Text = tuple[str, str]


def texts_of(state: State, key: str) -> list[Text]:
    """Field name and text of all that is searched in one item, paper or the case itself, each once."""
    item = state.items.get(key)
    found = texts(item) if item else list(paper_texts(state, key))
    older = [("case.number", alias) for alias in state.aliases] if key == CASE else []
    return list(dict.fromkeys([*found, *older]))


def paper_texts(state: State, key: str) -> Iterator[Text]:
    """Title and number of an issued paper."""
    for body in (Reader(body) for write, body in state.papers if write.value == key):
        yield from ((f"paper.{name}", words) for name in PAPER if (words := body.text(name)))


def all_texts(state: State) -> Iterator[tuple[str, str, str]]:
    """Item, field and text of everything that is searched in a case."""
    keys = dict.fromkeys((*state.items, *(str(write.value) for write, _ in state.papers)))
    return ((key, *text) for key in keys for text in texts_of(state, key))


def texts(item: Item) -> list[Text]:
    """Field name and text of all that is searched in an item that is there; of a form everything that was typed."""
    if PRESENT in item.fields and not is_present(item):
        return []
    if item.kind == "form":
        return [("form.values", words) for words in filter(None, map(typed_text, typed_in(item)))]
    found = ((field, value) for field in SEARCHED.get(item.kind, ()) for value in values(item.fields.get(field)))
    return [(f"{item.kind}.{field}", words) for field, value in found for words in words_in(value)]


def words_in(value: object) -> Iterator[str]:
    """The texts of a field, which holds one or a list of them."""
    return (each for each in (value if isinstance(value, list) else (value,)) if isinstance(each, str) and each)


def typed_in(item: Item) -> Iterator[object]:
    """Every value that was typed into a form."""
    return (value for name, field in item.fields.items() if name != "paper" for value in values(field))


def typed_text(value: object) -> str:
    """What was typed into a field, the cells of a table one after another."""
    if isinstance(value, list):
        return "\n".join(str(cell) for row in value if isinstance(row, list) for cell in row)
    return value if isinstance(value, str) else ""


def number_of(connection: Connection, case_id: str) -> int:
    """The case's number in the index of this vault; the first time it gets the next one."""
    row = connection.execute("SELECT no FROM searched WHERE case_id = ?", (case_id,)).fetchone()
    if row is None:
        row = connection.execute("INSERT INTO searched (case_id) VALUES (?) RETURNING no", (case_id,)).fetchone()
    return int(row[0])


def index(connection: Connection, case_id: str, key: str, found: Iterable[Text], *, fresh: bool) -> None:
    """Bring the index to what an item says now; `fresh` says there is nothing of it to take out first."""
    start = number_of(connection, case_id) << SHIFT
    end = start + (1 << SHIFT) - 1
    wanted = dict.fromkeys(found)
    if not fresh:
        asked = "SELECT id, field, body FROM text WHERE id BETWEEN ? AND ? AND item = ?"
        for place, *text in connection.execute(asked, (start, end, key)).fetchall():
            if tuple(text) in wanted:
                del wanted[tuple(text)]
            else:
                take_out(connection, place, *text)
    last = connection.execute("SELECT max(id) FROM text WHERE id BETWEEN ? AND ?", (start, end)).fetchone()[0]
    for place, (field, body) in enumerate(wanted, start if last is None else last + 1):
        put_in(connection, place, key, field, body)


def index_of(field: str) -> str:
    """The index a field's texts lie in."""
    return "name_index" if field in NAMED else "text_index"


def put_in(connection: Connection, place: int, item: str, field: str, body: str) -> None:
    """One text more."""
    connection.execute("INSERT INTO text (id, item, field, body) VALUES (?, ?, ?, ?)", (place, item, field, body))
    statement = f"INSERT INTO {index_of(field)} (rowid, body) VALUES (?, ?)"  # noqa: S608  constant names
    connection.execute(statement, (place, grams(folded(body))))
    also = otherwise(field, body)
    if any(also):
        statement = "INSERT INTO alike_index (rowid, names, words, sounds) VALUES (?, ?, ?, ?)"
        connection.execute(statement, (place, *also))


def otherwise(field: str, body: str) -> tuple[str, str, str]:
    """Tokens of the text in its usual form where that is another, for names and for other words; how a name sounds."""
    usual = plain(body, names=field in NAMED)
    tokens = grams(usual) if usual != folded(body) else ""
    names, words = (tokens, "") if field in NAMED else ("", tokens)
    return names, words, sounds(body) if field in PERSONS else ""


def indexed(field: str, body: str) -> Iterator[tuple[str, str]]:
    """Index and tokens of everything that is kept of a text."""
    yield index_of(field), grams(folded(body))
    yield from (("alike_index", tokens) for tokens in [" ".join(filter(None, otherwise(field, body)))] if tokens)


def kept(connection: Connection, case_id: str) -> list[tuple[str, str, str]]:
    """Item, field and text of everything that the index holds of a case, sorted."""
    asked = (
        "SELECT item, field, body FROM searched JOIN text ON text.id BETWEEN no << ? AND (no + 1 << ?) - 1"
        " WHERE case_id = ?"
    )
    return sorted((item, field, body) for item, field, body in connection.execute(asked, (SHIFT, SHIFT, case_id)))


def take_out(connection: Connection, place: int, field: str, body: str) -> None:
    """One text less; the index forgets by the tokens it was given, so its columns need no table of their own."""
    name = index_of(field)
    statement = f"INSERT INTO {name} ({name}, rowid, body) VALUES ('delete', ?, ?)"  # noqa: S608  constant names
    connection.execute(statement, (place, grams(folded(body))))
    connection.execute("DELETE FROM alike_index WHERE rowid = ?", (place,))
    connection.execute("DELETE FROM text WHERE id = ?", (place,))


def tidy(connection: Connection) -> None:
    """Merge the indexes' segments, at most `MERGED` pages of each: many small saves make them slower."""
    for name in INDEXES:
        connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (-MERGED,))  # noqa: S608  constant names
