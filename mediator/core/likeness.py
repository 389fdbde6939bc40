"""Is this the same person? A score of 0-100 with reasons; a person decides, nothing is merged (F89, X11).

Every comparison adds or takes points; the weights are ours, tuned on generated pairs (`tests/core/pairs.py`). A name
alone never reaches `LIKELY`: two people of one name are common, so a second thing must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import product
from typing import Final

from mediator.core.codes import PartyKind, Sex, Side
from mediator.core.identifiers import DOUBLE_SURNAMES, birth_and_sex, normalized
from mediator.core.readings import sound_of
from mediator.core.records import Party
from mediator.core.variants import plain_shape

LIKELY: Final = 60
NAMESAKE: Final = 45
WEAK_MOST: Final = 55
FORMER: Final = re.compile(
    r"(?:曾用名|又名|别名|原名|娘家姓名)[：:为叫]?\s*([\u3400-\u9fff\U00020000-\U0003ffff]{2,4})"
)
IN_BRACKETS: Final = re.compile(r"[（(〔\[].*?[）)〕\]]")
VILLAGE: Final = re.compile(r"(?:.*(?:街道|镇|乡|县|市))?(?P<village>.{1,8}?)(?:行政村|自然村|村|社区)")
COMPANY: Final = re.compile(r"有限责任公司|股份有限公司|有限公司|公司$")


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a party; `place` is the bare name of a village, `number` an identity number or code."""

    name: str
    party: str = ""
    side: Side = Side.APPLICANT
    organization: bool = False
    number: str = ""
    phone: str = ""
    birth: date | None = None
    sex: Sex | None = None
    place: str = ""
    house: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that speaks for or against, in points, with the sentence a mediator reads."""

    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """0-100 and why, the weightiest reason first."""

    value: int
    reasons: tuple[str, ...] = ()


def person_of(party: Party, village: str = "") -> Person:
    """The compared facts of a party; birth and sex come from the number where they were not typed (rules.md 5)."""
    number = whole_number(normalized(party.id_number))
    told = birth_and_sex(number)
    named = village_in(party.address)
    return Person(
        name=plain_name(party.name),
        party=party.id,
        side=party.side,
        organization=party.kind is PartyKind.ORGANIZATION,
        number=number,
        phone=re.sub(r"\D", "", unicodedata.normalize("NFKC", party.phone)),
        birth=party.birth_date or (told.day if told else None),
        sex=party.sex or (told.sex if told else None),
        place=named or village_in(village),
        house="".join(re.findall(r"\d+", unicodedata.normalize("NFKC", party.address))) if named else "",
        former=tuple(map(plain_name, FORMER.findall(f"{party.name} {party.note}"))),
    )


def plain_name(name: str) -> str:
    """A name without blanks, dots and what stands in brackets behind it."""
    bare = IN_BRACKETS.sub("", unicodedata.normalize("NFKC", name)) or name
    return "".join(char for char in bare if char.isalnum()).casefold()


def whole_number(number: str) -> str:
    """The 17 digits of an identity number of either length, without check character; anything else as it is."""
    if re.fullmatch("[0-9]{15}", number):
        return f"{number[:6]}19{number[6:]}"
    return number[:17] if re.fullmatch("[0-9]{17}[0-9X]", number) else number


def village_in(address: str) -> str:
    """The bare name of the village or community in an address, `湖川` for 缙云县壶镇镇湖川村12号; empty without one."""
    found = VILLAGE.match(unicodedata.normalize("NFKC", address).strip())
    return found["village"] if found else ""


def surname_of(name: str) -> str:
    """The surname, of two characters where the list has it."""
    return name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]


def keys_of(person: Person) -> frozenset[int]:
    """The blocking keys of a person: two that may be the same share one. 64-bit numbers, so no name stands in an index.

    Number, phone, birthday, sound of the name, and sound with the village, so that a common name stays selective.
    """
    return frozenset(map(digest, words_of(person)))


def words_of(person: Person) -> Iterator[str]:
    """What the keys are made of."""
    if len(person.number) > 6:
        yield f"i{person.number}"
    if len(person.phone) >= 7:
        yield f"p{person.phone[-8:]}"
    if person.birth:
        yield f"b{person.birth.isoformat()}"
    for name in filter(None, (person.name, *person.former)):
        sound = sound_of(plain_shape(name))
        yield f"y{sound}"
        if person.place:
            yield f"z{sound}|{person.place}"


def digest(word: str) -> int:
    """A signed 64-bit number, as the database holds it."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


def compare(one: Person, other: Person) -> Score:
    """How likely two parties are the same person or body."""
    if one.organization != other.organization:
        return Score(0)
    named = name_point(one, other)
    points = [named, *filter(None, (ask(one, other) for ask in QUESTIONS))]
    total = sum(point.points for point in points)
    if named.points <= ONE_CHARACTER and not certain(one, other):
        total = min(total, WEAK_MOST)
    return scored(points, total)


def scored(points: Iterable[Point], total: int) -> Score:
    """A total within 0-100 with the reasons of its points."""
    ranked = sorted((point for point in points if point.reason), key=lambda point: -abs(point.points))
    return Score(max(0, min(100, total)), tuple(point.reason for point in ranked))


