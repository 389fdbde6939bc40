"""`mediator hearing record`: each line durable before the next is read."""

from __future__ import annotations

import json

import pytest

from tests.casework.desks import PASSWORD, a_document
from tests.commands.shell import Outcome, Shell


@pytest.fixture
def number(shell: Shell) -> str:
    return shell.number_of(a_document())


def record(shell: Shell, number: str, text: str, *options: str) -> Outcome:
    """Record these lines."""
    return shell("hearing", "record", number, *options, stdin=text.encode())


def test_every_line_is_said_to_be_saved_and_the_last_line_is_json(shell: Shell, number: str) -> None:
    done = record(shell, number, "李四\t请还钱。\n\n张三\t同意。\n")
    *saved, last = done.out.splitlines()
    assert saved == ["saved 1", "saved 2"]
    assert json.loads(last)["turns"] == 2
    shown = shell("case", "show", number).document
    assert [(turn["speaker"], turn["text"]) for turn in shown["hearings"][0]["turns"]] == [
        ("a", "请还钱。"),
        ("b", "同意。"),
    ]
    assert shown["hearings"][0]["mediators"] == ["李调解"]
    assert shown["status"] == "in_mediation"


def test_speakers_may_be_refs_names_or_strangers(shell: Shell, number: str) -> None:
    record(shell, number, "a\t甲。\n邻居\t乙。\n")
    turns = shell("case", "show", number).document["hearings"][0]["turns"]
    assert [turn["speaker"] for turn in turns] == ["a", "邻居"]
    assert shell("case", "search", "李四").document["total"] == 3  # the party, the facts, and the speaker by name


def test_the_head_is_what_the_options_say(shell: Shell, number: str) -> None:
    said = ["--held-at", "2026-03-05T09:30:00+08:00", "--place", "村委会", "--recorder", "丙", "--close"]
    record(shell, number, "a\t话。\n", "--mediator", "甲", "--mediator", "乙", *said)
    head = shell("case", "show", number).document["hearings"][0]
    del head["turns"]
    assert head == {
        "held_at": "2026-03-05T09:30:00+08:00", "place": "村委会", "mediators": ["甲", "乙"], "recorder": "丙",
    }  # fmt: skip


def test_a_time_without_offset_is_beijing_time(shell: Shell, number: str) -> None:
    record(shell, number, "a\t话。\n", "--held-at", "2026-03-05 09:30")
    assert shell("case", "show", number).document["hearings"][0]["held_at"] == "2026-03-05T09:30:00+08:00"


@pytest.mark.parametrize("text", ["tomorrow", "0001-01-01T00:00:00"])
def test_a_time_that_is_none_opens_no_hearing(shell: Shell, number: str, text: str) -> None:
    done = record(shell, number, "a\t话。\n", "--held-at", text)
    assert (done.code, done.error["code"]) == (4, "hearing.time")
    assert "hearings" not in shell("case", "show", number).document


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"no tab\n", "hearing.line"),
        (b"a\t \n", "hearing.line"),
        (b"\tonly words\n", "hearing.line"),
        (b"a\t\xff\n", "hearing.encoding"),
        (b"a\t" + "长".encode() * 200_001 + b"\n", "hearing.long"),
        (b"x" * 201 + b"\ttext\n", "hearing.long"),
    ],
)
def test_a_bad_line_is_named_and_what_stood_before_it_is_kept(
    shell: Shell, number: str, line: bytes, code: str
) -> None:
    done = shell("hearing", "record", number, stdin=b"a\tgood\n" + line + b"a\tlater\n")
    first, last = done.out.splitlines()
    error = json.loads(last)["error"]
    assert (done.code, first, error["code"], error["where"]) == (4, "saved 1", code, "2")
    turns = shell("case", "show", number).document["hearings"][0]["turns"]
    assert [turn["text"] for turn in turns] == ["good"]


def test_password_and_turns_may_share_standard_input(shell: Shell, number: str) -> None:
    done = shell.bare("hearing", "record", number, "--vault", str(shell.vault), "--password-file", "-",
                      stdin=f"{PASSWORD}\na\t话。\n".encode())  # fmt: skip
    assert done.out.splitlines()[0] == "saved 1"
    assert json.loads(done.out.splitlines()[-1])["turns"] == 1


def test_what_was_taken_out_of_a_turn_is_told(shell: Shell, number: str) -> None:
    done = record(shell, number, "a\t还\u202e钱\n")
    assert "U+202E" in done.err


def test_nothing_said_is_a_hearing_without_turns(shell: Shell, number: str) -> None:
    assert json.loads(record(shell, number, "").out)["turns"] == 0
