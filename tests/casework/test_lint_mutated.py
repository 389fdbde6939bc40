# ruff: noqa: E501 — a row of the table of changes is one line
"""Good agreements by the hundred pass the lint; one changed place in them is found, or shows on the paper."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from mediator.casework import importing, reading
from mediator.casework.checking import as_printed
from mediator.casework.desk import Desk
from mediator.casework.practice import made_up
from mediator.core.findings import Severity
from mediator.core.lint import check_agreement
from mediator.core.money import DIGITS, Fen
from mediator.core.records import Agreement, Case
from mediator.docs.finished_word import WordFile
from mediator.docs.making import make
from tests.docs.papers import fonts, some_facts

DAYS = [date(2026, 1, 5) + timedelta(days=each) for each in range(150)]
TODAY = date(2026, 9, 1)
Change = Callable[[Case, Random], Case]


def agreement_of(case: Case) -> Agreement:
    """Its agreement."""
    assert case.agreement is not None
    return case.agreement


def agreed(case: Case, **members: object) -> Case:
    """Other members of the agreement."""
    return replace(case, agreement=replace(agreement_of(case), **members))  # type: ignore[arg-type]  # by name


def in_clause(case: Case, chance: Random, pattern: str, change: Callable[[str], str]) -> Case:
    """One match in one clause changed."""
    places = [
        (number, match) for number, each in enumerate(agreement_of(case).clauses)
        for match in re.finditer(pattern, each.text)
    ]  # fmt: skip
    if not places:
        return case
    number, match = chance.choice(places)
    clauses = list(agreement_of(case).clauses)
    text = clauses[number].text
    clauses[number] = replace(clauses[number], text=text[: match.start()] + change(match[0]) + text[match.end() :])
    return agreed(case, clauses=tuple(clauses))


def other_figure(text: str) -> str:
    """The next digit, 9 after 8, 1 after 9."""
    return str(int(text) % 9 + 1)


def other_word(text: str) -> str:
    """The next numeral in words."""
    return DIGITS[DIGITS.index(text) % 9 + 1]


def one_obligation(case: Case, chance: Random, **change: object) -> Case:
    """One obligation changed; a callable makes the new value from the old one."""
    owed = list(agreement_of(case).obligations)
    place = chance.randrange(len(owed))
    members: dict[str, Any] = {
        name: value(getattr(owed[place], name)) if callable(value) else value for name, value in change.items()
    }
    owed[place] = replace(owed[place], **members)
    return agreed(case, obligations=tuple(owed))


CHANGES: dict[str, tuple[Change, bool]] = {
    "figure of a sum": (lambda c, r: in_clause(c, r, r"(?<=[\d,])[1-9](?=[\d,]*\.00元（)|[1-9](?=[\d,]*\.00元（)", other_figure), True),
    "word of a sum": (lambda c, r: in_clause(c, r, "(?<=大写：)[壹贰叁肆伍陆柒捌玖]", other_word), True),
    "figure of a day": (lambda c, r: in_clause(c, r, r"\d(?=日前)", other_figure), True),
    "name in a clause": (lambda c, r: in_clause(c, r, re.escape(r.choice(c.parties).name), lambda name: name[0] + "某某"), True),
    "sum owed": (lambda c, r: one_obligation(c, r, amount=lambda old: Fen(old + 100)), True),
    "day owed": (lambda c, r: one_obligation(c, r, due_on=lambda old: old - timedelta(days=400)), True),
    "payer": (lambda c, r: one_obligation(c, r, payer="", payer_party=None), True),
    "party dropped": (lambda c, r: replace(c, parties=c.parties[:1] if r.random() < 0.5 else c.parties[1:]), True),
    "party's name": (lambda c, _: replace(c, parties=(replace(c.parties[0], name="欧阳无名"), *c.parties[1:])), False),
    "clause dropped": (lambda c, _: agreed(c, clauses=agreement_of(c).clauses[1:]), False),
    "obligation dropped": (lambda c, _: agreed(c, obligations=agreement_of(c).obligations[1:]), False),
}  # fmt: skip


def good(desk: Desk, seed: int, count: int) -> list[Case]:
    """Signed agreements of made-up cases."""
    documents = list(made_up(seed, count * 2, township="331122101", days=DAYS))
    taken = importing.import_file(desk, json.dumps(documents, ensure_ascii=False).encode())
    cases = [as_printed(desk, reading.reread(desk, each.id).case) for each in taken.cases]
    return [each for each in cases if each.agreement][:count]


def findings(case: Case) -> set[tuple[str, str, str]]:
    """Rule, place and words."""
    return {(each.rule, each.place, each.message) for each in check_agreement(case, today=TODAY)}


def printed(case: Case) -> list[str]:
    """The agreement's paragraphs."""
    paper = make("mediation_agreement", case, some_facts(draft=True), fonts=fonts(), formats=("docx",))
    return WordFile(paper.files["docx"]).paragraphs


def mutated(desk: Desk, *, seed: int, cases: int, tries: int) -> Counter[tuple[str, bool]]:
    """How many of each sort were found by a rule; one that no rule finds shows on the paper."""
    chance, told, pool = Random(seed), Counter[tuple[str, bool]](), good(desk, seed, cases)
    while sum(told.values()) < tries:
        case, sort = chance.choice(pool), chance.choice(list(CHANGES))
        other = CHANGES[sort][0](case, chance)
        if other == case:
            continue
        found = bool(findings(other) - findings(case))
        assert found or not CHANGES[sort][1], (sort, case.title, agreement_of(other))
        assert found or printed(other) != printed(case), (sort, case.title)
        told[sort, found] += 1
    return told


def test_no_rule_blocks_a_good_agreement(desk: Desk) -> None:
    for case in good(desk, 11, 40):
        assert [each for each in check_agreement(case, today=TODAY) if each.severity is Severity.BLOCK] == []


def test_a_changed_place_of_a_good_agreement_is_found_or_shows_on_the_paper(desk: Desk) -> None:
    assert len(mutated(desk, seed=12, cases=20, tries=120)) > len(CHANGES) // 2


@pytest.mark.full
def test_two_hundred_good_agreements_pass_and_two_thousand_changes_are_found(desk: Desk) -> None:
    for case in good(desk, 13, 200):
        assert [each for each in check_agreement(case, today=TODAY) if each.severity is Severity.BLOCK] == []
    told = mutated(desk, seed=14, cases=100, tries=2000)
    for (sort, found), count in sorted(told.items()):
        print(f"{sort}\t{'rule' if found else 'paper'}\t{count}")
