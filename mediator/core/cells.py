"""Cells of other people's ledgers as values of ours: days, sums, numbers and names in every way they are written.

A function gives None for an empty cell and raises Unacceptable `cell.*` where one cannot be read: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from mediator.core.amounts import sums_in, whole_number, words_amount
from mediator.core.dates import BEIJING
from mediator.core.identifiers import birth_and_sex, normalized
from mediator.core.money import MAX_FEN, Fen
from mediator.errors import Unacceptable

Cell = str | int | float | date
NOTHING: Final = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "没有", "不详", "未知", "暂无", "N/A", "n/a"})
SERIAL_START: Final = date(1899, 12, 30)
SERIALS: Final = (18_264, 73_050)  # 1950 to 2099: anything else in a column of days is no day
EXACT: Final = 10**15
DAY: Final = re.compile(
    r"(?P<y>\d{4}|\d{2}(?=年))\s*[年.\-/、]\s*(?P<m>\d{1,2})\s*[月.\-/、]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"(?:[T\s]*(?P<h>\d{1,2})[:时点](?P<min>\d{1,2})?分?(?::\d{1,2}(?:\.\d+)?)?)?"
)
SHORT: Final = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
WORDS: Final = re.compile(
    r"([〇零○Oo一二三四五六七八九]{2,4})年([元正十一二三四五六七八九]{1,3})月([初十廿卅一二三四五六七八九]{1,4})[日号]?"
)
FORMAL: Final = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
FIGURES: Final = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
SUM: Final = re.compile(
    r"(?:人民币|约|共计|合计|[¥￥])*\s*(?P<figures>[\d,，]+(?:\.\d+)?)\s*(?P<unit>亿|万|千|百)?\s*(?P<yuan>元?)整?"
)
NAME_BLANK: Final = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, days as ISO, a placeholder for nothing as nothing."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        cell = int(cell)
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    plain = text.replace("\u3000", " ").strip()
    return "" if plain in NOTHING else plain


def day_of(cell: Cell) -> date | None:
    """A day: of a day's cell, an Excel serial number, 2024.3.5, 20240305, 2024年3月5日, 二〇二四年三月五日."""
    moment = moment_of(cell)
    return moment.date() if moment else None


def moment_of(cell: Cell) -> datetime | None:
    """The same with its hour where one is written, else at midnight; raises Unacceptable `cell.day`."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=BEIJING)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=BEIJING)
    if isinstance(cell, int | float) and SERIALS[0] <= cell < SERIALS[1]:
        whole = SERIAL_START + timedelta(days=int(cell))
        return datetime(whole.year, whole.month, whole.day, tzinfo=BEIJING) + timedelta(
            seconds=round(cell % 1 * 86_400)
        )
    text = unicodedata.normalize("NFKC", text_of(cell))
    return written_moment(text) if text else None


def written_moment(text: str) -> datetime:
    """A moment in figures or words."""
    serial = moment_of(int(text)) if re.fullmatch(r"\d{5}", text) else None
    if serial:
        return serial
    match = DAY.fullmatch(text) or SHORT.fullmatch(text)
    return made_moment(numbers_of(match.groupdict() if match else in_words(text)))


def made_moment(numbers: Sequence[int]) -> datetime:
    """Of year, month, day, hour and minute; a year of two figures is one of this century, 1900 to 2100 are taken."""
    year, month, day, hour, minute = numbers
    whole = year + 2000 if year < 100 else year
    try:
        found = datetime(whole, month, day, hour, minute, tzinfo=BEIJING)
    except ValueError:
        raise Unacceptable("cell.day") from None
    if not 1900 <= whole <= 2100:
        raise Unacceptable("cell.day")
    return found


def numbers_of(parts: Mapping[str, str | None]) -> list[int]:
    """Year, month, day, hour and minute; 0 for what is not written."""
    return [int(parts.get(name) or 0) for name in ("y", "m", "d", "h", "min")]


def in_words(text: str) -> Mapping[str, str]:
    """Year, month and day of 二〇二四年三月五日; raises Unacceptable `cell.day`."""
    match = WORDS.fullmatch("".join(text.split()))
    if match is None:
        raise Unacceptable("cell.day")
    month, day = (small_number(match[place]) for place in (2, 3))
    return {"y": match[1].translate(FIGURES), "m": str(month), "d": str(day)}


def small_number(words: str) -> int:
    """1 to 39 in everyday words, `廿三` and `初五` among them; 0 for words that are no number."""
    plain = words.replace("元", "一").replace("正", "一").removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    return whole_number(plain.translate(FORMAL)) or 0


def sum_of(cell: Cell) -> Fen | None:
    """A sum in yuan: of a number's cell, 1,200.50, 3.5万, 人民币叁仟元整; raises Unacceptable `cell.sum`."""
    if isinstance(cell, int | float):
        return fen_of(round(cell * 100, 4))
    if isinstance(cell, date):
        raise Unacceptable("cell.sum")
    text = unicodedata.normalize("NFKC", text_of(cell))
    return written_sum(text) if text else None


def written_sum(text: str) -> Fen:
    """A sum in figures, its unit or none behind it, or in words."""
    match = SUM.fullmatch(text)
    if match:
        found = sums_in(f"{match['figures']}{match['unit'] or ''}元")
        amount = found[0].amount if len(found) == 1 else None
    else:
        amount = words_amount(text.removeprefix("人民币").removesuffix("整"))
    if amount is None:
        raise Unacceptable("cell.sum")
    return amount


def fen_of(fen: float) -> Fen:
    """A number's cell in fen; raises Unacceptable `cell.sum` below zero, for parts of a fen and beyond every bound."""
    if not 0 <= fen <= MAX_FEN or fen != int(fen):
        raise Unacceptable("cell.sum")
    return Fen(int(fen))


def number_of(cell: Cell) -> str:
    """An identity number; raises Unacceptable `cell.digits` where the sheet kept it as a number and lost its end."""
    if isinstance(cell, int | float) and abs(cell) >= EXACT:
        raise Unacceptable("cell.digits")
    text = text_of(cell)
    if re.fullmatch(r"\d(?:\.\d+)?[Ee]\+?1[4-7]", text):
        raise Unacceptable("cell.digits")
    number = normalized(text.lstrip("'‘’`"))
    if re.fullmatch("[0-9]{15}", number) and birth_and_sex(number) is None:
        raise Unacceptable("cell.number")
    return number


def name_of(cell: Cell) -> str:
    """A name without the blanks that clerks put into short ones; blanks between Latin words stay."""
    return NAME_BLANK.sub("", " ".join(text_of(cell).split()))


def count_of(cell: Cell) -> int | None:
    """A count of people, `12人`; raises Unacceptable `cell.count`."""
    text = unicodedata.normalize("NFKC", text_of(cell)).rstrip("人名位户个 ")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}", text):
        raise Unacceptable("cell.count")
    return int(text)
