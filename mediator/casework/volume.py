"""The order of a dossier: which papers and scans of a case are in it, and where each stands (documents.md 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mediator.casework.desk import BEIJING
from mediator.core.records import Case, Evidence, IssuedPaper
from mediator.docs import catalogue
from mediator.errors import Unacceptable
from mediator.journal.entry import Entry

LONG_AGO: Final = datetime(1, 1, 2, tzinfo=BEIJING)
CLOSING, SHEET = "closing_report", "case_sheet"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a dossier; `kinds` in the order they stand in, unless all of it goes by time."""

    id: str
    word: str
    kinds: tuple[str, ...] = ()
    by_time: bool = False


SECTIONS: Final = (
    Section("sheet", "一案一表", (SHEET,)),
    Section("application", "申请", (
        "application", "transfer_slip", "visit_register", "work_order_sheet", "power_of_attorney",
        "legal_representative_certificate")),
    Section("acceptance", "受理", ("acceptance_register",)),
    Section("notices", "通知", (
        "acceptance_notice", "refusal_notice", "petition_acceptance", "petition_refusal", "rights_notice",
        "hearing_notice", "invitation", "recusal_record", "extension_approval", "petition_extension",
        "service_receipt"), by_time=True),
    Section("investigation", "调查", ("investigation_record",)),
    Section("evidence", "证据", ("evidence_list",)),
    Section("hearing", "笔录", ("mediation_record",), by_time=True),
    Section("agreement", "协议", (
        "mediation_agreement", "settlement_agreement", "administrative_mediation_agreement",
        "oral_agreement_register", "supplement_agreement", "termination_record", "petition_answer", "review_opinion",
        "return_slip")),
    Section("confirmation", "确认", (
        "confirmation_application", "confirmation_commitment", "notary_application",
        "arbitration_review_application")),
    Section("performance", "履行", ("receipt",), by_time=True),
    Section("follow_up", "回访", ("follow_up_record",), by_time=True),
    Section("other", "其他", by_time=True),
    Section("closing", "结案", (CLOSING,)),
)  # fmt: skip
OTHER: Final = next(place for place, section in enumerate(SECTIONS) if section.id == "other")
# Lists over many cases, and what is made anew for each binding, are no part of one case's file.
LEFT_OUT: Final = frozenset(
    {
        "case_cover", "case_contents", "status_slip", "ledger", "mediation_statistics", "reception_statistics",
        "screening_report", "portrait", "sync_receipt", "backup_certificate", "destruction_list", "handover_list",
    }
)  # fmt: skip
# Each issued one stands for a payment or visit of its own, with or without a form.
EACH: Final = frozenset({"receipt", "follow_up_record"})


@dataclass(frozen=True, slots=True)
class Item:
    """One paper or scan in a dossier, `on` the day it is of.

    `sha256` is empty for a paper without a PDF, `entry` is `desk:n`.
    """

    kind: str
    title: str
    number: str
    on: date
    pages: int
    sha256: str
    entry: str
    scan: bool = False

    @property
    def bookmark(self) -> str:
        """Title and the end of the number, so that papers of one kind are told apart."""
        return f"{self.title} {self.number.rpartition('-')[2]}".strip()


def place_of(word: str) -> str:
    """A section or kind of paper from what a clerk calls it; raises Unacceptable `dossier.place`."""
    wanted = word.strip()
    for section in SECTIONS:
        if wanted in (section.id, section.word):
            return section.id
    for kind in catalogue.kinds():
        if wanted in (kind.id, kind.title) and kind.id not in LEFT_OUT:
            return kind.id
    raise Unacceptable("dossier.place", where=wanted[:64])


def is_paper(place: str) -> bool:
    """Whether a scan in this place stands for a paper that somebody signed, and not for evidence of a section."""
    return all(place != section.id for section in SECTIONS)


def items_of(case: Case, entries: Iterable[Entry]) -> tuple[Item, ...]:
    """Everything of a case that its dossier holds, in order."""
    known = entry_names(entries)
    rows = [(paper_key(case, paper), paper_item(case, paper, known)) for paper in current(case)]
    rows += [(scan_key(scan), scan_item(scan, known)) for scan in case.evidence]
    return tuple(item for _, item in sorted(rows, key=lambda row: row[0]))


