"""Every code that anything in the project gives has a Chinese sentence, and there is no sentence that nobody gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from mediator.casework.complaints import complain, sentences, visible, words_of
from mediator.errors import Bug, MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from sync.center.problems import SENTENCES
from tests.casework.desks import ROOT

FAMILIES = {"MediatorError", "RefusedByRule", "NoAccess", "Unacceptable", "NeedsPerson", "WorldFailed", "Bug",
            "UsageProblem"}  # fmt: skip
PLACES = ("mediator", "sync")
MADE_AT_RUN_TIME = ("password.", "receipt.", "snapshot.")


KNOWN_WORDS = {"U", "UTF-8", "MB", "JSON", "docx", "pdf", "https", "http", "true", "false", "T09", "center.log",
               "mediator-backup", "postgresql", "psycopg", "Ctrl-C", "PNG",
               "Excel", "WPS", "xls", "xlsx", "CSV", "GB18030", "PostgreSQL", "Citus", "DOCX", "PDF"}  # fmt: skip

COMMANDS = re.compile(r"\{\w+\}|mediator-center( check| usb| init| certificate)?|--[\w-]+")


def sources() -> Iterator[Path]:
    """All source files of both programs."""
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


@lru_cache(maxsize=1)
def nodes() -> tuple[ast.AST, ...]:
    """Every node of every source file."""
    return tuple(node for path in sources() for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def raised() -> set[str]:
    """Codes in every call of an error class or of a vault's finding, in any form that can be read from the source."""
    found: set[str] = set()
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            texts = set(texts_in(node.args[0]))
            found |= texts if node.func.id in FAMILIES else {text for text in texts if text.startswith("check.")}
    return {code for code in found if "." in code or code == "usage"}


def written() -> set[str]:
    """Every text constant there is, so also the codes that travel as plain words."""
    return {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def has_sentence(code: str) -> bool:
    """True for a code with its sentence, here or for the county's pages; one made at run time has it for its start."""
    if code.endswith("*"):
        start = code.rstrip("*").rstrip(".")
        return start in sentences() or any(known.startswith(f"{start}.") for known in sentences())
    return code in sentences() or code in SENTENCES


def test_codes_are_found_in_the_source_at_all() -> None:
    assert {"vault.wrong_password", "case.schema", "stick.gone", "password.*", "check.chain", "center.port"} <= raised()


def test_every_code_has_a_sentence() -> None:
    assert sorted(code for code in raised() if not has_sentence(code)) == []


def test_no_sentence_stands_for_a_code_that_nobody_gives() -> None:
    given = written()
    bare = {code.partition("/")[0] for code in sentences()}
    assert sorted(
        code
        for code in bare
        if code not in given
        and not code.startswith(MADE_AT_RUN_TIME)
        and not any(each.startswith(f"{code}.") for each in given)
    ) == []  # fmt: skip


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_says_what_happened_what_is_safe_and_what_to_do(code: str) -> None:
    general = sentences()[code.partition("/")[0]]
    assert all(mine or inherited for mine, inherited in zip(sentences()[code], general, strict=True))


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
    assert message.count("。") == 1
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9.-]*", COMMANDS.sub("", message + safe + following)))
    assert words <= KNOWN_WORDS


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


def test_a_code_that_came_back_as_a_result_is_told_too() -> None:
    assert words_of("network.cut") == "与县中心的连接断了。"
    assert words_of("new.kind") == "没有全部完成（new.kind）。"
