"""Lint of the people: who they are, who may sign for them, how their names and numbers are written (V03-V09, V31, V32,
V39, V41).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from mediator.core.codes import DisputeType, PartyKind, Scope, Side
from mediator.core.dates import age_on
from mediator.core.findings import BLOCK, INFO, WARN, Found, Subject
from mediator.core.identifiers import birth_and_sex, normalized
from mediator.core.likeness import differing
from mediator.core.lint_clauses import differing_names
from mediator.core.lint_words import STAKE, names_of
from mediator.core.readings import readings_of
from mediator.core.recognizing import dispute_of
from mediator.core.records import Agreement, Case, Obligation, Party, PartyId
from mediator.core.variants import plain_shape

FULL_AGE: Final = 18
OWN_INCOME_AGE: Final = 16
CONSENT_AGE: Final = 8
GROUP: Final = 5
INCAPABLE: Final = re.compile("无民事行为能力|限制民事行为能力|限制行为能力|无行为能力")
PUPIL: Final = re.compile("学生|在校|无业|^$")
DEATH: Final = re.compile("死亡|身亡|去世|遇难|溺亡|伤残|残疾|(?:一|二|三|四|五|六|七|八|九|十)级伤残")
CATTLE: Final = re.compile("(?:猪|牛|羊|马|鸡|鸭|鹅|鱼|蜂|狗|犬|猫|树|苗|秧|花|家禽|牲畜|家畜)[^，。；]{0,6}$")
HEIRS: Final = re.compile(
    "(?:近亲属|继承人|家属|亲属)[^，。；]{0,16}(?:到场|在场|授权|委托|签字|参加)|(?:全体|全部|所有)(?:近亲属|继承人)"
)
NUMBER: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1\d{10})(?!\d)")
NEAR: Final = 24
PHONE_DIGITS: Final = 11
# Characters that differ in a stroke, as they are mistaken in writing: each with its like.
STROKES: Final = (
    "已己巳",
    "末未",
    "土士",
    "日曰",
    "人入八",
    "千干于",
    "甲申由田",
    "折拆",
    "戊戌戍",
    "兔免",
    "王玉主",
    "大太犬",
    "天夭",
    "刀力",
)


def v03(subject: Subject) -> Found:
    """Names are obligatory; a missing identity number warns, for published and old papers often lack it."""
    for place, party in enumerate(subject.case.parties):
        if not party.name.strip():
            yield f"parties.{place}.name", BLOCK, "缺少当事人身份信息：没有姓名或名称"
        elif party.side in STAKE and not party.id_number:
            yield f"parties.{place}.id_number", WARN, f"缺少当事人身份信息：{party.name}没有证件号码"


def stakes(case: Case) -> Iterator[tuple[int, Party]]:
    """Parties with something at stake, with their places."""
    return ((place, each) for place, each in enumerate(case.parties) if each.side in STAKE)


def born_on(party: Party) -> date | None:
    """The day of birth, from the identity number where it is not written beside it."""
    told = birth_and_sex(party.id_number) if party.id_number else None
    return party.birth_date or (told.day if told else None)


def represented(case: Case, party: Party, side: Side) -> bool:
    """True when somebody of this side acts for the party."""
    return any(each.acts_for == party.id and each.side is side for each in case.parties)


def age_of(party: Party, day: date) -> int | None:
    """Full years on a day, None for organizations and where no birth is known."""
    born = born_on(party)
    return age_on(born, day) if born and party.kind is PartyKind.PERSON else None


def needs_guardian(party: Party, day: date) -> bool:
    """Under 18, but not from 16 on with an income of one's own (MFD 18); or noted as not of full capacity."""
    age = age_of(party, day)
    if INCAPABLE.search(party.note):
        return True
    if age is None or age >= FULL_AGE:
        return False
    return age < OWN_INCOME_AGE or bool(PUPIL.search(party.occupation))


def v04(subject: Subject) -> Found:
    """Minors and persons without full capacity have a guardian who signs."""
    for place, party in stakes(subject.case):
        guarded = represented(subject.case, party, Side.GUARDIAN)
        if needs_guardian(party, subject.signed_on) and not guarded:
            yield f"parties.{place}", BLOCK, f"未成年人或者行为能力受限的人须由监护人代理签字：{party.name}"


def v05(subject: Subject) -> Found:
    """From 8 on, or from 16 on with an own income, a young person's own word is noted."""
    spoke = speakers(subject.case)
    for place, party in stakes(subject.case):
        age = age_of(party, subject.signed_on)
        if age is not None and CONSENT_AGE <= age < FULL_AGE and party.id not in spoke:
            yield f"parties.{place}", INFO, f"请记明限制民事行为能力人的意见：{party.name}今年{age}周岁"


def speakers(case: Case) -> set[PartyId]:
    """Parties with words in a record."""
    return {turn.party for hearing in case.hearings for turn in hearing.turns if turn.party}


def v06(subject: Subject) -> Found:
    """An agent who settles for somebody who was not there has special powers in writing."""
    spoke = speakers(subject.case)
    for place, agent in enumerate(subject.case.parties):
        if agent.side is not Side.AGENT or agent.acts_for in spoke or agent.authorization is Scope.SPECIAL:
            continue
        yield f"parties.{place}.authorization", BLOCK, f"代理人缺少特别授权委托书：{acting(subject.case, agent)}"


def acting(case: Case, agent: Party) -> str:
    """`王某代理李某`; the agent's name alone where nobody is named for whom he acts."""
    whom = case.party(agent.acts_for) if agent.acts_for else None
    return f"{agent.name}代理{whom.name}" if whom else agent.name


