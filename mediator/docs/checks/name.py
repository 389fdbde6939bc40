"""The name of a paper's file: its number and its title, and nothing of the people in it (C25)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from mediator.docs.checks.bench import PaperFinding
from mediator.docs.facts import Paper


def named(name: str, paper: Paper) -> Iterator[PaperFinding]:
    """C25: number, a blank, title; a draft has no number and is not asked."""
    if paper.number and PurePath(name).stem != f"{paper.number} {paper.title}":
        yield PaperFinding("C25", "文件名不是文号加名称", name)
