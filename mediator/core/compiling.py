"""The compiler of obligations (X04): a template and its filled slots give the clause's text and what it makes owed.

Pure and total: either everything comes out, sums to the fen, or Unacceptable `clause.slot` names the first slot that
does not do. A value is put in once and never read again, so no value can open a slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.clauses import Owing, Shape, Slot, Template
from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures, printed
from mediator.core.records import Obligation, ObligationId, Party, PartyId
from mediator.core.slots import Due, Reading, Schedule, Share, money, people, refuse, said, total

PIECE: Final = re.compile(r"\[([^\]]*)\]|\{([a-z_.]+)\}")
LISTED: Final = 12
UNMADE: Final = ObligationId("")


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a filled template comes to; obligations have no id yet.

    `sums`, `days` and `names` are what the compiler itself wrote: the lint looks for them in a text that came back.
    Sums and days inside a text that somebody typed are not among them; they are compared with the records.
    """

    text: str
    obligations: tuple[Obligation, ...]
    sums: frozenset[Fen]
    days: frozenset[date]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One day of a plan with its sum."""

    day: date
    amount: Fen


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes due on which days; `each` is the sum of every day, where the days do not share one."""

    parts: tuple[Part, ...]
    schedule: Schedule | None
    each: Fen | None

    @property
    def total(self) -> Fen:
        """Everything together."""
        return Fen(sum(part.amount for part in self.parts))


def compile_clause(template: Template, slots: Mapping[str, object], parties: Sequence[Party]) -> Compiled:
    """Text and obligations of a filled template; raises Unacceptable `clause.slot`."""
    for name in slots:
        template.slot(name)
    reading = Reading(tuple(parties))
    values = {slot.name: reading.value(slot, slots.get(slot.name)) for slot in template.slots}
    apart(template, values)
    plans = plans_of(template, values)
    words = worded(template, values, plans)
    made = [each for owing in template.owes for each in owed(owing, values, words, plans=plans)]
    return Compiled(
        text=filled(template.text, words),
        obligations=tuple(made),
        sums=frozenset(sums_of(template, values, plans)),
        days=frozenset(days_of(values, plans)),
        names=frozenset(names_of(values)),
    )


def plans_of(template: Template, values: Mapping[str, object]) -> dict[str, Plan]:
    """The plan of each slot of days that something is owed by."""
    return {owing.due: plan_of(template, owing, values) for owing in template.owes if in_parts(template, owing)}


def apart(template: Template, values: Mapping[str, object]) -> None:
    """Raise Unacceptable `clause.slot` where one party stands in two slots: nobody owes himself."""
    known: set[str] = set()
    for slot in template.slots:
        mine = {party.id for party in people(values[slot.name])}
        if mine & known:
            refuse(slot, "same")
        known |= mine


def in_parts(template: Template, owing: Owing) -> bool:
    """Whether an obligation falls due on the days of a plan."""
    return bool(owing.due) and template.slot(owing.due).shape is Shape.DAYS


def plan_of(template: Template, owing: Owing, values: Mapping[str, object]) -> Plan:
    """The sums of each day: as given, or equal ones; the last day takes what is left, to the fen."""
    slot, agreed, given = template.slot(owing.due), total(values[owing.amount]), values[owing.due]
    schedule, dues = given if isinstance(given, Schedule) else None, dues_of(given)
    if owing.each:
        money(template.slot(owing.amount), agreed * len(dues))
        return Plan(tuple(Part(due.day, agreed) for due in unpriced(slot, dues)), schedule, agreed)
    sums = given_sums(slot, dues, agreed) if dues[0].amount else equal_sums(slot, agreed, len(dues))
    return Plan(tuple(Part(due.day, part) for due, part in zip(dues, sums, strict=True)), schedule, None)


def dues_of(given: object) -> tuple[Due, ...]:
    """The days of a slot as it was read, those of a schedule without sums of their own."""
    if isinstance(given, Schedule):
        return tuple(map(Due, given.days))
    return given if isinstance(given, tuple) else ()


def unpriced(slot: Slot, dues: tuple[Due, ...]) -> tuple[Due, ...]:
    """Days alone: where one sum is that of every day, no day has its own."""
    return dues if not dues[0].amount else refuse(slot, "days")


def equal_sums(slot: Slot, agreed: Fen, many: int) -> list[Fen]:
    """Equal parts in whole fen; the last takes the rest."""
    part = agreed // many
    return [Fen(part)] * (many - 1) + [Fen(agreed - part * (many - 1))] if part else refuse(slot, "parts")


def given_sums(slot: Slot, dues: tuple[Due, ...], agreed: Fen) -> list[Fen]:
    """The sums as agreed, which add up to the total; one left out at the end is the rest."""
    sums = [each.amount for each in dues if each.amount]
    rest = agreed - sum(sums)
    whole = rest == 0 if len(sums) == len(dues) else rest > 0
    return (sums + [Fen(rest)] * (len(dues) - len(sums))) if whole else refuse(slot, "sum")


def worded(template: Template, values: Mapping[str, object], plans: Mapping[str, Plan]) -> dict[str, str]:
    """What stands for each name in braces."""
    words = {slot.name: said(slot, values[slot.name]) for slot in template.slots}
    sums = {f"{slot.name}.sum": printed(total(values[slot.name])) for slot in summed(template)}
    return words | sums | {"plan": "".join(map(plan_said, plans.values()))}


