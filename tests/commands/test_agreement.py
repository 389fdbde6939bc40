"""`mediator agreement` for people and by JSON: the library, a clause from it, what falls due."""

from __future__ import annotations

import json

import pytest

from tests.casework.desks import a_document
from tests.commands.shell import Shell

SLOTS = {
    "payer": "张三", "payee": "李四", "cause": "借款", "amount": "9,000.00",
    "days": {"first": "2026-08-31", "count": 3}, "method": "转账",
}  # fmt: skip


@pytest.fixture
def number(shell: Shell) -> str:
    return shell.number_of(a_document())


def add(shell: Shell, number: str, template: str, slots: object) -> tuple[int, object]:
    """Exit code and document."""
    data = json.dumps(slots, ensure_ascii=False).encode()
    done = shell("agreement", "add", number, template, "--slots", "-", stdin=data)
    return done.code, done.document


def test_the_library_begins_with_what_fits_and_names_every_slot(shell: Shell, number: str) -> None:
    rows = shell("agreement", "clauses", number).document["templates"]
    fitting = [each["fits"] for each in rows]
    assert fitting == sorted(fitting, reverse=True)
    plan = next(each for each in rows if each["id"] == "instalments")
    assert [(slot["name"], slot["shape"]) for slot in plan["slots"]] == [
        ("payer", "party"), ("payee", "party"), ("cause", "text"), ("amount", "money"), ("days", "days"),
        ("method", "text"),
    ]  # fmt: skip
    words = shell.in_words("agreement", "clauses", number).out.splitlines()
    assert [line.split("\t")[0] for line in words] == [each["id"] for each in rows]


def test_a_clause_comes_with_its_plan_and_is_shown_with_its_calendar(shell: Shell, number: str) -> None:
    code, made = add(shell, number, "instalments", SLOTS)
    assert code == 0
    shown = shell("agreement", "show", number).document
    assert [each["text"] for each in shown["clauses"]] == [made["text"]]  # type: ignore[index]
    assert shown["clauses"][0]["slots"] == {**SLOTS, "payer": "b", "payee": "a", "amount": "9000.00"}
    assert [(each["amount"], each["due"]) for each in shown["obligations"]] == [
        ("3000.00", "2026-08-31"), ("3000.00", "2026-09-30"), ("3000.00", "2026-10-31"),
    ]  # fmt: skip
    # 31 October 2026 is a Saturday
    assert [each["last"] for each in shown["dues"]] == ["2026-08-31", "2026-09-30", "2026-11-02"]
    words = shell.in_words("agreement", "show", number).out.splitlines()
    assert words[0] == f"第1条：{shown['clauses'][0]['text']}"
    assert words[3].startswith("2026-10-31\t张三\t李四\t3,000.00元\t协议约定2026年10月31日前履行；当日休息")


def test_what_is_shown_of_a_clause_makes_the_same_clause_again(shell: Shell, number: str) -> None:
    add(shell, number, "instalments", SLOTS)
    slots = shell("agreement", "show", number).document["clauses"][0]["slots"]
    assert add(shell, number, "instalments", slots)[0] == 0
    first, second = shell("agreement", "show", number).document["clauses"]
    assert (first["text"], first["slots"]) == (second["text"], second["slots"])


@pytest.mark.parametrize(
    ("template", "slots", "said"),
    [
        ("telegraph", {}, "条款库里没有“telegraph”这种条款。"),
        ("instalments", {**SLOTS, "amount": "0.02"}, "条款的“各期日期”期数太多，分到每一期不足一分钱。"),
        ("instalments", [SLOTS], "文件里不是一组条款内容。"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_changes_nothing(
    shell: Shell, number: str, template: str, slots: object, said: str
) -> None:
    code, document = add(shell, number, template, slots)
    assert (code, document["error"]["message"]) == (4, said)  # type: ignore[index]
    assert shell.in_words("agreement", "show", number).out == "还没有协议。\n"
