"""What a file says of itself, held against itself, or against the names of a record where one is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from mediator.core.numerals import chinese
from mediator.docs.catalogue import KINDS
from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.checks.text import COPIES
from mediator.docs.kinds import EACH_AND_ONE_MORE

MOST_COUNTED: Final = 200
COUNTED: Final = {chinese(number): number for number in range(1, MOST_COUNTED + 1)}
LABEL: Final = re.compile(r"([一二三四五六七八九十百零]{1,5})、")
OPENED, ENDED, KEPT = "如下", "：", "留存一份"
PARAGRAPH_END: Final = ("。", "；", "：", "！", "？")
ROLE: Final = "被申请人|申请人|第三人|代理人|监护人"
# 申请人民调解 begins like 申请人: whoever signs stands in one sentence with the place to sign.
SIGNER: Final = re.compile(rf"(?:{ROLE})([^：（）。；]{{1,60}})（签名")
OWN_COPY: Final = re.compile(r"(?:被申请人|申请人|第三人)[^：（）。；]{0,60}（签名")
TOLD: Final = re.compile(rf"(?:{ROLE})：(.+)")


def rows(bench: Examined) -> Iterator[tuple[str, list[str]]]:
    """Format and rows of each file: paragraphs of a DOCX, lines of a PDF."""
    if bench.word:
        yield "docx", [row.strip() for row in bench.word.paragraphs]
    if bench.pdf:
        yield "pdf", [row.strip() for body in bench.pdf.bodies for row in body.splitlines()]


def clauses_in_order(bench: Examined) -> Iterator[PaperFinding]:
    """C16: below `…如下协议：` every number is led to by all before it; a list inside a clause may count for itself."""
    if not binding(bench):
        return
    for form, lines in rows(bench):
        reached = 0
        for before, line in pairwise(after_opening(lines)):
            number = label_of(line) if before.endswith(PARAGRAPH_END) else 0
            if number > reached + 1:
                yield PaperFinding("C16", "条款编号不连续", f"{form}:{reached + 1}")
            reached = max(reached, number)


def after_opening(lines: list[str]) -> list[str]:
    """From the heading that opens the clauses on."""
    opened = (place for place, line in enumerate(lines) if OPENED in line and line.endswith(ENDED))
    return lines[next(opened, len(lines)) :]


def label_of(line: str) -> int:
    """The number a line begins with, 0 for none."""
    found = LABEL.match(line)
    return COUNTED.get(found[1], 0) if found else 0


def binding(bench: Examined) -> bool:
    """True for a paper of a kind that binds."""
    info = KINDS.get(bench.paper.kind)
    return info is not None and info.binding


def copies_enough(bench: Examined) -> Iterator[PaperFinding]:
    """C21: one copy for each who signs for himself, one more where the committee keeps one (V34)."""
    info = KINDS.get(bench.paper.kind)
    if info is None or info.copies != EACH_AND_ONE_MORE:
        return
    for form, text in bench.texts:
        needed = len(OWN_COPY.findall(text)) + (KEPT in text)
        for words in COPIES.findall(text):
            if count_of(words) < needed:
                yield PaperFinding("C21", "份数不够当事人各执一份", f"{form}:{words}")


def count_of(words: str) -> int:
    """A number of copies in words or figures, 0 for anything else."""
    return COUNTED.get(words, int(words) if words.isdigit() else 0)


def names_told(bench: Examined) -> Iterator[PaperFinding]:
    """C23: whoever a file calls a party, or lets sign as one, has a name of the record."""
    names = tuple(party.name for party in bench.case.parties if party.name)
    for form, lines in rows(bench):
        for place, _ in enumerate(strangers(lines, names), start=1):
            yield PaperFinding("C23", "姓名与案件登记的不一致", f"{form}:{place}")


def strangers(lines: Sequence[str], names: tuple[str, ...]) -> Iterator[str]:
    """Names beside a place to sign, then those behind a party's label, that are none of the record's."""
    yield from (each for each in SIGNER.findall("".join(lines)) if each not in names)
    for found in filter(None, map(TOLD.match, lines)):
        if not found[1].startswith(names):
            yield found[1]


CHECKS: Final[tuple[Check, ...]] = (clauses_in_order, copies_enough)
