"""Forms: what a clerk types for one paper beside the record, kept like everything else, before anything is printed."""

from __future__ import annotations

from collections.abc import Mapping

from mediator.casework import issuers
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for, plain
from mediator.casework.guards import held
from mediator.casework.importing import Source, read_source
from mediator.casework.intake import Seen
from mediator.casework.strict_json import decode
from mediator.casework.texts import cleaned_fields
from mediator.core.records import Case, CaseId, FormId, PaperForm, Rows, Value
from mediator.docs import catalogue
from mediator.docs.fields import Field, as_printed
from mediator.errors import Unacceptable
from mediator.store.appending import Changes

FormField = Field


def fields_of(kind: str) -> tuple[FormField, ...]:
    """The fields that the form of a kind asks; raises RefusedByRule `document.kind`."""
    return catalogue.kind_of(kind).fields


def fill(desk: Desk, case_id: CaseId, seen: Seen, *, kind: str, values: Mapping[str, Value]) -> FormId:
    """A new form with these values; a letter begins with its usual sender.

    Raises Unacceptable `field.unknown`, `field.value`: nothing is kept then.
    """
    held(desk, case_id)
    form = FormId(desk.fresh_id())
    typed = {"paper": kind, **checked(desk, kind, {**issuers.usual(desk, kind), **values})}
    pen = pen_for(desk, case_id, seen)
    desk.vault.append(pen.set_fields("form.added", typed, then="form.set", key=form))
    return form


def refill(desk: Desk, case_id: CaseId, seen: Seen, *, form: FormId, values: Mapping[str, Value]) -> Changes:
    """Write fields of a form; an empty value takes back what was typed."""
    kept = of_case(held(desk, case_id).case, form)
    typed = checked(desk, kept.paper, values)
    return desk.vault.append(pen_for(desk, case_id, seen).set_fields("form.set", typed, key=form))


def discard(desk: Desk, case_id: CaseId, seen: Seen, *, form: FormId) -> Changes:
    """Take a form back; papers issued from it stay as they are."""
    of_case(held(desk, case_id).case, form)
    return desk.vault.append([pen_for(desk, case_id, seen).write("form.removed", id=form)])


def of_case(case: Case, form: FormId) -> PaperForm:
    """One form of a case; raises Unacceptable `form.unknown`."""
    found = next((each for each in case.forms if each.id == form), None)
    if found is None:
        raise Unacceptable("form.unknown")
    return found


def latest(case: Case, kind: str) -> PaperForm | None:
    """The newest form of a kind: what the next paper of this kind is made from."""
    return next((each for each in reversed(case.forms) if each.paper == kind), None)


def checked(desk: Desk, kind: str, values: Mapping[str, Value]) -> dict[str, object]:
    """Cleaned values that fit the fields of the form, as entries hold them."""
    fields = {field.name: field for field in fields_of(kind)}
    unknown = [name for name in values if name not in fields]
    if unknown:
        raise Unacceptable("field.unknown", where=unknown[0])
    clean = cleaned_fields(desk, values)
    for name, value in clean.items():
        if value:
            as_printed(fields[name], as_value(value))
    return {name: plain(value) for name, value in clean.items()}


def as_value(value: object) -> Value:
    """A cleaned value as forms know it."""
    return value if isinstance(value, str) else rows_of(value)


def rows_of(value: object) -> Rows:
    """Rows of texts; raises Unacceptable `field.value` for anything else."""
    if not isinstance(value, list | tuple) or not all(map(is_row, value)):
        raise Unacceptable("field.value")
    return tuple(map(tuple, value))


def is_row(value: object) -> bool:
    """A list of texts."""
    return isinstance(value, list | tuple) and all(isinstance(cell, str) for cell in value)


def read_values(source: Source) -> dict[str, Value]:
    """What a file says of the fields of a form: one JSON object of texts and of rows of texts.

    Raises Unacceptable `case.*` for what is no JSON, `field.value` with the name of the field that is neither.
    """
    found = decode(read_source(source))
    if not isinstance(found, dict):
        raise Unacceptable("field.values")
    values: dict[str, Value] = {}
    for name, value in found.items():
        try:
            values[name] = as_value(value)
        except Unacceptable:
            raise Unacceptable("field.value", where=name) from None
    return values
