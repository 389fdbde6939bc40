"""What duplicates and similar cases are found by: facts of parties under blocking keys, and pairs of characters.

Folded like every row: written with the case's row, and only where it changed. Costs are bounded by the newest `MOST`
holders of a key or a pair, so that ten times as many cases cost hardly more. Names stand in bodies alone, inside the
encrypted file; keys and pairs are numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from mediator.core.dates import BEIJING
from mediator.core.divisions import division_names
from mediator.core.kin import Corpus, Sketch, pairs_of, sketch_of
from mediator.core.likeness import Person, keys_of, person_of
from mediator.core.records import Case, CaseId
from mediator.core.same_matter import Matter
from mediator.store.driver import Connection

MOST: Final = 64
HOLDERS: Final = 400
PAIRS_ASKED: Final = 120
CASES_MOST: Final = 400
PEOPLE_ASKED: Final = 24
PERSON: Final = msgspec.json.Decoder(Person)
SKETCH: Final = msgspec.json.Decoder(Sketch)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about two cases, or a party of each; the newest in folding order counts."""

    case: str
    other: str
    likeness: str
    same: bool
    party: str
    other_party: str


def matter_of(case: Case, *, opened: int) -> Matter:
    """What is compared of a case; `opened` is ms UTC and counts where the record tells no day."""
    village = division_names(case.village[:6]).get(case.village, "")
    people = tuple(person_of(party, village) for party in case.parties)
    return Matter(people, sketch_of(case, on=began(case, opened).isoformat(), village=village), case.id)


def began(case: Case, opened: int) -> date:
    """The day a matter came up: accepted, else arrived, else registered."""
    arrived = case.arrived_at.astimezone(BEIJING).date() if case.arrived_at else None
    return case.accepted_on or arrived or datetime.fromtimestamp(opened / 1000, UTC).astimezone(BEIJING).date()


def write(connection: Connection, case: Case, *, opened: int) -> None:
    """Fold what a case is compared by; nothing is written where nothing changed."""
    matter = matter_of(case, opened=opened)
    write_people(connection, case.id, matter.people)
    write_sketch(connection, case.id, matter.sketch)
    write_judged(connection, case)


def write_people(connection: Connection, case_id: str, people: Sequence[Person]) -> None:
    """The parties of a case with their keys."""
    kept = connection.execute("SELECT no, body FROM person_sketch WHERE case_id = ? ORDER BY no", (case_id,)).fetchall()
    wanted = [msgspec.json.encode(person) for person in people]
    if [body for _, body in kept] == wanted:
        return
    for no, body in kept:
        old = [(key, no) for key in keys_of(PERSON.decode(body))]
        connection.executemany("DELETE FROM person_key WHERE key = ? AND no = ?", old)
    connection.execute("DELETE FROM person_sketch WHERE case_id = ?", (case_id,))
    for person, body in zip(people, wanted, strict=True):
        row = connection.execute("INSERT INTO person_sketch (case_id, body) VALUES (?, ?)", (case_id, body))
        new = [(key, row.lastrowid) for key in keys_of(person)]
        connection.executemany("INSERT INTO person_key (key, no) VALUES (?, ?)", new)


def write_sketch(connection: Connection, case_id: str, sketch: Sketch) -> None:
    """The sketch of a case with its pairs; a case keeps its place in the index."""
    body = msgspec.json.encode(sketch)
    kept = connection.execute("SELECT no, body FROM matter_sketch WHERE case_id = ?", (case_id,)).fetchone()
    if kept and kept[1] == body:
        return
    no = kept[0] if kept else None
    row = connection.execute(
        "INSERT OR REPLACE INTO matter_sketch (no, case_id, source_ref, body) VALUES (?, ?, ?, ?)",
        (no, case_id, sketch.source_ref, body),
    )
    if kept and SKETCH.decode(kept[1]).text == sketch.text:
        return
    if kept:
        connection.execute("DELETE FROM pair_index WHERE rowid = ?", (no,))
    connection.execute("INSERT INTO pair_index (rowid, body) VALUES (?, ?)", (row.lastrowid, tokens(sketch.text)))


def forget(connection: Connection, case_id: str) -> None:
    """Take a case out of all that cases are compared by."""
    write_people(connection, case_id, ())
    connection.execute("DELETE FROM judged WHERE case_id = ?", (case_id,))
    kept = connection.execute("SELECT no FROM matter_sketch WHERE case_id = ?", (case_id,)).fetchone()
    if kept:
        connection.execute("DELETE FROM pair_index WHERE rowid = ?", kept)
        connection.execute("DELETE FROM matter_sketch WHERE no = ?", kept)


def tokens(text: str) -> str:
    """The pairs of a text as words of the index."""
    return " ".join(map(token, dict.fromkeys(pairs_of(text))))


def token(pair: str) -> str:
    """A pair as one ASCII word: both code points, hexadecimal, `g` between."""
    return f"{ord(pair[0]):x}g{ord(pair[1]):x}"


