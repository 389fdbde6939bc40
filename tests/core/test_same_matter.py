"""The same matter or another one between the same neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from mediator.core.codes import Side
from mediator.core.kin import Sketch
from mediator.core.likeness import LIKELY, Person, person_of
from mediator.core.same_matter import Matter, compare_matters
from tests.core.pairs import HOMOPHONES, changed, somebody

FACTS = (
    "，与，系同村邻居。2026年2月11日，翻修房屋时屋檐伸出约半米，雨水滴到东墙，致墙面受潮脱落，修复需3600元。",
    "，在老屋后山砍了，家的三棵香樟树，树龄约二十年，，要求按市价赔偿，，称树长在自家自留山上。",
    "，的儿子骑电动车在村口把，的母亲撞倒，住院九天，医药费8200元未付。",
    "，在河滩开荒种的玉米被，放的牛吃掉约两亩，双方对损失估价相差较大。",
    "，借给，现金二万元做小生意，约定一年归还，到期后只还了五千元。",
    "，家化粪池渗漏到，家水井，井水发臭不能饮用，要求另打一口井并承担费用。",
)
RETOLD = (
    "邻居翻修房子，屋檐伸出来半米左右，下雨就滴到我家东墙，墙面受潮脱落，修复要3600元，他不肯出。",
    "后山三棵香樟树被砍，树龄二十年左右，对方说树长在他自留山上，不同意按市价赔偿。",
    "我母亲在村口被电动车撞倒，住院九天，医药费8200元一分没付，是他儿子骑的车。",
    "放的牛把我河滩上开荒种的玉米吃掉两亩，损失估价双方谈不拢。",
    "现金二万元借给他做小生意，约定一年归还，只还了五千元，剩下的到期不还。",
    "化粪池渗漏到水井，井水发臭，没法饮用，要求他另打一口井。",
)
DAY = date(2026, 3, 2)


def matter(people: tuple[Person, ...], text: str, *, on: date = DAY, kind: str = "邻里", ref: str = "") -> Matter:
    """A case of two people in one village."""
    return Matter(people, Sketch("people_mediation", kind, "湖川", on.isoformat(), ref, "persons", 0, text))


def two(chance: Random) -> tuple[Person, Person]:
    """Two people on two sides."""
    return person_of(somebody(chance)), person_of(replace(somebody(chance), side=Side.RESPONDENT))


def misspelt(person: Person, chance: Random) -> Person:
    """The same as another clerk typed him: the number left out."""
    return replace(person, name=changed(person.name, HOMOPHONES, chance), number="")


def test_one_quarrel_told_twice_is_found_and_two_quarrels_of_neighbours_are_not() -> None:
    chance, found, wrong, rounds = Random(5), 0, 0, 300
    for number in range(rounds):
        one, other = two(chance)
        first = matter((one, other), FACTS[number % 6], on=DAY)
        later = DAY + timedelta(days=chance.randrange(30))
        twice = matter((misspelt(other, chance), misspelt(one, chance)), RETOLD[number % 6], on=later)
        found += compare_matters(first, twice).value >= LIKELY
        another = matter((one, other), RETOLD[(number + 1 + number % 5) % 6], on=later)
        wrong += compare_matters(first, another).value >= LIKELY
    assert found / rounds >= 0.95
    assert found / max(found + wrong, 1) >= 0.9


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"on": DAY}, "同一天登记"),
        ({"on": DAY + timedelta(days=60)}, "登记时间相距三个月以内"),
        ({"on": DAY + timedelta(days=800)}, "登记时间相距一年以上"),
        ({"kind": "损害赔偿"}, "纠纷类型不同"),
    ],
)
def test_time_and_type_are_weighed_and_told(changes: dict[str, object], reason: str) -> None:
    people = two(Random(1))
    score = compare_matters(matter(people, FACTS[0]), matter(people, FACTS[0], **changes))  # type: ignore[arg-type]  # by name
    assert reason in score.reasons
    assert {"双方当事人相同", "所述事实几乎相同", "提到同一笔金额"} <= set(score.reasons)


def test_the_senders_number_alone_is_enough_for_a_look() -> None:
    chance = Random(2)
    one, other = matter(two(chance), "", ref="20260302-118"), matter((), "", ref="20260302-118")
    assert compare_matters(one, other).value >= LIKELY
    assert compare_matters(one, matter((), "", ref="20260302-119")).value < LIKELY


def test_the_same_words_of_other_people_are_another_matter() -> None:
    chance = Random(3)
    assert compare_matters(matter(two(chance), FACTS[0]), matter(two(chance), FACTS[0])).value < LIKELY


def test_two_claims_of_one_person_against_different_people_are_two_matters() -> None:
    chance = Random(4)
    one, other = two(chance)
    against = person_of(replace(somebody(chance), side=Side.RESPONDENT))
    assert compare_matters(matter((one, other), FACTS[0]), matter((one, against), RETOLD[3])).value < LIKELY
