"""Writes the approved text and parts of every kind after a change was looked at: `python -m tests.docs.approve`."""

from __future__ import annotations

from pathlib import Path

from mediator.docs.catalogue import KINDS
from mediator.docs.finished_word import WordFile
from tests.docs import test_papers, test_word
from tests.docs.papers import WRITTEN, a_paper


def approve() -> None:
    """One text a kind, one body for those written as code, and the parts that all kinds share."""
    test_word.GOLDEN.mkdir(exist_ok=True)
    for kind in KINDS:
        paper = a_paper(kind)
        parts = WordFile(paper.files["docx"]).parts
        keep(test_papers.GOLDEN / f"{kind}.txt", test_papers.reading(paper))
        if kind in WRITTEN:
            keep(test_word.GOLDEN / f"{kind}.xml", test_word.pretty(parts["word/document.xml"]))
    for part in test_word.PARTS:
        keep(test_word.GOLDEN / Path(part).name, test_word.pretty(parts[part]))


def keep(path: Path, text: str) -> None:
    """Write one approved file."""
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    approve()
