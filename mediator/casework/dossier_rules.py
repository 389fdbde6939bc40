"""What a dossier must hold, by kind and state of the case, and whether its papers agree with each other (L09).

必须 stands for a blocking finding, which a reason excuses; 按需 for a hint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.casework.volume import Item
from mediator.core.codes import AgreementForm, CaseKind, CaseStatus
from mediator.core.dates import chinese_date, day_words
from mediator.core.life import may_move
from mediator.core.lint import Finding, Severity
from mediator.core.performing import obligations_now
from mediator.core.records import Case
from mediator.docs import catalogue
from mediator.docs.finished_word import squeezed

RULE: Final = "L09"
SOURCE: Final = "卷宗要求"
EQUALITY: Final = "四相等"
PERFORMANCE: Final = "performance"
OVER: Final = (CaseStatus.CLOSED, CaseStatus.ARCHIVED, CaseStatus.NOT_ACCEPTED)
WITHOUT: Final = (CaseStatus.NOT_AGREED, CaseStatus.WITHDRAWN, CaseStatus.TERMINATED)
BEFORE: Final = (CaseStatus.REGISTERED, CaseStatus.NOT_ACCEPTED, CaseStatus.WITHDRAWN)
AGREEMENTS: Final = ("mediation_agreement", "settlement_agreement", "administrative_mediation_agreement")
NUMBERS: Final = {
    "closing_report": re.compile(r"卷号(.*?)承办单位"), "case_cover": re.compile(r"卷号(.*?)人民调解员"),
}  # fmt: skip
WORKER: Final = re.compile(r"承办人(.*?)受案时间")
CLOSED_ON: Final = re.compile(r"结案时间(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Need:
    """One of these kinds must be there when the case is so far."""

    kinds: tuple[str, ...]
    when: Callable[[Case], bool]


def accepted(case: Case) -> bool:
    """The committee took the matter up."""
    return case.accepted_on is not None or case.status not in BEFORE


def held(case: Case) -> int:
    """How many hearings have a record."""
    return sum(bool(each.turns) for each in case.hearings)


def signed(case: Case) -> bool:
    """There is an agreement in force."""
    return case.agreement is not None and case.agreement.is_signed


def written(case: Case) -> bool:
    """It is a written one."""
    return signed(case) and case.agreement is not None and case.agreement.form is AgreementForm.WRITTEN


def oral(case: Case) -> bool:
    """It is by word of mouth (RTF 28)."""
    return signed(case) and not written(case)


def paid(case: Case) -> bool:
    """Something was performed."""
    return any(not each.voided for each in case.payments)


def over(case: Case) -> bool:
    """The matter is closed or could be."""
    return case.status in OVER or may_move(case.status, CaseStatus.CLOSED, case.kind)


def came_to_nothing(case: Case) -> bool:
    """It ended without agreement (L06)."""
    return not signed(case) and any(status in WITHOUT for status in (case.status, *(move.to for move in case.moves)))


def refused(case: Case) -> bool:
    """It was not accepted."""
    return case.status is CaseStatus.NOT_ACCEPTED


def always(_case: Case) -> bool:
    """In any state."""
    return True


RECORD: Final = Need(("mediation_record",), lambda case: held(case) > 0)
RECEIPT: Final = Need(("receipt",), paid)
PEOPLE: Final = (
    Need(("application", "transfer_slip"), accepted),
    Need(("acceptance_register",), accepted),
    Need(("refusal_notice",), refused),
    Need(("rights_notice",), lambda case: held(case) > 0),
    RECORD,
    Need(AGREEMENTS, written),
    Need(("oral_agreement_register",), oral),
    Need(("termination_record",), came_to_nothing),
    RECEIPT,
    Need(("follow_up_record",), lambda case: written(case) and over(case)),
)
SETTLEMENT: Final = (RECORD, Need(("settlement_agreement", "mediation_agreement"), signed), RECEIPT)
ADMINISTRATIVE: Final = (RECORD, Need(("administrative_mediation_agreement",), signed), RECEIPT)
JUDICIAL: Final = (RECORD, RECEIPT)
PETITION: Final = (
    Need(("visit_register", "application", "transfer_slip"), always),
    Need(("petition_acceptance", "petition_refusal", "transfer_slip"), accepted),
    Need(("petition_answer", "petition_refusal", "transfer_slip"), over),
    RECORD,
)
ORDER: Final = (Need(("work_order_sheet",), always), RECORD)
SIMPLE: Final = (
    Need((*AGREEMENTS, "oral_agreement_register", "supplement_agreement"), signed),
    Need(("termination_record",), came_to_nothing),
    RECEIPT,
)
NEEDS: Final[Mapping[CaseKind, tuple[Need, ...]]] = {
    CaseKind.PEOPLE_MEDIATION: PEOPLE, CaseKind.SETTLEMENT: SETTLEMENT,
    CaseKind.ADMINISTRATIVE_MEDIATION: ADMINISTRATIVE, CaseKind.JUDICIAL_MEDIATION: JUDICIAL,
    CaseKind.PETITION: PETITION, CaseKind.WORK_ORDER: ORDER,
}  # fmt: skip
ON_DEMAND: Final = ("hearing_notice", "service_receipt", "investigation_record", "evidence_list")
EXCUSABLE: Final = frozenset(
    {PERFORMANCE, *(kind for rows in (*NEEDS.values(), SIMPLE) for need in rows for kind in need.kinds)}
)


def title_of(kind: str) -> str:
    """The kind's title in its brackets."""
    return f"《{catalogue.kind_of(kind).title}》"


