"""Every field that an entry may carry has a term a clerk knows."""

from mediator.core.terms import FIELD_TERMS, KIND_TERMS, field_term, kind_term
from mediator.journal.checks import FIELDS
from mediator.journal.kinds import KINDS
from mediator.store.searching import SEARCHED


def test_every_field_of_an_entry_has_a_term() -> None:
    fields = {f"{entity}.{name}" for entity, names in FIELDS.items() for name in names}
    searched = {f"{entity}.{name}" for entity, names in SEARCHED.items() for name in names}
    assert sorted((fields | searched) - set(FIELD_TERMS)) == []


def test_a_field_of_a_newer_program_still_reads_as_chinese() -> None:
    assert field_term("party.telegraph") == "其他内容"


def test_every_kind_of_entry_has_a_term() -> None:
    assert sorted(set(KINDS) - set(KIND_TERMS)) == []
    assert kind_term("weather.noted") == "其他记录"
