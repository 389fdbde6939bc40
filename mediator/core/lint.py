"""Lint of an agreement: what a program can decide, all findings at once, each with place and source (rules.md 3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from mediator.core.amounts import days_in, sums_in, words_amount
from mediator.core.codes import CaseKind, Side
from mediator.core.dates import BEIJING
from mediator.core.money import Fen, figures, in_words
from mediator.core.records import Agreement, Case, Obligation


class Severity(StrEnum):
    """`block` stops the paper, `warn` is confirmed with a reason, `info` is shown."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `place` is a dotted path into the record, `clauses.2` or `obligations.0.due_on`."""

    rule: str
    severity: Severity
    message: str
    source: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at."""

    case: Case
    agreement: Agreement
    today: date


Found = Iterator[tuple[str, Severity, str]]
BLOCK, WARN = Severity.BLOCK, Severity.WARN
STAKE: Final = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY)
ON_THE_SPOT: Final = re.compile("当场|当日|当天|现场|即时|已付|已支付|签订时|签字时")
PLACEHOLDER: Final = re.compile(
    r"[xXＸｘ×]{2,}|_{2,}|＿+|待定|待填|\{\{|\{%|\?\?\?|？？？|\.{4,}"
    r"|[（(][ \u3000]+[）)]|年[ \u3000]+月|月[ \u3000]+日"
)


def v03(subject: Subject) -> Found:
    """Names are obligatory; a missing identity number warns, for published and old papers often lack it."""
    for place, party in enumerate(subject.case.parties):
        if not party.name.strip():
            yield f"parties.{place}.name", BLOCK, "缺少当事人身份信息：没有姓名或名称"
        elif party.side in STAKE and not party.id_number:
            yield f"parties.{place}.id_number", WARN, f"缺少当事人身份信息：{party.name}没有证件号码"


def v08(subject: Subject) -> Found:
    """At least one party on each side."""
    sides = {party.side for party in subject.case.parties}
    if not {Side.APPLICANT, Side.RESPONDENT} <= sides:
        yield "parties", BLOCK, "协议必须有双方当事人"


def same_party(each: Obligation) -> bool:
    """Payer and payee are one: by the parties they are linked to, by name where one of them is linked to none."""
    if each.payer_party and each.payee_party:
        return each.payer_party == each.payee_party
    return bool(each.payer.strip()) and each.payer.strip() == each.payee.strip()


def v09(subject: Subject) -> Found:
    """Nobody pays himself."""
    for place, each in enumerate(subject.agreement.obligations):
        if same_party(each):
            yield f"obligations.{place}.payee", BLOCK, "付款人与收款人相同"


def v10(subject: Subject) -> Found:
    """Facts, disputed points, responsibility (RTF 29)."""
    if not subject.case.facts.strip():
        yield "facts", BLOCK, "请写明纠纷事实"
    if not subject.agreement.disputed_points.strip():
        yield "agreement.disputed_points", WARN, "请写明争议事项"
    if not subject.agreement.responsibility.strip():
        yield "agreement.responsibility", WARN, "请写明各方责任"


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
    """Who, what, to whom, how much, by when; the manner of payment only warns."""
    if not subject.agreement.clauses:
        yield "clauses", BLOCK, "义务内容不完整，难以履行：协议没有条款"
    for place, each in enumerate(subject.agreement.obligations):
        for field, name in gaps(each):
            yield f"obligations.{place}.{field}", BLOCK, f"义务内容不完整，难以履行：第{place + 1}笔没有写明{name}"
        if each.amount is not None and not each.method:
            yield f"obligations.{place}.method", WARN, f"第{place + 1}笔没有写明履行方式"


def v12(subject: Subject) -> Found:
    """Figures and the words beside them are one sum."""
    for place, clause in enumerate(subject.agreement.clauses):
        for each in sums_in(clause.text):
            if each.words and words_amount(each.words) != each.amount:
                yield f"clauses.{place}", BLOCK, f"金额大小写不一致：{each.text}，应为{in_words(each.amount)}"


def totals(obligations: Iterable[Obligation], by: Callable[[Obligation], object]) -> set[int]:
    """What comes together, for each payer or however they are grouped, in fen."""
    sums = Counter[object]()
    for each in obligations:
        sums[by(each)] += each.amount or 0
    return set(sums.values())


def v13(subject: Subject) -> Found:
    """Instalments marked as parts add up to a total that a clause names, all of them or those of each two parties."""
    parts = [each for each in subject.agreement.obligations if each.part_of_total and each.amount]
    named = {each.amount for clause in subject.agreement.clauses for each in sums_in(clause.text)}
    whole = sum(each.amount or 0 for each in parts)
    largest = max((each.amount or 0 for each in parts), default=0)
    if not parts or max(named, default=Fen(0)) <= largest:
        return
    if whole not in named and not totals(parts, lambda each: (each.payer, each.payee)) <= named:
        yield "obligations", BLOCK, f"分期金额之和（{figures(Fen(whole))}元）与总额不符"


def known_sums(obligations: tuple[Obligation, ...]) -> set[int]:
    """Sums a clause may name: single ones, equal ones together, those of a payer or payee, of instalments, of all."""
    counts = Counter(each.amount for each in obligations if each.amount)
    equal = {many * amount for amount, count in counts.items() for many in range(1, count + 1)}
    sides = totals(obligations, lambda each: each.payer) | totals(obligations, lambda each: each.payee)
    return equal | sides | totals(obligations, lambda each: each.part_of_total) | totals(obligations, lambda _: "")


def v14(subject: Subject) -> Found:
    """A sum in a clause that no record has."""
    known = known_sums(subject.agreement.obligations)
    for place, clause in enumerate(subject.agreement.clauses):
        for found in sums_in(clause.text):
            if found.amount not in known:
                yield f"clauses.{place}", WARN, f"条款中的金额未列入付款计划：{found.text}"


def known_days(case: Case, agreement: Agreement) -> set[date | None]:
    """Days a clause may name: due days, and those on which something of the record happened."""
    days = {each.due_on for each in agreement.obligations} | {agreement.signed_on, case.accepted_on}
    days |= {day for _, day in case.dates} | {payment.paid_on for payment in case.payments}
    return days | {hearing.held_at.astimezone(BEIJING).date() for hearing in case.hearings if hearing.held_at}


def v15(subject: Subject) -> Found:
    """A day in a clause that does not exist, or that no record has where there are due days to compare with."""
    known = known_days(subject.case, subject.agreement)
    planned = any(each.due_on for each in subject.agreement.obligations)
    for place, clause in enumerate(subject.agreement.clauses):
        for found in days_in(clause.text):
            if found.day is None:
                yield f"clauses.{place}", WARN, f"条款中的日期不存在：{found.text}"
            elif planned and found.day not in known:
                yield f"clauses.{place}", WARN, f"条款中的日期与付款计划不一致：{found.text}"


def v16(subject: Subject) -> Found:
    """Due before signing, unless paid on the spot."""
    signed = subject.agreement.signed_on or subject.today
    for place, each in enumerate(subject.agreement.obligations):
        spot = ON_THE_SPOT.search(each.due_as_given + each.note + each.method)
        if each.due_on and each.due_on < signed and not spot:
            yield f"obligations.{place}.due_on", WARN, f"第{place + 1}笔的履行期限早于签订日期"


def v33(subject: Subject) -> Found:
    """A place to sign for every party, for the mediator and the recorder."""
    if not any(party.side in STAKE for party in subject.case.parties):
        yield "parties", BLOCK, "签名栏不完整：没有当事人"
    if subject.case.kind is CaseKind.PEOPLE_MEDIATION and not any(h.recorder for h in subject.case.hearings):
        yield "hearings", WARN, "签名栏不完整：没有记录人"


def v36(subject: Subject) -> Found:
    """Committee, mediator, place and day."""
    case, agreement, missing = subject.case, subject.agreement, "缺少调解组织或调解员信息：没有"
    if case.kind is not CaseKind.PEOPLE_MEDIATION:
        return
    if not case.organization.strip():
        yield "organization", BLOCK, f"{missing}调解组织名称"
    if not any(hearing.mediators for hearing in case.hearings):
        yield "hearings", BLOCK, f"{missing}调解员"
    if not any([agreement.place, *(hearing.place for hearing in case.hearings)]):
        yield "agreement.place", WARN, "没有写明调解地点"
    if agreement.signed_on is None:
        yield "agreement.signed_on", BLOCK, "没有写明签订日期"


def texts_of(case: Case, agreement: Agreement) -> list[tuple[str, str]]:
    """Every text that an agreement prints, with its place; an obligation's texts apart, so that they do not join."""
    texts = [(f"clauses.{n}", clause.text) for n, clause in enumerate(agreement.clauses)]
    for n, each in enumerate(agreement.obligations):
        parts = (each.payer, each.payee, each.goods, each.method, each.due_as_given, each.note)
        texts.append((f"obligations.{n}", "\n".join(parts)))
    texts += [("facts", case.facts), ("agreement.disputed_points", agreement.disputed_points)]
    return [*texts, ("agreement.responsibility", agreement.responsibility), ("agreement.place", agreement.place)]


