"""Lint of an agreement: what a program can decide, all findings at once, each with place and source (rules.md 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from mediator.core.codes import CaseKind, Side
from mediator.core.findings import BLOCK, WARN, Finding, Found, Severity, Subject, subject_of
from mediator.core.lint_clauses import v12, v13, v14, v15, v39
from mediator.core.records import Agreement, Case, Obligation

__all__ = ["RULES", "Finding", "Severity", "check_agreement"]


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
    for place, made in enumerate(subject.made):
        if isinstance(made, str):
            yield f"clauses.{place}", BLOCK, f"义务内容不完整，难以履行：第{place + 1}条的“{made}”需要重新填写"
    for place, each in enumerate(subject.agreement.obligations):
        for field, name in gaps(each):
            yield f"obligations.{place}.{field}", BLOCK, f"义务内容不完整，难以履行：第{place + 1}笔没有写明{name}"
        if each.amount is not None and not each.method:
            yield f"obligations.{place}.method", WARN, f"第{place + 1}笔没有写明履行方式"


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
    ("V39", v39, "文书规范"),
    ("V40", v40, "文书规范"),
)


def check_agreement(case: Case, *, today: date) -> tuple[Finding, ...]:
    """All findings of a case's agreement, blocking ones first; none when there is no agreement."""
    if case.agreement is None:
        return ()
    subject = subject_of(case, case.agreement, today)
    found = [
        Finding(rule, severity, message, source, place)
        for rule, check, source in RULES
        for place, severity, message in check(subject)
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))
