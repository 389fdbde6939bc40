"""`mediator case event`, `case period` and `calendar show`, for people and by JSON."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.desks import a_document
from tests.commands.shell import Shell

APPROVED = ("--by", "王主任", "--reason", "情况复杂")


@pytest.fixture
def number(shell: Shell) -> str:
    return shell.number_of(a_document(kind="petition", accepted_on="2026-03-02"))


def deadline(shell: Shell, number: str, rule: str) -> dict[str, Any]:
    """One deadline as `case checks` has it, empty when it does not run."""
    found: list[dict[str, Any]] = shell("case", "checks", number).document["deadlines"]
    return next((each for each in found if each["rule"] == rule), {})


def test_an_event_is_recorded_listed_and_voided(shell: Shell, number: str) -> None:
    made = shell("case", "event", "add", number, "handed_over", "--on", "2026-03-05", "--text", "移交门诊")
    assert made.code == 0
    found = deadline(shell, number, "D33")
    assert (found["due"], found["state"], found["amber_on"]) == ("2026-04-07", "running", "2026-04-02")
    (row,) = shell("case", "event", "list", number).document["events"]
    assert (row["event"], row["text"], row["id"]) == ("handed_over", "移交门诊", made.document["event"])
    assert "移交调解门诊\t移交门诊" in shell.in_words("case", "event", "list", number).out
    assert shell("case", "event", "void", number, row["id"]).code == 0
    assert deadline(shell, number, "D33") == {}
    assert shell("case", "event", "add", number, "someday").code == 4


def test_a_period_is_made_longer_once_and_the_refusal_is_a_sentence(shell: Shell, number: str) -> None:
    assert deadline(shell, number, "D11")["due"] == "2026-05-06"
    done = shell("case", "period", "extend", number, "D12", "--length", "30", *APPROVED)
    assert [each["due"] for each in done.document["deadlines"]] == ["2026-06-01"]
    assert "经王主任批准延长三十日" in deadline(shell, number, "D11")["explanation"]
    again = shell("case", "period", "extend", number, "D12", "--length", "30", *APPROVED)
    assert (again.code, again.document["error"]["code"]) == (1, "period.extended")
    (row,) = shell("case", "period", "list", number).document["changes"]
    assert (row["rule"], row["step"], row["length"], row["unit"]) == ("D11", "extended", 30, "days")
    assert shell("case", "period", "void", number, row["id"]).code == 0
    assert deadline(shell, number, "D11")["due"] == "2026-05-06"


def test_a_period_stands_still_and_runs_again(shell: Shell, number: str) -> None:
    shell("case", "period", "pause", number, "D11", *APPROVED)
    assert deadline(shell, number, "D11")["state"] == "stopped"
    assert "2026-05-06 中止 信访事项办理（D11）" in shell.in_words("case", "checks", number).out
    assert shell("case", "period", "resume", number, "D11", *APPROVED).code == 0
    assert deadline(shell, number, "D11")["state"] == "running"


def test_the_calendar_says_what_counts_and_what_is_not_known(shell: Shell) -> None:
    told = shell("calendar", "show", "--year", "2026").document
    assert [each["year"] for each in told["years"]] == [2024, 2025, 2026]
    assert told["workdays"] == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert (told["known"], len(told["days_off"]), told["refused"]) == (True, 33, [])
    words = shell.in_words("calendar", "show", "--year", "2027").out
    assert "2027年：节假日数据未发布，按周末推算。" in words
    assert shell("calendar", "show", "--year", "26").code == 2
