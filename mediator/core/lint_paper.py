"""Lint of the agreement as a paper: what it must have, its copies and form, blanks, the record behind it.

V10, V33-V36, V38, V40, V42.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Final

from mediator.core.codes import AgreementForm, CaseKind
from mediator.core.findings import BLOCK, WARN, Found, Subject
from mediator.core.lint_words import STAKE
from mediator.core.records import Agreement, Case

PLACEHOLDER: Final = re.compile(
    r"[xXＸｘ×]{2,}|_{2,}|＿+|待定|待填|\{\{|\{%|\?\?\?|？？？|\.{4,}"
    r"|[（(][ \u3000]+[）)]|年[ \u3000]+月|月[ \u3000]+日"
)
CONSENT: Final = re.compile(
    "同意|愿意|接受|认可|没有意见|无意见|无异议|没有异议|达成|可以|行，|行。|好，|好。|就这么|按这个|我认|补，|退，|赔，"
)
READ_OUT: Final = re.compile("宣读|核对无误|看过|签字")
LAST_TURNS: Final = 8
CONFIRMATION: Final = "司法确认"


def v10(subject: Subject) -> Found:
    """Facts, disputed points, responsibility (RTF 29)."""
    if not subject.case.facts.strip():
        yield "facts", BLOCK, "请写明纠纷事实"
    if not subject.agreement.disputed_points.strip():
        yield "agreement.disputed_points", WARN, "请写明争议事项"
    if not subject.agreement.responsibility.strip():
        yield "agreement.responsibility", WARN, "请写明各方责任"


def v33(subject: Subject) -> Found:
    """A place to sign for every party, for the mediator and the recorder.

    The papers always have these places; a recorder who is missing warns, for where one mediator sits he writes himself.
    """
    if not any(party.side in STAKE for party in subject.case.parties):
        yield "parties", BLOCK, "签名栏不完整：没有当事人"
    if subject.case.kind is CaseKind.PEOPLE_MEDIATION and not any(h.recorder for h in subject.case.hearings):
        yield "hearings", WARN, "签名栏不完整：没有记录人"


def v34(subject: Subject) -> Found:
    """Copies for each party and the committee, one more for the court or the notary that the agreement goes to."""
    copies = subject.agreement.copies
    if copies is None:
        return
    text = "".join(each.text for each in subject.agreement.clauses)
    more = int("申请司法确认" in text) + int("公证" in text)
    wanted = sum(each.side in STAKE for each in subject.case.parties) + 1 + more
    if copies < wanted:
        yield "agreement.copies", WARN, f"份数不足：当事人各一份，委员会留存一份，至少{wanted}份"


def money_later(subject: Subject) -> bool:
    """True when money is owed on a day after the signing, or at an event."""
    owed = (each for each in subject.agreement.obligations if each.amount)
    return any(each.due_on is None or each.due_on > subject.signed_on for each in owed)


def v35(subject: Subject) -> Found:
    """An oral agreement with money that is paid later."""
    if subject.agreement.form is AgreementForm.ORAL and money_later(subject):
        yield "agreement.form", WARN, "有给付内容，建议制作书面协议"


def v36(subject: Subject) -> Found:
    """Committee, mediator, place and day; a mediator is no party himself (recusal)."""
    mediators = {name for hearing in subject.case.hearings for name in hearing.mediators}
    if both := mediators & staking_names(subject.case):
        yield "hearings", BLOCK, f"调解员不能是本案当事人：{'、'.join(sorted(both))}"
    if subject.case.kind is CaseKind.PEOPLE_MEDIATION:
        yield from unsaid(subject, mediators)


def staking_names(case: Case) -> set[str]:
    """Names of those with something at stake."""
    return {each.name for each in case.parties if each.side in STAKE}


def unsaid(subject: Subject, mediators: Set[str]) -> Found:
    """What a people's mediation must tell of who mediated, where and when."""
    case, agreement, missing = subject.case, subject.agreement, "缺少调解组织或调解员信息：没有"
    if not case.organization.strip():
        yield "organization", BLOCK, f"{missing}调解组织名称"
    if not mediators:
        yield "hearings", BLOCK, f"{missing}调解员"
    if not any([agreement.place, *(hearing.place for hearing in case.hearings)]):
        yield "agreement.place", WARN, "没有写明调解地点"
    if agreement.signed_on is None:
        yield "agreement.signed_on", BLOCK, "没有写明签订日期"


def v38(subject: Subject) -> Found:
    """Of the right to have it confirmed within 30 days the parties were told: in the record, a clause or a notice."""
    if subject.case.kind is not CaseKind.PEOPLE_MEDIATION or not money_later(subject):
        return
    if not told_of_confirmation(subject):
        yield "hearings", WARN, "请告知可在30日内申请司法确认"


def told_of_confirmation(subject: Subject) -> bool:
    """司法确认 stands in a record or a clause, or a notice of rights was issued."""
    said = (turn.text for hearing in subject.case.hearings for turn in hearing.turns)
    clauses = (each.text for each in subject.agreement.clauses)
    return CONFIRMATION in "".join([*said, *clauses]) or "rights_notice" in {each.kind for each in subject.case.papers}


def v42(subject: Subject) -> Found:
    """The record agrees: a hearing that ended in consent and was read out (RTF 27); a settlement needs none."""
    case = subject.case
    if case.kind is not CaseKind.PEOPLE_MEDIATION:
        return
    words = last_words(case)
    if not CONSENT.search(words):
        yield "hearings", WARN, "调解笔录未记载达成一致"
    elif not (case.hearings[-1].closed or READ_OUT.search(words)):
        yield "hearings", WARN, "调解笔录没有宣读和签字"


def last_words(case: Case) -> str:
    """What was said last in the newest record; nothing without one."""
    return "".join(turn.text for hearing in case.hearings[-1:] for turn in hearing.turns[-LAST_TURNS:])


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
    names = listed_words(subject.case)
    for place, text in texts_of(subject.case, subject.agreement):
        if PLACEHOLDER.search(text):
            yield place, BLOCK, "文书中仍有空白或占位内容"
        elif "某" in without(text, names):
            yield place, BLOCK, "文书中仍有空白或占位内容：“某”不在当事人名单的姓名或住址里"


def listed_words(case: Case) -> set[str]:
    """Names, addresses and roles of the party list."""
    return {part for p in case.parties for part in (p.name, p.address, p.role_as_given) if part}
