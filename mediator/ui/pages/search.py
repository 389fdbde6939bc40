"""查询结果: every place of the words, by groups, narrowed by conditions; Enter opens the case at the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mediator.casework import searching
from mediator.casework.complaints import sentence
from mediator.casework.searching import Hit, Hits
from mediator.core.terms import field_term
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.case_list_filters import FilterBar
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import clearable
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.rings import ring
from mediator.ui.search import bracketed
from mediator.ui.seat import Seat
from mediator.ui.words import say

MOST: Final = 200
HIT: Final = Qt.ItemDataRole.UserRole
GROUP_OF: Final = {
    "party": "names", "case": "names", "hearing": "records", "sentence": "records", "agreement": "agreements",
    "clause": "agreements", "obligation": "agreements", "payment": "agreements", "follow_up": "agreements",
    "paper": "papers", "evidence": "papers", "form": "papers",
}  # fmt: skip
GROUPS: Final = ("names", "records", "agreements", "papers", "others", "alike")


class SearchPage(Page):
    """The words come from the box above; typing them here asks again after a pause."""

    name = "found"
    nav = "case_list"

    def __init__(self, seat: Seat) -> None:
        """Nothing was asked yet."""
        super().__init__(seat, say("search.title"))
        self.generation, self.fresh = 0, False
        self.typed = QLineEdit()
        self.typed.setAccessibleName(say("search.words"))
        self.typed.setPlaceholderText(say("search.words"))
        clearable(self.typed, say("search.clear"))
        self.head.addWidget(self.typed, 1)
        self.filters = FilterBar(self.ask, ordered=False)
        self.typed.textChanged.connect(lambda _: self.filters.pause.start())
        self.typed.returnPressed.connect(lambda: self.look_for(self.typed.text()))
        card = Card(say("search.hits"))
        self.count = card.aside
        card.put(self.filters)
        self.list = QListWidget()
        self.list.setAccessibleName(say("search.hits"))
        self.list.setWordWrap(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self.open)
        ring(self.list)
        card.put(self.list, 1)
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(card, 1)

    def home(self) -> QWidget:
        """The first hit, else the words."""
        return self.list if self.list.count() else self.typed

    def search(self) -> QLineEdit:
        """The words."""
        return self.typed

    def look_for(self, words: str) -> None:
        """Other words, asked at once; that somebody looked for them leaves its trace."""
        self.typed.setText(words)
        self.fresh = True
        self.ask(traced=True)

    def enter(self, case: str = "") -> None:
        """Words that the box above handed over, else the same again."""
        words, self.seat.words = self.seat.words, ""
        self.look_for(words or self.typed.text())

    def ask(self, *, traced: bool = False) -> None:
        """Search beside the screen; the answer to an older question is thrown away.

        A trace is an entry, and an entry asks again: asking again leaves none.
        """
        self.filters.pause.stop()
        self.generation += 1
        words = self.typed.text().strip()
        if not words:
            self.show_hits(self.generation, Hits(0, ()))
            return
        query = self.filters.query(0, 1)
        status = query.statuses[0].value if query.statuses else ""
        asked = searching.typed(words, replace(query.where, status=status), limit=MOST)
        work = partial(searching.search, self.seat.desk, asked, traced=traced)
        self.seat.deed(work, partial(self.show_hits, self.generation), self.failed)

    def show_hits(self, generation: int, hits: Hits) -> None:
        """Group by group; what was cut off by the limit is said."""
        if generation != self.generation:
            return
        self.told.tell("")
        self.list.clear()
        for name, found in grouped(hits):
            self.list.addItem(heading(say(f"search.group_{name}", count=len(found))))
            for each in found:
                self.list.addItem(line_of(each))
        total, here = hits.total + hits.alike_total, len(hits.hits) + len(hits.alike)
        words = say("search.count", count=f"{total:,}") if total else ""
        self.count.setText(words + (say("search.more", count=here) if here < total else ""))
        if not total and self.typed.text().strip():
            self.list.addItem(heading(say("search.none")))
        self.list.setCurrentRow(1 if total else -1)
        if total and self.fresh:
            self.list.setFocus()
        self.fresh = False

    def failed(self, error: MediatorError) -> None:
        """Why not; the words stay."""
        self.told.tell(sentence(error), "late")

    def open(self, item: QListWidgetItem) -> None:
        """The case, at the place."""
        hit = item.data(HIT)
        if isinstance(hit, Hit):
            self.seat.sought = hit
            self.seat.went.emit("case_page", hit.case)

    def refresh(self, cases: frozenset[str]) -> None:
        """What was found may have changed."""
        if self.typed.text().strip():
            self.ask()


def grouped(hits: Hits) -> Iterable[tuple[str, list[Hit]]]:
    """Groups that have hits, in their order; within one, the order of the index: the newest case first."""
    found: dict[str, list[Hit]] = {name: [] for name in GROUPS}
    for each in hits.hits:
        found[GROUP_OF.get(each.field.partition(".")[0], "others")].append(each)
    found["alike"] = list(hits.alike)
    return ((name, each) for name, each in found.items() if each)


def heading(words: str) -> QListWidgetItem:
    """A line that nobody opens."""
    item = QListWidgetItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    face = item.font()
    face.setBold(True)
    item.setFont(face)
    return item


def line_of(hit: Hit) -> QListWidgetItem:
    """Number, kind of text, the words around the place in brackets."""
    item = QListWidgetItem(f"{hit.number}　{field_term(hit.field)}：{bracketed(hit)}")
    item.setData(HIT, hit)
    return item
