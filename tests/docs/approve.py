"""Writes the approved text of every kind after a change was looked at: `python -m tests.docs.approve`."""

from __future__ import annotations

from mediator.docs.catalogue import KINDS
from mediator.docs.finished import PdfFile, WordFile
from tests.docs.papers import a_paper
from tests.docs.test_papers import GOLDEN


def approve() -> None:
    """One file a kind."""
    for kind in KINDS:
        paper = a_paper(kind)
        pages = "\f\n".join(PdfFile(paper.files["pdf"]).bodies)
        words = "\n".join(WordFile(paper.files["docx"]).paragraphs)
        text = pages.replace("\r\n", "\n") + "\n--- docx\n" + words + "\n"
        (GOLDEN / f"{kind}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    approve()
