"""What the rules say about a case: lint and deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from mediator.casework.desk import Desk
from mediator.core.codes import IdType
from mediator.core.deadlines import Deadline, deadlines_of
from mediator.core.identifiers import birth_and_sex, credit_code_fault, resident_id_fault
from mediator.core.lint import Finding, Severity, check_agreement
from mediator.core.passing import open_among, stops, with_passed
from mediator.core.records import Case, Party
from mediator.errors import RefusedByRule

ID_SOURCE = "GB 11643-1999"
CREDIT_SOURCE = "GB 32100-2015"
RULE_WORDS: Final = {"needs": "内容不全", "conflict.open": "内容有冲突"}
FAULTS = {"form": "格式不对", "birth": "其中的出生日期不存在", "check": "校验码不对"}


class Refused(RefusedByRule):
    """Rules stop a deed; `findings` say which and where. They are for the screen and never part of the error."""

    def __init__(self, code: str, against: Sequence[Finding], shown: Sequence[Finding] = ()) -> None:
        """Refuse for the rules of `against`, each named once; without `shown` these are all there is to show."""
        super().__init__(code, rules=rule_names(against), count=len(against))
        self.findings = tuple(shown or against)


def rule_names(found: Iterable[Finding]) -> str:
    """The rules behind findings for a sentence, each once; what is no numbered rule is told in a word."""
    return "、".join(dict.fromkeys(RULE_WORDS.get(each.rule, each.rule) for each in found))


def as_printed(desk: Desk, case: Case) -> Case:
    """The case with the room's own committee where it names none: what papers and rules look at."""
    return case if case.organization else replace(case, organization=desk.vault.room.organization)


def findings(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """All findings, blocking ones first; a warning that was passed over as it stands says why and by whom."""
    checked = check_agreement(as_printed(desk, case), today=desk.today(), table=desk.vault.tables.lint)
    found = [*checked, *identity_findings(case), *doubts(case)]
    order = list(Severity)
    return tuple(sorted(with_passed(found, case), key=lambda each: order.index(each.severity)))


def blocking(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """Those findings that stop a paper and a signing."""
    return tuple(each for each in findings(desk, case) if stops(each, case))


def open_warnings(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """Warnings that ask for a reason before the agreement is signed; none in one that is signed."""
    signed = case.agreement is not None and case.agreement.is_signed
    return () if signed else open_among(findings(desk, case))


def doubts(case: Case) -> list[Finding]:
    """Open conflicts: no paper prints a value that nobody has chosen."""
    return [
        Finding(
            "conflict.open",
            Severity.BLOCK,
            "同一内容有两个不同的值，请先选定一个",
            "同步规则",
            f"{each.entity}.{each.field}",
        )
        for each in case.conflicts
    ]


def identity_findings(case: Case) -> list[Finding]:
    """Numbers that look wrong; old papers have errors, so nothing here blocks (rules.md 5)."""
    return [found for place, party in enumerate(case.parties) for found in of_party(party, f"parties.{place}")]


def of_party(party: Party, place: str) -> list[Finding]:
    """What is odd about one party's number."""
    if not party.id_number or party.id_type not in (IdType.RESIDENT_ID, IdType.CREDIT_CODE):
        return []
    if party.id_type is IdType.CREDIT_CODE:
        return warned(credit_code_fault(party.id_number), "统一社会信用代码", CREDIT_SOURCE, f"{place}.id_number")
    fault = resident_id_fault(party.id_number)
    return warned(fault, "居民身份证号码", ID_SOURCE, f"{place}.id_number") or disagreeing(party, place)


def warned(fault: str, what: str, source: str, place: str) -> list[Finding]:
    """A warning for a fault of a number, none without fault."""
    return [Finding("N01", Severity.WARN, f"{what}{FAULTS[fault]}，请核对", source, place)] if fault else []


def disagreeing(party: Party, place: str) -> list[Finding]:
    """Birth day or sex beside the number says something else than the number."""
    told = birth_and_sex(party.id_number)
    found = []
    if told and party.birth_date and told.day != party.birth_date:
        found.append(Finding("N02", Severity.WARN, "出生日期与身份证号码不一致", ID_SOURCE, f"{place}.birth_date"))
    if told and party.sex and told.sex is not party.sex:
        found.append(Finding("N02", Severity.WARN, "性别与身份证号码不一致", ID_SOURCE, f"{place}.sex"))
    return found


def deadlines(desk: Desk, case: Case) -> tuple[Deadline, ...]:
    """All deadlines, earliest first."""
    tables = desk.vault.tables
    return deadlines_of(case, today=desk.today(), calendar=tables.calendar, rules=tables.rules)
