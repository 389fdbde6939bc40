"""登记: what is typed is kept at once; accepting is the only button that changes the case's state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from mediator.casework import reading
from mediator.casework.complaints import sentence
from mediator.casework.likeness import Hit
from mediator.casework.petitions import group_from
from mediator.casework.reading import Opened
from mediator.core.codes import CaseKind, CaseStatus, Side
from mediator.core.divisions import villages_of
from mediator.core.records import Case, CaseId
from mediator.core.roads import Road
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.intake_beside import Beside
from mediator.ui.pages.intake_desk import Registration
from mediator.ui.pages.intake_file import CaseFile
from mediator.ui.pages.intake_form import IntakeForm
from mediator.ui.pages.intake_party import PartyCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import read_day
from mediator.ui.pieces.labels import Note, label, restyle, tag
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

USUAL: Final = (Side.APPLICANT, Side.RESPONDENT)


class IntakePage(Page):
    """Parties above, the dispute below, what is still missing and who or what may be known already on the right."""

    name = "intake"

    def __init__(self, seat: Seat) -> None:
        """An empty form for an applicant and a respondent."""
        super().__init__(seat, say("intake.title"))
        self.registration = Registration(seat.desk)
        self.cards: dict[int, PartyCard] = {}
        self.editing = False
        self.state, self.number = tag(""), label("", "aside")
        self.head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.number, 1)
        self.told = Note("")
        self.told.hide()
        self.file = CaseFile(seat, self.told, self.refused)
        self.head.addWidget(self.file)
        self.another = button(say("intake.another"), lambda: self.make_room(self.begin_new))
        self.to_case = button(say("intake.to_case"), lambda: seat.went.emit("case_page", self.case))
        self.accept_button = button(say("intake.accept"), lambda: self.when_whole(self.accept), kind="primary")
        for press in (self.another, self.to_case, self.accept_button):
            self.head.addWidget(press)
        self.body.addWidget(self.told)
        self.form = IntakeForm(
            seat.preferences.look, self.save, self.add_card, self.reveal,
            villages_of(seat.desk.vault.room.division[:9]), group=group_from(seat.desk),
        )  # fmt: skip
        self.form.kind_chosen.connect(self.choose_kind)
        self.fields = self.form.fields
        self.row = QHBoxLayout()
        self.row.setSpacing(space("m"))
        self.body.addLayout(self.row, 1)
        self.row.addWidget(self.form, 1)
        self.beside = Beside(seat)
        self.beside.judged.connect(self.judge)
        self.row.addWidget(self.beside)
        self.show_state(None)
        self.sides: tuple[Side, ...] = USUAL
        self.add_next()
        self.in_pieces(self.add_next, self.form.build_dispute, self.form.build_texts)

    def make_room(self, then: Callable[[], None]) -> None:
        """Keep what stands here, then make room for another; words that cannot be kept hold the form."""
        self.leave()
        self.seat.deed(lambda: None, lambda _: self.hold() if self.dirty else then())

    def hold(self) -> None:
        """Nothing is emptied while something in it is nowhere else."""
        self.told.tell(say("intake.unkept"), "late")

    def begin_new(self) -> None:
        """An empty form; what stood there is kept in its case."""
        kind = next(each for each in CaseKind if each.value == self.form.kind.value)
        self.registration = Registration(self.seat.desk, kind)
        self.case, self.editing = "", False
        self.form.empty()
        self.show_cards(USUAL)
        self.told.tell("")
        self.show_state(None)
        self.beside.clear()

    def show_cards(self, sides: tuple[Side, ...]) -> None:
        """Cards for these sides; those that stand are taken first, what is missing is built in further turns."""
        standing = list(self.cards.values())
        for card in standing[len(sides) :]:
            self.form.take_card(card)
        self.cards = dict(enumerate(standing[: len(sides)]))
        for number, card in self.cards.items():
            card.begin(number, sides[number])
        self.show_links()
        self.sides = sides
        self.in_pieces(*[self.add_next] * (len(sides) - len(self.cards)))

    def add_next(self) -> None:
        """The next card that is missing, if it still is."""
        if len(self.cards) < len(self.sides):
            self.add_card(self.sides[len(self.cards)], focus=False)

    def add_card(self, side: Side, *, focus: bool = True) -> None:
        """A further party."""
        number = max(self.cards, default=-1) + 1
        card = PartyCard(number, side, self.save_party, self.remove_card)
        self.cards[number] = card
        self.form.put_cards(list(self.cards.values()))
        self.show_links()
        if focus:
            card.fields["name"].setFocus()

    def show_links(self) -> None:
        """Agents choose among the parties that are kept."""
        kept = [card.shown for card in self.cards.values() if card.shown is not None]
        for card in self.cards.values():
            card.show_others(kept)

    def remove_card(self, number: int) -> None:
        """Take a party away; one that is frozen in an agreement stays, and the page says why."""
        registration = self.registration
        self.seat.deed(partial(registration.remove_party, number), lambda _: self.is_removed(number), self.refused)

    def is_removed(self, number: int) -> None:
        """The card goes with its party."""
        card = self.cards.pop(number, None)
        if card is not None:
            self.form.take_card(card)
            self.form.put_cards(list(self.cards.values()))
        if self.registration.case:
            self.ask()

    def choose_kind(self, value: str) -> None:
        """The kind decides the number's word, so it is chosen before anything is typed."""
        if self.registration.case:
            self.save("kind", value)
        else:
            self.registration.kind = next(each for each in CaseKind if each.value == value)

    def save(self, name: str, value: object) -> None:
        """A field of the case; one that cannot be kept stays and is told again."""
        registration = self.registration
        work = partial(registration.save, name, value, registration.seen)
        self.seat.deed(work, partial(self.is_kept, registration), partial(self.not_kept, name))

    def not_kept(self, name: str, error: MediatorError) -> None:
        """Say why; the words stay in the field."""
        if name in self.fields:
            self.fields[name].not_kept()
        self.seat.troubled.emit(error)

    def save_party(self, card: int, side: Side, fields: dict[str, object]) -> None:
        """Fields of a party."""
        registration = self.registration
        work = partial(registration.save_party, card, side, fields, registration.seen)
        failed = partial(self.party_not_kept, registration, card, tuple(fields))
        self.seat.deed(work, partial(self.is_kept, registration), failed)

    def party_not_kept(
        self, registration: Registration, card: int, names: tuple[str, ...], error: MediatorError
    ) -> None:
        """Say why; the words stay in the fields."""
        if registration is self.registration and card in self.cards:
            self.cards[card].not_kept(names)
        self.seat.troubled.emit(error)

    def is_kept(self, registration: Registration, case: CaseId) -> None:
        """Show the number as soon as there is a case."""
        if registration is self.registration:
            self.case = case
            self.when_whole(self.ask)

    def ask(self) -> None:
        """Read the case again; an answer for another registration is thrown away."""
        registration = self.registration
        self.seat.deed(registration.opened, partial(self.show_again, registration))
        self.seat.deed(registration.suspicions, partial(self.show_suspicions, registration))

    def show_suspicions(self, registration: Registration, found: tuple[tuple[Hit, ...], tuple[Road, ...]]) -> None:
        """Who and what may be known already, for the registration on the screen."""
        if registration is self.registration:
            self.beside.show_suspicions(found)

    def judge(self, hit: Hit, same: bool) -> None:
        """The clerk's word about a suspicion; the list is asked for again."""
        self.seat.deed(partial(self.registration.judge, hit, same), lambda _: self.ask())

    def show_again(self, registration: Registration, opened: Opened) -> None:
        """What changed, here or elsewhere; while something is typed the form has not seen the change yet."""
        if registration is not self.registration:
            return
        if not self.whole:
            self.when_whole(partial(self.show_again, registration, opened))
            return
        case = opened.case
        self.show_state(case)
        if self.dirty:
            return
        known = {party.id for party in case.parties}
        if known != set(registration.parties.values()):
            self.show_case(opened)
            return
        registration.seen = opened.seen
        self.form.show_case(case)
        for number, party_id in registration.parties.items():
            party = case.party(party_id)
            if number in self.cards and party is not None:
                self.cards[number].show_party(party)
        self.show_links()

    @property
    def dirty(self) -> bool:
        """Whether something stands in the form that was not told yet."""
        return self.form.dirty or any(card.dirty for card in self.cards.values())

    def show_state(self, case: Case | None) -> None:
        """Number, state, what is missing, and which buttons make sense."""
        self.number.setText(case.number if case else say("intake.not_yet"))
        status = case.status if case else CaseStatus.REGISTERED
        fresh = status is CaseStatus.REGISTERED
        self.state.setText(say("intake.draft") if fresh else status.term)
        restyle(self.state, tone="calm" if fresh else "done")
        self.accept_button.setVisible(fresh)
        self.another.setVisible(case is not None)
        self.to_case.setVisible(case is not None)
        self.beside.show_missing(case)

    def enter(self, case: str = "") -> None:
        """Go on with a case that is named; without one an edited case makes room for a new registration.

        The first name can be typed before the rest of the form stands.
        """
        self.to_first_name()
        self.when_whole(partial(self.go_on, CaseId(case)))

    def go_on(self, case: CaseId) -> None:
        """The form stands: room for what is wanted in it."""
        if case and case != self.registration.case:
            self.make_room(partial(self.load, case))
        elif not case and self.editing:
            self.make_room(self.begin_new)

    def to_first_name(self) -> None:
        """Where a registration begins."""
        next(iter(self.cards.values())).fields["name"].setFocus()

    def load(self, case: CaseId) -> None:
        """A case that was registered before, into the emptied form."""
        self.begin_new()
        self.registration.case, self.editing = case, True
        registration = self.registration
        self.seat.deed(registration.opened, lambda opened: self.show_loaded(registration, opened))

    def show_loaded(self, registration: Registration, opened: Opened) -> None:
        """A case that was registered before."""
        if registration is self.registration:
            self.show_case(opened)
            self.to_first_name()

    def show_case(self, opened: Opened) -> None:
        """Every field and every party, numbers masked."""
        case, registration = opened.case, self.registration
        self.case, registration.seen = case.id, opened.seen
        self.form.show_case(case)
        self.show_cards(tuple(party.side for party in case.parties) or USUAL)
        self.show_state(case)
        self.when_whole(partial(self.show_parties, registration, case))

    def show_parties(self, registration: Registration, case: Case) -> None:
        """One to a card, once all cards stand."""
        if registration is not self.registration:
            return
        registration.parties.clear()
        for card, party in zip(self.cards.values(), case.parties, strict=False):
            registration.parties[card.number] = party.id
            card.show_party(party)
            card.veil(masked=True)
        self.show_links()
        self.show_masks()

    def show_masks(self) -> None:
        """The line for a reason stands there only while something is masked."""
        self.form.show_reveal(any(card.masked for card in self.cards.values()))

    def reveal(self, why: str) -> None:
        """Show numbers in full, once a reason stands there and its trace is kept."""
        if self.registration.case:
            case = self.registration.case
            self.seat.deed(lambda: reading.reveal(self.seat.desk, case, why), lambda _: self.veil(False))

    def veil(self, masked: bool) -> None:
        """Hide the numbers of every party, or show them to be mended."""
        for card in self.cards.values():
            card.veil(masked)
        self.show_masks()

    def accept(self) -> None:
        """Keep what is typed, then accept; the case page shows what comes next."""
        self.flush()
        day = read_day(self.fields["accepted_on"].text)
        self.seat.once("accept", partial(self.registration.accept, day), self.accepted, self.refused)

    def accepted(self, case: CaseId) -> None:
        """On to the case; the form is free for the next, unless words in it could not be kept."""
        if self.dirty:
            self.hold()
            return
        self.begin_new()
        self.seat.went.emit("case_page", case)

    def refused(self, error: MediatorError) -> None:
        """What is missing, above and beside its field."""
        self.told.tell(sentence(error), "late")
        if error.code == "case.incomplete":
            if not self.fields["facts"].text.strip():
                self.fields["facts"].show_fault(say("intake.gap_facts"))
            if not any(card.fields["name"].text.strip() for card in self.cards.values()):
                next(iter(self.cards.values())).fields["name"].show_fault(say("intake.gap_name"))

    def flush(self) -> None:
        """Tell everything typed."""
        self.form.flush()
        for card in self.cards.values():
            card.flush()

    def leave(self) -> None:
        """Everything typed is kept, and numbers that are kept are masked again."""
        self.flush()
        self.veil(masked=True)

    def unkept(self) -> bool:
        """Words the disk refused."""
        return self.dirty

    def refresh(self, cases: frozenset[str]) -> None:
        """This case changed, here or elsewhere."""
        if self.registration.case in cases:
            self.ask()
