"""Similar cases: kindred texts found among others, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from mediator.core.kin import Corpus, Sketch, closeness, pairs_of, shared_words
from tests.core.groups import groups


def sketches(seed: int, count: int) -> list[tuple[int, Sketch]]:
    """Cases with their groups."""
    return [(each.group, Sketch(text=f"{each.title}\n{each.facts}")) for each in groups(seed, count)]


def corpus_of(cases: Sequence[tuple[int, Sketch]]) -> Corpus:
    """How often each pair stands."""
    held = Counter(pair for _, sketch in cases for pair in set(pairs_of(sketch.text)))
    return Corpus(len(cases), held)


def share_found(seed: int, count: int) -> float:
    """Of the first case of each group: how many of its three kin are among the five nearest."""
    cases = sketches(seed, count)
    corpus = corpus_of(cases)
    found = 0
    for group in range(count):
        asked = next(sketch for each, sketch in cases if each == group)
        others = [(each, sketch) for each, sketch in cases if sketch is not asked]
        nearest = sorted(others, key=lambda row: -closeness(asked, row[1], corpus).value)[:5]
        found += sum(each == group for each, _ in nearest)
    return found / (count * 3)


def test_known_kin_stand_among_the_first_five() -> None:
    assert share_found(1, 20) >= 0.9


@pytest.mark.full
@pytest.mark.parametrize("seed", [2, 3])
def test_the_kin_of_two_hundred_groups_stand_among_the_first_five(seed: int) -> None:
    assert share_found(seed, 200) >= 0.9


ASKED = Sketch(dispute_type="邻里", relation="one_surname", place="湖川", money=300_000,
               text="双方系同村邻居，屋檐滴水致东墙受潮脱落，要求改装落水管。")  # fmt: skip


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (Sketch(dispute_type="邻里", text="屋檐滴水到院内。"), ("都提到：屋檐滴水", "纠纷类型相同")),
        (Sketch(relation="one_surname", place="湖川", money=500_000, text="东墙受潮，屋檐滴水。"),
         ("都提到：屋檐滴水、东墙受潮", "都是同姓之间", "在同一个村（社区）", "金额相近")),
        (Sketch(relation="persons", money=5_000_000, text="双方因彩礼发生纠纷。"), ()),
    ],
)  # fmt: skip
def test_why_is_told_in_the_words_of_both_records(other: Sketch, reasons: tuple[str, ...]) -> None:
    corpus = Corpus(100, {"滴水": 3, "屋檐": 3, "檐滴": 3, "东墙": 30, "墙受": 30, "受潮": 30})
    kinship = closeness(ASKED, other, corpus)
    assert set(kinship.reasons) == set(reasons)
    assert (kinship.value > 0) == bool(reasons)


def test_a_case_is_nearest_to_itself_and_rare_words_weigh_more() -> None:
    corpus = Corpus(1000, {"屋檐": 2, "东墙": 700})
    assert corpus.weight("屋檐") > corpus.weight("东墙")
    assert closeness(ASKED, ASKED, corpus).value == 100


def test_worn_phrases_of_every_record_are_no_likeness() -> None:
    assert not {"双方", "纠纷", "调解"} & set(pairs_of(ASKED.text))
    assert shared_words(Sketch(text="双方发生纠纷"), Sketch(text="双方发生纠纷"), Corpus(10, {})) == []
