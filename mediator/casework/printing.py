"""Papers: previewed, checked, numbered, marked, issued, written out, compared again later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from mediator.casework import checking, faces, forms, issuers, reprinting, templates, verifying
from mediator.casework.checking import as_printed, deadlines, findings
from mediator.casework.completeness import gaps
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for, trace
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.guards import held, known
from mediator.casework.watching import UNWATCHED, Watch
from mediator.core.lint import Finding
from mediator.core.numbers import document_number, provisional
from mediator.core.passing import stops
from mediator.core.records import Case, CaseId, DocumentId, FormId, HearingId, IssuedPaper, ObligationId, PaperForm
from mediator.core.supervision import answer_by
from mediator.docs import catalogue, making
from mediator.docs.catalogue import KindInfo
from mediator.docs.checks.bench import PaperFinding
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.forms.parts import copies_of
from mediator.docs.kinds import EACH_AND_ONE_MORE
from mediator.docs.mark import Stamp
from mediator.docs.templates.papers import SAMPLE
from mediator.docs.templates.papers import make as made_from
from mediator.errors import Bug, RefusedByRule
from mediator.journal.entry import Draft
from mediator.store.vault import Deed, Inside, Opened

ATTEMPTS: Final = 5
STOPPED: Final = "document.stopped"


@dataclass(frozen=True, slots=True)
class Made:
    """One paper; a draft has no number."""

    kind: str
    title: str
    number: str
    pages: int
    files: tuple[MadeFile, ...]


MadeFile = reprinting.MadeFile
Verified = verifying.Verified
verify = verifying.verify
reprint = reprinting.reprint
pages_of = reprinting.pages_of
fonts_in = faces.fonts_in


class Refused(checking.Refused):
    """A rule stops the paper."""

    def __init__(self, against: Sequence[Finding], shown: Sequence[Finding]) -> None:
        """Refuse with code `document.findings`."""
        super().__init__("document.findings", against, shown)


@dataclass(frozen=True, slots=True)
class About:
    """Which hearing, obligation and form the papers are about, what one takes the place of, which template.

    None means the last hearing, the first obligation that was paid on, the newest form of the kind, no paper; without
    `template` (an id, or `templates.DEFAULT`) our own writer makes them.
    """

    hearing: HearingId | None = None
    obligation: ObligationId | None = None
    form: FormId | None = None
    replaces: DocumentId | None = None
    template: str = ""


WHOLE: Final = About()


def kinds() -> tuple[KindInfo, ...]:
    """Every kind of paper, in the order of a case's life."""
    return catalogue.kinds()


def preview(desk: Desk, case_id: CaseId, kind: str, *, about: About = WHOLE) -> bytes:
    """PDF bytes of a draft with 草稿 across; nothing is written or numbered."""
    case = as_printed(desk, known(desk, case_id).case)
    writer, facts = writer_for(desk, kind, facts_of(desk, case, kind, draft=True, about=about), about.template)
    return writer(case, facts, fonts=fonts_in(desk.workshop.fonts_folder), formats=("pdf",)).files["pdf"]


def blank(desk: Desk, kinds: Sequence[str], *, formats: Sequence[str], out: Path) -> tuple[Made, ...]:
    """Empty forms to fill in by pen, for a power cut; nothing is numbered or entered (X21).

    Raises RefusedByRule `document.kind`, `document.format`, WorldFailed `file.write`.
    """
    fonts, committee = fonts_in(desk.workshop.fonts_folder), desk.vault.room.organization
    across = desk.across
    papers = [
        making.blank(kind, committee, desk.today(), fonts=fonts, formats=formats, across=across) for kind in kinds
    ]
    made, files = names_for(papers, making.NOTHING, out, word="空白")
    with staged_papers(desk, files):
        pass
    return made


def form_for(case: Case, kind: str, about: About) -> PaperForm | None:
    """What was typed for this paper: the chosen form, else the newest of its kind."""
    chosen = forms.of_case(case, about.form) if about.form else None
    return chosen if chosen and chosen.paper == kind else forms.latest(case, kind)


def facts_of(
    desk: Desk, case: Case, kind: str, *, number: str = "", draft: bool = False, about: About = WHOLE
) -> PaperFacts:
    """What a paper needs beside the case."""
    form = form_for(case, kind, about)
    return PaperFacts(
        number=number, issued_on=desk.today(), committee=case.organization, draft=draft, hearing=about.hearing,
        obligation=about.obligation, values=form.values if form else {},
        replaces=replaced(case, about.replaces).number if about.replaces else "", days=last_days(desk, case),
        across=desk.across,
    )  # fmt: skip


