"""A template tried on the sample cases before anybody approves it: 样稿 across each paper, each fault by its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mediator.casework import importing, templates
from mediator.casework.checking import as_printed
from mediator.casework.desk import Desk
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.samples import sample_files
from mediator.core.records import Case
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.fonts import Fonts
from mediator.docs.templates import papers
from mediator.errors import MediatorError, RefusedByRule

WORD_ONLY: Final = "template.word_only"


@dataclass(frozen=True, slots=True)
class Tried:
    """One sample: its paper's files, or the code of what stopped it; `checks` are those that the paper fails."""

    sample: str
    files: tuple[Path, ...]
    pages: int
    code: str = ""
    checks: tuple[str, ...] = ()


def paper_from(template: papers.Template, case: Case, facts: PaperFacts, fonts: Fonts) -> Paper:
    """A paper in both formats; in DOCX alone where our PDF writer does not lay it out."""
    try:
        return papers.make(template, case, facts, fonts=fonts)
    except RefusedByRule as error:
        if error.code != WORD_ONLY:
            raise
        return papers.make(template, case, facts, fonts=fonts, formats=("docx",))


def trial(desk: Desk, template: str, out: Path, *, fonts: Fonts) -> tuple[Tried, ...]:
    """Every sample case through a template; the files lie in `out`. Nothing is numbered or entered.

    Raises Unacceptable `template.unknown`, `template.package`, WorldFailed `file.write`.
    """
    kind = templates.known(desk, template).kind
    found = templates.as_sample(templates.chosen(desk, kind, template))
    files: dict[Path, bytes] = {}
    rows = []
    for name, data in sample_files():
        for document in importing.read_file(data).documents:
            case = as_printed(desk, importing.pictured(desk, document))
            row, made = tried(found, case, fonts=fonts, today=desk.today())
            paths = {out / file_name(papers.SAMPLE, name, ending=ending): made[ending] for ending in made}
            rows.append(Tried(name, tuple(paths), *row))
            files |= paths
    with staged_papers(desk, files):
        return tuple(rows)


def tried(
    template: papers.Template, case: Case, *, fonts: Fonts, today: date
) -> tuple[tuple[int, str, tuple[str, ...]], dict[str, bytes]]:
    """Pages, code and failed checks of one sample, and its files by format."""
    facts = PaperFacts("", today, case.organization, draft=True, across=papers.SAMPLE)
    try:
        paper = paper_from(template, case, facts, fonts)
    except MediatorError as error:
        return (0, error.code, ()), {}
    faults = inspect(paper, case, facts)
    return (paper.pages, "", tuple(dict.fromkeys(each.check for each in faults))), dict(paper.files)
