"""Rows taller than half a page, cut into rows that go on below: the model says where, so both writers read alike.

A last row before places to sign is cut sooner, where it would not fit one page with them: they never stand alone.

A row that was merely drawn across pages would be read line by line across its cells in one format and cell by cell in
the other. Each piece is as many lines of every cell as fit together; it is read from left to right like any row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from mediator.docs.model import Block, Document, Form, Room, Signatures, Table
from mediator.docs.page import PAD
from mediator.docs.setting import Column, Setter

PIECE_LINES: Final = 6
SHORTEST_LINES: Final = 2
# What a repeated header and the air round a table may take, in lines of a cell.
HEADER_ROOM: Final = 3
# A line holds at least half of the characters that fit it: the rest may have to go on to the next with their fellows.
LOOSEST: Final = 2


def continued(document: Document, setter: Setter) -> Document:
    """The document with every row of at most half a page; raises Unacceptable `document.character`."""
    cutter = Cutter(setter, setter.sheet.text_height)
    head = sum(each.height for each in setter.head(document))
    follows = zip(document.blocks, (*document.blocks[1:], None), strict=True)
    blocks = [cutter.beside(after, 0.0 if place else head).block(each) for place, (each, after) in enumerate(follows)]
    return replace(document, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts rows that are taller than half a page, for one sheet; `room` is how high a page is for the last of them."""

    setter: Setter
    room: float

    @property
    def most(self) -> float:
        """How high a row may be."""
        return min(self.setter.sheet.text_height / 2, self.room)

    def beside(self, following: Block | None, above: float) -> Cutter:
        """What cuts a block that this one follows: places to sign want its last row beside them, and a head `above`."""
        sheet = self.setter.sheet
        if not isinstance(following, Signatures) or following.loose(sheet):
            return self
        signed = sum(each.height for each in self.setter.block(following))
        left = sheet.text_height - above - signed - HEADER_ROOM * sheet.cell.leading
        return replace(self, room=max(left, SHORTEST_LINES * sheet.cell.leading + 2 * PAD))

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
        goes_on = max(map(len, cut), default=1) > 1
        if form.side and (goes_on or self.overflows(form)):
            above = Form((((form.side, ""),), *form.rows), (Room(), *map(form.room, range(len(form.rows)))))
            return self.form(above)
        return parted(form, cut) if goes_on else form

    def overflows(self, form: Form) -> bool:
        """True when all rows together are taller than their page has room."""
        return sum(each.height for each in self.setter.form(form)) > self.room

    def pieces(self, cells: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, ...]]:
        """A row, or the rows that it is cut into."""
        if not any(self.may_be_tall(words, column) for words, column in zip(cells, columns, strict=True)):
            return [tuple(cells)]
        lines = list(map(self.setter.lines_in, cells, columns))
        count = max(map(len, lines))
        if not self.tall(count):
            return [tuple(cells)]
        return [tuple(together(each[start:end]) for each in lines) for start, end in pairwise(self.ends(count))]

    def ends(self, count: int) -> list[int]:
        """Where so many lines are cut, from 0 on; the last piece has two lines at least."""
        fitting = int((self.most - 2 * PAD) / self.setter.sheet.cell.leading)
        step = max(SHORTEST_LINES, min(PIECE_LINES, fitting))
        found = [*range(0, count, step), count]
        if count - found[-2] < SHORTEST_LINES:
            found[-2] -= 1
        return found

    def may_be_tall(self, words: str, column: Column) -> bool:
        """False where no way of breaking the words could make them too tall: then nothing is measured."""
        fitting = max(1, int((column.width - 2 * PAD) / self.setter.sheet.cell.size))
        return self.tall(sum(1 + LOOSEST * len(line) // fitting for line in words.split("\n")))

    def tall(self, lines: int) -> bool:
        """True for more lines than a row may have."""
        return lines * self.setter.sheet.cell.leading + 2 * PAD > self.most


def rooms_of(room: Room, pieces: int) -> tuple[Room, ...]:
    """The room of each piece of a row: the words fill it, only the place to sign is still wanted, at the end."""
    return (room,) if pieces == 1 else (*[Room()] * (pieces - 1), Room(sign=room.sign))


def flat(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Label, value, label, value."""
    return [words for pair in pairs for words in pair]


def joined(cut: Sequence[Sequence[tuple[str, ...]]]) -> tuple[tuple[tuple[str, ...], ...], frozenset[int]]:
    """All pieces in order, and the places of those that go on in the next one."""
    lasts = [place for pieces in cut for place in range(len(pieces) - 1, -1, -1)]
    return tuple(chain.from_iterable(cut)), frozenset(place for place, left in enumerate(lasts) if left)


def parted(form: Form, cut: Sequence[Sequence[tuple[str, ...]]]) -> Form:
    """A form with its pieces for rows, each with its share of the room for the pen."""
    rows, goes_on = joined(cut)
    pairs = tuple(tuple(zip(row[::2], row[1::2], strict=True)) for row in rows)
    rooms = [room for place, pieces in enumerate(cut) for room in rooms_of(form.room(place), len(pieces))]
    return Form(pairs, tuple(rooms), goes_on=goes_on)


def together(lines: Sequence[tuple[str, bool]]) -> str:
    """Lines as the text of a cell again: one that begins a paragraph is parted from what stands before it."""
    return "".join(("\n" if begins and place else "") + words for place, (words, begins) in enumerate(lines))