def v07(subject: Subject) -> Found:
    """An organization has a name, a credit code, and somebody who may act for it."""
    for place, party in stakes(subject.case):
        if party.kind is not PartyKind.ORGANIZATION:
            continue
        if not party.legal_representative and not represented(subject.case, party, Side.AGENT):
            yield f"parties.{place}", BLOCK, f"单位当事人信息不完整：{party.name}没有法定代表人，也没有代理人"


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


def v31(subject: Subject) -> Found:
    """Wages of a group: everybody is named, each with his own sum."""
    people = subject.case.people or 0
    if people < GROUP or dispute_of(subject.case.dispute_type) is not DisputeType.LABOR:
        return
    paid = len(payees(subject.agreement))
    if paid < people:
        yield "obligations", BLOCK, f"缺少人员名单或合计不符：涉及{people}人，付款计划里只有{paid}人"


def payees(agreement: Agreement) -> set[str]:
    """Whoever gets a sum, by the party he is linked to or by name."""
    return {each.payee_party or each.payee for each in agreement.obligations if each.amount}


def v32(subject: Subject) -> Found:
    """Death or disability: all near relatives are there or have given their power."""
    case, agreement = subject.case, subject.agreement
    for match in DEATH.finditer(f"{case.title}。{case.facts}"):
        before = f"{case.title}。{case.facts}"[max(match.start() - 10, 0) : match.start()]
        told = "".join([case.facts, agreement.responsibility, *(each.text for each in agreement.clauses)])
        if not CATTLE.search(before) and not HEIRS.search(told):
            yield "parties", WARN, f"请核对近亲属是否全部到场或已授权（涉及“{match[0]}”）"
            return


def v39(subject: Subject) -> Found:
    """Names are written one way throughout: in clauses of the library, and look-alikes in any text."""
    yield from differing_names(subject)
    known, people = names_of(subject.case), short_names(subject.case)
    for place, text in texts_beside(subject):
        for name in people:
            for other in alike_in(text, name, known):
                yield place, WARN, f"姓名书写不一致：“{other}”与当事人“{name}”相近"


def short_names(case: Case) -> list[str]:
    """Names of persons short enough to be compared character by character."""
    return [each.name for each in case.parties if each.kind is PartyKind.PERSON and 2 <= len(each.name) <= 4]


def texts_beside(subject: Subject) -> Iterator[tuple[str, str]]:
    """Texts in which parties are named by hand."""
    agreement = subject.agreement
    yield from ((f"clauses.{n}", each.text) for n, each in enumerate(agreement.clauses))
    for n, each in enumerate(agreement.obligations):
        yield f"obligations.{n}", f"{'' if each.payer_party else each.payer}；{'' if each.payee_party else each.payee}"
    yield "agreement.disputed_points", agreement.disputed_points
    yield "agreement.responsibility", agreement.responsibility


def alike_in(text: str, name: str, known: set[str]) -> Iterator[str]:
    """Pieces as long as a name that differ from it in one character which is easily mistaken for the right one."""
    size = len(name)
    for start in range(len(text) - size + 1):
        piece = text[start : start + size]
        if any(piece in each for each in known):
            continue
        wrong = differing(piece, name)
        if len(wrong) == 1 and mistaken(piece[wrong[0]], name[wrong[0]]):
            yield piece


def mistaken(one: str, other: str) -> bool:
    """Two characters that are taken for one another: variants, a stroke apart, or read the same."""
    if plain_shape(one) == plain_shape(other) or any(one in each and other in each for each in STROKES):
        return True
    return "\u4e00" <= one <= "\u9fff" and not {*readings_of(one)}.isdisjoint(readings_of(other))


def v41(subject: Subject) -> Found:
    """One person's number has one value: in the list of parties, and in texts right after the name."""
    for one, other in combinations(subject.case.parties, 2):
        for told in two_values(one, other):
            yield "parties", WARN, f"同一信息前后不一致：{one.name}的{told}有两个"
    for place, text in (("facts", subject.case.facts), *texts_beside(subject)):
        yield from ((place, WARN, each) for each in other_numbers(text, subject.case.parties))


def two_values(one: Party, other: Party) -> Iterator[str]:
    """What two rows of one name say differently; what only one of them says is no second value."""
    if one.name and one.name == other.name:
        for field, told in (("id_number", "证件号码"), ("phone", "电话")):
            if len({getattr(one, field), getattr(other, field)} - {""}) > 1:
                yield told


def other_numbers(text: str, parties: Sequence[Party]) -> Iterator[str]:
    """Numbers that are not those of the party whose name stands nearest before them."""
    for match in NUMBER.finditer(text):
        number = normalized(match[0])
        name = named_last(text[max(match.start() - NEAR, 0) : match.start()], parties)
        own = {normalized(own_number(each, number)) for each in parties if each.name == name} - {""}
        if name and own and number not in own:
            yield f"同一信息前后不一致：{name}的号码在文中写作{match[0][:3]}…{match[0][-2:]}"


def own_number(party: Party, like: str) -> str:
    """The party's number of the same sort as another: telephone or identity number."""
    return party.phone if len(like) == PHONE_DIGITS else party.id_number


def named_last(text: str, parties: Iterable[Party]) -> str:
    """The name that ends last in a text, the longer of two that end together; empty where nobody is named."""
    names = [each.name for each in parties if each.name and each.name in text]
    return max(names, key=lambda name: (text.rfind(name) + len(name), len(name)), default="")
