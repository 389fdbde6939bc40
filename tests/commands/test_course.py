"""`mediator case move`, `link`, `reopen`, `review`, `satisfaction`, `petition`, as people and scripts use them."""

from __future__ import annotations

import pytest

from tests.casework.desks import a_document, a_hearing, an_agreement
from tests.commands.shell import Shell


@pytest.fixture
def number(shell: Shell) -> str:
    return shell.number_of(a_document())


@pytest.fixture
def petition(shell: Shell) -> str:
    return shell.number_of(a_document(kind="petition"))


def test_a_matter_is_moved_and_says_where_it_may_go(shell: Shell, number: str) -> None:
    told = shell("case", "move", number).document
    assert (told["status"], told["next"][:2]) == ("registered", ["accepted", "not_accepted"])
    done = shell("case", "move", number, "accepted", "--on", "2026-03-05")
    assert (done.document["status"], shell("case", "show", number).document["accepted_on"]) == (
        "accepted",
        "2026-03-05",
    )
    assert "移送（transferred）" in shell.in_words("case", "move", number).out
    refused = shell("case", "move", number, "terminated")
    assert (refused.code, refused.error["code"]) == (1, "case.reason")
    assert shell("case", "move", number, "terminated", "--reason", "一方去世").document["status"] == "terminated"
    refused = shell("case", "move", number, "closed")
    assert refused.error["code"] == "case.dossier"


def test_a_link_is_set_listed_and_taken_away(shell: Shell, number: str, petition: str) -> None:
    made = shell("case", "link", petition, number, "--as", "petition_to_mediation", "--note", "移交门诊").document
    (row,) = made["links"]
    assert (row["number"], row["role"], row["state"], row["note"]) == (number, "origin", "登记", "移交门诊")
    assert f"访调对接\t去向\t{petition}" in shell.in_words("case", "link", number).out
    assert shell("case", "link", number, "--remove", row["id"]).error["code"] == "link.reason"
    assert shell("case", "link", number, "--remove", row["id"], "--reason", "关联错了").document["links"] == []
    assert "没有关联的事项。" in shell.in_words("case", "link", petition).out


def test_reviews_go_in_their_order(shell: Shell, petition: str) -> None:
    assert shell("case", "review", petition).document == {"steps": [], "next": "investigated", "done": False}
    assert shell("case", "review", petition, "approved", "--text", "同意").error["code"] == "review.order"
    for step in ("investigated", "analysed", "approved"):
        done = shell("case", "review", petition, step, "--text", "属实", "--by", "赵科长").document
    assert (len(done["steps"]), done["done"], done["steps"][0]["by"]) == (3, True, "赵科长")
    assert "三步审核已经完成。" in shell.in_words("case", "review", petition).out


def test_answers_are_kept_voided_and_what_was_not_asked_is_named(shell: Shell, petition: str) -> None:
    done = shell(
        "case", "satisfaction", petition, "--about", "office", "--answer", "mostly", "--asked", "李四"
    ).document
    assert (done["answers"][0]["on"], done["unasked"]) == ("2026-03-09", ["body"])
    assert "还没有询问：承办单位" in shell.in_words("case", "satisfaction", petition).out
    gone = shell("case", "satisfaction", petition, "--void", done["answers"][0]["id"], "--reason", "问错了人").document
    assert (gone["answers"], gone["unasked"]) == ([], ["body", "office"])
    assert shell("case", "satisfaction", petition, "--about", "body").code == 2


def test_a_petition_tells_the_how_manieth_time_and_is_corrected(shell: Shell, petition: str) -> None:
    told = shell("case", "petition", petition).document
    assert (told["visit"], told["words"], told["count"], told["people"], told["group"]) == (
        "first", "初信初访", 1, 1, False,
    )  # fmt: skip
    assert told["received"]["at"].startswith("2026-03-09")
    assert told["received"]["by"] == "李调解"
    assert shell("case", "petition", petition, "--visit", "repeated").error["code"] == "petition.reason"
    fixed = shell("case", "petition", petition, "--visit", "repeated", "--reason", "以前没有登记").document
    assert (fixed["visit"], fixed["corrected"]) == ("repeated", True)
    assert "重复信访（人工更正：以前没有登记）" in shell.in_words("case", "petition", petition).out
    back = shell("case", "petition", petition, "--visit", "computed", "--reason", "查明是另一个人").document
    assert (back["visit"], back["corrected"]) == ("first", False)


def test_a_closed_matter_begins_again_as_a_new_one(shell: Shell) -> None:
    signed = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed")
    old = shell.number_of(signed)
    words = ("--reason", "对方反悔", "--by", "王主任")
    assert shell("case", "reopen", old, *words).error["code"] == "case.move"
    shell("case", "move", old, "breached")
    new = shell("case", "reopen", old, *words).document
    (row,) = shell("case", "link", old).document["links"]
    assert (row["case"], row["number"], row["reason"]) == (new["case"], new["number"], "reopened")
