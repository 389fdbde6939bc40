"""Every code that anything on the laptop's side raises has a Chinese sentence of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework.complaints import complain, sentences, visible
from mediator.errors import Bug, MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from tests.casework.desks import ROOT

FAMILIES = {"MediatorError", "RefusedByRule", "NoAccess", "Unacceptable", "NeedsPerson", "WorldFailed", "Bug",
            "UsageProblem"}  # fmt: skip
PLACES = ("mediator", "sync/wire", "sync/session", "sync/carriers")


def sources() -> Iterator[Path]:
    """All source files of the laptop's side."""
    for place in PLACES:
        yield from sorted((ROOT / place).rglob("*.py"))


def texts_in(node: ast.expr) -> Iterator[str]:
    """Constant texts of an expression; of an f-string what stands before the first brace, with a star."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0]
        yield f"{first.value}*" if isinstance(first, ast.Constant) and isinstance(first.value, str) else "*"
    elif isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)


def raised() -> set[str]:
    """Codes in every call of an error class, in any form that can be read from the source."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAMILIES:
                found |= {text for arg in node.args[:1] for text in texts_in(arg)}
    return {code for code in found if "." in code or code == "usage"}


def has_sentence(code: str) -> bool:
    """True for a code with its own sentence; a code made at run time needs one for what it begins with."""
    if code.endswith("*"):
        start = code.rstrip("*").rstrip(".")
        return start in sentences() or any(known.startswith(f"{start}.") for known in sentences())
    return code in sentences()


def test_codes_are_found_in_the_source_at_all() -> None:
    assert {"vault.wrong_password", "case.schema", "stick.gone", "password.*"} <= raised()


def test_every_code_has_a_sentence() -> None:
    assert sorted(code for code in raised() if not has_sentence(code)) == []


def test_every_fault_of_a_case_file_has_a_sentence_of_its_own() -> None:
    text = (ROOT / "mediator/casework/case_check.py").read_text(encoding="utf-8")
    text += (ROOT / "mediator/casework/case_file.py").read_text(encoding="utf-8")
    faults = {
        text_
        for node in ast.walk(ast.parse(text.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fault"
        for text_ in texts_in(node.args[0])
    }
    assert faults
    assert {f"case.schema/{each}" for each in faults} <= set(sentences())


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_is_chinese_and_ends_as_one(code: str) -> None:
    message, safe, following = sentences()[code]
    for part in (message, safe, following):
        assert not part or part.endswith("。")
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert not set(message + safe + following) & set(",;!?")


@pytest.mark.parametrize("family", [RefusedByRule, NoAccess, Unacceptable, WorldFailed, Bug, MediatorError])
def test_an_unknown_code_is_named_in_its_familys_words(family: type[MediatorError]) -> None:
    said = complain(family("new.kind"))
    assert "new.kind" in said.message
    assert said.safe


def test_a_more_special_code_falls_back_to_what_it_begins_with() -> None:
    assert complain(Unacceptable("entry.body.text")).message == complain(Unacceptable("entry.body")).message


def test_facts_fill_the_sentence_and_a_missing_one_does_not_break_it() -> None:
    said = complain(RefusedByRule("case.move", origin="登记", target="结案"))
    assert said.message == "案件现在是“登记”，不能改为“结案”。"
    assert complain(RefusedByRule("case.move")).message == "案件现在是“—”，不能改为“—”。"


def test_a_place_from_outside_cannot_command_the_terminal() -> None:
    said = complain(Unacceptable("case.schema", where="a\x1b[2J\u202eb{0}{message}", fault="unknown"))
    assert said.where == "a[2Jb{0}{message}"
    assert said.message == "案件文件有误：a[2Jb{0}{message} 是不认识的字段。"
    assert visible("甲\n乙") == "甲乙"


def test_the_precise_sentence_keeps_what_is_safe_from_the_general_one() -> None:
    said = complain(Unacceptable("case.schema", where="facts", fault="missing"))
    assert (said.message, said.safe) == ("案件文件有误：缺少 facts。", "保险库没有改动。")
