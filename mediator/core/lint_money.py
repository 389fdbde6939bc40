"""Lint of what is owed: complete, in time, at a lawful price, with a consequence, by whom (V11, V16-V18, V20-V23)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from mediator.core.amounts import days_in, sums_in
from mediator.core.calendar import Calendar, shipped_calendar
from mediator.core.codes import Side
from mediator.core.dates import chinese_date
from mediator.core.findings import BLOCK, INFO, WARN, Found, Subject
from mediator.core.lint_table import lpr_table
from mediator.core.lunar import lunar_days_in
from mediator.core.records import Agreement, Obligation
from mediator.core.said_days import number

ON_THE_SPOT: Final = re.compile("当场|当日|当天|现场|即时|已付|已支付|签订时|签字时")
BREACH: Final = re.compile(
    "违约|逾期|未按(?:期|时|约)|不按(?:期|时|约)|到期(?:不|未)|拒不|强制执行|加倍|加收|不履行|未履行|一次性(?:付清|清偿)全部|"
    "(?:全部|剩余)[^，。；]{0,6}(?:到期|提前)"
)
DUTY: Final = re.compile(
    "应当?|须|负责|配合|返还|交还|保证|不得|同意|提供|协助|领取|撤回|撤销|拆除|允许|放弃|让出|不再"
)
PENALTY: Final = re.compile("违约金|滞纳金|罚息")
PERCENT: Final = re.compile(r"(?P<n>\d{1,4}(?:\.\d{1,4})?)\s*[%％]|百分之(?P<w>[零一二三四五六七八九十百点\d.]+)")
RATE: Final = re.compile(
    r"(?P<per>年|月|日|每年|每月|每日|每天)(?:利率|利息|息|化利率)?[^，。；\d百千万分厘]{0,8}?"
    r"(?:(?P<n>\d{1,4}(?:\.\d{1,4})?)\s*(?P<mark>[%％‰])|(?P<of>百分之|千分之|万分之)(?P<w>[零一二三四五六七八九十点\d.]+)"
    r"|(?P<fen>\d{1,2}(?:\.\d{1,2})?|[一二三四五六七八九十]+)(?P<unit>分|厘)(?:(?P<li>[\d一二三四五六七八九])厘)?)"
)
INTEREST: Final = re.compile("利率|利息|息|违约金|滞纳金|罚息")
PER_YEAR: Final = {"年": 1, "月": 12, "日": 365, "天": 365}
# What one 厘 of interest is in percent, by the period that it is told for.
LI: Final = {"年": Decimal(1), "月": Decimal("0.1"), "日": Decimal("0.01"), "天": Decimal("0.01")}
PARTS: Final = {
    "百分之": Decimal(1),
    "千分之": Decimal("0.1"),
    "万分之": Decimal("0.01"),
    "%": Decimal(1),
    "％": Decimal(1),
    "‰": Decimal("0.1"),
}
MOST_TIMES: Final = 4
MOST_PENALTY: Final = 30


@lru_cache(maxsize=1)
def days_off() -> Calendar:
    """The shipped days off: telling that a due day is one is a hint, counting is done elsewhere."""
    return shipped_calendar()


def gaps(obligation: Obligation) -> list[tuple[str, str]]:
    """What an obligation does not say: field and its name. Nothing to pay is no amount."""
    missing = [
        ("payer", "由谁履行", obligation.payer.strip()),
        ("payee", "向谁履行", obligation.payee.strip()),
        ("amount", "金额或标的", obligation.amount or obligation.goods.strip()),
        ("due_on", "履行期限", obligation.due_on or obligation.due_as_given.strip()),
    ]
    return [(field, name) for field, name, there in missing if not there]


def v11(subject: Subject) -> Found:
    """Who, what, to whom, how much, by when; the manner of payment only warns, for cash changes hands at once."""
    if not subject.agreement.clauses:
        yield "clauses", BLOCK, "义务内容不完整，难以履行：协议没有条款"
    for place, made in enumerate(subject.made):
        if isinstance(made, str):
            yield f"clauses.{place}", BLOCK, f"义务内容不完整，难以履行：第{place + 1}条的“{made}”需要重新填写"
    yield from unsaid(subject)


def unsaid(subject: Subject) -> Found:
    """What obligations do not say."""
    for place, each in enumerate(subject.agreement.obligations):
        for field, name in gaps(each):
            yield f"obligations.{place}.{field}", BLOCK, f"义务内容不完整，难以履行：第{place + 1}笔没有写明{name}"
        if each.amount is not None and not each.method:
            yield f"obligations.{place}.method", WARN, f"第{place + 1}笔没有写明履行方式"


def v16(subject: Subject) -> Found:
    """Due before signing, unless paid on the spot."""
    for place, each in enumerate(subject.agreement.obligations):
        spot = ON_THE_SPOT.search(each.due_as_given + each.note + each.method)
        if each.due_on and each.due_on < subject.signed_on and not spot:
            yield f"obligations.{place}.due_on", WARN, f"第{place + 1}笔的履行期限早于签订日期"


def v17(subject: Subject) -> Found:
    """A due day that is a day off moves to the next working day (MFD 203)."""
    for place, each in enumerate(subject.agreement.obligations):
        if each.due_on and not days_off().is_workday(each.due_on):
            told = chinese_date(days_off().on_or_after(each.due_on))
            yield f"obligations.{place}.due_on", INFO, f"到期日为休息日：第{place + 1}笔顺延到{told}"


def v18(subject: Subject) -> Found:
    """A lunar day or a festival stands with its calendar day beside it, and with the right one."""
    for place, clause in enumerate(subject.agreement.clauses):
        said = {each.day for each in days_in(clause.text)}
        for each in lunar_days_in(clause.text, subject.signed_on.year):
            if each.day not in said:
                day = each.day if "每年" not in clause.text else None
                told = f"{each.text}是{chinese_date(day)}" if day else each.text
                yield f"clauses.{place}", WARN, f"请同时写明公历日期：{told}"


def yearly(match: re.Match[str]) -> Decimal:
    """A rate as percent a year: 月息2分 is 24, 月息一分五厘 18, 日万分之五 18.25, 年利率24% is 24.

    A 厘 is a hundredth of a year's rate, a thousandth of a month's, a ten-thousandth of a day's; ten of them are a 分.
    """
    per = match["per"].removeprefix("每")
    if match["unit"]:
        tenths = figure(match["fen"]) * (10 if match["unit"] == "分" else 1) + figure(match["li"] or "0")
        return tenths * LI[per] * PER_YEAR[per]
    return share_of(match) * PARTS[match["mark"] or match["of"]] * PER_YEAR[per]


def share_of(match: re.Match[str]) -> Decimal:
    """The number before a mark or behind 百分之."""
    return figure(match["n"] or match["w"])


def figure(text: str) -> Decimal:
    """A number in figures or in words: 1.5, 三十, 一点五."""
    if text.isascii():
        return Decimal(text.strip(".") or "0")
    whole, _, places = text.partition("点")
    return Decimal(f"{number(whole)}.{''.join(str(number(each)) for each in places)}")


def lpr_on(day: date) -> Decimal:
    """The one-year LPR in force on a day, in percent; the first known one for days before the table."""
    table = lpr_table()
    place = bisect_right([each for each, _ in table.rates], day)
    return Decimal(table.rates[max(place - 1, 0)][1]) / 100


def v20(subject: Subject) -> Found:
    """Interest or penalty beyond four times the one-year LPR of the signing day."""
    most = lpr_on(subject.signed_on) * MOST_TIMES
    known = subject.signed_on <= lpr_table().known_until
    doubt = "" if known else f"（LPR数据只到{chinese_date(lpr_table().known_until)}，请核对）"
    for place, clause in enumerate(subject.agreement.clauses):
        for match in RATE.finditer(clause.text) if INTEREST.search(clause.text) else ():
            if yearly(match) > most:
                told = f"“{match[0]}”合每年{yearly(match).normalize():f}%，上限约{most.normalize():f}%"
                yield f"clauses.{place}", WARN, f"利率可能超过法定上限：{told}{doubt}"


def v21(subject: Subject) -> Found:
    """A penalty of more than 30 % of what is owed (MFD 585)."""
    total = sum(each.amount or 0 for each in subject.agreement.obligations)
    for place, clause in enumerate(subject.agreement.clauses):
        for sentence in filter(PENALTY.search, re.split("[。；]", clause.text)):
            if too_high(sentence, total):
                yield f"clauses.{place}", INFO, "违约金可能过高：超过了应付款的百分之三十"


def too_high(sentence: str, total: int) -> bool:
    """A percentage above thirty, or a sum above thirty percent of everything owed."""
    after = PENALTY.split(sentence, maxsplit=1)[-1]
    if any(share_of(match) > MOST_PENALTY for match in PERCENT.finditer(sentence)):
        return True
    return total > 0 and any(each.amount * 100 > total * MOST_PENALTY for each in sums_in(after))


def v22(subject: Subject) -> Found:
    """Money that is paid later wants a consequence for not paying."""
    dues = (each.due_on for each in subject.agreement.obligations if each.amount and each.due_on)
    later = max(dues, default=subject.signed_on) > subject.signed_on
    if later and not BREACH.search("".join(each.text for each in subject.agreement.clauses)):
        yield "clauses", WARN, "建议约定违约责任"


def sides_bound(subject: Subject) -> set[Side]:
    """Which sides owe something, by the records and by what clauses say of them."""
    owing = names_owing(subject.agreement)
    texts = [each.text for each in subject.agreement.clauses]
    return {
        party.side
        for party in subject.case.parties
        if not owing.isdisjoint((party.name, party.id)) or any(binds(text, party.name) for text in texts)
    }


def names_owing(agreement: Agreement) -> set[str]:
    """Names and ids of those whom the records let owe something."""
    return {name for each in agreement.obligations for name in (each.payer, each.payer_party) if name}


def binds(text: str, name: str) -> bool:
    """True when a clause says what somebody has to do: his name, and soon after it a word of duty; 双方 is both."""
    return any(DUTY.search(piece[:14]) for piece in pieces_after(text, name)) or "双方" in text or "各方" in text


def pieces_after(text: str, name: str) -> Iterator[str]:
    """What follows each mention of a name."""
    start = text.find(name) if name else -1
    while start >= 0:
        yield text[start + len(name) :]
        start = text.find(name, start + 1)


def v23(subject: Subject) -> Found:
    """Duties on both sides are considered (双向约束)."""
    if subject.agreement.clauses and len(sides_bound(subject) & {Side.APPLICANT, Side.RESPONDENT}) == 1:
        yield "clauses", INFO, "仅一方承担义务，请确认"
