"""Pairs of records of one person and of two, as registers hold them, by seed; nobody of them exists.

Homophones and variants are written down here from a dictionary and not taken from the program's own tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from mediator.core.codes import PartyKind, Sex, Side
from mediator.core.identifiers import check_digit
from mediator.core.records import Party, PartyId

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
COMMON = ("王芳", "李伟", "张敏", "王伟", "李娜", "张伟", "王静", "李静", "陈燕", "刘洋")
GIVEN = (
    "建国志强桂兰秀英海燕福生玉芬根土水金木荣明华丽娟春梅小军伟平红霞永康庆爱珍素贞德胜宝林彩云长美琴文斌"
    "晓东雪飞俊杰佳慧思远浩然峰凤坤升哲"
)
VILLAGES = tuple(
    f"{name}村"
    for name in (
        "湖川", "上周", "下洋", "岩下", "石门", "官店", "前路", "双溪", "中村", "后塘", "桥头", "金竹", "白竹", "雅施",
        "唐市", "马宅", "好溪", "冷水", "榧树", "南田",
    )
)  # fmt: skip
HOMOPHONES = {"建": "健剑", "国": "郭", "志": "智治", "强": "墙", "兰": "岚", "英": "瑛莺", "海": "嗨", "燕": "艳晏",
              "福": "富", "玉": "育裕", "芬": "纷", "华": "桦", "丽": "莉俐", "娟": "鹃", "梅": "玫", "军": "君均",
              "伟": "玮炜", "平": "萍苹", "红": "宏洪", "霞": "侠", "永": "勇咏", "康": "慷", "珍": "真贞",
              "素": "肃", "胜": "盛圣", "彩": "采", "云": "芸", "美": "镁", "琴": "勤芹", "文": "雯", "斌": "彬宾",
              "东": "冬", "雪": "鳕", "飞": "非菲", "俊": "峻", "杰": "洁捷", "佳": "嘉家", "慧": "惠会", "峰": "锋丰",
              "林": "琳", "金": "津", "明": "鸣", "荣": "容", "春": "椿"}  # fmt: skip
VARIANTS = {"国": "國", "强": "強", "兰": "蘭", "宝": "寶", "荣": "榮", "华": "華", "丽": "麗", "庆": "慶", "爱": "愛",
            "东": "東", "峰": "峯", "凤": "鳳", "坤": "堃", "升": "昇", "哲": "喆", "云": "雲", "杰": "傑", "张": "張",
            "陈": "陳", "刘": "劉", "杨": "楊", "黄": "黃", "赵": "趙", "吴": "吳", "孙": "孫", "马": "馬", "珍": "珎",
            "梅": "楳", "春": "旾", "燕": "鷰", "飞": "飛", "贞": "貞", "伟": "偉", "军": "軍", "红": "紅"}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two records, whether they are of one person, and what was done to the second."""

    one: Party
    other: Party
    same: bool
    how: str


def somebody(chance: Random) -> Party:
    """A person with everything a form asks for."""
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
    first = f"990000{born:%Y%m%d}{chance.randrange(1, 999):03d}"
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, k=chance.choice((1, 2, 2, 2, 2))))
    return Party(
        PartyId(f"{chance.getrandbits(128):032x}"), "p1", Side.APPLICANT, PartyKind.PERSON, name,
        sex=Sex.MALE if int(first[-1]) % 2 else Sex.FEMALE, birth_date=born, id_number=first + check_digit(first),
        phone=a_phone(chance), address=an_address(chance),
    )  # fmt: skip


def a_phone(chance: Random) -> str:
    """A number of no network."""
    return "100" + "".join(chance.choices("0123456789", k=8))


def an_address(chance: Random, village: str = "") -> str:
    """A house in a village."""
    return f"缙云县壶镇镇{village or chance.choice(VILLAGES)}{chance.randrange(1, 260)}号"


def bare(party: Party, *kept: str) -> Party:
    """Without number, birthday, sex, telephone and address but for what is kept."""
    empty: dict[str, Any] = {"id_number": "", "birth_date": None, "sex": None, "phone": "", "address": ""}
    return replace(party, **{name: value for name, value in empty.items() if name not in kept})


def changed(name: str, table: dict[str, str], chance: Random) -> str:
    """One character of a name replaced by one of the table's; the same name where none can be."""
    places = [at for at, char in enumerate(name) if char in table]
    if not places:
        return name
    at = chance.choice(places)
    return name[:at] + chance.choice(table[name[at]]) + name[at + 1 :]


def wrong_digit(number: str, chance: Random) -> str:
    """One digit mistyped, or two neighbours swapped."""
    at = chance.randrange(6, len(number) - 2)
    if chance.random() < 0.4 and number[at] != number[at + 1]:
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + str((int(number[at]) + chance.randrange(1, 9)) % 10) + number[at + 1 :]


def other_surname(name: str, chance: Random) -> str:
    """A married name: another surname, or the husband's before the own."""
    surname = chance.choice([each for each in SURNAMES if each != name[0]])
    return surname + (name if chance.random() < 0.3 else name[1:])


