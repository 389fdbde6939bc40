"""Rows taller than half a page, cut into rows that go on below: the model says where, so both writers read alike.

A row that was merely drawn across pages would be read line by line across its cells in one format and cell by cell in
the other. Each piece is as many lines of every cell as fit together; it is read from left to right like any row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mediator.docs.model import Block, Document, Form, Room, Table
from mediator.docs.page import PAD
from mediator.docs.setting import Column, Setter

PIECE_LINES: Final = 6
# A line holds at least half of the characters that fit it: the rest may have to go on to the next with their fellows.
LOOSEST: Final = 2


def continued(document: Document, setter: Setter) -> Document:
    """The document with every row of at most half a page; raises Unacceptable `document.character`."""
    cutter = Cutter(setter)
    return replace(document, blocks=tuple(map(cutter.block, document.blocks)))


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts rows for one sheet."""

    setter: Setter

    def block(self, block: Block) -> Block:
        """The block, with rows that go on where one was too tall."""
        if isinstance(block, Table):
            return self.table(block)
        return self.form(block) if isinstance(block, Form) else block

    def table(self, table: Table) -> Table:
        """A ruled table."""
        columns = self.setter.columns(table)
        rows, goes_on = joined([self.pieces(row, columns) for row in table.rows])
        return replace(table, rows=rows, goes_on=goes_on) if goes_on else table

    def form(self, form: Form) -> Form:
        """A form; its label along all rows becomes a row above them where it cannot be drawn along several pages."""
        cut = [self.pieces(flat(pairs), self.setter.pair_columns(len(pairs), self.setter.width)) for pairs in form.rows]
        rows, goes_on = joined(cut)
        if form.side and (goes_on or self.overflows(form)):
            above = Form((((form.side, ""),), *form.rows), (Room(), *map(form.room, range(len(form.rows)))))
            return self.form(above)
        if not goes_on:
            return form
        pairs = tuple(tuple(zip(row[::2], row[1::2], strict=True)) for row in rows)
        rooms = [room for place, pieces in enumerate(cut) for room in rooms_of(form.room(place), len(pieces))]
        return Form(pairs, tuple(rooms), goes_on=goes_on)

    def overflows(self, form: Form) -> bool:
        """True when all rows together are taller than a page."""
        return sum(each.height for each in self.setter.form(form)) > self.setter.sheet.text_height

    def pieces(self, cells: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, ...]]:
        """A row, or the rows that it is cut into."""
        if not any(self.may_be_tall(words, column) for words, column in zip(cells, columns, strict=True)):
            return [tuple(cells)]
        lines = [self.setter.lines_in(words, column) for words, column in zip(cells, columns, strict=True)]
        count = max(map(len, lines))
        if not self.tall(count):
            return [tuple(cells)]
        return [
            tuple(together(each[start : start + PIECE_LINES]) for each in lines)
            for start in range(0, count, PIECE_LINES)
        ]

    def may_be_tall(self, words: str, column: Column) -> bool:
        """False where no way of breaking the words could make them too tall: then nothing is measured."""
        fitting = max(1, int((column.width - 2 * PAD) / self.setter.sheet.cell.size))
        return self.tall(sum(1 + LOOSEST * len(line) // fitting for line in words.split("\n")))

    def tall(self, lines: int) -> bool:
        """True for more lines than half a page holds."""
        sheet = self.setter.sheet
        return lines * sheet.cell.leading + 2 * PAD > sheet.text_height / 2


def rooms_of(room: Room, pieces: int) -> tuple[Room, ...]:
    """The room of each piece of a row: the words fill it, only the place to sign is still wanted, at the end."""
    return (room,) if pieces == 1 else (*[Room()] * (pieces - 1), Room(sign=room.sign))


def flat(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Label, value, label, value."""
    return [words for pair in pairs for words in pair]


def joined(cut: Sequence[Sequence[tuple[str, ...]]]) -> tuple[tuple[tuple[str, ...], ...], frozenset[int]]:
    """All pieces in order, and the places of those that go on in the next one."""
    rows = tuple(piece for pieces in cut for piece in pieces)
    lasts = [place for pieces in cut for place in range(len(pieces) - 1, -1, -1)]
    return rows, frozenset(place for place, left in enumerate(lasts) if left)


def together(lines: Sequence[tuple[str, bool]]) -> str:
    """Lines as the text of a cell again: one that begins a paragraph is parted from what stands before it."""
    return "".join(("\n" if begins and place else "") + words for place, (words, begins) in enumerate(lines))