def summed(template: Template) -> list[Slot]:
    """Slots of several sums."""
    return [slot for slot in template.slots if slot.shape in (Shape.ITEMS, Shape.SHARES)]


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with its names filled in, in one pass; a part in brackets goes where a name in it is empty."""

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return words[match[2]]
        names = [each[2] for each in PIECE.finditer(match[1])]
        return filled(match[1], words) if all(words[name] for name in names) else ""

    return PIECE.sub(put, pattern)


def plan_said(plan: Plan) -> str:
    """A plan in words: at once, by the month, part for part, or in short where there are more than twelve parts."""
    first, last = plan.parts[0], plan.parts[-1]
    if plan.each is not None:
        return every_day_said(plan, plan.each)
    if first is last:
        return f"于{chinese_date(first.day)}前一次性付清"
    if len(plan.parts) <= LISTED:
        rows = (
            f"第{place}期于{chinese_date(part.day)}前支付{figures(part.amount)}元"
            for place, part in enumerate(plan.parts, 1)
        )
        return f"分{len(plan.parts)}期付清：{'，'.join(rows)}"
    ends = [f"于{chinese_date(part.day)}前支付{figures(part.amount)}元" for part in (first, last)]
    rest = "其余各期的日期和金额以本协议所附付款计划为准"
    return f"分{len(plan.parts)}期付清：第1期{ends[0]}，最后一期{ends[1]}，{rest}"


def every_day_said(plan: Plan, each: Fen) -> str:
    """The same sum on every day of a plan."""
    many, first, last = len(plan.parts), plan.parts[0].day, plan.parts[-1].day
    whole = f"共{many}期，合计{printed(plan.total)}"
    if plan.schedule and many > 1:
        rhythm = rhythm_said(plan.schedule)
        return f"自{chinese_date(first)}起至{chinese_date(last)}止，{rhythm}前支付{printed(each)}，{whole}"
    listed = "、".join(f"{chinese_date(part.day)}前" for part in plan.parts)
    return f"每期支付{printed(each)}，{whole}，付款日期依次为{listed}"


def rhythm_said(schedule: Schedule) -> str:
    """`每月5日`, `每3个月的最后一日`; a day that short months lack says what then holds (MFD 202)."""
    every = "每月" if schedule.months == 1 else f"每{schedule.months}个月的"
    if schedule.months == 12:
        return f"每年{schedule.first.month}月{schedule.first.day}日"
    short = "（当月没有这一日的，为当月最后一日）" if schedule.first.day > 28 else ""
    return f"{every}{schedule.first.day}日{short}"


def owed(
    owing: Owing, values: Mapping[str, object], words: Mapping[str, str], *, plans: Mapping[str, Plan]
) -> Iterator[Obligation]:
    """The obligations of one line of a template."""
    method, goods = words.get(owing.method, ""), filled(owing.goods, words)
    for payer, payee, amount in sides(owing, values):
        rows = falling_due(owing, values, plans, amount=amount)
        for due_on, part in rows:
            yield Obligation(
                UNMADE, named(payer), named(payee), None if goods else part, due_on,
                due_as_given="" if due_on else filled(owing.due_text, words), method=method,
                part_of_total=len(rows) > 1, goods=goods, payer_party=only(payer), payee_party=only(payee),
            )  # fmt: skip


def falling_due(
    owing: Owing, values: Mapping[str, object], plans: Mapping[str, Plan], *, amount: Fen
) -> list[tuple[date | None, Fen]]:
    """Days and sums: those of a plan, one day, or none where an event makes it due."""
    if owing.due in plans:
        return [(part.day, part.amount) for part in plans[owing.due].parts]
    single = values.get(owing.due)
    return [(single if isinstance(single, date) else None, amount)]


Sides = tuple[tuple[Party, ...], tuple[Party, ...], Fen]


def sides(owing: Owing, values: Mapping[str, object]) -> Iterator[Sides]:
    """Who owes whom how much: one row, or one for each share."""
    shares = values[owing.amount] if owing.amount else None
    payer, payee = people(values[owing.payer]), people(values[owing.payee])
    if not isinstance(shares, tuple) or not isinstance(shares[0], Share):
        yield payer, payee, total(shares)
        return
    for share in shares:
        mine = (share.party,)
        yield (mine, payee, share.amount) if owing.payer == owing.amount else (payer, mine, share.amount)


def named(parties: tuple[Party, ...]) -> str:
    """Names exactly as the parties are written."""
    return "、".join(party.name for party in parties)


def only(parties: tuple[Party, ...]) -> PartyId | None:
    """The link to a party that stands alone; several together are linked by no id."""
    return parties[0].id if len(parties) == 1 else None


def sums_of(template: Template, values: Mapping[str, object], plans: Mapping[str, Plan]) -> Iterator[Fen]:
    """Every sum that the compiler writes out."""
    for slot in template.slots:
        yield from slot_sums(slot, values[slot.name])
    for plan in plans.values():
        yield from (part.amount for part in spoken(plan))
        yield plan.total


def slot_sums(slot: Slot, value: object) -> Iterator[Fen]:
    """A sum, or those of rows and all of them together."""
    if slot.shape is Shape.MONEY:
        yield total(value)
    if slot.shape in (Shape.ITEMS, Shape.SHARES) and isinstance(value, tuple):
        yield from (total((row,)) for row in value)
        yield total(value)


def spoken(plan: Plan) -> tuple[Part, ...]:
    """The parts that the words of a plan name; of many, and of an even row of days, the first and the last."""
    short = len(plan.parts) > LISTED if plan.each is None else plan.schedule is not None
    return (plan.parts[0], plan.parts[-1]) if short else plan.parts


def days_of(values: Mapping[str, object], plans: Mapping[str, Plan]) -> Iterator[date]:
    """Every day that the compiler writes out."""
    yield from (value for value in values.values() if isinstance(value, date))
    yield from (part.day for plan in plans.values() for part in spoken(plan))


def names_of(values: Mapping[str, object]) -> Iterator[str]:
    """Every name of a party that the compiler writes out."""
    return (party.name for value in values.values() for party in people(value))
