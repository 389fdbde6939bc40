"""People of a case in a table; numbers stay masked until somebody says why they must be seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from mediator.casework import reading
from mediator.core.dates import chinese_date
from mediator.core.identifiers import mask_address, mask_id, mask_phone
from mediator.core.records import Case, Party
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say

SHOWN_MS: Final = 30_000


class PeopleCard(Card):
    """Short for the overview, `whole` for the tab: every field that a paper may need."""

    def __init__(self, seat: Seat, *, whole: bool = False) -> None:
        """Nobody yet."""
        super().__init__(say("case_page.parties"))
        self.seat = seat
        self.case: Case | None = None
        self.revealed = False
        self.hiding = QTimer(self)
        self.hiding.setSingleShot(True)
        self.hiding.setInterval(SHOWN_MS)
        self.hiding.timeout.connect(self.forget)
        self.rows: Rows[Party] = Rows(self.columns(whole=whole))
        self.table = Table(self.rows, say("case_page.parties"), look=seat.preferences.look)
        self.table.fit(self.rows.columns)
        self.table.empty = say("case_page.no_parties")
        if whole:
            self.why = QLineEdit()
            self.why.setAccessibleName(say("case_page.why"))
            self.why.setPlaceholderText(say("case_page.why"))
            self.why.setMinimumWidth(seat.preferences.look.wide(14))
            self.why.returnPressed.connect(self.reveal)
            self.head.addWidget(self.why)
            self.head.addWidget(button(say("case_page.reveal"), self.reveal, kind="small"))
        self.put(self.table)

    def columns(self, *, whole: bool) -> tuple[Column[Party], ...]:
        """What is shown of each."""
        side: Column[Party] = Column(say("case_page.side"), lambda each: each.role_as_given or each.side.term, 6)
        name: Column[Party] = Column(say("case_page.name"), lambda each: each.name, 7)
        phone: Column[Party] = Column(say("case_page.phone"), self.phone, 7)
        address: Column[Party] = Column(say("case_page.address"), self.address)
        if not whole:
            return side, name, phone, address
        person: Column[Party] = Column(say("case_page.person"), self.person, 13)
        number: Column[Party] = Column(say("case_page.id_number"), self.number, 10)
        work: Column[Party] = Column(say("case_page.occupation"), lambda each: each.occupation, 6)
        more: Column[Party] = Column(say("case_page.more"), self.more, 10)
        return side, name, person, number, phone, work, address, more

    def phone(self, party: Party) -> str:
        """Masked until a reason was given, as number and address."""
        return party.phone if self.revealed else mask_phone(party.phone)

    def number(self, party: Party) -> str:
        """Identity number or credit code."""
        return party.id_number if self.revealed else mask_id(party.id_number)

    def address(self, party: Party) -> str:
        """As far as the village."""
        return party.address if self.revealed else mask_address(party.address)

    def person(self, party: Party) -> str:
        """`男，1990年3月7日生，汉族`."""
        born = say("case_page.born", day=chinese_date(party.birth_date)) if party.birth_date else ""
        parts = (party.sex.term if party.sex else "", born, party.ethnicity)
        return "，".join(part for part in parts if part)

    def more(self, party: Party) -> str:
        """Whom an agent stands for, who speaks for an organization, a note."""
        stands = self.case.party(party.acts_for) if self.case and party.acts_for else None
        parts = (
            say("case_page.acts_for", name=stands.name) if stands else "",
            party.authorization.term if party.authorization else "",
            say("case_page.led_by", name=party.legal_representative) if party.legal_representative else "",
            party.note,
        )
        return "；".join(part for part in parts if part)

    def show_case(self, case: Case) -> None:
        """The people of a case; another case is masked again."""
        if self.case is None or self.case.id != case.id:
            self.revealed = False
        self.case = case
        self.rows.show_rows(case.parties)

    def reveal(self) -> None:
        """Show numbers in full, once a reason stands there and its trace is kept."""
        if self.case is not None:
            case, why = self.case.id, self.why.text()
            self.seat.deed(lambda: reading.reveal(self.seat.desk, case, why), lambda _: self.is_revealed())

    def is_revealed(self) -> None:
        """For half a minute, or until the page is left."""
        self.revealed = True
        self.hiding.start()
        self.why.clear()
        if self.case is not None:
            self.rows.show_rows(self.case.parties)

    def forget(self) -> None:
        """Masked again."""
        self.hiding.stop()
        self.revealed = False
        if self.case is not None:
            self.rows.show_rows(self.case.parties)
