"""Every paper that the state of a case calls for and that is not issued yet, in one go (F56)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.casework import dossier_rules, printing, volume
from mediator.casework.desk import Desk
from mediator.casework.guards import known
from mediator.casework.printing import About, Made, Refused
from mediator.casework.watching import UNWATCHED, Watch
from mediator.core.lint import Finding
from mediator.core.records import Case, CaseId

STOPPED: Final = "document.cancelled"


@dataclass(frozen=True, slots=True)
class Due:
    """One paper that is due."""

    kind: str
    about: About = printing.WHOLE


@dataclass(frozen=True, slots=True)
class Batch:
    """What was issued, and why the rest was not."""

    made: tuple[Made, ...]
    findings: tuple[Finding, ...]


def due(case: Case) -> tuple[Due, ...]:
    """The papers that the dossier of this case must have by now and has not, in its order."""
    excused = {each.item for each in case.excuses}
    there = {*(paper.kind for paper in volume.current(case)), *(scan.place for scan in case.evidence), *excused}
    found: list[Due] = []
    for need in dossier_rules.needs_of(case):
        if need is dossier_rules.RECORD:
            found += records(case) if need.kinds[0] not in excused else ()
        elif not there.intersection(need.kinds):
            found += receipts(case) if need is dossier_rules.RECEIPT else (Due(need.kinds[0]),)
    return tuple(found)


def records(case: Case) -> Iterator[Due]:
    """One for each hearing that has none."""
    done = [volume.hearing_of(case, paper) for paper in volume.current(case) if paper.kind == "mediation_record"]
    return (
        Due("mediation_record", About(hearing=each.id)) for each in case.hearings if each.turns and each.id not in done
    )


def receipts(case: Case) -> Iterator[Due]:
    """One for each obligation that was paid on."""
    paid = dict.fromkeys(each.obligation for each in case.payments if not each.voided)
    return (Due("receipt", About(obligation=each)) for each in paid)


def make_due(desk: Desk, case_id: CaseId, *, formats: Sequence[str], out: Path, watch: Watch = UNWATCHED) -> Batch:
    """Issue them one after the other, each whole; what a rule stops is left and told.

    Raises RefusedByRule `document.cancelled` between two papers, and as `printing.make`; what was issued stays.
    """
    wanted = due(known(desk, case_id).case)
    made: list[Made] = []
    left: list[Finding] = []
    for place, each in enumerate(wanted):
        watch.pass_by(place, len(wanted), stopped=STOPPED)
        try:
            made += printing.make(desk, case_id, [each.kind], formats=formats, out=out, draft=False, about=each.about)
        except Refused as refused:
            left += refused.findings
    return Batch(tuple(made), tuple(dict.fromkeys(left)))
