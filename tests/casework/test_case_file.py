"""A case file is taken as its schema says or refused by the name of the place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mediator.casework.case_file import read_case_file
from mediator.casework.complaints import complain
from mediator.core.codes import AgreementForm, Side
from mediator.errors import Unacceptable
from tests.casework.desks import a_document, a_hearing, an_agreement, encoded

Document = dict[str, Any]


def party(**changes: Any) -> Document:
    """A document whose first party has these changes."""
    document = a_document()
    document["parties"][0].update(changes)
    return document


def payment(**changes: Any) -> Document:
    """A document whose agreement's payment has these changes."""
    agreement = an_agreement()
    agreement["payments"][0].update(changes)
    return a_document(agreement=agreement)


def without(name: str) -> Document:
    """A document that lacks a member."""
    document = a_document()
    del document[name]
    return document


REFUSED: list[tuple[str, Document, str, str]] = [
    ("a number where text belongs", a_document(title=5), "title", "text"),
    ("a list where an object belongs", a_document(agreement=[]), "agreement", "object"),
    ("an object where a list belongs", a_document(parties={}), "parties", "list"),
    ("null where text belongs", a_document(facts=None), "facts", "text"),
    ("an unknown field", a_document(colour="red"), "colour", "unknown"),
    ("an unknown field of a party", party(nick="x"), "parties[0].nick", "unknown"),
    ("a missing field", without("facts"), "facts", "missing"),
    ("another format", a_document(format="case"), "format", "const"),
    ("another version", a_document(version=2), "version", "const"),
    ("true for a version", a_document(version=True), "version", "const"),
    ("an unknown kind", a_document(kind="war"), "kind", "choice"),
    ("an unknown side", party(side="judge"), "parties[0].side", "choice"),
    ("an empty title", a_document(title=""), "title", "empty"),
    ("a title of control characters", a_document(title="\u0007\u202e"), "title", "empty"),
    ("a title beyond its length", a_document(title="长" * 201), "title", "long"),
    ("facts beyond their length", a_document(facts="长" * 200_001), "facts", "long"),
    ("no party", a_document(parties=[]), "parties", "few"),
    ("a ref with a capital", party(ref="A"), "parties[0].ref", "pattern"),
    ("a ref with a line end", party(ref="a\n"), "parties[0].ref", "pattern"),
    ("a ref given twice", party(ref="b"), "parties[1].ref", "ref_twice"),
    ("an agent of nobody known", party(side="agent", acts_for="z"), "parties[0].acts_for", "ref"),
    ("an agent of himself", party(side="agent", acts_for="a"), "parties[0].acts_for", "ref_self"),
    ("no such day", party(birth_date="2026-02-30"), "parties[0].birth_date", "no_day"),
    ("a day in other words", party(birth_date="5.3.2026"), "parties[0].birth_date", "day"),
    ("a day with full-width digits", party(birth_date="２０２６-03-05"), "parties[0].birth_date", "day"),
    ("a day as a number", a_document(accepted_on=20260305), "accepted_on", "text"),
    ("money as a number", payment(amount=3000), "agreement.payments[0].amount", "text"),
    ("money with a comma", payment(amount="3,000.00"), "agreement.payments[0].amount", "pattern"),
    ("money with three decimals", payment(amount="3.000"), "agreement.payments[0].amount", "pattern"),
    ("negative money", payment(amount="-1"), "agreement.payments[0].amount", "pattern"),
    ("a flag as text", payment(part_of_total="yes"), "agreement.payments[0].part_of_total", "flag"),
    ("no copy at all", a_document(agreement=an_agreement(copies=0)), "agreement.copies", "range"),
    ("copies as text", a_document(agreement=an_agreement(copies="3")), "agreement.copies", "count"),
    ("copies as a truth value", a_document(agreement=an_agreement(copies=True)), "agreement.copies", "count"),
    ("no clause", a_document(agreement=an_agreement(clauses=[])), "agreement.clauses", "few"),
    ("a time without offset", a_document(hearings=[a_hearing(held_at="2026-03-05T09:30:00")]), "hearings[0].held_at",
     "moment"),
    ("a time that does not exist", a_document(hearings=[a_hearing(held_at="2026-03-05T25:00:00Z")]),
     "hearings[0].held_at", "no_day"),
    ("a time before all calendars", a_document(hearings=[a_hearing(held_at="0001-01-01T00:00:00+14:00")]),
     "hearings[0].held_at", "no_day"),
    ("a hearing without turns", a_document(hearings=[{}]), "hearings[0].turns", "missing"),
    ("a named day that is none", a_document(dates={"立案": "soon"}), "dates.立案", "day"),
    ("a named day without a name", a_document(dates={"\u0007": "2026-03-05"}), "dates.\u0007", "name"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "where", "kind"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_fault_is_refused_with_its_place_and_a_chinese_sentence(document: Document, where: str, kind: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_case_file(encoded(document))
    assert (caught.value.code, caught.value.where, caught.value.facts["fault"]) == ("case.schema", where, kind)
    said = complain(caught.value)
    assert said.message.endswith("。")
    assert "—" not in said.message
    assert said.where in said.message


def test_in_a_list_the_place_names_the_case() -> None:
    with pytest.raises(Unacceptable) as caught:
        read_case_file(encoded([a_document(), party(birth_date="2026-02-30")]))
    assert caught.value.where == "cases[1].parties[0].birth_date"


@pytest.mark.parametrize("document", [3, "text", None, True, []], ids=repr)
def test_a_file_that_holds_no_case_is_refused(document: object) -> None:
    with pytest.raises(Unacceptable, match=r"case\.schema"):
        read_case_file(encoded(document))


def test_limits_are_met_exactly() -> None:
    longest = a_document(title="长" * 200, facts="长" * 200_000)
    assert len(read_case_file(encoded(longest)).documents[0].form.facts) == 200_000
    assert read_case_file(encoded(payment(amount="9999999999999.99"))).documents


def test_a_document_comes_typed() -> None:
    document = read_case_file(encoded(a_document(agreement=an_agreement(), accepted_on="2026-03-01"))).documents[0]
    assert document.form.accepted_on == date(2026, 3, 1)
    assert document.parties[0].form.side is Side.APPLICANT
    assert document.agreement is not None
    assert document.agreement.fields["form"] is AgreementForm.WRITTEN
    assert document.agreement.obligations[0].amount == 300_000


CLEANED: list[tuple[str, Callable[[str], Document], str]] = [
    ("facts", lambda text: a_document(facts=text), "facts"),
    ("a party's name", lambda text: party(name=text), "parties[0].name"),
    ("a turn", lambda text: a_document(hearings=[a_hearing(turns=[{"speaker": "a", "text": text}])]),
     "hearings[0].turns[0].text"),
    ("a clause", lambda text: a_document(agreement=an_agreement(clauses=[{"text": text}])),
     "agreement.clauses[0].text"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "where"), [row[1:] for row in CLEANED], ids=[row[0] for row in CLEANED])
def test_control_and_direction_characters_are_taken_out_and_the_finding_says_where(
    make: Callable[[str], Document], where: str
) -> None:
    read = read_case_file(encoded(make("甲\u202e乙\u0007")))
    assert [each.place for each in read.findings] == [where]
    assert "第2个字符（U+202E）" in read.findings[0].message
    assert "\u202e" not in repr(read.documents)


def test_other_changes_of_text_are_told_too() -> None:
    read = read_case_file(encoded(a_document(facts="e\u0301\r\n\t甲")))
    assert read.documents[0].form.facts == "é\n 甲"
    assert len(read.findings) == 2


def test_a_clean_file_has_no_findings() -> None:
    assert read_case_file(encoded(a_document(facts="第一段。\n第二段：𠀋。"))).findings == ()
