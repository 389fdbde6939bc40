"""A lawful erasure reaches what it may and nothing else; whatever it takes, chains and signatures stand (T68)."""

from __future__ import annotations

import hmac
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.journal.canonical import decode_object
from mediator.journal.entry import Entry, StreamId
from mediator.journal.erasures import CASE_ERASED, DONE, ERASED, reaches, targets_in, targets_of, without
from mediator.journal.fold import fold_all, state_bytes
from mediator.journal.framing import read_entry, verify_entry
from mediator.journal.kinds import KINDS
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)
OTHER = StreamId("cd" * 16)
PARTY = "11" * 16


def a_case(writer: Writer) -> list[Entry]:
    """A few entries of a case."""
    writer.write(CASE, "case.opened", {"fields": {"title": "纠纷", "kind": "people_mediation"}})
    writer.write(CASE, "party.added", {"id": PARTY, "fields": {"name": "某甲", "side": "applicant"}})
    writer.write(CASE, "party.set", {"id": PARTY, "fields": {"phone": "00000000000"}})
    for k in range(4):
        body: dict[str, object] = {"id": f"{k:032x}", "hearing": PARTY, "speaker": "某甲", "text": f"第{k}句", "at": k}
        writer.write(CASE, "hearing.sentence", body)
    return [writer.journal.held[writer.desk, n] for n in range(1, 8)]


CHAIN = a_case(Writer("clerk"))


def signed(text: bytes, signature: bytes) -> None:
    """The author's HMAC."""
    assert hmac.compare_digest(Writer("clerk").sign(text), signature)


@pytest.mark.threat("T68")
@given(doomed=st.sets(st.integers(1, len(CHAIN))), order=st.permutations(range(len(CHAIN))))
def test_whatever_is_erased_the_chain_holds_and_every_order_folds_alike(doomed: set[int], order: list[int]) -> None:
    left = without(CHAIN, {(CHAIN[0].desk, n): [(CASE, ERASED)] for n in doomed})
    read = [read_entry(entry.raw) for entry in left]
    assert [entry.hash for entry in read] == [entry.hash for entry in CHAIN]
    assert {entry.n for entry in read if entry.erased} == doomed
    for before, entry in pairwise(read):
        assert entry.head.p == before.hash
        verify_entry(entry, signed)
    state = state_bytes(fold_all(left))
    assert state_bytes(fold_all([left[k] for k in order])) == state
    gone = [entry for entry in CHAIN if entry.n in doomed and entry.kind == "hearing.sentence"]
    assert all(str(entry.content()["text"]).encode() not in state for entry in gone)


@given(ids=st.sets(st.tuples(st.sampled_from(["a1" * 16, "b2" * 16, "c3" * 16]), st.integers(1, 50)), min_size=1))
def test_targets_are_written_as_the_kind_asks_and_read_as_they_were(ids: set[tuple[str, int]]) -> None:
    body: dict[str, object] = {"targets": targets_of(ids), "ground": "pipl47.1", "decided_by": ["li", "wang"]}  # type: ignore[arg-type]  # ids
    assert KINDS[ERASED].fault(body) == ""
    assert targets_in(body) == ids


def test_a_decision_reaches_its_own_stream_alone() -> None:
    target = {CHAIN[1].id: [(OTHER, ERASED)]}
    assert without(CHAIN, target) == CHAIN


@pytest.mark.threat("T65")
@pytest.mark.threat("T68")
@pytest.mark.parametrize(
    ("kind", "room", "county"),
    [
        ("party.added", True, True), ("hearing.sentence", True, True), ("recording.keyed", True, True),
        ("character.pictured", True, True), ("case.imported", True, True), ("note.private", True, True),
        ("agreement.signed", False, True), ("document.issued", False, True), ("dossier.filed", False, True),
        (ERASED, False, False), (CASE_ERASED, False, False), (DONE, False, False), ("access.case_viewed", False, False),
        ("audit.exchange", False, False), ("desk.opened", False, False), ("numbers.granted", False, False),
        ("case.granted", False, False), ("table.published", False, False), ("template.approved", False, False),
    ],
)  # fmt: skip
def test_a_room_reaches_no_evidence_and_nobody_what_tells_of_deeds(kind: str, room: bool, county: bool) -> None:
    assert (reaches(kind, ERASED), reaches(kind, CASE_ERASED)) == (room, county)


def test_a_program_that_does_not_know_an_erasure_must_not_go_on_as_before() -> None:
    body: dict[str, object] = {"targets": [[PARTY, [1]]], "ground": "pipl47.1", "decided_by": ["li", "wang"]}
    entry = Writer("clerk").write(CASE, ERASED, body)
    assert decode_object(entry.head_bytes)["x"] == 1
    assert "x" not in decode_object(CHAIN[0].head_bytes)
