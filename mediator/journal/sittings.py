"""Pages read back and signatures of a sitting, each held against the record as it stands now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mediator.core.sittings import ReadBack, RecordSignature, SignWay, Strokes
from mediator.journal.canonical import encode
from mediator.journal.reading import Reader, code, moment

if TYPE_CHECKING:
    from mediator.core.records import Turn
    from mediator.journal.state import State

Said = tuple[str, str, str]


def record_digest(turns: Iterable[Said]) -> str:
    """SHA-256 over the record that was read out: (turn id, speaker, words) in order of speech."""
    return hashlib.sha256(b"mediator/hearing/1\x00" + encode([list(row) for row in turns])).hexdigest()


def pinned(turns: Iterable[Turn]) -> list[Said]:
    """What a closing, a signature and an initial pin of each turn; late words stand in the annex and are not signed."""
    return [(turn.id, turn.speaker, turn.text) for turn in turns if not turn.late]


def reads_of(state: State, hearing: str, turns: tuple[Turn, ...]) -> tuple[ReadBack, ...]:
    """Every initial of a hearing in order, each compared with the words that stand there now."""
    rows = {row[0]: row for row in pinned(turns)}
    return tuple(_read(Reader(body), rows) for body in state.reads if body.get("hearing") == hearing)


def _read(reader: Reader, rows: Mapping[str, Said]) -> ReadBack:
    """One initial."""
    turns = reader.texts("turns")
    now = record_digest(rows[each] for each in turns if each in rows)
    return ReadBack(
        reader.text("by"), turns, now == reader.text("digest"), reader.text("party"), moment(reader.get("at"))
    )


def signatures_of(state: State, hearing: str, turns: tuple[Turn, ...]) -> tuple[RecordSignature, ...]:
    """Each signer's last answer, in the order they first answered; ways of newer programs are left out."""
    mine = [Reader(body) for body in state.answers if body.get("hearing") == hearing]
    digest = record_digest(pinned(turns)) if mine else ""
    newest = {(reader.text("party"), reader.text("signer")): reader for reader in mine}
    return tuple(
        RecordSignature(
            signer=signer,
            way=way,
            fits=reader.text("digest") == digest,
            party=party,
            strokes=strokes_of(reader.get("strokes")),
            reason=reader.text("reason"),
            at=moment(reader.get("at")),
        )
        for (party, signer), reader in newest.items()
        if (way := code(SignWay, reader.get("way")))
    )


def strokes_of(value: object) -> Strokes:
    """Strokes as tuples; the body was checked before."""
    rows = value if isinstance(value, list) else []
    return tuple(tuple((x, y, t) for x, y, t in stroke) for stroke in rows)
