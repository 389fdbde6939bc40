"""How the obligations of an agreement stand today, in words: closing report, visits and cards say the same (L07)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures
from mediator.core.performing import Owed, obligations_now
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.parts import due, owed

MOST_LINES: Final = 6


def performance(case: Case, _facts: PaperFacts) -> str:
    """An obligation a line: who owes what by when and what came of it; of a long plan the sums."""
    every = obligations_now(case) if case.agreement and case.agreement.is_signed else ()
    return "\n".join(map(line, every)) if len(every) <= MOST_LINES else summed(every)


def plan(case: Case, _facts: PaperFacts) -> str:
    """By when what is to be performed as it was signed, obligation for obligation."""
    owing = case.obligations
    return "；".join(f"{due(each)}{'支付' if each.amount is not None else ''}{owed(each)}" for each in owing)


def line(each: Owed) -> str:
    """`吴某斌应付吴㛃𬱖2,500.00元（2025年11月16日前）：尚未履行。`; what is met needs its own day alone."""
    money = each.now.amount is not None
    verb, what = ("应付", owed(each.now)) if money else ("应向", f"履行{each.now.goods}")
    when = f"（{due(each.now)}）" if due(each.now) and not each.done else ""
    changed = "（按补充协议变更）" if each.changed and not each.waived else ""
    return f"{each.now.payer}{verb}{each.now.payee}{what}{when}{changed}：{outcome(each)}。"


def outcome(each: Owed) -> str:
    """What came of one obligation."""
    if each.met:
        return f"{chinese_date(each.payments[-1].paid_on)}{'付清' if each.now.amount is not None else '履行完毕'}"
    paid = f"已付{figures(each.paid)}元，" if each.paid else ""
    if each.waived:
        return f"{paid}{'余额' if paid else ''}按补充协议免除"
    return f"{paid}尚余{figures(each.open)}元" if paid else "尚未履行"


def summed(every: Sequence[Owed]) -> str:
    """`共24项，已履行3项；款项合计…元，已付…元，尚余…元。`."""
    money = [each for each in every if each.now.amount is not None]
    total, paid, left = (figures(Fen(sum(getattr(each, name) for each in money))) for name in ("owed", "paid", "open"))
    sums = f"；款项合计{total}元，已付{paid}元，尚余{left}元" if money else ""
    return f"共{len(every)}项，已履行{sum(each.done for each in every)}项{sums}。"


PERFORMED = Field("performed", "履行情况", Shape.LINES, known=performance)
