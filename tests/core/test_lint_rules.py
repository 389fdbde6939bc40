"""The lint rule by rule: three flawed agreements are found, a near miss is not, and a whole one has nothing to find."""

from __future__ import annotations

import pytest

from mediator.core.findings import Severity
from mediator.core.lint import check_agreement
from mediator.core.lint_table import ORDER, raised, shipped_lint
from mediator.core.records import Case
from mediator.errors import Unacceptable
from tests.core.lint_cases import RULES, SIGNED, more, whole

FLAWED = [(rule, number) for rule, (flawed, _) in RULES.items() for number in range(len(flawed))]


def rules_of(case: Case) -> set[str]:
    """Which rules find something."""
    return {each.rule for each in check_agreement(case, today=SIGNED)}


def test_there_is_nothing_to_find_in_a_whole_agreement() -> None:
    assert check_agreement(whole(), today=SIGNED) == ()


@pytest.mark.parametrize(("rule", "number"), FLAWED)
def test_a_flawed_agreement_is_found(rule: str, number: int) -> None:
    assert rule in rules_of(RULES[rule][0][number](whole()))


@pytest.mark.parametrize("rule", RULES)
def test_a_near_miss_is_left_in_peace(rule: str) -> None:
    assert rule not in rules_of(RULES[rule][1](whole()))


def test_a_finding_is_never_milder_than_its_rule_and_names_its_source_and_place() -> None:
    for flawed, _ in RULES.values():
        for each in check_agreement(flawed[0](whole()), today=SIGNED):
            rule = shipped_lint()[each.rule]
            assert ORDER.index(each.severity) >= ORDER.index(rule.severity)
            assert (each.source, bool(each.place), bool(each.message)) == (rule.source, True, True)


def test_a_county_makes_a_rule_graver() -> None:
    table = raised(shipped_lint(), {"severities": [["V19", "block"]]})
    (found,) = check_agreement(more("李建军尽快修好围墙，张秀兰提供便利。")(whole()), today=SIGNED, table=table)
    assert (found.rule, found.severity) == ("V19", Severity.BLOCK)


@pytest.mark.parametrize(
    "county",
    [{"severities": [["V24", "warn"]]}, {"severities": [["V99", "block"]]}, {"severities": [["V19", "loud"]]}, {}, [],
     {"severities": [["V19"]]}, {"severities": "V19"}],
)  # fmt: skip
def test_a_county_never_makes_a_rule_milder_and_names_only_rules_there_are(county: object) -> None:
    with pytest.raises(Unacceptable, match=r"table\.form"):
        raised(shipped_lint(), county)
