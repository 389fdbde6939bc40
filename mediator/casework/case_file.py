"""The case file (`mediator-case`, version 1): bytes in, typed documents out; what it names is checked, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from mediator.casework.agreement import ObligationForm
from mediator.casework.case_check import Checker, fault
from mediator.casework.case_table import CASE
from mediator.casework.drafting import member
from mediator.casework.hearing import HearingForm
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.strict_json import decode
from mediator.casework.texts import Cleaner
from mediator.core.codes import AgreementForm, CaseKind, Category, Code, IdType, PartyKind, Scope, Sex, Side
from mediator.core.lint import Finding
from mediator.core.money import parse_yuan

MAX_CASES: Final = 10_000
Members = Mapping[str, Any]
C = TypeVar("C", bound=Code)


@dataclass(frozen=True, slots=True)
class FileParty:
    """A party and, for agents and guardians, the ref of whom it acts for."""

    form: PartyForm
    acts_for: str = ""


@dataclass(frozen=True, slots=True)
class FileHearing:
    """A hearing; each turn is (speaker as given, which may be a ref; words)."""

    form: HearingForm
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileAgreement:
    """An agreement; `fields` are named as in `core.records.Agreement`, clauses are (number as given, text)."""

    fields: Mapping[str, object]
    signed_on: date | None
    clauses: tuple[tuple[str, str], ...]
    obligations: tuple[ObligationForm, ...]


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One case as its file tells it."""

    form: CaseForm
    parties: tuple[FileParty, ...]
    hearings: tuple[FileHearing, ...] = ()
    agreement: FileAgreement | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file holds, which texts were changed on the way in, and whether the cases stand in a list."""

    documents: tuple[CaseDocument, ...]
    findings: tuple[Finding, ...]
    listed: bool = False


def read_case_file(data: bytes) -> CaseFile:
    """One case or a list of cases; raises Unacceptable `case.*` with the place of the first fault."""
    value = decode(data)
    cleaner = Cleaner()
    if not isinstance(value, list):
        return CaseFile((_document(value, (), cleaner),), cleaner.findings)
    if not value or len(value) > MAX_CASES:
        raise fault("few" if not value else "many", ("cases",), least=1, most=MAX_CASES)
    documents = tuple(_document(item, (number,), cleaner) for number, item in enumerate(value))
    return CaseFile(documents, cleaner.findings, listed=True)


def _document(value: object, path: tuple[str | int, ...], cleaner: Cleaner) -> CaseDocument:
    """Check by the table, then what a table cannot say: refs are unique and lead somewhere."""
    members: Any = Checker(cleaner).check(CASE, value, path)
    _check_refs(members["parties"], path)
    return CaseDocument(
        form=_case(members),
        parties=tuple(FileParty(_party(row), row.get("acts_for", "")) for row in members["parties"]),
        hearings=tuple(_hearing(row) for row in members.get("hearings", ())),
        agreement=_agreement(members["agreement"]) if "agreement" in members else None,
        outcome=members.get("outcome", ""),
    )


def _check_refs(parties: list[Members], path: tuple[str | int, ...]) -> None:
    """Raise for a ref given twice, and for `acts_for` that names nobody or the party itself."""
    refs: set[str] = set()
    for number, row in enumerate(parties):
        if row["ref"] in refs:
            raise fault("ref_twice", (*path, "parties", number, "ref"))
        refs.add(row["ref"])
    for number, row in enumerate(parties):
        if row.get("acts_for", row["ref"]) == row["ref"] and "acts_for" in row:
            raise fault("ref_self", (*path, "parties", number, "acts_for"))
        if row.get("acts_for", row["ref"]) not in refs:
            raise fault("ref", (*path, "parties", number, "acts_for"))


def _code(codes: type[C], value: str | None) -> C | None:
    """The member of a code list for a checked word."""
    return member(codes, value) if value is not None else None


def _case(row: Members) -> CaseForm:
    """The case's own fields."""
    return CaseForm(
        kind=member(CaseKind, row["kind"]),
        title=row["title"],
        dispute_type=row["dispute_type"],
        facts=row["facts"],
        requests=row.get("requests", ""),
        origin=row.get("source", ""),
        category=_code(Category, row.get("category_color")),
        organization=row.get("organization", ""),
        accepted_on=row.get("accepted_on"),
        dates=row.get("dates", {}),
    )


def _party(row: Members) -> PartyForm:
    """One party."""
    same = ("ref", "name", "role_as_given", "birth_date", "ethnicity", "id_number", "legal_representative",
            "occupation", "phone", "address", "note")  # fmt: skip
    return PartyForm(
        **{name: row[name] for name in same if name in row},
        side=member(Side, row["side"]),
        kind=member(PartyKind, row["kind"]),
        sex=_code(Sex, row.get("sex")),
        id_type=_code(IdType, row.get("id_type")),
        authorization=_code(Scope, row.get("authorization")),
    )


def _hearing(row: Members) -> FileHearing:
    """One hearing with its turns."""
    held_at: datetime | None = row.get("held_at")
    form = HearingForm(held_at, row.get("place", ""), tuple(row.get("mediators", ())), row.get("recorder", ""))
    return FileHearing(form, tuple((turn["speaker"], turn["text"]) for turn in row["turns"]))


def _agreement(row: Members) -> FileAgreement:
    """The agreement with clauses and payments."""
    fields: dict[str, object] = {
        name: row[name] for name in ("place", "disputed_points", "responsibility", "copies", "signed_on") if name in row
    }
    if "form" in row:
        fields["form"] = member(AgreementForm, row["form"])
    return FileAgreement(
        fields=fields,
        signed_on=row.get("signed_on"),
        clauses=tuple((clause.get("no", ""), clause["text"]) for clause in row["clauses"]),
        obligations=tuple(_obligation(payment) for payment in row.get("payments", ())),
    )


def _obligation(row: Members) -> ObligationForm:
    """One payment or delivery; payer and payee stay as given, importing links them to parties."""
    same = ("payer", "payee", "due_as_given", "method", "part_of_total", "goods", "note")
    amount = parse_yuan(row["amount"]) if "amount" in row else None
    return ObligationForm(**{name: row[name] for name in same if name in row}, amount=amount, due_on=row.get("due"))
