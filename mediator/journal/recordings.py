"""Consents and recordings of a sitting, read from what was entered in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mediator.core.recordings import Consent, ConsentWay, Ending, Position, Recording
from mediator.journal.reading import Reader, code, moment
from mediator.journal.state import State


def of_kind(state: State, kind: str) -> Iterator[Reader]:
    """The bodies of one kind, in folding order."""
    return (Reader(body) for each, body in state.sounds if each == f"recording.{kind}")


def consents_of(state: State, hearing: str) -> tuple[Consent, ...]:
    """Everybody's newest word in a sitting, in the order they were first asked; who said no at once never agreed."""
    found: dict[str, Consent] = {}
    for kind, body in state.sounds:
        reader = Reader(body)
        key = reader.text("party") or reader.text("name")
        if reader.get("hearing") != hearing or kind not in ("recording.agreed", "recording.withdrawn"):
            continue
        way = code(ConsentWay, reader.get("way")) or ConsentWay.ORAL
        word = Consent(reader.text("name"), way, reader.text("party"), moment(reader.get("at")))
        if kind == "recording.withdrawn":
            word = replace(found.get(key, word), withdrawn_at=word.at)
        found[key] = word
    return tuple(found.values())


def recordings_of(state: State, hearing: str) -> tuple[Recording, ...]:
    """The recordings of a sitting in the order they were begun."""
    ends = {reader.text("id"): reader for reader in of_kind(state, "ended")}
    return tuple(
        recording_of(reader, ends.get(reader.text("id")))
        for reader in of_kind(state, "begun")
        if reader.get("hearing") == hearing
    )


def recording_of(begun: Reader, end: Reader | None) -> Recording:
    """One recording; an ending of a newer program reads as broken off."""
    bare = Recording(begun.text("id"), moment(begun.get("at")))
    if end is None:
        return bare
    return replace(
        bare,
        ended_at=moment(end.get("at")),
        ending=code(Ending, end.get("ending")) or Ending.BROKEN_OFF,
        samples=end.count("samples") or 0,
        chunks=end.count("chunks") or 0,
        size=end.count("size") or 0,
        digest=end.text("digest"),
    )


def position_of(reader: Reader) -> Position | None:
    """Where a turn is heard, if it was said while a recording ran."""
    recording, ms = reader.text("recording"), reader.count("sound")
    return Position(recording, ms) if recording and ms is not None and ms >= 0 else None