def last_days(desk: Desk, case: Case) -> dict[str, date]:
    """Last days of periods that run, by rule and part, and of answers by the order's id; an obligation has its own."""
    running = {".".join(filter(None, (each.rule, each.part))): each for each in deadlines(desk, case) if not each.about}
    orders = ((each.id, answer_by(each, desk.vault.tables)) for each in case.course.orders)
    return {rule: each.due for rule, each in running.items()} | {order: day for order, day in orders if day}


def copies_for(case: Case, kind: str) -> int:
    """How many copies the rule of a kind asks for: of an agreement as agreed, else one a party and one more (V34)."""
    asked = catalogue.kind_of(kind).copies
    return copies_of(case) if asked == EACH_AND_ONE_MORE else asked


def replaced(case: Case, paper: DocumentId) -> IssuedPaper:
    """The paper that another is to take the place of; raises RefusedByRule `document.unknown`, `document.replaced`."""
    if any(each.replaces == paper for each in case.papers):
        raise RefusedByRule("document.replaced")
    found = next((each for each in case.papers if each.id == paper), None)
    if found is None:
        raise RefusedByRule("document.unknown")
    return found


def numbered(case: Case, number: str) -> DocumentId:
    """Id of the issued paper of a number; raises RefusedByRule `document.unknown`."""
    found = next((each.id for each in case.papers if each.number == number), None)
    if found is None:
        raise RefusedByRule("document.unknown")
    return found


def stamp(desk: Desk) -> Stamp:
    """What marks one new paper: a fresh id and this desk's key."""
    sealer = desk.vault.sealer()
    return Stamp(bytes.fromhex(desk.fresh_id()), sealer.sign_public, sealer.sign)


def findings_for(desk: Desk, case: Case, kind: str, *, about: About = WHOLE) -> tuple[Finding, ...]:
    """What stands against issuing a kind: gaps of the form, and for agreements every rule of the lint."""
    info = catalogue.kind_of(kind)
    rules = findings(desk, case) if info.binding else ()
    named = as_printed(desk, case)
    return (*gaps(info, named, facts_of(desk, named, kind, about=about)), *rules)


def make(
    desk: Desk,
    case_id: CaseId,
    kinds: Sequence[str],
    *,
    formats: Sequence[str],
    out: Path,
    draft: bool,
    about: About = WHOLE,
    watch: Watch = UNWATCHED,
) -> tuple[Made, ...]:
    """Issue papers, all or none: checked, numbered in the transaction that enters them, then swapped into `out`.

    Raises RefusedByRule `document.findings` (a `Refused` with all findings) when a rule blocks, `document.kind`,
    `document.format`, `document.replaces` (several papers cannot take the place of one), `document.replaced`,
    `document.stopped` (the watch said so between two papers: none is issued), Unacceptable `document.character`,
    WorldFailed `file.write`.
    """
    opened = known(desk, case_id) if draft else held(desk, case_id)
    if not formats:
        raise RefusedByRule("document.format", where="—")
    if about.replaces and len(kinds) != 1:
        raise RefusedByRule("document.replaces")
    if not draft:
        refuse_blocked(desk, opened.case, kinds, about=about)
    for _ in range(ATTEMPTS):
        papers = set_papers(desk, opened, kinds, formats=formats, draft=draft, about=about, watch=watch)
        made, files = names_for(papers, opened.case, out)
        with staged_papers(desk, files):
            if draft:
                drawn = trace(desk, "audit.drafts_printed", case=case_id, kinds=list(kinds))
                desk.vault.append([drawn])
            elif not enter(desk, case_id, papers, about=about):
                opened = known(desk, case_id)
                continue
        if not draft:
            issuers.remember(desk, (form_for(opened.case, kind, about) for kind in kinds))
        return made
    raise Bug("document.numbers")


def refuse_blocked(desk: Desk, case: Case, kinds: Sequence[str], *, about: About = WHOLE) -> None:
    """Raise `Refused` with every finding, when one of them stops the paper."""
    found = list(dict.fromkeys(each for kind in kinds for each in findings_for(desk, case, kind, about=about)))
    against = [each for each in found if stops(each, case)]
    if against:
        raise Refused(against, found)


def numbers_for(desk: Desk, opened: Opened, kinds: Sequence[str]) -> tuple[str, ...]:
    """The numbers these papers get next: kind word and running number in the case.

    A desk that shares the case with another puts its own mark before the number, so that two never clash.
    """
    given: dict[str, int] = {}
    for paper in opened.case.papers:
        given[paper.kind] = given.get(paper.kind, 0) + 1
    others = any(entry.desk != desk.vault.desk for entry in opened.entries)
    mark = f"{desk.vault.room.seat or provisional(desk.vault.desk, 0)[1:6]}-" if others else ""
    numbers = []
    for kind in kinds:
        given[kind] = given.get(kind, 0) + 1
        short = f"{catalogue.kind_of(kind).short}{mark}"
        numbers.append(document_number(opened.case.number, short, given[kind]))
    return tuple(numbers)


