"""条款库: a template is chosen, its slots filled in, what it comes to read in plain words, and the clause added."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mediator.casework import compiling, reading
from mediator.casework.agreement import draft_of
from mediator.casework.complaints import complain, sentence
from mediator.core.clauses import Shape, Template, fits
from mediator.core.compiling import Compiled
from mediator.core.money import Fen, figures
from mediator.core.records import Case, CaseId, Clause, ClauseId, Party
from mediator.core.typed import shown
from mediator.errors import MediatorError
from mediator.ui.pages.composer_keeping import Keep
from mediator.ui.pages.composer_slots import Input, input_for
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Choice
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class LibraryCard(Card):
    """One form for a further clause or for one that is there; `done(clause)` hears which one was kept."""

    def __init__(self, seat: Seat, keep: Keep, done: Callable[[ClauseId], None]) -> None:
        """No case yet."""
        super().__init__(say("composer.library"), padded=True)
        self.seat, self.keep, self.done = seat, keep, done
        self.case: Case | None = None
        self.people: tuple[Party, ...] = ()
        self.editing = ClauseId("")
        self.touched = False
        self.inputs: dict[str, Input] = {}
        self.choice = Choice(say("composer.library"), [], lambda _: self.build())
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.insertWidget(1, self.choice, 1)
        self.about = label("", "small", wrap=True)
        self.sheet = QWidget()
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(0, 0, space("s"), 0)
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.told = Note("")
        self.told.hide()
        column.addWidget(self.about)
        column.addLayout(self.form)
        column.addWidget(self.told)
        column.addStretch(1)
        self.area = scrolled(self.sheet)
        self.put(self.area, 1)
        row = QHBoxLayout()
        self.give_up = button(say("composer.library_give_up"), self.clear, kind="small")
        self.save = button(say("composer.library_add"), self.keep_clause, kind="primary")
        row.addStretch(1)
        row.addWidget(self.give_up)
        row.addWidget(self.save)
        self.body.addLayout(row)

    @property
    def half_typed(self) -> bool:
        """Whether something was filled in that is in no clause yet."""
        return self.touched

    def show_case(self, case: Case, *, frozen: bool) -> None:
        """Templates and parties of the case; a form that is being filled in stays while the parties stay."""
        before, people = self.case, tuple(each for each in case.parties if each.name.strip())
        self.case = case
        self.setEnabled(not frozen and bool(people))
        gone = bool(self.editing) and self.editing not in {each.id for each in draft_of(case).clauses}
        if before is None or before.id != case.id or people != self.people or gone:
            self.people = people
            self.clear()

    def offer(self, case: Case) -> None:
        """The library in the order of this case."""
        self.choice.clear()
        for each in compiling.templates(case):
            mark = "composer.library_fits" if fits(each, case.dispute_type) else "composer.library_other"
            self.choice.addItem(say(mark, title=each.title), each.id)

    def clear(self) -> None:
        """An empty form for a further clause."""
        self.editing = ClauseId("")
        if self.case is not None:
            self.offer(self.case)
            self.build()

    @property
    def template(self) -> Template:
        """The chosen one."""
        return compiling.template_for(self.choice.value)

    def build(self) -> None:
        """Inputs of the chosen template."""
        while self.form.rowCount():
            self.form.removeRow(0)
        template, place = self.template, 0
        self.inputs = {}
        for slot in template.slots:
            made = input_for(slot, self.people, place, self.changed)
            words = label(slot.label if slot.needed else say("composer.library_may", label=slot.label), "label")
            words.setBuddy(made)
            self.form.addRow(words, made)
            self.inputs[slot.name] = made
            place += slot.shape is Shape.PARTY
        self.about.setText(template.about)
        self.choice.setEnabled(not self.editing)
        self.give_up.setVisible(bool(self.editing))
        self.save.setText(say("composer.library_change" if self.editing else "composer.library_add"))
        self.save.setAccessibleName(self.save.text())
        self.touched = False
        self.told.tell("")

    def edit(self, clause: Clause) -> None:
        """The slots of a clause that is there."""
        self.editing = clause.id
        self.choice.show_value(clause.template)
        self.build()
        for name, value in clause.slots.items():
            if name in self.inputs:
                self.inputs[name].show_typed(shown(self.template.slot(name), value, {}))
        self.changed()
        self.touched = False

    @property
    def typed(self) -> dict[str, object]:
        """What is filled in."""
        return {name: each.typed for name, each in self.inputs.items()}

    def changed(self) -> None:
        """What the clause would say, or which slot is still missing."""
        self.touched = True
        if self.case is None:
            return
        try:
            self.told.tell(preview_words(compiling.preview(self.case, self.template.id, self.typed)))
        except MediatorError as error:
            self.told.tell(complain(error).message, "soon")

    def keep_clause(self) -> None:
        """Add the clause, or write it again."""
        if self.case is None:
            return
        desk, case, clause = self.seat.desk, CaseId(self.case.id), self.editing
        template, typed = self.template.id, self.typed

        def work() -> ClauseId:
            seen = reading.reread(desk, case).seen
            if not clause:
                return compiling.add(desk, case, seen, template_id=template, typed=typed)
            compiling.change(desk, case, seen, clause=clause, typed=typed)
            return clause

        self.keep(work, partial(self.kept, typed), self.refused, once="library")

    def kept(self, sent: dict[str, Any], clause: ClauseId) -> None:
        """Free for the next, unless somebody went on typing meanwhile."""
        if self.typed == sent:
            self.clear()
        self.done(clause)

    def refused(self, error: MediatorError) -> None:
        """Why not, and the keyboard goes to the slot; what is filled in stays."""
        self.told.tell(sentence(error), "late")
        wrong = self.inputs.get(str(error.facts.get("slot", "")))
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)


def preview_words(made: Compiled) -> str:
    """The clause, and in one line what goes into the plan with it."""
    total = Fen(sum(each.amount or 0 for each in made.obligations))
    count = len(made.obligations)
    if not count:
        return say("composer.library_no_plan", text=made.text)
    key = "composer.library_plan" if total else "composer.library_deeds"
    return say(key, text=made.text, count=count, total=figures(total))
