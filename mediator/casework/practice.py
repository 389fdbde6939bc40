"""Made-up cases for the practice room, for whole township years and for measuring, as case files.

The same seed gives the same cases for ever. Nothing in them is of a real person: numbers stand in a division and in a
telephone network that do not exist, names and quarrels are drawn from `data/practice.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from random import Random
from typing import Any, Final

from mediator.core.calendar import months_later
from mediator.core.codes import Sex
from mediator.core.dates import BEIJING, chinese_date
from mediator.core.divisions import division_names, full_name
from mediator.core.identifiers import check_digit
from mediator.core.money import Fen, plain, printed

Document = dict[str, Any]
NOWHERE: Final = "990000"
NO_NETWORK: Final = "100"
VILLAGE: Final = 12
AGREED: Final = 0.78
CLEAR: Final = 10_000
SOURCES: Final = ("当事人申请", "当事人申请", "主动调解", "访调对接", "12345", "公安移交", "法院委派")
ENDINGS: Final = ("not_agreed", "not_agreed", "withdrawn", "terminated")


@dataclass(frozen=True, slots=True)
class Person:
    """One side of a made-up quarrel."""

    ref: str
    side: str
    name: str
    sex: Sex
    born: date
    number: str
    phone: str
    address: str

    def document(self) -> Document:
        """As the case file writes a party."""
        return {
            "ref": self.ref, "side": self.side, "kind": "person", "name": self.name, "sex": self.sex.value,
            "birth_date": self.born.isoformat(), "id_type": "resident_id", "id_number": self.number,
            "occupation": "务农", "phone": self.phone, "address": self.address,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What is owed in the end: the whole sum, and what falls due on which day."""

    total: Fen
    parts: tuple[tuple[date, Fen], ...]


@lru_cache(maxsize=1)
def stock() -> Mapping[str, Any]:
    """Names, sayings and the sixteen quarrels, one of each type of the monthly report (rules.md 6)."""
    text = resources.files("mediator.casework").joinpath("data/practice.json").read_text(encoding="utf-8")
    content: Mapping[str, Any] = json.loads(text)
    return content


def made_up(seed: int, count: int, *, township: str, days: Sequence[date]) -> Iterator[Document]:
    """`count` cases of a township (9 digits), each accepted on one of `days`, in the order of acceptance."""
    chance = Random(seed)
    for day in sorted(chance.choice(days) for _ in range(count)):
        yield case(chance, township=township, accepted=day)


def case(chance: Random, *, township: str, accepted: date) -> Document:
    """One case, from the quarrel to the agreement or to its failing."""
    quarrel = chance.choice(stock()["quarrels"])
    people = [person(chance, township, ref, side) for ref, side in (("a", "applicant"), ("b", "respondent"))]
    heard = accepted + timedelta(days=chance.randint(1, 20))
    plan = plan_of(chance, quarrel, heard)
    words = words_of(people, plan, accepted - timedelta(days=chance.randint(5, 300)))
    agreed = chance.random() < AGREED
    document: Document = {
        "format": "mediator-case", "version": 1, "kind": "people_mediation", "title": quarrel["title"],
        "dispute_type": quarrel["type"], "source": chance.choice(SOURCES), "accepted_on": accepted.isoformat(),
        "facts": quarrel["facts"].format(**words), "requests": quarrel["requests"].format(**words),
        "parties": [each.document() for each in people],
        "hearings": [hearing(chance, quarrel, words, heard=heard, agreed=agreed)],
        "outcome": "agreed" if agreed else chance.choice(ENDINGS),
    }  # fmt: skip
    return {**document, "agreement": agreement(quarrel, words, plan, heard)} if agreed else document


