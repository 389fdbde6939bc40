"""Consents, recordings and the places of turns as they are read from entries."""

from __future__ import annotations

import pytest

from mediator.casework.drafting import Pen, imagined_case
from mediator.core.recordings import ConsentWay, Ending, Position
from mediator.core.records import CaseId, Hearing
from mediator.journal.entry import Draft, StreamId
from mediator.journal.kinds import KINDS

CASE, SITTING, OTHER, TAPE, LI = "ca" * 16, "5e" * 16, "5f" * 16, "7a" * 16, "a1" * 16
PEN = Pen(StreamId(CASE), {}, 1_000, None)
DIGEST = "d1" * 32


def word(kind: str, name: str, at: int, *, hearing: str = SITTING, **more: object) -> Draft:
    return PEN.write(f"recording.{kind}", hearing=hearing, name=name, at=at, **more)


def sitting(*drafts: Draft) -> Hearing:
    """The sitting that these entries come to."""
    opened = [PEN.write("case.opened", fields={"title": "借款"}), PEN.write("hearing.opened", id=SITTING, fields={})]
    (found,) = imagined_case(CaseId(CASE), [*opened, *drafts]).hearings
    return found


def test_the_newest_word_of_everybody_counts_and_others_sittings_do_not() -> None:
    found = sitting(
        word("agreed", "李四", 10, way="oral", party=LI), word("agreed", "王代表", 11, way="written"),
        word("withdrawn", "李四", 12, party=LI), word("agreed", "张三", 13, way="oral", hearing=OTHER),
        word("withdrawn", "赵某", 14),
    ).consents  # fmt: skip
    assert [(each.name, each.way, each.stands) for each in found] == [
        ("李四", ConsentWay.ORAL, False), ("王代表", ConsentWay.WRITTEN, True), ("赵某", ConsentWay.ORAL, False),
    ]  # fmt: skip
    again = sitting(
        word("agreed", "李四", 10, way="oral"), word("withdrawn", "李四", 12), word("agreed", "李四", 15, way="written")
    )
    assert [(each.way, each.stands) for each in again.consents] == [(ConsentWay.WRITTEN, True)]


def test_a_recording_is_open_until_its_end_is_entered() -> None:
    begun = PEN.write("recording.begun", id=TAPE, hearing=SITTING, at=20)
    end: dict[str, object] = {"samples": 80_000, "chunks": 3, "size": 160_500, "digest": DIGEST, "at": 5_020}
    (open_one,) = sitting(begun).recordings
    assert (open_one.ended, open_one.seconds) == (False, 0)
    for told, ending in (("withdrawn", Ending.WITHDRAWN), ("a word of a newer program", Ending.BROKEN_OFF)):
        (found,) = sitting(begun, PEN.write("recording.ended", id=TAPE, ending=told, **end)).recordings
        assert (found.ended, found.seconds, found.chunks, found.size) == (True, 5, 3, 160_500)
        assert (found.ending, found.digest) == (ending, DIGEST)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"recording": TAPE, "sound": 1_500}, Position(TAPE, 1_500)),
        ({"recording": TAPE, "sound": 0}, Position(TAPE, 0)),
        ({}, None), ({"recording": TAPE}, None), ({"sound": 7}, None), ({"recording": TAPE, "sound": -1}, None),
    ],
)  # fmt: skip
def test_a_turn_keeps_where_it_is_heard(told: dict[str, object], place: Position | None) -> None:
    turn = PEN.write("hearing.sentence", id="7e" * 16, hearing=SITTING, speaker="李四", text="请还钱。", at=30, **told)
    assert sitting(turn).turns[0].sound == place


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("agreed", {"way": 1}), ("agreed", {"hearing": "x"}), ("withdrawn", {"at": "早上"}), ("begun", {"id": ""}),
        ("keyed", {"key": "ab" * 31}), ("ended", {"digest": "00"}), ("ended", {"samples": True}),
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_set_aside(kind: str, wrong: dict[str, object]) -> None:
    good: dict[str, object] = {
        "id": TAPE, "hearing": SITTING, "name": "李四", "way": "oral", "at": 1, "key": DIGEST, "samples": 1,
        "chunks": 1, "size": 1, "digest": DIGEST, "ending": "stopped",
    }  # fmt: skip
    rule = KINDS[f"recording.{kind}"]
    assert rule.fault({**good, "later": 1}) == ""
    assert rule.fault({**good, **wrong}) == f"entry.body.{next(iter(wrong))}"
