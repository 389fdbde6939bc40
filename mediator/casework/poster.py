"""海报: the procedure on the wall, from the script the hearing page ticks and the rules that count the days."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.faces import fonts_in
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.hearing import SCRIPT
from mediator.core.deadlines import set_of
from mediator.core.periods import in_unit
from mediator.core.rules import Rule
from mediator.docs import poster as sheets
from mediator.docs.poster import WORDS, Row, write_poster
from mediator.errors import RefusedByRule

SHOWN: Final = ("D01", "D02", "D03", "D04", "D05", "D08")
FROM: Final = {
    "applied": "申请后", "accepted": "受理后", "written_in_force": "协议生效后", "due_over": "到期后",
    "performance_over": "履行期满后",
}  # fmt: skip
SIZES: Final = sheets.SIZES
PENDING: Final = "（条号待核对）"


def rows_of(desk: Desk) -> tuple[Row, ...]:
    """The periods that parties should know, as they are in force here today."""
    rules = set_of(desk.vault.tables.rules, desk.today())
    return tuple(row_of(rule) for wanted in SHOWN for rule in rules.of(wanted))


def row_of(rule: Rule) -> Row:
    """What is to be done, within what, by what rule."""
    within = f"{FROM[rule.start.value]}{in_unit(rule.length, rule.unit)}内"
    return rule.label, within, rule.source.replace(PENDING, "")


def write(desk: Desk, out: Path, *, sizes: tuple[str, ...] = SIZES) -> tuple[Path, ...]:
    """A PDF of each size in a folder, all or none. Raises RefusedByRule `document.format`, WorldFailed `file.write`."""
    for wrong in (each for each in sizes if each not in SIZES):
        raise RefusedByRule("document.format", where=wrong[:40])
    document = sheets.poster(
        desk.vault.room.organization, [(step.title, step.words) for step in SCRIPT], rows_of(desk), desk.across
    )
    fonts = fonts_in(desk.workshop.fonts_folder)
    files = {out / file_name(WORDS, size, ending="pdf"): write_poster(document, fonts, size) for size in sizes}
    with staged_papers(desk, files):
        return tuple(files)
