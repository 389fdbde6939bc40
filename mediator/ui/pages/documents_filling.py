"""What is typed for one paper, kept in the vault: its methods run on the worker's lane, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mediator.casework import checking, forms, issuers, printing, reading
from mediator.casework.desk import Desk
from mediator.casework.forms import FormField
from mediator.casework.intake import Seen
from mediator.casework.printing import About
from mediator.core.records import Case, CaseId, FormId, PaperForm, Value

UNSEEN: Final[Seen] = {}


@dataclass(frozen=True, slots=True)
class FormState:
    """The forms of one kind in a case: what was typed, what the record knows, what is still open.

    `known` are printed values by field name, `gaps` the names of needed fields that have neither.
    """

    forms: tuple[PaperForm, ...]
    chosen: FormId | None
    values: Mapping[str, Value]
    known: Mapping[str, Value]
    gaps: frozenset[str]
    seen: Seen


@dataclass(eq=False)
class Filling:
    """One form of a kind; `form` is None until the first word of the first form was kept."""

    desk: Desk
    case: CaseId
    kind: str
    form: FormId | None = None
    seen: Seen = field(default_factory=lambda: UNSEEN)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What the kind asks."""
        return forms.fields_of(self.kind)

    def look(self) -> FormState:
        """The forms of the kind as they stand."""
        return look(self.desk, self.case, self.kind, self.form)

    def save(self, name: str, value: Value, seen: Seen) -> None:
        """Keep a field; raises Unacceptable `field.value`, and nothing is kept then."""
        values = {name: value}
        if self.form is None:
            self.form = forms.fill(self.desk, self.case, seen, kind=self.kind, values=values)
        else:
            forms.refill(self.desk, self.case, seen, form=self.form, values=values)

    def begin(self, values: Mapping[str, Value]) -> None:
        """A further form of this kind, begun with these values: the same notice for the next person."""
        self.form = forms.fill(self.desk, self.case, self.fresh(), kind=self.kind, values=values)

    def discard(self) -> None:
        """Take the form back; papers issued from it stay."""
        if self.form is not None:
            forms.discard(self.desk, self.case, self.fresh(), form=self.form)
            self.form = None

    def fresh(self) -> Seen:
        """The marks of the case as it stands: begun or taken back on purpose, whatever was typed meanwhile."""
        return reading.reread(self.desk, self.case).seen


def look(desk: Desk, case_id: CaseId, kind: str, form: FormId | None) -> FormState:
    """Read the forms of a kind; without a form that still exists the newest is chosen."""
    opened = reading.reread(desk, case_id)
    mine = tuple(each for each in opened.case.forms if each.paper == kind)
    chosen = next((each for each in mine if each.id == form), mine[-1] if mine else None)
    about = About(form=chosen.id if chosen else None)
    return FormState(
        forms=mine,
        chosen=about.form,
        values=chosen.values if chosen else {},
        known=known_values(desk, opened.case, kind, about),
        gaps=open_fields(desk, opened.case, kind, about),
        seen=opened.seen,
    )


def known_values(desk: Desk, case: Case, kind: str, about: About) -> dict[str, Value]:
    """What the record knows of each field, as it would be printed."""
    named = checking.as_printed(desk, case)
    facts = printing.facts_of(desk, named, kind, about=about)
    found = {each.name: each.known(named, facts) for each in forms.fields_of(kind) if each.known is not None}
    return {**found, **issuers.usual(desk, kind)}


def open_fields(desk: Desk, case: Case, kind: str, about: About) -> frozenset[str]:
    """Names of needed fields that have no value."""
    found = {each.place for each in printing.findings_for(desk, case, kind, about=about)}
    return frozenset(each.name for each in forms.fields_of(kind) if f"{kind}.{each.name}" in found)
