"""Fields that many forms ask, with what the record already knows of them.

A form takes a field from here when its label is the usual one; a label of its own is `replace(MATTER, label="事由")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mediator.core.codes import Side
from mediator.core.dates import chinese_date, chinese_moment, day_words
from mediator.core.money import Fen, printed
from mediator.core.numerals import chinese
from mediator.core.records import Case, Hearing, HearingId, IssuedPaper
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled, Known, Shape
from mediator.docs.forms.parts import BY_LAW, SIGNING, STAKE, label_of, names, parties_of, party_paragraph, signers
from mediator.docs.model import Paragraph, Place
from mediator.docs.paper_parts import BY_HAND_ALONE, Sign, Words


def hearing_of(case: Case, facts: PaperFacts) -> Hearing:
    """The hearing a paper is about: the chosen one, else the last, else an empty one."""
    found = [each for each in case.hearings if each.id == facts.hearing]
    return (found or list(case.hearings[-1:]) or [Hearing(HearingId(""))])[0]


def people(case: Case, _facts: PaperFacts) -> str:
    """Names of all with a stake."""
    return "、".join(party.name for party in parties_of(case, STAKE) if party.name)


def listed(case: Case, _facts: PaperFacts) -> str:
    """One with a stake a line, with the word for each."""
    return "\n".join(f"{label_of(party)}：{party.name}" for party in parties_of(case, STAKE))


def identified(case: Case, facts: PaperFacts) -> str:
    """One who signs a line, with everything that says who it is, as courts ask."""
    every = (party_paragraph(case, party, on=facts.issued_on) for party in parties_of(case))
    return "\n".join("".join(run.text for run in each.runs) for each in every)


def applying(case: Case, facts: PaperFacts) -> str:
    """The same for a court, a notary, a commission: whoever has a stake asks together with the others."""
    every = (
        party_paragraph(case, party, on=facts.issued_on, label="申请人" if party.side in STAKE else "")
        for party in parties_of(case)
    )
    return "\n".join("".join(run.text for run in each.runs) for each in every)


def unnamed(label: str) -> Callable[[Case], Iterator[Paragraph]]:
    """Blocks for the pen, one for each side; every one says `label` unless that is empty."""

    def blocks(case: Case) -> Iterator[Paragraph]:
        yield from (party_paragraph(case, party, label=label) for party in case.parties)

    return blocks


def people_rows(case: Case, _facts: PaperFacts) -> tuple[tuple[str, ...], ...]:
    """Name, address and telephone of each with a stake."""
    return tuple((party.name, party.address, party.phone) for party in parties_of(case, STAKE))


def mediators(case: Case, facts: PaperFacts) -> str:
    """Who mediates, by the hearing the paper is about."""
    return "、".join(hearing_of(case, facts).mediators)


def first_mediator(case: Case, facts: PaperFacts) -> str:
    """Who leads the matter."""
    return next(iter(hearing_of(case, facts).mediators), "")


def held_at(case: Case, facts: PaperFacts) -> str:
    """When the hearing is or was."""
    when = hearing_of(case, facts).held_at
    return chinese_moment(when) if when else ""


def accepted_on(case: Case, _facts: PaperFacts) -> str:
    """The day of acceptance."""
    return day_words(case.accepted_on)


def signed_on(case: Case, _facts: PaperFacts) -> str:
    """The day the agreement was signed."""
    day = case.agreement.signed_on if case.agreement else None
    return day_words(day)


def agreement_paper(case: Case) -> IssuedPaper | None:
    """The newest issued agreement."""
    return next((paper for paper in reversed(case.papers) if paper.kind.endswith("agreement")), None)


def agreement_number(case: Case, _facts: PaperFacts) -> str:
    """Its number."""
    paper = agreement_paper(case)
    return paper.number if paper else ""


def clauses(case: Case, _facts: PaperFacts) -> str:
    """What was agreed, a numbered clause a line."""
    every = case.clauses
    return "\n".join(f"{chinese(place)}、{clause.text}" for place, clause in enumerate(every, start=1))


def total(case: Case, _facts: PaperFacts) -> str:
    """The sum of all money owed, in figures and words."""
    owed = sum(each.amount or 0 for each in case.agreement.obligations) if case.agreement else 0
    return printed(Fen(owed)) if owed else ""


def last_day(*rules: str) -> Known:
    """The last day of the first of these periods that runs, by their numbers in the rule table."""
    return lambda _case, facts: next((chinese_date(facts.days[rule]) for rule in rules if rule in facts.days), "")


def arrived_at(case: Case, _facts: PaperFacts) -> str:
    """When the matter came in."""
    return chinese_moment(case.arrived_at) if case.arrived_at else ""


def asker(name: str) -> Known:
    """Something of the first applicant: number, telephone, address."""
    return lambda case, _facts: next((getattr(each, name) for each in case.on_side(Side.APPLICANT)), "")


MATTER = Field("matter", "事由", known=lambda case, _facts: case.title)
CASE_NUMBER = Field("case_number", "案号", known=lambda case, _facts: case.number)
COMMITTEE = Field("committee", "人民调解委员会", known=lambda _case, facts: facts.committee, gap=14)
DISPUTE_TYPE = Field("dispute_type", "纠纷类型", known=lambda case, _facts: case.dispute_type)
ORIGIN = Field("origin", "案件来源", known=lambda case, _facts: case.origin)
FACTS = Field("facts", "纠纷简要情况", Shape.LINES, known=lambda case, _facts: case.facts, gap=40)
REQUESTS = Field("requests", "申请事项", Shape.LINES, known=lambda case, _facts: case.requests, gap=40)
PEOPLE = Field("people", "当事人", known=people, gap=14)
PEOPLE_LISTED = Field("people", "当事人", Shape.LINES, known=listed, gap=14)
PEOPLE_IDENTIFIED = Field("people", "当事人", Shape.LINES, known=identified, gap=40)
PEOPLE_APPLYING = Field("people", "当事人", Shape.LINES, known=applying, gap=40)
PEOPLE_ROWS = Field("people", "当事人", Shape.ROWS, known=people_rows, columns=("姓名（名称）", "地址", "联系电话"))
APPLICANTS = Field("applicants", "申请人", known=lambda case, _facts: names(case, Side.APPLICANT))
RESPONDENTS = Field("respondents", "被申请人", known=lambda case, _facts: names(case, Side.RESPONDENT))
MEDIATORS = Field("mediators", "人民调解员", known=mediators)
RECORDER = Field("recorder", "记录人", known=lambda case, facts: hearing_of(case, facts).recorder)
HELD_AT = Field("held_at", "时间", Shape.MOMENT, known=held_at, gap=12)
PLACE = Field("place", "地点", known=lambda case, facts: hearing_of(case, facts).place, gap=12)
ACCEPTED_ON = Field("accepted_on", "受理日期", Shape.DAY, known=accepted_on)
SIGNED_ON = Field("signed_on", "签订日期", Shape.DAY, known=signed_on)
AGREEMENT_NUMBER = Field("agreement_number", "调解协议编号", known=agreement_number, gap=12)
AGREED = Field("agreed", "协议内容", Shape.LINES, known=clauses, gap=40)
TOTAL = Field("total", "金额", Shape.MONEY, known=total, gap=20)
REASON = Field("reason", "理由", Shape.LINES, needed=True, gap=40)
CONTACT = Field("contact", "联系人", gap=6)
CONTACT_PHONE = Field("contact_phone", "联系电话", gap=7)
CALL = Words("联系人：{contact}　　联系电话：{contact_phone}")
REMARK = Field("remark", "备注", Shape.LINES)


def signing(*sides: Side, manner: str = BY_LAW, label: str = "") -> Sign:
    """Every party of these sides, all who sign an agreement when none is named; `label` is the word for each."""

    def places(case: Case, _values: Filled) -> Sequence[Place]:
        return signers(case, manner, sides or SIGNING, label=label)

    return Sign(label or (sides[0].term if sides else "当事人"), places, manner)


def by(label: str, field: str = "", *, manner: str = BY_HAND_ALONE) -> Sign:
    """One person by the word for the part played; the name is that of a field, when the form has one."""

    def places(_case: Case, values: Filled) -> Sequence[Place]:
        return (Place(label, values.text(field), manner),)

    return Sign(label, places if field else None, manner)