def without(text: str, names: Iterable[str]) -> str:
    """The text with names taken out, longer ones first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def v40(subject: Subject) -> Found:
    """Blanks and placeholders; 某 only inside names and addresses of the party list."""
    names = {part for p in subject.case.parties for part in (p.name, p.address, p.role_as_given) if part}
    for place, text in texts_of(subject.case, subject.agreement):
        if PLACEHOLDER.search(text):
            yield place, BLOCK, "文书中仍有空白或占位内容"
        elif "某" in without(text, names):
            yield place, BLOCK, "文书中仍有空白或占位内容：“某”不在当事人名单的姓名或住址里"


RULES: Final[tuple[tuple[str, Callable[[Subject], Found], str], ...]] = (
    ("V03", v03, "人民调解法第二十九条"),
    ("V08", v08, "人民调解法第二十九条"),
    ("V09", v09, "付款计划核对"),
    ("V10", v10, "人民调解法第二十九条"),
    ("V11", v11, "人民调解法第二十九条；法释〔2011〕5号第七条"),
    ("V12", v12, "支付结算办法"),
    ("V13", v13, "付款计划核对"),
    ("V14", v14, "付款计划核对"),
    ("V15", v15, "付款计划核对"),
    ("V16", v16, "付款计划核对"),
    ("V33", v33, "人民调解法第二十九条"),
    ("V36", v36, "人民调解法第二十九条"),
    ("V40", v40, "文书规范"),
)


def check_agreement(case: Case, *, today: date) -> tuple[Finding, ...]:
    """All findings of a case's agreement, blocking ones first; none when there is no agreement."""
    if case.agreement is None:
        return ()
    subject = Subject(case, case.agreement, today)
    found = [
        Finding(rule, severity, message, source, place)
        for rule, check, source in RULES
        for place, severity, message in check(subject)
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))