def person(chance: Random, township: str, ref: str, side: str) -> Person:
    """Somebody who does not exist, with a number whose check digit is right and whose birth and sex agree."""
    born = date(1946, 1, 1) + timedelta(days=chance.randint(0, 21_000))
    first = f"{NOWHERE}{born:%Y%m%d}{chance.randint(1, 999):03d}"
    given = "".join(chance.choices(stock()["given"], k=chance.choice((1, 2, 2, 2))))
    return Person(
        ref=ref, side=side, name=chance.choice(stock()["surnames"]) + given,
        sex=Sex.MALE if int(first[-1]) % 2 else Sex.FEMALE, born=born, number=first + check_digit(first),
        phone=NO_NETWORK + "".join(chance.choices("0123456789", k=8)),
        address=f"{chance.choice(villages(township))}{chance.randint(1, 260)}号",
    )  # fmt: skip


@lru_cache(maxsize=64)
def villages(township: str) -> tuple[str, ...]:
    """Full names of a township's villages; the township itself where no list is known."""
    codes = [code for code in division_names(township[:6]) if len(code) == VILLAGE and code.startswith(township)]
    return tuple(map(full_name, codes)) or (full_name(township) or "本镇",)


def plan_of(chance: Random, quarrel: Mapping[str, Any], heard: date) -> Plan:
    """A round sum within the quarrel's range, in equal parts a month apart; the last takes what is left."""
    low, high = quarrel["sum"]
    total = Fen(chance.randint(low // 100, high // 100) * CLEAR)
    times = quarrel["instalments"]
    share = Fen(total // times // CLEAR * CLEAR) or total
    sums = [share] * (times - 1) + [Fen(total - share * (times - 1))]
    first = chance.randint(1, 3)
    return Plan(total, tuple((months_later(heard, first + place), each) for place, each in enumerate(sums)))


def words_of(people: Sequence[Person], plan: Plan, began: date) -> dict[str, str]:
    """What stands in the slots of the quarrel's sentences."""
    first_day, first_part = plan.parts[0]
    return {
        "a": people[0].name, "b": people[1].name, "day": chinese_date(began), "sum": f"{plan.total // 100}元",
        "total": printed(plan.total), "due": chinese_date(first_day), "times": str(len(plan.parts)),
        "part": printed(first_part),
    }  # fmt: skip


def hearing(
    chance: Random, quarrel: Mapping[str, Any], words: Mapping[str, str], *, heard: date, agreed: bool
) -> Document:
    """The sitting: the opening, what was said, and how it ended."""
    mediator, recorder = chance.sample(stock()["mediators"], k=2)
    said = [tuple(turn.format(**words).split("|", 1)) for turn in quarrel["turns"]]
    last = [(mediator, stock()["confirmation"])] if agreed else [("b", stock()["refusal"])]
    turns = [(mediator, stock()["opening"]), ("a", stock()["no_recusal"]), ("b", stock()["no_recusal"]), *said, *last]
    at = datetime.combine(heard, time(chance.randint(8, 16), chance.choice((0, 10, 30, 40))), BEIJING)
    return {
        "held_at": at.isoformat(), "place": "调解室", "mediators": [mediator], "recorder": recorder,
        "turns": [{"speaker": who, "text": text} for who, text in (*turns, (recorder, stock()["closing"]))],
    }  # fmt: skip


def agreement(quarrel: Mapping[str, Any], words: Mapping[str, str], plan: Plan, heard: date) -> Document:
    """What both signed on the day of the hearing."""
    several = len(plan.parts) > 1
    return {
        "form": "written", "signed_on": heard.isoformat(), "place": "调解室", "copies": 3,
        "disputed_points": quarrel["points"].format(**words),
        "responsibility": quarrel["responsibility"].format(**words),
        "clauses": [{"text": text.format(**words)} for text in quarrel["clauses"]],
        "payments": [
            {"payer": "b", "payee": "a", "amount": plain(each), "due": day.isoformat(), "method": "银行转账",
             **({"part_of_total": True} if several else {})}
            for day, each in plan.parts
        ],
    }  # fmt: skip
