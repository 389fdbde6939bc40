"""Awkward ledgers as offices keep them, by seed: merged titles and headers, days in every way, one line in five bad.

Each maker gives the bytes of a file, which lines are good, and the same file with the bad lines mended.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from openpyxl import Workbook

NAMES = ("王 芳", "李建国", "陈　丽", "赵永康", "欧阳文斌", "吴根土", "朱彩云", "钱佳慧")
VILLAGES = ("高潮村", "工联村", "农兴村", "中兴村")
TYPES = ("邻里纠纷", "合同纠纷", "婚姻家庭", "损害赔偿")
FACTS = "因屋檐滴水发生争吵，第{n}户，多次协商未果。"
IN_WORDS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Made:
    """A file, its mended version, how many lines are good, and the row numbers of the bad ones."""

    data: bytes
    mended: bytes
    good: int
    bad: tuple[int, ...]


def in_words(day: date) -> str:
    """二〇二四年三月五日."""

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else f"{IN_WORDS[tens]}十"
        return head + (IN_WORDS[ones] if ones else "")

    return f"{''.join(IN_WORDS[int(each)] for each in str(day.year))}年{small(day.month)}月{small(day.day)}日"


def serial(day: date) -> int:
    """What Excel keeps."""
    return (day - date(1899, 12, 30)).days


def dotted(day: date) -> str:
    """2024.3.5."""
    return f"{day.year}.{day.month}.{day.day}"


@dataclass(frozen=True)
class Entry:
    """One line of a ledger before somebody writes it down his way."""

    n: int
    day: date
    one: str
    other: str
    village: str
    sort: str
    money: int

    @property
    def facts(self) -> str:
        """What happened."""
        return FACTS.format(n=self.n)


def entries(seed: int, count: int) -> list[Entry]:
    """Lines of a year."""
    chance = Random(seed)
    return [
        Entry(n, date(2023, 1, 5) + timedelta(days=3 * n), f"{chance.choice(NAMES)}", f"{chance.choice(NAMES)}",
              chance.choice(VILLAGES), chance.choice(TYPES), chance.randrange(5, 500) * 100)
        for n in range(1, count + 1)
    ]  # fmt: skip


def spoilt(row: list[Any], places: Sequence[tuple[int, Any]], chance: Random) -> list[Any]:
    """A row with one cell that nobody can read."""
    at, wrong = chance.choice(places)
    return [*row[:at], wrong, *row[at + 1 :]]


Line = Callable[[Entry, Random], list[Any]]


def made(line: Line, wrong: Sequence[tuple[int, Any]], write: Callable[[list[list[Any]]], bytes], above: int) -> Made:
    """Forty lines of which every fifth is spoilt; `above` lines stand over them."""
    chance = Random(9)
    rows = [line(entry, chance) for entry in entries(9, 40)]
    bad = [number for number in range(len(rows)) if number % 5 == 2]
    broken = [spoilt(row, wrong, chance) if number in bad else row for number, row in enumerate(rows)]
    return Made(write(broken), write(rows), len(rows) - len(bad), tuple(above + 1 + number for number in bad))


def merged_headers() -> Made:
    """XLSX: a title and a line of remarks merged over the table, 申请人 and 被申请人 each over two columns."""

    def write(rows: list[list[Any]]) -> bytes:
        book = Workbook()
        sheet = book.active
        sheet.title = "2023年"
        sheet.append(["壶镇镇2023年度矛盾纠纷调解台账"])
        sheet.append(["填报单位：镇调委会　填报日期：2023年12月31日"])
        sheet.append(
            [
                "序号",
                "受理日期",
                "申请人",
                "",
                "被申请人",
                "",
                "纠纷类型",
                "纠纷简要情况",
                "调解结果",
                "涉及金额（元）",
                "所在村",
            ]
        )
        sheet.append(["", "", "姓名", "电话", "姓名", "电话", "", "", "", "", ""])
        for place in ("A1:K1", "A2:K2", "C3:D3", "E3:F3", "A3:A4", "B3:B4"):
            sheet.merge_cells(place)
        for row in rows:
            sheet.append(row)
        sheet.append(["合计", "", "", "", "", "", "", "", "", "", ""])
        return saved(book)

    def line(each: Entry, chance: Random) -> list[Any]:
        day: Any = chance.choice((serial(each.day), each.day, dotted(each.day)))
        return [each.n, day, each.one, 10000000000 + each.n, each.other, f"1000-{each.n:07d}", each.sort, each.facts,
                chance.choice(("调解成功", "调解不成")), each.money, each.village]  # fmt: skip

    return made(line, ((1, "去年冬天"), (8, "不知道"), (9, "若干")), write, above=4)


def days_in_words() -> Made:
    """XLSX: days as words and numbers by turns, both parties in one cell, sums with commas and 万, old case numbers."""

    def write(rows: list[list[Any]]) -> bytes:
        book = Workbook()
        sheet = book.active
        sheet.append(["", "人民调解案件登记表"])
        sheet.append(["编号", "登记时间", "双方当事人", "身份证号码", "案由", "标的额", "是否成功", "备注"])
        for row in rows:
            sheet.append(row)
        return saved(book)

    def line(each: Entry, chance: Random) -> list[Any]:
        day: Any = chance.choice((in_words(each.day), serial(each.day)))
        money = chance.choice((f"{each.money:,}.00元", f"{each.money / 10000}万", each.money))
        return [f"（2023）壶民调字第{each.n:03d}号", day, f"{each.one}、{each.other}", "331122680504001",
                each.sort + each.facts, money, chance.choice(("是", "否")), ""]  # fmt: skip

    return made(line, ((1, "二〇二三年"), (2, ""), (3, 331122196805040017), (5, "一头牛")), write, above=2)


def gb18030_csv() -> Made:
    """CSV in GB18030 with a title line, rare characters and quoted line ends."""

    def write(rows: list[list[Any]]) -> bytes:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(
            [["某某镇台账"], ["日期", "甲方", "乙方", "甲方联系方式", "类型", "主要内容", "结果", "协议内容"], *rows]
        )
        return buffer.getvalue().encode("gb18030")

    def line(each: Entry, chance: Random) -> list[Any]:
        return [dotted(each.day), each.one, f"𠀣{each.other}", f"1000-{each.n:07d}", each.sort,
                f"{each.facts}\n=1+1 不是公式", "达成协议", f"双方同意付款{each.money}元。"]  # fmt: skip

    return made(line, ((0, "2023.2.30"), (1, "无"), (6, "？？")), write, above=2)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
