"""Defects planted into finished papers, to see that a check finds each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pypdf

from mediator.core.records import Agreement, Case
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper, PaperFacts
from tests.docs.papers import a_case, some_facts

KIND = "mediation_agreement"


def found(
    paper: Paper, case: Case | None = None, again: Callable[[], Paper] | None = None, facts: PaperFacts | None = None
) -> set[str]:
    """Which checks speak."""
    return {each.check for each in inspect(paper, case or a_case(), facts or some_facts(), again=again)}


def with_part(paper: Paper, name: str, change: Callable[[str], str]) -> Paper:
    """The paper with one part of its DOCX changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper.files["docx"])) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == name:
                changed = change(data.decode())
                assert changed != data.decode(), "the defect was not planted"
                data = changed.encode()
            new.writestr(part, data)
    return replace(paper, files={**paper.files, "docx": buffer.getvalue()})


def with_text(paper: Paper, old: str, new: str) -> Paper:
    """The paper with words of its DOCX changed."""
    return with_part(paper, "word/document.xml", lambda text: text.replace(old, new))


def with_pdf(paper: Paper, change: Callable[[pypdf.PdfWriter], None]) -> Paper:
    """The paper with its PDF changed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper.files["pdf"]))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return replace(paper, files={**paper.files, "pdf": buffer.getvalue()})


def the_agreement(case: Case) -> Agreement:
    """The agreement, which is there."""
    assert case.agreement is not None
    return case.agreement