def write_judged(connection: Connection, case: Case) -> None:
    """What persons said about this case and others."""
    wanted = [
        (case.id, place, each.other, each.likeness.value, each.same, each.party, each.other_party)
        for place, each in enumerate(case.course.judged)
    ]
    kept = connection.execute(
        "SELECT case_id, place, other, likeness, same, party, other_party FROM judged WHERE case_id = ? ORDER BY place",
        (case.id,),
    ).fetchall()
    if [tuple(row) for row in kept] == wanted:
        return
    connection.execute("DELETE FROM judged WHERE case_id = ?", (case.id,))
    connection.executemany("INSERT INTO judged VALUES (?, ?, ?, ?, ?, ?, ?)", wanted)


def agrees(connection: Connection, case: Case, *, opened: int) -> bool:
    """True when what is folded is what `write` would fold now (the full check)."""
    matter = matter_of(case, opened=opened)
    people = connection.execute(
        "SELECT no, body FROM person_sketch WHERE case_id = ? ORDER BY no", (case.id,)
    ).fetchall()
    sketch = connection.execute("SELECT body FROM matter_sketch WHERE case_id = ?", (case.id,)).fetchone()
    judged = connection.execute("SELECT count(*) FROM judged WHERE case_id = ?", (case.id,)).fetchone()
    if [PERSON.decode(body) for _, body in people] != list(matter.people) or judged[0] != len(case.course.judged):
        return False
    if sketch is None or SKETCH.decode(sketch[0]) != matter.sketch:
        return False
    wanted = {(key, no) for (no, _), person in zip(people, matter.people, strict=True) for key in keys_of(person)}
    held = "SELECT count(*) FROM person_key WHERE key = ? AND no = ?"
    return all(connection.execute(held, row).fetchone()[0] for row in wanted)


def said_about(connection: Connection, case_id: str) -> tuple[Said, ...]:
    """Every judgement in which a case stands on either side."""
    rows = connection.execute(
        "SELECT case_id, other, likeness, same, party, other_party FROM judged WHERE case_id = ? OR other = ?"
        " ORDER BY case_id, place",
        (case_id, case_id),
    ).fetchall()
    return tuple(Said(case, other, likeness, bool(same), *parties) for case, other, likeness, same, *parties in rows)


def known_refs(connection: Connection, refs: Iterable[str]) -> dict[str, CaseId]:
    """Which of these senders' numbers are held, and by which case."""
    asked = "SELECT case_id FROM matter_sketch WHERE source_ref = ? LIMIT 1"
    rows = ((ref, connection.execute(asked, (ref,)).fetchone()) for ref in refs if ref)
    return {ref: CaseId(row[0]) for ref, row in rows if row}


def candidates(connection: Connection, matter: Matter) -> tuple[Matter, ...]:
    """The cases that share a key of a person, the sender's number or telling words with this one, the newest first."""
    found = dict.fromkeys(known_refs(connection, (matter.sketch.source_ref,)).values())
    found |= dict.fromkeys(holders_of_keys(connection, matter.people[:PEOPLE_ASKED]))
    found |= dict.fromkeys(case for case, _ in near_texts(connection, matter.sketch, limit=8)[1])
    found.pop(CaseId(matter.case), None)
    return tuple(matters(connection, list(found)[:CASES_MOST]))


def holders_of_keys(connection: Connection, people: Iterable[Person]) -> Iterator[CaseId]:
    """Cases with a party under one of these people's keys."""
    asked = (
        "SELECT person_sketch.case_id FROM (SELECT no FROM person_key WHERE key = ? ORDER BY no DESC LIMIT ?) AS held"
        " JOIN person_sketch ON person_sketch.no = held.no"
    )
    for key in {key: None for person in people for key in keys_of(person)}:
        yield from (CaseId(row[0]) for row in connection.execute(asked, (key, MOST)))


def matters(connection: Connection, ids: Iterable[CaseId]) -> Iterator[Matter]:
    """These cases as they are compared."""
    for case_id in ids:
        sketch = connection.execute("SELECT body FROM matter_sketch WHERE case_id = ?", (case_id,)).fetchone()
        people = connection.execute("SELECT body FROM person_sketch WHERE case_id = ? ORDER BY no", (case_id,))
        if sketch:
            yield Matter(tuple(PERSON.decode(row[0]) for row in people), SKETCH.decode(sketch[0]), case_id)


def near_texts(connection: Connection, sketch: Sketch, *, limit: int) -> tuple[Corpus, list[tuple[CaseId, Sketch]]]:
    """The cases whose texts share the most telling pairs with this one, and how telling each pair is."""
    size = connection.execute("SELECT ifnull(max(no), 0) FROM matter_sketch").fetchone()[0]
    pairs = list(dict.fromkeys(pairs_of(sketch.text)))[:PAIRS_ASKED]
    asked = "SELECT rowid FROM pair_index WHERE pair_index MATCH ? ORDER BY rowid DESC LIMIT ?"
    holders = {pair: connection.execute(asked, (token(pair), HOLDERS)).fetchall() for pair in pairs}
    corpus = Corpus(size, {pair: len(rows) for pair, rows in holders.items()})
    weights: Counter[int] = Counter()
    for pair, rows in holders.items():
        weight = corpus.weight(pair)
        for (no,) in rows:
            weights[no] += weight  # type: ignore[assignment]  # a counter of weights
    row = "SELECT case_id, body FROM matter_sketch WHERE no = ?"
    best = (connection.execute(row, (no,)).fetchone() for no, _ in weights.most_common(limit))
    return corpus, [(CaseId(case), SKETCH.decode(body)) for case, body in filter(None, best)]
