"""What is wrong with papers that lie in a folder, by the file alone; no vault is asked (documents.md 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mediator.casework.verifying import read_paper
from mediator.core.records import Case
from mediator.docs.checks.bench import PaperFinding
from mediator.docs.checks.lone import faults, form_of, on_the_bench, pair_faults
from mediator.errors import Unacceptable


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and everything that is wrong with it; a fault between DOCX and PDF is told of both."""

    file: Path
    findings: tuple[PaperFinding, ...]


def check(files: Sequence[Path], case: Case | None = None) -> tuple[Checked, ...]:
    """Look through papers; a DOCX and a PDF of one number are also held against each other, names against the case.

    Raises Unacceptable `document.unreadable` (which file), `file.missing`, `file.size`, `picture.size`, WorldFailed
    `file.read`.
    """
    read = {path: read_paper(path) for path in files}
    found = {path: list(named(path, data, case)) for path, data in read.items()}
    for word, pdf in pairs(read):
        for each in pair_faults(read[word], read[pdf]):
            found[word].append(each)
            found[pdf].append(each)
    return tuple(Checked(path, tuple(found[path])) for path in read)


def named(path: Path, data: bytes, case: Case | None) -> tuple[PaperFinding, ...]:
    """The faults of a file, or an error that names it."""
    try:
        return faults(path.name, data, case)
    except Unacceptable as error:
        raise Unacceptable(error.code, where=path.name) from None


def pairs(files: Mapping[Path, bytes]) -> Iterator[tuple[Path, Path]]:
    """Every DOCX with the PDF of its number."""
    by_number = {
        (form, on_the_bench({form: data}).paper.number): path
        for path, data in files.items()
        for form in (form_of(data),)
    }  # fmt: skip
    for (form, number), path in by_number.items():
        other = by_number.get(("pdf", number))
        if form == "docx" and number and other:
            yield path, other