def lacking(case: Case, items: Sequence[Item], *, simple: bool) -> tuple[Finding, ...]:
    """What is missing: blocking where it must be there and nobody gave a reason, a hint where it may be needed."""
    excused = {each.item for each in case.excuses}
    kinds = [item.kind for item in items if item.sha256]
    found = [finding for need in needs_of(case, simple=simple) for finding in of_need(case, need, kinds)]
    found += [without_pdf(item) for item in items if not item.sha256]
    missing = [each for each in found if each.place not in excused]
    return (*missing, *on_demand(case, kinds, simple=simple))


def needs_of(case: Case, *, simple: bool = False) -> tuple[Need, ...]:
    """What the dossier of this case must hold in its present state."""
    return tuple(need for need in (SIMPLE if simple else NEEDS[case.kind]) if need.when(case))


def of_need(case: Case, need: Need, kinds: Sequence[str]) -> Iterator[Finding]:
    """What a need finds: nothing of its kinds, or fewer records than hearings."""
    there = sum(kind in need.kinds for kind in kinds)
    first = need.kinds[0]
    if not there:
        yield must(f"卷宗缺少{'或者'.join(title_of(kind) for kind in need.kinds)}", first)
    elif need is RECORD and there < held(case):
        yield must(f"开了{held(case)}场调解，只有{there}份{title_of(first)}", first)


def must(message: str, place: str, source: str = SOURCE) -> Finding:
    """A blocking finding."""
    return Finding(RULE, Severity.BLOCK, message, source, place)


def without_pdf(item: Item) -> Finding:
    """A paper whose pages are not here."""
    return must(f"《{item.title}》{item.number}在本机没有 PDF，请重新出具，或者到出具的电脑上装订", item.kind)


def on_demand(case: Case, kinds: Collection[str], *, simple: bool) -> Iterator[Finding]:
    """Hints at what a hearing often needs."""
    for kind in ON_DEMAND if held(case) and not simple else ():
        if kind not in kinds:
            yield Finding(RULE, Severity.INFO, f"按需：没有{title_of(kind)}", SOURCE, kind)


def unequal(case: Case, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """The four equalities of a closing report, read from the very papers that are bound.

    `texts` are texts without blanks by kind: `closing_report`, `case_cover` and, where there is one,
    `acceptance_register`.
    """
    excused = {each.item for each in case.excuses}
    checks = (number_unequal, worker_unequal, acceptance_unequal, closing_unequal, unperformed)
    found = [message for check in checks for message in check(case, texts)]
    return tuple(must(words, place, EQUALITY) for words, place in found if place not in excused)


Unequal = Iterator[tuple[str, str]]


def number_unequal(case: Case, texts: Mapping[str, str]) -> Unequal:
    """卷号 is that of the cover, and both are the case's."""
    found = [pattern.search(texts[kind]) for kind, pattern in NUMBERS.items()]
    if any(each is None or each[1] != squeezed(case.number) for each in found):
        yield "卷宗情况说明的卷号与封面不一致，请重新出具", "closing_report.case_number"


def worker_unequal(_case: Case, texts: Mapping[str, str]) -> Unequal:
    """承办人 is a mediator whom the cover names."""
    found = WORKER.search(texts["closing_report"])
    if not found or not found[1]:
        yield "卷宗情况说明没有写承办人", "closing_report.worker"
    elif found[1] not in texts["case_cover"]:
        yield "卷宗情况说明的承办人不是封面上的人民调解员", "closing_report.worker"


def acceptance_unequal(case: Case, texts: Mapping[str, str]) -> Unequal:
    """受案时间 is the day in the register."""
    day = day_words(case.accepted_on)
    for kind in ("closing_report", "acceptance_register"):
        if day not in texts.get(kind, day):
            yield f"{title_of(kind)}的受理日期与登记（{day}）不一致，请重新出具", f"{kind}.accepted_on"


def closing_unequal(case: Case, texts: Mapping[str, str]) -> Unequal:
    """结案时间 is not before the last performance."""
    found = CLOSED_ON.search(texts["closing_report"])
    last = max((each.paid_on for each in case.payments if not each.voided), default=None)
    if not found:
        yield "卷宗情况说明没有写结案时间", "closing_report.closed_on"
    elif last and date(*map(int, found.groups())) < last:
        yield f"结案时间早于最后一次履行（{chinese_date(last)}）", "closing_report.closed_on"


def unperformed(case: Case, _texts: Mapping[str, str]) -> Unequal:
    """All that was agreed is done; a reason excuses what never will be."""
    if signed(case) and not all(each.done for each in obligations_now(case)):
        yield "还有约定没有履行，结案时间应当在履行之后", PERFORMANCE
