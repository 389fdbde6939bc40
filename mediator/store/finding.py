"""Asking the search index: exact hits, names and numbers first and the newest case first, and hits written otherwise.

Several words must all stand in one case, in one text or in several. The index answers in the order of its rows, so the
first hits cost the same in a small and in a large vault; counting reads the list of a word's texts, and no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from mediator.store.driver import Connection
from mediator.store.grams import folded, is_sound, phrase, plain
from mediator.store.listing import Where, asked_by
from mediator.store.marking import Mark, excerpt, marks_of, sounded
from mediator.store.searching import NAMED, PERSONS, SHIFT

EXACT: Final = ("name_index", "text_index")
WAYS: Final = ("exact", "variant", "sound")
Cases = frozenset[int] | None
Question = tuple[str, str]
Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that must all stand in a case, each exactly as given; `alike` asks for the second group too."""

    words: tuple[str, ...]
    where: Where = field(default_factory=Where)
    limit: int = 50
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that holds a word; `field` is `party.name`, `sentence.text`…; `marks` are places in the excerpt.

    `how` is `exact`, `variant` (written otherwise) or `sound` (a name by its pinyin).
    """

    case: str
    number: str
    field: str
    excerpt: str
    marks: tuple[Mark, ...] = ()
    how: str = "exact"


@dataclass(frozen=True, slots=True)
class Hits:
    """All texts counted, names and numbers before the others, the newest case first; alike ones apart."""

    total: int
    hits: tuple[Hit, ...]
    alike_total: int = 0
    alike: tuple[Hit, ...] = ()


def search(connection: Connection, asked: Asked) -> Hits:
    """Every text that holds the words, the first `limit` of them shown; empty words are left out."""
    words = [word for word in dict.fromkeys(map(folded, asked.words)) if word]
    if not words:
        return Hits(0, ())
    searched = cases_where(connection, asked.where)
    cases = searched if len(words) == 1 else together(connection, searched, [exactly([word]) for word in words])
    total, places = found(connection, exactly(words), cases, asked.limit)
    hits = tuple(exact_hit(row, words) for row in rows_at(connection, places))
    if not asked.alike:
        return Hits(total, hits)
    alike_total, places = found_alike(connection, words, (searched, cases), asked.limit)
    return Hits(total, hits, alike_total, tuple(alike_hit(row, words) for row in rows_at(connection, places)))


def exactly(words: Iterable[str]) -> list[Question]:
    """Index and question for texts that hold one of these folded words."""
    asked = " OR ".join(map(phrase, words))
    return [(name, asked) for name in EXACT]


def loosely(words: Iterable[str]) -> list[Question]:
    """The questions for texts that hold one of these folded words in another form; some of them hold it exactly."""
    asked: list[Question] = []
    for word in words:
        names, usual = plain(word, names=True), plain(word, names=False)
        said = f' OR {{sounds}} : "{word}" *' if is_sound(word) else ""
        asked.append(("alike_index", f"{{names}} : {phrase(names)} OR {{words}} : {phrase(usual)}{said}"))
        asked += [("name_index", phrase(names))] if names != word else []
        asked += [("text_index", phrase(usual))] if usual != word else []
    return asked


def cases_where(connection: Connection, where: Where) -> Cases:
    """The numbers of the cases that pass every filter, None when there is none."""
    asked, values = asked_by(where)
    if not asked:
        return None
    statement = f"SELECT no FROM searched JOIN case_row ON case_row.id = case_id WHERE {' AND '.join(asked)}"  # noqa: S608  constant names
    return frozenset(row[0] for row in connection.execute(statement, values))


def together(connection: Connection, cases: Cases, questions: Iterable[list[Question]]) -> Cases:
    """The cases among these in which every question finds something."""
    for each in questions:
        statement, values = rows_of(each, cases, f"DISTINCT rowid >> {SHIFT}")
        cases = frozenset(row[0] for row in connection.execute(statement, values))
    return cases


def rows_of(questions: list[Question], cases: Cases, what: str = "rowid") -> tuple[str, list[object]]:
    """The statement for the rows of several questions in these cases, and its values."""
    inside = "" if cases is None else f" AND rowid >> {SHIFT} IN (SELECT value FROM json_each(?))"  # noqa: S608  constant names
    each = [f"SELECT {what} FROM {name} WHERE {name} MATCH ?{inside}" for name, _ in questions]  # noqa: S608  constant names
    listed: list[object] = [] if cases is None else [json.dumps(sorted(cases))]
    return " UNION ".join(each), [value for _, asked in questions for value in (asked, *listed)]


def found(connection: Connection, questions: list[Question], cases: Cases, limit: int) -> tuple[int, list[int]]:
    """How many rows the questions find one after another, and the first of them in that order."""
    total, places = 0, list[int]()
    for question in questions:
        left = limit - len(places)
        statement, values = rows_of([question], cases)
        rows = connection.execute(f"{statement} ORDER BY rowid DESC LIMIT ?", [*values, left]).fetchall()
        places += [row[0] for row in rows]
        if len(rows) < left:
            total += len(rows)
        else:  # a second question only when the first could not count all
            statement, values = rows_of([question], cases, "count(*)")
            total += connection.execute(statement, values).fetchone()[0]
    return total, places


def found_alike(
    connection: Connection, words: list[str], cases: tuple[Cases, Cases], limit: int
) -> tuple[int, list[int]]:
    """The second group: rows that hold a word otherwise, or exactly in a case where another word is only alike.

    `cases` are those searched, and those of the first group.
    """
    searched, exact_cases = cases
    questions = loosely(words)
    if len(words) > 1:
        each = [[*loosely([word]), *exactly([word])] for word in words]
        searched, questions = together(connection, searched, each), [*questions, *exactly(words)]
    loose, values = rows_of(questions, searched)
    exact, further = rows_of(exactly(words), exact_cases)
    statement = f"WITH loose (place) AS ({loose}) SELECT place FROM loose EXCEPT SELECT rowid FROM ({exact})"  # noqa: S608  constant names
    if not connection.execute(f"SELECT EXISTS ({loose})", values).fetchone()[0]:
        return 0, []
    places = [row[0] for row in connection.execute(statement, [*values, *further])]
    return len(places), sorted(places, reverse=True)[:limit]


def rows_at(connection: Connection, places: list[int]) -> list[Row]:
    """Case, its number, field and text of these places, in their order."""
    statement = (
        "SELECT text.id, case_id, ifnull(number, ''), field, body FROM text JOIN searched ON no = text.id >> ?"
        " LEFT JOIN case_row ON case_row.id = case_id WHERE text.id IN (SELECT value FROM json_each(?))"
    )
    rows = {row[0]: row[1:] for row in connection.execute(statement, (SHIFT, json.dumps(places)))}
    return [rows[place] for place in places if place in rows]


def exact_hit(row: Row, words: list[str]) -> Hit:
    """A hit of the first group, with every place of every word marked."""
    case, number, name, body = row
    return Hit(case, number, name, *excerpt(name, body, marks_of(body, words, folded(body))))


def alike_hit(row: Row, words: list[str]) -> Hit:
    """A hit of the second group: each word marked as it stands there, and the loosest way in which one does."""
    case, number, name, body = row
    ways = [way_of(name, body, word) for word in words]
    marks = sorted({mark for _, found in ways for mark in found})
    how = max((how for how, found in ways if found), key=WAYS.index, default=WAYS[-1])
    return Hit(case, number, name, *excerpt(name, body, marks), how)


def way_of(name: str, body: str, word: str) -> tuple[str, list[Mark]]:
    """How a text holds a word, and where."""
    names = name in NAMED
    forms = ((word, folded(body)), (plain(word, names=names), plain(body, names=names)))
    for how, (form, text) in zip(WAYS, forms, strict=False):
        if form in text:
            return how, marks_of(body, [form], text)
    return WAYS[-1], sounded(body, word) if name in PERSONS and is_sound(word) else []
