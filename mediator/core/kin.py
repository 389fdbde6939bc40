"""Past cases of the same sort: weights of two-character words, and what a mediator reads of why (F91, X11).

No model and no dictionary: a text is its pairs of neighbouring Chinese characters, rare pairs weigh more (Okapi BM25,
Robertson and Zaragoza 2009), and fields of the record add a little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from mediator.core.codes import PartyKind
from mediator.core.likeness import village_in
from mediator.core.records import Case

SATURATION, LENGTH, USUAL = 1.2, 0.5, 160
TEXT_MOST: Final = 4000
WORDS_SHOWN: Final = 4
RUN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
WORN: Final = frozenset(
    (
        "双方", "方因", "发生", "生纠", "纠纷", "当事", "事人", "申请", "请人", "被申", "调解", "要求", "因此", "对方",
        "我方", "协商", "未果", "多次", "一直", "之间", "认为", "不同", "同意", "现在", "此事", "引发", "引起", "产生",
        "问题", "请求", "村民", "系邻", "导致", "造成", "进行", "矛盾", "争议", "争吵", "发现", "没有",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a case beside its people; names are taken out of `text`, `money` is the sum of the agreement.

    `relation` says between whom: two persons, a person and a body, two of one surname.
    """

    kind: str = ""
    dispute_type: str = ""
    place: str = ""
    on: str = ""
    source_ref: str = ""
    relation: str = ""
    money: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """How many cases there are and in how many of them each pair stands (for a common one: at least)."""

    size: int
    holding: Mapping[str, int]

    def weight(self, pair: str) -> float:
        """How telling a pair is, for both texts: squared, so that one rare word beats many that half of all share."""
        held = self.holding.get(pair, 0)
        return math.log(1 + (self.size - min(held, self.size) + 0.5) / (held + 0.5)) ** 2


@dataclass(frozen=True, slots=True)
class Kinship:
    """0-100 and why."""

    value: int
    reasons: tuple[str, ...]


def sketch_of(case: Case, *, on: str, village: str) -> Sketch:
    """The compared facts of a case; `on` is the day it began, `village` the name of its village."""
    return Sketch(
        kind=case.kind.value,
        dispute_type=case.dispute_type,
        place=village_in(village) or village or home_of(case),
        on=on,
        source_ref=case.source_ref,
        relation=relation_of(case),
        money=sum(each.amount or 0 for each in case.agreement.obligations) if case.agreement else 0,
        text=text_of(case),
    )


def home_of(case: Case) -> str:
    """The village of most of its parties, of the first named among equals; empty where no address names one."""
    homes = Counter(filter(None, (village_in(party.address) for party in case.parties)))
    return homes.most_common(1)[0][0] if homes else ""


def relation_of(case: Case) -> str:
    """Between whom: bodies and persons, and whether two persons have one surname."""
    kinds = {party.kind for party in case.parties}
    if PartyKind.ORGANIZATION in kinds:
        return "person_and_body" if PartyKind.PERSON in kinds else "bodies"
    return "one_surname" if one_surname(case) else "persons"


def one_surname(case: Case) -> bool:
    """True for two parties or more whose names all begin alike."""
    return len(case.parties) > 1 and len({party.name[:1] for party in case.parties}) == 1


RELATIONS: Final = {
    "person_and_body": "都是个人与单位之间", "bodies": "都是单位之间", "one_surname": "都是同姓之间",
}  # fmt: skip


def text_of(case: Case) -> str:
    """Title, facts, requests and what was disputed, without the parties' names; agreed clauses do not make kin."""
    parts = [case.title, case.facts, case.requests, case.agreement.disputed_points if case.agreement else ""]
    text = "\n".join(filter(None, parts))[:TEXT_MOST]
    names = sorted((party.name for party in case.parties if len(party.name) > 1), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, names)), "，", text) if names else text


def pairs_of(text: str) -> Iterator[str]:
    """Neighbouring Chinese characters, worn-out phrases of every record left out."""
    for run in RUN.findall(text):
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            if pair not in WORN:
                yield pair


def closeness(asked: Sketch, other: Sketch, corpus: Corpus) -> Kinship:
    """How near another case comes: its share of what the asked case has in common with itself, and the fields."""
    wanted = Counter(pairs_of(asked.text))
    whole = sum(corpus.weight(pair) for pair in wanted) or 1.0
    got = weight_shared(wanted, Counter(pairs_of(other.text)), corpus)
    alike = fields_alike(asked, other)
    reasons = [*shared_words(asked, other, corpus), *(why for _, why in alike)]
    bonus = sum(points for points, _ in alike)
    return Kinship(max(0, min(100, round(100 * got / whole) + bonus if got else 0)), tuple(reasons))


def weight_shared(wanted: Counter[str], found: Counter[str], corpus: Corpus) -> float:
    """What the pairs that a text has of the wanted ones weigh: more for each time, less in a long text."""
    length = 1 - LENGTH + LENGTH * found.total() / USUAL
    return sum(
        corpus.weight(pair) * found[pair] * (SATURATION + 1) / (found[pair] + SATURATION * length)
        for pair in wanted
        if pair in found
    )


def fields_alike(asked: Sketch, other: Sketch) -> list[tuple[int, str]]:
    """What the records have in common beside their words, with its points."""
    rows = (
        (6, "纠纷类型相同", told_alike(asked.dispute_type, other.dispute_type)),
        (3, RELATIONS.get(asked.relation, ""), asked.relation in RELATIONS and asked.relation == other.relation),
        (2, "在同一个村（社区）", told_alike(asked.place, other.place)),
        (2, "金额相近", bool(asked.money and other.money) and 0.5 <= asked.money / other.money <= 2),
    )
    return [(points, why) for points, why, alike in rows if alike]


def told_alike(one: str, other: str) -> bool:
    """Both records say it, and the same."""
    return one == other != ""


def shared_words(asked: Sketch, other: Sketch, corpus: Corpus) -> list[str]:
    """The most telling stretches that stand in both texts, as one reason."""
    held = frozenset(pairs_of(other.text))
    stretches = {each for run in RUN.findall(asked.text) for each in stretches_in(run, held) if each in other.text}
    weighed = sorted(stretches, key=lambda each: -sum(map(corpus.weight, pairs_of(each))))
    chosen = list(islice(apart(weighed), WORDS_SHOWN))
    return [f"都提到：{'、'.join(chosen)}"] if chosen else []


def apart(words: Iterable[str]) -> Iterator[str]:
    """Words in their order but those that stand in an earlier one or hold it."""
    kept: list[str] = []
    for each in words:
        if not any(each in earlier or earlier in each for earlier in kept):
            kept.append(each)
            yield each


def stretches_in(run: str, held: frozenset[str]) -> Iterator[str]:
    """Longest stretches of a run whose every pair is held; half of a worn-out phrase at either end falls away."""
    for inside, group in groupby(range(len(run)), key=lambda at: run[at : at + 2] in held):
        places = list(group)
        start, end = places[0], places[-1] + 1
        first = start + (start > 0 and run[start - 1 : start + 1] in WORN)
        last = end - (run[end : end + 2] in WORN)
        if inside and last > first:
            yield run[first : last + 1]
