"""What a file says of itself: its numbers lead on, its copies are enough, its names are those of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mediator.core.records import Case
from mediator.docs.checks.bench import Examined
from mediator.docs.checks.lone import faults
from mediator.docs.checks.said import clauses_in_order
from mediator.docs.facts import Paper
from tests.docs.checks.test_pdf import redrawn, rows_of
from tests.docs.papers import a_case, issued, some_facts
from tests.docs.planted import KIND, the_agreement, with_part

BOTH = ("docx", "pdf")
BINDING = (KIND, "settlement_agreement", "supplement_agreement", "administrative_mediation_agreement")


def found(made: Paper, form: str, case: Case | None = None) -> set[str]:
    """Which checks speak of one of its files."""
    return {each.check for each in faults(f"{made.number} {made.title}.{form}", made.files[form], case)}


def renamed(name: str) -> Case:
    """The record where the second party is called otherwise."""
    first, second, *rest = a_case().parties
    return replace(a_case(), parties=(first, replace(second, name=name), *rest))


def on_the_bench(files: Mapping[str, bytes]) -> Examined:
    """Files of an agreement without anything else."""
    return Examined(Paper(KIND, "", "", 0, files), a_case(), some_facts(), None)


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("kind", BINDING)
def test_a_sound_agreement_has_no_fault_with_its_case_at_hand(kind: str, form: str) -> None:
    assert found(issued(kind), form, a_case()) == set()


def counted_by_hand(main: str) -> str:
    """The last clause loses its number to one that somebody typed."""
    head, _, tail = main.rpartition("<w:numPr>")
    _, _, after = tail.partition("</w:numPr>")
    return head + after.replace("双方就此纠纷", "五、双方就此纠纷", 1)


def test_a_number_that_nothing_leads_to_is_told() -> None:
    assert "C16" in found(with_part(issued(KIND), "word/document.xml", counted_by_hand), "docx")
    pages = [[row for row in page if not row.startswith("二、")] for page in rows_of(KIND)]
    assert [each.check for each in clauses_in_order(on_the_bench({"pdf": redrawn(pages)}))] == ["C16"]
    assert not list(clauses_in_order(on_the_bench({"pdf": redrawn(rows_of(KIND))})))


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize(("copies", "told"), [(1, True), (2, True), (3, False), (12, False)])
def test_copies_are_one_a_party_and_one_for_the_committee(copies: int, told: bool, form: str) -> None:
    made = issued(KIND, replace(a_case(), agreement=replace(the_agreement(a_case()), copies=copies)))
    assert ("C21" in found(made, form)) is told


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("kind", [KIND, "settlement_agreement", "confirmation_application"])
def test_a_name_that_the_record_does_not_have_is_told(kind: str, form: str) -> None:
    assert "C23" in found(issued(kind), form, renamed("吴另"))
    assert found(issued(kind), form, a_case()) == set()
