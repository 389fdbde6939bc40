"""`mediator case`: import, list, show, checks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.findings import finding_document, finding_line
from mediator.commands.program import Call, PartlyDone, Result
from mediator.commands.secrets_in import from_standard_input, password
from mediator.commands.wording import UsageProblem
from mediator.errors import MediatorError

if TYPE_CHECKING:
    from datetime import date

    from mediator.casework.case_file import CaseFile
    from mediator.casework.desk import Desk
    from mediator.casework.importing import Imported
    from mediator.casework.reading import CaseRow
    from mediator.core.deadlines import Deadline


def take_in(call: Call) -> Result:
    """Import case files, all or nothing for each, up to the first bad one.

    Files are read before the vault is opened: when the first is bad, not a byte of the vault changes. What came in
    before a bad file is named beside the error.
    """
    secret = password(call) if from_standard_input(call) else None
    good, stopped = readable(call)
    done: list[tuple[str, Imported]] = []
    if good:
        with at_desk(call, secret=secret) as desk:
            stopped = kept(call, desk, good, done) or stopped
    result = _imported(done)
    if stopped is None:
        return result
    document, lines = {**result.document, "file": stopped.file}, (*result.lines, f"没有录入：{stopped.file}")
    raise PartlyDone(stopped.error, Result(document, lines)) from stopped.error


@dataclass(frozen=True, slots=True)
class Stopped:
    """The file at which an import stopped, and why; it and the files after it are not taken in."""

    file: str
    error: MediatorError


def readable(call: Call) -> tuple[list[tuple[str, CaseFile]], Stopped | None]:
    """The files up to the first bad one, and what is wrong with that."""
    from mediator.casework import importing

    good: list[tuple[str, CaseFile]] = []
    for name in call.options.files:
        try:
            good.append((name, importing.read_file(call.streams.input if name == "-" else Path(name))))
        except MediatorError as error:
            return good, Stopped(name, error)
    return good, None


def kept(call: Call, desk: Desk, files: list[tuple[str, CaseFile]], done: list[tuple[str, Imported]]) -> Stopped | None:
    """Take files in one by one, noting each in `done`; where it stopped when the vault refuses one."""
    from mediator.casework import importing

    for name, file in files:
        call.progress(f"正在录入：{name}")
        try:
            done.append((name, importing.take_in(desk, file)))
        except MediatorError as error:
            return Stopped(name, error)
    return None


def _imported(done: list[tuple[str, Imported]]) -> Result:
    """What an import tells, as document and in words."""
    cases: list[dict[str, object]] = []
    findings: list[dict[str, object]] = []
    rows: list[str] = []
    told: list[str] = []
    for name, each in done:
        cases += [{"id": case.id, "number": case.number, "file": name} for case in each.cases]
        rows += [f"{case.number}\t{name}" for case in each.cases]
        findings += [{**finding_document(found), "file": name} for found in each.findings]
        told += [f"  {name}　{found.place}　{finding_line(found)}" for found in each.findings]
    return Result({"cases": cases, "findings": findings}, (f"已录入{len(cases)}件。", *rows, *told))


def deadline_document(deadline: Deadline, today: date) -> dict[str, object]:
    """A deadline as JSON has it."""
    return {
        "rule": deadline.rule,
        "part": deadline.part,
        "label": deadline.label,
        "due": deadline.due.isoformat(),
        "due_at": deadline.due_at.isoformat() if deadline.due_at else "",
        "amber_on": deadline.amber_on.isoformat(),
        "state": deadline.state(today).value,
        "starts_on": deadline.starts_on.isoformat(),
        "explanation": deadline.explanation,
        "source": deadline.source,
        "follows": deadline.follows,
    }


def row_document(row: CaseRow) -> dict[str, object]:
    """A row of the list as JSON has it; names of parties stay masked."""
    return {**asdict(row), "status": row.status.value}


def listed(call: Call) -> Result:
    """The case list, newest change first."""
    from mediator.casework import reading
    from mediator.core.codes import CaseStatus

    chosen = tuple(status for status in CaseStatus if status.value == call.options.status)
    if call.options.status and not chosen:
        known = "、".join(status.value for status in CaseStatus)
        raise UsageProblem("usage", where=f"没有状态“{call.options.status}”，可用的是 {known}")
    query = reading.RowQuery(chosen, limit=call.options.limit)
    with at_desk(call) as desk:
        rows = reading.rows(desk, query)
        total = reading.count(desk, query)
    lines = tuple(f"{row.number}\t{row.status.term}\t{row.title}\t{row.parties}" for row in rows)
    return Result({"cases": [row_document(row) for row in rows], "total": total}, (*lines, f"共{total}件。"))


def show(call: Call) -> Result:
    """One case, whole."""
    from mediator.casework import reading
    from mediator.casework.case_writing import shown_document

    with at_desk(call) as desk:
        opened = reading.show(desk, call.options.case)
    case = opened.case
    clauses = case.agreement.clauses if case.agreement else ()
    lines = (
        f"{case.number}　{case.title}",
        f"状态：{case.status.term}　类型：{case.dispute_type}",
        *(f"{party.role_as_given or party.side.term}：{party.name}" for party in case.parties),
        f"事实：{case.facts}",
        *(f"协议第{place}条：{clause.text}" for place, clause in enumerate(clauses, 1)),
    )
    return Result(shown_document(opened), lines)


def checks(call: Call) -> Result:
    """All findings and deadlines of a case, after a warning was passed over where one is named."""
    from mediator.casework import checking, passing, reading

    options = call.options
    with at_desk(call) as desk:
        case = reading.show(desk, options.case).case
        if options.passed:
            passing.pass_over(desk, case.id, options.passed, reason=options.reason, place=options.place)
            case = reading.reread(desk, case.id).case
        found = checking.findings(desk, case)
        due = checking.deadlines(desk, case)
        today = desk.today()
    document: dict[str, object] = {
        "findings": [finding_document(each) for each in found],
        "deadlines": [deadline_document(each, today) for each in due],
    }
    lines = tuple(finding_line(each) for each in found)
    days = tuple(
        f"{each.due.isoformat()} {each.state(today).term} {each.label}（{each.rule}）：{each.explanation}"
        for each in due
    )
    return Result(document, (*lines, *days) or ("没有发现问题，也没有未了的期限。",))