def current(case: Case) -> tuple[IssuedPaper, ...]:
    """The newest of each paper that no other has taken the place of."""
    gone = {paper.replaces for paper in case.papers}
    newest = {
        identity(case, paper): paper for paper in case.papers if paper.id not in gone and paper.kind not in LEFT_OUT
    }
    return tuple(newest.values())


def identity(case: Case, paper: IssuedPaper) -> tuple[str, str]:
    """What makes two papers one paper issued twice: its form, its hearing, or its kind alone."""
    if paper.form:
        return paper.kind, paper.form
    if paper.kind == "mediation_record":
        return paper.kind, hearing_of(case, paper)
    return paper.kind, paper.id if paper.kind in EACH else ""


def hearing_of(case: Case, paper: IssuedPaper) -> str:
    """The hearing a record is of: the chosen one, else the last that was held before the record was made."""
    if paper.hearing:
        return paper.hearing
    made = paper.issued_at or LONG_AGO
    before = [each.id for each in case.hearings if (each.held_at or LONG_AGO) <= made]
    return before[-1] if before else ""


def paper_key(case: Case, paper: IssuedPaper) -> tuple[int, int, datetime, bool]:
    """Where a paper stands."""
    section, rank = standing(paper.kind)
    at = held_at(case, paper) if paper.kind == "mediation_record" else None
    return section, rank, at or paper.issued_at or LONG_AGO, False


def held_at(case: Case, paper: IssuedPaper) -> datetime | None:
    """When the hearing was that a record is of."""
    hearing = hearing_of(case, paper)
    return next((each.held_at for each in case.hearings if each.id == hearing), None)


def day_of(case: Case, paper: IssuedPaper) -> date:
    """The day a paper is of: of the hearing, of the signing, of the acceptance; else the day it was issued."""
    issued = (paper.issued_at or LONG_AGO).date()
    if paper.kind == "mediation_record":
        held = held_at(case, paper)
        return held.date() if held else issued
    if paper.kind == "acceptance_register":
        return case.accepted_on or issued
    agreed = paper.kind in ("mediation_agreement", "settlement_agreement", "oral_agreement_register")
    return (case.agreement.signed_on if agreed and case.agreement else None) or issued


def scan_key(scan: Evidence) -> tuple[int, int, datetime, bool]:
    """Where a scan stands: behind the papers of its section, or with those of its kind."""
    section, rank = standing(scan.place)
    return section, rank, scan.attached_at or LONG_AGO, True


def standing(place: str) -> tuple[int, int]:
    """Section and rank in it of a section or a kind; kinds that no section names are other material."""
    for number, section in enumerate(SECTIONS):
        if place == section.id:
            return number, 0 if section.by_time else len(section.kinds)
        if place in section.kinds:
            return number, 0 if section.by_time else section.kinds.index(place)
    return OTHER, 0


def paper_item(case: Case, paper: IssuedPaper, known: Mapping[str, str]) -> Item:
    """An issued paper."""
    digest = next((file.sha256 for file in paper.files if file.format == "pdf"), "")
    return Item(
        paper.kind, paper.title, paper.number, day_of(case, paper), paper.pages, digest, known.get(paper.id, ""),
    )  # fmt: skip


def scan_item(scan: Evidence, known: Mapping[str, str]) -> Item:
    """A scan."""
    on = (scan.attached_at or LONG_AGO).date()
    return Item(scan.place, scan.title, "", on, scan.pages, scan.sha256, known.get(scan.id, ""), scan=True)


def entry_names(entries: Iterable[Entry]) -> dict[str, str]:
    """The entry, as `desk:n`, that brought each paper and scan, by the id of what it brought."""
    found = {}
    for entry in entries:
        if entry.kind in ("document.issued", "evidence.attached") and not entry.erased:
            found[str(entry.content().get("id"))] = f"{entry.desk}:{entry.n}"
    return found
