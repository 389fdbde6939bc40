"""Lint of clauses against the records: sums, days, names, in free clauses and those of the library (V12-V15, V39).

A clause of the library is compiled once more and compared with its text and with the obligations that came from it, so
that a record changed by hand or on another desk is found. A free clause is read for sums and days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from typing import Final

from mediator.core.amounts import Sum, days_in, sums_in, words_amount
from mediator.core.compiling import Compiled
from mediator.core.dates import BEIJING, chinese_date
from mediator.core.findings import BLOCK, WARN, Found, Severity, Subject
from mediator.core.money import Fen, figures, in_words
from mediator.core.records import Agreement, Case, Clause, Obligation
from mediator.core.said_days import day_of_text, periods_in, yearless_days_in

AGAIN: Final = "，请重新填写这一条"
Word = Callable[[Obligation], object]


def compiled(subject: Subject) -> Iterator[tuple[int, Clause, Compiled]]:
    """Clauses of the library with their places."""
    for place, (clause, made) in enumerate(zip(subject.agreement.clauses, subject.made, strict=True)):
        if isinstance(made, Compiled):
            yield place, clause, made


def differ(subject: Subject, clause: Clause, made: Compiled, by: Word) -> bool:
    """Whether the obligations that came from a clause say something else than the clause, in whatever order."""
    theirs = [each for each in subject.agreement.obligations if each.clause == clause.id]
    return Counter(map(by, theirs)) != Counter(map(by, made.obligations))


def unlike_plan(subject: Subject, severity: Severity, what: str, by: Word) -> Found:
    """Clauses of the library of which one thing stands otherwise in the obligations they made."""
    for place, clause, made in compiled(subject):
        if differ(subject, clause, made, by):
            yield f"clauses.{place}", severity, f"第{place + 1}条{what}与付款计划不一致{AGAIN}"


def v12(subject: Subject) -> Found:
    """Figures, the words beside them, the slots and the obligations are one sum."""
    for place, found in sums_said(subject):
        if found.words and words_amount(found.words) != found.amount:
            yield f"clauses.{place}", BLOCK, f"金额大小写不一致：{found.text}，应为{in_words(found.amount)}"
    yield from unsaid_sums(subject)
    yield from unlike_plan(subject, BLOCK, "的金额", lambda each: each.amount)


def unsaid_sums(subject: Subject) -> Found:
    """Sums that were filled in for a clause and do not stand in its text."""
    for place, clause, made in compiled(subject):
        for missing in sorted(made.sums - {each.amount for each in sums_in(clause.text)}):
            yield f"clauses.{place}", BLOCK, f"第{place + 1}条没有写明填写的金额{figures(missing)}元{AGAIN}"


def sums_said(subject: Subject) -> Iterator[tuple[int, Sum]]:
    """Every sum of the clauses with the place of its clause."""
    for place, clause in enumerate(subject.agreement.clauses):
        yield from ((place, each) for each in sums_in(clause.text))


def totals(obligations: Iterable[Obligation], by: Word) -> set[int]:
    """What comes together, for each payer or however they are grouped, in fen."""
    sums = Counter[object]()
    for each in obligations:
        sums[by(each)] += each.amount or 0
    return set(sums.values())


def v13(subject: Subject) -> Found:
    """Instalments marked as parts add up to a total that a clause names: all of them, or those of each two parties.

    Where no clause names more than the largest instalment there is no total to compare with.
    """
    parts = [each for each in subject.agreement.obligations if each.part_of_total and each.amount]
    named = {found.amount for _, found in sums_said(subject)}
    if max(named, default=0) > max(totals(parts, lambda each: each.id), default=0) and not add_up(parts, named):
        (whole,) = totals(parts, lambda _: "")
        yield "obligations", BLOCK, f"分期金额之和（{figures(Fen(whole))}元）与总额不符"


def add_up(parts: Sequence[Obligation], named: Set[int]) -> bool:
    """True when the instalments come to named sums: together, between each two parties, or clause by clause."""
    ways: tuple[Word, ...] = (
        lambda _: "", lambda each: (each.payer, each.payee), lambda each: (each.payer, each.payee, each.clause),
    )  # fmt: skip
    return any(totals(parts, by) <= named for by in ways)


def known_sums(obligations: tuple[Obligation, ...]) -> set[int]:
    """Sums a clause may name: single ones, equal ones together, those of a payer or payee, of instalments, of all."""
    counts = Counter(each.amount for each in obligations if each.amount)
    equal = {many * amount for amount, count in counts.items() for many in range(1, count + 1)}
    sides = totals(obligations, lambda each: each.payer) | totals(obligations, lambda each: each.payee)
    return equal | sides | totals(obligations, lambda each: each.part_of_total) | totals(obligations, lambda _: "")


def v14(subject: Subject) -> Found:
    """A sum in a clause that no record has; things owed as the clause says; nothing owed by a clause that is gone."""
    known = known_sums(subject.agreement.obligations)
    own = {place: made.sums for place, _, made in compiled(subject)}
    for place, found in sums_said(subject):
        if found.amount not in known | own.get(place, frozenset()):
            yield f"clauses.{place}", WARN, f"条款中的金额未列入付款计划：{found.text}"
    yield from unlike_plan(subject, WARN, "要做的事", lambda each: (each.goods, each.due_as_given))
    yield from orphans(subject)


def orphans(subject: Subject) -> Found:
    """Obligations that rest on a clause that is gone."""
    there = {clause.id for clause in subject.agreement.clauses}
    for place, each in enumerate(subject.agreement.obligations):
        if each.clause and each.clause not in there:
            yield f"obligations.{place}", WARN, f"第{place + 1}笔所依据的条款已经删去"


def known_days(case: Case, agreement: Agreement) -> set[date | None]:
    """Days a clause may name: due days, and those on which something of the record happened."""
    days = {each.due_on for each in agreement.obligations} | {agreement.signed_on, case.accepted_on}
    days |= {day for _, day in case.dates} | {payment.paid_on for payment in case.payments}
    return days | {hearing.held_at.astimezone(BEIJING).date() for hearing in case.hearings if hearing.held_at}


def v15(subject: Subject) -> Found:
    """A day in a clause that does not exist, or that no record has where there are due days to compare with."""
    known = known_days(subject.case, subject.agreement)
    planned = any(each.due_on for each in subject.agreement.obligations)
    for place, text, day in days_said(subject):
        if day is None:
            yield f"clauses.{place}", WARN, f"条款中的日期不存在：{text}"
        elif planned and day not in known:
            yield f"clauses.{place}", WARN, f"条款中的日期与付款计划不一致：{told_as(text, day)}"
    yield from unsaid_days(subject)
    yield from unlike_plan(subject, WARN, "的日期", lambda each: each.due_on)


def days_said(subject: Subject) -> Iterator[tuple[int, str, date | None]]:
    """Every day of the clauses with the place of its clause."""
    for place, clause in enumerate(subject.agreement.clauses):
        yield from ((place, text, day) for text, day in said_days(clause.text, subject.signed_on))


def unsaid_days(subject: Subject) -> Found:
    """Days that were filled in for a clause and do not stand in its text."""
    for place, clause, made in compiled(subject):
        for missing in sorted(made.days - {each.day for each in days_in(clause.text)}):
            yield f"clauses.{place}", WARN, f"第{place + 1}条没有写明填写的日期{chinese_date(missing)}{AGAIN}"


def said_days(text: str, signed_on: date) -> Iterator[tuple[str, date | None]]:
    """Every day of a clause as it is said: whole ones, days without a year, and periods that run from the signing."""
    yield from ((each.text, each.day) for each in days_in(text))
    yield from ((each.text, each.on_or_after(signed_on)) for each in yearless_days_in(text))
    yield from ((each.text, each.after(signed_on)) for each in periods_in(text))


def told_as(text: str, day: date) -> str:
    """What was said, with its calendar day where that is another way of saying it."""
    return text if day_of_text(text) else f"{text}（即{chinese_date(day)}）"


def differing_names(subject: Subject) -> Found:
    """V39: a clause of the library names the parties as the list writes them, and so do the obligations it made."""
    for place, clause, made in compiled(subject):
        named = all(name in clause.text for name in made.names)
        if not named or differ(subject, clause, made, lambda each: (each.payer, each.payee)):
            yield f"clauses.{place}", WARN, f"第{place + 1}条的当事人与当事人名单、付款计划写得不一致{AGAIN}"