def two_given(chance: Random) -> Party:
    """Somebody with a name of three characters."""
    while len((made := somebody(chance)).name) < 3:
        pass
    return made


Change = Callable[[Party, Random], Party]
SAME: dict[str, Change] = {
    "typing error, phone kept": lambda p, c: replace(bare(p, "phone"), name=changed(p.name, HOMOPHONES, c)),
    "typing error, number kept": lambda p, c: replace(bare(p, "id_number"), name=changed(p.name, HOMOPHONES, c)),
    "variant character, house kept": lambda p, c: replace(bare(p, "address"), name=changed(p.name, VARIANTS, c)),
    "variant character, phone kept": lambda p, c: replace(bare(p, "phone"), name=changed(p.name, VARIANTS, c)),
    "changed phone, house kept": lambda p, c: replace(bare(p, "address"), phone=a_phone(c)),
    "changed phone and house, birthday kept": lambda p, c: replace(
        bare(p, "birth_date", "sex"), phone=a_phone(c), address=p.address[:-2] + "1号"
    ),
    "maiden name, number kept": lambda p, c: replace(p, name=other_surname(p.name, c), phone=a_phone(c)),
    "maiden name, phone and village kept": lambda p, c: replace(
        bare(p, "phone", "address", "birth_date"), name=other_surname(p.name, c)
    ),
    "number mistyped": lambda p, c: replace(
        bare(p), id_number=wrong_digit(p.id_number, c), address=p.address, phone=a_phone(c)
    ),
    "old number of fifteen digits": lambda p, c: replace(bare(p), id_number=p.id_number[:6] + p.id_number[8:17]),
    "written with blanks and brackets": lambda p, c: replace(
        bare(p, "phone"), name=f"{p.name[0]}　{p.name[1:]}（本人）", phone=f"{p.phone[:3]} {p.phone[3:7]}-{p.phone[7:]}"
    ),
    "typing error and changed phone, house kept": lambda p, c: replace(
        bare(p, "address"), name=changed(p.name, HOMOPHONES, c), phone=a_phone(c)
    ),
    "another character altogether, birthday and phone kept": lambda p, c: replace(
        bare(p, "birth_date", "phone"), name=p.name[:-1] + c.choice(GIVEN)
    ),
    "name and number mistyped": lambda p, c: replace(
        bare(p, "address"), name=changed(p.name, HOMOPHONES, c), id_number=wrong_digit(p.id_number, c)
    ),
    "phone mistyped": lambda p, c: replace(bare(p, "address"), phone=wrong_digit(p.phone, c)),
}


def namesake(p: Party, c: Random) -> Party:
    """Another person of the same name in another village."""
    village = c.choice([each for each in VILLAGES if each not in p.address])
    return replace(bare(somebody(c), "phone", *c.choice(((), ("birth_date",), ("id_number",)))), name=p.name,
                   address=an_address(c, village))  # fmt: skip


def sibling(p: Party, c: Random) -> Party:
    """A brother: same house and telephone, one character of the name is another, born years apart."""
    born = (p.birth_date or date(1970, 1, 1)) + timedelta(days=c.randrange(500, 3000))
    kept = replace(bare(p, "address", "phone"), birth_date=born, sex=p.sex)
    return replace(kept, name=p.name[:-1] + c.choice([each for each in GIVEN if each not in p.name]))


def same_sound(p: Party, c: Random) -> Party:
    """Another person whose name sounds the same."""
    village = c.choice([each for each in VILLAGES if each not in p.address])
    return replace(bare(somebody(c), "phone"), name=changed(p.name, HOMOPHONES, c), address=an_address(c, village))


def clansman(p: Party, c: Random) -> Party:
    """Somebody of the same surname in the same village."""
    village = next(each for each in VILLAGES if each in p.address)
    other = somebody(c)
    name = p.name[0] + "".join(c.sample([each for each in GIVEN if each not in p.name], k=2))
    return replace(other, name=name, address=an_address(c, village))


def neighbour_namesake(p: Party, c: Random) -> Party:
    """Another person of the same name in the same village, with a number of his own."""
    return replace(
        somebody(c), name=p.name, address=an_address(c, next(each for each in VILLAGES if each in p.address))
    )


OTHERS: dict[str, Change] = {
    "namesake in another village": namesake, "brother in one house": sibling, "same sound elsewhere": same_sound,
    "clansman": clansman, "namesake in the village": neighbour_namesake, "anybody": lambda p, c: somebody(c),
}  # fmt: skip


def pairs(seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs of one person and as many of two, every way in turn; a third of the names are common ones."""
    chance = Random(seed)
    same, others = list(SAME.items()), list(OTHERS.items())
    for number in range(count):
        how, change = same[number % len(same)]
        one = two_given(chance) if "maiden" in how else somebody(chance)
        yield Pair(one, change(one, chance), same=True, how=how)
        how, change = others[number % len(others)]
        one = somebody(chance)
        one = replace(one, name=chance.choice(COMMON)) if number % 3 == 0 else one
        yield Pair(one, change(one, chance), same=False, how=how)
