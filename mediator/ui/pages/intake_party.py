"""One party on the registration form; its identity number fills birth and sex and is checked while typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout

from mediator.core.codes import IdType, PartyKind, Sex, Side
from mediator.core.identifiers import birth_and_sex, credit_code_fault, resident_id_fault
from mediator.core.records import Party
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Field, labelled
from mediator.ui.pieces.labels import label
from mediator.ui.words import say

PHONE = 11
Saved = Callable[[int, Side, dict[str, object]], None]


class PartyCard(Card):
    """`save(card, side, fields)` is called with what changed, never with all fields."""

    def __init__(self, number: int, side: Side, save: Saved, remove: Callable[[int], None]) -> None:
        """An empty party of a side."""
        super().__init__(side.term, padded=True)
        self.number, self.side, self._save = number, side, save
        self.head.addWidget(button(say("intake.remove"), partial(remove, number), kind="link"))
        kinds = [(each.value, each.term) for each in PartyKind]
        sexes = [("", say("intake.unknown")), *((each.value, each.term) for each in Sex)]
        self.fields = {
            "name": Field(say("intake.name"), partial(self.tell, "name")),
            "id_number": Field(say("intake.id_number"), self.tell_number, hint=say("intake.later")),
            "phone": Field(say("intake.phone"), self.tell_phone),
            "address": Field(say("intake.address"), partial(self.tell, "address")),
        }
        self.kind = Choice(say("intake.kind_of_party"), kinds, self.tell_kind)
        self.sex = Choice(say("intake.sex"), sexes, partial(self.tell, "sex"))
        self.birth = label("", "aside")
        grid = QGridLayout()
        rows = (("name", self.fields["name"]), ("kind_of_party", self.kind), ("id_number", self.fields["id_number"]),
                ("sex", self.sex), ("phone", self.fields["phone"]), ("address", self.fields["address"]))  # fmt: skip
        for row, (name, widget) in enumerate(rows):
            words, _ = labelled(say(f"intake.{name}"), widget)
            grid.addWidget(words, row, 0)
            grid.addWidget(widget, row, 1)
        self.body.addLayout(grid)
        self.put(self.birth)

    def tell(self, name: str, value: str) -> None:
        """One field changed."""
        self._save(self.number, self.side, {name: value})

    def tell_kind(self, value: str) -> None:
        """A person or an organization: the number means another thing."""
        self.tell("kind", value)
        self.tell_number(self.fields["id_number"].text)

    def tell_number(self, text: str) -> None:
        """Check the number; a good one gives birth and sex."""
        number = text.strip().upper()
        organization = self.kind.value == PartyKind.ORGANIZATION.value
        fault = (credit_code_fault if organization else resident_id_fault)(number) if number else ""
        self.fields["id_number"].show_fault(say(f"intake.fault_{fault}") if fault else "")
        kind = IdType.CREDIT_CODE if organization else IdType.RESIDENT_ID
        fields: dict[str, object] = {"id_number": number, "id_type": kind.value if number else ""}
        told = None if organization or fault else birth_and_sex(number)
        if told is not None:
            fields |= {"birth_date": told.day.isoformat(), "sex": told.sex.value}
            self.sex.show_value(told.sex.value)
            self.birth.setText(say("intake.born", day=told.day.isoformat()))
        self._save(self.number, self.side, fields)

    def tell_phone(self, text: str) -> None:
        """A mobile number has eleven digits; others are taken as they are."""
        digits = text.strip()
        odd = digits.startswith("1") and digits.isdigit() and len(digits) != PHONE
        self.fields["phone"].show_fault(say("intake.fault_phone", count=len(digits)) if odd else "")
        self.tell("phone", digits)

    def show_party(self, party: Party) -> None:
        """A saved party."""
        self.fields["name"].show_text(party.name)
        self.fields["id_number"].show_text(party.id_number)
        self.fields["phone"].show_text(party.phone)
        self.fields["address"].show_text(party.address)
        self.kind.show_value(party.kind.value)
        self.sex.show_value(party.sex.value if party.sex else "")
        self.birth.setText(say("intake.born", day=party.birth_date.isoformat()) if party.birth_date else "")

    def flush(self) -> None:
        """Tell everything typed."""
        for each in self.fields.values():
            each.flush()