def set_papers(
    desk: Desk,
    opened: Opened,
    kinds: Sequence[str],
    *,
    formats: Sequence[str],
    draft: bool,
    about: About,
    watch: Watch = UNWATCHED,
) -> tuple[Paper, ...]:
    """Every paper, set and looked through; raises Bug `document.checks` when a finished paper fails its checks."""
    case = as_printed(desk, opened.case)
    numbers = tuple("" for _ in kinds) if draft else numbers_for(desk, opened, kinds)
    papers = []
    for place, (kind, number) in enumerate(zip(kinds, numbers, strict=True)):
        watch.pass_by(place, len(kinds), stopped=STOPPED)
        facts = facts_of(desk, case, kind, number=number, draft=draft, about=about)
        facts = facts if draft else replace(facts, stamp=stamp(desk))
        writer, facts = writer_for(desk, kind, facts, about.template)
        again = partial(writer, case, facts, fonts=fonts_in(desk.workshop.fonts_folder), formats=tuple(formats))
        paper = again()
        refuse_faulty(paper, inspect(paper, case, facts, again=again))
        papers.append(paper)
    return tuple(papers)


def writer_for(desk: Desk, kind: str, facts: PaperFacts, template: str) -> tuple[Callable[..., Paper], PaperFacts]:
    """What makes papers of a kind: our own writer, or a template, with 样稿 across while nobody has approved it."""
    if not template:
        return partial(making.make, kind), facts
    found = templates.chosen(desk, kind, template)
    return partial(made_from, found), facts if found.approved else replace(facts, across=SAMPLE)


def refuse_faulty(paper: Paper, faults: Sequence[PaperFinding]) -> None:
    """Raise for a paper that fails its checks: our own defect, or that of the template it was made from."""
    checks = " ".join(dict.fromkeys(each.check for each in faults))
    if faults and paper.template:
        raise RefusedByRule("template.result", checks=checks)
    if faults:
        raise Bug("document.checks", where=paper.kind, checks=checks)


def names_for(
    papers: Sequence[Paper], case: Case, out: Path, *, word: str = "草稿"
) -> tuple[tuple[Made, ...], dict[Path, bytes]]:
    """Where each file will lie: number and title, no name of a party (C25)."""
    made, files = [], {}
    for paper in papers:
        rows = []
        for ending, data in paper.files.items():
            first, last = (paper.number, paper.title) if paper.number else (word, f"{paper.title} {case.number}")
            path = out / file_name(first, last, ending=ending)
            files[path] = data
            rows.append(MadeFile(path, hashlib.sha256(data).hexdigest()))
        made.append(Made(paper.kind, paper.title, paper.number, paper.pages, tuple(rows)))
    return tuple(made), files


def enter(desk: Desk, case_id: CaseId, papers: Sequence[Paper], *, about: About = WHOLE) -> bool:
    """Keep papers and their entries in one transaction; False when their numbers were taken meanwhile."""
    taken: list[bool] = []

    def deed(inside: Inside) -> Deed:
        opened = inside.case(case_id)
        if numbers_for(desk, opened, [paper.kind for paper in papers]) != tuple(paper.number for paper in papers):
            return Deed([])
        if about.replaces:
            replaced(opened.case, about.replaces)
        taken.append(True)
        pen = pen_for(desk, case_id, opened.seen)
        drafts: list[Draft] = [
            pen.write(
                "document.issued", **marked(paper), replaces=about.replaces, kind=paper.kind, number=paper.number,
                title=paper.title, pages=paper.pages,
                files=[file_row(ending, data) for ending, data in paper.files.items()],
                form=form_id(form_for(opened.case, paper.kind, about)), hearing=about.hearing,
                template=list(paper.template) or None,
            )
            for paper in papers
        ]  # fmt: skip
        drafts.append(trace(desk, "audit.documents_issued", case=case_id, count=len(papers)))
        bytes_by_hash = {hashlib.sha256(data).hexdigest(): data for paper in papers for data in paper.files.values()}
        return Deed(drafts, bytes_by_hash)

    desk.vault.perform(deed)
    return bool(taken)


def marked(paper: Paper) -> dict[str, str]:
    """Id, mark and check code of a paper as its entry holds them; the id is the one inside the mark."""
    if paper.mark is None:
        raise Bug("document.unmarked", where=paper.kind)
    return {"id": paper.mark.paper.hex(), "mark": paper.mark.text, "code": paper.mark.code}


def form_id(form: PaperForm | None) -> FormId | None:
    """The form a paper was made from, None when nothing was typed for it."""
    return form.id if form else None


def file_row(ending: str, data: bytes) -> dict[str, object]:
    """One issued file as its entry names it."""
    return {"format": ending, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
