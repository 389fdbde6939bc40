"""The agreement of a case: as it stands in draft, and as a signing froze it for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mediator.core.codes import AgreementForm
from mediator.core.money import Fen
from mediator.core.records import Agreement, Clause, ClauseId, Obligation, ObligationId, PartyId
from mediator.journal.reading import Reader, code, day, present, rows_of
from mediator.journal.state import AGREEMENT, State

_OBLIGATION: Final = (
    "payer", "payee", "amount", "due_on", "due_as_given", "method", "part_of_total", "goods", "note", "payer_party",
    "payee_party", "clause",
)  # fmt: skip
_COMPILED: Final = ("template", "slots")


def clause_of(key: str, reader: Reader) -> Clause:
    """One clause."""
    text, no, template = (reader.text(name) for name in ("text", "no", "template"))
    return Clause(ClauseId(key), text, no, template, reader.members("slots") if template else {})


def obligation_of(key: str, reader: Reader) -> Obligation:
    """One obligation; an amount of None means goods or not yet filled in."""
    amount = reader.count("amount")
    payer, payee = reader.text("payer_party"), reader.text("payee_party")
    return Obligation(
        id=ObligationId(key),
        payer=reader.text("payer"),
        payee=reader.text("payee"),
        amount=None if amount is None else Fen(amount),
        due_on=day(reader.get("due_on")),
        due_as_given=reader.text("due_as_given"),
        method=reader.text("method"),
        part_of_total=reader.flag("part_of_total"),
        goods=reader.text("goods"),
        note=reader.text("note"),
        payer_party=PartyId(payer) if payer else None,
        payee_party=PartyId(payee) if payee else None,
        clause=ClauseId(reader.text("clause")) if reader.text("clause") else None,
    )


def in_order(clauses: list[tuple[str, Reader]], order: tuple[str, ...]) -> list[tuple[str, Reader]]:
    """Clauses by the one order field; those missing from it stand at the end."""
    place = {key: number for number, key in enumerate(order)}
    return sorted(clauses, key=lambda row: place.get(row[0], len(place)))


def draft_content(state: State) -> dict[str, object]:
    """The agreement as it stands, in plain values: what signing freezes as canonical bytes."""
    agreement = Reader.of(state.items.get(AGREEMENT))
    clauses = in_order(present(state, "clause"), agreement.texts("order"))
    names = ("form", "signed_on", "place", "disputed_points", "responsibility", "copies")
    return {
        "fields": {name: agreement.get(name) for name in names if agreement.get(name) not in (None, "")},
        "clauses": [
            {"id": key, "text": r.text("text"), "no": r.text("no")}
            | {name: value for name in _COMPILED if (value := r.get(name)) not in (None, "")}
            for key, r in clauses
        ],
        "obligations": [
            {"id": key} | {name: value for name in _OBLIGATION if (value := r.get(name)) not in (None, "")}
            for key, r in present(state, "obligation")
        ],
    }


def agreement_of(state: State) -> Agreement | None:
    """The signed agreement as frozen, else the draft; None when nothing of one is there."""
    if state.signings:
        signing = state.signings[0]
        return agreement_from(signing.content, signing.digest)
    content = draft_content(state)
    begun = AGREEMENT in state.items or content["clauses"] or content["obligations"]
    return agreement_from(content, "") if begun else None


def agreement_from(content: Mapping[str, object], digest: str) -> Agreement:
    """The record of an agreement from its plain values; `digest` is empty for a draft."""
    fields = content.get("fields")
    reader = Reader(fields if isinstance(fields, dict) else {})
    return Agreement(
        form=code(AgreementForm, reader.get("form")) or AgreementForm.WRITTEN,
        clauses=tuple(clause_of(str(row["id"]), Reader(row)) for row in rows_of(content, "clauses")),
        obligations=tuple(obligation_of(str(row["id"]), Reader(row)) for row in rows_of(content, "obligations")),
        disputed_points=reader.text("disputed_points"),
        responsibility=reader.text("responsibility"),
        place=reader.text("place"),
        signed_on=day(reader.get("signed_on")),
        copies=reader.count("copies"),
        digest=digest,
    )
