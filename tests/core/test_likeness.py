"""The same person or another one: recall and precision on generated pairs, and each reason by a worked example."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import PartyKind, Sex
from mediator.core.likeness import LIKELY, Person, compare, keys_of, person_of, plain_name, village_in
from tests.core.pairs import SAME, Pair, pairs, somebody

WANG = Person(name="王秀英", number="33112219721120002", phone="10012345678", place="湖川", house="12",
              birth=date(1972, 11, 20), sex=Sex.FEMALE)  # fmt: skip


def found(pair: Pair) -> bool:
    """Scored likely, and sharing a key, without which no scan would have met them."""
    one, other = person_of(pair.one), person_of(pair.other)
    return compare(one, other).value >= LIKELY and bool(keys_of(one) & keys_of(other))


def recall_and_precision(seed: int, count: int) -> tuple[float, float, Counter[str]]:
    """Of `count` pairs of each sort, and by which way pairs of one person were missed."""
    made = list(pairs(seed, count))
    hits = [pair for pair in made if found(pair)]
    right = sum(pair.same for pair in hits)
    missed = Counter(pair.how for pair in made if pair.same and pair not in hits)
    return right / count, right / max(len(hits), 1), missed


def test_pairs_with_errors_variants_new_phones_and_maiden_names_are_found() -> None:
    recall, precision, missed = recall_and_precision(1, 1200)
    assert recall >= 0.95, missed
    assert precision >= 0.9


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_same_holds_for_any_seed_and_for_every_way_by_itself(seed: int) -> None:
    recall, precision, missed = recall_and_precision(seed, 6000)
    assert recall >= 0.95
    assert precision >= 0.9
    assert max(missed.values(), default=0) <= 0.25 * 6000 / len(SAME)


@pytest.mark.parametrize(
    ("changes", "likely", "reason"),
    [
        ({}, True, "证件号码相同"),
        ({"name": "李秀英"}, True, "名相同、姓不同（可能是婚前或婚后姓名）"),
        ({"number": "33112219721120012"}, True, "证件号码只差一位"),
        ({"number": ""}, True, "联系电话相同"),
        ({"number": "", "phone": "", "birth": None, "house": "7"}, True, "在同一个村（社区）"),
        ({"number": "", "phone": "", "birth": None, "place": "上周"}, False, "不在同一个村（社区）"),
        ({"number": "33112219850101002", "birth": date(1985, 1, 1)}, False, "证件号码不同"),
        ({"number": "", "birth": date(1950, 1, 1), "phone": ""}, False, "出生日期不同"),
        ({"number": "", "sex": Sex.MALE, "birth": None, "phone": ""}, False, "性别不同"),
        ({"number": "", "birth": None, "phone": "10012345679"}, True, "联系电话只差一位"),
        ({"number": "", "name": "王秀瑛", "place": ""}, True, "姓名读音相同或相近"),
    ],
)
def test_what_agrees_and_what_does_not_is_weighed_and_told(
    changes: dict[str, object], likely: bool, reason: str
) -> None:
    score = compare(WANG, replace(WANG, **changes))  # type: ignore[arg-type]  # fields by name
    assert (score.value >= LIKELY) is likely, score
    assert reason in score.reasons


def test_a_name_alone_is_never_enough() -> None:
    for name in ("王芳", "王秀英", "欧阳秀英"):
        assert compare(Person(name), Person(name)).value < LIKELY


def test_variant_characters_are_named_beside_each_other() -> None:
    one, other = Person("陳國峯", place="湖川", house="3"), Person("陈国峰", place="湖川", house="3")
    assert "姓名只差异体字（陳—陈、國—国、峯—峰）" in compare(one, other).reasons


def test_a_former_name_counts_as_a_name() -> None:
    chance = Random(3)
    old = replace(somebody(chance), name="李秀英", id_number="")
    new = replace(old, name="王小丽（曾用名：李秀英）", id_number="")
    assert compare(person_of(old), person_of(new)).value >= LIKELY
    assert keys_of(person_of(old)) & keys_of(person_of(new))


def test_a_person_and_a_body_are_never_the_same() -> None:
    party = somebody(Random(4))
    body = replace(party, kind=PartyKind.ORGANIZATION)
    assert compare(person_of(party), person_of(body)).value == 0


def test_a_body_is_known_by_its_name_without_the_legal_form() -> None:
    one = Person("缙云县好溪食品有限公司", organization=True, place="湖川")
    other = replace(one, name="缙云县好溪食品有限责任公司", phone="10000000000")
    assert compare(one, other).value >= LIKELY


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("浙江省丽水市缙云县壶镇镇湖川村12号", "湖川"),
        ("壶镇镇湖川村", "湖川"),
        ("湖川村东街3号", "湖川"),
        ("湖川行政村", "湖川"),
        ("五云街道黄龙社区", "黄龙"),
        ("壶镇镇解放街5号", ""),
        ("", ""),
    ],
)
def test_the_village_is_found_in_an_address(address: str, village: str) -> None:
    assert village_in(address) == village


def test_a_name_is_compared_without_blanks_and_brackets() -> None:
    assert plain_name("王　秀 英（女）") == "王秀英" == plain_name("王·秀英")


@given(st.integers(0, 10**6))
def test_likeness_is_the_same_from_both_sides_and_a_person_is_like_himself(seed: int) -> None:
    for pair in pairs(seed, 1):
        one, other = person_of(pair.one), person_of(pair.other)
        assert compare(one, other).value == compare(other, one).value
        assert compare(one, one).value >= LIKELY
        assert 0 <= compare(one, other).value <= 100
