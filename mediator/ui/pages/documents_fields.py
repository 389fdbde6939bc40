"""One control for each field of a form, by its shape; each shows what the record knows and what was typed instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework.forms import FormField
from mediator.core.records import Rows, Value
from mediator.ui.pages.documents_rows import FormRows, RowsTable
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import Choice, Field
from mediator.ui.pieces.labels import label, restyle, spoken
from mediator.ui.pieces.moments import iso_day, iso_moment, yuan
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

Tell = Callable[[Value], None]
LONG: Final = 3
SHOWN_KNOWN: Final = 60


def as_it_stands(text: str) -> str | None:
    """Words need no reading."""
    return text


READERS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "text": as_it_stands, "lines": as_it_stands, "day": iso_day, "moment": iso_moment, "money": yuan,
}  # fmt: skip


class Control(Protocol):
    """What every control of a form can do; `show_value` never overwrites what is being typed."""

    @property
    def dirty(self) -> bool: ...
    def flush(self) -> None: ...
    def not_kept(self) -> None: ...
    def show_value(self, value: Value, known: Value) -> None: ...
    def show_fault(self, text: str) -> None: ...


class TypedLine(Field):
    """Words, a day, a moment or a sum. What cannot be read stays with a word beside it and is not told."""

    def __init__(self, field: FormField, tell: Tell) -> None:
        """`tell(value)` gets what entries hold: a day as ISO text, a sum in yuan."""
        self.shape, self.tell = field.shape.value, tell
        rows = LONG if self.shape == "lines" else 1
        super().__init__(marked(field), self._read, rows=rows, hint=self._hint(""))

    def _hint(self, known: str) -> str:
        """What the record knows, in grey; else how a day or a sum is typed."""
        if known:
            shown = known if len(known) <= SHOWN_KNOWN else f"{known[:SHOWN_KNOWN]}……"
            return say("documents.known", value=shown.replace("\n", "　"))
        return say(f"documents.hint_{self.shape}") if self.shape in {"day", "moment", "money"} else ""

    def _read(self, text: str) -> None:
        """Tell what was read."""
        value = READERS[self.shape](text)
        if value is None:
            self.not_kept()
            self.show_fault(say(f"documents.fault_{self.shape}"))
        else:
            self.show_fault("")
            self.tell(value)

    def show_value(self, value: Value, known: Value) -> None:
        """A kept value; one that was typed in another form of the same day or sum is left as the person typed it."""
        self.input.setPlaceholderText(self._hint(str(known)))
        self.input.setToolTip(str(known))
        if not self.dirty and READERS[self.shape](self.text) != value:
            self.show_text(str(value))


class Picked(QWidget):
    """One of the form's own words, or none."""

    def __init__(self, field: FormField, tell: Tell) -> None:
        """Nothing is chosen at first."""
        super().__init__()
        self.tell, self.dirty = tell, False
        options = [("", say("documents.not_chosen")), *((each, each) for each in field.choices)]
        self.choice = Choice(marked(field), options, tell)
        self.fault = label("", "fault", wrap=True)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.choice)
        column.addWidget(self.fault)
        self.setFocusProxy(self.choice)

    def flush(self) -> None:
        """A choice is told at once; one that was refused is told again."""
        if self.dirty:
            self.dirty = False
            self.tell(self.choice.value)

    def not_kept(self) -> None:
        """The choice stays."""
        self.dirty = True

    def show_value(self, value: Value, known: Value) -> None:
        """A kept choice; the empty line says what the record knows."""
        self.choice.setItemText(0, say("documents.known", value=known) if known else say("documents.not_chosen"))
        if not self.dirty:
            self.choice.show_value(str(value))

    def show_fault(self, text: str) -> None:
        """What is wrong just below; an empty text takes it away."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        restyle(self.choice, fault=bool(text))


class TypedRows(QWidget):
    """A table of the form, its own rows or those of the record."""

    def __init__(self, field: FormField, tell: Tell, look: Look) -> None:
        """Without rows of its own the record's are printed."""
        super().__init__()
        self.tell, self.refused = tell, False
        self.known: Rows = ()
        self.model = FormRows(field.columns, tell)
        self.table = RowsTable(self.model, marked(field), look)
        self.about, self.fault = label("", "small", wrap=True), label("", "fault", wrap=True)
        self.fault.hide()
        self.copy = button(say("documents.copy_known"), self.copy_known, kind="small")
        self.remove = button(say("documents.remove_row"), self.table.remove_row, kind="small")
        self.remove.setToolTip("Ctrl+Delete")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("xs"))
        column.addWidget(self.table)
        column.addWidget(self.fault)
        column.addWidget(self.about)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(self.table)

    @property
    def dirty(self) -> bool:
        """Whether an open cell holds words the table does not have, or rows were refused."""
        return self.refused or self.table.editor.unkept

    def flush(self) -> None:
        """Keep the open cell; rows that were refused are told again."""
        again, self.refused = self.refused, False
        before = self.model.rows
        self.table.editor.keep()
        if again and before == self.model.rows:
            self.tell(self.model.rows)

    def not_kept(self) -> None:
        """The rows stay."""
        self.refused = True

    def copy_known(self) -> None:
        """Take the record's rows over to change them."""
        self.model.show_rows(self.known)
        self.tell(self.model.rows)

    def show_value(self, value: Value, known: Value) -> None:
        """Kept rows, and how many the record has."""
        self.known, rows = rows_in(known), rows_in(value)
        printed = self.known if not rows else ()
        self.copy.setVisible(bool(printed))
        about = say("documents.known_rows", count=len(printed)) if printed else ""
        self.about.setText(about + say("documents.rows_keys"))
        if not self.dirty and rows != self.model.rows:
            self.model.show_rows(rows)

    def show_fault(self, text: str) -> None:
        """What is wrong just below; an empty text takes it away."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


def rows_in(value: Value) -> Rows:
    """Rows of a value; nothing was typed where it is a text."""
    return () if isinstance(value, str) else value


def marked(field: FormField) -> str:
    """The label; what is obligatory carries a star."""
    return f"{field.label} *" if field.needed else field.label


def control_for(field: FormField, tell: Tell, look: Look) -> TypedLine | Picked | TypedRows:
    """The control for a field's shape; the reader of the screen hears that it is obligatory."""
    made: TypedLine | Picked | TypedRows
    if field.shape.value == "rows":
        made = TypedRows(field, tell, look)
    elif field.shape.value == "choice":
        made = Picked(field, tell)
    else:
        made = TypedLine(field, tell)
    inner = made.focusProxy() or made
    inner.setAccessibleName(spoken(marked(field)))
    inner.setAccessibleDescription(say("documents.needed") if field.needed else "")
    return made
