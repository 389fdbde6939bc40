"""`mediator case checks --pass` and `mediator agreement sign`, as people and scripts use them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.desks import a_document, a_hearing, an_agreement
from tests.commands.shell import Shell

WHY = ("--reason", "双方都认识，证件后补")


@pytest.fixture
def number(shell: Shell) -> str:
    """A draft with warnings at several places and no block."""
    return shell.number_of(a_document(hearings=[a_hearing()], agreement=an_agreement(copies=2)))


def warned(shell: Shell, number: str) -> list[dict[str, Any]]:
    """Warnings as `case checks` prints them."""
    return [each for each in shell("case", "checks", number).document["findings"] if each["severity"] == "warn"]


def test_a_warning_is_passed_over_everywhere_or_at_one_place(shell: Shell, number: str) -> None:
    assert {(each["passed"], each["reason"]) for each in warned(shell, number)} == {(False, "")}
    shell("case", "checks", number, "--pass", "V03", "--place", "parties.1.id_number", *WHY)
    told = {each["place"]: (each["passed"], each["reason"], each["by"]) for each in warned(shell, number)}
    assert told["parties.1.id_number"] == (True, WHY[1], "李调解")
    assert told["parties.0.id_number"] == (False, "", "")
    done = shell("case", "checks", number, "--pass", "V03", *WHY)
    assert done.code == 0
    assert all(each["passed"] for each in done.document["findings"] if each["rule"] == "V03")
    assert f"已说明理由：{WHY[1]}（李调解）。" in shell.in_words("case", "checks", number).out


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (("V99", *WHY), (4, "finding.unknown")),
        (("V34",), (1, "finding.reason")),
        (("V34", "--reason", "  "), (1, "finding.reason")),
        (("V23", *WHY), (1, "finding.info")),
    ],
)
def test_what_cannot_be_passed_over_is_refused_by_name(
    shell: Shell, number: str, asked: tuple[str, ...], refusal: tuple[int, str]
) -> None:
    refused = shell("case", "checks", number, "--pass", *asked)
    assert (refused.code, refused.error["code"]) == refusal
    assert not any(each["passed"] for each in warned(shell, number))


def test_a_block_cannot_be_passed_over(shell: Shell) -> None:
    payment = {"payer": "b", "payee": "a", "amount": "3000.00", "method": "转账"}
    number = shell.number_of(a_document(hearings=[a_hearing()], agreement=an_agreement(payments=[payment])))
    refused = shell("case", "checks", number, "--pass", "V11", *WHY)
    assert (refused.code, refused.error["code"]) == (1, "finding.block")
    refused = shell("agreement", "sign", number, "--on", "2026-03-09", *WHY)
    assert (refused.code, refused.error["code"]) == (1, "agreement.findings")
    assert [each["rule"] for each in refused.document["findings"]] == ["V11"]


def test_signing_is_refused_with_every_open_warning_until_a_reason_is_given(shell: Shell, number: str) -> None:
    refused = shell("agreement", "sign", number, "--on", "2026-03-09")
    assert (refused.code, refused.error["code"]) == (1, "agreement.warnings")
    told = refused.document["findings"]
    assert {(each["rule"], each["place"]) for each in told} >= {
        ("V34", "agreement.copies"),
        ("V03", "parties.0.id_number"),
    }
    assert all(each["rule"] in refused.error["message"] for each in told)
    spoken = shell.in_words("agreement", "sign", number, "--on", "2026-03-09")
    assert spoken.err.count("【请核对】") == len(told)
    assert shell("case", "show", number).document["status"] == "in_mediation"
    done = shell("agreement", "sign", number, "--on", "2026-03-09", *WHY).document
    assert (done["status"], done["signed_on"]) == ("signed", "2026-03-09")
    assert all(each["passed"] for each in done["findings"] if each["severity"] == "warn")
    again = shell("agreement", "sign", number, *WHY)
    assert (again.code, again.error["code"]) == (1, "agreement.frozen")


def test_a_day_that_is_none_signs_nothing(shell: Shell, number: str) -> None:
    assert shell("agreement", "sign", number, "--on", "2026-02-30", *WHY).error["code"] == "date.form"
