"""What each kind of paper must show of the record: the values of check C02, taken from the case alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from mediator.core.codes import PartyKind, Side
from mediator.core.dates import chinese_moment, day_words
from mediator.core.money import Fen, figures, in_words, printed
from mediator.core.numerals import chinese
from mediator.core.performing import Owed, owed_now
from mediator.core.records import Agreement, Case, Hearing, Obligation, Party
from mediator.docs.catalogue import kind_of
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import filled, shown_values
from mediator.docs.forms import mediation_record, receipt
from mediator.docs.forms.parts import SIGNING, STAKE, parties_of
from mediator.docs.strokes import check_of

Value = tuple[str, str]
Reading = Callable[[Case, PaperFacts], Iterator[Value]]


def expected(kind: str, case: Case, facts: PaperFacts) -> tuple[Value, ...]:
    """Place in the record and text as printed, for every value the kind prints; empty values are left out."""
    reading = READINGS.get(kind, partial(described, kind))
    found = [("number", facts.number), ("replaces", facts.replaces), *reading(case, facts)]
    return tuple((place, text) for place, text in found if text)


def described(kind: str, case: Case, facts: PaperFacts) -> Iterator[Value]:
    """A kind written down as data: every field of its form."""
    fields = kind_of(kind).fields
    return shown_values(fields, filled(fields, case, facts))


def moment(value: datetime | None) -> str:
    """A moment as printed, empty for none."""
    return chinese_moment(value) if value else ""


def people(case: Case, sides: tuple[Side, ...] = STAKE) -> Iterator[Value]:
    """Names of the parties on these sides."""
    for party in parties_of(case, sides):
        yield f"parties.{party.ref}.name", party.name


def persons(case: Case) -> Iterator[Value]:
    """Everything an agreement says of its parties."""
    for party in parties_of(case, SIGNING):
        yield from person(party)
        represented = case.party(party.acts_for) if party.acts_for else None
        yield f"parties.{party.ref}.acts_for", f"代表{represented.name}" if represented else ""


def person(party: Party) -> Iterator[Value]:
    """Who one party is and how to reach it, as its form asks it of a person or an organization."""
    at = f"parties.{party.ref}"
    yield f"{at}.name", party.name
    yield f"{at}.id_number", party.id_number
    yield from reached(party)
    if party.kind is PartyKind.PERSON:
        yield f"{at}.birth_date", day_words(party.birth_date)


def reached(party: Party) -> Iterator[Value]:
    """Address and telephone, and what an application asks beside them."""
    at = f"parties.{party.ref}"
    yield f"{at}.address", party.address
    yield f"{at}.phone", party.phone
    if party.kind is PartyKind.ORGANIZATION:
        yield f"{at}.legal_representative", party.legal_representative
    else:
        yield f"{at}.ethnicity", party.ethnicity
        yield f"{at}.occupation", party.occupation


def lines(place: str, text: str) -> Iterator[Value]:
    """A longer text, paragraph by paragraph."""
    for row in text.split("\n"):
        yield place, row.strip()


def promised(agreement: Agreement) -> Iterator[Value]:
    """Clauses and payment plan."""
    yield from worded(agreement)
    for number, each in enumerate(agreement.obligations, start=1):
        yield from planned(f"obligations.{number}", each)
    total = Fen(sum(each.amount or 0 for each in agreement.obligations))
    if total:
        yield "obligations.total", f"{figures(total)}元（大写：{in_words(total)}）"


def worded(agreement: Agreement) -> Iterator[Value]:
    """Every line of the clauses, the first with its number."""
    for number, clause in enumerate(agreement.clauses, start=1):
        for row, text in enumerate(clause.text.split("\n")):
            yield f"clauses.{number}", text.strip() if row else f"{chinese(number)}、{text.strip()}"


def planned(at: str, each: Obligation) -> Iterator[Value]:
    """One row of the payment plan."""
    yield f"{at}.payer", each.payer
    yield f"{at}.payee", each.payee
    yield f"{at}.amount", f"{figures(each.amount)}元" if each.amount is not None else each.goods
    yield f"{at}.due", day_words(each.due_on) or each.due_as_given
    yield f"{at}.method", each.method


def of_agreement(case: Case, _facts: PaperFacts) -> Iterator[Value]:
    """Both agreements."""
    agreement = case.agreement or Agreement()
    yield from persons(case)
    yield from lines("facts", case.facts)
    yield from lines("agreement.disputed_points", agreement.disputed_points)
    yield from promised(agreement)
    yield "agreement.place", f"在{agreement.place}签订" if agreement.place else ""
    yield "agreement.signed_on", day_words(agreement.signed_on)
    yield "agreement.copies", f"一式{chinese(agreement.copies)}份" if agreement.copies else ""


def of_mediation_agreement(case: Case, facts: PaperFacts) -> Iterator[Value]:
    """人民调解协议书 names responsibility and committee too."""
    yield from of_agreement(case, facts)
    yield from lines("agreement.responsibility", case.agreement.responsibility if case.agreement else "")
    yield "organization", facts.committee
    for hearing in case.hearings[-1:]:
        yield "recorder", hearing.recorder
        for name in hearing.mediators:
            yield "mediators", name


def of_settlement(case: Case, facts: PaperFacts) -> Iterator[Value]:
    """和解协议书 names the duties of each side, breach and what is pending too."""
    yield from of_agreement(case, facts)
    yield from described("settlement_agreement", case, facts)


def of_application(case: Case, _facts: PaperFacts) -> Iterator[Value]:
    """申请书."""
    for party in parties_of(case, (Side.APPLICANT, Side.RESPONDENT)):
        yield f"parties.{party.ref}.name", party.name
        yield from reached(party)
    yield from lines("facts", case.facts)
    yield from lines("requests", case.requests)


def of_register(case: Case, _facts: PaperFacts) -> Iterator[Value]:
    """受理登记表."""
    yield from people(case)
    yield "title", case.title
    yield "accepted_on", day_words(case.accepted_on)
    yield "dispute_type", case.dispute_type
    yield "origin", case.origin
    yield from lines("facts", case.facts)
    yield from lines("requests", case.requests)


def of_notice(case: Case, facts: PaperFacts) -> Iterator[Value]:
    """告知书."""
    yield from people(case)
    yield "title", case.title
    yield "organization", facts.committee


def of_record(case: Case, facts: PaperFacts) -> Iterator[Value]:
    """调解记录: every turn, every word."""
    hearing = mediation_record.chosen(case, facts)
    yield from people(case, SIGNING)
    yield "title", case.title
    yield "held_at", moment(hearing.held_at)
    yield "place", hearing.place
    yield "recorder", hearing.recorder
    yield "interpreter", hearing.interpreter
    for place, present in (
        ("mediators", hearing.mediators),
        ("observers", hearing.observers),
        ("absent", hearing.absent),
    ):
        yield from ((place, name) for name in present)
    yield from answered(hearing)
    for number, turn in enumerate(hearing.turns, start=1):
        first, *rest = turn.text.split("\n")
        yield f"turns.{number}", f"{turn.speaker}：{first.strip()}"
        for row in rest:
            yield f"turns.{number}", row.strip()


def answered(hearing: Hearing) -> Iterator[Value]:
    """What was read back to whom, who signed how, and why somebody refused."""
    for read in hearing.reads:
        yield "reads", read.by if read.fits else ""
    for each in hearing.signatures:
        yield "signatures", each.signer
        if each.fits:
            yield "signatures.reason", each.reason.rstrip("。")
            yield "signatures.strokes", check_of(each.strokes) if each.strokes else ""


def of_receipt(case: Case, facts: PaperFacts) -> Iterator[Value]:
    """收条."""
    obligation = receipt.chosen(case, facts)
    paid = receipt.newest(case, obligation)
    if obligation is None or paid is None:
        return
    yield "title", case.title
    yield "payer", obligation.payer
    yield "payee", obligation.payee
    yield "paid_on", day_words(paid.paid_on)
    yield "method", paid.method or obligation.method
    if obligation.amount is None:
        yield "goods", obligation.goods
    else:
        yield "amount", f"{figures(paid.amount)}元（大写：{in_words(paid.amount)}）"
        yield "rest", rest(owed_now(case, obligation.id))


def rest(owed: Owed | None) -> str:
    """What is still to be paid, empty for nothing."""
    return f"尚余{printed(owed.open)}未付" if owed and owed.open else ""


READINGS: Final[Mapping[str, Reading]] = {
    "application": of_application,
    "acceptance_register": of_register,
    "rights_notice": of_notice,
    "mediation_record": of_record,
    "mediation_agreement": of_mediation_agreement,
    "settlement_agreement": of_settlement,
    "receipt": of_receipt,
}
