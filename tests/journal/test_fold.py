"""Fold: the same record from the same entries, whatever their way; newer kinds kept, histories long or torn."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.records import CaseId
from mediator.journal.agreements import draft_content
from mediator.journal.content import content_digest
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog, fold_all, state_bytes
from mediator.journal.framing import erased_twin, read_entry
from mediator.journal.reach import Reach
from mediator.journal.records import case_of
from mediator.journal.steps import FOLDS
from tests.journal.list_journal import Writer
from tests.journal.test_hostile import with_body

CASE: Final = StreamId("ab" * 16)
SEEDS = st.integers(0, 2**32)
IDS: Final = [f"{n:032x}" for n in range(1, 5)]
TEXTS: Final = ("甲", "乙", "丙")
Fact = tuple[str, dict[str, object]]


def any_fact(random: Random, number: int) -> Fact:
    """A fact of any kind that folds, over few ids so that they meet."""
    key, text = random.choice(IDS), random.choice(TEXTS)
    party, clause, hearing = f"a{key[1:]}", f"c{key[1:]}", f"e{key[1:]}"
    said, paid = f"5{number:031x}", f"b{number:031x}"
    facts: list[Fact] = [
        ("case.set", {"fields": {"facts": text, "accepted_on": random.choice(["2026-03-05", "2026-03-06", ""])}}),
        ("case.moved", {"to": random.choice(["accepted", "withdrawn", "in_mediation"]), "reason": text}),
        ("case.numbered", {"number": text, "alias": f"临{number}"}),
        ("party.added", {"id": party, "fields": {"name": text, "side": "applicant"}}),
        ("party.set", {"id": party, "fields": {"phone": text}}), ("party.left", {"id": party}),
        ("clause.added", {"id": clause, "fields": {"text": text}}), ("clause.removed", {"id": clause}),
        ("agreement.set", {"fields": {"place": text}}), ("agreement.order", {"clauses": random.sample(IDS, 2)}),
        ("hearing.opened", {"id": hearing, "fields": {"place": text}}),
        ("hearing.sentence", {"id": said, "hearing": hearing, "speaker": text, "text": text, "at": number}),
        ("hearing.corrected", {"id": f"5{number - 1:031x}", "hearing": hearing, "text": text}),
        ("hearing.closed", {"hearing": hearing, "digest": "", "count": number}),
        ("payment.recorded", {"id": paid, "fields": {"obligation": clause, "amount": 5, "paid_on": "2026-03-05"}}),
        ("payment.voided", {"id": paid}), ("weather.noted", {"sky": text}), ("note.private", {"text": text}),
    ]  # fmt: skip
    return random.choice(facts)


def history(seed: int, steps: int = 30) -> list[Entry]:
    """What two or three desks wrote, with exchanges here and there; all that may leave, and no two desks alike."""
    random = Random(seed)
    desks = [Writer(f"fold{seed}-{n}") for n in range(random.choice((2, 3)))]
    newer = Writer(f"newer{seed}")
    for number in range(1, steps):
        writer = random.choice(desks)
        kind, body = any_fact(random, number)
        if kind != "weather.noted":
            writer.write(CASE, kind, body, wall=number)
        else:
            known = newer.write(CASE, "case.set", {"fields": {}})
            assert known.body is not None
            writer.journal.absorb([with_body(known, known.body, k=kind)])
        if random.random() < 0.3:
            giver = random.choice(desks)
            writer.journal.absorb([e for e in giver.journal.held.values() if e.reach is Reach.COUNTY])
    held = {entry.id: entry for writer in desks for entry in writer.journal.held.values()}
    return [entry for entry in held.values() if entry.reach is Reach.COUNTY]


def in_pieces(entries: Sequence[Entry], random: Random) -> StreamLog:
    """Taken in as bundles of any size, in any order, some twice."""
    log, rest = StreamLog(), list(entries)
    random.shuffle(rest)
    while rest:
        size = random.randint(1, 6)
        log.add([*rest[:size], *random.sample(list(entries), 2)])
        rest = rest[size:]
    return log


@pytest.mark.threat("T44")
@given(SEEDS, st.integers(0, 2**32))
def test_any_way_of_arriving_gives_the_same_record(seed: int, way: int) -> None:
    entries = history(seed)
    whole = fold_all(entries)
    log = in_pieces(entries, Random(way))
    assert state_bytes(log.state) == state_bytes(whole)
    assert case_of(CaseId(CASE), log.state) == case_of(CaseId(CASE), whole)
    assert draft_content(log.state) == draft_content(whole)
    assert (log.waiting, len(log)) == (0, len(entries))


@given(SEEDS)
def test_two_records_are_equal_only_when_nothing_is_missing(seed: int) -> None:
    entries = history(seed)
    named = {mark for entry in entries for mark in entry.marks.items()}
    last = next(e for e in entries if e.id not in named and e.kind in FOLDS)
    assert state_bytes(fold_all(e for e in entries if e is not last)) != state_bytes(fold_all(entries))


@given(SEEDS)
def test_every_bytes_of_an_entry_pass_through_unchanged(seed: int) -> None:
    for entry in history(seed):
        assert read_entry(entry.raw) == entry


def test_a_newer_kind_and_a_newer_version_are_kept_and_counted() -> None:
    writer = Writer("新")
    first = writer.write(CASE, "case.opened", {"fields": {"title": "纠纷", "mood": "calm"}, "later": [1]})
    second = writer.write(CASE, "case.set", {"fields": {"title": "改"}})
    assert second.body is not None
    for members in ({"k": "weather.noted"}, {"kv": 2}):
        log = StreamLog()
        log.add([first, with_body(second, second.body, **members)])
        assert (log.state.unread, log.state.newer_only, len(log.entries)) == (1, False, 2)
        assert case_of(CaseId(CASE), log.state).title == "纠纷"
        assert case_of(CaseId(CASE), log.state).unread_kinds == 1
    assert fold_all([first]).items["case"].fields["mood"][0].value == "calm"


@pytest.mark.parametrize(("members", "held"), [({"k": "weather.noted", "x": 1}, True), ({"x": 1}, False)])
def test_what_must_be_understood_and_is_not_holds_the_case(members: dict[str, object], held: bool) -> None:
    entry = Writer("新").write(CASE, "case.opened", {"fields": {}})
    assert entry.body is not None
    state = fold_all([with_body(entry, entry.body, **members)])
    assert state.newer_only is held
    assert case_of(CaseId(CASE), state).newer_only is held


@pytest.mark.threat("T68")
def test_an_erased_entry_keeps_its_place_in_the_order_and_says_nothing() -> None:
    writer = Writer("村")
    chain = [writer.write(CASE, "case.set", {"fields": {"facts": text}}) for text in ("一", "二", "三")]
    log = StreamLog()
    log.add([chain[0], erased_twin(chain[1]), chain[2]])
    assert (log.waiting, len(log.entries)) == (0, 3)
    assert [write.value for write in log.state.items["case"].fields["facts"]] == ["三"]


def test_what_a_form_shows_and_a_desks_last_entry_are_told_by_reach() -> None:
    writer = Writer("村")
    for kind, body in (("case.set", {"fields": {}}), ("audit.seen", {}), ("note.private", {"text": ""})):
        writer.write(CASE, kind, dict(body))
    log = writer.journal.log(CASE)
    reaches = (Reach.COUNTY, Reach.ROOM, Reach.PRIVATE)
    assert [log.last_of(writer.desk, reach) for reach in reaches] == [1, 2, 3]
    assert [log.seen(reach) for reach in reaches] == [{writer.desk: n} for n in (1, 2, 3)]
    assert log.last_of(DeskId("00" * 16), Reach.PRIVATE) == 0


@pytest.mark.threat("T45")
def test_a_long_talk_of_two_desks_taken_in_backwards_costs_its_length() -> None:
    one, two = Writer("甲"), Writer("乙")
    two.journal = one.journal
    for number in range(150):
        one.write(CASE, "case.set", {"fields": {"facts": f"{number}"}})
        two.write(CASE, "case.set", {"fields": {"facts": f"{number}"}})
    log = CountingLog()
    log.add(reversed(one.journal.stream(CASE)))
    assert (log.waiting, len(log.entries)) == (0, 300)
    assert log.asked <= 3 * 300


class CountingLog(StreamLog):
    """Counts how often an entry was asked for its predecessors."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def _depth_of(self, entry: Entry) -> int:
        self.asked += 1
        return super()._depth_of(entry)


def test_a_signing_freezes_what_was_drafted_and_its_digest_is_that_content() -> None:
    writer = Writer("村")
    writer.write(CASE, "clause.added", {"id": IDS[0], "fields": {"text": "付款"}})
    content = draft_content(writer.journal.log(CASE).state)
    writer.write(CASE, "agreement.signed", {"digest": content_digest(content), "form": "written", "content": content})
    writer.write(CASE, "clause.set", {"id": IDS[0], "fields": {"text": "不付款"}})
    agreement = case_of(CaseId(CASE), writer.journal.log(CASE).state).agreement
    assert agreement is not None
    assert ([clause.text for clause in agreement.clauses], agreement.digest) == (["付款"], content_digest(content))
