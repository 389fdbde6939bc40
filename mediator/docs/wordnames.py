"""Names with rare characters in the DOCX: whole in one face, as in the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from mediator.docs.page import CELL


def is_common(name: str) -> bool:
    """True when every character is in GB2312, which is all that Windows' 仿宋_GB2312 draws."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def set_whole(body: Any, names: Iterable[str]) -> None:
    """Put each name that Word would set in two faces into runs of 宋体, which Windows completes for rare characters."""
    rare = rare_among(names)
    if not rare:
        return
    pattern = re.compile(f"({'|'.join(map(re.escape, rare))})")
    for text in list(body.iter(qn("w:t"))):
        pieces = list(filter(None, pattern.split(text.text or "")))
        if set(pieces) & set(rare):
            part_run(text.getparent(), pieces, rare)


def rare_among(names: Iterable[str]) -> list[str]:
    """Names with a rare character, longer ones first, so that a name inside another does not cut it."""
    return sorted({name for name in names if not is_common(name)}, key=len, reverse=True)


def part_run(run: Any, pieces: Sequence[str], rare: Sequence[str]) -> None:
    """One run becomes several, alike but for the face of the names."""
    for piece in pieces:
        part = deepcopy(run)
        part.find(qn("w:t")).text = piece
        if piece in rare:
            faces = part.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                faces.set(qn(f"w:{script}"), CELL.face)
        run.addprevious(part)
    run.getparent().remove(run)
