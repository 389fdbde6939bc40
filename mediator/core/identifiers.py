"""Identity numbers, credit codes, and masks (rules.md 5, security.md 8)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import Sex

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
RESIDENT: Final = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")
CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PLACE: Final = re.compile(r"[^0-9０-９]*?(?:村|社区)|[^0-9０-９]*?(?:街道|镇镇|镇|乡)|[^0-9０-９]*")
DOUBLE_SURNAMES: Final = frozenset(
    (
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "长孙", "宇文",
        "端木", "南宫", "独孤", "轩辕",
    )
)  # fmt: skip

COMMON_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤施应虞麻卢楼金应柯季章俞裴项祝娄翁卓尤倪骆厉包童颜樊殷饶"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """What an identity number says of its holder."""

    day: date
    sex: Sex


def normalized(number: str) -> str:
    """Full-width digits, blanks and a lower-case x made plain."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def check_digit(first17: str) -> str:
    """GB 11643: the 18th character of 17 digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def resident_id_fault(number: str) -> str:
    """Why a resident identity number looks wrong: `form`, `birth`, `check`, or empty; it warns and never blocks."""
    plain = normalized(number)
    if not RESIDENT.fullmatch(plain):
        return "form"
    if birth_and_sex(plain) is None:
        return "birth"
    return "" if len(plain) == 15 or check_digit(plain[:17]) == plain[17] else "check"


def birth_and_sex(number: str) -> Birth | None:
    """Birth day and sex of an 18- or 15-digit number, None when it holds no such day."""
    plain = normalized(number)
    if not RESIDENT.fullmatch(plain):
        return None
    if len(plain) == 15:
        plain = f"{plain[:6]}19{plain[6:]}0"
    try:
        day = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None
    return Birth(day, Sex.MALE if int(plain[16]) % 2 else Sex.FEMALE)


def credit_code_fault(code: str) -> str:
    """Why a unified credit code looks wrong (GB 32100): `form`, `check`, or empty."""
    plain = normalized(code)
    if len(plain) != 18 or any(char not in CREDIT for char in plain):
        return "form"
    total = sum(CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(plain[:17]))
    return "" if CREDIT[(31 - total % 31) % 31] == plain[17] else "check"


def mask_name(name: str) -> str:
    """`张*`, `欧阳**`: the surname stays."""
    kept = 2 if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else 1
    return name[:kept] + "*" * max(len(name) - kept, 0)


def mask_id(number: str) -> str:
    """First three and last two characters stay."""
    return number if len(number) <= 5 else number[:3] + "*" * (len(number) - 5) + number[-2:]


def mask_phone(number: str) -> str:
    """First three and last four digits stay."""
    return number if len(number) <= 7 else number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_address(address: str) -> str:
    """Up to the village; house and group number fall away, where no village is named with the first digit."""
    place = PLACE.match(address)
    end = place.end() if place else 0
    return address[:end] + ("…" if end < len(address) else "")