ONE_CHARACTER: Final = 12


def certain(one: Person, other: Person) -> bool:
    """True when something rare speaks for both: nearly the number, the birthday, the given name."""
    born = one.birth is not None and one.birth == other.birth
    return born or near(one.number, other.number) or same_given(one.name, other.name)


def name_point(one: Person, other: Person) -> Point:
    """The best that any of the names of two people have in common."""
    pairs = product(filter(None, (one.name, *one.former)), filter(None, (other.name, *other.former)))
    former = bool(one.former or other.former)
    best = max((of_names(a, b) for a, b in pairs), key=lambda point: point.points, default=Point(0, ""))
    return Point(best.points, best.reason + ("（含曾用名）" if former and best.points > ONE_CHARACTER else ""))


def of_names(a: str, b: str) -> Point:
    """Two names: the same, the same but for variant characters, of one sound, or one character apart."""
    longer = 10 if min(len(a), len(b)) >= 3 else 0
    shapes, sounds = (plain_shape(a), plain_shape(b)), (sound_of(plain_shape(a)), sound_of(plain_shape(b)))
    ways = (
        (a == b, 45 + longer, "姓名相同"),
        (shapes[0] == shapes[1], 43 + longer, f"姓名只差异体字（{odd_ones(a, b)}）"),
        (bool(company(a)) and company(a) == company(b), 50, "单位名称基本相同"),
        (sounds[0] == sounds[1], 32 + longer, "姓名读音相同或相近"),
        (same_given(a, b), 22, "名相同、姓不同（可能是婚前或婚后姓名）"),
        (one_apart(a, b), ONE_CHARACTER, "姓名只差一个字"),
        (True, -10, "姓名不同"),
    )
    return next(Point(points, reason) for alike, points, reason in ways if alike)


def odd_ones(a: str, b: str) -> str:
    """The characters in which two names differ, beside each other."""
    return "、".join(f"{x}—{y}" for x, y in zip(a, b, strict=False) if x != y)


def one_apart(a: str, b: str) -> bool:
    """True for names of three or more characters of which one differs."""
    return len(a) == len(b) > 2 and len(differing(a, b)) == 1


def differing(a: str, b: str) -> list[int]:
    """The places at which two texts of one length differ."""
    return [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]


def same_given(a: str, b: str) -> bool:
    """True for two names with one given name of two characters: 李秀英 and 王秀英, or 王李秀英."""
    return a != b and min(len(a), len(b)) >= 3 and plain_shape(a)[-2:] == plain_shape(b)[-2:]


def company(name: str) -> str:
    """The name of a body without its legal form, empty for a short one."""
    bare = COMPANY.sub("", name)
    return bare if len(bare) >= 4 else ""


def about_number(one: Person, other: Person) -> Point | None:
    """Identity numbers or credit codes."""
    if not one.number or not other.number:
        return None
    if one.number == other.number:
        return Point(75, "证件号码相同")
    if near(one.number, other.number):
        return Point(30, "证件号码只差一位")
    return Point(-60, "证件号码不同") if len(one.number) == len(other.number) else None


def near(a: str, b: str) -> bool:
    """True for two numbers of one length with one digit wrong or two neighbours swapped."""
    if len(a) != len(b) or len(a) < 7:
        return False
    wrong = differing(a, b)
    if len(wrong) != 2:
        return len(wrong) == 1
    first, second = wrong
    return second - first == 1 and a[first] == b[second] and a[second] == b[first]


def about_phone(one: Person, other: Person) -> Point | None:
    """Telephone numbers; another one says nothing, for people change them."""
    if min(len(one.phone), len(other.phone)) < 7:
        return None
    if one.phone[-8:] == other.phone[-8:]:
        return Point(35, "联系电话相同")
    return Point(15, "联系电话只差一位") if near(one.phone, other.phone) else None


def about_birth(one: Person, other: Person) -> Point | None:
    """Birthdays; not asked where the numbers have told already."""
    if not one.birth or not other.birth or one.number == other.number != "":
        return None
    if one.birth == other.birth:
        return Point(25, "出生日期相同")
    apart = differing(one.birth.isoformat(), other.birth.isoformat())
    return Point(5, "出生日期只差一位") if len(apart) == 1 else Point(-25, "出生日期不同")


def about_sex(one: Person, other: Person) -> Point | None:
    """Man and woman are two people, unless the number says otherwise."""
    differ = one.sex and other.sex and one.sex is not other.sex
    return Point(-30, "性别不同") if differ and one.number != other.number else None


def about_place(one: Person, other: Person) -> Point | None:
    """Village and house."""
    if not one.place or not other.place:
        return None
    if one.place != other.place:
        return Point(-15, "不在同一个村（社区）")
    if one.house and one.house == other.house:
        return Point(25, "住址相同")
    return Point(10, "在同一个村（社区）")


Question = Callable[[Person, Person], Point | None]
QUESTIONS: Final[tuple[Question, ...]] = (about_number, about_phone, about_birth, about_sex, about_place)
