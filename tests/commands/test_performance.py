"""`mediator case performance`, `amend`, `road`: what is owed, changed by a supplement, and the road it takes."""

from __future__ import annotations

import pytest

from tests.casework.desks import ROOT, a_document, a_hearing, an_agreement
from tests.commands.shell import Shell

TYPED = str(ROOT / "tests" / "docs" / "typed" / "supplement_agreement.json")


@pytest.fixture
def number(shell: Shell) -> str:
    """Signed on 5 March 2026: 3,000 yuan by 1 April."""
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed")
    return shell.number_of(document)


def test_an_obligation_is_changed_by_an_issued_supplement_alone(shell: Shell, number: str) -> None:
    refused = shell("case", "amend", number, "1", "--paper", "补1", "--due", "2026-06-01")
    assert (refused.code, refused.error["code"]) == (1, "amendment.paper")
    shell("document", "fill", number, "supplement_agreement", "--values", TYPED)
    made = shell(
        "document", "make", number, "supplement_agreement", "--format", "pdf", "--out", str(shell.folder / "o")
    )
    paper = made.document["documents"][0]["number"]
    done = shell("case", "amend", number, "1", "--paper", paper, "--amount", "2500.00", "--due", "2026-06-01").document
    (row,) = done["obligations"]
    assert (row["amount"], row["due"], row["changed"], row["standing"]) == ("2500.00", "2026-06-01", True, "open")
    assert "2,500.00元\t2026-06-01\t未到期（按补充协议）" in shell.in_words("case", "performance", number).out
    back = shell("case", "amend", number, "--void", done["amendment"], "--reason", "录错了").document
    assert (back["obligations"][0]["amount"], back["obligations"][0]["changed"]) == ("3000.00", False)
    assert shell("case", "amend", number, "2", "--paper", paper, "--waive").error["code"] == "obligation.unknown"
    assert shell("case", "amend", number, "1", "--amount", "三千").error["code"] == "money.form"
    assert shell("case", "amend", number).code == 2
    assert shell("case", "amend", number, "1", "--void", "x").code == 2


def test_visits_are_told_with_their_days(shell: Shell, number: str) -> None:
    visits = shell("case", "performance", number).document["visits"]
    assert [(each["part"], each["due"]) for each in visits] == [("agreement", "2026-04-07"), ("due", "2026-04-08")]
    assert "还没有协议。" in shell.in_words("case", "performance", shell.number_of(a_document())).out


def test_a_road_is_advised_chosen_and_followed_to_its_end(shell: Shell, number: str) -> None:
    told = shell("case", "road", number).document
    assert [each["id"] for each in told["advised"]] == ["confirmation", "notary"]
    confirmation, notary = told["legal"]
    assert (confirmation["due"], confirmation["left"], confirmation["open"]) == ("2026-04-07", 29, True)
    assert [each["code"] for each in notary["why_not"]] == ["clause"]
    assert shell("case", "road", number, "petition").error["code"] == "road.reason"
    other = shell("case", "road", number, "petition", "--reason", "当事人坚持").document
    assert (other["chosen"], other["reason"]) == ("petition", "当事人坚持")
    assert "已选：信访途径，当事人坚持" in shell.in_words("case", "road", number).out
    refused = shell("case", "road", number, "notary", "--step", "asked")
    assert (refused.code, refused.error["code"]) == (1, "legal_road.lacking")
    assert "协议没有写明债务人愿意接受强制执行" in refused.error["message"]
    asked = shell("case", "road", number, "confirmation", "--step", "asked", "--on", "2026-03-06").document
    assert (asked["legal"][0]["step"], asked["legal"][0]["next"]) == ("asked", ["granted", "refused"])
    assert shell("case", "road", number, "petition", "--step", "asked").code == 2
    words = shell.in_words("case", "road", number, "confirmation", "--step", "granted", "--text", "（2026）民特1号").out
    assert "司法确认：已办成" in words
    rules = [each["rule"] for each in shell("case", "checks", number).document["deadlines"]]
    assert "D04" not in rules
    assert "D08" in rules
