"""One party on the registration form; its identity number fills birth and sex and is checked while typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from mediator.core.codes import IdType, PartyKind, Scope, Sex, Side
from mediator.core.identifiers import (
    birth_and_sex,
    credit_code_fault,
    mask_address,
    mask_id,
    mask_phone,
    resident_id_fault,
)
from mediator.core.records import Party
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Field, labelled, read_day
from mediator.ui.words import say

PHONE: Final = 11
TEXTS: Final = ("name", "ethnicity", "occupation", "legal_representative")
MASKS: Final = {"id_number": mask_id, "phone": mask_phone, "address": mask_address}
FOR_SOMEBODY: Final = frozenset({Side.AGENT, Side.GUARDIAN})
# rows of the form: a name alone takes the whole width, two share it
LAYOUT: Final = (
    ("name", "kind"), ("id_number",), ("sex", "birth_date"), ("ethnicity", "occupation"), ("legal_representative",),
    ("phone",), ("address",), ("acts_for", "authorization"),
)  # fmt: skip
OF_PERSONS: Final = ("sex", "birth_date", "ethnicity", "occupation")
LABELS: Final = {"kind": "kind_of_party"}
Saved = Callable[[int, Side, dict[str, object]], None]


class PartyCard(Card):
    """`save(card, side, fields)` is called with what changed, never with all fields."""

    def __init__(self, number: int, side: Side, save: Saved, remove: Callable[[int], None]) -> None:
        """An empty party of a side."""
        super().__init__(side.term, padded=True)
        self.number, self.side, self._save = number, side, save
        self.shown: Party | None = None
        self.masked = False
        self.head.addWidget(button(say("intake.remove"), lambda: remove(self.number), kind="link"))
        self.fields = {name: Field(say(f"intake.{name}"), partial(self.tell, name)) for name in TEXTS}
        self.fields |= {
            "id_number": Field(say("intake.id_number"), self.tell_number, hint=say("intake.later")),
            "phone": Field(say("intake.phone"), self.tell_phone),
            "address": Field(say("intake.address"), self.tell_address),
            "birth_date": Field(say("intake.birth_date"), self.tell_birth, hint=say("intake.day_hint")),
        }
        kinds = [(each.value, each.term) for each in PartyKind]
        sexes = [("", say("intake.unknown")), *((each.value, each.term) for each in Sex)]
        scopes = [("", say("intake.unknown")), *((each.value, each.term) for each in Scope)]
        self.kind = Choice(say("intake.kind_of_party"), kinds, self.tell_kind)
        self.sex = Choice(say("intake.sex"), sexes, partial(self.tell, "sex"))
        self.acts_for = Choice(say("intake.acts_for"), [], partial(self.tell, "acts_for"))
        self.authorization = Choice(say("intake.authorization"), scopes, partial(self.tell, "authorization"))
        self.cells: dict[str, tuple[QWidget, QWidget]] = {}
        self._lay_out()
        self.show_kind()

    def begin(self, number: int, side: Side) -> None:
        """Nothing of the party before; a card that stands already costs nothing to build."""
        self.number, self.side = number, side
        self.shown, self.masked = None, False
        self.title.setText(side.term)
        for each in self.fields.values():
            each.input.setReadOnly(False)
            each.empty()
            each.show_fault("")
        for choice in (self.kind, self.sex, self.authorization):
            choice.show_value("")
        self.acts_for.clear()
        self.show_kind()

    def _lay_out(self) -> None:
        """Labels on the left, one or two inputs a row."""
        widgets: dict[str, QWidget] = dict(self.fields)
        widgets |= {"kind": self.kind, "sex": self.sex, "acts_for": self.acts_for, "authorization": self.authorization}
        grid = QGridLayout()
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        for row, names in enumerate(LAYOUT):
            for place, name in enumerate(names):
                words, _ = labelled(say(f"intake.{LABELS.get(name, name)}"), widgets[name])
                wide = 3 if len(names) == 1 else 1
                grid.addWidget(words, row, place * 2)
                grid.addWidget(widgets[name], row, place * 2 + 1, 1, wide)
                self.cells[name] = (words, widgets[name])
        self.body.addLayout(grid)

    def show_kind(self) -> None:
        """An organization has a legal representative, a person the rest; an agent stands for somebody."""
        organization = self.is_organization
        shown = dict.fromkeys(OF_PERSONS, not organization) | {"legal_representative": organization}
        shown["acts_for"] = self.side in FOR_SOMEBODY
        shown["authorization"] = self.side is Side.AGENT
        for name, visible in shown.items():
            for widget in self.cells[name]:
                widget.setVisible(visible)

    @property
    def is_organization(self) -> bool:
        """A person or an organization."""
        return bool(self.kind.value == PartyKind.ORGANIZATION.value)

    def tell(self, name: str, value: str) -> None:
        """One field changed."""
        if name == "name":
            self.fields["name"].show_fault("")
        self._save(self.number, self.side, {name: value})

    def tell_kind(self, value: str) -> None:
        """A person or an organization: the number means another thing."""
        self.show_kind()
        self.tell("kind", value)
        self.tell_number(self.fields["id_number"].text)

    def tell_number(self, text: str) -> None:
        """Check the number; a good one gives birth and sex."""
        if self.masked:
            return
        number = text.strip().upper()
        fault = self.number_fault(number)
        kind = IdType.CREDIT_CODE if self.is_organization else IdType.RESIDENT_ID
        fields: dict[str, object] = {"id_number": number, "id_type": kind.value if number else ""}
        told = None if self.is_organization or fault else birth_and_sex(number)
        if told is not None:
            fields |= {"birth_date": told.day.isoformat(), "sex": told.sex.value}
            self.sex.show_value(told.sex.value)
            self.fields["birth_date"].show_text(told.day.isoformat())
        self._save(self.number, self.side, fields)

    def number_fault(self, number: str) -> str:
        """Show what looks wrong about the number; it warns and never blocks."""
        check = credit_code_fault if self.is_organization else resident_id_fault
        fault = check(number) if number else ""
        self.fields["id_number"].show_fault(say(f"intake.fault_{fault}") if fault else "")
        return fault

    def tell_birth(self, text: str) -> None:
        """A day in any usual form; what is no day stays in the field with a word beside it."""
        day = read_day(text)
        wrong = bool(text.strip()) and day is None
        self.fields["birth_date"].show_fault(say("intake.fault_day") if wrong else "")
        if not wrong:
            self.tell("birth_date", day.isoformat() if day else "")

    def tell_phone(self, text: str) -> None:
        """A mobile number has eleven digits; others are taken as they are."""
        if not self.masked:
            self.phone_fault(text.strip())
            self.tell("phone", text.strip())

    def tell_address(self, text: str) -> None:
        """Where somebody lives; the mask is no address."""
        if not self.masked:
            self.tell("address", text)

    def phone_fault(self, digits: str) -> None:
        """Show that a mobile number is too short or too long."""
        odd = digits.startswith("1") and digits.isdigit() and len(digits) != PHONE
        self.fields["phone"].show_fault(say("intake.fault_phone", count=len(digits)) if odd else "")

    def show_others(self, parties: Sequence[Party]) -> None:
        """Whom an agent may stand for."""
        picked = self.acts_for.value
        self.acts_for.clear()
        self.acts_for.addItem(say("intake.nobody"), "")
        for party in parties:
            if party.side not in FOR_SOMEBODY and party.name:
                self.acts_for.addItem(party.name, party.id)
        self.acts_for.show_value(picked or (self.shown.acts_for or "" if self.shown else ""))

    def show_party(self, party: Party) -> None:
        """A saved party; what is being typed is never overwritten."""
        self.shown = party
        for name in TEXTS:
            self.fields[name].show_text(str(getattr(party, name)))
        self.fields["birth_date"].show_text(party.birth_date.isoformat() if party.birth_date else "")
        for name, mask in MASKS.items():
            value = str(getattr(party, name))
            if self.masked:
                self.fields[name].show_masked(mask(value), masked=bool(value))
            else:
                self.fields[name].show_text(value)
        self.kind.show_value(party.kind.value)
        self.sex.show_value(party.sex.value if party.sex else "")
        self.authorization.show_value(party.authorization.value if party.authorization else "")
        self.show_kind()
        self.number_fault(party.id_number.upper())
        self.phone_fault(party.phone)

    def veil(self, masked: bool) -> None:
        """Hide the numbers of a saved party, or show them again to be mended."""
        self.masked = masked
        if self.shown is None:
            return
        for name, mask in MASKS.items():
            value = str(getattr(self.shown, name))
            hidden = masked and bool(value)
            self.fields[name].show_masked(mask(value) if hidden else value, masked=hidden)

    @property
    def dirty(self) -> bool:
        """Whether something stands here that was not told yet."""
        return any(each.dirty for each in self.fields.values())

    def flush(self) -> None:
        """Tell everything typed."""
        for each in self.fields.values():
            each.flush()

    def not_kept(self, names: Sequence[str]) -> None:
        """These could not be kept; they are told again when left."""
        for name in names:
            if name in self.fields:
                self.fields[name].not_kept()
