"""The values a template is filled with: plain texts, numbers, lists and dictionaries, nothing that can be called (T31).

They are read from the same record and the same composed paper as our own writers read, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from mediator.core.codes import Sex
from mediator.core.dates import chinese_date, day_words
from mediator.core.money import figures
from mediator.core.numerals import chinese
from mediator.core.records import Agreement, Case, Obligation, Party, Turn
from mediator.docs.composing import ticked
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Filled, Shape, filled
from mediator.docs.forms.known import hearing_of
from mediator.docs.forms.parts import details, label_of, parties_of, payment_table
from mediator.docs.kinds import KindInfo
from mediator.docs.model import Document, Signatures
from mediator.docs.templates.fields import LISTS, Slot, Sort, fields_of, slots_of

# Stands for one character of a ruled gap; no text of people can hold it, as it is no character.
GAP: Final = "\ufdd0"
Plain = str | int | list["Plain"] | dict[str, "Plain"]
Row = Mapping[str, str | Sequence[str]]


def context_of(info: KindInfo, case: Case, facts: PaperFacts) -> dict[str, Plain]:
    """Every name of `slots_of` with its value, in English and Chinese; a missing text is its ruled gap."""
    paper = info.compose(case, facts)
    values = {**filled(fields_of(info), case, facts).values, **printed_on(paper)}
    found: dict[str, object] = {field.name: values.get(field.name, "") for field in fields_of(info)}
    for field in fields_of(info):
        if field.shape is Shape.LINES:
            found[f"{field.name}_lines"] = lines(str(found[field.name]))
        if field.shape is Shape.CHOICE:
            found[f"{field.name}_ticks"] = ticked(field, str(found[field.name]))
    for each in LISTS:
        found.setdefault(each.name, list(READERS[each.name](case, facts, paper)))
    return named(slots_of(info), found)


def printed_on(paper: Document) -> dict[str, str]:
    """What only the composed paper knows: its title, whose seal, which day."""
    signing = next((block for block in paper.blocks if isinstance(block, Signatures)), Signatures(()))
    return {"title": paper.title, "seal": signing.seal, "day": signing.day}


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for line in text.split("\n") if line.strip()]


def named(slots: Sequence[Slot], values: Mapping[str, object]) -> dict[str, Plain]:
    """Values under both names of their slots; flags say whether there is something."""
    found: dict[str, Plain] = {}
    for slot in slots:
        value = flag(slot, values) if slot.sort is Sort.FLAG else plain(slot, values[slot.name])
        found |= dict.fromkeys(slot.names, value)
    return found


def flag(slot: Slot, values: Mapping[str, object]) -> int:
    """1 where there is something."""
    return int(bool(values[slot.name.removeprefix("has_")]))


def plain(slot: Slot, value: object) -> Plain:
    """One value as a template may have it."""
    if slot.sort is Sort.ROWS and isinstance(value, list | tuple):
        return [named(slot.columns, row_of(slot, row)) for row in value]
    if slot.sort is Sort.LINES and isinstance(value, list | tuple):
        return [str(line) for line in value]
    return str(value) or GAP * slot.gap


def row_of(slot: Slot, row: object) -> Mapping[str, object]:
    """A row by the names of its columns; a typed table has its cells in order."""
    if isinstance(row, Mapping):
        return row
    names = [each.name for each in slot.columns if each.sort is not Sort.FLAG]
    return dict(zip(names, row if isinstance(row, tuple) else (), strict=True))


def party_rows(case: Case, _facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """Everybody an agreement names."""
    for party in parties_of(case):
        yield {
            "label": label_of(party), "name": party.name, "represents": represents(case, party),
            "details": "，".join(f"{label}：{value}" for label, value in details(party)),
            "sex": party.sex.term if isinstance(party.sex, Sex) else "",
            "birth_date": day_words(party.birth_date), "ethnicity": party.ethnicity,
            "occupation": party.occupation, "id_number": party.id_number, "address": party.address,
            "phone": party.phone, "legal_representative": party.legal_representative,
        }  # fmt: skip


def represents(case: Case, party: Party) -> str:
    """`（代表某人，一般授权）` of an agent or guardian."""
    other = case.party(party.acts_for) if party.acts_for else None
    scope = f"，{party.authorization.term}" if party.authorization else ""
    return f"（代表{other.name}{scope}）" if other else ""


def agreement_of(case: Case) -> Agreement:
    """The agreement, empty for none."""
    return case.agreement or Agreement()


def clause_rows(case: Case, _facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """Clauses with their Chinese numbers."""
    for place, clause in enumerate(agreement_of(case).clauses, 1):
        yield {"number": chinese(place), "text": clause.text}


def payment_rows(case: Case, _facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """The payment plan, cell by cell as our own table prints it."""
    plan: Sequence[Obligation] = agreement_of(case).obligations
    names = ("number", "payer", "payee", "owed", "due", "method")
    return (dict(zip(names, row, strict=True)) for row in (payment_table(plan).rows if plan else ()))


def received_rows(case: Case, _facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """Payments that count."""
    for each in case.payments:
        if not each.voided:
            yield {
                "amount": f"{figures(each.amount)}元", "paid_on": chinese_date(each.paid_on), "method": each.method
            }  # fmt: skip


def turn_row(turn: Turn) -> Row:
    """One turn, its first line and the others."""
    first, *more = turn.text.split("\n")
    return {"speaker": turn.speaker, "text": first, "more": [line for line in more if line.strip()]}


def turn_rows(case: Case, facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """What was said before the record was read out."""
    return (turn_row(turn) for turn in hearing_of(case, facts).turns if not turn.late)


def late_rows(case: Case, facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """What was written down after it."""
    return (turn_row(turn) for turn in hearing_of(case, facts).turns if turn.late)


EVIDENCE: Final = next(each for each in LISTS if each.name == "evidence")


def evidence_rows(case: Case, _facts: PaperFacts, _paper: Document) -> Iterator[Row]:
    """The newest list of evidence that was typed for this case."""
    names = tuple(each.name for each in EVIDENCE.columns)
    form = next((each for each in reversed(case.forms) if each.paper == "evidence_list"), None)
    typed = Filled(form.values if form else {}).rows("evidence")
    return (dict(zip(names, row, strict=True)) for row in typed)


def place_rows(_case: Case, _facts: PaperFacts, paper: Document) -> Iterator[Row]:
    """Every place to sign of the composed paper, in order."""
    return ({"label": each.label, "name": each.name, "manner": each.manner} for each in paper.places)


READERS: Final[Mapping[str, Callable[[Case, PaperFacts, Document], Iterator[Row]]]] = {
    "parties": party_rows, "clauses": clause_rows, "payments": payment_rows, "received": received_rows,
    "turns": turn_rows, "late_turns": late_rows, "evidence": evidence_rows, "places": place_rows,
}  # fmt: skip
